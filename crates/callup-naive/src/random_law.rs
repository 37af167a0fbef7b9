//! Random laws and random lives, each from one number, for holding interpreters against each other.
//!
//! The laws are senseless but well formed: every index is in range, and periods only lead forward, so that no day runs for ever.

use crate::almanac::Almanac;
use crate::interpreter::{Notice, World};
use callup_law::calendar::Day;
use callup_law::roles::{Event, MeasureKind, Milestone, NoticeKind, PersonFact};
use callup_law::rulebook::{
    AlreadyOver, Anchor, Calendar, Cite, Combined, Compare, Condition, Counting, DatedNumber, DayCounting, Deadline,
    EndTrigger, FORMAT_VERSION, Fact, FactKind, Guard, HourCounting, Matter, Measure, MeasureEnd, MeasureStart, Moment,
    MonthCounting, MonthDay, MonthEnd, NoticeBound, Number, OnlyAfter, Otherwise, Parameter, Period, Pick, Picture,
    Remedy, Rule, Rulebook, Start, State, Switch, Test, Tolling, Track, Trigger, Unit, Weekday, Window,
    WorkingDayCounting, YearRange,
};
use std::collections::BTreeSet;

/// A stream of numbers from one number (SplitMix64).
pub struct Stream(pub u64);

impl Stream {
    /// The next number.
    pub fn next_number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ (word >> 31)
    }

    /// A number below `bound`, which must not be zero.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next_number() % bound as u64).expect("it is below a usize")
    }

    /// Yes with one chance in `of`.
    pub fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    /// One of a list.
    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

/// Events that random laws react to.
pub const EVENTS: &[Event] = &[
    Event::Issued,
    Event::Sent,
    Event::Placed,
    Event::HandedOver,
    Event::Opened,
    Event::Located,
    Event::Cancelled,
    Event::Appeared,
    Event::Deferred,
    Event::CalledUp,
    Event::SeasonEnded,
];

/// A place that says it is made up.
fn cite(line: usize) -> Cite {
    Cite {
        article: "Article 1".to_string(),
        paragraph: line.to_string(),
        file: "random.law.md".to_string(),
        line: u32::try_from(line).expect("few lines"),
        column: 1,
    }
}

/// A law from one number.
#[must_use]
pub fn law(seed: u64) -> Rulebook {
    let mut stream = Stream(seed);
    let tracks: Vec<Track> = (0..1 + stream.below(3)).map(|index| track(&mut stream, index)).collect();
    let mut book = frame(&mut stream, tracks);
    let measures = 1 + stream.below(4);
    for _ in 0..2 {
        let made = combined(&mut stream, &book, measures);
        book.combined.push(made);
    }
    for index in 0..measures {
        let made = measure(&mut stream, &book, index);
        book.measures.push(made);
    }
    for index in 0..4 + stream.below(9) {
        let made = rule(&mut stream, &book, index);
        book.rules.push(made);
    }
    if stream.one_in(2) {
        remedies(&mut stream, &mut book);
    }
    if stream.one_in(2) {
        tollings(&mut stream, &mut book);
    }
    book
}

/// One or two remedies, the second perhaps only after the first; what they suspend is barred in the rules.
fn remedies(stream: &mut Stream, book: &mut Rulebook) {
    let plain = book.tracks.len();
    for index in 0..1 + stream.below(2) {
        let track = plain + index;
        let made = remedy(stream, book, index, track);
        book.tracks.push(Track {
            name: made.name.clone(),
            label: String::new(),
            matter: 0,
            states: Remedy::track_states(made.until_final),
            remedy: Some(index),
            cite: cite(70),
        });
        book.matters[0].tracks.push(track);
        book.remedies.push(made);
    }
    for index in 0..book.remedies.len() {
        let filing = book.remedies[index].filing(&book.remedies);
        let rules = book.remedies[index].rules(&filing);
        book.rules.extend(rules);
    }
    for remedy in book.remedies.clone() {
        // `and not` what suspends: not pending, or one of the tests of its guard the other way round.
        let Some(Guard(guard)) = &remedy.suspends else { continue };
        let state = Test::State { track: remedy.track, states: remedy.suspending_states(), is: true };
        let free: Vec<Test> = guard[0].iter().chain([&state]).flat_map(Test::negations).collect();
        for rule in &mut book.rules {
            if matches!(rule.trigger, Trigger::Event(event) if remedy.suspended_events.contains(&event)) {
                let with = |tests: &Vec<Test>, test: &Test| tests.iter().chain([test]).cloned().collect();
                let lists = rule.guard.0.iter();
                rule.guard = Guard(lists.flat_map(|tests| free.iter().map(move |test| with(tests, test))).collect());
            }
        }
    }
}

