//! The checks of a document with errors: what was found of the statements that are in order, as far as the others cannot matter.
//!
//! What asks that something is missing (a rule, a lifting, a remedy) is not said where a statement with an error could be it. So
//! one slip does not hide another, and brings no finding besides its own.

use super::Finding;
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::document::{Document, Place};
use crate::rulebook::{Cite, Rulebook};
use std::collections::BTreeSet;

/// With more errors than this the rest of a document says nothing worth reading.
const ERRORS_MAX: usize = 100;

/// Errors that leave a statement as it was meant: its citation or the counting of its periods is what is wrong.
const HARMLESS: &[&str] = &["E006", "E010", "E011", "E050", "E051", "E052", "E053"];

/// What the errors of a document may have taken from it.
#[derive(Debug, Default)]
pub(crate) struct Damage {
    /// First and last lines of the statements that were not understood.
    lines: Vec<(u32, u32)>,
    /// All words of these statements.
    words: BTreeSet<String>,
    /// Articles with a statement that has any error.
    articles: BTreeSet<String>,
    /// Articles with a waiver that was not understood.
    waivers: BTreeSet<String>,
    /// The words of each rule that was not understood.
    rules: Vec<BTreeSet<String>>,
    /// Something that any matter may need was not understood.
    any_matter: bool,
    /// A remedy, or the word that there is none, was not understood.
    remedies: bool,
    /// A period does not say when its effect comes.
    moments: bool,
    /// The counting of a unit is not said, and no paragraph can be blamed for it.
    counting: bool,
    /// There are too many errors to look further.
    pub hopeless: bool,
}

impl Damage {
    /// What the errors of a document touch; `passed_over` are names whose declaration could not be read.
    pub(crate) fn of(document: &Document, findings: &[Diagnostic], passed_over: &[Span]) -> Damage {
        let mut damage = Damage::default();
        let errors: Vec<&Diagnostic> = findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
        damage.counting = errors.iter().any(|finding| matches!(finding.code, "E052" | "E053"));
        if errors.len() > ERRORS_MAX {
            return Damage { hopeless: true, ..damage };
        }
        for place in &document.places {
            let inside =
                |span: Span| place.span.start <= span.start && span.start < place.end.max(place.span.start + 1);
            let own: Vec<&&Diagnostic> = errors.iter().filter(|finding| inside(finding.span)).collect();
            let grave = own.iter().any(|finding| !HARMLESS.contains(&finding.code));
            damage.moments |= own.iter().any(|finding| finding.code == "E050");
            let article = place.article.and_then(|index| document.articles.get(index));
            let touched = grave || passed_over.iter().any(|span| inside(*span));
            if touched || !own.is_empty() {
                damage.articles.extend(article.map(|article| article.number.clone()));
            }
            if touched {
                damage.add(document, place, article.map(|article| article.number.as_str()));
            }
        }
        damage
    }

    fn add(&mut self, document: &Document, place: &Place, article: Option<&str>) {
        let span = Span { end: place.end.max(place.span.end), ..place.span };
        let separates = |letter: char| !(letter.is_alphanumeric() || letter == '_');
        let words: BTreeSet<String> =
            document.words(span).split(separates).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let line = |byte: u32| document.lines.position(&document.text, byte).0;
        self.lines.push((line(span.start), line(span.end)));
        match document.words(place.span).split(separates).next().unwrap_or_default() {
            "rule" => self.rules.push(words.clone()),
            "remedy" | "no" => self.remedies = true,
            "allow" => self.waivers.extend(article.map(str::to_owned)),
            "measure" | "case" | "gap" | "duty" | "power" | "law" | "in" | "replaces" | "periods" => {}
            "param" | "switch" | "condition" => {}
            _ => (self.any_matter, self.remedies) = (true, true),
        }
        self.words.extend(words);
    }

    /// Takes out of the rulebook what the errors may have changed, so that the checks see only what was meant.
    pub(crate) fn cut(&self, book: &mut Rulebook) {
        book.rules.retain(|rule| !self.holds(&rule.cite));
    }

    /// Whether the document says how its periods are counted and when their effect comes.
    pub(crate) fn says_days(&self) -> bool {
        !self.moments && !self.counting
    }

    fn holds(&self, cite: &Cite) -> bool {
        self.lines.iter().any(|(first, last)| (*first..=*last).contains(&cite.line))
    }

    /// The findings that stand whatever the statements with errors were meant to say.
    pub(crate) fn keep(&self, book: &Rulebook, mut findings: Vec<Finding>) -> Vec<Finding> {
        findings.retain(|finding| self.stands(book, finding));
        findings
    }

    fn stands(&self, book: &Rulebook, finding: &Finding) -> bool {
        let article = &finding.cite.article;
        let waived = self.waivers.contains(article) && !finding.code.starts_with('E');
        if self.holds(&finding.cite) || waived {
            return false;
        }
        let matter_is_whole = || !self.any_matter && !self.is_broken(book, matter_of(book, &finding.cite));
        match finding.code {
            "W003" => declared(book, &finding.cite).is_some_and(|name| !self.words.contains(name)),
            "W012" => !self.counting && !self.articles.contains(article),
            "W014" | "W060" => !self.articles.contains(article),
            "E020" | "E021" | "E031" | "W022" | "W032" | "W035" | "W036" | "W041" => matter_is_whole(),
            "E054" | "E055" | "E057" | "W058" => !self.moments && matter_is_whole(),
            "W059" => !self.moments && !self.remedies && matter_is_whole(),
            "W070" | "W073" => !self.remedies && !self.articles.contains(article),
            "E098" | "E099" => false,
            _ => true,
        }
    }

    /// Whether a rule that was not understood may belong to this matter; to any, where none is known.
    fn is_broken(&self, book: &Rulebook, matter: Option<usize>) -> bool {
        let speaks_of = |words: &BTreeSet<String>, of: Option<usize>| {
            let tracks = book.tracks.iter().filter(|track| of.is_none_or(|of| track.matter == of));
            tracks.into_iter().any(|track| words.contains(&track.name))
        };
        self.rules.iter().any(|words| matter.is_none() || speaks_of(words, matter) || !speaks_of(words, None))
    }
}

/// The matter that a finding is about.
fn matter_of(book: &Rulebook, cite: &Cite) -> Option<usize> {
    let rules = book.rules.iter().map(|rule| (&rule.cite, rule.track));
    let starts = book.measures.iter().filter_map(|measure| Some((&measure.cite, measure.starts.first()?.track)));
    let ends = book.measures.iter().flat_map(|measure| {
        let track = measure.starts.first().map(|start| start.track);
        measure.ends.iter().filter_map(move |end| Some((&end.cite, track?)))
    });
    let tracks = book.tracks.iter().enumerate().map(|(index, track)| (&track.cite, index));
    let found = rules.chain(starts).chain(ends).chain(tracks).find(|(known, _)| *known == cite);
    found.and_then(|(_, track)| book.tracks.get(track)).map(|track| track.matter)
}

/// The name of the fact, parameter, switch or condition that is declared here.
fn declared<'b>(book: &'b Rulebook, cite: &Cite) -> Option<&'b String> {
    let facts = book.facts.iter().map(|fact| (&fact.cite, &fact.name));
    let parameters = book.parameters.iter().map(|parameter| (&parameter.cite, &parameter.name));
    let switches = book.switches.iter().map(|switch| (&switch.cite, &switch.name));
    let conditions = book.conditions.iter().map(|condition| (&condition.cite, &condition.name));
    let mut all = facts.chain(parameters).chain(switches).chain(conditions);
    all.find(|(known, _)| *known == cite).map(|(_, name)| name)
}
