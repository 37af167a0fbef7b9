//! A decreed number is met at any scale: what is rounded in each district of a small nation is made up for in its region.

use callup::data::Data;
use callup::prepare::{RunRequest, prepare};
use callup_sim::synthesize::{SynthesisPlan, synthesize};
use callup_sim::{Control, simulate};

/// Call-ups that stand at the end of the spring of the flagship, and the decreed number of it at this scale, and how many regions share it.
fn spring(scale: f64) -> (u64, u64, u64) {
    let data = Data::embedded();
    // To 15 July, the last day of the season.
    let request = RunRequest { scale: Some(scale), days: Some(196), ..RunRequest::once("ru-2023-as-enacted") };
    let prepared = prepare(&request, &data).unwrap();
    let scenario = &prepared.scenario;
    let plan = SynthesisPlan {
        scale,
        inhabitants_per_district: scenario.offices.inhabitants_per_district.value,
        seed: scenario.seed,
    };
    let (people, _) = synthesize(&prepared.margins, plan, &scenario.population).unwrap();
    let outcome = simulate(people, &prepared.law_set, scenario, &mut |_| Control::Continue);
    let standing = outcome.daily.column("call_ups_standing").expect("a column");
    let decreed =
        scenario.campaigns.iter().find(|campaign| campaign.name == "spring_2023").expect("the flagship has it");
    let number = f64::from(decreed.decreed.as_ref().expect("it has a number").number) * scale;
    let regions = prepared.margins.regions.len() as u64;
    (outcome.daily.national(195, standing), number.round() as u64, regions)
}

/// The nation's number is divided among regions once and for all, and each region has its own luck with those who come: one place in each may stay open at
/// the end, and none more is ever taken.
fn assert_met(scale: f64) {
    let (standing, number, regions) = spring(scale);
    assert!(
        standing <= number && number - standing <= regions,
        "at {scale}: {standing} of {number}, {regions} regions"
    );
}

#[test]
fn as_many_are_called_up_at_a_hundredth() {
    assert_met(0.01);
}

#[test]
#[ignore = "takes minutes; `cargo xtask long` runs it"]
fn as_many_are_called_up_at_a_tenth_and_in_the_whole_nation() {
    assert_met(0.1);
    assert_met(1.0);
}
