//! Two laws side by side, by role: in days and rights, not in lines.
//!
//! What a measure does in days is found by telling the same situations under both laws with the very step that runs and explanations use; what rights there
//! are stands in the laws as they are. States and names that only one law has play no part. This file knows no printing.

mod rights;
mod score;
mod situations;
mod text;

pub use rights::{End, EndedBy, RemedyLine, RightDiff, ScoreCard};
pub use score::{ArticleScore, Exit, MeasureScore, Score, score};
pub use situations::{Days, MeasureDays, Situation, SituationDiff};
pub use text::text;

use crate::explain::ExplainError;
use crate::rulebook::Rulebook;
use serde::Serialize;

/// Version of the meaning of a difference in JSON.
pub const FORMAT_VERSION: u32 = 1;

/// Two laws side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// [`FORMAT_VERSION`].
    pub format_version: u32,
    /// `id@date` of each.
    pub laws: [String; 2],
    /// Title of each.
    pub titles: [String; 2],
    /// What measures do in days, situation by situation.
    pub situations: Vec<SituationDiff>,
    /// Who may end each measure and what lies against it.
    pub rights: Vec<RightDiff>,
    /// Each law by itself.
    pub score_cards: [ScoreCard; 2],
}

/// Holds the second law against the first.
///
/// # Errors
/// What keeps a situation from being told under one of them.
pub fn diff(first: &Rulebook, second: &Rulebook) -> Result<Diff, Vec<ExplainError>> {
    let both = [first, second];
    let situations = situations::diffs(both)?;
    Ok(Diff {
        format_version: FORMAT_VERSION,
        laws: both.map(|book| format!("{}@{}", book.id, book.in_force_from)),
        titles: both.map(|book| book.title.clone()),
        rights: rights::diffs(both),
        score_cards: [0, 1].map(|law| rights::score_card(both[law], &situations, law)),
        situations,
    })
}
