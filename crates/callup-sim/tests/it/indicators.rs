//! Indicators on people made by hand under a small law, where every number can be counted on the fingers.
//!
//! Chance is certain here: who reads does so daily, who does not never does, all shares are 0 or 1 and all delays fixed.

use crate::support::{basis, books, fixed, number, people_of, quiet, run};
use callup_law::calendar::Day;
use callup_law::roles::MeasureKind::{self, DrivingBan, ExitBan};
use callup_sim::Outcome as Run;
use callup_sim::indicators::registry::{INDICATORS, Source};
use callup_sim::people::{Attribute, Attributes, Fitness, Person, PersonSpec, ReadingClass, RecordError, RecordErrors};
use callup_sim::scenario::{Agency, Decides, Outcome, Reading, Scenario, Timing};
use callup_sim::strata::{Group, StrataChoice};
use callup_sim::tally::Duration;

/// Placed, it bars from leaving; after seven days it counts as served; five days after the date it also bars from driving. Both end on
/// appearance.
const LAW: &str = r#"# A law for tests

source "made for tests" confidence U

```law
law small "A law for tests"
in force from 2000-01-01
```

## Article 1. All of it

> (1) Periods begin on the next day. (2) What is placed counts as served after seven days. (3) Five days after the date one is in default.

```law
periods in days (1): start next-day, roll none
matter draft_notice:
  fact appearance_date: date
  track service "the notice":
    none "formed", placed "placed", served "served", defaulted "in default", closed final "over"
rule placement (2) "placed":
  when placed
  service: none -> placed
rule deemed (2) "counts as served":
  7 days after placed, once it has run out
  service: placed -> served
rule default (3) "in default":
  5 days after appearance_date, once it has run out; already over on entry: at once
  service: served -> defaulted
rule appearance (1) "has appeared":
  when appeared
  service: none | placed | served | defaulted -> closed
measure exit_ban (2) "may not leave":
  starts on service.placed
  ends (1) on appeared in this matter
measure driving_ban (3) "may not drive":
  starts on service.defaulted
  ends (1) on appeared in this matter
```
"#;

const DAYS: u16 = 30;

/// Everybody gets a notice on the first day that names the eleventh; who knows of it comes on that day; agencies need three days to lift.
fn scenario() -> Scenario {
    let quiet = quiet("small", "2023-01-01", DAYS);
    let mut scenario = Scenario {
        reading: Reading::Timeline { stretch_days: [1, 7, 30], basis: basis() },
        agencies: vec![agency("border", ExitBan, 3), agency("police", DrivingBan, 0)],
        strata: StrataChoice { age_bands_from: vec![16, 27], groups: vec![Group::PortalReader, Group::NeedsDriving] },
        ..quiet
    };
    scenario.response.decides = Decides::Aware;
    scenario.response.appears = number(1.0);
    scenario.response.timing = Timing::OnAppearanceDate { when_late: fixed(2) };
    scenario.response.comes_late_daily = number(0.0);
    scenario.response.located_daily = number(0.0);
    scenario.commission.outcome = Outcome::Shares { deferred: number(0.0), exempted: number(1.0) };
    scenario.commission.examination_delay = fixed(5);
    let campaign = &mut scenario.campaigns[0];
    (campaign.until, campaign.appearance_lead) = (campaign.from, fixed(10));
    scenario
}

fn agency(name: &str, measure: MeasureKind, lift_days: u16) -> Agency {
    Agency { name: name.into(), measures: vec![measure], start_latency: fixed(0), lift_latency: fixed(lift_days) }
}

/// Somebody who reads the portal daily, or never.
fn person(region_code: u8, born: &str, reads: bool, holds: &[Attribute], errors: RecordErrors) -> PersonSpec {
    let class = if reads { ReadingClass::Daily } else { ReadingClass::Never };
    let blank = Attributes::new(Fitness::Fit, class).with(Attribute::Account, true);
    let attributes = holds.iter().fold(blank, |attributes, one| attributes.with(*one, true));
    let born = Day::parse(born).expect("a day");
    PersonSpec { region_code, district: 0, person: Person::new(born, None, attributes, errors) }
}

