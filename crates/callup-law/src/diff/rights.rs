//! Who may end each measure and what lies against it, under two laws; and each law by itself as a few numbers.
//!
//! Read off the laws as they are, without telling anything. Who ends a measure is told by the event that does.

use super::situations::{Days, SituationDiff};
use crate::check::coverage;
use crate::check::witness::{anchor_words, period_words, state_words};
use crate::roles::{Event, MeasureKind};
use crate::rulebook::{Cite, Deadline, EndTrigger, Measure, Remedy, Rulebook, Trigger};
use serde::Serialize;
use std::collections::BTreeSet;

/// Who can bring about the end of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// The person, by an act of his own.
    Person,
    /// An authority, a court or a commission.
    Authority,
    /// The passing of time.
    Time,
}

/// A way in which a measure ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct End {
    /// Who can bring it about.
    pub by: EndedBy,
    /// What ends it, in words.
    pub on: String,
    /// Within which time it must then be lifted, in words; at once if none is named.
    pub within: Option<String>,
    /// Basis.
    pub cite: Cite,
}

/// A remedy against a measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RemedyLine {
    /// Name in the law.
    pub name: String,
    /// To whom.
    pub to: String,
    /// Time to file, in words.
    pub file_within: Option<String>,
    /// Time to decide, in words.
    pub decide_within: Option<String>,
    /// Whether filing suspends the measure: in every case, never, or only if something holds.
    pub suspends: &'static str,
    /// Basis.
    pub cite: Cite,
}

/// Rights against one kind of measure under both laws.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RightDiff {
    /// Kind of measure.
    pub measure: MeasureKind,
    /// Whether each law has it.
    pub exists: [bool; 2],
    /// How it ends.
    pub ends: [Vec<End>; 2],
    /// The law says that it never ends.
    pub never_ends: [Option<Cite>; 2],
    /// What lies against it.
    pub remedies: [Vec<RemedyLine>; 2],
}

impl RightDiff {
    /// Whether both laws give the same: by the same acts within the same time, to the same bodies.
    #[must_use]
    pub fn is_same(&self) -> bool {
        let rights = |law: usize| {
            let ends: BTreeSet<_> = self.ends[law].iter().map(|end| (end.by, &end.on, &end.within)).collect();
            let remedy =
                |one: &RemedyLine| (one.to.clone(), one.file_within.clone(), one.decide_within.clone(), one.suspends);
            let remedies: BTreeSet<_> = self.remedies[law].iter().map(remedy).collect();
            (self.exists[law], ends, self.never_ends[law].is_some(), remedies)
        };
        rights(0) == rights(1)
    }
}

/// One law by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScoreCard {
    /// Kinds of measure.
    pub measures: usize,
    /// Earliest day, from the notice, on which any measure starts in any situation.
    pub first_measure_after_days: Option<i32>,
    /// Of those that can start without the notice having been seen the earliest.
    pub first_unseen_after_days: Option<i32>,
    /// Kinds of measure that the person can end by an act of his own.
    pub ended_by_person: usize,
    /// Kinds that only an authority or time ends.
    pub ended_by_others_only: usize,
    /// Kinds that never end, or of whose end nothing is said.
    pub without_end: usize,
    /// Kinds against which a remedy lies.
    pub with_remedy: usize,
    /// Kinds against which a remedy suspends in some case.
    pub with_suspensive_remedy: usize,
    /// Readings that the law leaves open.
    pub switches: usize,
    /// Things that the law does not say.
    pub gaps: usize,
    /// Paragraphs of the quoted text that are modelled.
    pub paragraphs_modelled: usize,
    /// Paragraphs in all.
    pub paragraphs: usize,
}

impl ScoreCard {
    /// Each number with its words, in the order in which they are told.
    #[must_use]
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        let number = |count: usize| count.to_string();
        let days = |days: Option<i32>| days.map_or_else(|| "never".to_owned(), |days| format!("day {days}"));
        vec![
            ("kinds of measure", number(self.measures)),
            ("the first measure starts", days(self.first_measure_after_days)),
            ("the first on a notice that nobody has seen", days(self.first_unseen_after_days)),
            ("measures that the person can end", number(self.ended_by_person)),
            ("that only others or time can end", number(self.ended_by_others_only)),
            ("of whose end nothing is said, or that never end", number(self.without_end)),
            ("against which a remedy lies", number(self.with_remedy)),
            ("against which one can suspend", number(self.with_suspensive_remedy)),
            ("readings left open", number(self.switches)),
            ("things not said", number(self.gaps)),
            ("paragraphs modelled", format!("{} of {}", self.paragraphs_modelled, self.paragraphs)),
        ]
    }
}

/// Every kind of measure of either law.
pub(super) fn diffs(books: [&Rulebook; 2]) -> Vec<RightDiff> {
    let kinds: BTreeSet<MeasureKind> =
        books.iter().flat_map(|book| book.measures.iter().map(|measure| measure.kind)).collect();
    let right = |measure: MeasureKind| RightDiff {
        measure,
        exists: books.map(|book| of_kind(book, measure).next().is_some()),
        ends: books.map(|book| of_kind(book, measure).flat_map(|(_, one)| ends(book, one)).collect()),
        never_ends: books.map(|book| of_kind(book, measure).find_map(|(_, one)| one.ends_never.clone())),
        remedies: books.map(|book| remedies(book, measure)),
    };
    kinds.into_iter().map(right).collect()
}

