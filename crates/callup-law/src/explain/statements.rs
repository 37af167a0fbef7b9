//! What the law says without a day: duties whose period has not begun, powers, gaps of the articles that the case touches; and their words.
//!
//! Only the laws that govern a matter of the case are read.

use crate::explain::language::{Words, say};
use crate::explain::{Case, Line, LineKind, Modality, Quotation, Statement, StatementKind};
use crate::rulebook::{Cite, Duty, Rulebook};
use std::collections::BTreeSet;

/// Duties, then powers, then gaps.
pub(crate) fn statements(case: &Case<'_>, timeline: &[Line]) -> Vec<Statement> {
    let (mut statements, words) = (Vec::new(), case.words);
    for law in governing(case) {
        let book = case.book(law);
        statements.extend(
            book.duties.iter().filter(|duty| !is_dated(duty, timeline)).map(|duty| duty_statement(words, book, duty)),
        );
        statements.extend(book.powers.iter().map(|power| {
            let text = say!(words, "power", who = words.name(book, &power.who), what = power.what.as_str());
            Statement { kind: StatementKind::Power, text, cite: power.cite.clone(), modality: Modality::May }
        }));
        let touched = articles(timeline);
        let gaps =
            book.gaps.iter().filter(|gap| touched.contains(&(gap.cite.file.as_str(), gap.cite.article.as_str())));
        statements.extend(gaps.map(|gap| {
            let text = say!(words, "gap", what = gap.what.as_str(), because = gap.because.as_str());
            Statement { kind: StatementKind::Gap, text, cite: gap.cite.clone(), modality: Modality::Fixed }
        }));
    }
    statements.sort_by_key(|statement| statement.kind);
    // Two laws may say the same under the same number.
    let mut once: Vec<Statement> = Vec::new();
    for statement in statements {
        let same = |other: &Statement| {
            other.text == statement.text && words.basis(&other.cite) == words.basis(&statement.cite)
        };
        if !once.iter().any(same) {
            once.push(statement);
        }
    }
    once
}

fn governing(case: &Case<'_>) -> BTreeSet<usize> {
    case.forks.iter().flat_map(|fork| fork.history.laws.iter().flatten().copied()).collect()
}

fn is_dated(duty: &Duty, timeline: &[Line]) -> bool {
    timeline.iter().any(|line| line.kind == LineKind::Duty && line.cite.contains(&duty.cite))
}

fn duty_statement(words: Words, book: &Rulebook, duty: &Duty) -> Statement {
    let breach = duty.breach.as_ref().map_or_else(String::new, |what| say!(words, "duty-breach", what = what));
    let (who, what) = (words.name(book, &duty.who), duty.what.as_str());
    let text = match &duty.within {
        None => say!(words, "duty-open", who = who, what = what, breach = breach),
        Some(limit) => {
            let (length, anchor) = (words.length_of(limit.period), words.anchor(book, limit.of));
            say!(words, "duty-within", who = who, what = what, length = length, anchor = anchor, breach = breach)
        }
    };
    Statement { kind: StatementKind::Duty, text, cite: duty.cite.clone(), modality: Modality::Fixed }
}

/// (file, article) of everything that the timeline cites.
fn articles(timeline: &[Line]) -> BTreeSet<(&str, &str)> {
    cites(timeline).map(|cite| (cite.file.as_str(), cite.article.as_str())).collect()
}

fn cites(timeline: &[Line]) -> impl Iterator<Item = &Cite> {
    timeline.iter().flat_map(|line| line.cite.iter().chain(line.counting.iter().flat_map(|counting| &counting.cite)))
}

/// The words of every article that the timeline cites, in the order of the laws.
pub(crate) fn quotations(case: &Case<'_>, timeline: &[Line]) -> Vec<Quotation> {
    let touched = articles(timeline);
    let mut quotations = Vec::new();
    for book in case.laws.books() {
        let Some(file) = book.matters.first().map(|matter| matter.cite.file.as_str()) else { continue };
        let cited = book.articles.iter().filter(|article| touched.contains(&(file, article.number.as_str())));
        quotations.extend(cited.map(|article| Quotation {
            law: book.id.clone(),
            file: file.to_string(),
            article: article.number.clone(),
            heading: article.heading.clone(),
            quotes: article.quotes.clone(),
            source: article.source.clone(),
            confidence: article.confidence.clone(),
        }));
    }
    quotations
}
