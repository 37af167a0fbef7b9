//! A law as written: headings, quotations, sources and statements, each with its place in the text. Nothing is resolved yet.
//!
//! Names are words with spans; values that do not depend on other statements (days, units, comparisons) are already read.
//! This file knows no text format (`parse.rs` does) and no meaning of names (`resolve.rs` does).

use crate::calendar::{Day, Weekday};
use crate::diagnostic::{Lines, Span};
use crate::rulebook::{
    AlreadyOver, Cite, Compare, Moment, MonthEnd, Otherwise, Period, Pick, Picture, Start, YearRange,
};
use std::collections::BTreeSet;

/// A word of the document and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The word.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// One law text, read.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Name of the source text.
    pub name: String,
    /// Index of the source text.
    pub source: u16,
    /// The text itself.
    pub text: String,
    /// The `#` heading.
    pub title: Option<Name>,
    /// Source and confidence that stand under the title, for articles without their own.
    pub attribution: Option<Attribution>,
    /// Articles in order.
    pub articles: Vec<ArticleText>,
    /// Statements in order; those that could not be read are missing.
    pub statements: Vec<Statement>,
    /// Where every statement stands, also the unreadable ones, in order.
    pub places: Vec<Place>,
    /// Statements and clauses that could not be read: names in them may be meant as declared.
    pub broken: Vec<Span>,
    /// Labels in other languages.
    pub translations: Vec<WrittenTranslation>,
    /// Line starts of `text`.
    pub lines: Lines,
}

/// `source "…" confidence …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The source.
    pub source: String,
    /// Confidence: L, R, R2, G, U or fictional.
    pub confidence: String,
    /// Where.
    pub span: Span,
}

/// An article: its heading and its official words.
#[derive(Clone, Debug)]
pub struct ArticleText {
    /// For example `Article 6`.
    pub number: String,
    /// The whole heading, with its place.
    pub heading: Name,
    /// Quotations, in order.
    pub quotes: Vec<QuoteText>,
    /// The paragraph marks in its quotations, each once, in order: `1`, `2`, `2a`.
    pub paragraphs: Vec<String>,
    known: BTreeSet<String>,
    /// Its own source, if given.
    pub attribution: Option<Attribution>,
}

impl ArticleText {
    /// An article without words.
    #[must_use]
    pub fn new(number: String, heading: Name) -> ArticleText {
        ArticleText {
            number,
            heading,
            quotes: Vec::new(),
            paragraphs: Vec::new(),
            known: BTreeSet::new(),
            attribution: None,
        }
    }

    /// The whole heading, as a rulebook has it.
    #[must_use]
    pub fn heading_text(&self) -> String {
        self.heading.text.clone()
    }

    /// Adds a quotation and the paragraphs it marks.
    pub fn quote(&mut self, quote: QuoteText) {
        for mark in paragraph_marks(&quote.text) {
            if self.known.insert(mark.clone()) {
                self.paragraphs.push(mark);
            }
        }
        self.quotes.push(quote);
    }

    /// Whether its quotations mark this paragraph.
    #[must_use]
    pub fn has_paragraph(&self, paragraph: &str) -> bool {
        self.known.contains(paragraph)
    }
}

/// A quotation with its place.
#[derive(Clone, Debug)]
pub struct QuoteText {
    /// The words, lines joined by one space.
    pub text: String,
    /// Whether they are ours.
    pub paraphrase: bool,
    /// Where.
    pub span: Span,
}

/// Marks such as `(1)`, `(1.1)`, `(2a)`, `(a)`: at most three digits, so that a year in brackets is no mark.
fn paragraph_marks(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split('(')
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(inside, _)| inside)
        .filter(|inside| is_mark(inside))
        .map(str::to_owned)
}

fn is_mark(inside: &str) -> bool {
    let mut letters = inside.chars();
    let digits = inside.chars().take_while(char::is_ascii_digit).count();
    let known = inside.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-'));
    known
        && match letters.next() {
            Some(first) if first.is_ascii_digit() => digits <= 3 && inside.chars().count() <= 8,
            Some(first) => first.is_alphabetic() && letters.next().is_none(),
            None => false,
        }
}

