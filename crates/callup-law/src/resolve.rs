//! [`Document`] to [`Rulebook`]: names become indices, dates are held against each other, citations against the text.
//!
//! Two passes, so that a name may be used above its declaration: first what declares, then what uses. What cannot be resolved is
//! left out and reported; the caller does not use a rulebook whose document has an error. This module knows no text format.

mod cases;
mod chains;
mod declare;
mod define;
mod guards;
mod names;
mod remedies;

use crate::calendar::Day;
use crate::diagnostic::{Diagnostic, Span};
use crate::document::{Body, Document, Name, Statement, WrittenPeriod};
use crate::holidays::Holidays;
use crate::parse::{MAX_COUNT, forms};
use crate::rulebook::{
    Article, Cite, Counting, FORMAT_VERSION, Pending, Period, Quote, Replaces, Rulebook, Start, Translation, Unit,
};
use names::Names;
use std::collections::BTreeSet;

/// What came of resolving a document.
pub struct Resolved {
    /// Whole if there is no error among the findings; else without what could not be resolved.
    pub book: Rulebook,
    /// The findings of resolving only.
    pub findings: Vec<Diagnostic>,
    /// Names without a finding of their own: an unreadable statement may declare them.
    pub passed_over: Vec<Span>,
}

/// Resolves a document.
#[must_use]
pub fn resolve(document: &Document, holidays: &[Holidays]) -> Resolved {
    let mut resolver = Resolver::new(document, holidays);
    resolver.head();
    resolver.declare();
    resolver.define();
    resolver.articles();
    resolver.counting();
    Resolved { book: resolver.book, findings: resolver.findings, passed_over: resolver.passed_over }
}

struct Resolver<'d> {
    document: &'d Document,
    holidays: &'d [Holidays],
    book: Rulebook,
    names: Names,
    /// Words of the statements that could not be read.
    broken: BTreeSet<&'d str>,
    findings: Vec<Diagnostic>,
    passed_over: Vec<Span>,
    /// Whether the document says when it is in force.
    is_in_force_known: bool,
    /// First use of hours, of days, of months or years, and of working days.
    used: [Option<Span>; 4],
}

