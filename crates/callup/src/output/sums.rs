//! Sums of the whole run that stand beside the twelve lines: why notices reached nobody, whom searches stopped, who crossed the border.
//!
//! They are read off the daily columns, once, for the receipt, the report and the terminal. This file knows no law.

use super::tables::expanded;
use super::words::{grouped, percent};
use callup_sim::Outcome;
use callup_sim::tally::{CAUSES, Flow};
use serde::{Deserialize, Serialize};

/// A sum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SumLine {
    /// What it belongs to.
    pub group: Group,
    /// Name of the daily column, or of the columns added up.
    pub id: String,
    /// Words for people.
    pub label: String,
    /// The sum at the scale of the run.
    pub value: u64,
    /// The sum as it would be at scale 1.
    pub expanded: u64,
    /// What is counted.
    pub unit: String,
    /// Its part of all of the group, where that says something and is not 0.
    pub share: Option<f64>,
}

/// What a sum belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Notices neither served nor known on their date, by cause, the greatest first. Shares are of all of them.
    Unreached,
    /// Stops by searches, by whom they met. Shares are of all stops.
    Searches,
    /// The border.
    Border,
    /// Valid reasons for not coming.
    Reasons,
}

/// Words for a cause.
const fn cause_words(cause: Flow) -> &'static str {
    match cause {
        Flow::UnreachedLivesElsewhere => "does not live where he is registered",
        Flow::UnreachedAddressOutOfDate => "the office has a wrong address, or none",
        Flow::UnreachedNotAtHome => "not met at home",
        Flow::UnreachedAway => "abroad or serving",
        Flow::UnreachedNotPassedOn => "the employer or place of study did not pass it on",
        Flow::UnreachedNotCollected => "letter refused or not collected",
        Flow::UnreachedNotRead => "not read on the portal in time",
        Flow::UnreachedNoEmployerKnown => "no employer on record, and no other way was taken",
        Flow::UnreachedNoAccount => "no account, and no other way was taken",
        _ => "nothing had failed yet: no attempt made, or its outcome open",
    }
}

/// Name, words and columns of sums.
type Kind = (&'static str, &'static str, &'static [Flow]);

/// Whom searches stopped.
const STOPS: [Kind; 3] = [
    (
        "found",
        "found, and owing what they were listed for",
        &[Flow::FoundByCameras, Flow::FoundByEmployers, Flow::FoundByPlacesOfStudy],
    ),
    (
        "wrongly_stopped",
        "taken for somebody else",
        &[Flow::WronglyStoppedByCameras, Flow::WronglyStoppedByEmployers, Flow::WronglyStoppedByPlacesOfStudy],
    ),
    (
        "stale_stops",
        "the right man, on a listing that had ended or was wrong",
        &[Flow::StaleStopsByCameras, Flow::StaleStopsByEmployers, Flow::StaleStopsByPlacesOfStudy],
    ),
];

/// Crossings and refusals.
const BORDER: [Kind; 7] = [
    ("trips_begun", "trips with a return begun", &[Flow::TripsBegun]),
    ("trips_ended", "trips ended", &[Flow::TripsEnded]),
    ("trips_turned_back", "turned back on a trip", &[Flow::TripsTurnedBack]),
    ("departure_attempts", "came to the border to leave for good", &[Flow::DepartureAttempts]),
    ("departures_turned_back", "of these, turned back", &[Flow::DeparturesTurnedBack]),
    ("left", "of these, left", &[Flow::Left]),
    ("returned", "came back after leaving", &[Flow::Returned]),
];

/// Valid reasons.
const REASONS: [Kind; 1] = [("valid_reason_shown", "valid reasons shown for not coming", &[Flow::ValidReasonShown])];

/// The sums of a run at this scale.
#[must_use]
pub fn sums(outcome: &Outcome, scale: f64) -> Vec<SumLine> {
    let total = |flows: &[Flow]| -> u64 {
        let columns = flows.iter().filter_map(|flow| outcome.daily.column(flow.word()));
        columns.map(|column| outcome.daily.total(column)).sum()
    };
    let line = |group: Group, (id, label, flows): Kind, whole: u64| {
        let value = total(flows);
        SumLine {
            group,
            id: id.to_owned(),
            label: label.to_owned(),
            value,
            expanded: expanded(value, scale),
            unit: flows[0].unit().to_owned(),
            share: (whole > 0).then(|| value as f64 / whole as f64),
        }
    };
    let unreached = total(&CAUSES);
    let mut lines: Vec<SumLine> = Vec::new();
    for cause in &CAUSES {
        lines.push(line(Group::Unreached, (cause.word(), cause_words(*cause), std::slice::from_ref(cause)), unreached));
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.value));
    let stops = STOPS.iter().map(|kind| total(kind.2)).sum();
    lines.extend(STOPS.map(|kind| line(Group::Searches, kind, stops)));
    lines.extend(BORDER.map(|kind| line(Group::Border, kind, 0)));
    lines.extend(REASONS.map(|kind| line(Group::Reasons, kind, 0)));
    lines
}

/// How many causes are named on the terminal.
const NAMED: usize = 3;

/// The sums in a few lines for the terminal: what did not happen in the run has none.
#[must_use]
pub fn in_words(lines: &[SumLine]) -> Vec<String> {
    let of = |group: Group| lines.iter().filter(move |line| line.group == group && line.value > 0);
    let number = |id: &str| lines.iter().find(|line| line.id == id).map_or(0, |line| line.expanded);
    let mut words = Vec::new();
    let unreached: u64 = of(Group::Unreached).map(|line| line.expanded).sum();
    if unreached > 0 {
        let part = |line: &SumLine| format!("{} {}", line.label, line.share.map(percent).unwrap_or_default());
        let causes: Vec<String> = of(Group::Unreached).take(NAMED).map(part).collect();
        words.push(format!(
            "{} summonses neither served nor known on their date: {}",
            grouped(unreached),
            causes.join("; ")
        ));
    }
    if of(Group::Searches).next().is_some() {
        let parts = of(Group::Searches).map(|line| format!("{} {}", grouped(line.expanded), line.label));
        words.push(format!("stopped by searches: {}", parts.collect::<Vec<_>>().join("; ")));
    }
    if of(Group::Border).next().is_some() {
        words.push(format!(
            "at the border: {} trips begun, {} turned back on one; {} left, {} turned back, {} came back",
            grouped(number("trips_begun")),
            grouped(number("trips_turned_back")),
            grouped(number("left")),
            grouped(number("departures_turned_back")),
            grouped(number("returned"))
        ));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{Group, SumLine, in_words};

    #[test]
    fn what_did_not_happen_is_not_spoken_of() {
        let line = |group, id: &str, value: u64, share| SumLine {
            group,
            id: id.into(),
            label: id.into(),
            value,
            expanded: 10 * value,
            unit: "notices".into(),
            share,
        };
        let mut lines = vec![
            line(Group::Unreached, "elsewhere", 30, Some(0.75)),
            line(Group::Unreached, "away", 10, Some(0.25)),
            line(Group::Unreached, "unread", 0, Some(0.0)),
            line(Group::Searches, "found", 0, None),
            line(Group::Border, "left", 0, None),
        ];
        let only = "400 summonses neither served nor known on their date: elsewhere 75.0 %; away 25.0 %";
        assert_eq!(in_words(&lines), [only]);
        lines[4].value = 1;
        lines[4].expanded = 10;
        assert!(in_words(&lines)[1].contains("10 left, 0 turned back"), "{:?}", in_words(&lines));
    }
}
