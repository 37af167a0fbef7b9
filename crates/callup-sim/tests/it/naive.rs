//! The engine and the naive person-by-person interpreter say the same on random laws.
//!
//! Every man of a small population has his whole history written. What the world did to him (events, their days, the dates in his notices) goes
//! to the interpreter, which walks through his life day by day; what it finds the law to do must be what the engine wrote: every state
//! entered, every measure due to start, every lift and its date, row by row. Nothing is left out and nothing is rounded.

use crate::support::{basis, channel, day, fixed, man_of, number, people_of, quiet, run, uniform};
use callup_law::calendar::Day;
use callup_law::roles::{Event, MeasureKind, NoticeKind, PersonFact};
use callup_law::rulebook::{Guard, NoticeBound, Otherwise, Picture, Rulebook};
use callup_naive::almanac::Almanac;
use callup_naive::interpreter::{Happening, Notice, What as Naive, World, live};
use callup_naive::random_law::{Stream, law};
use callup_sim::journal::{Cause, HistoryRow, What};
use callup_sim::people::{Attribute, People, Person, PersonSpec};
use callup_sim::random::PersonId;
use callup_sim::scenario::{
    Agency, Campaign, ChannelKind, Decides, Delay, Outcome, Pace, Reading, Scenario, Selection, Timing,
};
use std::collections::BTreeMap;

const LAWS: u64 = 300;
const DAYS: u16 = 120;
const START: &str = "2023-01-29";

/// The engine's person and the scenario's condition, as the interpreter asks for them.
struct Life<'a> {
    person: Person,
    region: String,
    scenario: &'a Scenario,
}

impl World for Life<'_> {
    fn age(&self, day: i32, _picture: &Picture) -> i32 {
        Almanac::shared().age(self.person.born().0, day)
    }

    fn person(&self, fact: PersonFact, _picture: &Picture, _day: i32) -> bool {
        match fact {
            PersonFact::LivesAtAddress => self.person.truth().has(Attribute::AtAddress),
            PersonFact::PortalAccount => self.person.truth().has(Attribute::Account),
            _ => panic!("random laws do not ask for {fact:?}"),
        }
    }

    fn condition(&self, _condition: usize, day: i32) -> bool {
        let fits = |setting: &&callup_sim::scenario::ConditionSetting| {
            setting.from.0 <= day && setting.regions.as_ref().is_none_or(|regions| regions.contains(&self.region))
        };
        self.scenario.conditions.iter().rfind(fits).expect("it is set from the first day on").value
    }
}

/// A random law, half of the time with bounds on the date in its notices.
pub fn bounded_law(seed: u64) -> Rulebook {
    let mut book = law(seed);
    let mut stream = Stream(seed ^ 0xB0D);
    if stream.one_in(2) {
        book.notices.push(NoticeBound {
            notice: NoticeKind::DraftNotice,
            fact: 0,
            min_days: Some(2 + stream.below(4) as i32),
            max_days: Some(20 + stream.below(10) as i32),
            after: Event::Issued,
            guard: Guard(vec![Vec::new()]),
            otherwise: stream.pick(&[Otherwise::Void, Otherwise::Gap]),
            cite: book.rules[0].cite.clone(),
        });
    }
    book
}

fn population(stream: &mut Stream) -> People {
    let mut specs = Vec::new();
    for region_code in [1, 2] {
        for _ in 0..8 {
            let mut person = man_of(day("1990-01-01").plus_days(stream.below(12 * 365) as i32));
            for attribute in [Attribute::AtAddress, Attribute::Account, Attribute::Objector] {
                person = with(person, attribute, stream.one_in(2));
            }
            specs.push(PersonSpec { region_code, district: stream.below(2) as u16, person });
        }
    }
    people_of(2, 2, &specs)
}

fn with(person: Person, attribute: Attribute, holds: bool) -> Person {
    let attributes = person.truth().attributes().with(attribute, holds);
    Person::new(person.born(), person.truth().study_until(), attributes, person.errors())
}

fn campaign(name: &str, notice: NoticeKind, from: i32, until: i32) -> Campaign {
    Campaign {
        name: name.into(),
        basis: basis(),
        notice,
        from: day(START).plus_days(from),
        until: day(START).plus_days(until),
        regions: None,
        selection: Selection::Everyone { age_min: 16, age_max: 64 },
        pace: Pace::UniformDay,
        decreed: None,
        // The last one names a date so late that every lift of a run can be named.
        appearance_lead: Delay::Table {
            weights: vec![(0, 0.1), (3, 0.3), (9, 0.3), (25, 0.299), (600, 0.001)],
            basis: basis(),
        },
    }
}

