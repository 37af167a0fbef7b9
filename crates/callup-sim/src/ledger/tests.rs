//! Ledgers against closed forms and against the slowest way of doing the same: man by man, request by request.

use super::registry::LEDGER_INDICATORS;
use super::service::Kind;
use super::{Flows, Form, Frame, LedgerRow, Movement, Status, aid, keep, service};
use crate::indicators::Daily;
use crate::scenario::contract::{Bonus, BonusKind};
use crate::scenario::ledgers::{Cost, IntakeBefore, Leaving, Ledgers, LegalAid, Rotation, Service, Step};
use crate::scenario::{Basis, Parameter};
use callup_law::calendar::Day;
use std::collections::{BTreeMap, BTreeSet};

fn number(value: f64) -> Parameter {
    Parameter { value, low: value, high: value, basis: Basis::Assumption("a test".into()) }
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Since long ago.
fn always(value: f64) -> Vec<Step> {
    vec![Step { from: day("2000-01-01"), value: number(value) }]
}

/// Everybody is trained and equipped at once, nobody is deployed, lost or leaves.
fn plain() -> Service {
    Service {
        establishment: always(1000.0),
        contract_at_start: number(0.0),
        mobilised_at_start: number(0.0),
        deployed_at_start: number(0.0),
        intakes_before: Vec::new(),
        term_days: number(365.0),
        training_days: [0.0; 4].map(number),
        training_places: number(1e6),
        equipment_at_start: number(1e6),
        equipment_per_day: number(0.0),
        deployment: Vec::new(),
        rotation: None,
        dead_per_day: Vec::new(),
        disabled_per_day: Vec::new(),
        leaving: None,
    }
}

/// Everything happens.
fn busy() -> Service {
    Service {
        contract_at_start: number(4000.0),
        mobilised_at_start: number(3000.0),
        deployed_at_start: number(0.5),
        intakes_before: vec![IntakeBefore {
            from: day("2022-04-01"),
            until: day("2022-07-15"),
            persons: number(900.0),
        }],
        training_days: [90.0, 30.0, 60.0, 14.0].map(number),
        training_places: number(700.0),
        equipment_at_start: number(50.0),
        equipment_per_day: number(17.3),
        deployment: vec![
            Step { from: day("2023-01-01"), value: number(3600.0) },
            Step { from: day("2023-06-01"), value: number(4200.0) },
        ],
        rotation: Some(Rotation { from: day("2023-03-01"), deployed_days: number(100.0), rest_days: number(14.0) }),
        dead_per_day: always(2.6),
        disabled_per_day: always(1.3),
        leaving: Some(Leaving {
            leaves_per_year: number(0.2),
            case_share: number(0.6),
            case_days: number(20.0),
            cases_at_start: number(30.0),
            verdicts_per_day: always(2.5),
            suspended_share: number(0.33),
        }),
        ..plain()
    }
}

fn frame(ledgers: &Ledgers) -> Frame<'_> {
    let office_days = [true, true, true, true, true, false, false];
    Frame { ledgers, start: day("2023-01-01"), scale: 1.0, office_days, regions: &[], bonuses: &[], alarm: &[] }
}

const INTAKES: [&str; 5] = ["dispatched", "contracts_signed", "mobilised", "company_contracts", "company_returned"];

/// Uneven numbers, the same every time.
fn uneven(days: usize) -> Daily {
    let mut state = 7_u64;
    let mut next = |most: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most
    };
    let rows: Vec<Vec<u64>> = (0..days * 2).map(|_| vec![next(9), next(13), next(5), next(4), next(3)]).collect();
    Daily::of_flows(&INTAKES, 2, &rows)
}

fn days_of(kept: &Service, daily: &Daily) -> Vec<service::ServiceDay> {
    let ledgers = Ledgers { service: Some(kept.clone()), ..Ledgers::default() };
    service::keep(kept, &frame(&ledgers), &Flows { daily })
}

/// So many of one kind on each day.
fn constant(name: &str, each: u64, days: usize) -> Daily {
    Daily::of_flows(&[name], 1, &vec![vec![each]; days])
}

