//! One case under the law: what happens on which day, how each day was counted, which article says so, what is open, what else would have come.
//!
//! `explain` is the table of contents. It describes the text of an act and never judges a person. What is not known is followed every way.
//! This file knows no printing; `explain/text.rs` prints what stands here.

mod changes;
mod columns;
mod facts;
mod ground;
mod hints;
mod interview;
mod judge;
pub(crate) mod language;
mod limits;
mod merge;
mod open;
mod page;
mod plain;
mod statements;
mod text;
mod timeline;
mod translated;
mod why;
mod words;

pub use columns::columns;
pub use facts::{StatedFact, StatedFacts, StatedNotice};
pub use interview::{Interview, Prompt};
pub use language::Language;
pub use limits::calendar_file;
pub use page::{html, markdown};
pub use plain::{plain, under_law};
pub use text::text;
pub use why::{why, why_not};
pub(crate) use words::basis;

use crate::calendar::{Day, Unit, Weekday};
use crate::explain::language::Words;
use crate::forks::{Fork, Known, Question, explore};
use crate::holder::{Laws, Notice, horizon_for};
use crate::program::BindError;
use crate::roles::{MeasureKind, NoticeKind};
use crate::rulebook::{Cite, Quote, Rulebook};
use serde::Serialize;
use std::fmt;

/// Version of the meaning of an explanation in JSON.
pub const FORMAT_VERSION: u32 = 1;
/// Ways that are followed at most; more are said to be cut off.
const FORKS_MAX: usize = 64;

/// A law to explain by, and the fingerprint of its text.
#[derive(Clone, Copy, Debug)]
pub struct LawText<'a> {
    /// The compiled law.
    pub book: &'a Rulebook,
    /// SHA-256 of the text, in hexadecimal digits.
    pub sha256: &'a str,
}

/// A case explained. In JSON every date is ISO.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// [`FORMAT_VERSION`].
    pub format_version: u32,
    /// Version of the engine.
    pub engine: &'static str,
    /// Language of its words. Keys, names of the vocabulary and dates are the same in every language.
    pub language: Language,
    /// What this is and is not.
    pub notice: String,
    /// The laws, as given.
    pub laws: Vec<LawLine>,
    /// Last day that was looked at.
    pub until: Day,
    /// The notices.
    pub matters: Vec<MatterLine>,
    /// Measures with their due dates.
    pub measures: Vec<MeasureLine>,
    /// All that happens, in order; details follow the line they belong to.
    pub timeline: Vec<Line>,
    /// What is not known or not settled, and what each answer brings.
    pub open_points: Vec<OpenPoint>,
    /// What else the person could have done, and what it would have changed.
    pub changes: Vec<Change>,
    /// Duties, powers, silences and gaps that have no day.
    pub statements: Vec<Statement>,
    /// Measures of the law that do not begin, and what was lacking.
    pub absent: Vec<Absent>,
    /// Official words of the articles that are cited.
    pub quotations: Vec<Quotation>,
    /// More ways are open than were followed.
    pub cut_off: bool,
}

/// A law of an explanation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LawLine {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: String,
    /// In force from.
    pub in_force_from: Day,
    /// Fingerprint of the text.
    pub sha256: String,
}

/// A notice of an explanation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MatterLine {
    /// Kind of notice.
    pub kind: NoticeKind,
    /// Day on which the matter opened; `None` without an event.
    pub opened: Option<Day>,
    /// Law that governs it at the end (index in `laws`), in the first of the ways.
    pub law: Option<usize>,
}

/// A measure and its due dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MeasureLine {
    /// Index of the notice.
    pub matter: usize,
    /// Kind.
    pub kind: MeasureKind,
    /// Name in the law.
    pub name: String,
    /// Label in the law.
    pub label: String,
    /// Start due.
    pub start: Day,
    /// Day of the event or entry that ends it.
    pub ended_on: Option<Day>,
    /// Lift due by; `None` while none falls due.
    pub lift_by: Option<Day>,
    /// Basis.
    pub cite: Cite,
    /// What it hangs on; any one of them. Empty: it comes every way.
    pub depends_on: Vec<String>,
}

