//! An explanation in whole sentences, one a line, without columns or symbols: for screen readers and for reading aloud.
//!
//! It says what `explain/text.rs` prints, in the same order.

use crate::explain::text::{closing, counted, in_short};
use crate::explain::{Explanation, Line, words};

/// Whole sentences, one a line.
#[must_use]
pub fn plain(explanation: &Explanation) -> String {
    let mut sentences = vec!["In short.".to_string()];
    sentences.extend(in_short(explanation));
    sentences.push("Day by day.".to_string());
    sentences.extend(explanation.timeline.iter().map(|line| spoken(explanation, line)));
    if !explanation.open_points.is_empty() {
        sentences.push("Open points, which change the answer.".to_string());
    }
    for point in &explanation.open_points {
        sentences.push(format!("{}{}.", point.question, under(&words::bases(&point.cite))));
        for answer in &point.answers {
            let effect =
                if answer.effect.is_empty() { "nothing of this".to_string() } else { answer.effect.join("; ") };
            sentences.push(format!("If {}: {effect}.", answer.answer));
        }
    }
    if !explanation.changes.is_empty() {
        sentences.push("What would have changed it.".to_string());
    }
    let change = |change: &crate::explain::Change| {
        format!("{}: {}{}.", change.act, change.effect, under(&words::bases(&change.cite)))
    };
    sentences.extend(explanation.changes.iter().map(change));
    let statement = |statement: &crate::explain::Statement| {
        format!("{}{}.", words::capital(&statement.text), under(&words::basis(&statement.cite)))
    };
    sentences.extend(explanation.statements.iter().map(statement));
    sentences.push(closing(explanation));
    sentences.join("\n") + "\n"
}

fn under(basis: &str) -> String {
    if basis.is_empty() { String::new() } else { format!(", under {basis}") }
}

fn spoken(explanation: &Explanation, line: &Line) -> String {
    let matter = if explanation.matters.len() > 1 { format!("Notice {}: ", line.matter + 1) } else { String::new() };
    let day = if line.detail { String::new() } else { format!("On {}: ", words::long_date(line.date)) };
    let given = if line.given { ", as you said" } else { "" };
    let hangs = if line.depends_on.is_empty() {
        String::new()
    } else {
        format!(", only if {}", line.depends_on.join(", or if "))
    };
    let counted = match &line.counting {
        Some(counting) if !line.detail => {
            format!(" Counted: {}{}.", counted(line), under(&words::bases(&counting.cite)))
        }
        _ => String::new(),
    };
    let text = if matter.is_empty() && day.is_empty() { words::capital(&line.text) } else { line.text.clone() };
    format!("{matter}{day}{text}{given}{hangs}{}.{counted}", under(&words::bases(&line.cite)))
}
