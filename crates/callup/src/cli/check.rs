//! `callup check`: a scenario beside published figures, one line a figure, with what the figure is to the scenario.
//!
//! An input is never shown as a hit. The comparison itself stands in `input/validation.rs`.

use super::args::CheckArgs;
use super::progress::{Display, listen_for_interrupts};
use super::render::{aligned, print, talk};
use crate::data::Data;
use crate::error::Error;
use crate::input::validation::{Figure, Held, Published, Role, Unit, read_validation};
use crate::output::words::grouped;
use crate::prepare::{Place, Prepared, RunRequest, Saving};
use crate::rehearse;
use callup_law::calendar::Day;
use callup_sim::Outcome;

/// Runs the verb.
///
/// # Errors
/// Whatever keeps the scenario or the figures from being read, or an interruption.
pub fn execute(args: &CheckArgs, data: &Data) -> Result<(), Error> {
    listen_for_interrupts();
    let published = published(&args.scenario, data)?;
    let request = RunRequest {
        scenario: args.scenario.clone(),
        scale: args.scale,
        seed: None,
        days: None,
        threads: args.threads,
        saving: Saving::default(),
        place: Place::Under("runs".into()),
    };
    let mut display = Display::new(args.quiet);
    let lived = rehearse(&request, data, &mut |stage| display.show(&stage));
    display.end();
    let (prepared, outcome) = lived?;
    talk(&format!("{}: the run beside what was published (ratio: run over published)", published.title));
    let rows: Vec<Vec<String>> =
        published.figures.iter().map(|figure| row(figure, held(figure, &prepared, &outcome).as_ref())).collect();
    print(&aligned(&rows, &[1, 2, 3]))
}

fn published(scenario: &str, data: &Data) -> Result<Published, Error> {
    let source = data.peek(&format!("validation/{scenario}.toml"))?;
    let read = read_validation(&source);
    read.published.ok_or_else(|| Error::Findings {
        what: source.name.clone(),
        findings: read.findings,
        sources: vec![source],
    })
}

/// What the run has to say, at full scale.
fn held(figure: &Figure, prepared: &Prepared, outcome: &Outcome) -> Option<Held> {
    let first = prepared.scenario.start;
    let sum = |column: &str, region: Option<&str>, from: Day, until: Day| {
        let column = outcome.daily.column(column)?;
        let place = match region {
            Some(code) => Some(prepared.margins.regions.iter().position(|known| known.iso_code == code)?),
            None => None,
        };
        let days = outcome.daily.days();
        let inside = (0..days).filter(|&day| {
            let today = first.plus_days(i32::try_from(day).unwrap_or(i32::MAX));
            (from..=until).contains(&today)
        });
        let counted: u64 = inside
            .map(|day| {
                place.map_or_else(
                    || outcome.daily.national(day, column),
                    |region| outcome.daily.value(day, region, column),
                )
            })
            .sum();
        Some(counted as f64 / prepared.scenario.scale)
    };
    figure.held(&sum)
}

/// Name, published, run, ratio, verdict.
fn row(figure: &Figure, held: Option<&Held>) -> Vec<String> {
    let number = |value: f64| match figure.unit {
        Unit::Share => format!("{value:.3}"),
        Unit::Persons | Unit::Regions => grouped(value.round() as u64),
    };
    let shown = match figure.high {
        Some(high) if high > figure.low => format!("{} to {}", number(figure.low), number(high)),
        Some(_) => number(figure.low),
        None => format!("over {}", number(figure.low)),
    };
    let run = held.map_or_else(|| "-".to_string(), |held| number(held.model));
    let ratio = held.filter(|_| figure.low > 0.0).map_or_else(|| "-".to_string(), |held| ratio(held, figure.low));
    vec![figure.name.clone(), shown, run, ratio, verdict(figure, held)]
}

/// The run over the figure; in brackets on the other days that the source allows.
fn ratio(held: &Held, published: f64) -> String {
    let ratio = format!("{:.2}", held.model / published);
    if held.model_low < held.model_high {
        return format!("{ratio} ({:.2} to {:.2})", held.model_low / published, held.model_high / published);
    }
    ratio
}

fn verdict(figure: &Figure, held: Option<&Held>) -> String {
    let Some(held) = held else { return "not modelled".to_string() };
    match figure.role {
        Role::Input => "input, shows nothing".to_string(),
        Role::NotModelled => "not modelled".to_string(),
        Role::Tuned => format!("{} (set with it in view)", hit_or_miss(figure, held)),
        Role::Held => hit_or_miss(figure, held),
    }
}

fn hit_or_miss(figure: &Figure, held: &Held) -> String {
    let at_day = Held { model_low: held.model, model_high: held.model, ..*held };
    match (figure.agrees(&at_day), figure.agrees(held)) {
        (true, _) => "hit".to_string(),
        (false, true) => "hit on another day that the source allows".to_string(),
        (false, false) => "miss".to_string(),
    }
}
