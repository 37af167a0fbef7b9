//! A measure by steps in a run: somebody must demand, apply and decide, and the court spares whoever lives by driving.

use crate::snapshot::{resumed, saved_at};
use crate::support::{books, day, fixed, mixed, mixed_population, number, people_of, quiet, run};
use callup_law::roles::{Event, MeasureKind};
use callup_sim::journal::{HistoryRow, What};
use callup_sim::people::{Attribute, Attributes, Fitness, People, Person, PersonSpec, ReadingClass, RecordErrors};
use callup_sim::replay::replay;
use callup_sim::scenario::{Act, Agency, Campaign, LawInForce, Proceeding, Scenario};
use callup_sim::{LawSet, Outcome};

const MEN: usize = 40;

/// A default, a demand with ten days to comply, a court that must refuse whoever lives by driving.
const LAW: &str = r#"# Model Act on Courts

source "written for callup, nobody's law" confidence fictional

## Article 1. The notice
> (1) Periods in days begin on the day after the event. (2) A notice placed in the register is served. (3) Whoever has not come in 5 days has defaulted. (4) The office demands, (5) he
> has 10 days, (6) the office applies, (7) the court decides. (8) A ban on driving ends when the demand is met.

```law
law courts "Model Act on Courts"
in force from 2023-01-01
periods in days (1): start next-day, roll none
matter draft_notice:
  fact earns_by_driving: yes/no as proved to court
  track service: none, served, defaulted, closed final
rule placed (2) "placed":
  when placed
  service: none -> served
rule default (3) "five days":
  5 days after placed, once it has run out
  service: served -> defaulted
rule appearance (3) "comes":
  when appeared
  service: none | served | defaulted -> closed
chain case_on_driving (4):
  begins on service.defaulted
  office demands
  10 days to comply (5), once it has run out
  office sues (6)
  court decides (7); must refuse if earns_by_driving is yes
measure driving_ban (8) "no driving":
  starts on case_on_driving.ordered
  ends (8) on complied in this matter
```
"#;

/// Every other man lives by driving.
fn drivers_and_others() -> People {
    let spec = |place: usize| {
        let attributes = Attributes::new(Fitness::Fit, ReadingClass::Daily)
            .with(Attribute::AtAddress, true)
            .with(Attribute::Works, true)
            .with(Attribute::NeedsDriving, place.is_multiple_of(2));
        let person = Person::new(day("1997-06-15"), None, attributes, RecordErrors::NONE);
        PersonSpec { region_code: 1, district: 0, person }
    };
    people_of(1, 1, &(0..MEN).map(spec).collect::<Vec<_>>())
}

/// Nobody comes unless `comes_late`; each act comes in `shares` of the cases, three days after the step before.
fn scenario(shares: [f64; 3], comes_late: f64) -> Scenario {
    let mut scenario = quiet("courts", "2023-01-01", 200);
    scenario.history_share = 1.0;
    scenario.response.appears = number(0.0);
    scenario.response.comes_late_daily = number(comes_late);
    scenario.response.located_daily = number(0.0);
    let acts = [Act::Demands, Act::Sues, Act::Decides].into_iter().zip(shares);
    scenario.proceedings = acts.map(|(act, share)| Proceeding { act, share: number(share), delay: fixed(3) }).collect();
    scenario.agencies = vec![Agency {
        name: "police".into(),
        measures: vec![MeasureKind::DrivingBan],
        start_latency: fixed(0),
        lift_latency: fixed(0),
    }];
    scenario
}

fn lived(shares: [f64; 3], comes_late: f64) -> Outcome {
    run(&drivers_and_others(), &books(&[LAW]), &scenario(shares, comes_late))
}

fn events(outcome: &Outcome, event: Event) -> Vec<&HistoryRow> {
    outcome.histories.iter().filter(|row| row.what == What::Event && row.detail == event as u16).collect()
}

fn barred(outcome: &Outcome) -> usize {
    outcome.histories.iter().filter(|row| row.what == What::StartDue).count()
}

#[test]
fn the_court_spares_whoever_lives_by_driving() {
    let outcome = lived([1.0; 3], 0.0);
    assert_eq!(events(&outcome, Event::Sued).len(), MEN, "the office goes on with everybody");
    assert_eq!(barred(&outcome), MEN / 2, "and the court bars those who do not live by driving");
    for (demanded, sued) in events(&outcome, Event::Demanded).iter().zip(events(&outcome, Event::Sued)) {
        assert_eq!(demanded.person, sued.person);
        // Ten days to comply, over at 0:00 of the eleventh; three to the application.
        assert_eq!(sued.day - demanded.day, 14, "the law's ten days stand between the two acts");
    }
}

#[test]
fn where_nobody_acts_nothing_follows() {
    for shares in [[0.0, 1.0, 1.0], [1.0, 0.0, 1.0], [1.0, 1.0, 0.0]] {
        assert_eq!(barred(&lived(shares, 0.0)), 0, "{shares:?}");
    }
    let refused = lived([1.0, 1.0, 0.0], 0.0);
    assert_eq!(events(&refused, Event::RefusedByCourt).len(), MEN, "a court that is asked decides");
}

