//! What is drawn ahead: the decisions that nearly every matter of a run asks for, by the choices of its scenario.
//!
//! A draw depends on nothing but its key, so it does not matter when it is drawn. This file knows no person, no mechanism and no day.

use crate::random::{Decision, Probability};
use crate::settings::{OutcomeSetting, ReadingSetting, Settings, TimingSetting, Wait};

/// Codes of the first answer and how many from there on can be drawn ahead.
const FIRST: usize = Decision::Selection as usize;
const CODES: usize = 64;
/// Not drawn ahead.
const NOWHERE: u8 = u8::MAX;

/// The decisions of a matter that are drawn ahead, each with ordinal and alternative 0.
#[derive(Clone, Debug)]
pub struct DrawnAhead {
    decisions: Vec<Decision>,
    /// Place in `decisions` by code.
    places: [u8; CODES],
}

impl DrawnAhead {
    /// What the choices of a scenario make nearly every matter ask for.
    #[must_use]
    pub fn new(settings: &Settings) -> DrawnAhead {
        let (response, commission) = (&settings.response, &settings.commission);
        let open = |chances: &[Probability]| !chances.iter().all(|chance| chance.is_certain());
        let drawn = |wait: &Wait| matches!(wait, Wait::Drawn(_));
        let (read, read_delay) = match &settings.reading {
            ReadingSetting::PerNotice(chance, delay) => (open(&[*chance]), drawn(delay)),
            ReadingSetting::Timeline(_) => (false, false),
        };
        let asked = [
            (Decision::NoticeRead, read),
            (Decision::NoticeReadDelay, read_delay),
            (Decision::Appears, open(&response.appears)),
            (Decision::AppearanceDelay, matches!(&response.timing, TimingSetting::AfterDeciding(wait) if drawn(wait))),
            (Decision::ComesLate, response.late.iter().any(|hazard| hazard.0 != 0)),
            (Decision::Located, response.located.0 != 0),
            (Decision::ExaminationDelay, drawn(&commission.examination)),
            (
                Decision::CommissionOutcome,
                matches!(commission.outcome, OutcomeSetting::Shares(one, other) if open(&[one, other])),
            ),
        ];
        let decisions: Vec<Decision> =
            asked.into_iter().filter(|(_, is_asked)| *is_asked).map(|(decision, _)| decision).collect();
        let mut places = [NOWHERE; CODES];
        for (place, decision) in (0..).zip(&decisions) {
            places[*decision as usize - FIRST] = place;
        }
        DrawnAhead { decisions, places }
    }

    /// The decisions, in the order of a matter's words.
    #[must_use]
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// Where the word of a decision stands among those of a matter, if it is drawn ahead.
    #[must_use]
    #[inline(always)]
    pub fn place(&self, decision: Decision) -> Option<usize> {
        let place = *self.places.get((decision as usize).wrapping_sub(FIRST))?;
        (place != NOWHERE).then_some(usize::from(place))
    }
}