/// Three campaigns that overlap, so that many men hold two or three notices at once, and everything that can happen to them in a hurry.
fn scenario(seed: u64) -> Scenario {
    let mut scenario = quiet("random", START, DAYS);
    let mut stream = Stream(seed ^ 0x5CE);
    scenario.seed = seed;
    scenario.history_share = 1.0;
    scenario.answers = [("reading".to_string(), ["narrow", "wide"][stream.below(2)].to_string())].into();
    for (from, regions) in [(0, None), (20, Some(vec!["XX-1".to_string()])), (50, None)] {
        let (name, from, value) = ("register_works".into(), day(START).plus_days(from), stream.one_in(2));
        scenario.conditions.push(callup_sim::scenario::ConditionSetting { name, from, regions, value, basis: basis() });
    }
    for kind in [ChannelKind::InHand, ChannelKind::Employer, ChannelKind::Post] {
        let mut channel = channel(kind);
        (channel.used, channel.success, channel.attempts_max) = (number(0.5), number(0.5), 2);
        (channel.act_delay, channel.outcome_delay) = (uniform(0, 4), uniform(0, 5));
        scenario.channels.push(channel);
    }
    scenario.channels[0].act_delay = uniform(0, 2);
    scenario.reading = Reading::PerNotice { probability: number(0.5), delay: uniform(0, 9) };
    scenario.response.decides = stream.pick(&[Decides::Aware, Decides::Served]);
    scenario.response.timing = if stream.one_in(2) {
        Timing::OnAppearanceDate { when_late: uniform(0, 3) }
    } else {
        Timing::AfterDeciding(uniform(0, 12))
    };
    scenario.response.comes_late_daily = number(0.05);
    scenario.response.measure_factor = number(3.0);
    scenario.response.located_daily = number(0.03);
    scenario.border.trips_per_year = number(6.0);
    scenario.commission.outcome = Outcome::Shares { deferred: number(0.4), exempted: number(0.1) };
    scenario.commission.examination_delay = uniform(0, 2);
    scenario.commission.dispatch_delay = uniform(0, 20);
    scenario.agencies = vec![Agency {
        name: "agency".into(),
        measures: MeasureKind::ALL.to_vec(),
        start_latency: uniform(0, 3),
        lift_latency: uniform(0, 4),
    }];
    // In a rush everything falls on the same few days, and the order within a day decides.
    let windows = stream.pick(&[[(0, 50), (5, 60), (20, 70)], [(0, 14), (0, 14), (0, 14)]]);
    let kinds = [NoticeKind::DraftNotice, NoticeKind::DataCheckNotice, NoticeKind::DraftNotice];
    let all = ["spring", "check", "summer"].into_iter().zip(kinds).zip(windows);
    scenario.campaigns = all.map(|((name, kind), (from, until))| campaign(name, kind, from, until)).collect();
    scenario.commission.record_delay = fixed(1);
    scenario
}

/// What the engine wrote of one man: his notices in the order in which they were formed, and what followed.
#[derive(Default)]
struct Written {
    campaigns: Vec<u8>,
    notices: Vec<Notice>,
    happenings: Vec<Happening>,
    closed: Vec<Option<i32>>,
}

impl Written {
    /// Place of the matter of a row; a matter's first row opens it.
    fn place(&mut self, row: &HistoryRow, scenario: &Scenario) -> Option<usize> {
        let campaign = row.campaign?;
        let known = self.campaigns.iter().position(|other| *other == campaign);
        Some(known.unwrap_or_else(|| {
            self.campaigns.push(campaign);
            self.closed.push(None);
            let kind = scenario.campaigns[usize::from(campaign)].notice;
            self.notices.push(Notice { kind, appearance_date: None, events: Vec::new(), remedies: Vec::new() });
            self.notices.len() - 1
        }))
    }

