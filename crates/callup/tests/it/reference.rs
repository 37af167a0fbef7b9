//! The shipped file of the reference model R1, run as it stands, is held to the closed form.

use callup::data::Data;
use callup::prepare::RunRequest;
use callup_naive::reference_r1::{DAYS, Expected, is_near};
use callup_sim::Control;

#[test]
fn the_shipped_reference_model_agrees_with_its_closed_form() {
    let request = RunRequest { scale: Some(0.002), ..RunRequest::once("reference-r1") };
    let (prepared, outcome) =
        callup::rehearse(&request, &Data::embedded(), &mut |_| Control::Continue).expect("it runs");
    assert_eq!((prepared.scenario.days as usize, outcome.daily.days()), (DAYS, DAYS));
    let people = outcome.totals.people as f64;
    assert!(people > 50_000.0, "{people} people are too few to see a wrong chance");
    let column = |name: &str| outcome.daily.column(name).expect("a column");
    let expected = Expected::new();
    for (name, chance) in expected.totals() {
        let count = outcome.daily.total(column(name));
        assert!(is_near(count, people, chance, 4.5), "{name}: {count} of {people}, expected {chance}");
    }
    for (name, by_day) in expected.states() {
        for (day, chance) in by_day.into_iter().enumerate() {
            let count = outcome.daily.national(day, column(name));
            // 2,190 comparisons, nearly all bound to their neighbours: 5 widths leave them one chance in a thousand together.
            assert!(
                is_near(count, people, chance.clamp(0.0, 1.0), 5.0),
                "{name} on day {day}: {count} of {people}, expected {chance}"
            );
        }
    }
}
