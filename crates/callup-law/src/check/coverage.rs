//! Which paragraphs of the quoted law have a statement or a gap of their own (W012), and the share for a report.
//!
//! This file knows quotations and citations and nothing of what a rule does.

use super::Finding;
use crate::rulebook::{Article, Cite, Rulebook};
use std::collections::{BTreeMap, BTreeSet};

/// How much of one article is modelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// For example `Article 9`.
    pub article: String,
    /// Paragraphs of the quotation, in order; one empty name for an article without paragraph marks.
    pub paragraphs: Vec<String>,
    /// Those with neither a statement nor a gap.
    pub missing: Vec<String>,
    /// Those that only a gap speaks of.
    pub gaps: Vec<String>,
}

impl std::fmt::Display for Coverage {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let modelled = self.paragraphs.len() - self.missing.len() - self.gaps.len();
        write!(out, "{}: {modelled} of {} paragraphs modelled", self.article, self.paragraphs.len())
    }
}

/// The paragraphs that an article's quotations and paraphrases are divided into, with their words.
///
/// A mark is `(2)` or `(1.1)` at the beginning of a quotation or after the end of a sentence, so that `fourteen (14) days` is none.
/// Words before the first mark belong to the paragraph named by the empty string.
#[must_use]
pub fn paragraphs(article: &Article) -> Vec<(String, String)> {
    let mut parts = Parts::default();
    for quote in &article.quotes {
        let mut current = String::new();
        let mut words = String::new();
        let mut rest = quote.text.as_str();
        while let Some(character) = rest.chars().next() {
            if let Some(mark) = mark(rest).filter(|_| sentence_begins(&words)) {
                parts.keep(&current, &words);
                (current, words) = (mark.to_owned(), String::new());
                rest = &rest[mark.len() + 2..];
            } else {
                words.push(character);
                rest = &rest[character.len_utf8()..];
            }
        }
        parts.keep(&current, &words);
    }
    parts.parts
}

/// Paragraphs with their words, in order, and where each name stands.
#[derive(Default)]
struct Parts {
    parts: Vec<(String, String)>,
    places: BTreeMap<String, usize>,
}

impl Parts {
    fn keep(&mut self, name: &str, words: &str) {
        let words = words.trim();
        match self.places.get(name) {
            Some(place) => {
                let known = &mut self.parts[*place].1;
                known.push(' ');
                known.push_str(words);
            }
            None if !name.is_empty() || !words.is_empty() => {
                self.places.insert(name.to_owned(), self.parts.len());
                self.parts.push((name.to_owned(), words.to_owned()));
            }
            None => {}
        }
    }
}

/// Longest mark of a paragraph with its brackets, in bytes.
const MARK_MAX: usize = 16;

/// The name between the brackets with which `text` begins, if it is that of a paragraph.
fn mark(text: &str) -> Option<&str> {
    let close = text.bytes().take(MARK_MAX).position(|byte| byte == b')')?;
    let name = text.get(..close)?.strip_prefix('(')?;
    let fits = name.starts_with(|first: char| first.is_ascii_digit())
        && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '.');
    fits.then_some(name)
}

fn sentence_begins(before: &str) -> bool {
    before.trim_end().chars().next_back().is_none_or(|last| ".;:!?…»”\"".contains(last))
}

/// What each quoted article has, in document order. An article without quotation is left out: there is nothing to cover.
#[must_use]
pub fn coverage(book: &Rulebook) -> Vec<Coverage> {
    let statements: BTreeSet<(&str, &str)> = statements(book).map(key).collect();
    let gaps: BTreeSet<(&str, &str)> = book.gaps.iter().map(|gap| key(&gap.cite)).collect();
    let quoted = book.articles.iter().filter(|article| !article.quotes.is_empty());
    quoted.map(|article| cover(article, &statements, &gaps)).collect()
}