/// One who reads; two who never do, the first of whom needs driving; one with a family ground on record, one whose ground the register lacks.
fn five() -> Vec<PersonSpec> {
    let lost = RecordErrors::NONE.with(RecordError::DefermentLost, true);
    vec![
        person(1, "2000-01-01", true, &[], RecordErrors::NONE),
        person(1, "1990-01-01", false, &[Attribute::NeedsDriving], RecordErrors::NONE),
        person(1, "2000-01-01", true, &[Attribute::FamilyGround], RecordErrors::NONE),
        person(2, "2000-01-01", false, &[], RecordErrors::NONE),
        person(2, "1990-01-01", true, &[Attribute::FamilyGround], lost),
    ]
}

fn lived(specs: &[PersonSpec], scenario: &Scenario) -> Run {
    run(&people_of(2, 1, specs), &books(&[LAW]), scenario)
}

/// Where a number is looked for.
#[derive(Clone, Copy, Default)]
struct At {
    week: Option<u16>,
    region: Option<u16>,
    stratum: Option<(&'static str, &'static str)>,
    measure: Option<MeasureKind>,
}

const RUN: At = At { week: None, region: None, stratum: None, measure: None };

/// The one row of an indicator at a place: value and whole; (0, 0) where it is left out.
fn part(run: &Run, name: &str, at: At) -> (u64, u64) {
    assert!(INDICATORS.iter().any(|indicator| indicator.id == name), "{name}");
    let rows = if at.week.is_some() { &run.weekly } else { &run.whole };
    let stratum = at.stratum.map(|wanted| {
        let fits = |one: &callup_sim::strata::Stratum| (one.kind, one.name.as_str()) == wanted;
        run.strata.iter().position(fits).expect("a stratum") as u16
    });
    let last = at.week.map(|week| (week * 7 + 6).min(DAYS - 1));
    let fits = |row: &&callup_sim::IndicatorRow| {
        (row.name, row.day, row.region, row.stratum, row.measure) == (name, last, at.region, stratum, at.measure)
    };
    let found: Vec<_> = rows.iter().filter(fits).collect();
    assert!(found.len() <= 1, "{name}: {found:?}");
    found.first().map_or((0, 0), |row| (row.value, row.of.unwrap_or(0)))
}

/// Lengths that ended and lengths that are open: days and how many.
type Lengths = (Vec<(i16, u64)>, Vec<(i16, u64)>);

fn lengths(run: &Run, duration: Duration, measure: Option<MeasureKind>) -> Lengths {
    let fits = |one: &&callup_sim::Histogram| one.is_of_all() && one.duration == duration && one.measure == measure;
    let found = run.histograms.iter().find(fits);
    found.map_or_else(Default::default, |one| (one.ended.counted().collect(), one.open.counted().collect()))
}

#[test]
fn notice_is_known_late_or_never() {
    let run = lived(&five(), &scenario());
    let exit = At { measure: Some(ExitBan), ..RUN };
    // Who sees the notice on the day the ban starts never stands under it unknowing.
    assert_eq!(part(&run, "restricted_no_actual_notice", RUN), (2, 5));
    assert_eq!(part(&run, "person_days_no_notice", exit), (60, 3 * 13 + 60));
    assert_eq!(part(&run, "person_days_no_notice", At { measure: Some(DrivingBan), ..RUN }), (28, 28));
    assert_eq!(part(&run, "person_days_no_notice", RUN), (60, 99));
    // The second week: all five are barred at its end, those who came on the eleventh day are freed on the fourteenth.
    assert_eq!(part(&run, "restricted_no_actual_notice", At { week: Some(0), ..exit }), (2, 5));
    assert_eq!(part(&run, "restricted_no_actual_notice", At { week: Some(1), ..exit }), (2, 2));
    assert_eq!(part(&run, "person_days_no_notice", At { week: Some(1), ..exit }), (14, 14 + 3 * 6));
    assert_eq!(part(&run, "restricted_before_deemed", RUN), (5, 7));
    assert_eq!(part(&run, "restricted_before_deemed", At { measure: Some(DrivingBan), ..RUN }), (0, 2));
    assert_eq!(part(&run, "missed_notice_rate", RUN), (2, 5));
    // Dated by the eleventh day, in the second week, although it was known only at the end of the run.
    assert_eq!(part(&run, "missed_notice_rate", At { week: Some(1), ..RUN }), (2, 5));
    assert_eq!(part(&run, "served_unseen", At { week: Some(1), ..RUN }), (2, 5));
    assert_eq!(part(&run, "persons_served_unseen", RUN), (2, 5));
    assert_eq!(part(&run, "fiction_share", RUN), (2, 7));
    assert_eq!(part(&run, "fiction_share", At { measure: Some(DrivingBan), ..RUN }), (2, 2));
    assert_eq!(lengths(&run, Duration::NoticeGap, None), (vec![], vec![(22, 2)]));
    assert_eq!(lengths(&run, Duration::TimeToComply, None), (vec![(10, 3)], vec![(-20, 2)]));
}