/// What kind of line it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// An event that was stated.
    Event,
    /// A date of the notice.
    DateGiven,
    /// The person learned of a measure.
    Learned,
    /// A period came due and a state was entered.
    State,
    /// A measure is due to start.
    MeasureStarts,
    /// A measure is due to be lifted; the date is the last day.
    LiftDue,
    /// How a measure ends.
    HowToEnd,
    /// Last day to file a remedy, or how it is counted.
    Remedy,
    /// A decision is due.
    Decision,
    /// What filing does to a measure.
    Suspension,
    /// The law names no remedy.
    NoRemedy,
    /// A duty with a last day.
    Duty,
    /// The notice is void.
    Void,
    /// The law does not say.
    Gap,
    /// The matter passes to another law.
    LawChange,
    /// No law was in force.
    NoLaw,
}

/// How firm a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// The law fixes it on these facts.
    Fixed,
    /// Somebody may decide it.
    May,
    /// It hangs on an open reading or an unknown fact.
    Contested,
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The day that the line is about.
    pub date: Day,
    /// Its day of the week.
    pub weekday: Weekday,
    /// What kind of line.
    pub kind: LineKind,
    /// Index of the notice.
    pub matter: usize,
    /// In words.
    pub text: String,
    /// The same with `{it}` in the place of the measure, so that printing can say it once for several; empty where there is none.
    #[serde(skip)]
    pub template: String,
    /// Name of the rule, measure, remedy or bound in the law.
    pub rule: Option<String>,
    /// Kinds of the measures that it is about.
    pub measures: Vec<MeasureKind>,
    /// Who decides or must act.
    pub who: Option<String>,
    /// Basis.
    pub cite: Vec<Cite>,
    /// How the date was counted.
    pub counting: Option<Counting>,
    /// How firm it is.
    pub modality: Modality,
    /// The reader gave it.
    pub given: bool,
    /// It belongs to the line named by `because` and is printed under it.
    pub detail: bool,
    /// The line it follows from, as index in the timeline.
    pub because: Option<usize>,
    /// What it hangs on; any one of them. Empty: it comes every way.
    pub depends_on: Vec<String>,
}

/// How a date was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Counting {
    /// After what, in words.
    pub anchor: String,
    /// Its day.
    pub anchor_date: Day,
    /// How many.
    pub n: u16,
    /// Of what.
    pub unit: Unit,
    /// First day that counts.
    pub first: Day,
    /// Last day.
    pub last: Day,
    /// First day on which a period in hours may be over, as only the day of its beginning is known; `None` for other periods.
    pub earliest: Option<Day>,
    /// The day off on which it would have ended, if the law moved its end to a working day.
    pub rolled_from: Option<Day>,
    /// Days that were left out, because something kept the period from running.
    pub left_out_days: i32,
    /// When the effect comes, in words.
    pub effect: String,
    /// What says how the unit is counted.
    pub cite: Vec<Cite>,
}

/// What is not known or not settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenPoint {
    /// What kind of thing is open.
    pub kind: OpenKind,
    /// Name of the switch, fact or condition in the law or the vocabulary; of learning, the name of the remedy. The same in every language.
    pub name: String,
    /// What a guard asked, where it is one.
    #[serde(skip)]
    pub(crate) asked: Option<Question>,
    /// What it is about, in a few words; what hangs on it says `TOPIC = ANSWER`.
    pub topic: String,
    /// Two of its answers bring different timelines. Otherwise it changes what can be done: whether a challenge suspends, or by when it can be filed.
    pub changes_timeline: bool,
    /// What is asked, in words.
    pub question: String,
    /// Basis.
    pub cite: Vec<Cite>,
    /// The answers and what they bring.
    pub answers: Vec<OpenAnswer>,
}

