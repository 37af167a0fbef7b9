//! Reading histories: the rows of each matter, what their citations stand for, and the daily table counted anew from them.

use callup_law::roles::{Event, MeasureKind};
use callup_law::rulebook::Rulebook;
use callup_sim::Outcome;
use callup_sim::journal::{Assumption, Cause, HistoryRow, What};
use callup_sim::people::People;
use callup_sim::random::PersonId;
use callup_sim::scenario::SearchKind;
use callup_sim::scenario::contract::Channel;
use std::collections::BTreeMap;

/// A matter: whose, and of which campaign.
pub type Matter = (PersonId, u8);

/// Rows of each matter, in order of time.
pub fn by_matter(outcome: &Outcome) -> BTreeMap<Matter, Vec<HistoryRow>> {
    let mut matters: BTreeMap<Matter, Vec<HistoryRow>> = BTreeMap::new();
    for row in &outcome.histories {
        if let Some(campaign) = row.campaign {
            matters.entry((row.person, campaign)).or_default().push(*row);
        }
    }
    matters
}

/// Whether a row is this event.
pub fn is_event(row: &HistoryRow, event: Event) -> bool {
    row.what == What::Event && row.detail == event as u16
}

/// The first day of this event.
pub fn day_of(rows: &[HistoryRow], event: Event) -> Option<u16> {
    rows.iter().find(|row| is_event(row, event)).map(|row| row.day)
}

/// What a citation of `LawSet::cites` stands for: (measure, line) of a start or an end, or the place in its own list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Rule(usize),
    Start(usize, usize),
    End(usize, usize),
    Bound(usize),
    Replaces,
}

/// What a citation stands for in the book of its law.
pub fn place_of(book: &Rulebook, cite: u16) -> Place {
    let mut at = usize::from(cite);
    if at < book.rules.len() {
        return Place::Rule(at);
    }
    at -= book.rules.len();
    for (index, measure) in book.measures.iter().enumerate() {
        if at < measure.starts.len() {
            return Place::Start(index, at);
        }
        at -= measure.starts.len();
        if at < measure.ends.len() {
            return Place::End(index, at);
        }
        at -= measure.ends.len();
    }
    if at < book.notices.len() { Place::Bound(at) } else { Place::Replaces }
}

/// Counts of a day and region by column of the daily table.
pub type Counts = BTreeMap<(u16, usize, String), u64>;

/// The flows of the daily table that histories give, counted from the rows of everybody whose whole history was written.
pub fn recount(people: &People, rows: &[HistoryRow]) -> Counts {
    let mut counts = Counts::new();
    for row in rows {
        let layout = people.layout();
        let person = people.row(row.person).expect("he exists");
        let region = layout.region_of_district(layout.district_of(person));
        for column in columns_of(row) {
            *counts.entry((row.day, region, column)).or_default() += 1;
        }
    }
    counts
}

