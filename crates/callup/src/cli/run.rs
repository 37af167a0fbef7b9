//! `callup run`: simulate a scenario, write its folder, print the twelve lines that matter and a few sums beside them.

use super::args::{FLAGSHIP, RunArgs};
use super::progress::{Display, listen_for_interrupts};
use super::render::{aligned, print, print_json, talk};
use crate::data::Data;
use crate::error::Error;
use crate::output::headline::{Applied, HeadlineLine};
use crate::output::ledgers;
use crate::output::receipt::Receipt;
use crate::output::sums::in_words;
use crate::output::words::{grouped, percent};
use crate::prepare::{RunRequest, Saving};
use crate::{Finished, run, save};

/// Runs the verb.
///
/// # Errors
/// Whatever keeps the run from being made, written or printed.
pub fn execute(args: &RunArgs, data: &Data) -> Result<(), Error> {
    listen_for_interrupts();
    let request = request(args)?;
    let mut display = Display::new(args.quiet);
    let finished = run(&request, data, &mut |stage| display.show(&stage));
    display.end();
    let finished = finished?;
    show(&finished, args.json)
}

/// Says where a finished run is, and prints what matters of it.
pub(super) fn show(finished: &Finished, json: bool) -> Result<(), Error> {
    let path = finished.folder.display();
    talk(&if finished.already_there { format!("already there: {path}") } else { format!("written: {path}") });
    if json {
        return print_json(&to_json(finished));
    }
    talk(&heading(&finished.receipt));
    print(&twelve_lines(&finished.receipt))?;
    print(&replicate_lines(&finished.receipt))?;
    print(&further_lines(&finished.receipt))?;
    print(&ledger_lines(&finished.receipt))?;
    print(&coverage_lines(&finished.receipt))
}

/// What the arguments ask for; what they leave open a save answers, if the run goes on from one.
fn request(args: &RunArgs) -> Result<RunRequest, Error> {
    let label = args.resume.as_deref().map(save::label_of).transpose()?;
    let origin = label.as_ref().map(|label| &label.origin);
    let asked = || label.as_ref().map_or(FLAGSHIP, |label| &label.asked).to_owned();
    Ok(RunRequest {
        scenario: args.scenario.clone().unwrap_or_else(asked),
        scale: args.made.scale.or(origin.map(|origin| origin.scale)),
        seed: args.made.seed.or(origin.map(|origin| origin.seed)),
        days: args.made.days.or(origin.map(|origin| origin.days)),
        threads: args.made.written.threads,
        place: super::place(&args.made.written),
        saving: Saving { every_weeks: args.save_every, keep: args.keep_saves, from: args.resume.clone() },
        replicates: args.replicates,
    })
}

fn to_json(finished: &Finished) -> serde_json::Value {
    let receipt = &finished.receipt;
    serde_json::json!({
        "format_version": receipt.format_version,
        "folder": finished.folder.display().to_string(),
        "already_there": finished.already_there,
        "scenario": receipt.scenario,
        "identity": receipt.identity,
        "start": receipt.start,
        "days": receipt.days,
        "scale": receipt.scale,
        "seed": receipt.seed,
        "replicates": receipt.replicates,
        "people": receipt.fit.synthesised_men,
        "headline": receipt.headline,
        "sums": receipt.sums,
        "ledgers": receipt.ledgers,
        "coverage": receipt.coverage,
    })
}

fn heading(receipt: &Receipt) -> String {
    let people = grouped(u64::from(receipt.fit.synthesised_men));
    let head = format!("{}: {} days from {}, {people} synthetic men", receipt.title, receipt.days, receipt.start);
    if receipt.scale < 1.0 {
        format!(
            "{head} at scale {}\n(the figure in brackets is the count of the run, the other the nation's)",
            receipt.scale
        )
    } else {
        head
    }
}

/// One line a figure: number, share, words, articles.
fn twelve_lines(receipt: &Receipt) -> String {
    let rows: Vec<Vec<String>> = receipt.headline.iter().map(|line| cells(line, receipt.scale)).collect();
    aligned(&rows, &[0, 1, 2])
}

/// Where each of the twelve lies over the replicates, and in how many it is beyond a round bound; nothing of a scenario that was run once.
fn replicate_lines(receipt: &Receipt) -> String {
    let row = |line: &HeadlineLine| {
        let over = line.replicates?;
        let interval = over.interval?;
        let [low, median, high] =
            [interval.low, interval.median, interval.high].map(|number| grouped(number.round() as u64));
        // What is the same in all of them is no matter of chance.
        let said = over.more_than.filter(|_| interval.low < interval.high).map(|said| said.words()).unwrap_or_default();
        Some(vec![median, format!("({low} to {high})"), line.label.clone(), said])
    };
    let rows: Vec<Vec<String>> = receipt.headline.iter().filter_map(row).collect();
    let Some(interval) = receipt.headline.iter().find_map(|line| line.replicates?.interval) else {
        return String::new();
    };
    let count = receipt.replicates.len();
    format!("over {count} replicates, median ({}):\n{}", interval.bounds.words(), aligned(&rows, &[0, 1]))
}

/// Why notices reached nobody, whom searches stopped, the border: a line each, where there is anything to say.
fn further_lines(receipt: &Receipt) -> String {
    in_words(&receipt.sums).iter().map(|line| format!("{line}\n")).collect()
}

/// Those serving, leaving the unit, legal aid, cost: a line a ledger.
fn ledger_lines(receipt: &Receipt) -> String {
    ledgers::in_words(&receipt.ledgers).iter().map(|line| format!("{line}\n")).collect()
}

/// Which articles were applied: a line a law.
fn coverage_lines(receipt: &Receipt) -> String {
    receipt.coverage.iter().map(|law| format!("{law}\n")).collect()
}

fn cells(line: &HeadlineLine, scale: f64) -> Vec<String> {
    let number = line.expanded.map_or("none".to_owned(), grouped);
    let raw = match line.value {
        Some(value) if scale < 1.0 && line.expanded != Some(value) => format!("({})", grouped(value)),
        _ => String::new(),
    };
    let share = line.share.map(percent).unwrap_or_default();
    vec![number, raw, share, line.label.clone(), basis(line)]
}

/// The beginning of a source; the receipt and the report have all of it.
fn shortened(text: &str) -> String {
    const LETTERS: usize = 40;
    if text.chars().count() <= LETTERS {
        return text.to_owned();
    }
    let start: String = text.chars().take(LETTERS).collect();
    let whole_words = start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words);
    format!("{}…", whole_words.trim_end_matches([';', ',', ':']))
}

/// The articles behind a line, the most applied first; where there is none, the choices of the scenario.
fn basis(line: &HeadlineLine) -> String {
    if line.articles.is_empty() {
        return line.assumptions.iter().map(|text| shortened(text)).collect::<Vec<_>>().join("; ");
    }
    let mut by_article: Vec<(String, Vec<String>, u64)> = Vec::new();
    for Applied { law, article, times } in &line.articles {
        let id = law.split('@').next().unwrap_or(law).to_owned();
        match by_article.iter_mut().find(|known| known.0 == *article) {
            Some(known) => {
                known.1.push(id);
                known.2 += times;
            }
            None => by_article.push((article.clone(), vec![id], *times)),
        }
    }
    by_article.sort_by_key(|known| std::cmp::Reverse(known.2));
    let words = by_article.iter().map(|(article, laws, _)| format!("{article} ({})", laws.join(", ")));
    words.collect::<Vec<_>>().join("; ")
}
