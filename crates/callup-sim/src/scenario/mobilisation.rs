//! What offices do with those who come (M9) and a partial mobilisation (M13): choices of a scenario, each with its source.
//!
//! Whom the law frees is the law's to say; which of those facts offices act on in a mobilisation is an act of government and stands in the
//! scenario with its source. This file knows no file format.

use super::{Delay, Parameter};
use callup_law::calendar::Day;
use callup_law::roles::NoticeKind;

/// What happens at an office to those who come on a kind of notice. Of several that fit a region and a day the last holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// Name; part of the paths of its parameters.
    pub name: String,
    /// Kind of notice on which he comes.
    pub notice: NoticeKind,
    /// First day.
    pub from: Day,
    /// Last day, if any.
    pub until: Option<Day>,
    /// Regions by ISO code; `None` for all.
    pub regions: Option<Vec<String>>,
    /// Share of those who come who are pressed to sign a contract, while quotas press no harder than in calm times.
    pub pressed: Parameter,
    /// Chance that one who is pressed signs.
    pub signs: Parameter,
    /// Share of those who come who are handed a paper that forbids them to leave the region.
    pub leave_region_paper: Parameter,
    /// Share of wrong records that the visit mends.
    pub record_mended: Parameter,
}

/// A partial mobilisation: what becomes of those who come on a notice of mobilisation.
#[derive(Clone, Debug, PartialEq)]
pub struct Mobilisation {
    /// Who is on the roll and who comes first; nobody else is.
    pub categories: Vec<Category>,
    /// What frees a man.
    pub frees: Vec<Freeing>,
    /// Days from appearance to the check and the decision.
    pub check_delay: Delay,
    /// Days from the decision to dispatch.
    pub dispatch_delay: Delay,
    /// Share of those who should be free who are called all the same.
    pub wrongly_called: Parameter,
    /// Share of those called wrongly who are sent home again.
    pub returned: Parameter,
    /// Days from dispatch until they are.
    pub return_delay: Delay,
    /// Deferments through employers, if any.
    pub cards: Option<Cards>,
}

/// A category of the reserve, as the register has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Category {
    /// Name; part of the paths of its parameters.
    pub name: String,
    /// Youngest and oldest completed age on the first day of the run.
    pub ages: [u8; 2],
    /// Whether only those are in it whose service stands in the register.
    pub served: bool,
    /// How many times as likely one of it is called before one of a category with 1.
    pub precedence: Parameter,
}

/// A circumstance that frees from mobilisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freeing {
    /// He studies full time.
    Student,
    /// A family ground exists.
    FamilyGround,
    /// He is unfit, for a time or for good (categories G and D).
    Unfit,
    /// He is not in the reserve.
    NotInReserve,
}

impl Freeing {
    /// All, in order.
    pub const ALL: [Freeing; 4] = [Freeing::Student, Freeing::FamilyGround, Freeing::Unfit, Freeing::NotInReserve];

    /// How scenarios write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Freeing::Student => "student",
            Freeing::FamilyGround => "family_ground",
            Freeing::Unfit => "unfit",
            Freeing::NotInReserve => "not_in_reserve",
        }
    }
}

/// Employers file cards for men whom they may keep; offices work through them.
#[derive(Clone, Debug, PartialEq)]
pub struct Cards {
    /// Share of working men with a notice for whom a card is filed.
    pub covered: Parameter,
    /// Days from knowledge of the notice to filing.
    pub filing_delay: Delay,
    /// Cards that offices can decide a day and 100,000 inhabitants.
    pub decided: Parameter,
    /// Days that a decision takes where no card waits.
    pub decision_delay: Delay,
    /// Share granted.
    pub granted: Parameter,
}