fn of_kind(book: &Rulebook, kind: MeasureKind) -> impl Iterator<Item = (usize, &Measure)> {
    book.measures.iter().enumerate().filter(move |(_, measure)| measure.kind == kind)
}

fn ends(book: &Rulebook, measure: &Measure) -> Vec<End> {
    let end = |end: &crate::rulebook::MeasureEnd| {
        let (by, on) = match end.on {
            EndTrigger::Event(event) => (by(event), event.word().to_owned()),
            EndTrigger::Entry { track, state } => (by_entry(book, track, state), state_words(book, track, state)),
        };
        End { by, on, within: end.within.map(period_words), cite: end.cite.clone() }
    };
    measure.ends.iter().map(end).collect()
}

/// Who brings an event about.
const fn by(event: Event) -> EndedBy {
    match event {
        Event::Appeared
        | Event::Opened
        | Event::Complied
        | Event::ValidReasonShown
        | Event::Rebutted
        | Event::Filed
        | Event::Left => EndedBy::Person,
        _ => EndedBy::Authority,
    }
}

/// Who brings the entry into a state about: the person if an act of his leads there, time if only time does.
fn by_entry(book: &Rulebook, track: usize, state: u8) -> EndedBy {
    let leading = book.rules.iter().filter(|rule| rule.track == track && rule.to == state);
    let acts = leading.map(|rule| match rule.trigger {
        Trigger::Event(event) => by(event),
        Trigger::Period { .. } => EndedBy::Time,
    });
    acts.min().unwrap_or(EndedBy::Authority)
}

fn remedies(book: &Rulebook, kind: MeasureKind) -> Vec<RemedyLine> {
    let places: Vec<usize> = of_kind(book, kind).map(|(place, _)| place).collect();
    let lies = |remedy: &&Remedy| remedy.against.iter().any(|against| places.contains(against));
    let within =
        |deadline: &Deadline| format!("{} of {}", period_words(deadline.period), anchor_words(book, deadline.of));
    let line = |remedy: &Remedy| RemedyLine {
        name: remedy.name.clone(),
        to: remedy.to.clone(),
        file_within: remedy.file_within.as_ref().map(within),
        decide_within: remedy.decide_within.as_ref().map(within),
        suspends: suspends(remedy, &places),
        cite: remedy.cite.clone(),
    };
    book.remedies.iter().filter(lies).map(line).collect()
}

fn suspends(remedy: &Remedy, places: &[usize]) -> &'static str {
    let is_suspended = remedy.suspended.iter().any(|one| places.contains(one));
    match &remedy.suspends {
        Some(guard) if is_suspended && guard.0.iter().any(Vec::is_empty) => "suspends",
        Some(_) if is_suspended => "suspends if a condition holds",
        _ => "does not suspend",
    }
}

/// The numbers of a law; `law` is its place in the situations.
pub(super) fn score_card(book: &Rulebook, situations: &[SituationDiff], law: usize) -> ScoreCard {
    let kinds: BTreeSet<MeasureKind> = book.measures.iter().map(|measure| measure.kind).collect();
    let all = |kind: &MeasureKind| of_kind(book, *kind).flat_map(|(_, one)| ends(book, one)).collect::<Vec<End>>();
    let count = |holds: &dyn Fn(&MeasureKind) -> bool| kinds.iter().filter(|kind| holds(kind)).count();
    let first = |unseen: bool| {
        let told = situations.iter().filter(|one| !unseen || one.situation.is_unseen());
        let starts = told.filter_map(|one| one.under[law].as_ref()).map(|one| one.starts_after_days);
        starts.map(|Days { from, .. }| from).min()
    };
    let covered = coverage::coverage(book);
    let paragraphs = covered.iter().map(|article| article.paragraphs.len()).sum();
    let open: usize = covered.iter().map(|article| article.missing.len() + article.gaps.len()).sum();
    ScoreCard {
        measures: kinds.len(),
        first_measure_after_days: first(false),
        first_unseen_after_days: first(true),
        ended_by_person: count(&|kind| all(kind).iter().any(|end| end.by == EndedBy::Person)),
        ended_by_others_only: count(&|kind| {
            let ends = all(kind);
            !ends.is_empty() && ends.iter().all(|end| end.by != EndedBy::Person)
        }),
        without_end: count(&|kind| all(kind).is_empty()),
        with_remedy: count(&|kind| !remedies(book, *kind).is_empty()),
        with_suspensive_remedy: count(&|kind| {
            remedies(book, *kind).iter().any(|one| one.suspends != "does not suspend")
        }),
        switches: book.switches.len(),
        gaps: book.gaps.len(),
        paragraphs_modelled: paragraphs - open,
        paragraphs,
    }
}
