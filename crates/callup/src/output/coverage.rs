//! What a run has made use of in its laws: a table of articles, and a copy of each document with marks. Counts are of the run, at its scale.
//!
//! Times are counted as something happened, persons once each. This file computes nothing but sums; where a citation stands the laws say.

use super::table::{Table, Values};
use super::tables::{expanded, new_table};
use super::words::grouped;
use crate::input::laws::full_name;
use crate::prepare::Prepared;
use callup_law::rulebook::{Cite, Measure, Rulebook};
use callup_sim::Outcome;
use std::collections::BTreeMap;

/// Name of the table.
pub const FILE_NAME: &str = "coverage.parquet";

/// An article of a law, or one paragraph of it, and what a run has made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Place of the law in the scenario.
    pub law: usize,
    /// Article as its heading gives it.
    pub article: String,
    /// Paragraph; `None` for the article as a whole.
    pub paragraph: Option<String>,
    /// What stands there, in the words of the law.
    pub what: String,
    /// What the run has made of it; `None` where nothing stands that a run could apply.
    pub applied: Option<Applied>,
}

/// How often something was applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// How often it was the cause of something.
    pub times: u64,
    /// How many synthetic persons it concerned.
    pub persons: u64,
}

/// Citations of one law that belong together.
fn applied(prepared: &Prepared, outcome: &Outcome, law: usize, fits: &dyn Fn(&Cite) -> bool) -> Option<Applied> {
    let counts = outcome.exercised.get(law)?;
    let fitting = prepared.law_set.cites(law).iter().enumerate().filter(|(_, cite)| fits(cite));
    let places: Vec<usize> = fitting.map(|(place, _)| place).collect();
    if places.is_empty() {
        return None;
    }
    let times = places.iter().filter_map(|place| counts.get(*place)).sum();
    let of_all: Vec<usize> = places.iter().map(|place| prepared.law_set.citation(law, *place)).collect();
    Some(Applied { times, persons: outcome.covered.persons(&of_all) })
}

/// Every article of every law of the run, each followed by its paragraphs where it has several that a run can apply.
#[must_use]
pub fn lines(prepared: &Prepared, outcome: &Outcome) -> Vec<Line> {
    let mut lines = Vec::new();
    for (law, book) in prepared.books.iter().enumerate() {
        for article in &book.articles {
            let of_article = |cite: &Cite| cite.article == article.number;
            let mut paragraphs: Vec<&str> = prepared
                .law_set
                .cites(law)
                .iter()
                .filter(|cite| of_article(cite))
                .map(|cite| cite.paragraph.as_str())
                .collect();
            paragraphs.sort_unstable();
            paragraphs.dedup();
            let line = |paragraph: Option<&str>| {
                let fits = |cite: &Cite| of_article(cite) && paragraph.is_none_or(|wanted| cite.paragraph == wanted);
                Line {
                    law,
                    article: article.number.clone(),
                    paragraph: paragraph.map(str::to_owned),
                    what: what_stands(book, &fits),
                    applied: applied(prepared, outcome, law, &fits),
                }
            };
            lines.push(line(None));
            lines.extend(
                paragraphs.iter().filter(|paragraph| !paragraph.is_empty()).map(|paragraph| line(Some(paragraph))),
            );
        }
    }
    lines
}

/// Labels of the rules and measures that bear fitting citations.
pub fn what_stands(book: &Rulebook, fits: &dyn Fn(&Cite) -> bool) -> String {
    let plain = |label: &str, name: &str| if label.is_empty() { name.replace('_', " ") } else { label.to_owned() };
    let rules = book.rules.iter().filter(|rule| fits(&rule.cite)).map(|rule| plain(&rule.label, &rule.name));
    let touches = |measure: &&Measure| {
        measure.starts.iter().any(|start| fits(&start.cite)) || measure.ends.iter().any(|end| fits(&end.cite))
    };
    let measures = book.measures.iter().filter(touches).map(|measure| plain(&measure.label, &measure.name));
    let mut words: Vec<String> = rules.chain(measures).collect();
    words.dedup();
    words.join("; ")
}

