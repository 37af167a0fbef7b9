//! A law for the page: its articles with the rules beside them, the states and what leads from one to another, findings, cases and switches.
//!
//! It comes from the document and its checks alone; a run adds how often each article was applied.

use crate::input::laws::LawText;
use crate::output::coverage::{Line, what_stands};
use callup_law::diagnostic::{Diagnostic, Severity};
use callup_law::rulebook::{Article, Cite, Rulebook, Switch, Track, Trigger};
use serde_json::{Value, json};

/// The data of a law; `applied` are the lines of a run about it, if there is one.
#[must_use]
pub fn law(text: &LawText, applied: &[&Line]) -> Value {
    let Some(book) = &text.book else {
        return json!({ "id": text.name(), "title": text.source.name, "articles": [], "findings": findings(&text.findings, None) });
    };
    let checked = text.checked();
    let articles: Value = book.articles.iter().map(|one| article(book, one, &checked.findings, applied)).collect();
    let cases: Value =
        text.run_cases().iter().map(|case| json!({ "name": case.name, "passed": case.passed })).collect();
    let waived: Value = checked
        .waived
        .iter()
        .map(|(finding, waiver)| json!({ "code": finding.code, "message": finding.message, "because": waiver.because, "article": waiver.cite.article }))
        .collect();
    json!({
        "id": text.name(),
        "title": book.title,
        "from": book.in_force_from.to_string(),
        "until": book.in_force_until.map(|day| day.to_string()),
        "articles": articles,
        "states": book.tracks.iter().enumerate().map(|(place, one)| track(book, place, one)).collect::<Value>(),
        "measures": measures(book),
        "findings": findings(&checked.findings, None),
        "waived": waived,
        "cases": cases,
        "switches": book.switches.iter().map(switch).collect::<Value>(),
        "gaps": book.gaps.iter().map(|gap| json!({ "article": gap.cite.to_string(), "what": gap.what, "because": gap.because })).collect::<Value>(),
    })
}

/// A contested reading.
#[must_use]
pub fn switch(switch: &Switch) -> Value {
    json!({
        "name": switch.name, "options": switch.options, "why": switch.why, "source": switch.source,
        "confidence": switch.confidence, "article": switch.cite.to_string(),
    })
}

fn article(book: &Rulebook, article: &Article, found: &[Diagnostic], applied: &[&Line]) -> Value {
    let of_article = |cite: &Cite| cite.article == article.number;
    let rules = what_stands(book, &of_article);
    let quotes: Vec<&str> = article.quotes.iter().map(|quote| quote.text.as_str()).collect();
    let line = applied.iter().find(|line| line.article == article.number && line.paragraph.is_none());
    let counts = line.and_then(|line| line.applied);
    json!({
        "number": article.number,
        "title": article.heading,
        "quote": quotes.join("\n\n"),
        "source": article.source,
        "confidence": article.confidence,
        "rules": rules.split("; ").filter(|rule| !rule.is_empty()).collect::<Vec<_>>(),
        "cites": counts.map(|counts| counts.times),
        "persons": counts.map(|counts| counts.persons),
        "findings": findings(found, Some(&article.number)),
    })
}

/// Findings, all of them or those of one article.
fn findings(all: &[Diagnostic], of: Option<&str>) -> Value {
    let fits = |finding: &&Diagnostic| {
        of.is_none_or(|article| {
            finding.heading.as_ref().is_some_and(|heading| heading.split('(').next() == Some(article))
        })
    };
    let severity = |finding: &Diagnostic| match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let line = |finding: &Diagnostic| {
        json!({
            "code": finding.code, "severity": severity(finding), "message": finding.message,
            "article": finding.heading, "help": finding.help,
        })
    };
    all.iter().filter(fits).map(line).collect()
}

/// States of a track, and the rules that lead from one to another.
fn track(book: &Rulebook, place: usize, track: &Track) -> Value {
    let name = |state: u8| track.states.get(usize::from(state)).map_or("", |state| state.name.as_str());
    let mut arrows = Vec::new();
    for rule in book.rules.iter().filter(|rule| rule.track == place) {
        let label = if rule.label.is_empty() { rule.name.replace('_', " ") } else { rule.label.clone() };
        let is_period = matches!(rule.trigger, Trigger::Period { .. });
        for from in &rule.from {
            arrows.push(json!({
                "from": name(*from), "to": name(rule.to), "label": label, "article": rule.cite.to_string(), "is_period": is_period,
            }));
        }
    }
    let states: Vec<&str> = track.states.iter().map(|state| state.name.as_str()).collect();
    let ends: Vec<&str> = track.states.iter().filter(|state| state.is_final).map(|state| state.name.as_str()).collect();
    json!({ "track": track.name, "label": track.label, "states": states, "ends": ends, "rules": arrows })
}

fn measures(book: &Rulebook) -> Value {
    let line = |measure: &callup_law::rulebook::Measure| {
        let label = if measure.label.is_empty() { measure.name.replace('_', " ") } else { measure.label.clone() };
        json!({
            "name": measure.name, "label": label, "kind": measure.kind.word(),
            "starts": measure.starts.iter().map(|start| start.cite.to_string()).collect::<Vec<_>>(),
            "ends": measure.ends.iter().map(|end| end.cite.to_string()).collect::<Vec<_>>(),
            "ends_never": measure.ends_never.as_ref().map(ToString::to_string),
        })
    };
    book.measures.iter().map(line).collect()
}