/// Where a statement stands.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its first line (from its first word to the last before a colon or the end).
    pub span: Span,
    /// One past its last byte.
    pub end: u32,
    /// Index of its article, if it stands in one.
    pub article: Option<usize>,
    /// Its own paragraph, if it says one.
    pub paragraph: Option<Name>,
    /// Its clauses, in order.
    pub clauses: Vec<ClausePlace>,
}

/// Where a clause stands.
#[derive(Clone, Debug)]
pub struct ClausePlace {
    /// From its first word to its last.
    pub span: Span,
    /// Its own paragraph, if it says one.
    pub paragraph: Option<Name>,
}

impl Document {
    /// The place in the text of a citation: the first line of its statement, or the clause if it cites a clause.
    #[must_use]
    pub fn span_of(&self, cite: &Cite) -> Option<Span> {
        let place = self.place_of(cite)?;
        let byte = self.lines.byte(&self.text, cite.line, cite.column)?;
        if place.span.start == byte {
            return Some(place.span);
        }
        place.clauses.iter().map(|clause| clause.span).find(|span| span.start == byte)
    }

    /// The clauses of the statement that a citation belongs to, in order (a rule has two: its trigger and its transition).
    #[must_use]
    pub fn clauses_of(&self, cite: &Cite) -> Vec<Span> {
        self.place_of(cite).map(|place| place.clauses.iter().map(|clause| clause.span).collect()).unwrap_or_default()
    }

    fn place_of(&self, cite: &Cite) -> Option<&Place> {
        let byte = self.lines.byte(&self.text, cite.line, cite.column)?;
        self.place_at(byte)
    }

    fn place_at(&self, byte: u32) -> Option<&Place> {
        let index = self.places.partition_point(|place| place.span.start <= byte).checked_sub(1)?;
        self.places.get(index).filter(|place| byte < place.end.max(place.span.start + 1))
    }

    /// What a finding at this byte prints as its place in the law, for example `Article 6(2)`; `None` outside the articles.
    #[must_use]
    pub fn heading_at(&self, byte: u32) -> Option<String> {
        let Some(place) = self.place_at(byte) else {
            let index = self.articles.partition_point(|article| article.heading.span.start <= byte).checked_sub(1)?;
            return self.articles.get(index).map(|article| article.number.clone());
        };
        let article = self.articles.get(place.article?)?;
        let clause = place.clauses.iter().find(|clause| clause.span.start <= byte && byte < clause.span.end);
        let paragraph = clause.and_then(|clause| clause.paragraph.as_ref()).or(place.paragraph.as_ref());
        Some(match paragraph {
            Some(paragraph) => format!("{}({})", article.number, paragraph.text),
            None => article.number.clone(),
        })
    }

