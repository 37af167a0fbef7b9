//! What happens at offices and what people do about it, held to closed forms: each count is a sum of independent events with a known mean, or
//! bounded by a capacity. Where a part is switched off nothing of it is counted.

use crate::support::{
    basis, books, busy, busy_recourse, channel, contract, day, fixed, law_text, man_of, men, mixed, number, people_of,
    quiet, remedy, run, two_laws, uniform,
};
use callup_law::roles::{Event, MeasureKind, NoticeKind};
use callup_sim::Outcome;
use callup_sim::district::mark;
use callup_sim::journal::What;
use callup_sim::people::{Attribute, Attributes, Fitness, People, Person, PersonSpec, ReadingClass, RecordErrors};
use callup_sim::scenario::contract::{Contract, Party};
use callup_sim::scenario::{
    Against, Agency, Cards, Category, ChannelKind, Decides, Decreed, Freeing, Help, Mobilisation, Objection,
    Outcome as CommissionOutcome, Pace, Recourse, Remedy, Scenario, Selection, Timing, Visit,
};
use callup_sim::tally::Duration;

fn total(outcome: &Outcome, column: &str) -> f64 {
    outcome.daily.total(outcome.daily.column(column).expect("a column")) as f64
}

/// 4.5 standard errors of a count of independent events: one chance in 150,000 to fail on a right program.
fn assert_near(count: f64, of: f64, share: f64, what: &str) {
    let (expected, error) = (of * share, (of * share * (1.0 - share)).sqrt());
    assert!((count - expected).abs() <= 4.5 * error + 1.0, "{what}: {count}, expected {expected}");
}

/// Everybody gets a notice in hand on the first day, learns of it and comes on its date, a week later.
fn all_come(law: &str, start: &str, notice: NoticeKind) -> Scenario {
    let mut scenario = quiet(law, start, 120);
    let campaign = &mut scenario.campaigns[0];
    (campaign.notice, campaign.until, campaign.appearance_lead) = (notice, campaign.from.plus_days(110), fixed(7));
    let (source, dispatch_from) = ("a test".into(), campaign.from);
    // More than there are men: all of them on the first day.
    campaign.decreed = Some(Decreed { number: 1_000_000, source, regions: Vec::new(), dispatch_from });
    let ramp = vec![(0, 1.0), (1, 0.0)];
    campaign.pace = Pace::PerDecreed { notices_per_decreed: number(1.0), ramp, basis: basis() };
    scenario.channels = vec![channel(ChannelKind::InHand)];
    scenario.response.decides = Decides::Aware;
    scenario.response.appears = number(1.0);
    scenario.response.timing = Timing::OnAppearanceDate { when_late: fixed(1) };
    let measures = MeasureKind::ALL.to_vec();
    scenario.agencies = vec![Agency { name: "all".into(), measures, start_latency: fixed(0), lift_latency: fixed(0) }];
    scenario
}

fn paper() -> Vec<callup_law::rulebook::Rulebook> {
    books(&[&law_text("ru/paper/2022-01-01.law.md")])
}

fn visit(region: Option<&str>, paper: f64) -> Visit {
    let regions = region.map(|iso| vec![iso.to_owned()]);
    let leave_region_paper = number(paper);
    Visit { name: format!("{region:?}"), regions, leave_region_paper, ..busy_recourse().visits.remove(0) }
}

#[test]
fn of_those_who_come_so_many_are_pressed_sign_and_get_the_paper_where_it_is_given() {
    let mut scenario = all_come("ru_paper_2022", "2023-01-01", NoticeKind::DataCheckNotice);
    scenario.recourse.visits = vec![visit(None, 0.1), visit(Some("XX-2"), 0.9)];
    // A contract that nobody signs unasked.
    scenario.contracts =
        vec![Contract { channels: Vec::new(), from: day("2023-01-01"), ..contract("ministry", Party::Ministry) }];
    let outcome = run(&men(2, 2, 1000), &paper(), &scenario);
    assert_eq!(total(&outcome, "visits_data_check"), 4000.0);
    let pressed = total(&outcome, "pressed_to_sign");
    assert_near(pressed, 4000.0, 0.4, "pressed");
    assert_near(total(&outcome, "signed_under_pressure"), pressed, 0.3, "signed");
    let signed =
        ["signed_under_pressure", "contracts_signed", "contracts_by_office_visits"].map(|name| total(&outcome, name));
    assert!(signed.iter().all(|count| *count == signed[0]), "{signed:?}");
    let marked = outcome.marks.iter().filter(|marks| **marks & mark::SIGNED != 0).count();
    assert_eq!(marked as f64, signed[0], "a paired comparison knows who signed");
    let column = outcome.daily.column("leave_region_papers").expect("a column");
    let by_region = |region| (0..outcome.daily.days()).map(|day| outcome.daily.value(day, region, column)).sum::<u64>();
    assert_near(by_region(0) as f64, 2000.0, 0.1, "papers in the first region");
    assert_near(by_region(1) as f64, 2000.0, 0.9, "papers in the second region");
}

