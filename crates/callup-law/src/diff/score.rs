//! One law by itself: how each measure ends and by whom, what lies against it, between which days it can begin, what is covered and what is not.
//!
//! Read off the law and the explanations of the same situations that two laws are compared by. This file prints what it found.

use super::rights::{self, End, EndedBy, RemedyLine, ScoreCard};
use super::situations::{self, Days, SituationDiff};
use crate::check::{Coverage, coverage};
use crate::explain::{ExplainError, basis};
use crate::roles::MeasureKind;
use crate::rulebook::{Rulebook, Test};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A law by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Score {
    /// `id@date`.
    pub law: String,
    /// Title.
    pub title: String,
    /// The numbers.
    pub card: ScoreCard,
    /// Each kind of measure.
    pub measures: Vec<MeasureScore>,
    /// Each article.
    pub articles: Vec<ArticleScore>,
}

/// A kind of measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MeasureScore {
    /// Kind.
    pub measure: MeasureKind,
    /// Days from placement in register and account to its start, at the earliest and at the latest; `None` if a notice that is placed brings none.
    pub after_placement_days: Option<Days>,
    /// The same in whatever way the notice is given, from the day of the notice.
    pub after_notice_days: Option<Days>,
    /// Whether the person, only others, or nobody can end it.
    pub exit: Exit,
    /// How it ends.
    pub ends: Vec<End>,
    /// What lies against it.
    pub remedies: Vec<RemedyLine>,
    /// Open readings on which it hangs whether one of them suspends it.
    pub suspension_hangs_on: Vec<String>,
}

/// Who can end a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Exit {
    /// The person, by an act of his own.
    ByThePerson,
    /// An authority, or the passing of time, and not the person.
    ByOthersOnly,
    /// Nobody: the law says that it never ends, or nothing.
    Never,
}

/// How much of an article is modelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArticleScore {
    /// Article.
    pub article: String,
    /// Its paragraphs.
    pub paragraphs: usize,
    /// Those with a rule.
    pub modelled: usize,
    /// Those with a gap only.
    pub gaps: Vec<String>,
    /// Those with neither.
    pub missing: Vec<String>,
}

/// The score of a law.
///
/// # Errors
/// What keeps a situation from being told under it.
pub fn score(book: &Rulebook) -> Result<Score, Vec<ExplainError>> {
    let told = situations::diffs([book, book])?;
    let kinds: BTreeSet<MeasureKind> = book.measures.iter().map(|measure| measure.kind).collect();
    let rights = rights::diffs([book, book]);
    let measure = |measure: MeasureKind| {
        let (ends, remedies) = rights
            .iter()
            .find(|right| right.measure == measure)
            .map_or_else(Default::default, |right| (right.ends[0].clone(), right.remedies[0].clone()));
        MeasureScore {
            measure,
            after_placement_days: span(&told, measure, |one| one.situation.is_placed()),
            after_notice_days: span(&told, measure, |_| true),
            exit: exit(&ends),
            ends,
            remedies,
            suspension_hangs_on: readings(book, measure),
        }
    };
    Ok(Score {
        law: format!("{}@{}", book.id, book.in_force_from),
        title: book.title.clone(),
        card: rights::score_card(book, &told, 0),
        measures: kinds.into_iter().map(measure).collect(),
        articles: coverage(book).into_iter().map(article).collect(),
    })
}

/// The earliest and the latest day of a measure in the situations that `is_meant` accepts.
fn span(told: &[SituationDiff], measure: MeasureKind, is_meant: impl Fn(&SituationDiff) -> bool) -> Option<Days> {
    let days = told.iter().filter(|one| one.measure == measure && is_meant(one));
    let days = days.filter_map(|one| one.under[0].as_ref()).map(|one| one.starts_after_days);
    days.reduce(|one, other| Days { from: one.from.min(other.from), to: one.to.max(other.to) })
}

fn exit(ends: &[End]) -> Exit {
    if ends.is_empty() {
        Exit::Never
    } else if ends.iter().any(|end| end.by == EndedBy::Person) {
        Exit::ByThePerson
    } else {
        Exit::ByOthersOnly
    }
}

