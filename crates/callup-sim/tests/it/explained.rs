//! What a reader is told is what befell people: the holder behind `explain` and the run give the same law on the same days.
//!
//! Everybody lives under the shipped laws, through their changes, and has his whole history written. What the world did to him goes to the
//! holder as a reader would tell it; every state, every measure due to start or to be lifted, with its day, its rule and its line, must be what the
//! run wrote.

use crate::lives::{Place, place_of};
use crate::support::{basis, books, busy, day, law_text, mixed, number, run};
use callup_law::calendar::Day;
use callup_law::holder::{self, Laws, Notice, What as Told};
use callup_law::program::{Horizon, PictureCode};
use callup_law::roles::{Event, PersonFact};
use callup_law::rulebook::Rulebook;
use callup_sim::journal::{Cause, HistoryRow, What};
use callup_sim::people::{Mended, People, Person};
use callup_sim::random::PersonId;
use callup_sim::scenario::{ConditionSetting, Decides, LawInForce, Scenario};
use std::collections::{BTreeMap, BTreeSet};

/// The engine's person, as a reader describes him.
struct Reader<'a> {
    person: Person,
    region: &'a str,
    scenario: &'a Scenario,
}

impl holder::Person for Reader<'_> {
    fn age_between(&self, on: Day, least: i32, most: i32, _picture: PictureCode) -> bool {
        (least..=most).contains(&self.person.age_on(on))
    }

    fn person(&self, fact: PersonFact, picture: PictureCode) -> bool {
        assert_eq!((fact, picture), (PersonFact::LiableForDraft, PictureCode::Recorded), "all that these laws ask");
        let record = self.person.record(Mended::NONE);
        record.is_on_record() && !record.is_reservist() && !record.has_served()
    }

    fn condition(&self, name: &str, day: Day) -> bool {
        let fits = |setting: &&ConditionSetting| {
            let here = setting.regions.as_ref().is_none_or(|regions| regions.iter().any(|iso| iso == self.region));
            setting.name == name && setting.from <= day && here
        };
        self.scenario.conditions.iter().rfind(fits).expect("it is set from the first day on").value
    }

    fn switch(&self, name: &str, _options: &[String]) -> usize {
        panic!("the scenario answers `{name}`")
    }
}

/// What followed from the law: day, matter, law, what.
type Followed = (Day, usize, usize, Consequence);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Consequence {
    Void {
        bound: usize,
    },
    Entered {
        track: usize,
        state: u8,
        rule: usize,
    },
    Starts {
        measure: usize,
        line: usize,
    },
    Lift {
        measure: usize,
        line: usize,
        by: Day,
    },
    /// The kind of a measure that the new law does not know.
    LiftByTransfer {
        kind: u16,
    },
    Transferred,
}

/// One man's notices in the order in which they were formed, and what the run says followed.
#[derive(Default)]
struct Written {
    campaigns: Vec<u8>,
    /// The law of each matter.
    laws: Vec<usize>,
    notices: Vec<Notice>,
    followed: Vec<Followed>,
    /// The day on which each matter was over for the run.
    closed: BTreeMap<usize, Day>,
    mended: bool,
}

impl Written {
    fn read(&mut self, row: &HistoryRow, scenario: &Scenario, books: &[Rulebook]) {
        self.mended |= row.what == What::RecordMended;
        let Some(campaign) = row.campaign else { return };
        let known = self.campaigns.iter().position(|other| *other == campaign);
        let matter = known.unwrap_or(self.campaigns.len());
        if known.is_none() {
            let kind = scenario.campaigns[usize::from(campaign)].notice;
            self.campaigns.push(campaign);
            let opened = scenario.start.plus_days(row.day.into());
            let in_force = books.iter().rposition(|book| book.in_force_from <= opened);
            self.laws.push(in_force.expect("a law is in force throughout"));
            self.notices.push(Notice { kind, dates: BTreeMap::new(), events: Vec::new(), remedies: Vec::new() });
        }
        let today = scenario.start.plus_days(row.day.into());
        let date = row.date.map(|date| scenario.start.plus_days(date.into()));
        let notice = &mut self.notices[matter];
        let formed = row.what == What::Void || row.what == What::Event && row.detail == Event::Issued as u16;
        if formed {
            notice.dates.insert("appearance_date".into(), date.expect("every notice names a date"));
        }
        if row.what == What::Event || row.what == What::Void {
            let event = if row.what == What::Void { Event::Issued } else { Event::ALL[usize::from(row.detail)] };
            notice.events.push((event, today));
        }
        if row.what == What::RemedyEvent {
            let (remedy, event) = (usize::from(row.detail >> 8), Event::ALL[usize::from(row.detail & 0xff)]);
            notice.remedies.push((event, today, books[self.laws[matter]].remedies[remedy].name.clone()));
        }
        if row.what == What::Transferred {
            self.laws[matter] = usize::from(row.detail);
        }
        if row.what == What::Closed {
            self.closed.insert(matter, today);
        }
        let Cause::Article { law, cite } = row.cause else { return };
        let place = place_of(&books[usize::from(law)], cite);
        let consequence = match (row.what, place) {
            (What::Void, Place::Bound(bound)) => Consequence::Void { bound },
            (What::Entered, Place::Rule(rule)) => {
                Consequence::Entered { track: usize::from(row.detail >> 8), state: row.detail as u8, rule }
            }
            (What::StartDue, Place::Start(measure, line)) => Consequence::Starts { measure, line },
            (What::LiftDue, Place::End(measure, line)) => {
                Consequence::Lift { measure, line, by: date.expect("a lift within the days that can be named") }
            }
            (What::LiftDue, Place::Replaces) => Consequence::LiftByTransfer { kind: row.detail },
            (What::Transferred, Place::Replaces) => Consequence::Transferred,
            // The slot is given back: the law knows only that every track is in a final state.
            (What::Closed, Place::Rule(_) | Place::Replaces) => return,
            _ => panic!("an article that is none of this kind of row: {row:?}"),
        };
        self.followed.push((today, matter, law.into(), consequence));
    }
}