#[test]
fn who_comes_in_is_somewhere_until_he_goes_out() {
    let mut held: BTreeMap<Kind, i64> = BTreeMap::new();
    let outs = [Movement::Dead, Movement::Disabled, Movement::Discharged, Movement::Convicted];
    let days = days_of(&busy(), &uneven(365));
    let before = days_of(&busy(), &constant("nothing", 0, 1));
    for kind in Kind::ALL {
        let gone: u64 = outs.iter().map(|out| before[0].moved[*out as usize][kind as usize]).sum();
        let there: u64 = before[0].stocks.iter().map(|stock| stock[kind as usize]).sum();
        held.insert(kind, (there + gone) as i64);
    }
    assert_eq!(held.values().copied().collect::<Vec<_>>(), [900, 4000, 3000, 0]);
    for one in &days {
        for kind in Kind::ALL {
            let moved = |movement: Movement| one.moved[movement as usize][kind as usize] as i64;
            let held = held.get_mut(&kind).unwrap();
            *held += moved(Movement::TakenIn) - outs.iter().map(|out| moved(*out)).sum::<i64>();
            let there: u64 = one.stocks.iter().map(|stock| stock[kind as usize]).sum();
            assert_eq!(there as i64, *held, "{kind:?}");
        }
        let in_training: u64 = one.stocks[Status::Training as usize][..3].iter().sum();
        assert!(in_training <= 700);
    }
    // Every movement happened to somebody, so that none of this is empty.
    for movement in Movement::ALL {
        assert!(days.iter().any(|day| day.moved[movement as usize].iter().sum::<u64>() > 0), "{movement:?}");
    }
}

#[test]
fn places_for_training_make_the_backlog_that_they_must() {
    // Ten a day come; 100 places for 20 days each train five a day.
    let kept = Service { training_places: number(100.0), training_days: [20.0; 4].map(number), ..plain() };
    let days = days_of(&kept, &constant("contracts_signed", 10, 200));
    let (mut waiting, mut ends): (usize, Vec<usize>) = (0, Vec::new());
    for (day, one) in days.iter().enumerate() {
        let at = |status: Status| one.stocks[status as usize][Kind::Contract as usize] as usize;
        ends.retain(|end| *end > day);
        waiting += 10;
        while waiting > 0 && ends.len() < 100 {
            waiting -= 1;
            ends.push(day + 20);
        }
        assert_eq!((at(Status::WaitingToTrain), at(Status::Training)), (waiting, ends.len()), "day {day}");
    }
    // From the tenth day on five a day find a place.
    assert_eq!(waiting, 200 * 10 - 100 * 10);
    let equipped = Service { equipment_at_start: number(0.0), equipment_per_day: number(4.0), ..plain() };
    let last = days_of(&equipped, &constant("contracts_signed", 10, 50)).pop().unwrap();
    assert_eq!(
        last.stocks[Status::WaitingForEquipment as usize][Kind::Contract as usize],
        10 * 49 - 4 * 50,
        "training takes a day at least"
    );
}

#[test]
fn a_term_ends_on_its_day_and_rotation_comes_round() {
    let kept = Service { term_days: number(30.0), ..plain() };
    for (day, one) in days_of(&kept, &constant("dispatched", 3, 90)).iter().enumerate() {
        let home = one.moved[Movement::Discharged as usize][Kind::Conscript as usize];
        assert_eq!(home, if day >= 30 { 3 } else { 0 });
    }
    // Who comes home on a remedy has no term any more that could end for somebody else.
    let kept = Service { term_days: number(30.0), ..plain() };
    let rows: Vec<Vec<u64>> = (0..90).map(|day| vec![u64::from(day == 0) * 10, u64::from(day == 5) * 4]).collect();
    let days = days_of(&kept, &Daily::of_flows(&["dispatched", "dispatched_returned"], 1, &rows));
    let home = |day: &service::ServiceDay| day.moved[Movement::Discharged as usize][Kind::Conscript as usize];
    let gone: Vec<(usize, u64)> = days.iter().map(home).enumerate().filter(|(_, men)| *men > 0).collect();
    assert_eq!(gone, [(5, 4), (30, 6)]);
    let kept = Service {
        contract_at_start: number(100.0),
        deployed_at_start: number(0.4),
        deployment: always(40.0),
        rotation: Some(Rotation { from: day("2023-01-01"), deployed_days: number(50.0), rest_days: number(10.0) }),
        ..plain()
    };
    for (day, one) in days_of(&kept, &constant("dispatched", 0, 200)).iter().enumerate() {
        let (resting, deployed) = (one.stocks[Status::Resting as usize][1], one.stocks[Status::Deployed as usize][1]);
        assert_eq!(deployed, 40, "day {day}");
        assert_eq!(resting, if day >= 50 && day % 50 < 10 { 40 } else { 0 }, "day {day}");
    }
}