impl<'d> Resolver<'d> {
    fn new(document: &'d Document, holidays: &'d [Holidays]) -> Resolver<'d> {
        let book = Rulebook {
            format_version: FORMAT_VERSION,
            id: String::new(),
            title: String::new(),
            in_force_from: Day(0),
            in_force_until: None,
            replaces: None,
            articles: Vec::new(),
            counting: Counting::default(),
            parameters: Vec::new(),
            switches: Vec::new(),
            conditions: Vec::new(),
            windows: Vec::new(),
            matters: Vec::new(),
            tracks: Vec::new(),
            facts: Vec::new(),
            notices: Vec::new(),
            combined: Vec::new(),
            rules: Vec::new(),
            measures: Vec::new(),
            remedies: Vec::new(),
            tollings: Vec::new(),
            no_remedies: Vec::new(),
            duties: Vec::new(),
            powers: Vec::new(),
            gaps: Vec::new(),
            waivers: Vec::new(),
            cases: Vec::new(),
            translations: Vec::new(),
        };
        let separate = |letter: char| !(letter.is_alphanumeric() || letter == '_');
        let broken = document.broken.iter().flat_map(|span| document.words(*span).split(separate)).collect();
        Resolver {
            document,
            holidays,
            book,
            names: Names::default(),
            broken,
            findings: Vec::new(),
            passed_over: Vec::new(),
            is_in_force_known: false,
            used: [None; 4],
        }
    }

    fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.findings.push(Diagnostic::new(code, span, message));
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    fn span(&self, statement: &Statement) -> Span {
        self.document.places[statement.place].span
    }

    fn start(&self) -> Span {
        let empty = Span { source: self.document.source, start: 0, end: 0 };
        self.document.title.as_ref().map_or(empty, |title| title.span)
    }

    /// A citation to the statement's own paragraph (or to `paragraph`, for a clause that has its own), at `at`. If `demanded` names
    /// what is cited for, a missing paragraph is E010; a paragraph that the article does not contain is E011.
    fn cite(&mut self, statement: &Statement, own: Option<&Name>, at: Span, demanded: Option<&str>) -> Cite {
        let document = self.document;
        let place = &document.places[statement.place];
        let paragraph = own.or(place.paragraph.as_ref().filter(|_| demanded.is_none() || at == place.span));
        let article = place.article.and_then(|index| document.articles.get(index));
        if let Some(article) = article {
            let known = article.paragraphs.as_slice();
            match (paragraph, demanded) {
                (Some(name), Some(_)) if !article.has_paragraph(&name.text) => {
                    self.no_such_paragraph(name, &article.number, known)
                }
                (None, Some(what)) if !known.is_empty() => self.no_citation(at, what, &article.number, known),
                _ => {}
            }
        }
        let (line, column) = document.lines.position(&document.text, at.start);
        Cite {
            article: article.map(|article| article.number.clone()).unwrap_or_default(),
            paragraph: paragraph.map(|name| name.text.clone()).unwrap_or_default(),
            file: document.name.clone(),
            line,
            column,
        }
    }

    fn no_such_paragraph(&mut self, name: &Name, article: &str, known: &[String]) {
        let help = match known {
            [] => format!(
                "the quotation under {article} marks no paragraphs: mark them in it as `(1)`, or leave the citation to the article"
            ),
            known => format!("its quotation has {}", marks(known)),
        };
        self.error("E011", name.span, format!("{article} has no paragraph ({})", name.text)).help.push(help);
    }

    fn no_citation(&mut self, at: Span, what: &str, article: &str, known: &[String]) {
        let help = format!("say on which paragraph of {article} it stands: {}", marks(known));
        self.error("E010", at, format!("{what} cites no paragraph")).help.push(help);
    }

    /// `law`, `in force`, `replaces`: exactly one, exactly one, at most one.
    fn head(&mut self) {
        let document = self.document;
        let mut seen = [0_usize; 3];
        for statement in &document.statements {
            let (kind, word) = match &statement.body {
                Body::Law { id, title } => {
                    (self.book.id, self.book.title) = (id.text.clone(), title.clone());
                    (0, "law")
                }
                Body::InForce { from, until } => {
                    (self.book.in_force_from, self.book.in_force_until) = (*from, *until);
                    self.is_in_force_known = true;
                    if until.is_some_and(|until| until < *from) {
                        self.error("E044", self.span(statement), "the law ends before it begins");
                    }
                    (1, "in force")
                }
                Body::Replaces { .. } => (2, "replaces"),
                _ => continue,
            };
            seen[kind] += 1;
            if seen[kind] == 2 {
                self.error("E002", self.span(statement), format!("a document has one `{word}` statement"));
            }
        }
        for (kind, word) in [(0, "law"), (1, "in")] {
            if seen[kind] == 0 && !self.is_broken(word) {
                let form = forms::of(word).unwrap_or_default();
                let words = if kind == 0 { "law" } else { "in force" };
                self.error("E007", self.start(), format!("the document has no `{words}` statement"))
                    .help
                    .push(format!("add `{form}` in a law block"));
            }
        }
    }

    fn replaces(&mut self, statement: &Statement, id: &Name, from: Day, pending: &Name) {
        let options = ["old".to_owned(), "new".to_owned()];
        let pending = match pending.text.as_str() {
            "old" => Some(Pending::Old),
            "new" => Some(Pending::New),
            _ => self.switch(pending).map(Pending::Switch),
        };
        let Some(pending_as) = pending else { return };
        if let Pending::Switch(index) = pending_as
            && !self.book.switches[index].options.iter().all(|option| options.contains(option))
        {
            let help = "a switch for pending matters has the options `old | new`";
            self.error("E001", self.span(statement), format!("`{}` has other options", self.book.switches[index].name))
                .help
                .push(help.to_owned());
        }
        let cite = self.cite(statement, None, self.span(statement), None);
        self.book.replaces = Some(Replaces { id: id.text.clone(), from, pending: pending_as, cite });
    }

    /// Articles with their words. One that holds statements needs a source, its own or the document's.
    fn articles(&mut self) {
        let document = self.document;
        for (index, written) in document.articles.iter().enumerate() {
            let attribution = written.attribution.as_ref().or(document.attribution.as_ref());
            let holds_rules = document.places.iter().any(|place| place.article == Some(index));
            if attribution.is_none() && holds_rules && !self.is_broken("source") {
                let help = "under its heading, or under the title for the whole document: `source \"…\" confidence L`";
                self.error("E010", written.heading.span, format!("{} has no source", written.number))
                    .help
                    .push(help.to_owned());
            }
            let quote =
                |quote: &crate::document::QuoteText| Quote { text: quote.text.clone(), paraphrase: quote.paraphrase };
            let (line, _) = document.lines.position(&document.text, written.heading.span.start);
            self.book.articles.push(Article {
                number: written.number.clone(),
                heading: written.heading_text(),
                quotes: written.quotes.iter().map(quote).collect(),
                source: attribution.map(|given| given.source.clone()).unwrap_or_default(),
                confidence: attribution.map(|given| given.confidence.clone()).unwrap_or_default(),
                line,
            });
        }
        let translation = |given: &crate::document::WrittenTranslation| Translation {
            label: given.label.clone(),
            language: given.language.clone(),
            text: given.text.clone(),
        };
        self.book.translations = document.translations.iter().map(translation).collect();
    }

    /// A period that is used, with the number of its parameter if that is what it says. E005 where the parameter has no length.
    fn period(&mut self, written: &WrittenPeriod) -> Option<Period> {
        let Some(name) = &written.parameter else {
            self.uses(written.period, written.span);
            return Some(written.period);
        };
        let index = self.parameter(name)?;
        let values: Vec<i32> = self.book.parameters[index].values.iter().map(|value| value.value).collect();
        let least = i32::from(written.period.unit != Unit::Days);
        if let Some(value) = values.iter().find(|value| !(least..=MAX_COUNT).contains(*value)) {
            let help = format!("a length lies between {least} and {MAX_COUNT}");
            self.error("E005", name.span, format!("`{}` can be {value}", name.text)).help.push(help);
            return None;
        }
        let begins = self.book.parameters[index].on(self.book.in_force_from).or(values.first().copied())?;
        let period = Period { count: u16::try_from(begins).ok()?, parameter: Some(index), ..written.period };
        self.uses(period, written.span);
        Some(period)
    }

    /// Notes that a period is used. One of no days ends on the day of its anchor, which only `start next-day` can say.
    fn uses(&mut self, period: Period, span: Span) {
        let same_day = self.book.counting.days.as_ref().is_some_and(|days| days.start == Start::SameDay);
        if period.unit == Unit::Days && period.count == 0 && same_day {
            let help = "with `start same-day` the day of the event is day one: write `1 day`";
            self.error("E005", span, "a period of no days would end before it begins").help.push(help.to_owned());
        }
        let slot = match period.unit {
            Unit::Hours => 0,
            Unit::Days => 1,
            Unit::Months | Unit::Years => 2,
            Unit::WorkingDays => 3,
        };
        self.used[slot].get_or_insert(span);
    }

    /// E052, E053: a unit is used and the law does not say how it is counted. Reported once a unit, at its first use.
    fn counting(&mut self) {
        if self.is_broken("periods") {
            return;
        }
        let counting = &self.book.counting;
        let said = [
            counting.hours.is_some(),
            counting.days.is_some(),
            counting.months.is_some(),
            counting.working_days.is_some(),
        ];
        let units = [
            ("E052", "hours", forms::PERIODS_IN_HOURS),
            ("E053", "days", forms::of("periods").unwrap_or_default()),
            ("E053", "months", forms::PERIODS_IN_MONTHS),
            ("E053", "working days", forms::PERIODS_IN_WORKING_DAYS),
        ];
        for ((used, said), (code, unit, form)) in self.used.into_iter().zip(said).zip(units) {
            if let (Some(span), false) = (used, said) {
                self.error(code, span, format!("the law does not say how a period in {unit} is counted"))
                    .help
                    .push(format!("add `{form}`"));
            }
        }
    }

    /// Whether an unreadable statement begins with, or holds, this word.
    fn is_broken(&self, word: &str) -> bool {
        self.broken.contains(word)
    }

    /// Whether findings already fill the screen; then suggestions are no longer worth their time.
    fn is_crowded(&self) -> bool {
        self.findings.len() > 300
    }
}

/// `(1), (2)`, at most twenty of them.
fn marks(known: &[String]) -> String {
    let shown: Vec<String> = known.iter().take(20).map(|mark| format!("({mark})")).collect();
    let more = if known.len() > shown.len() { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}
