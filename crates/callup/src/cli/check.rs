//! `callup check`: a scenario beside published figures, one line a figure, with what the figure is to the scenario.
//!
//! An input is never shown as a hit. The comparison itself stands in `checking.rs`.

use super::args::CheckArgs;
use super::progress::{Display, listen_for_interrupts};
use super::render::{aligned, print, talk};
use crate::checking::{check, published};
use crate::data::Data;
use crate::error::Error;
use crate::input::validation::{Figure, Unit};
use crate::judging::Checked;
use crate::output::words::grouped;
use crate::prepare::RunRequest;
use serde_json::{Value, json};

/// Runs the verb.
///
/// # Errors
/// Whatever keeps the scenario or the figures from being read, or an interruption.
pub fn execute(args: &CheckArgs, data: &Data) -> Result<(), Error> {
    listen_for_interrupts();
    let published = published(args.figures.as_ref().unwrap_or(&args.scenario), data)?;
    let request = RunRequest { scale: args.scale, threads: args.threads, ..RunRequest::once(&args.scenario) };
    let mut display = Display::new(args.quiet);
    let checked = check(published.figures, &request, args.replicates, data, &mut |stage| display.show(&stage));
    display.end();
    let checked = checked?;
    let roles = roles_of_another(args, &published.scenario);
    if args.json {
        let figures: Vec<Value> = checked.iter().map(figure_json).collect();
        let all =
            json!({ "scenario": args.scenario, "replicates": args.replicates, "note": roles, "figures": figures });
        return print(&format!("{all:#}\n"));
    }
    let title = &published.title;
    talk(&format!(
        "{title}: the run beside what was published (figure, published, middle of {} replicates and their interval, run over the nearer end of what was published, verdict)",
        args.replicates
    ));
    roles.iter().for_each(|said| talk(said));
    let rows: Vec<Vec<String>> = checked.iter().map(row).collect();
    print(&aligned(&rows, &[1, 2, 4]))
}

/// What has to be said where the figures were published on another scenario: which of them are predictions is known of that one alone.
fn roles_of_another(args: &CheckArgs, published_on: &str) -> Option<String> {
    args.figures.as_ref().filter(|figures| **figures != args.scenario)?;
    Some(format!(
        "the roles (input, tuned, predicted) are those of `{published_on}`; numbers of `{}` may have been set with the figures in view, and what it hits then is no prediction",
        args.scenario
    ))
}

fn figure_json(checked: &Checked) -> Value {
    let figure = &checked.figure;
    let value = checked.value();
    json!({
        "name": figure.name,
        "what": figure.what,
        "published_low": figure.low,
        "published_high": figure.high,
        "model": value.map(|value| value.0),
        "model_low": value.map(|value| value.1),
        "model_high": value.map(|value| value.2),
        "verdict": checked.verdict().words(),
        "source": figure.source,
        "reason": figure.reason,
    })
}

/// Name, published, run, interval, ratio, verdict.
fn row(checked: &Checked) -> Vec<String> {
    let figure = &checked.figure;
    let published = match figure.high {
        Some(high) if high > figure.low => format!("{} to {}", number(figure, figure.low), number(figure, high)),
        Some(_) => number(figure, figure.low),
        None => format!("over {}", number(figure, figure.low)),
    };
    let value = checked.value();
    let run = value.map_or_else(|| "-".to_string(), |(model, ..)| number(figure, model));
    let several = value.filter(|_| checked.held.len() > 1);
    let interval = several
        .map_or_else(String::new, |(_, low, high)| format!("({} to {})", number(figure, low), number(figure, high)));
    vec![figure.name.clone(), published, run, interval, ratio(checked), checked.verdict().words().to_string()]
}

fn number(figure: &Figure, value: f64) -> String {
    match figure.unit {
        Unit::Share => format!("{value:.3}"),
        _ => grouped(value.round() as u64),
    }
}

/// The run over the nearer end of the published range, 1 within it; in brackets over the replicates and the other days that the source allows.
fn ratio(checked: &Checked) -> String {
    let Some(held) = checked.reach() else { return "-".to_string() };
    let over = |value: f64| over((checked.figure.low, checked.figure.high), value);
    let ratio = format!("{:.2}", over(held.model));
    if held.model_low < held.model_high {
        return format!("{ratio} ({:.2} to {:.2})", over(held.model_low), over(held.model_high));
    }
    ratio
}

/// A number over a published range: 1 within it, else over its nearer end.
fn over((low, high): (f64, Option<f64>), value: f64) -> f64 {
    match high {
        _ if value < low => value / low,
        Some(high) if value > high => value / high,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::over;

    #[test]
    fn a_number_is_held_against_the_nearer_end_of_a_range() {
        let range = (200.0, Some(400.0));
        assert_eq!([100.0, 200.0, 300.0, 400.0, 800.0].map(|value| over(range, value)), [0.5, 1.0, 1.0, 1.0, 2.0]);
        assert_eq!([50.0, 900.0].map(|value| over((100.0, None), value)), [0.5, 1.0]);
        assert_eq!([0.0, 60.0].map(|value| over((0.0, Some(30.0)), value)), [1.0, 2.0]);
    }
}
