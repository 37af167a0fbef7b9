//! The autumn of 2022: departures surge by week, the barred are turned back, some come home, and `check` says hit or miss of each figure.

use crate::support::{ended, program};
use callup::data::Data;
use callup::prepare::RunRequest;
use callup::rehearse;
use callup_law::calendar::Day;
use callup_sim::{Control, Outcome};

/// Few enough to be quick, enough for hundreds of departures a week.
const SCALE: f64 = 0.01;

fn lived() -> (Day, Outcome) {
    let request = RunRequest { scale: Some(SCALE), ..RunRequest::once("ru-2022-autumn") };
    let (prepared, outcome) = rehearse(&request, &Data::embedded(), &mut |_| Control::Continue).unwrap();
    (prepared.scenario.start, outcome)
}

#[test]
fn departures_surge_by_week_and_trips_do_not() {
    let (start, outcome) = lived();
    let place = |month, day| (Day::from_ymd(2022, month, day).unwrap().0 - start.0) as usize;
    let sum = |name: &str, (month, day): (u32, u32), days: usize| -> u64 {
        let column = outcome.daily.column(name).unwrap();
        let first = place(month, day);
        (first..first + days).map(|day| outcome.daily.national(day, column)).sum()
    };
    let week = |month, day| sum("left", (month, day), 7);
    let (before, first, third, late) = (week(9, 14), week(9, 21), week(10, 5), week(11, 16));
    assert!(first > 30 * before.max(1), "{before} in the week before, {first} in the first week");
    assert!(first > third && third > late && late >= before, "{first}, {third}, {late}");
    let (quarter, autumn) = (sum("trips_begun", (9, 7), 14), sum("trips_begun", (9, 21), 14));
    assert!(autumn < quarter, "trips are not what surged: {quarter} before, {autumn} after");
    let all = |name: &str| outcome.daily.total(outcome.daily.column(name).unwrap());
    assert!(all("departures_turned_back") > 0 && all("trips_turned_back") > 0);
    assert_eq!(all("left") + all("departures_turned_back"), all("departure_attempts"));
    assert!(all("returned") > 0 && all("returned") < all("left") / 2);
    let stock = outcome.daily.national(outcome.daily.days() - 1, outcome.daily.column("abroad").unwrap());
    assert_eq!(stock, all("left") - all("returned"));
    let column = outcome.daily.column("departures_turned_back").unwrap();
    assert!((0..place(9, 21)).all(|day| outcome.daily.national(day, column) == 0), "nobody is barred before");
}

#[test]
fn each_figure_is_a_hit_or_a_miss_or_says_why_not() {
    let checked = ended(program().args(["check", "ru-2022-autumn", "-q", "--scale", "0.005", "--replicates", "2"]));
    assert_eq!(checked.code, Some(0), "{}", checked.err);
    let line = |name: &str| checked.out.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    assert!(line("left_in_two_weeks").ends_with("tuned, reached"), "{}", checked.out);
    assert!(line("fled_rather_than_report").ends_with("input, shows nothing"), "{}", checked.out);
    assert!(line("mobilised_by_weddings").ends_with("tuned, missed"), "{}", checked.out);
    assert!(line("neighbours_fourth_quarter").ends_with("not modelled"), "{}", checked.out);
    assert!(line("kazakhstan_in_two_stretches").ends_with("input, shows nothing"), "{}", checked.out);
}