#[test]
fn truth_and_record_part_the_wrongly_restricted() {
    let run = lived(&five(), &scenario());
    assert_eq!(part(&run, "wrongful_restriction", RUN), (2, 5));
    assert_eq!(part(&run, "register_error_share", RUN), (1, 2));
    assert_eq!(part(&run, "wrongful_person_days", At { measure: Some(ExitBan), ..RUN }), (26, 99));
    assert_eq!(part(&run, "wrongful_restriction", At { week: Some(0), measure: Some(ExitBan), ..RUN }), (2, 5));
    assert_eq!(part(&run, "register_error_share", At { week: Some(0), ..RUN }), (1, 2));
    assert_eq!(part(&run, "wrongful_restriction", At { week: Some(2), ..RUN }), (0, 2));
    assert_eq!(part(&run, "over_inclusion", RUN), (3, 5));
    assert_eq!(part(&run, "livelihood_loss", RUN), (1, 2));
    assert_eq!(part(&run, "livelihood_loss", At { week: Some(2), ..RUN }), (1, 2));
    assert_eq!(part(&run, "livelihood_loss", At { week: Some(1), ..RUN }), (0, 0));
}

#[test]
fn measures_last_and_are_lifted_late() {
    let run = lived(&five(), &scenario());
    // In effect from the first day: who came on the eleventh is free on the fourteenth; the others stand at the whole run.
    assert_eq!(lengths(&run, Duration::InEffect, Some(ExitBan)), (vec![(13, 3)], vec![(30, 2)]));
    // In default on the sixth day after the date, the day after the period has run out.
    assert_eq!(lengths(&run, Duration::InEffect, Some(DrivingBan)), (vec![], vec![(14, 2)]));
    assert_eq!(lengths(&run, Duration::LiftLatency, Some(ExitBan)), (vec![(3, 3)], vec![]));
    assert_eq!(lengths(&run, Duration::Overdue, Some(ExitBan)), (vec![(3, 3)], vec![]));
    assert_eq!(lengths(&run, Duration::SanctionStack, None), (vec![], vec![(2, 2)]));
    assert_eq!(part(&run, "residual_restriction_days", At { measure: Some(ExitBan), ..RUN }), (9, 99));
    assert_eq!(part(&run, "residual_restriction_days", RUN), (9, 127));
    assert_eq!(part(&run, "automated_only_share", RUN), (7, 7));
    assert_eq!(part(&run, "individual_assessment_share", RUN), (0, 7));
}