/// What kind of thing is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenKind {
    /// How the law is to be read.
    Reading,
    /// The age of the person on a day.
    Age,
    /// A fact about the person, in somebody's picture.
    Fact,
    /// A condition of the world.
    Condition,
    /// When the person learned of a measure.
    Learning,
}

impl OpenKind {
    fn of(question: &Question) -> OpenKind {
        match question {
            Question::Switch { .. } => OpenKind::Reading,
            Question::Age { .. } => OpenKind::Age,
            Question::Fact { .. } => OpenKind::Fact,
            Question::Condition { .. } => OpenKind::Condition,
        }
    }
}

/// One answer to an open point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenAnswer {
    /// The answer.
    pub answer: String,
    /// What comes only then, one sentence each.
    pub effect: Vec<String>,
}

/// What would have come instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What the person would have done, in words.
    pub act: String,
    /// First day on which it would have had this effect.
    pub from: Day,
    /// Last such day.
    pub to: Day,
    /// What would have come.
    pub effect: String,
    /// Basis.
    pub cite: Vec<Cite>,
    /// Index of the notice.
    pub matter: usize,
    /// What was assumed of open points.
    pub assuming: Vec<String>,
}

/// What a statement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementKind {
    /// Somebody must do something; no day of it is known.
    Duty,
    /// Somebody may do something.
    Power,
    /// The document leaves something out, or the law is silent.
    Gap,
}

/// Something without a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// What it is about.
    pub kind: StatementKind,
    /// In words.
    pub text: String,
    /// Basis.
    pub cite: Cite,
    /// How firm it is.
    pub modality: Modality,
}

/// A measure that does not begin every way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Absent {
    /// Index of the notice.
    pub matter: usize,
    /// Kind.
    pub kind: MeasureKind,
    /// Label in the law.
    pub label: String,
    /// What was lacking, one sentence each.
    pub reasons: Vec<String>,
    /// Basis.
    pub cite: Cite,
}

/// The words of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quotation {
    /// Identifier of the law.
    pub law: String,
    /// Name of its text.
    pub file: String,
    /// Number of the article.
    pub article: String,
    /// Its heading.
    pub heading: String,
    /// Official words and paraphrases.
    pub quotes: Vec<Quote>,
    /// Source.
    pub source: String,
    /// Confidence.
    pub confidence: String,
}

/// Why a case cannot be explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExplainError {
    /// No notice was stated, or none with an event.
    NoNotice,
    /// The days lie further apart than a horizon reaches.
    TooFarApart,
    /// A name that none of the laws has, with what it was given for.
    UnknownName(String),
    /// The law cannot be bound.
    Bind(BindError),
}

impl fmt::Display for ExplainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExplainError::NoNotice => f.write_str("no notice with an event is stated"),
            ExplainError::TooFarApart => f.write_str("the days lie too far apart"),
            ExplainError::UnknownName(name) => write!(f, "the law has no {name}"),
            ExplainError::Bind(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ExplainError {}

/// A case with its laws bound and every way followed; what the files of this module read.
pub(crate) struct Case<'a> {
    words: Words,
    laws: Laws<'a>,
    known: Known,
    stated: &'a StatedFacts,
    notices: Vec<Notice>,
    until: Day,
    forks: Vec<Fork>,
}