#[test]
fn what_is_switched_off_is_not_counted_and_moves_nothing_else() {
    let people = mixed(3, 40);
    let (with, without) = (busy(), Scenario { recourse: Recourse::none(), ..busy() });
    let off = run(&people, &two_laws(), &without);
    let names = [
        "pressed_to_sign",
        "signed_under_pressure",
        "leave_region_papers",
        "remedies_filed",
        "remedies_pending",
        "dispatched_while_pending",
        "objections_filed",
        "alternative_service",
        "represented",
        "aid_summons",
        "aid_data_check",
        "aid_remedy",
        "aid_exit",
        "aid_contract_pressure",
    ];
    for name in names {
        assert_eq!(total(&off, name), 0.0, "{name}");
        assert!(name == "remedies_pending" || total(&run(&people, &two_laws(), &with), name) > 0.0, "{name}");
    }
    // Asking alone changes nobody's life.
    let mut asking = without.clone();
    asking.recourse.help = with.recourse.help;
    let asked = run(&people, &two_laws(), &asking);
    let same = |name: &&str| !name.starts_with("aid_");
    for name in asked.daily.columns().iter().map(|column| column.name.as_str()).filter(same) {
        assert_eq!(total(&asked, name), total(&off, name), "{name}");
    }
}

#[test]
fn requests_are_a_share_of_those_who_learn_of_a_notice() {
    let mut scenario = all_come("ru_paper_2022", "2023-01-01", NoticeKind::DataCheckNotice);
    let mut shares = [(); 6].map(|()| number(0.0));
    shares[1] = number(0.25);
    scenario.recourse.help = Some(Help { shares, delay: uniform(0, 5), files: number(1.0) });
    let outcome = run(&men(2, 2, 1000), &paper(), &scenario);
    assert_near(total(&outcome, "aid_data_check"), 4000.0, 0.25, "requests");
    assert_eq!(total(&outcome, "aid_summons"), 0.0);
}

/// A draft in which everybody who comes is called up on his day and dispatched a month later.
fn all_called_up() -> Scenario {
    called_up_under("ru_paper_2022", "2023-01-01")
}

fn called_up_under(law: &str, start: &str) -> Scenario {
    let mut scenario = all_come(law, start, NoticeKind::DraftNotice);
    scenario.commission.outcome = CommissionOutcome::Shares { deferred: number(0.0), exempted: number(0.0) };
    scenario.commission.examination_delay = fixed(0);
    scenario.commission.dispatch_delay = fixed(30);
    scenario
}

/// Filed on the next day by the man himself; the paper law suspends the dispatch for its challenge.
fn at_once(name: &str, against: Against, suspends: bool) -> Remedy {
    let never = number(0.0);
    Remedy {
        law: suspends.then(|| "commission_claim".into()),
        final_delay: fixed(30),
        filing_delay: fixed(1),
        represented: never.clone(),
        interim: never,
        decided: number(1e6),
        ..remedy(name, against)
    }
}

#[test]
fn a_remedy_that_holds_up_leaves_nobody_dispatched_while_it_is_pending() {
    for (suspends, delay) in [(true, 60), (false, 60), (false, 5)] {
        let mut scenario = all_called_up();
        let (granted_other, decision_delay) = (number(0.25), fixed(delay));
        let return_delay = fixed(7);
        let one = Remedy { granted_other, decision_delay, return_delay, ..at_once("one", Against::CallUp, suspends) };
        scenario.recourse.remedies = vec![one];
        let outcome = run(&men(2, 2, 500), &paper(), &scenario);
        let (filed, pending) = (total(&outcome, "remedies_filed"), total(&outcome, "dispatched_while_pending"));
        assert_near(filed, 2000.0, 0.5, "filed");
        let granted = total(&outcome, "remedies_granted");
        assert_near(granted, granted + total(&outcome, "remedies_refused"), 0.25, "granted");
        assert_eq!(total(&outcome, "remedies_suspensive"), if suspends { filed } else { 0.0 });
        match (suspends, delay) {
            (true, _) => assert_eq!(pending, 0.0),
            // Thirty days to dispatch against sixty to the decision.
            (false, 60) => {
                assert_eq!((pending, total(&outcome, "dispatched_undecided")), (filed, filed));
                assert_late_success(&outcome, granted);
            }
            _ => {
                assert_eq!(pending, 0.0);
                assert_eq!(total(&outcome, "dispatched"), 2000.0 - granted);
            }
        }
    }
}

