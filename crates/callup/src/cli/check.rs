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
        "{title}: the run beside what was published (figure, published, middle of {} replicates and their interval, run over published, verdict)",
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
    let ratio = if figure.low > 0.0 { ratio(checked) } else { "-".to_string() };
    vec![figure.name.clone(), published, run, interval, ratio, checked.verdict().words().to_string()]
}

fn number(figure: &Figure, value: f64) -> String {
    match figure.unit {
        Unit::Share => format!("{value:.3}"),
        _ => grouped(value.round() as u64),
    }
}

/// The run over the figure; in brackets over the replicates and the other days that the source allows.
fn ratio(checked: &Checked) -> String {
    let Some(held) = checked.reach() else { return "-".to_string() };
    let published = checked.figure.low;
    let ratio = format!("{:.2}", held.model / published);
    if held.model_low < held.model_high {
        return format!("{ratio} ({:.2} to {:.2})", held.model_low / published, held.model_high / published);
    }
    ratio
}
