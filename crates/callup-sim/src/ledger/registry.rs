//! The list of what ledgers tell: name, ledger, unit, definition. A second list beside that of the indicators, printed and explained with it.

/// Something that a ledger tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LedgerIndicator {
    /// Name, and name of its page.
    pub id: &'static str,
    /// Which ledger.
    pub ledger: &'static str,
    /// What its value counts.
    pub unit: &'static str,
    /// What it says, in one sentence.
    pub definition: &'static str,
}

/// One of this name.
#[must_use]
pub fn find(id: &str) -> Option<&'static LedgerIndicator> {
    LEDGER_INDICATORS.iter().find(|one| one.id == id)
}

const fn one(id: &'static str, ledger: &'static str, unit: &'static str, definition: &'static str) -> LedgerIndicator {
    LedgerIndicator { id, ledger, unit, definition }
}

/// Every one: those serving, leaving the unit, legal aid, cost.
pub const LEDGER_INDICATORS: &[LedgerIndicator] = &[
    one("serving_by_status", "service", "persons", "Men serving, by kind and status, at the month's end."),
    one(
        "service_movements",
        "service",
        "persons",
        "Men who were taken in, trained, equipped, deployed, relieved, lost or discharged, by kind, in the month and in the run.",
    ),
    one(
        "training_backlog",
        "service",
        "persons",
        "Men who wait for a place to be trained, at the month's end, of the places there are.",
    ),
    one("equipment_backlog", "service", "persons", "Trained men who wait for equipment, at the month's end."),
    one(
        "establishment_filled",
        "service",
        "persons",
        "Men of the ministry serving at the month's end, of the posts of the establishment.",
    ),
    one(
        "unit_cases",
        "leaving_unit",
        "cases",
        "Cases of leaving the unit that were brought to court, in the month and in the run, of the men who left.",
    ),
    one("unit_verdicts", "leaving_unit", "verdicts", "Verdicts on leaving the unit, in the month and in the run."),
    one(
        "unit_case_backlog",
        "leaving_unit",
        "cases",
        "Cases of leaving the unit that wait for a verdict, at the month's end.",
    ),
    one(
        "unit_suspended",
        "leaving_unit",
        "verdicts",
        "Verdicts on leaving the unit that are suspended and send the man back, of all, in the month and in the run.",
    ),
    one(
        "aid_requests",
        "legal_aid",
        "requests",
        "Requests for legal aid, by kind, on the day, in the month and in the run.",
    ),
    one(
        "aid_answered",
        "legal_aid",
        "requests",
        "Requests for legal aid that were answered, by kind, in the month and in the run.",
    ),
    one(
        "aid_backlog",
        "legal_aid",
        "requests",
        "Requests for legal aid that wait for an answer, at the day's and the month's end.",
    ),
    one(
        "aid_waiting_days",
        "legal_aid",
        "requests",
        "Days from a request for legal aid to the answer: counts by whole days, and percentiles where one still open counts as longer than every answered one.",
    ),
    one("cost_by_account", "cost", "roubles", "Cost of men by account, in the month and in the run."),
    one(
        "cost_of_deficit",
        "cost",
        "roubles",
        "Cost of men of all accounts in the run, of the reported deficit of the federal budget.",
    ),
    one(
        "cost_of_levy",
        "cost",
        "roubles",
        "Cost of men of all accounts in the run, of the reported one-off levy on companies.",
    ),
];