fn remedy(stream: &mut Stream, book: &Rulebook, index: usize, track: usize) -> Remedy {
    let ends = [vec![Remedy::GRANTED, Remedy::REJECTED, Remedy::FINAL], vec![Remedy::REJECTED], vec![Remedy::FINAL]];
    let only_after = (index > 0 && stream.one_in(2))
        .then(|| OnlyAfter { remedy: index - 1, states: ends[stream.below(ends.len())].clone() });
    let limit = |stream: &mut Stream| Deadline { period: period(stream), of: anchor(stream, book), cite: cite(71) };
    let suspends = (!stream.one_in(4)).then(|| Guard(vec![still_tests(stream)]));
    let measures = (0..book.measures.len()).filter(|_| suspends.is_some() && stream.one_in(2)).collect();
    let events = (0..stream.below(3)).map(|_| stream.pick(EVENTS));
    let events: BTreeSet<Event> = if suspends.is_some() { events.collect() } else { BTreeSet::new() };
    Remedy {
        name: format!("remedy{index}"),
        label: String::new(),
        against: Vec::new(),
        decision_of: Some("commission".to_string()),
        only_after,
        to: "court".to_string(),
        file_within: stream.one_in(2).then(|| limit(stream)),
        restorable: stream.one_in(2),
        decide_within: None,
        suspends,
        suspended: measures,
        suspended_events: events.into_iter().collect(),
        until_final: stream.one_in(2),
        track,
        cite: cite(70),
    }
}

/// None or one test that can be said the other way round on every day.
fn still_tests(stream: &mut Stream) -> Vec<Test> {
    let is = stream.one_in(2);
    match stream.below(4) {
        0 => vec![Test::Switch { switch: 0, option: stream.below(2), is }],
        1 => vec![Test::Fact { fact: 1 + stream.below(2), is }],
        _ => Vec::new(),
    }
}

/// What keeps some of the periods from running that can be kept so.
fn tollings(stream: &mut Stream, book: &mut Rulebook) {
    let fits = |rule: &Rule| {
        let Trigger::Period { period, after, .. } = &rule.trigger else { return false };
        let rolls = match period.unit {
            Unit::Hours | Unit::WorkingDays => true,
            Unit::Days => book.counting.days.as_ref().is_some_and(|days| days.roll.is_some()),
            Unit::Months | Unit::Years => book.counting.months.as_ref().is_some_and(|months| months.roll.is_some()),
        };
        !rolls && !matches!(after, Anchor::WindowStart(_) | Anchor::WindowEnd(_))
    };
    let rules: Vec<usize> = (0..book.rules.len()).filter(|&rule| fits(&book.rules[rule])).collect();
    for _ in 0..1 + stream.below(2) {
        let test = if stream.one_in(4) {
            Test::Condition { condition: 0, is: stream.one_in(2) }
        } else {
            state_test(stream, &book.tracks, true)
        };
        let rules = rules.iter().copied().filter(|_| stream.one_in(2)).collect();
        book.tollings.push(Tolling { test, rules, cite: cite(72) });
    }
}