/// Whoever succeeds when he has been dispatched comes home after a week: eight days to the filing of one who has waited for his date, sixty to the decision
/// and up to two to the next office day, against thirty-seven to the dispatch.
fn assert_late_success(outcome: &Outcome, granted: f64) {
    assert!(granted > 0.0);
    for name in ["remedies_granted_after_dispatch", "dispatched_returned", "call_ups_fallen"] {
        assert_eq!(total(outcome, name), granted, "{name}");
    }
    let last = outcome.daily.days() - 1;
    let at_the_end = |name: &str| outcome.daily.national(last, outcome.daily.column(name).expect("a column")) as f64;
    assert_eq!(at_the_end("serving"), total(outcome, "dispatched") - granted);
    assert_eq!(at_the_end("call_ups_standing"), total(outcome, "called_up") - granted);
    let is_return =
        |histogram: &&callup_sim::Histogram| histogram.duration == Duration::DaysToReturn && histogram.is_of_all();
    let lengths = outcome.histograms.iter().find(is_return).expect("men have returned");
    let [shortest, longest] = [1, 99].map(|part| lengths.percentile_days(part).expect("men have returned"));
    assert!((38..=40).contains(&shortest) && shortest == longest, "{shortest} to {longest} days");
}

#[test]
fn decisions_come_no_faster_than_the_capacity_of_a_day() {
    let mut scenario = all_called_up();
    // Two districts of 500 inhabitants: one decision every second day in each.
    let (decided, decision_delay) = (number(100.0), fixed(1));
    scenario.recourse.remedies = vec![Remedy { decided, decision_delay, ..at_once("one", Against::CallUp, false) }];
    let outcome = run(&men(1, 2, 500), &paper(), &scenario);
    let column = |name: &str| outcome.daily.column(name).expect("a column");
    let decided = |day| {
        ["remedies_granted", "remedies_refused"]
            .map(|name| outcome.daily.value(day, 0, column(name)))
            .iter()
            .sum::<u64>()
    };
    let (mut sum, mut waited) = (0, false);
    for day in 0..outcome.daily.days() {
        sum += decided(day);
        waited |= outcome.daily.value(day, 0, column("remedies_pending")) > 20;
        // Each desk begins with less than one saved up.
        assert!(sum <= day as u64 + 3, "{sum} decisions by day {day}");
    }
    assert!(waited && sum > 80, "{sum}");
}

#[test]
fn objectors_in_time_do_alternative_service_and_none_of_them_is_dispatched() {
    let attributes = Attributes::new(Fitness::Fit, ReadingClass::Daily)
        .with(Attribute::AtAddress, true)
        .with(Attribute::Objector, true);
    let person = Person::new(day("1997-06-15"), None, attributes, RecordErrors::NONE);
    let specs: Vec<PersonSpec> =
        (0..2000).map(|place| PersonSpec { region_code: 1, district: place % 2, person }).collect();
    let mut scenario = all_called_up();
    scenario.recourse.objection = Some(Objection { files: number(0.5), in_time: number(0.6), granted: number(0.7) });
    let outcome = run(&people_of(1, 2, &specs), &paper(), &scenario);
    let (filed, served) = (total(&outcome, "objections_filed"), total(&outcome, "alternative_service"));
    assert_near(filed, 2000.0, 0.5, "filed");
    assert_near(total(&outcome, "objections_late"), filed, 0.4, "late");
    assert_near(served, filed, 0.6 * 0.7, "granted");
    assert_eq!(total(&outcome, "called_up"), 2000.0 - served);
    assert_eq!(total(&outcome, "objectors_dispatched"), total(&outcome, "dispatched"));
}

