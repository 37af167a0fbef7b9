//! Choices of the ledgers: those serving, leaving the unit, legal aid, cost. Accounts are kept after a run; nothing here changes a life.
//!
//! Money is in whole roubles. Each part can be left out; no default stands here.

use super::Parameter;
use callup_law::calendar::Day;

/// Which ledgers are kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledgers {
    /// Those serving; `None` keeps no such ledger.
    pub service: Option<Service>,
    /// Legal aid.
    pub legal_aid: Option<LegalAid>,
    /// Cost.
    pub cost: Option<Cost>,
}

/// A number that holds from a day on, until the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// First day.
    pub from: Day,
    /// The number.
    pub value: Parameter,
}

/// Those serving.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Posts of the forces, and how many from which day on, persons.
    pub establishment: Vec<Step>,
    /// Men serving on contract when the run begins, persons.
    pub contract_at_start: Parameter,
    /// Men mobilised before the run and serving, persons.
    pub mobilised_at_start: Parameter,
    /// Share of either who are deployed when the run begins; the others are in their units.
    pub deployed_at_start: Parameter,
    /// Men dispatched to serve their term before the run.
    pub intakes_before: Vec<IntakeBefore>,
    /// Length of that term, days.
    pub term_days: Parameter,
    /// Training of conscripts, men on contract, mobilised men and those of the company, days.
    pub training_days: [Parameter; 4],
    /// Places for training, persons; the company trains its own.
    pub training_places: Parameter,
    /// Sets of equipment ready when the run begins, sets.
    pub equipment_at_start: Parameter,
    /// Sets of equipment that come, a day.
    pub equipment_per_day: Parameter,
    /// How many of the ministry's men are to be deployed, persons.
    pub deployment: Vec<Step>,
    /// Rotation; `None` for none.
    pub rotation: Option<Rotation>,
    /// The dead among those deployed, a day: a series from outside.
    pub dead_per_day: Vec<Step>,
    /// Those who are discharged as disabled, a day: a series from outside.
    pub disabled_per_day: Vec<Step>,
    /// Leaving the unit; `None` where nobody does.
    pub leaving: Option<Leaving>,
}

/// Men dispatched before the run, evenly over these days.
#[derive(Clone, Debug, PartialEq)]
pub struct IntakeBefore {
    /// First day.
    pub from: Day,
    /// Last day, before the run.
    pub until: Day,
    /// Persons.
    pub persons: Parameter,
}

/// Rotation of those deployed.
#[derive(Clone, Debug, PartialEq)]
pub struct Rotation {
    /// First day on which anybody is relieved.
    pub from: Day,
    /// Days deployed after which a man is relieved.
    pub deployed_days: Parameter,
    /// Days of rest before he can be deployed again.
    pub rest_days: Parameter,
}

/// Leaving the unit without leave, and what the courts make of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaving {
    /// Men who leave, a man on contract or mobilised and year.
    pub leaves_per_year: Parameter,
    /// Share of them against whom a case is brought.
    pub case_share: Parameter,
    /// Days from leaving to the case, and to the return of those without one.
    pub case_days: Parameter,
    /// Cases pending when the run begins.
    pub cases_at_start: Parameter,
    /// Verdicts that the courts can give, on a day on which they sit.
    pub verdicts_per_day: Vec<Step>,
    /// Share of verdicts that are suspended; those men go back to their units.
    pub suspended_share: Parameter,
}

/// Legal aid: a queue.
#[derive(Clone, Debug, PartialEq)]
pub struct LegalAid {
    /// Requests that hang on no notice, a day in calm times; more by the index of alarm.
    pub unprompted_per_day: Parameter,
    /// Requests for each man who leaves his unit.
    pub leaving_factor: Parameter,
    /// Requests open when the run begins.
    pub open_at_start: Parameter,
    /// Requests that can be answered, a day.
    pub answers_per_day: Parameter,
}

/// Cost, in whole roubles; the bonuses stand in a table of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// Pay a month of a man on contract or mobilised who is not deployed.
    pub unit_pay: Parameter,
    /// Pay a month of one who is deployed.
    pub deployed_pay: Parameter,
    /// Pay a month of a conscript.
    pub conscript_pay: Parameter,
    /// Share of the days deployed that are spent in active offensive.
    pub offensive_share: Parameter,
    /// Supplement for such a day.
    pub offensive_day: Parameter,
    /// Kilometres of advance paid for, each once for every man paid, a day.
    pub kilometres_per_day: Parameter,
    /// Supplement for a kilometre.
    pub kilometre: Parameter,
    /// Compensation for a death.
    pub death: Parameter,
    /// Compensation for a disability.
    pub disability: Parameter,
    /// Deficit of the federal budget, for comparison.
    pub deficit: Parameter,
    /// One-off levy on companies, for comparison.
    pub levy: Parameter,
}
