//! The same case under several laws, side by side: one row a measure, one column a law, rows that differ marked and said to differ.
//!
//! Dates only; what they rest on is in each explanation.

use crate::explain::language::say;
use crate::explain::{Explanation, LineKind};
use crate::roles::MeasureKind;

/// A table of the measures under each law. The laws must have been asked the same case.
#[must_use]
pub fn columns(explanations: &[Explanation]) -> String {
    let words =
        explanations.first().map(Explanation::words).unwrap_or(super::language::Words(super::Language::English));
    let mut rows = vec![header(explanations)];
    let matters = explanations.iter().map(|explanation| explanation.matters.len()).max().unwrap_or(0);
    for matter in 0..matters {
        for kind in MeasureKind::ALL {
            let prefix = if matters > 1 { format!("[{}] ", matter + 1) } else { String::new() };
            let cells: Vec<String> =
                explanations.iter().map(|explanation| stands(explanation, matter, *kind)).collect();
            if cells.iter().any(|cell| cell != "-") {
                rows.push(row(&format!("{prefix}{}", words.word("measure", kind.word())), cells));
                let limits: Vec<String> =
                    explanations.iter().map(|explanation| challenge(explanation, matter, *kind)).collect();
                rows.push(row(&format!("{prefix}  {}", words.say("columns-last-day")), limits));
            }
        }
    }
    printed(&rows) + &words.say("columns-marks") + "\n"
}

fn header(explanations: &[Explanation]) -> Vec<String> {
    let law = |explanation: &Explanation| {
        let ids: Vec<&str> = explanation.laws.iter().map(|law| law.id.as_str()).collect();
        ids.join(", ")
    };
    let mut cells = vec![" ".to_string(), String::new()];
    cells.extend(explanations.iter().map(law));
    cells
}

fn row(name: &str, cells: Vec<String>) -> Vec<String> {
    let differs = cells.windows(2).any(|pair| pair[0] != pair[1]);
    let mut row = vec![if differs { "*" } else { " " }.to_string(), name.to_string()];
    row.extend(cells);
    row
}

fn stands(explanation: &Explanation, matter: usize, kind: MeasureKind) -> String {
    let words = explanation.words();
    let of_kind = explanation.measures.iter().filter(|measure| measure.matter == matter && measure.kind == kind);
    let stretch = |measure: &crate::explain::MeasureLine| {
        let until = measure.lift_by.map_or_else(
            || words.say("columns-open"),
            |lift| say!(words, "columns-until", date = words.short_date(lift)),
        );
        let hangs = words.say("columns-hangs");
        let hangs = if measure.depends_on.is_empty() { String::new() } else { format!(" {hangs}") };
        format!("{} {until}{hangs}", words.short_date(measure.start))
    };
    let said: Vec<String> = of_kind.map(stretch).collect();
    if said.is_empty() { "-".to_string() } else { said.join("; ") }
}

fn challenge(explanation: &Explanation, matter: usize, kind: MeasureKind) -> String {
    let words = explanation.words();
    let mut days: Vec<String> = Vec::new();
    let mut is_named = false;
    for line in explanation.timeline.iter().filter(|line| line.kind == LineKind::Remedy && line.matter == matter) {
        if line.measures.contains(&kind) {
            is_named = true;
            let day = words.short_date(line.date);
            if line.counting.is_some() && !days.contains(&day) {
                days.push(day);
            }
        }
    }
    match (days.is_empty(), is_named) {
        (false, _) => days.join("; "),
        (true, true) => words.say("columns-no-day"),
        (true, false) => "-".to_string(),
    }
}

/// Rows with their columns aligned.
fn printed(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.chars().count())))
            .collect();
        out.push_str(cells.join("  ").trim_end());
        out.push('\n');
    }
    out
}
