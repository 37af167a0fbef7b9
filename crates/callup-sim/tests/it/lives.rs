//! Reading histories: the rows of each man, and the days on which something befell him in a matter.

use callup_law::roles::Event;
use callup_sim::Outcome;
use callup_sim::journal::{HistoryRow, What};
use callup_sim::random::PersonId;
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
