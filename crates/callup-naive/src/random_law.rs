//! Random laws and random lives, each from one number, for holding interpreters against each other.
//!
//! The laws are senseless but well formed: every index is in range, and periods only lead forward, so that no day runs for ever.

use crate::almanac::Almanac;
use crate::interpreter::{Notice, World};
use callup_law::calendar::Day;
use callup_law::roles::{Event, MeasureKind, Milestone, NoticeKind, PersonFact};
use callup_law::rulebook::{
    AlreadyOver, Anchor, Calendar, Cite, Combined, Compare, Condition, Counting, DatedNumber, DayCounting, EndTrigger,
    FORMAT_VERSION, Fact, FactKind, Guard, HourCounting, Matter, Measure, MeasureEnd, MeasureStart, Moment,
    MonthCounting, MonthDay, MonthEnd, NoticeBound, Number, Otherwise, Parameter, Period, Pick, Picture, Rule,
    Rulebook, Start, State, Switch, Test, Track, Trigger, Unit, Weekday, Window, WorkingDayCounting, YearRange,
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
    book
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
        notices: (0..stream.below(3)).map(|_| bound(stream)).collect(),
        combined: Vec::new(),
        rules: Vec::new(),
        measures: Vec::new(),
        remedies: Vec::new(),
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

fn bound(stream: &mut Stream) -> NoticeBound {
    let least = stream.one_in(2).then(|| stream.below(15) as i32);
    NoticeBound {
        notice: stream.pick(&[NoticeKind::DraftNotice, NoticeKind::DataCheckNotice]),
        fact: 0,
        min_days: least,
        max_days: (least.is_none() || stream.one_in(2)).then(|| 15 + stream.below(15) as i32),
        after: stream.pick(EVENTS),
        guard: guard(stream),
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
    Track { name: format!("track{index}"), label: String::new(), matter: 0, states, cite: cite(10 + index) }
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
        guard: guard(stream),
        track,
        from,
        to,
        cite: cite(20 + index),
    }
}

fn period_trigger(stream: &mut Stream, book: &Rulebook) -> Trigger {
    let track = stream.below(book.tracks.len());
    let state = (1 + stream.below(book.tracks[track].states.len() - 1)) as u8;
    let after = match stream.below(10) {
        8 | 9 => Anchor::Combined(stream.below(book.combined.len())),
        6 => Anchor::WindowStart(stream.below(2)),
        7 => Anchor::WindowEnd(stream.below(2)),
        0 => Anchor::Fact(0),
        1 => Anchor::MeasureStart(stream.below(book.measures.len())),
        2 => Anchor::Entry { track, state },
        _ => Anchor::Event(stream.pick(EVENTS)),
    };
    Trigger::Period {
        period: period(stream),
        after,
        moment: stream.pick(&[Moment::OnTheLastDay, Moment::OnceItHasRunOut]),
        already_over: Some(stream.pick(&[AlreadyOver::AtOnce, AlreadyOver::Never, AlreadyOver::FromEntry])),
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
            MeasureStart { track, state, guard: guard(stream), cite: cite(40 + index) }
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
                guard: guard(stream),
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
fn guard(stream: &mut Stream) -> Guard {
    if !stream.one_in(4) {
        return Guard(vec![Vec::new()]);
    }
    let lists = 1 + stream.below(2);
    Guard((0..lists).map(|_| (0..1 + stream.below(2)).map(|_| test(stream)).collect()).collect())
}

fn test(stream: &mut Stream) -> Test {
    let is = stream.one_in(2);
    match stream.below(7) {
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
            }
        })
        .collect()
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