/// The flows in which a row is counted.
fn columns_of(row: &HistoryRow) -> Vec<String> {
    let measure = |flow: &str| {
        let kind = MeasureKind::ALL[usize::from(row.detail)];
        vec![format!("{}_{flow}", kind.word())]
    };
    let way = |flow: &str| vec![format!("{flow}_{}", SearchKind::ALL[usize::from(row.detail)].word())];
    let plain = |columns: &[&str]| columns.iter().map(|column| (*column).to_string()).collect();
    match row.what {
        // That a man has entered the forces is heard in each of his matters; he is counted once, when he signs.
        What::Event if row.cause == Cause::Assumption(Assumption::Contracts) => Vec::new(),
        What::Event if is_event(row, Event::Issued) => plain(&["issued", "matters_opened"]),
        // Leaving is one event of the person and one of each of his matters.
        What::Event if is_event(row, Event::Left) && row.campaign.is_none() => plain(&["left", "departure_attempts"]),
        What::Event if is_event(row, Event::Left) => Vec::new(),
        // Who is mobilised is dispatched otherwise than by the draft.
        What::Event if is_event(row, Event::Dispatched) && row.cause == Cause::Assumption(Assumption::Mobilisation) => {
            plain(&["mobilised"])
        }
        // Coming is what a demand asks for: a law that hears of it as an event of its own hears of an appearance.
        What::Event if is_event(row, Event::Complied) => Vec::new(),
        // Remedies have rows of their own.
        What::Event if is_event(row, Event::Cancelled) => Vec::new(),
        What::Event => plain(&[Event::ALL[usize::from(row.detail)].word()]),
        What::RemedyEvent => Vec::new(),
        What::Void => plain(&["void"]),
        What::Entered => Vec::new(),
        What::StartDue => measure("start_due"),
        What::On => measure("on"),
        What::LiftDue => measure("lift_due"),
        What::Off => measure("off"),
        What::Queued => plain(&["queued"]),
        What::RecordEntered => plain(&["records_entered"]),
        What::RecordLost => plain(&["records_lost"]),
        What::RecordMended => plain(&["records_mended"]),
        What::TurnedBackOnTrip => plain(&["trips_turned_back"]),
        What::TurnedBackLeaving => plain(&["departures_turned_back", "departure_attempts"]),
        What::Returned => plain(&["returned"]),
        What::WronglyStopped => way("wrongly_stopped_by"),
        What::StaleStop => way("stale_stops_by"),
        What::Transferred => plain(&["transferred"]),
        What::Closed => plain(&["matters_closed"]),
        // The first contract of the scenario is the ministry's.
        What::Signed if row.detail >> 8 == 0 => {
            let channel = Channel::ALL[usize::from(row.detail & 0xff)].word();
            vec!["contracts_signed".to_owned(), format!("contracts_by_{channel}")]
        }
        What::Signed => plain(&["company_contracts"]),
        What::ContractEnded if row.detail & 2 == 0 => plain(&["contracts_left"]),
        What::ContractEnded => plain(&["company_returned"]),
        What::Pressed if row.detail == 1 => plain(&["pressed_to_sign", "signed_under_pressure"]),
        What::Pressed => plain(&["pressed_to_sign"]),
        What::LeaveRegionPaper => plain(&["leave_region_papers"]),
        What::Filed => plain(&["remedies_filed"]),
        What::Decided => plain(&[if row.detail & 1 == 1 { "remedies_granted" } else { "remedies_refused" }]),
        What::CardFiled => plain(&["employer_cards"]),
        What::CardDecided if row.detail == 1 => plain(&["employer_deferrals"]),
        What::SentHome if row.detail == 1 => plain(&["dispatched_returned"]),
        What::SentHome => plain(&["mobilised_returned"]),
        What::Objected if row.detail == 2 => plain(&["objections_filed", "objections_late"]),
        What::Objected => plain(&["objections_filed"]),
        // Counted on the day on which he asks, which may be later.
        What::CardDecided | What::AskedForHelp => Vec::new(),
    }
}

/// Whether a column of the daily table is one that [`recount`] gives. A commission without a limit has no queue, whose rows are not written.
pub fn is_recounted(column: &str, has_queue: bool) -> bool {
    let events = Event::ALL.iter().map(|event| event.word()).any(|word| word == column);
    let others = [
        "matters_opened",
        "departure_attempts",
        "void",
        "records_entered",
        "records_lost",
        "records_mended",
        "trips_turned_back",
        "departures_turned_back",
        "returned",
        "transferred",
        "matters_closed",
        "pressed_to_sign",
        "signed_under_pressure",
        "leave_region_papers",
        "remedies_filed",
        "remedies_granted",
        "remedies_refused",
        "employer_cards",
        "employer_deferrals",
        "mobilised",
        "mobilised_returned",
        "objections_filed",
        "objections_late",
    ];
    let of_a_measure = MeasureKind::ALL.iter().any(|kind| {
        let flow = column.strip_prefix(kind.word()).and_then(|rest| rest.strip_prefix('_'));
        flow.is_some_and(|flow| ["start_due", "on", "lift_due", "off"].contains(&flow))
    });
    let of_a_search = ["wrongly_stopped_by_", "stale_stops_by_"].iter().any(|flow| column.starts_with(flow));
    events || of_a_search || others.contains(&column) || of_a_measure || has_queue && column == "queued"
}