/// Name, unit, definition and value of a count.
type Kind = (&'static str, &'static str, &'static str, fn(Applied) -> u64);

/// `coverage.parquet`: a row an article, and a row a paragraph.
#[must_use]
pub fn table(prepared: &Prepared, outcome: &Outcome) -> Table {
    let lines = lines(prepared, outcome);
    let mut out = new_table(prepared, "Articles of the laws: how often the run applied each, and to how many persons.");
    let laws = lines.iter().map(|line| full_name(&prepared.books[line.law])).collect();
    out.push("law", "id@date", "Law.", Values::Text(laws));
    let articles = lines.iter().map(|line| line.article.clone()).collect();
    out.push("article", "citation", "Article.", Values::Text(articles));
    let paragraphs = lines.iter().map(|line| line.paragraph.clone()).collect();
    out.push("paragraph", "citation", "Paragraph; none for the article as a whole.", Values::OptionalText(paragraphs));
    let whats = lines.iter().map(|line| line.what.clone()).collect();
    out.push("what", "words", "What stands there.", Values::Text(whats));
    let scale = prepared.scenario.scale;
    let kinds: [Kind; 2] = [
        (
            "times",
            "times",
            "How often it was the cause of something; none where nothing stands that a run applies.",
            |applied| applied.times,
        ),
        ("persons", "persons", "Distinct synthetic persons whom it concerned.", |applied| applied.persons),
    ];
    for (name, unit, definition, of) in kinds {
        let counts = || lines.iter().map(move |line| line.applied.map(of));
        out.push(name, unit, definition, Values::OptionalCounts(counts().collect()));
        if scale < 1.0 {
            let definition = format!("{definition} Divided by the scale of the run.");
            let larger = counts().map(|count| count.map(|count| expanded(count, scale))).collect();
            out.push(&format!("{name}_expanded"), unit, &definition, Values::OptionalCounts(larger));
        }
    }
    out
}

/// A copy of each law of the run with what the run made of every article and every line; the marks leave it the same law.
#[must_use]
pub fn marked_laws(prepared: &Prepared, outcome: &Outcome) -> Vec<(String, Vec<u8>)> {
    let marked = prepared.laws.iter().zip(&prepared.books).enumerate().map(|(law, (text, book))| {
        let name = format!("law-{}-{}.md", law + 1, full_name(book));
        (name, marked_law(prepared, outcome, law, &text.source.text).into_bytes())
    });
    marked.collect()
}

fn marked_law(prepared: &Prepared, outcome: &Outcome, law: usize, text: &str) -> String {
    let book = &prepared.books[law];
    let of_articles: BTreeMap<u32, String> = lines(prepared, outcome)
        .into_iter()
        .filter(|line| line.law == law && line.paragraph.is_none())
        .zip(&book.articles)
        .filter_map(|(line, article)| Some((article.line, article_mark(line.applied?, prepared.scenario.scale))))
        .collect();
    let cited: std::collections::BTreeSet<u32> = prepared.law_set.cites(law).iter().map(|cite| cite.line).collect();
    let mut out = String::with_capacity(text.len() * 2);
    for (number, line) in (1_u32..).zip(text.lines()) {
        out.push_str(line);
        if cited.contains(&number)
            && let Some(applied) = applied(prepared, outcome, law, &|cite| cite.line == number)
        {
            out += &format!("  # {}", in_words(applied));
        }
        out.push('\n');
        if let Some(mark) = of_articles.get(&number) {
            out += &format!("\n{mark}\n");
        }
    }
    out
}

fn article_mark(applied: Applied, scale: f64) -> String {
    let at = if scale < 1.0 { format!(", at scale {scale}") } else { String::new() };
    format!("*In this run{at}: {}.*", in_words(applied))
}

fn in_words(applied: Applied) -> String {
    let plural =
        |count: u64, one: &str, more: &str| format!("{} {}", grouped(count), if count == 1 { one } else { more });
    if applied.times == 0 {
        return "never applied".to_owned();
    }
    let (times, persons) = (plural(applied.times, "time", "times"), plural(applied.persons, "person", "persons"));
    format!("applied {times}, to {persons}")
}

/// How many of the articles that a run can apply this one did, and the others by name: a line for each law, for the terminal.
#[must_use]
pub fn summary(prepared: &Prepared, outcome: &Outcome) -> Vec<Summary> {
    let all = lines(prepared, outcome);
    let of_law = |law: usize| {
        let own = all.iter().filter(|line| line.law == law && line.paragraph.is_none());
        let applicable: Vec<&Line> = own.filter(|line| line.applied.is_some()).collect();
        let never = applicable.iter().filter(|line| line.applied.is_some_and(|applied| applied.times == 0));
        Summary {
            law: full_name(&prepared.books[law]),
            articles: applicable.len() as u64,
            never: never.map(|line| line.article.clone()).collect(),
        }
    };
    (0..prepared.books.len()).map(of_law).collect()
}

/// What a run has made of one law, in short.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// Law as `id@date`.
    pub law: String,
    /// Articles with something that a run can apply.
    pub articles: u64,
    /// Those of them that this run never applied.
    pub never: Vec<String>,
}

impl std::fmt::Display for Summary {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let applied = self.articles.saturating_sub(self.never.len() as u64);
        write!(out, "{}: {applied} of {} articles applied", self.law, self.articles)?;
        if self.never.is_empty() { Ok(()) } else { write!(out, "; never {}", self.never.join(", ")) }
    }
}
