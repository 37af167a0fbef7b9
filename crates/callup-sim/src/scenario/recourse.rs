//! What people do about it: remedies (M18), conscientious objection, asking for help (M17). Choices of a scenario, each with its source.
//!
//! What a remedy suspends, and until when, is the law's to say. This file knows no file format.

use super::{Delay, Mobilisation, Parameter, Visit};
use callup_law::calendar::Day;

/// What offices do with those who come, and what people do about it; each part can be switched off.
#[derive(Clone, Debug, PartialEq)]
pub struct Recourse {
    /// What happens to those who come; empty if nothing beyond the notice itself.
    pub visits: Vec<Visit>,
    /// What becomes of those who come on a notice of mobilisation; `None` if nothing.
    pub mobilisation: Option<Mobilisation>,
    /// Remedies that people file; empty if nobody does.
    pub remedies: Vec<Remedy>,
    /// Conscientious objection; `None` if nobody applies.
    pub objection: Option<Objection>,
    /// Requests for legal aid; `None` if nobody asks.
    pub help: Option<Help>,
}

impl Recourse {
    /// All of it switched off.
    #[must_use]
    pub fn none() -> Recourse {
        Recourse { visits: Vec::new(), mobilisation: None, remedies: Vec::new(), objection: None, help: None }
    }
}

/// A way against a decision, to one body.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// Name; part of the paths of its parameters.
    pub name: String,
    /// The remedy of the law that is filed, by name; nobody files it under a law that has none of that name. `None` for one that no law knows:
    /// it suspends nothing, and no law hears of it.
    pub law: Option<String>,
    /// What it is against.
    pub against: Against,
    /// The remedy that must have been refused before, by name; `None` if it is the first.
    pub after: Option<String>,
    /// First day on which it is filed.
    pub from: Day,
    /// Last day, if any.
    pub until: Option<Day>,
    /// Share of those against whom the decision stands, and who know of it, who file.
    pub files: Parameter,
    /// Days from the decision, or from knowledge of it, to filing.
    pub filing_delay: Delay,
    /// Share of them for whom somebody else can act under a power of attorney: also for those who are away.
    pub represented: Parameter,
    /// Factor on the share that files, for those.
    pub representation: Parameter,
    /// Decisions a day and 100,000 inhabitants.
    pub decided: Parameter,
    /// Days that a decision takes where nobody waits.
    pub decision_delay: Delay,
    /// Chance of success of one with the truth on his side.
    pub granted_right: Parameter,
    /// Chance of success of anybody else.
    pub granted_other: Parameter,
    /// Days from a success to the return of one who has been dispatched meanwhile.
    pub return_delay: Delay,
    /// Days from the decision to its being final, where the law suspends something until then.
    pub final_delay: Delay,
    /// Chance that the body holds up the dispatch by interim protection, where the law does not; 0 against a measure.
    pub interim: Parameter,
}

/// What a remedy is against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// A measure in effect that he knows of.
    Measure,
    /// A call-up to the term of service.
    CallUp,
    /// A call-up on mobilisation.
    Mobilisation,
}

impl Against {
    /// All, in order.
    pub const ALL: [Against; 3] = [Against::Measure, Against::CallUp, Against::Mobilisation];

    /// How scenarios write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Against::Measure => "measure",
            Against::CallUp => "call_up",
            Against::Mobilisation => "mobilisation",
        }
    }
}

/// Conscientious objection to the draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Objection {
    /// Share of objectors with a summons who apply for alternative service.
    pub files: Parameter,
    /// Share of applications within the time that the law sets; the others are refused.
    pub in_time: Parameter,
    /// Share granted of those in time.
    pub granted: Parameter,
}

/// Requests for legal aid that hang on a man's own matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Help {
    /// Share that asks on learning of a summons to the draft or to training, to check data, to mobilisation; on thinking of a remedy; on trying to
    /// leave; on being pressed to sign. In the order of [`Asks::ALL`].
    pub shares: [Parameter; 6],
    /// Days until he asks.
    pub delay: Delay,
    /// Factor on the share that files a remedy, for those who asked about it.
    pub files: Parameter,
}

/// What somebody asks for help about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Asks {
    /// A summons to the draft or to training.
    Summons,
    /// A summons to check data.
    DataCheck,
    /// A notice of mobilisation.
    Mobilisation,
    /// A remedy.
    Remedy,
    /// Leaving the country.
    Exit,
    /// Pressure to sign a contract.
    ContractPressure,
}

impl Asks {
    /// All, in order.
    pub const ALL: [Asks; 6] =
        [Asks::Summons, Asks::DataCheck, Asks::Mobilisation, Asks::Remedy, Asks::Exit, Asks::ContractPressure];
}