#[test]
fn a_region_and_a_stratum_have_their_part() {
    let run = lived(&five(), &scenario());
    let in_region = |region| At { region: Some(region), ..RUN };
    let of = |kind, name| At { stratum: Some((kind, name)), ..RUN };
    for (name, first, second) in [
        ("restricted_no_actual_notice", (1, 3), (1, 2)),
        ("missed_notice_rate", (1, 3), (1, 2)),
        ("over_inclusion", (2, 3), (1, 2)),
        ("wrongful_restriction", (1, 3), (1, 2)),
        ("register_error_share", (0, 1), (1, 1)),
        ("fiction_share", (1, 4), (1, 3)),
    ] {
        assert_eq!([part(&run, name, in_region(0)), part(&run, name, in_region(1))], [first, second], "{name}");
    }
    for (name, younger, older, readers, others) in [
        ("restricted_no_actual_notice", (1, 3), (1, 2), (0, 3), (2, 2)),
        ("person_days_no_notice", (30, 56), (30, 43), (0, 39), (60, 60)),
        ("missed_notice_rate", (1, 3), (1, 2), (0, 3), (2, 2)),
        ("over_inclusion", (2, 3), (1, 2), (3, 3), (0, 2)),
        ("livelihood_loss", (0, 1), (1, 1), (0, 0), (1, 2)),
        ("register_error_share", (0, 1), (1, 1), (1, 2), (0, 0)),
        ("residual_restriction_days", (6, 70), (3, 57), (9, 39), (0, 88)),
        ("summoned", (3, 3), (2, 2), (3, 3), (2, 2)),
    ] {
        let found = [of("age", "16_26"), of("age", "27_up"), of("portal_reader", "yes"), of("portal_reader", "no")];
        assert_eq!(found.map(|at| part(&run, name, at)), [younger, older, readers, others], "{name}");
    }
    let week = At { week: Some(1), measure: Some(ExitBan), ..of("portal_reader", "no") };
    assert_eq!(part(&run, "restricted_no_actual_notice", week), (2, 2));
    assert_eq!(part(&run, "person_days_no_notice", week), (14, 14));
    let both = At { region: Some(1), ..of("portal_reader", "no") };
    assert_eq!(part(&run, "missed_notice_rate", both), (1, 1));
}

/// Each split of the people adds up to everybody, whatever is counted, in every week and region.
#[test]
fn strata_of_a_kind_add_up_to_everybody() {
    let run = lived(&five(), &scenario());
    let mut compared = 0;
    for row in run.weekly.iter().chain(&run.whole).filter(|row| row.stratum.is_none()) {
        // Weeks and lengths are kept by region and by stratum, the rest by both.
        let is_by_both = row.day.is_none() && row.name != "residual_restriction_days";
        if row.region.is_some() && !is_by_both {
            continue;
        }
        for kind in ["age", "portal_reader", "needs_driving"] {
            let is_part = |other: &&callup_sim::IndicatorRow| {
                let of_kind = other.stratum.is_some_and(|place| run.strata[usize::from(place)].kind == kind);
                let same = (other.name, other.day, other.region, other.measure)
                    == (row.name, row.day, row.region, row.measure);
                of_kind && same
            };
            let parts = run.weekly.iter().chain(&run.whole).filter(is_part);
            let sum = parts.fold((0, 0), |sum, one| (sum.0 + one.value, sum.1 + one.of.unwrap_or(0)));
            assert_eq!(sum, (row.value, row.of.unwrap_or(0)), "{kind} of {row:?}");
            compared += 1;
        }
    }
    assert!(compared > 200, "{compared}");
}

#[test]
fn a_ban_lifted_on_its_first_day_leaves_no_day_behind() {
    let mut scenario = scenario();
    scenario.campaigns[0].appearance_lead = fixed(0);
    scenario.agencies[0].lift_latency = fixed(0);
    let run = lived(&five()[..1], &scenario);
    assert_eq!(lengths(&run, Duration::InEffect, Some(ExitBan)), (vec![(0, 1)], vec![]));
    assert_eq!((part(&run, "barred", RUN), part(&run, "over_inclusion", RUN)), ((1, 1), (1, 1)));
    assert_eq!(part(&run, "restricted_no_actual_notice", RUN), (0, 1));
    assert_eq!(part(&run, "person_days_no_notice", RUN), (0, 0));
    assert_eq!(part(&run, "residual_restriction_days", RUN), (0, 0));
    // Never served: there is nothing that could have been missed.
    assert_eq!(part(&run, "missed_notice_rate", RUN), (0, 0));
    assert_eq!(lengths(&run, Duration::TimeToComply, None), (vec![(0, 1)], vec![]));
}