/// Whether a track is in one of some states.
fn state_test(stream: &mut Stream, tracks: &[Track], is: bool) -> Test {
    let track = stream.below(tracks.len());
    let count = tracks[track].states.len();
    let states: BTreeSet<u8> = (0..1 + stream.below(2)).map(|_| stream.below(count) as u8).collect();
    Test::State { track, states: states.into_iter().collect(), is }
}

fn frame(stream: &mut Stream, tracks: Vec<Track>) -> Rulebook {
    let start = |stream: &mut Stream| stream.pick(&[Start::NextDay, Start::NextDay, Start::SameDay]);
    let roll = |stream: &mut Stream| stream.one_in(4).then_some(0);
    let counting = Counting {
        days: Some(DayCounting { start: start(stream), roll: roll(stream), cite: cite(1) }),
        months: Some(MonthCounting {
            start: start(stream),
            month_end: stream.pick(&[MonthEnd::LastDay, MonthEnd::FirstOfNext]),
            roll: roll(stream),
            cite: cite(2),
        }),
        hours: Some(HourCounting { cite: cite(3) }),
        working_days: Some(WorkingDayCounting { calendar: 0, start: start(stream), cite: cite(3) }),
        calendars: vec![calendar(stream)],
    };
    let person = |name: &str, role, picture| Fact {
        name: name.to_string(),
        matter: 0,
        kind: FactKind::Person { role, picture },
        cite: cite(4),
    };
    let facts = vec![
        Fact { name: "appearance_date".to_string(), matter: 0, kind: FactKind::Date, cite: cite(4) },
        person("lives_at_address", PersonFact::LivesAtAddress, Picture::AsItIs),
        person("has_portal_account", PersonFact::PortalAccount, Picture::AsRecorded),
    ];
    let notices = (0..stream.below(3)).map(|_| bound(stream, &tracks)).collect();
    Rulebook {
        format_version: FORMAT_VERSION,
        id: "random".to_string(),
        title: "A random law".to_string(),
        in_force_from: Day(36_524),
        in_force_until: None,
        replaces: None,
        articles: Vec::new(),
        counting,
        parameters: vec![grace(stream)],
        switches: vec![reading()],
        conditions: vec![Condition { name: "register_works".to_string(), label: String::new(), cite: cite(6) }],
        windows: vec![window(stream, "spring"), window(stream, "turn")],
        matters: vec![Matter {
            notices: vec![NoticeKind::DraftNotice, NoticeKind::DataCheckNotice],
            tracks: (0..tracks.len()).collect(),
            cite: cite(7),
        }],
        tracks,
        facts,
        notices,
        combined: Vec::new(),
        rules: Vec::new(),
        measures: Vec::new(),
        remedies: Vec::new(),
        tollings: Vec::new(),
        no_remedies: Vec::new(),
        duties: Vec::new(),
        powers: Vec::new(),
        gaps: Vec::new(),
        waivers: Vec::new(),
        cases: Vec::new(),
        translations: Default::default(),
    }
}

/// A number that changes while people live under the law.
fn grace(stream: &mut Stream) -> Parameter {
    Parameter {
        name: "grace_days".to_string(),
        label: String::new(),
        values: vec![
            DatedNumber { value: 1 + stream.below(9) as i32, from: None, until: Some(Day(44_100)) },
            DatedNumber { value: 1 + stream.below(20) as i32, from: Some(Day(44_101)), until: None },
        ],
        cite: cite(9),
    }
}

/// A switch with two answers.
fn reading() -> Switch {
    Switch {
        name: "reading".to_string(),
        options: vec!["narrow".to_string(), "wide".to_string()],
        why: "random".to_string(),
        source: "none".to_string(),
        confidence: "U".to_string(),
        cite: cite(5),
    }
}

