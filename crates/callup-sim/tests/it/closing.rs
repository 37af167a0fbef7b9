//! When a matter is over and by what, under laws that end it where little else happens: with the notice, or with the lift of a measure to come.

use crate::grounds::assert_grounds;
use crate::support::{books, fixed, men, number, quiet, run};
use callup_law::roles::{Event, MeasureKind};
use callup_sim::Outcome;
use callup_sim::journal::{HistoryRow, What};
use callup_sim::scenario::{Agency, Campaign, Scenario, Timing};
use std::collections::BTreeMap;

const MEN: usize = 40;

/// A matter that is over when the man comes or five days have passed; a ban on driving for whoever did not come, until he comes on any notice.
const LAW: &str = r#"# Model Act on Ends

source "written for callup, nobody's law" confidence fictional

## Article 1. The notice
> (1) Periods in days begin on the day after the event. (2) A notice placed in the register is served. (3) It is done with when the man comes, and (4) when
> he has not come in 5 days. (5) Whoever did not come may not drive until he comes on some notice.

```law
law ends "Model Act on Ends"
in force from 2023-01-01
periods in days (1): start next-day, roll none
matter draft_notice:
  track service: none, served, missed final, closed final
rule placed (2) "placed":
  when placed
  service: none -> served
rule appearance (3) "comes":
  when appeared
  service: none | served -> closed
rule default (4) "five days":
  5 days after placed, once it has run out
  service: served -> missed
measure driving_ban (5) "no driving":
  starts on service.missed
  ends (5) on appeared in any matter
```
"#;

fn scenario() -> Scenario {
    let mut scenario = quiet("ends", "2023-01-01", 200);
    scenario.history_share = 1.0;
    scenario.response.appears = number(0.5);
    scenario.response.timing = Timing::AfterDeciding(fixed(2));
    scenario.response.comes_late_daily = number(0.0);
    scenario.response.located_daily = number(0.0);
    scenario.agencies = vec![Agency {
        name: "police".into(),
        measures: vec![MeasureKind::DrivingBan],
        start_latency: fixed(60),
        lift_latency: fixed(0),
    }];
    let first = &mut scenario.campaigns[0];
    first.until = first.from.plus_days(10);
    let (from, until) = (first.until.plus_days(20), first.until.plus_days(30));
    let second = Campaign { name: "again".into(), from, until, ..first.clone() };
    scenario.campaigns.push(second);
    scenario
}

fn of_first(outcome: &Outcome, what: What) -> impl Iterator<Item = &HistoryRow> {
    outcome.histories.iter().filter(move |row| row.what == what && row.campaign == Some(0))
}

#[test]
fn a_matter_that_ends_with_its_notice_is_over_on_that_day() {
    let ended = "rule no_effect (2) \"no effect\":\n  when issued\n  service: none -> closed\nrule placed (2)";
    let books = books(&[&LAW.replace("rule placed (2)", ended)]);
    let outcome = run(&men(1, 1, MEN), &books, &scenario());
    assert_grounds(&outcome, &books);
    // The notice is the only event, and the matter is over on its day.
    let days = |what: What| of_first(&outcome, what).map(|row| (row.person, row.day));
    assert!(days(What::Closed).eq(days(What::Event)) && days(What::Closed).count() == MEN);
    assert!(of_first(&outcome, What::Event).all(|row| row.detail == Event::Issued as u16));
}

/// A ban that is to take effect two months after the notice has run out is lifted before, because he comes on another notice: the article that lifts
/// it closes the matter, and nothing of the other one.
#[test]
fn a_matter_whose_measure_is_lifted_before_it_takes_effect_closes_with_the_lift() {
    let books = books(&[LAW]);
    let outcome = run(&men(1, 1, MEN), &books, &scenario());
    assert_grounds(&outcome, &books);
    let lifts: BTreeMap<_, _> =
        of_first(&outcome, What::LiftDue).map(|row| (row.person, (row.day, row.cause))).collect();
    let closed_so = |row: &&HistoryRow| lifts.get(&row.person) == Some(&(row.day, row.cause));
    assert!(!lifts.is_empty() && of_first(&outcome, What::On).all(|row| !lifts.contains_key(&row.person)));
    assert_eq!(of_first(&outcome, What::Closed).filter(closed_so).count(), lifts.len());
}