#[test]
fn two_matters_with_one_kind_of_measure_are_one_person() {
    let mut scenario = scenario();
    let mut second = scenario.campaigns[0].clone();
    (second.name, second.appearance_lead) = ("second".into(), fixed(20));
    scenario.campaigns.push(second);
    let run = lived(&five()[..2], &scenario);
    let exit = At { measure: Some(ExitBan), ..RUN };
    // The reader stands under one ban or two from the first day to the twenty-fourth, the other under two to the end.
    assert_eq!(part(&run, "restricted_no_actual_notice", RUN), (1, 2));
    assert_eq!(part(&run, "person_days_no_notice", exit), (30, 23 + 30));
    assert_eq!(lengths(&run, Duration::InEffect, Some(ExitBan)), (vec![(13, 1), (23, 1)], vec![(30, 2)]));
    assert_eq!(part(&run, "missed_notice_rate", RUN), (2, 4));
    // In default on the seventeenth day in one matter and on the twenty-seventh in the other: the lists of sanctions are of each.
    assert_eq!(lengths(&run, Duration::SanctionStack, None), (vec![], vec![(2, 2)]));
    assert_eq!(part(&run, "over_inclusion", RUN), (1, 2));
}

#[test]
fn without_strata_the_numbers_of_everybody_are_the_same() {
    let split = lived(&five(), &scenario());
    let plain = lived(&five(), &Scenario { strata: StrataChoice::default(), ..scenario() });
    let of_all = |rows: &[callup_sim::IndicatorRow]| {
        rows.iter().filter(|row| row.stratum.is_none()).copied().collect::<Vec<_>>()
    };
    assert_eq!((of_all(&split.weekly), of_all(&split.whole)), (plain.weekly, plain.whole));
    assert_eq!((split.daily, split.marks), (plain.daily, plain.marks));
}

#[test]
fn the_text_of_a_law_says_what_starts_by_itself_and_what_is_looked_at() {
    // The same law, where a default asks whether there was a valid reason, and a further ban follows the decision of the commission.
    let law = LAW
        .replace(
            "fact appearance_date: date",
            "fact appearance_date: date\n  fact has_valid_reason: yes/no as proved to the_office",
        )
        .replace("already over on entry: at once", "already over on entry: at once if has_valid_reason is no")
        .replace("closed final \"over\"", "appeared \"has appeared\", closed final \"over\"")
        .replace("defaulted -> closed", "defaulted -> appeared")
        + "\n```law\nrule release (1) \"released\":\n  when exempted\n  service: appeared -> closed\n\
           measure credit_ban (3) \"no credit\":\n  starts on service.closed\n  ends never (3)\n```\n";
    let mut scenario = scenario();
    scenario.agencies.push(agency("bank", MeasureKind::CreditBan, 0));
    let run = run(&people_of(2, 1, &five()), &books(&[&law]), &scenario);
    let of = |kind| At { measure: Some(kind), ..RUN };
    // Three come and are released five days later; two are in default.
    assert_eq!(part(&run, "automated_only_share", RUN), (7, 10));
    assert_eq!(part(&run, "automated_only_share", of(MeasureKind::CreditBan)), (0, 3));
    assert_eq!(part(&run, "individual_assessment_share", RUN), (2, 10));
    assert_eq!(part(&run, "individual_assessment_share", of(DrivingBan)), (2, 2));
}

#[test]
fn every_indicator_has_a_name_of_its_own() {
    for (place, indicator) in INDICATORS.iter().enumerate() {
        assert!(INDICATORS[..place].iter().all(|other| other.id != indicator.id), "{}", indicator.id);
        assert!(indicator.definition.ends_with('.') && !indicator.sources.is_empty(), "{}", indicator.id);
    }
    // Every length that is measured is some indicator's.
    for duration in Duration::ALL {
        let is_it =
            |one: &&callup_sim::indicators::registry::Indicator| one.sources.contains(&Source::Length(*duration));
        assert_eq!(INDICATORS.iter().find(is_it).map(|one| one.id), Some(duration.word()));
    }
}