    /// The words between two bytes; empty if they are not in the text.
    #[must_use]
    pub fn words(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

/// A label in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenTranslation {
    /// The label as the rulebook has it.
    pub label: String,
    /// Language, for example `ru`.
    pub language: String,
    /// The label in that language.
    pub text: String,
}

/// One statement and where it stands (index into [`Document::places`]).
#[derive(Clone, Debug)]
pub struct Statement {
    /// Its place.
    pub place: usize,
    /// What it says.
    pub body: Body,
}

/// What a statement says. Field names are those of the grammar.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the variants are the statement forms of docs/law-language.md, field by field")]
#[expect(clippy::large_enum_variant, reason = "a document has a few hundred statements, read once")]
pub enum Body {
    Law {
        id: Name,
        title: String,
    },
    InForce {
        from: Day,
        until: Option<Day>,
    },
    Replaces {
        id: Name,
        from: Day,
        pending: Name,
    },
    PeriodsInDays {
        start: Start,
        roll: Option<Name>,
    },
    PeriodsInWorkingDays {
        calendar: Name,
        start: Start,
    },
    Calendar {
        name: Name,
        label: String,
        weekends: Vec<Weekday>,
        holidays: Option<Name>,
    },
    PeriodsInMonths {
        start: Start,
        month_end: Option<MonthEnd>,
        roll: Option<Name>,
    },
    PeriodsInHours,
    Param {
        name: Name,
        values: Vec<WrittenValue>,
        label: String,
    },
    Switch {
        name: Name,
        options: Vec<Name>,
        why: String,
        source: String,
        confidence: String,
    },
    Condition {
        name: Name,
        label: String,
    },
    Window {
        name: Name,
        ranges: Vec<(YearRange, Span)>,
        label: String,
    },
    Matter {
        notices: Vec<Name>,
        facts: Vec<WrittenFact>,
        tracks: Vec<WrittenTrack>,
    },
    Notice {
        notice: Name,
        fact: Name,
        min_days: Option<i32>,
        max_days: Option<i32>,
        after: Name,
        guard: Option<WrittenGuard>,
        otherwise: Otherwise,
    },
    Rule {
        name: Name,
        label: String,
        trigger: Option<WrittenTrigger>,
        transition: Option<Transition>,
    },
    Measure {
        name: Name,
        label: String,
        kind: Option<Name>,
        starts: Vec<WrittenStart>,
        ends: Vec<WrittenEnd>,
        never: Option<Never>,
    },
    Remedy(WrittenRemedy),
    While {
        subject: Name,
        values: Vec<Name>,
        rules: Vec<Name>,
    },
    Chain(WrittenChain),
    NoRemedy {
        against: Vec<Name>,
        label: String,
    },
    Duty {
        who: Name,
        label: String,
        what: String,
        within: Option<WrittenDeadline>,
        breach: Option<String>,
    },
    Power {
        who: Name,
        label: String,
        what: String,
    },
    Gap {
        what: String,
        because: String,
    },
    Allow {
        code: Name,
        because: String,
        date: Day,
    },
    Case(WrittenCase),
}

/// One value of a parameter.
#[derive(Clone, Debug)]
pub struct WrittenValue {
    /// The number.
    pub value: i32,
    /// First day, if said.
    pub from: Option<Day>,
    /// Last day, if said.
    pub until: Option<Day>,
    /// Where.
    pub span: Span,
}

/// A fact line of a matter.
#[derive(Clone, Debug)]
pub struct WrittenFact {
    /// Name.
    pub name: Name,
    /// The picture of a yes/no fact; `None` for a date.
    pub picture: Option<Picture>,
    /// Where the line stands.
    pub span: Span,
}

/// A track line of a matter.
#[derive(Clone, Debug)]
pub struct WrittenTrack {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: String,
    /// States, in order.
    pub states: Vec<WrittenState>,
    /// Where the line stands.
    pub span: Span,
}

/// A state of a track.
#[derive(Clone, Debug)]
pub struct WrittenState {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: String,
    /// The milestone said with `as`.
    pub role: Option<Name>,
    /// Marked `final`.
    pub is_final: bool,
}

/// `TRACK.STATE`
#[derive(Clone, Debug)]
pub struct StateName {
    /// Track.
    pub track: Name,
    /// State.
    pub state: Name,
}

impl StateName {
    /// Where.
    #[must_use]
    pub fn span(&self) -> Span {
        self.track.span.to(self.state.span)
    }
}

/// A trigger line of a rule.
#[derive(Clone, Debug)]
pub struct WrittenTrigger {
    /// When.
    pub when: WrittenWhen,
    /// Under which condition.
    pub guard: Option<WrittenGuard>,
}

/// When a rule is tried.
#[derive(Clone, Debug)]
pub enum WrittenWhen {
    /// `when EVENT`
    Event(Name),
    /// `PERIOD after ANCHOR, …`
    Period {
        /// How long.
        period: WrittenPeriod,
        /// After what.
        after: WrittenAnchor,
        /// When the effect comes; `None` if the words are missing (an error that the resolver reports with the dates).
        moment: Option<Moment>,
        /// What if it was over on entry.
        already_over: Option<AlreadyOver>,
        /// From the number to the anchor.
        span: Span,
    },
}

/// A period with its place.
#[derive(Clone, Debug)]
pub struct WrittenPeriod {
    /// The period; its count is 0 where a parameter is named.
    pub period: Period,
    /// The parameter in the place of the number.
    pub parameter: Option<Name>,
    /// Where.
    pub span: Span,
}

/// An anchor, names not yet resolved.
#[derive(Clone, Debug)]
pub enum WrittenAnchor {
    /// An event or a date fact.
    Word(Name),
    /// Entry into a state.
    State(StateName),
    /// `start of MEASURE`
    StartOf(Name),
    /// `start of window WINDOW`
    WindowStart(Name),
    /// `end of window WINDOW`
    WindowEnd(Name),
    /// `knowledge`
    Knowledge(Span),
    /// `the later of A and B`, `the earlier of A and B`
    Combined {
        /// Which of them.
        pick: Pick,
        /// At least two.
        of: Vec<WrittenAnchor>,
        /// Where.
        span: Span,
    },
}

/// `TRACK: STATE | STATE -> STATE`
#[derive(Clone, Debug)]
pub struct Transition {
    /// Track.
    pub track: Name,
    /// From one of these.
    pub from: Vec<Name>,
    /// To.
    pub to: Name,
}

/// A `starts` line.
#[derive(Clone, Debug)]
pub struct WrittenStart {
    /// On entry into this state.
    pub on: StateName,
    /// Under which condition.
    pub guard: Option<WrittenGuard>,
    /// Where the line stands.
    pub span: Span,
}

/// An `ends` line.
#[derive(Clone, Debug)]
pub struct WrittenEnd {
    /// Its paragraph.
    pub paragraph: Option<Name>,
    /// On what.
    pub on: EndWord,
    /// Within which period.
    pub within: Option<WrittenPeriod>,
    /// `in any matter` (true), `in this matter` (false), or not said.
    pub in_any_matter: Option<bool>,
    /// Under which condition.
    pub guard: Option<WrittenGuard>,
    /// Where the line stands.
    pub span: Span,
}

/// What an `ends` line names.
#[derive(Clone, Debug)]
pub enum EndWord {
    /// An event.
    Event(Name),
    /// Entry into a state.
    State(StateName),
}

/// `ends never (n)`
#[derive(Clone, Debug)]
pub struct Never {
    /// Its paragraph.
    pub paragraph: Option<Name>,
    /// Where the line stands.
    pub span: Span,
}

/// `within PERIOD of ANCHOR`
#[derive(Clone, Debug)]
pub struct WrittenDeadline {
    /// Its paragraph, where the form has one.
    pub paragraph: Option<Name>,
    /// How long.
    pub period: WrittenPeriod,
    /// From what.
    pub of: WrittenAnchor,
    /// Where the line stands.
    pub span: Span,
}

/// A remedy.
#[derive(Clone, Debug)]
pub struct WrittenRemedy {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: String,
    /// Against these measures.
    pub against: Vec<Name>,
    /// Against a decision of this body.
    pub decision_of: Option<Name>,
    /// Only after this remedy is in this state.
    pub only_after: Option<(Name, Name)>,
    /// To this body.
    pub to: Option<Name>,
    /// `file within …`
    pub file: Option<WrittenDeadline>,
    /// `restorable for good cause`
    pub restorable: bool,
    /// `decide (n) within …`
    pub decide: Option<WrittenDeadline>,
    /// What it says about suspension.
    pub suspends: Option<Suspension>,
}

/// A chain of steps.
#[derive(Clone, Debug)]
pub struct WrittenChain {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: String,
    /// What it begins on.
    pub begins: Option<WrittenBeginning>,
    /// Its steps, in order.
    pub steps: Vec<WrittenStep>,
}

/// `begins on EVENT | TRACK.STATE [if GUARD]`
#[derive(Clone, Debug)]
pub struct WrittenBeginning {
    /// On what.
    pub on: EndWord,
    /// Under which condition.
    pub guard: Option<WrittenGuard>,
    /// Where the line stands.
    pub span: Span,
}

/// A step of a chain.
#[derive(Clone, Debug)]
pub struct WrittenStep {
    /// What is done.
    pub act: StepAct,
    /// Its paragraph.
    pub paragraph: Option<Name>,
    /// The name of its state.
    pub state: Option<Name>,
    /// Where the line stands.
    pub span: Span,
}

/// What is done in a step of a chain.
#[derive(Clone, Debug)]
pub enum StepAct {
    /// An office acts.
    Office {
        /// Who.
        who: Name,
        /// What.
        act: OfficeAct,
        /// By when.
        within: Option<WrittenPeriod>,
        /// `else lapses`
        lapses: bool,
    },
    /// The person has time to comply.
    Comply {
        /// How long.
        period: WrittenPeriod,
        /// When it is over.
        moment: Moment,
    },
    /// A court or another body decides.
    Decide {
        /// Who.
        who: Name,
        /// By when.
        within: Option<WrittenPeriod>,
        /// When it must refuse.
        must_refuse: Option<WrittenGuard>,
    },
}

/// An act of an office in a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfficeAct {
    /// `warns`
    Warn,
    /// `demands`
    Demand,
    /// `sues`
    Sue,
    /// `penalises`
    Penalise,
}

