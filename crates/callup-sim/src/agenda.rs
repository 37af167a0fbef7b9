//! What is due on which day in one district: a bucket a day, run kind by kind in the order of [`Kind`].
//!
//! Entries of one kind on one day are served in the order in which they were put there, which follows from each person's own history
//! and from sorted selections, never from slots or threads. Days past the run are never kept. This file knows no law and no person.

use crate::event::{Entry, KINDS, Kind};
use callup_law::program::Offset;

/// The agenda of one district.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct Agenda {
    /// Offset of the first bucket.
    first: Offset,
    /// One bucket a day of the run; the bucket of a day that has begun is empty.
    buckets: Vec<Vec<Entry>>,
    /// Emptied buckets, to be filled again.
    spare: Vec<Vec<Entry>>,
    /// Entries of the day being run, by kind.
    today: [Vec<Entry>; KINDS],
    /// The day being run.
    now: Offset,
    /// The kind being run.
    at: Kind,
    /// Entries waiting.
    waiting: usize,
    /// Most entries that ever waited.
    peak: usize,
}

impl Agenda {
    /// An empty agenda for the `days` days from `first`.
    #[must_use]
    pub fn new(first: Offset, days: u16) -> Agenda {
        Agenda {
            first,
            buckets: vec![Vec::new(); usize::from(days)],
            spare: Vec::new(),
            today: std::array::from_fn(|_| Vec::new()),
            now: first,
            at: Kind::ALL[0],
            waiting: 0,
            peak: 0,
        }
    }

    /// Puts an entry on a day. Past the last day it is dropped; on a day whose place for this kind has passed it goes to the next.
    pub fn put(&mut self, day: Offset, entry: Entry) {
        let day = if day > self.now {
            day
        } else if entry.kind >= self.at {
            self.today[entry.kind as usize].push(entry);
            return;
        } else {
            self.now + 1
        };
        if let Some(bucket) = self.buckets.get_mut(usize::from(day - self.first)) {
            if bucket.capacity() == 0 {
                *bucket = self.spare.pop().unwrap_or_default();
            }
            bucket.push(entry);
            self.waiting += 1;
        }
    }

    /// Begins a day: its entries are laid out by kind.
    pub fn begin(&mut self, day: Offset) {
        self.now = day;
        self.at = Kind::ALL[0];
        self.peak = self.peak.max(self.waiting);
        let mut bucket = std::mem::take(&mut self.buckets[usize::from(day - self.first)]);
        self.waiting -= bucket.len();
        for entry in bucket.drain(..) {
            self.today[entry.kind as usize].push(entry);
        }
        if bucket.capacity() > 0 {
            self.spare.push(bucket);
        }
    }

    /// Takes today's entries of a kind, in exchange for an empty list; what is put for the same kind meanwhile comes with the next call.
    pub fn take(&mut self, kind: Kind, empty: Vec<Entry>) -> Vec<Entry> {
        self.at = kind;
        std::mem::replace(&mut self.today[kind as usize], empty)
    }

    /// Whether anything of a kind is on today's agenda.
    #[must_use]
    pub fn is_due(&self, kind: Kind) -> bool {
        !self.today[kind as usize].is_empty()
    }

    /// Entries that wait for later days.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// Most entries that ever waited at the beginning of a day.
    #[must_use]
    pub fn peak(&self) -> usize {
        self.peak
    }
}