fn told(laws: &Laws<'_>, history: &holder::History) -> Vec<Followed> {
    let mut followed = Vec::new();
    for entry in &history.entries {
        let consequence = match &entry.what {
            Told::Void { bound } => Consequence::Void { bound: *bound },
            Told::Entered { track, state, rule, .. } => {
                Consequence::Entered { track: *track, state: *state, rule: *rule }
            }
            Told::Starts { measure, line } => Consequence::Starts { measure: *measure, line: *line },
            Told::LiftDue { measure, line, by, .. } => Consequence::Lift { measure: *measure, line: *line, by: *by },
            Told::LiftByTransfer { old_law, measure } => {
                Consequence::LiftByTransfer { kind: laws.books()[*old_law].measures[*measure].kind as u16 }
            }
            Told::Transferred { .. } => Consequence::Transferred,
            Told::Opened
            | Told::OutOfBounds { .. }
            | Told::Event(_)
            | Told::RemedyEvent { .. }
            | Told::Suspended { .. }
            | Told::Resumed { .. } => continue,
            Told::NoLaw => panic!("a law is in force throughout"),
            Told::Barred { .. } => panic!("what a remedy holds up was brought about: {entry:?}"),
        };
        followed.push((entry.day, entry.matter, entry.law, consequence));
    }
    followed
}

/// Runs these people and compares every life; returns how many lives and consequences were compared.
fn compare(name: &str, people: &People, rulebooks: &[Rulebook], scenario: &Scenario) -> (usize, usize) {
    let outcome = run(people, rulebooks, scenario);
    let mut lives: BTreeMap<PersonId, Written> = BTreeMap::new();
    for row in &outcome.histories {
        lives.entry(row.person).or_default().read(row, scenario, rulebooks);
    }
    let kinds: BTreeSet<_> = scenario.campaigns.iter().map(|campaign| campaign.notice).collect();
    let references: Vec<&Rulebook> = rulebooks.iter().collect();
    // Room before and after the run, so that no limit lies outside.
    let horizon = Horizon { origin: scenario.start.plus_days(-1), days: scenario.days + 1_000 };
    let laws = Laws::bind(&references, &kinds, &scenario.answers, horizon).expect("laws that bind in a run");
    let (mut compared, mut consequences) = (0, 0);
    for (id, mut life) in lives {
        // A record mended in the run has changed a fact that a reader gives once.
        if life.mended || life.notices.is_empty() {
            continue;
        }
        let row = people.row(id).expect("he exists");
        let layout = people.layout();
        let region = &layout.regions()[layout.region_of_district(layout.district_of(row))].iso_code;
        let reader = Reader { person: people.person(row), region, scenario };
        let mut told = told(&laws, &laws.live(&reader, &life.notices, scenario.last_day()));
        // A run keeps no matter that is over; in law the time to go on to the next body still runs out.
        told.retain(|(day, matter, law, consequence)| {
            let over = life.closed.get(matter).is_some_and(|closed| closed < day);
            let of_remedy = |track: &usize| laws.books()[*law].remedies.iter().any(|remedy| remedy.track == *track);
            !(over && matches!(consequence, Consequence::Entered { track, .. } if of_remedy(track)))
        });
        life.followed.sort_unstable();
        told.sort_unstable();
        assert_eq!(
            life.followed, told,
            "{name}: the run (left) and the holder say otherwise of {id:?}: {:#?}",
            life.notices
        );
        compared += 1;
        consequences += told.len();
    }
    (compared, consequences)
}