/// Whether filing keeps a measure from being enforced.
#[derive(Clone, Debug)]
pub enum Suspension {
    /// `suspends nothing`
    Nothing,
    /// `suspends WHAT [, WHAT]… [until decided | until final] [if GUARD]`
    Some {
        /// What; `None` for `the measure`.
        what: Vec<Option<Name>>,
        /// `until final`
        until_final: bool,
        /// Under which condition.
        guard: Option<WrittenGuard>,
    },
}

/// A guard as written.
#[derive(Clone, Debug)]
pub enum WrittenGuard {
    /// A single test.
    Test(WrittenTest),
    /// `not`
    Not(Box<WrittenGuard>),
    /// `and`
    And(Vec<WrittenGuard>),
    /// `or`
    Or(Vec<WrittenGuard>),
}

/// A test as written.
#[derive(Clone, Debug)]
pub enum WrittenTest {
    /// `age on the day of EVENT CMP NUMBER [and CMP NUMBER] PICTURE`; missing parts are reported by the parser.
    Age {
        /// On the day of this event.
        on: Option<Name>,
        /// One or two comparisons.
        bounds: Vec<(Compare, WrittenNumber)>,
        /// Whose picture.
        picture: Option<Picture>,
    },
    /// `today in window WINDOW`, `EVENT in window WINDOW`
    Window {
        /// The event; `None` for `today`.
        on: Option<Name>,
        /// The window.
        window: Name,
    },
    /// `FACT is yes`, `SWITCH is OPTION`, `CONDITION is no`, `notice is NOTICE`
    Is {
        /// The left side.
        subject: Name,
        /// The right side.
        value: Name,
    },
}