/// A calendar that covers the days lived through and nothing more.
fn calendar(stream: &mut Stream) -> Calendar {
    let some_days = |stream: &mut Stream| {
        let days: BTreeSet<Day> = (0..stream.below(12)).map(|_| Day(43_900 + stream.below(700) as i32)).collect();
        days.into_iter().collect()
    };
    Calendar {
        name: "office".to_string(),
        label: String::new(),
        weekends: stream.pick(&[&[Weekday::Saturday, Weekday::Sunday][..], &[Weekday::Friday], &[]]).to_vec(),
        holidays: "random".to_string(),
        source: "random".to_string(),
        confidence: "fictional".to_string(),
        from_year: 2020,
        until_year: 2030,
        off: some_days(stream),
        worked: some_days(stream),
        cite: cite(8),
    }
}

fn bound(stream: &mut Stream, tracks: &[Track]) -> NoticeBound {
    let least = stream.one_in(2).then(|| stream.below(15) as i32);
    NoticeBound {
        notice: stream.pick(&[NoticeKind::DraftNotice, NoticeKind::DataCheckNotice]),
        fact: 0,
        min_days: least,
        max_days: (least.is_none() || stream.one_in(2)).then(|| 15 + stream.below(15) as i32),
        after: stream.pick(EVENTS),
        guard: guard(stream, tracks),
        otherwise: stream.pick(&[Otherwise::Void, Otherwise::Gap]),
        cite: cite(9),
    }
}

fn combined(stream: &mut Stream, book: &Rulebook, measures: usize) -> Combined {
    let one = |stream: &mut Stream| {
        let track = stream.below(book.tracks.len());
        let state = stream.below(book.tracks[track].states.len()) as u8;
        match stream.below(5) {
            0 => Anchor::Fact(0),
            1 => Anchor::MeasureStart(stream.below(measures)),
            2 => Anchor::Entry { track, state },
            _ => Anchor::Event(stream.pick(EVENTS)),
        }
    };
    Combined {
        pick: stream.pick(&[Pick::Later, Pick::Earlier]),
        of: (0..2 + stream.below(2)).map(|_| one(stream)).collect(),
    }
}

/// One or two ranges; the second of a window goes over the turn of the year.
fn window(stream: &mut Stream, name: &str) -> Window {
    let day = |month: usize, day: usize| MonthDay::new(month as u32, day as u32).expect("a day of every year");
    let mut ranges = vec![YearRange {
        from: day(2 + stream.below(2), 1 + stream.below(28)),
        until: day(4 + stream.below(4), 1 + stream.below(28)),
    }];
    if stream.one_in(2) {
        ranges.push(YearRange {
            from: day(9 + stream.below(4), 1 + stream.below(28)),
            until: day(1, 1 + stream.below(31)),
        });
    }
    Window { name: name.to_string(), label: String::new(), ranges, cite: cite(8) }
}

fn track(stream: &mut Stream, index: usize) -> Track {
    let count = 2 + stream.below(4);
    let milestones = [Milestone::Placed, Milestone::Served, Milestone::Defaulted, Milestone::Appeared];
    let states = (0..count)
        .map(|state| State {
            name: format!("s{state}"),
            label: String::new(),
            milestone: (state > 0).then(|| if state + 1 == count { Milestone::Closed } else { milestones[state - 1] }),
            is_final: state + 1 == count,
        })
        .collect();
    Track {
        name: format!("track{index}"),
        label: String::new(),
        matter: 0,
        states,
        remedy: None,
        cite: cite(10 + index),
    }
}

fn rule(stream: &mut Stream, book: &Rulebook, index: usize) -> Rule {
    let track = stream.below(book.tracks.len());
    let count = book.tracks[track].states.len();
    let by_period = stream.one_in(2);
    let mut from: Vec<u8> = (0..count).filter(|_| stream.one_in(2)).map(|state| state as u8).collect();
    if from.is_empty() || (by_period && from.iter().all(|&state| usize::from(state) + 1 == count)) {
        from = vec![0];
    }
    let mut to = stream.below(count) as u8;
    if by_period {
        // Forward only: a period that led back could fire for ever on one day.
        from.retain(|&state| usize::from(state) + 1 < count);
        to = from.iter().max().map_or(0, |&state| state + 1);
    }
    let trigger = if by_period { period_trigger(stream, book) } else { Trigger::Event(stream.pick(EVENTS)) };
    Rule {
        name: format!("rule{index}"),
        label: String::new(),
        trigger,
        guard: guard(stream, &book.tracks),
        track,
        from,
        to,
        cite: cite(20 + index),
    }
}