/// Reservists of two ages, every fourth of them unfit.
fn reserve(each: u16) -> People {
    let person = |born: &str, unfit: bool| {
        let fitness = if unfit { Fitness::Unfit } else { Fitness::Fit };
        let attributes = Attributes::new(fitness, ReadingClass::Daily)
            .with(Attribute::AtAddress, true)
            .with(Attribute::Served, true)
            .with(Attribute::Works, true)
            .with(Attribute::Reservist, true);
        Person::new(day(born), None, attributes, RecordErrors::NONE)
    };
    let spec = |place: u16| {
        let born = if place.is_multiple_of(2) { "1992-06-15" } else { "1980-06-15" };
        PersonSpec { region_code: 1 + (place % 2) as u8, district: place % 2, person: person(born, place % 8 < 2) }
    };
    people_of(2, 2, &(0..each * 4).map(spec).collect::<Vec<_>>())
}

fn mobilised(number_wanted: u32) -> Scenario {
    let mut scenario = all_come("ru_mobilisation_2022", "2022-09-21", NoticeKind::MobilisationNotice);
    let campaign = &mut scenario.campaigns[0];
    campaign.selection = Selection::RecordedReservists { age_min: 18, age_max: 50 };
    campaign.appearance_lead = fixed(2);
    let ramp = vec![(0, 1.0)];
    campaign.pace = Pace::PerDecreed { notices_per_decreed: number(8.0), ramp, basis: basis() };
    campaign.decreed = Some(Decreed {
        number: number_wanted,
        source: "a test".into(),
        regions: Vec::new(),
        dispatch_from: campaign.from,
    });
    let category = |name: &str, ages, precedence| Category { name: name.into(), ages, served: true, precedence };
    scenario.recourse.mobilisation = Some(Mobilisation {
        categories: vec![category("young", [18, 35], number(4.0)), category("older", [36, 50], number(1.0))],
        frees: vec![Freeing::Unfit],
        check_delay: fixed(0),
        dispatch_delay: uniform(1, 6),
        wrongly_called: number(0.5),
        returned: number(0.4),
        return_delay: uniform(5, 20),
        cards: None,
    });
    scenario
}

fn mobilisation_law() -> Vec<callup_law::rulebook::Rulebook> {
    books(&[&law_text("ru/mobilisation/2022-09-21.law.md")])
}

#[test]
fn a_mobilisation_takes_its_number_of_men_some_wrongly_and_sends_some_of_them_home() {
    let outcome = run(&reserve(500), &mobilisation_law(), &mobilised(400));
    assert_eq!((total(&outcome, "mobilised"), total(&outcome, "mobilisation_roll")), (400.0, 2000.0));
    let wrongly = total(&outcome, "mobilised_wrongly");
    // A quarter of those who come are unfit; half of these are called, and all of the others.
    assert_near(wrongly, 400.0, 0.125 / 0.875, "wrongly");
    assert_near(total(&outcome, "mobilised_returned"), wrongly, 0.4, "returned");
    let serving = outcome.daily.column("mobilised_serving").expect("a column");
    let last = outcome.daily.days() - 1;
    let serve: u64 = (0..2).map(|region| outcome.daily.value(last, region, serving)).sum();
    assert_eq!(serve as f64, 400.0 - total(&outcome, "mobilised_returned"));
    let lengths = outcome.histograms.iter().find(|one| one.duration == Duration::DaysToReturn && one.is_of_all());
    let days: Vec<i16> = lengths.expect("some came home").ended.counted().map(|(days, _)| days).collect();
    assert!(days.iter().all(|days| (5..=20).contains(days)), "{days:?}");
}

#[test]
fn a_category_of_precedence_four_is_called_before_one_of_one() {
    // One district: the men of both ages stand on one roll.
    let person = |born: &str| {
        let attributes = Attributes::new(Fitness::Fit, ReadingClass::Daily)
            .with(Attribute::AtAddress, true)
            .with(Attribute::Served, true)
            .with(Attribute::Reservist, true);
        Person::new(day(born), None, attributes, RecordErrors::NONE)
    };
    let of = |born: &str| PersonSpec { region_code: 1, district: 0, person: person(born) };
    let specs: Vec<PersonSpec> =
        (0..2000_u32).map(|place| of(if place.is_multiple_of(2) { "1992-06-15" } else { "1980-06-15" })).collect();
    let mut scenario = mobilised(50);
    scenario.history_share = 1.0;
    let people = people_of(1, 1, &specs);
    let outcome = run(&people, &mobilisation_law(), &scenario);
    let issued = total(&outcome, "issued");
    let young = outcome.histories.iter().filter(|row| {
        row.what == callup_sim::journal::What::Event
            && row.detail == callup_law::roles::Event::Issued as u16
            && row.person.birth_year() == 1992
    });
    // The lowest draws of a thousand and of a thousand over four: four to one.
    assert_near(young.count() as f64, issued, 0.8, "young");
}