/// A number or the name of a parameter.
#[derive(Clone, Debug)]
pub enum WrittenNumber {
    /// A number.
    Value(i32),
    /// A parameter.
    Param(Name),
}

/// A case.
#[derive(Clone, Debug)]
pub struct WrittenCase {
    /// Name.
    pub name: String,
    /// `NAME = OPTION`
    pub answers: Vec<(Name, Name)>,
    /// What is given.
    pub given: Vec<WrittenGiven>,
    /// What is expected.
    pub expected: Vec<WrittenExpected>,
}

/// A given of a case.
#[derive(Clone, Debug)]
pub enum WrittenGiven {
    /// An event or a date fact on a day.
    Dated(Name, Day),
    /// A fact.
    Fact(Name, bool),
    /// `born DATE`
    Born(Day),
    /// `kind NOTICE`
    Kind(Name),
    /// `condition NAME yes|no [from DATE]`
    Condition(Name, bool, Option<Day>),
    /// `EVENT REMEDY DATE`
    Remedy(Name, Name, Day),
    /// `EVENT DATE in another matter`
    Elsewhere(Name, Day),
}

/// An expectation of a case.
#[derive(Clone, Debug)]
pub enum WrittenExpected {
    /// `MEASURE on DATE`
    On(Name, Day),
    /// `MEASURE lifted by DATE`
    LiftedBy(Name, Day),
    /// `both lifted by DATE` or `all lifted by DATE` (the word is kept)
    SeveralLiftedBy(Name, Day),
    /// `MEASURE suspended on DATE`
    Suspended(Name, Day),
    /// `MEASURE resumed on DATE`
    Resumed(Name, Day),
    /// `no MEASURE`
    No(Name),
    /// `MEASURE open`
    Open(Name),
    /// `TRACK.STATE on DATE`
    StateOn(StateName, Day),
    /// `never TRACK.STATE`
    Never(StateName),
    /// `void`
    Void,
    /// `gap`, or `no gap` (false)
    Gap(bool),
    /// `REMEDY open until DATE`
    OpenUntil(Name, Day),
    /// `WHO must act by DATE`
    MustActBy(Name, Day),
}