fn period_trigger(stream: &mut Stream, book: &Rulebook) -> Trigger {
    let after = anchor(stream, book);
    Trigger::Period {
        period: period(stream),
        after,
        moment: stream.pick(&[Moment::OnTheLastDay, Moment::OnceItHasRunOut]),
        already_over: Some(stream.pick(&[AlreadyOver::AtOnce, AlreadyOver::Never, AlreadyOver::FromEntry])),
    }
}

fn anchor(stream: &mut Stream, book: &Rulebook) -> Anchor {
    let track = stream.below(book.tracks.len());
    let state = (1 + stream.below(book.tracks[track].states.len() - 1)) as u8;
    match stream.below(10) {
        8 | 9 => Anchor::Combined(stream.below(book.combined.len())),
        6 => Anchor::WindowStart(stream.below(2)),
        7 => Anchor::WindowEnd(stream.below(2)),
        0 => Anchor::Fact(0),
        1 => Anchor::MeasureStart(stream.below(book.measures.len())),
        2 => Anchor::Entry { track, state },
        _ => Anchor::Event(stream.pick(EVENTS)),
    }
}

fn period(stream: &mut Stream) -> Period {
    match stream.below(8) {
        0 => Period::new(1 + stream.below(3) as u16, Unit::Months),
        1 => Period::new(1 + stream.below(72) as u16, Unit::Hours),
        2 => Period::new(1 + stream.below(10) as u16, Unit::WorkingDays),
        3 => Period { parameter: Some(0), ..Period::new(1, Unit::Days) },
        _ => Period::new(1 + stream.below(20) as u16, Unit::Days),
    }
}

fn measure(stream: &mut Stream, book: &Rulebook, index: usize) -> Measure {
    let entry = |stream: &mut Stream| {
        let track = stream.below(book.tracks.len());
        (track, (1 + stream.below(book.tracks[track].states.len() - 1)) as u8)
    };
    let starts = (0..1 + stream.below(2))
        .map(|_| {
            let (track, state) = entry(stream);
            MeasureStart { track, state, guard: guard(stream, &book.tracks), cite: cite(40 + index) }
        })
        .collect();
    let ends: Vec<MeasureEnd> = (0..stream.below(4))
        .map(|_| {
            let (track, state) = entry(stream);
            let by_event = !stream.one_in(3);
            MeasureEnd {
                on: if by_event { EndTrigger::Event(stream.pick(EVENTS)) } else { EndTrigger::Entry { track, state } },
                within: stream.one_in(2).then(|| period(stream)),
                in_any_matter: by_event && stream.one_in(3),
                guard: guard(stream, &book.tracks),
                cite: cite(50 + index),
            }
        })
        .collect();
    Measure {
        name: format!("measure{index}"),
        label: String::new(),
        kind: MeasureKind::ALL[index],
        ends_never: ends.is_empty().then(|| cite(60)),
        starts,
        ends,
        cite: cite(60 + index),
    }
}

/// Mostly no condition at all.
fn guard(stream: &mut Stream, tracks: &[Track]) -> Guard {
    if !stream.one_in(4) {
        return Guard(vec![Vec::new()]);
    }
    let lists = 1 + stream.below(2);
    Guard((0..lists).map(|_| (0..1 + stream.below(2)).map(|_| test(stream, tracks)).collect()).collect())
}