/// Explains a case in English; see [`explain_in`].
///
/// # Errors
/// As [`explain_in`].
pub fn explain(laws: &[LawText<'_>], stated: &StatedFacts, until: Day) -> Result<Explanation, Vec<ExplainError>> {
    explain_in(Language::English, laws, stated, until)
}

/// Explains a case in a language, up to and including a day. Several laws are versions or successors: the one in force when a matter opens governs it.
///
/// # Errors
/// What is stated and the laws do not know, days too far apart, a law that cannot be bound; all of them.
pub fn explain_in(
    language: Language,
    laws: &[LawText<'_>],
    stated: &StatedFacts,
    until: Day,
) -> Result<Explanation, Vec<ExplainError>> {
    searched((language, true), laws, stated, until)
}

/// The same without the search for what would have changed it, which takes most of the time: `changes` is empty.
///
/// # Errors
/// As [`explain_in`].
pub fn explain_briefly(
    language: Language,
    laws: &[LawText<'_>],
    stated: &StatedFacts,
    until: Day,
) -> Result<Explanation, Vec<ExplainError>> {
    searched((language, false), laws, stated, until)
}

fn searched(
    (language, with_changes): (Language, bool),
    laws: &[LawText<'_>],
    stated: &StatedFacts,
    until: Day,
) -> Result<Explanation, Vec<ExplainError>> {
    let translated: Vec<Rulebook> = laws.iter().map(|law| translated::translated(law.book, language)).collect();
    let books: Vec<&Rulebook> = translated.iter().collect();
    let unknown = stated.unknown_names(&books);
    if !unknown.is_empty() {
        return Err(unknown.into_iter().map(ExplainError::UnknownName).collect());
    }
    let notices = stated.notices();
    if notices.iter().all(|notice| notice.events.is_empty()) {
        return Err(vec![ExplainError::NoNotice]);
    }
    let horizon = horizon_for(&notices, until).ok_or_else(|| vec![ExplainError::TooFarApart])?;
    let kinds = notices.iter().map(|notice| notice.kind).collect();
    let bound = Laws::bind(&books, &kinds, &stated.answers, horizon);
    let bound = bound.map_err(|errors| errors.into_iter().map(ExplainError::Bind).collect::<Vec<_>>())?;
    let known = stated.known();
    let forks = explore(&bound, &known, &notices, until, FORKS_MAX);
    let (words, ways) = (Words(language), forks.forks);
    let case = Case { words, laws: bound, known, stated, notices, until, forks: ways };
    let sums: Vec<&str> = laws.iter().map(|law| law.sha256).collect();
    let changes = if with_changes { changes::changes(&case) } else { Vec::new() };
    Ok(Explanation { changes, ..case.explanation(&sums, forks.cut_off) })
}

impl Case<'_> {
    fn explanation(&self, sums: &[&str], cut_off: bool) -> Explanation {
        let timeline = merge::merged(self);
        let open_points = open::points(self);
        let statements = statements::statements(self, &timeline);
        Explanation {
            format_version: FORMAT_VERSION,
            engine: env!("CARGO_PKG_VERSION"),
            language: self.words.0,
            notice: self.words.say("advice"),
            laws: self.laws.books().iter().zip(sums).map(|(book, sum)| LawLine::of(book, sum)).collect(),
            until: self.until,
            matters: self.matters(),
            measures: ground::measures(self),
            quotations: statements::quotations(self, &timeline),
            timeline,
            open_points,
            changes: Vec::new(),
            absent: why::absent(self),
            statements,
            cut_off,
        }
    }

    fn matters(&self) -> Vec<MatterLine> {
        let law = |matter: usize| self.forks.first().and_then(|fork| fork.history.laws[matter]);
        let line = |(matter, notice): (usize, &Notice)| MatterLine {
            kind: notice.kind,
            opened: notice.events.iter().map(|(_, day)| *day).min(),
            law: law(matter),
        };
        self.notices.iter().enumerate().map(line).collect()
    }

    /// The way that is followed where only one can be: the first of those with the most measures.
    pub(crate) fn main_way(&self) -> Option<&Fork> {
        let most = self.forks.iter().map(|fork| self.grounds(&fork.history).len()).max();
        self.forks.iter().find(|fork| Some(self.grounds(&fork.history).len()) == most)
    }

    pub(crate) fn book(&self, law: usize) -> &Rulebook {
        self.laws.books()[law]
    }
}

impl Explanation {
    /// The words of its language.
    pub(crate) fn words(&self) -> Words {
        Words(self.language)
    }
}

impl LawLine {
    fn of(book: &Rulebook, sha256: &str) -> LawLine {
        LawLine {
            id: book.id.clone(),
            title: book.title.clone(),
            in_force_from: book.in_force_from,
            sha256: sha256.to_string(),
        }
    }
}