#[test]
fn courts_decide_what_they_can_and_a_third_goes_back() {
    let days = days_of(&busy(), &uneven(365));
    let (mut pending, mut decided, mut suspended, mut halves) = (30, 0, 0, 0);
    for (day, one) in days.iter().enumerate() {
        let [brought, verdicts, back, open] = one.courts;
        let sits = day % 7 != 0 && day % 7 != 6;
        // 2.5 a sitting; 2023 began on a Sunday.
        halves = halves % 2 + if sits { 5 } else { 0 };
        assert_eq!(verdicts, (pending + brought).min(halves / 2), "day {day}");
        pending = pending + brought - verdicts;
        (decided, suspended) = (decided + verdicts, suspended + back);
        assert_eq!(open, pending);
    }
    assert!(pending > 0 && decided > 500, "there is more to decide than can be");
    assert_eq!(suspended, decided * 33 / 100);
    let nobody = Service { leaving: None, ..busy() };
    assert!(days_of(&nobody, &uneven(100)).iter().all(|day| day.moved[Movement::LeftUnit as usize] == [0; 4]));
}

fn some_aid() -> LegalAid {
    LegalAid {
        unprompted_per_day: number(4.7),
        leaving_factor: number(0.5),
        open_at_start: number(25.0),
        answers_per_day: number(21.4),
    }
}

/// The same queue with every request an entry of its own: days waited by those answered, then days of those still open.
fn one_by_one(asked: &[u64], per_day_tenths: u64) -> (Vec<usize>, Vec<usize>) {
    let (mut line, mut waited) = (Vec::new(), Vec::new());
    let mut tenths = 0;
    for (day, asked) in asked.iter().enumerate() {
        line.extend(std::iter::repeat_n(day, *asked as usize));
        tenths = tenths % 10 + per_day_tenths;
        for _ in 0..tenths / 10 {
            if !line.is_empty() {
                waited.push(day - line.remove(0));
            }
        }
    }
    (waited, line.into_iter().map(|came| asked.len() - 1 - came).collect())
}

#[test]
fn the_queue_is_that_of_requests_one_by_one() {
    let rows: Vec<Vec<u64>> = (0..120_u64).map(|day| vec![day * 7 % 11, if day % 30 < 6 { 60 } else { 3 }]).collect();
    let daily = Daily::of_flows(&["aid_summons", "aid_exit"], 1, &rows);
    let ledgers = Ledgers { legal_aid: Some(some_aid()), ..Ledgers::default() };
    let alarm: Vec<u64> = (0..120).map(|day| if day > 60 { 1500 } else { 1000 }).collect();
    let frame = Frame { alarm: &alarm, ..frame(&ledgers) };
    let days = aid::keep(&some_aid(), &frame, &Flows { daily: &daily }, &[]);
    let asked: Vec<u64> = days.iter().map(|day| day.asked.iter().sum()).collect();
    let (waited, open) = one_by_one(&asked, 214);
    let count = |list: &[usize]| {
        let mut counts: BTreeMap<i16, u64> = BTreeMap::new();
        list.iter().for_each(|days| *counts.entry(*days as i16).or_default() += 1);
        counts
    };
    let mut answered = crate::indicators::Counts::default();
    days.iter().for_each(|day| answered.absorb(&day.waited));
    assert_eq!(answered.counted().collect::<BTreeMap<_, _>>(), count(&waited));
    assert_eq!(aid::open_at_end(&days).counted().collect::<BTreeMap<_, _>>(), count(&open));
    assert_eq!(days.last().unwrap().open, open.len() as u64);
    assert!(waited.iter().any(|days| *days > 3), "somebody waits");
    // 61 calm days and 59 with half as much again.
    let unprompted: u64 = days.iter().map(|day| day.asked[7]).sum();
    assert_eq!(unprompted, (4.7_f64 * (61.0 + 59.0 * 1.5)) as u64);
}

fn some_cost() -> Cost {
    Cost {
        unit_pay: number(62_000.0),
        deployed_pay: number(190_001.0),
        conscript_pay: number(2_500.0),
        offensive_share: number(0.25),
        offensive_day: number(8_000.0),
        kilometres_per_day: number(3.0),
        kilometre: number(50_000.0),
        death: number(5_000_000.0),
        disability: number(3_000_000.0),
        deficit: number(6.5e12),
        levy: number(3e11),
    }
}