#[test]
fn cards_free_who_is_covered_and_wait_where_capacity_is_short() {
    let with_cards = |decided: f64| {
        let mut scenario = mobilised(200);
        let covered = number(1.0);
        let (decided, granted) = (number(decided), number(1.0));
        scenario.campaigns[0].appearance_lead = fixed(20);
        let cards = Cards { covered, filing_delay: fixed(1), decided, decision_delay: fixed(2), granted };
        scenario.recourse.mobilisation.as_mut().expect("it is on").cards = Some(cards);
        run(&reserve(500), &mobilisation_law(), &scenario)
    };
    let (ample, short) = (with_cards(1e6), with_cards(100.0));
    // Everybody is covered and decided before his date.
    assert_eq!((total(&ample, "mobilised"), total(&ample, "employer_cards") > 0.0), (0.0, true));
    assert_eq!(total(&ample, "employer_deferrals"), total(&ample, "employer_cards"));
    // A thousand inhabitants in each of two regions: two decisions a day.
    assert!(total(&short, "employer_deferrals") <= 2.0 * 120.0 + 4.0);
    assert!(total(&short, "mobilised") > 0.0);
}

#[test]
fn an_ordinary_man_has_no_reserve_to_be_called_from() {
    let specs: Vec<PersonSpec> =
        (0..100).map(|_| PersonSpec { region_code: 1, district: 0, person: man_of(day("1992-06-15")) }).collect();
    let outcome = run(&people_of(1, 1, &specs), &mobilisation_law(), &mobilised(50));
    assert_eq!((total(&outcome, "issued"), total(&outcome, "mobilised")), (0.0, 0.0));
}

#[test]
fn of_those_who_come_on_one_day_the_lot_decides_who_fills_the_number_and_nobody_is_called_after_the_last_day() {
    let called = |people: &People, scenario: &Scenario| {
        let outcome = run(people, &mobilisation_law(), scenario);
        let called: std::collections::BTreeSet<_> = outcome
            .histories
            .iter()
            .filter(|row| row.what == What::Event && row.detail == Event::CalledUp as u16)
            .map(|row| row.person)
            .collect();
        (called, total(&outcome, "mobilised"))
    };
    let mut scenario = mobilised(40);
    scenario.history_share = 1.0;
    scenario.recourse.mobilisation.as_mut().expect("it is on").check_delay = fixed(3);
    let people = reserve(100);
    let (first, number) = called(&people, &scenario);
    assert_eq!((first.len(), number), (40, 40.0));
    // A check that ends after the last day of the campaign calls nobody.
    scenario.recourse.mobilisation.as_mut().expect("it is on").check_delay = fixed(2_000);
    assert_eq!(called(&people, &scenario), (std::collections::BTreeSet::new(), 0.0));
}

#[test]
fn somebody_files_for_one_who_has_been_dispatched_and_nobody_else_can() {
    for (represented, filed) in [(1.0, 2000.0), (0.0, 0.0)] {
        let mut scenario = all_called_up();
        scenario.commission.dispatch_delay = fixed(0);
        let one = Remedy {
            represented: number(represented),
            files: number(1.0),
            filing_delay: fixed(5),
            ..at_once("one", Against::CallUp, false)
        };
        scenario.recourse.remedies = vec![one];
        let outcome = run(&men(2, 2, 500), &paper(), &scenario);
        assert_eq!((total(&outcome, "dispatched"), total(&outcome, "remedies_filed")), (2000.0, filed));
        let decided = total(&outcome, "remedies_granted") + total(&outcome, "remedies_refused");
        assert_eq!(decided, filed);
        assert_eq!(total(&outcome, "remedies_granted_after_dispatch"), total(&outcome, "remedies_granted"));
    }
}

#[test]
fn nobody_files_a_remedy_that_his_law_does_not_have() {
    let mut scenario = all_called_up();
    let foreign = Remedy { law: Some("commission_complaint".into()), ..at_once("one", Against::CallUp, false) };
    scenario.recourse.remedies = vec![foreign];
    let outcome = run(&men(1, 1, 200), &paper(), &scenario);
    assert_eq!((total(&outcome, "remedies_filed"), total(&outcome, "dispatched")), (0.0, 200.0));
}