/// The busy scenario under a chain of shipped laws, with these answers in place of its own.
fn scenario(chain: &[(&str, &str)], days: u16, answers: &[(&str, &str)]) -> Scenario {
    let busy = busy();
    let start = day(chain[0].1);
    let later = start.days_since(busy.start);
    let mut scenario = Scenario { start, days, history_share: 1.0, searches: Vec::new(), ..busy };
    scenario.laws = chain.iter().map(|(id, from)| LawInForce { id: (*id).into(), from: day(from) }).collect();
    scenario.answers.extend(answers.iter().map(|(name, answer)| ((*name).into(), (*answer).into())));
    for campaign in &mut scenario.campaigns {
        (campaign.from, campaign.until) = (campaign.from.plus_days(later), campaign.until.plus_days(later));
        for (_, from) in campaign.regions.iter_mut().flatten() {
            *from = from.plus_days(later);
        }
        if let Some(decreed) = &mut campaign.decreed {
            decreed.dispatch_from = decreed.dispatch_from.plus_days(later);
        }
    }
    for channel in &mut scenario.channels {
        channel.from = start.plus_days(20);
    }
    let condition = |from: Day, regions: Option<&str>, value| ConditionSetting {
        name: "register_works".into(),
        from,
        regions: regions.map(|iso| vec![iso.into()]),
        value,
        basis: basis(),
    };
    scenario.conditions = vec![condition(start, None, false), condition(start.plus_days(100), Some("XX-1"), true)];
    scenario.response.comes_late_daily = number(0.02);
    scenario
}

fn texts(paths: &[&str]) -> Vec<Rulebook> {
    let texts: Vec<String> = paths.iter().map(|path| law_text(path)).collect();
    books(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

const PAPER: &str = "ru/paper/2022-01-01.law.md";
const LAW_127: &str = "ru/127-fz/2023-04-14.law.md";
const LAW_437: &str = "ru/437-fz/2023-08-04.law.md";
const YEAR_ROUND: &str = "ru/year-round/2026-01-01.law.md";
const AS_REPORTED: &str = "ru/as-reported/2023-04-14.law.md";

#[test]
fn a_year_under_three_laws_is_explained_as_it_was_lived() {
    let chain = [("ru_paper_2022", "2023-01-01"), ("ru_127fz", "2023-04-14"), ("ru_437fz", "2023-08-04")];
    let (people, rulebooks) = (mixed(2, 5), texts(&[PAPER, LAW_127, LAW_437]));
    let readings: [&[(&str, &str)]; 3] = [
        &[("pending_at_change", "new"), ("appearance_counts", "any_matter"), ("credit_ban_active", "yes")],
        &[("pending_at_change", "old"), ("electronic_service_moment", "in_account"), ("hand_over_is_sending", "yes")],
        &[
            ("pending_at_change", "new"),
            ("appearance_counts", "this_matter"),
            ("post_refusal", "served_on_refusal"),
            ("measures_on_data_check", "no"),
        ],
    ];
    for answers in readings {
        let scenario = scenario(&chain, 365, answers);
        let (lives, consequences) = compare(&format!("{answers:?}"), &people, &rulebooks, &scenario);
        assert!(lives > 150 && consequences > 1_500, "{answers:?}: {lives} lives, {consequences} consequences");
    }
}

#[test]
fn a_year_as_the_press_reported_it_is_explained_as_it_was_lived() {
    let chain = [("ru_paper_2022", "2023-01-01"), ("ru_as_reported_2023", "2023-04-14")];
    let (people, rulebooks) = (mixed(2, 5), texts(&[PAPER, AS_REPORTED]));
    for pending in ["old", "new"] {
        for lifting in ["never", "on_appearance"] {
            let mut scenario = scenario(&chain, 365, &[("pending_at_change", pending), ("reported_lifting", lifting)]);
            scenario.response.decides = Decides::Served;
            let (lives, consequences) = compare(&format!("{pending}, {lifting}"), &people, &rulebooks, &scenario);
            assert!(lives > 150 && consequences > 500, "{pending}: {lives} lives, {consequences} consequences");
        }
    }
}

#[test]
fn the_turn_to_call_up_all_the_year_is_explained_as_it_was_lived() {
    let chain = [("ru_437fz", "2025-07-01"), ("ru_2026", "2026-01-01")];
    let (people, rulebooks) = (mixed(2, 5), texts(&[LAW_437, YEAR_ROUND]));
    for pending in ["old", "new"] {
        let answers = [("pending_at_change", pending), ("court_suspension", "automatic"), ("credit_ban_active", "yes")];
        let mut scenario = scenario(&chain, 365, &answers);
        // Some dates lie further off than the thirty days of the new law.
        scenario.campaigns[1].appearance_lead = crate::support::uniform(10, 45);
        let (lives, consequences) = compare(pending, &people, &rulebooks, &scenario);
        assert!(lives > 100 && consequences > 1_500, "{pending}: {lives} lives, {consequences} consequences");
    }
}