#[test]
fn whoever_comes_meets_the_demand_and_ends_the_case() {
    let outcome = lived([1.0; 3], 0.05);
    let late = events(&outcome, Event::Appeared).len();
    assert!(late > MEN / 2 && events(&outcome, Event::Complied).len() == late, "{late} of {MEN}");
    assert!(events(&outcome, Event::Sued).len() < MEN, "some came within the ten days");
    let off = outcome.histories.iter().filter(|row| row.what == What::LiftDue).count();
    assert!(off > 0 && off <= barred(&outcome));
}

/// The next law has one more track, before the others: what offices and courts were about to do is done under it as well.
#[test]
fn a_change_of_law_keeps_what_offices_and_courts_are_about_to_do() {
    let first = LAW.replace("in force from 2023-01-01\n", "in force from 2023-01-01 until 2023-01-24\n");
    let next = LAW
        .replace("law courts ", "law courts_anew ")
        .replace(
            "in force from 2023-01-01\n",
            "in force from 2023-01-25\nreplaces courts from 2023-01-25; pending matters: new\n",
        )
        .replace("  track service:", "  track file: shelved final\n  track service:");
    let mut scenario = scenario([1.0; 3], 0.0);
    scenario.laws.push(LawInForce { id: "courts_anew".into(), from: day("2023-01-25") });
    let people = drivers_and_others();
    let outcome = run(&people, &books(&[&first, &next]), &scenario);
    let count = |what: What| outcome.histories.iter().filter(|row| row.what == what).count();
    assert!(count(What::Transferred) > 0, "no matter was pending");
    let before = |event: Event| events(&outcome, event).iter().filter(|row| row.day < 24).count();
    let pending = (before(Event::Demanded) > before(Event::Sued), before(Event::Sued) > before(Event::Ordered));
    assert!(pending.0 || pending.1, "no act was awaited when the law changed");
    let decided = events(&outcome, Event::Ordered).len() + events(&outcome, Event::RefusedByCourt).len();
    assert_eq!([events(&outcome, Event::Sued).len(), decided], [MEN, MEN]);
}

/// The law with a case only against whoever has defaulted before.
fn law_of_second_defaults() -> String {
    LAW.replace("  track service:", "  fact has_defaulted_before: yes/no as recorded\n  track service:")
        .replace("begins on service.defaulted", "begins on service.defaulted if has_defaulted_before is yes")
}

/// A second campaign that sends everybody a notice again, twenty days after the first one of ten days.
fn send_again(scenario: &mut Scenario) {
    let first = &mut scenario.campaigns[0];
    first.until = first.from.plus_days(10);
    let (from, until) = (first.until.plus_days(20), first.until.plus_days(30));
    let second = Campaign { name: "again".into(), from, until, ..first.clone() };
    scenario.campaigns.push(second);
}

/// The notice of a second campaign finds him in default on the first, which is still pending.
#[test]
fn a_default_that_is_pending_is_an_earlier_one() {
    let law = law_of_second_defaults();
    let mut scenario = scenario([1.0; 3], 0.0);
    let people = drivers_and_others();
    let once = run(&people, &books(&[&law]), &scenario);
    assert_eq!(events(&once, Event::Issued).len(), MEN);
    assert_eq!(events(&once, Event::Demanded).len(), 0, "his own default on the only notice is no earlier one");
    send_again(&mut scenario);
    let twice = run(&people, &books(&[&law]), &scenario);
    assert_eq!(events(&twice, Event::Issued).len(), 2 * MEN);
    let demanded = events(&twice, Event::Demanded);
    assert_eq!(demanded.len(), MEN, "each once, because of the second notice");
    assert!(demanded.iter().all(|row| row.campaign == Some(1)));
}

/// Where the first notice is written nowhere but in its own matter, a run that goes on from a save finds it there, and so does a life told again.
#[test]
fn a_save_and_a_replay_know_of_a_default_that_is_pending() {
    let books = books(&[&law_of_second_defaults()]);
    let mut scenario = Scenario { seed: 20, population: mixed_population(), ..scenario([0.8; 3], 0.005) };
    send_again(&mut scenario);
    let people = mixed(2, 4);
    let laws = LawSet::bind(&books, &scenario).expect("laws that go with the scenario");
    let whole = run(&people, &books, &scenario);
    let demanded = events(&whole, Event::Demanded).len();
    assert!(demanded > people.len() / 2 && demanded < people.len(), "{demanded} of {}", people.len());
    // All have the first notice by day 10 and its default by day 16; the second defaults fall on days 35 to 46.
    for day in [14, 28, 35, 42, 49] {
        let save = saved_at(&people, (&laws, &scenario), None, day);
        let outcome = resumed(&people, (&laws, &scenario), &save).expect("its own save");
        assert!(format!("{outcome:?}") == format!("{whole:?}"), "saved on day {day}");
    }
    for row in 0..people.len() as u32 {
        let who = people.id(row);
        let told = replay(people.layout(), 2023, &laws, &scenario, &whole.environment, who).expect("his life");
        let lived: Vec<HistoryRow> = whole.histories.iter().filter(|row| row.person == who).copied().collect();
        assert_eq!(told.rows, lived, "{who:?}");
    }
}