/// Men under a ban whom the draft takes as well: the ban is set aside for some of them after their dispatch, the call-up is not.
#[test]
fn a_success_against_a_measure_sends_nobody_home_from_his_service() {
    let mut scenario = busy();
    scenario.history_share = 1.0;
    let against_measure = Remedy {
        law: Some("court_claim".into()),
        files: number(1.0),
        represented: number(1.0),
        filing_delay: uniform(1, 60),
        decided: number(1e6),
        granted_right: number(1.0),
        granted_other: number(1.0),
        ..remedy("measure", Against::Measure)
    };
    scenario.recourse.remedies = vec![against_measure];
    let outcome = run(&mixed(3, 150), &two_laws(), &scenario);
    let mut dispatched = std::collections::BTreeSet::new();
    let mut filed_later = 0;
    for row in &outcome.histories {
        if row.what == What::Event && row.detail == Event::Dispatched as u16 {
            dispatched.insert(row.person);
        }
        filed_later += u32::from(row.what == What::Filed && dispatched.contains(&row.person));
    }
    assert!(filed_later > 0, "nobody filed against a measure after his dispatch");
    for name in ["remedies_granted_after_dispatch", "dispatched_returned"] {
        assert_eq!(total(&outcome, name), 0.0, "{name}");
    }
}

/// The same under the law of 2023, with the answers that it asks for.
fn called_up_under_127fz() -> Scenario {
    let Scenario { answers, conditions, .. } = busy();
    Scenario { answers, conditions, ..called_up_under("ru_127fz", "2023-05-01") }
}

/// A claim brought later than three months after the complaint holds nothing up; it is rejected in some days and final a month later, and the dispatch falls
/// between the two.
#[test]
fn a_remedy_that_is_decided_is_pending_for_nobody_who_is_dispatched_before_it_is_final() {
    let mut scenario = called_up_under_127fz();
    scenario.days = 160;
    scenario.campaigns[0].until = scenario.start.plus_days(150);
    scenario.commission.dispatch_delay = fixed(112);
    let against = |name: &str, law: &str, filing_days| Remedy {
        law: Some(law.into()),
        filing_delay: fixed(filing_days),
        decision_delay: fixed(1),
        granted_other: number(0.0),
        files: number(1.0),
        ..at_once(name, Against::CallUp, false)
    };
    let claim = Remedy { after: Some("complaint".into()), ..against("claim", "commission_claim", 100) };
    scenario.recourse.remedies = vec![against("complaint", "commission_complaint", 1), claim];
    let outcome = run(&men(1, 1, 200), &two_laws(), &scenario);
    assert_eq!((total(&outcome, "remedies_refused"), total(&outcome, "remedies_suspensive")), (400.0, 0.0));
    assert_eq!((total(&outcome, "dispatched"), total(&outcome, "dispatched_while_pending")), (200.0, 0.0));
}

/// Held up beyond the season's end, the call-up falls with it: its place is free, and nobody goes on it.
#[test]
fn a_call_up_that_the_end_of_the_season_finds_held_up_falls() {
    let mut scenario = all_called_up();
    scenario.campaigns[0].until = scenario.start.plus_days(60);
    let (files, decision_delay) = (number(1.0), fixed(90));
    scenario.recourse.remedies = vec![Remedy { files, decision_delay, ..at_once("one", Against::CallUp, true) }];
    let outcome = run(&men(1, 1, 200), &paper(), &scenario);
    let names = ["called_up", "remedies_filed", "call_ups_fallen", "dispatched"];
    assert_eq!(names.map(|name| total(&outcome, name)), [200.0, 200.0, 200.0, 0.0]);
}