fn cover(article: &Article, statements: &BTreeSet<(&str, &str)>, gaps: &BTreeSet<(&str, &str)>) -> Coverage {
    let mut names: Vec<String> = paragraphs(article).into_iter().map(|(name, _)| name).collect();
    if names.iter().any(|name| !name.is_empty()) {
        // Words before the first mark are a heading or an opening phrase of the paragraphs below.
        names.retain(|name| !name.is_empty());
    }
    let number = article.number.as_str();
    let has = |of: &BTreeSet<(&str, &str)>, name: &str| {
        // In an article without marks any statement of the article speaks of its one text.
        of.contains(&(number, name)) || (name.is_empty() && of.iter().any(|(article, _)| *article == number))
    };
    let silent = |name: &&String| !has(statements, name);
    let whole_gap = gaps.contains(&(number, ""));
    let in_gap = |name: &&String| has(gaps, name) || whole_gap;
    Coverage {
        article: article.number.clone(),
        missing: names.iter().filter(silent).filter(|name| !in_gap(name)).cloned().collect(),
        gaps: names.iter().filter(silent).filter(in_gap).cloned().collect(),
        paragraphs: names,
    }
}

fn key(cite: &Cite) -> (&str, &str) {
    (&cite.article, &cite.paragraph)
}

/// The citations of all statements other than gaps, waivers and cases.
pub(crate) fn statements(book: &Rulebook) -> impl Iterator<Item = &Cite> {
    let counting = [
        book.counting.days.as_ref().map(|days| &days.cite),
        book.counting.months.as_ref().map(|months| &months.cite),
        book.counting.hours.as_ref().map(|hours| &hours.cite),
        book.counting.working_days.as_ref().map(|working_days| &working_days.cite),
        book.replaces.as_ref().map(|replaces| &replaces.cite),
    ];
    let measures = book.measures.iter().flat_map(|measure| {
        let starts = measure.starts.iter().map(|start| &start.cite);
        let ends = measure.ends.iter().map(|end| &end.cite);
        starts.chain(ends).chain(&measure.ends_never).chain([&measure.cite])
    });
    let remedies = book.remedies.iter().flat_map(|remedy| {
        let limits = [&remedy.file_within, &remedy.decide_within].into_iter().flatten().map(|limit| &limit.cite);
        limits.chain([&remedy.cite])
    });
    let declarations = book.parameters.iter().map(|parameter| &parameter.cite);
    let declarations = declarations.chain(book.switches.iter().map(|switch| &switch.cite));
    let declarations = declarations.chain(book.conditions.iter().map(|condition| &condition.cite));
    let declarations = declarations.chain(book.counting.calendars.iter().map(|calendar| &calendar.cite));
    let declarations = declarations.chain(book.windows.iter().map(|window| &window.cite));
    let office = book.duties.iter().map(|duty| &duty.cite).chain(book.powers.iter().map(|power| &power.cite));
    let rules = book.rules.iter().map(|rule| &rule.cite).chain(book.notices.iter().map(|bound| &bound.cite));
    let silence = book.no_remedies.iter().map(|silence| &silence.cite);
    counting
        .into_iter()
        .flatten()
        .chain(declarations)
        .chain(rules)
        .chain(measures)
        .chain(remedies)
        .chain(office)
        .chain(silence)
}

pub(crate) fn check(book: &Rulebook, findings: &mut Vec<Finding>) {
    for (article, coverage) in book.articles.iter().filter(|article| !article.quotes.is_empty()).zip(coverage(book)) {
        let summary = coverage.to_string();
        for paragraph in &coverage.missing {
            let file = super::file(book);
            let cite = Cite {
                article: article.number.clone(),
                paragraph: paragraph.clone(),
                file,
                line: article.line,
                column: 1,
            };
            let message = match paragraph.as_str() {
                "" => format!("{} is quoted but has neither a rule nor a gap", article.number),
                name => format!("paragraph ({name}) is quoted but has neither a rule nor a gap"),
            };
            let help = match paragraph.as_str() {
                "" => "give it a rule, or say what is left out: `gap \"…\" because \"…\"`".to_owned(),
                name => format!("give it a rule, or say what is left out: `gap ({name}) \"…\" because \"…\"`"),
            };
            findings.push(Finding::new("W012", &cite, message).help(help).help(summary.clone()));
        }
    }
}