fn readings(book: &Rulebook, kind: MeasureKind) -> Vec<String> {
    let of_kind = |measure: &usize| book.measures[*measure].kind == kind;
    let suspending = book.remedies.iter().filter(|remedy| remedy.suspended.iter().any(of_kind));
    let tests = suspending.flat_map(|remedy| remedy.suspends.iter().flat_map(|guard| guard.0.iter().flatten()));
    let switches: BTreeSet<usize> =
        tests.filter_map(|test| if let Test::Switch { switch, .. } = test { Some(*switch) } else { None }).collect();
    switches.into_iter().map(|switch| book.switches[switch].name.clone()).collect()
}

fn article(covered: Coverage) -> ArticleScore {
    ArticleScore {
        paragraphs: covered.paragraphs.len(),
        modelled: covered.paragraphs.len() - covered.missing.len() - covered.gaps.len(),
        article: covered.article,
        gaps: covered.gaps,
        missing: covered.missing,
    }
}

impl Score {
    /// As lines for people.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = format!("{}  {}\n\nMEASURES\n", self.law, self.title);
        for measure in &self.measures {
            measure.write(&mut out);
        }
        out += "\nARTICLES\n";
        for one in &self.articles {
            let named = |word: &str, names: &[String]| match names {
                [] => String::new(),
                names => format!("; {word} ({})", names.join(") (")),
            };
            let rest = named("gap only", &one.gaps) + &named("missing", &one.missing);
            put(&mut out, &format!("  {}: {} of {} paragraphs{rest}", one.article, one.modelled, one.paragraphs));
        }
        out += "\nNUMBERS\n";
        for (words, number) in self.card.lines() {
            put(&mut out, &format!("  {words:<50} {number}"));
        }
        out += "\nDays are whole days after the day of the notice, for a man of 25 who is liable and does nothing; a span is what ways of giving it and open readings leave.\n";
        out
    }
}

impl MeasureScore {
    fn write(&self, out: &mut String) {
        let days = |days: Option<Days>| match days {
            None => "never".to_owned(),
            Some(days) if days.from == days.to => format!("day {}", days.from),
            Some(days) => format!("day {} at the earliest, day {} at the latest", days.from, days.to),
        };
        put(out, &format!("  {}", self.measure.word()));
        put(out, &format!("    begins after placement: {}", days(self.after_placement_days)));
        put(out, &format!("    begins after any notice: {}", days(self.after_notice_days)));
        let exit = match self.exit {
            Exit::ByThePerson => "the person can end it",
            Exit::ByOthersOnly => "only an authority or time can end it",
            Exit::Never => "nothing ends it",
        };
        put(out, &format!("    {exit}"));
        for end in &self.ends {
            let by = match end.by {
                EndedBy::Person => "the person",
                EndedBy::Authority => "authority",
                EndedBy::Time => "time",
            };
            let within =
                end.within.as_ref().map_or_else(|| "the same day".to_owned(), |within| format!("within {within}"));
            put(out, &format!("      on {} ({by}), {within}  {}", end.on, basis(&end.cite)));
        }
        if self.remedies.is_empty() {
            put(out, "    no remedy");
        }
        for remedy in &self.remedies {
            let file =
                remedy.file_within.as_ref().map_or_else(|| "any time".to_owned(), |within| format!("within {within}"));
            let decide = remedy
                .decide_within
                .as_ref()
                .map_or_else(|| "no limit".to_owned(), |within| format!("within {within}"));
            let line = format!(
                "    remedy {} to {}: file {file}, decision {decide}, {}  {}",
                remedy.name,
                remedy.to,
                remedy.suspends,
                basis(&remedy.cite)
            );
            put(out, &line);
        }
        if !self.suspension_hangs_on.is_empty() {
            put(out, &format!("      whether it suspends hangs on {}", self.suspension_hangs_on.join(", ")));
        }
    }
}

fn put(out: &mut String, text: &str) {
    writeln!(out, "{text}").expect("writing to memory does not fail");
}