/// A law may strike a call-up as soon as it hears of it: of one who is over its age by then, though not when his notice was formed. The matter is
/// over on that day, and the place goes to the next man of the same sitting.
#[test]
fn a_call_up_that_the_law_strikes_at_once_takes_nobody_elses_place() {
    const EACH: usize = 60;
    // Twenty-six on the day of the notice; every other man is twenty-seven a week later.
    let born = ["1996-01-05", "1996-06-15"].map(day);
    let spec = |place: usize| {
        let attributes = Attributes::new(Fitness::Fit, ReadingClass::Daily).with(Attribute::AtAddress, true);
        let person = Person::new(born[place % 2], None, attributes, RecordErrors::NONE);
        PersonSpec { region_code: 1, district: 0, person }
    };
    let people = people_of(1, 1, &(0..2 * EACH).map(spec).collect::<Vec<_>>());
    let mut scenario = all_called_up();
    scenario.history_share = 1.0;
    let decreed = scenario.campaigns[0].decreed.as_mut().expect("it has a number");
    decreed.number = EACH as u32;
    let ramp = vec![(0, 1.0), (1, 0.0)];
    scenario.campaigns[0].pace = Pace::PerDecreed { notices_per_decreed: number(2.0), ramp, basis: basis() };
    let outcome = run(&people, &paper(), &scenario);
    let each = EACH as f64;
    let names = ["issued", "called_up", "call_ups_fallen", "not_called_up", "dispatched"];
    assert_eq!(names.map(|name| total(&outcome, name)), [2.0 * each, 2.0 * each, each, 0.0, each]);
    let days = |what: What, detail: u16| -> Vec<u16> {
        outcome.histories.iter().filter(|row| (row.what, row.detail) == (what, detail)).map(|row| row.day).collect()
    };
    let (called, over) = (days(What::Event, Event::CalledUp as u16), days(What::Closed, 0));
    let at_once = over.iter().filter(|day| **day == called[0]).count();
    assert_eq!((called.len(), over.len(), at_once), (2 * EACH, 2 * EACH, EACH));
}

/// Who is called up and signs before his dispatch is not dispatched on the call-up: its place is free.
#[test]
fn a_call_up_falls_when_he_signs_a_contract_before_his_dispatch() {
    let mut scenario = all_called_up();
    scenario.commission.dispatch_delay = fixed(100);
    scenario.contracts = vec![contract("ministry", Party::Ministry)];
    let outcome = run(&men(2, 2, 1000), &paper(), &scenario);
    let [called_up, dispatched, fallen] =
        ["called_up", "dispatched", "call_ups_fallen"].map(|name| total(&outcome, name));
    assert!(fallen > 0.0, "nobody signed between call-up and dispatch");
    assert_eq!(called_up, dispatched + fallen);
}

/// Under a law that gives three months, a claim of the fourth month is refused however right the man is; one in time succeeds.
#[test]
fn a_remedy_that_the_law_holds_late_is_refused() {
    for (filing_days, succeeds) in [(20, true), (100, false)] {
        let mut scenario = called_up_under_127fz();
        scenario.days = 200;
        scenario.commission.dispatch_delay = fixed(150);
        scenario.campaigns[0].until = scenario.start.plus_days(190);
        let remedy = |name: &str, law: &str, filing_days, granted| Remedy {
            law: Some(law.into()),
            filing_delay: fixed(filing_days),
            decision_delay: fixed(1),
            granted_other: number(granted),
            files: number(1.0),
            ..at_once(name, Against::CallUp, false)
        };
        let claim = remedy("claim", "commission_claim", filing_days, 1.0);
        let claim = Remedy { after: Some("complaint".into()), ..claim };
        scenario.recourse.remedies = vec![remedy("complaint", "commission_complaint", 1, 0.0), claim];
        let outcome = run(&men(1, 1, 200), &two_laws(), &scenario);
        let granted = total(&outcome, "remedies_granted");
        assert_eq!((total(&outcome, "remedies_filed"), granted), (400.0, if succeeds { 200.0 } else { 0.0 }));
        assert_eq!(total(&outcome, "remedies_late"), 200.0 - granted);
        let of_call_ups = ["remedies_against_call_ups", "claims_against_call_ups"].map(|name| total(&outcome, name));
        assert_eq!(of_call_ups, [400.0, 200.0]);
    }
}

/// A claim against a ban that is still pending keeps nobody from challenging his call-up.
#[test]
fn a_pending_claim_against_a_measure_hinders_no_challenge_of_a_call_up() {
    let claims = |with_measures: bool| {
        let mut scenario = busy();
        let slow = |name: &str, law: &str, against| Remedy {
            law: Some(law.into()),
            files: number(1.0),
            represented: number(1.0),
            filing_delay: fixed(1),
            decision_delay: fixed(300),
            decided: number(1e6),
            ..remedy(name, against)
        };
        let mut remedies = vec![slow("challenge", "commission_complaint", Against::CallUp)];
        remedies.extend(with_measures.then(|| slow("measure", "court_claim", Against::Measure)));
        scenario.recourse.remedies = remedies;
        scenario.recourse.help = None;
        scenario.history_share = 1.0;
        let outcome = run(&mixed(3, 150), &two_laws(), &scenario);
        let place_of_challenge = |row: &&callup_sim::journal::HistoryRow| row.what == What::Filed && row.detail == 0;
        let challenged: Vec<_> =
            outcome.histories.iter().filter(place_of_challenge).map(|row| (row.person, row.day)).collect();
        (challenged, total(&outcome, "remedies_filed"))
    };
    let (alone, filed_alone) = claims(false);
    let (beside, filed_beside) = claims(true);
    assert!(filed_alone > 0.0 && filed_beside > filed_alone, "{filed_alone}, {filed_beside}");
    assert_eq!(alone, beside);
}