fn test(stream: &mut Stream, tracks: &[Track]) -> Test {
    let is = stream.one_in(2);
    match stream.below(8) {
        7 => state_test(stream, tracks, is),
        6 => Test::Window { on: stream.one_in(2).then(|| stream.pick(EVENTS)), window: stream.below(2), is },
        0 => Test::Switch { switch: 0, option: stream.below(2), is },
        1 => Test::Condition { condition: 0, is },
        2 => Test::Notice { notice: stream.pick(&[NoticeKind::DraftNotice, NoticeKind::DataCheckNotice]), is },
        3 => Test::Age {
            on: Event::Issued,
            compare: stream.pick(&[
                Compare::Less,
                Compare::LessOrEqual,
                Compare::Greater,
                Compare::GreaterOrEqual,
                Compare::Equal,
            ]),
            with: Number::Value(18 + stream.below(12) as i32),
            picture: if stream.one_in(2) { Picture::AsRecorded } else { Picture::AsItIs },
        },
        _ => Test::Fact { fact: 1 + stream.below(2), is },
    }
}

/// A life: one to three notices with random events from `first_day` on, each opened by `issued`.
#[must_use]
pub fn notices(seed: u64, first_day: i32, days: i32) -> Vec<Notice> {
    let mut stream = Stream(seed ^ 0x5EED);
    (0..1 + stream.below(3))
        .map(|_| {
            let opens = first_day + stream.below(usize::try_from(days / 3).expect("some days")) as i32;
            let mut events = vec![(opens, Event::Issued)];
            for _ in 0..stream.below(7) {
                let event = stream.pick(&EVENTS[1..]);
                let day = opens + stream.below(usize::try_from(days / 2).expect("some days")) as i32;
                if events.iter().all(|&(_, other)| other != event) {
                    events.push((day, event));
                }
            }
            Notice {
                kind: stream.pick(&[NoticeKind::DraftNotice, NoticeKind::DataCheckNotice]),
                appearance_date: stream.one_in(2).then(|| opens + 3 + stream.below(30) as i32),
                events,
                remedies: Vec::new(),
            }
        })
        .collect()
}

/// What is done about the remedies of a law in these lives, most of it after the matter has opened.
pub fn file_remedies(seed: u64, book: &Rulebook, lives: &mut [Notice], days: i32) {
    const ACTS: &[Event] = &[Event::Filed, Event::Restored, Event::Granted, Event::Rejected, Event::BecameFinal];
    let mut stream = Stream(seed ^ 0xF11E);
    for life in lives {
        let Some((opens, _)) = life.opening() else { continue };
        for remedy in 0..book.remedies.len() {
            let mut day = opens;
            for _ in 0..stream.below(5) {
                let event = stream.pick(ACTS);
                // Never twice on one day.
                day += 1 + stream.below(usize::try_from(days / 8).expect("some days")) as i32;
                if stream.one_in(5) {
                    life.events.push((day, event));
                } else {
                    life.remedies.push((day, event, remedy));
                }
            }
        }
    }
}

/// A world in which nothing changes: a birthday, two facts and a condition from one number.
#[derive(Clone, Copy, Debug)]
pub struct StillWorld {
    /// Day of birth.
    pub born: i32,
    /// Lives at his address.
    pub lives_at_address: bool,
    /// Has a portal account.
    pub has_portal_account: bool,
    /// The first condition.
    pub condition: bool,
}

impl StillWorld {
    /// A world from one number.
    #[must_use]
    pub fn random(seed: u64) -> StillWorld {
        let mut stream = Stream(seed ^ 0xB0B);
        StillWorld {
            born: 34_000 + stream.below(5_000) as i32,
            lives_at_address: stream.one_in(2),
            has_portal_account: stream.one_in(2),
            condition: stream.one_in(2),
        }
    }
}

impl World for StillWorld {
    fn age(&self, day: i32, _picture: &Picture) -> i32 {
        Almanac::shared().age(self.born, day)
    }

    fn person(&self, fact: PersonFact, _picture: &Picture, _day: i32) -> bool {
        match fact {
            PersonFact::LivesAtAddress => self.lives_at_address,
            PersonFact::PortalAccount => self.has_portal_account,
            _ => false,
        }
    }

    fn condition(&self, _condition: usize, _day: i32) -> bool {
        self.condition
    }
}