    fn read(&mut self, row: &HistoryRow, scenario: &Scenario) {
        let Some(notice) = self.place(row, scenario) else { return };
        let at = |day: u16| scenario.start.0 + i32::from(day);
        let today = at(row.day);
        let measure = || MeasureKind::ALL.iter().position(|kind| *kind as u16 == row.detail).expect("a kind");
        let what = match row.what {
            What::Event => {
                let event = Event::ALL[usize::from(row.detail)];
                self.notices[notice].events.push((today, event));
                if event == Event::Issued {
                    self.notices[notice].appearance_date = row.date.map(at);
                }
                return;
            }
            What::RemedyEvent => {
                let (remedy, event) = (usize::from(row.detail >> 8), Event::ALL[usize::from(row.detail & 0xff)]);
                self.notices[notice].remedies.push((today, event, remedy));
                return;
            }
            What::Void => {
                self.notices[notice].events.push((today, Event::Issued));
                self.notices[notice].appearance_date = row.date.map(at);
                Naive::Void
            }
            What::Entered => {
                let Cause::Article { cite, .. } = row.cause else {
                    panic!("a state entered without an article: {row:?}")
                };
                Naive::Entered { track: usize::from(row.detail >> 8), state: row.detail as u8, rule: usize::from(cite) }
            }
            What::StartDue => Naive::Starts { measure: measure() },
            What::LiftDue => Naive::LiftDue {
                measure: measure(),
                by: at(row.date.expect("every lift is within the days that can be named")),
            },
            What::Closed => {
                self.closed[notice] = Some(today);
                return;
            }
            _ => return,
        };
        self.happenings.push(Happening { notice, day: today, what });
    }
}

fn written(rows: &[HistoryRow], scenario: &Scenario) -> BTreeMap<PersonId, Written> {
    let mut lives: BTreeMap<PersonId, Written> = BTreeMap::new();
    for row in rows {
        lives.entry(row.person).or_default().read(row, scenario);
    }
    lives
}

/// What one of two sorted lists has more often than the other.
fn without(list: &[Happening], other: &[Happening]) -> Vec<Happening> {
    let mut left = other.to_vec();
    let mut rest = list.to_vec();
    rest.retain(|one| left.iter().position(|same| same == one).map(|at| left.remove(at)).is_none());
    rest
}

/// A matter that is over keeps nothing: bringing forward a lift that has been carried out already is not written, nor that the time to file a
/// remedy, which nobody files in a run, is over.
fn after_the_end(book: &Rulebook, found: &Written, one: &Happening) -> bool {
    let is_nothing = match one.what {
        Naive::LiftDue { .. } => true,
        Naive::Entered { track, .. } => book.tracks[track].remedy.is_some(),
        _ => false,
    };
    is_nothing && found.closed[one.notice].is_some_and(|closed| one.day >= closed)
}

fn disagreements(seed: u64, compared: &mut usize) -> Vec<String> {
    let (book, scenario) = (bounded_law(seed), scenario(seed));
    let people = population(&mut Stream(seed ^ 0x9E0));
    let outcome = run(&people, std::slice::from_ref(&book), &scenario);
    assert_eq!(written(&outcome.histories, &scenario).len(), people.len(), "law {seed}: every man has a history");
    let differ = differences(&book, &people, &scenario, &outcome.histories, compared);
    differ.into_iter().map(|difference| format!("law {seed}, {difference}")).collect()
}

/// What the engine wrote of each man and what the interpreter finds, where they differ.
pub fn differences(
    book: &Rulebook,
    people: &People,
    scenario: &Scenario,
    rows: &[HistoryRow],
    compared: &mut usize,
) -> Vec<String> {
    let mut found = Vec::new();
    for (id, life) in written(rows, scenario) {
        let row = people.row(id).expect("he exists");
        let district = (0..people.layout().districts()).find(|at| people.layout().district_rows(*at).contains(&row));
        let region = people.layout().region_of_district(district.expect("he lives somewhere"));
        let region = people.layout().regions()[region].iso_code.clone();
        let world = Life { person: people.person(row), region, scenario };
        let wanted = live(book, &scenario.answers, &world, &life.notices, scenario.last_day().0);
        *compared += wanted.len();
        let mut missing = without(&wanted, &life.happenings);
        // A bound that leaves a gap, or makes a later event void, is counted and not written.
        missing.retain(|one| !after_the_end(book, &life, one) && !matches!(one.what, Naive::OutOfBounds { .. }));
        let surplus = without(&life.happenings, &wanted);
        if !missing.is_empty() || !surplus.is_empty() {
            found.push(format!(
                "{id:?}: the engine lacks {missing:?}\nand has besides {surplus:?}\nin {:#?}",
                life.notices
            ));
        }
    }
    found
}

#[test]
fn the_engine_and_the_naive_interpreter_agree_on_random_laws_and_lives() {
    let mut compared = 0;
    let mut found = Vec::new();
    for seed in 0..LAWS {
        found.extend(disagreements(seed, &mut compared));
    }
    assert!(found.is_empty(), "{} disagreements; the first:\n{}", found.len(), found[0]);
    assert!(compared > 20_000, "only {compared} happenings: the random laws do too little to compare anything");
}

#[test]
fn the_days_of_the_calendar_are_those_of_the_almanac() {
    // Both number days from 1900-01-01; the comparison above leans on it.
    assert_eq!(Day(0), day("1900-01-01"));
}