fn value(rows: &[LedgerRow], form: Form, name: &str, group: Option<&str>) -> u64 {
    let fits = |row: &&LedgerRow| (row.form, row.name, row.group.as_deref(), row.region) == (form, name, group, None);
    rows.iter().find(fits).unwrap_or_else(|| panic!("{name} {group:?}")).value
}

#[test]
fn accounts_are_men_times_prices() {
    // 1000 men on contract, 400 of them deployed from the first day, two die a day and are replaced by two who sign.
    let kept = Service {
        contract_at_start: number(1000.0),
        deployed_at_start: number(0.4),
        deployment: always(400.0),
        dead_per_day: always(2.0),
        ..plain()
    };
    let ledgers = Ledgers { service: Some(kept), cost: Some(some_cost()), ..Ledgers::default() };
    let bonus = |kind, from: &str, roubles| Bonus { kind, region: "A".into(), from: day(from), roubles };
    let bonuses = [
        bonus(BonusKind::Federal, "2022-11-01", 195_000),
        bonus(BonusKind::Regional, "2022-11-01", 100_000),
        bonus(BonusKind::Regional, "2023-01-11", 150_000),
    ];
    let in_a = Frame { regions: &["A".to_owned()], bonuses: &bonuses, ..frame(&ledgers) };
    let rows = keep(&in_a, &constant("contracts_signed", 2, 31));
    let month = |account: &str| value(&rows, Form::Month, "cost_by_account", Some(account));
    assert_eq!(month("federal_bonus"), 2 * 31 * 195_000);
    assert_eq!(month("regional_bonus"), 2 * (10 * 100_000 + 21 * 150_000), "it rises on the eleventh");
    assert_eq!(month("unit_pay"), 600 * 62_000);
    // A month's pay of 400 men in 31 parts: what is left of a rouble after the last of them is carried on.
    assert!((400 * 190_001 - 1..=400 * 190_001).contains(&month("deployed_pay")));
    assert_eq!(month("conscript_pay"), 0);
    assert_eq!(month("offensive_days"), 400 * 31 * 2_000);
    assert_eq!(month("kilometres"), 31 * 150_000);
    assert_eq!(month("deaths"), 62 * 5_000_000);
    let all = value(&rows, Form::Run, "cost_by_account", None);
    assert_eq!(value(&rows, Form::Run, "cost_of_deficit", None), all);
    let of = rows.iter().find(|row| row.name == "cost_of_levy").unwrap().of;
    assert_eq!(of, Some(300_000_000_000));
}

#[test]
fn rows_are_those_of_the_list() {
    let ledgers = Ledgers { service: Some(busy()), legal_aid: Some(some_aid()), cost: Some(some_cost()) };
    let rows = keep(&frame(&ledgers), &uneven(40));
    let told: BTreeSet<&str> = rows.iter().map(|row| row.name).collect();
    assert_eq!(told, LEDGER_INDICATORS.iter().map(|one| one.id).collect());
}

#[test]
fn a_smaller_nation_has_smaller_capacities() {
    let ledgers = Ledgers { service: Some(busy()), legal_aid: Some(some_aid()), cost: Some(some_cost()) };
    let small = Frame { scale: 0.5, ..frame(&ledgers) };
    let rows = keep(&small, &constant("nothing", 0, 40));
    let posts = rows.iter().find(|row| row.name == "establishment_filled").unwrap();
    assert_eq!(posts.of, Some(500));
    let answered = value(&rows, Form::Run, "aid_answered", None);
    let asked = value(&rows, Form::Run, "aid_requests", None);
    assert!(answered <= asked && asked < 13 + 40 * 3 + 40, "{asked}");
}

#[test]
fn what_is_switched_off_keeps_no_ledger() {
    assert_eq!(keep(&frame(&Ledgers::default()), &uneven(60)), []);
    let only_cost = Ledgers { cost: Some(some_cost()), ..Ledgers::default() };
    let rows = keep(&frame(&only_cost), &constant("dispatched", 5, 31));
    assert_eq!(value(&rows, Form::Run, "cost_by_account", Some("unit_pay")), 0, "nobody is known to serve");
    let only_aid = Ledgers { legal_aid: Some(some_aid()), ..Ledgers::default() };
    assert!(keep(&frame(&only_aid), &uneven(60)).iter().all(|row| row.name.starts_with("aid_")));
    assert_eq!(keep(&frame(&only_aid), &constant("dispatched", 0, 0)).len(), 4, "a run without days has no requests");
}
