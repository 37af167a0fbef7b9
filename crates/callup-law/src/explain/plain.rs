//! An explanation in whole sentences, one a line, without columns or symbols: for screen readers and for reading aloud.
//!
//! It says what `explain/text.rs` prints, in the same order.

use crate::explain::language::{Words, say};
use crate::explain::text::{assuming, closing, counted, effect, in_short, interval, lettered, letters, only};
use crate::explain::words::capital;
use crate::explain::{Explanation, Line};

/// The line above an explanation that stands among others.
#[must_use]
pub fn under_law(explanation: &Explanation, title: &str) -> String {
    say!(explanation.words(), "under-law", title = title)
}

/// Whole sentences, one a line.
#[must_use]
pub fn plain(explanation: &Explanation) -> String {
    let words = explanation.words();
    let heading = |id: &str| words.say(id) + ".";
    let mut sentences = vec![heading("head-short")];
    sentences.extend(in_short(explanation));
    sentences.push(heading("head-day-by-day"));
    sentences.extend(explanation.timeline.iter().map(|line| spoken(explanation, line)));
    if !explanation.open_points.is_empty() {
        sentences.push(heading("head-open"));
    }
    for (point, letter) in explanation.open_points.iter().zip(letters()) {
        sentences.push(format!("{letter}: {}{}.", point.question, under(words, &words.bases(&point.cite))));
        sentences.extend(point.answers.iter().map(|answer| effect(words, answer)));
    }
    if !explanation.changes.is_empty() {
        sentences.push(heading("head-changes"));
    }
    let change = |change: &crate::explain::Change| {
        let basis = under(words, &words.bases(&change.cite));
        format!("{}: {}{basis}{}.", change.act, change.effect, assuming(explanation, change))
    };
    sentences.extend(explanation.changes.iter().map(change));
    let statement = |statement: &crate::explain::Statement| {
        format!("{}{}.", capital(&statement.text), under(words, &words.basis(&statement.cite)))
    };
    sentences.extend(explanation.statements.iter().map(statement));
    sentences.push(closing(explanation));
    sentences.join("\n") + "\n"
}

fn under(words: Words, basis: &str) -> String {
    if basis.is_empty() { String::new() } else { say!(words, "spoken-basis", basis = basis) }
}

fn spoken(explanation: &Explanation, line: &Line) -> String {
    let words = explanation.words();
    let notice = || say!(words, "spoken-notice", number = (line.matter + 1).to_string()) + " ";
    let matter = if explanation.matters.len() > 1 { notice() } else { String::new() };
    let on = || say!(words, "spoken-day", date = words.long_date(line.date)) + " ";
    let day = if line.detail { String::new() } else { on() };
    let given = if line.given { words.say("given-spoken") } else { String::new() };
    let hangs = only(explanation, &line.depends_on);
    let counted = match &line.counting {
        Some(counting) if !line.detail => {
            let counted = counted(words, line) + &under(words, &words.bases(&counting.cite));
            format!(" {}", say!(words, "spoken-counted", counted = counted))
        }
        Some(counting) => interval(words, counting).map_or_else(String::new, |hours| format!(" {}.", capital(&hours))),
        None => String::new(),
    };
    let said = lettered(explanation, &line.text);
    let text = if matter.is_empty() && day.is_empty() { capital(&said) } else { said };
    format!("{matter}{day}{text}{given}{hangs}{}.{counted}", under(words, &words.bases(&line.cite)))
}