#[test]
fn nobody_of_a_category_without_precedence_is_called() {
    let mut scenario = mobilised(10_000);
    scenario.history_share = 1.0;
    scenario.recourse.mobilisation.as_mut().expect("it is on").categories[1].precedence = number(0.0);
    let outcome = run(&reserve(100), &mobilisation_law(), &scenario);
    let issued = outcome.histories.iter().filter(|row| row.what == What::Event && row.detail == Event::Issued as u16);
    let years: std::collections::BTreeSet<i32> = issued.map(|row| i32::from(row.person.birth_year())).collect();
    assert_eq!(years, [1992].into());
}

/// A complaint that is pending keeps no call-up alive that the office has taken back because of a claim against a measure in the same matter.
#[test]
fn a_pending_complaint_keeps_no_call_up_alive_that_the_law_has_ended() {
    let mut scenario = busy();
    scenario.history_share = 1.0;
    scenario.commission.dispatch_delay = uniform(20, 60);
    let one = |name: &str, law: &str, against, decision_days| Remedy {
        law: Some(law.into()),
        files: number(1.0),
        represented: number(1.0),
        filing_delay: fixed(1),
        decision_delay: fixed(decision_days),
        decided: number(1e6),
        granted_right: number(1.0),
        granted_other: number(1.0),
        ..remedy(name, against)
    };
    let slow = one("complaint", "commission_complaint", Against::CallUp, 300);
    scenario.recourse.remedies = vec![slow, one("measure", "court_claim", Against::Measure, 10)];
    let outcome = run(&mixed(3, 150), &two_laws(), &scenario);
    let (mut called_up, mut ended) = (std::collections::BTreeSet::new(), std::collections::BTreeMap::new());
    for row in &outcome.histories {
        let matter = (row.person, row.campaign);
        match row.what {
            What::Event if row.detail == Event::CalledUp as u16 => drop(called_up.insert(matter)),
            What::Event if row.detail == Event::Cancelled as u16 && called_up.contains(&matter) => {
                ended.insert(matter, row.day);
            }
            What::Event if row.detail == Event::Dispatched as u16 => {
                assert_eq!(ended.get(&matter), None, "{:?} on day {}", row.person, row.day);
                called_up.remove(&matter);
            }
            _ => {}
        }
    }
    assert!(!ended.is_empty(), "no call-up was taken back before its dispatch");
}

/// A remedy that no law knows keeps no matter open: a filing that is still pending when its matter is over holds up nothing in the one that takes its
/// place.
#[test]
fn a_filing_of_an_old_matter_is_none_of_the_next_one() {
    let mut scenario = all_called_up();
    let first = &mut scenario.campaigns[0];
    (first.until, first.name) = (scenario.start.plus_days(60), "first".into());
    let mut second = first.clone();
    (second.name, second.from, second.until) =
        ("second".into(), scenario.start.plus_days(70), scenario.start.plus_days(115));
    if let Some(decreed) = &mut second.decreed {
        decreed.dispatch_from = second.from;
    }
    scenario.campaigns.push(second);
    let (files, decision_delay, until) = (number(1.0), fixed(200), Some(scenario.start.plus_days(65)));
    scenario.recourse.remedies =
        vec![Remedy { files, decision_delay, until, interim: number(1.0), ..at_once("one", Against::CallUp, false) }];
    // Alone in his district a man has the same place for both.
    let outcome = run(&men(1, 40, 1), &paper(), &scenario);
    let names = ["called_up", "remedies_filed", "call_ups_fallen", "dispatched", "dispatched_while_pending"];
    assert_eq!(names.map(|name| total(&outcome, name)), [80.0, 40.0, 40.0, 40.0, 0.0]);
}
