//! What is due on which day in one district: a queue a day and kind, run kind by kind in the order of [`Kind`].
//!
//! Queues of near days are chains of small blocks from one pool, so that nothing grows and nothing is allocated day by day; far days wait
//! in one list a span and are filed when their span comes near. Entries of one kind on one day are served in the order in which they were
//! put there, which follows from each person's own history and from sorted selections, never from slots or threads. Days past the run are
//! never kept. This file knows no law and no person.

use crate::event::{Entry, KINDS, Kind};
use callup_law::program::Offset;

/// Days that are filed together. The queues reach at least so many days ahead.
const SPAN_DAYS: usize = 32;
/// Days that have queues.
const NEAR_DAYS: usize = 2 * SPAN_DAYS;
/// Entries of a block: with its head it fills a line of the cache.
const BLOCK_ENTRIES: usize = 7;
/// No block.
const NONE: u32 = u32::MAX;

const _: () = assert!(KINDS <= 64, "the kinds due on a day are bits of a u64");

/// Entries of one queue, and the block that follows; that of the last block is the first.
#[derive(Clone, Copy, Debug)]
struct Block {
    next: u32,
    count: u32,
    entries: [Entry; BLOCK_ENTRIES],
}

/// The agenda of one district.
#[derive(Clone, Debug)]
pub struct Agenda {
    /// Offset of the first day.
    first: Offset,
    /// Offset of the last day.
    last: Offset,
    /// The last block of each queue, or [`NONE`]: by near day and kind.
    queues: Vec<u32>,
    /// Kinds that have entries, as bits, by near day.
    due: Vec<u64>,
    /// All blocks, in use or free.
    blocks: Vec<Block>,
    /// The first free block; free blocks are chained.
    free: u32,
    /// Entries of far days, by span.
    far: Vec<Vec<(Offset, Entry)>>,
    /// The first day that has no queue yet.
    near_end: u32,
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
            last: (first + days).saturating_sub(1),
            queues: vec![NONE; NEAR_DAYS * KINDS],
            due: vec![0; NEAR_DAYS],
            blocks: Vec::new(),
            free: NONE,
            far: vec![Vec::new(); usize::from(days) / SPAN_DAYS + 1],
            near_end: u32::from(first) + NEAR_DAYS as u32,
            now: first,
            at: Kind::ALL[0],
            waiting: 0,
            peak: 0,
        }
    }

    /// The agenda of another district in the same room. Whatever still waits is gone.
    pub fn clear(&mut self) {
        self.queues.fill(NONE);
        self.due.fill(0);
        self.blocks.clear();
        self.free = NONE;
        self.far.iter_mut().for_each(Vec::clear);
        self.near_end = u32::from(self.first) + NEAR_DAYS as u32;
        (self.now, self.at, self.waiting, self.peak) = (self.first, Kind::ALL[0], 0, 0);
    }

    /// Puts an entry on a day. Past the last day it is dropped; on a day whose place for this kind has passed it goes to the next.
    #[inline]
    pub fn put(&mut self, day: Offset, entry: Entry) {
        let day = if day > self.now {
            day
        } else if entry.kind >= self.at {
            self.now
        } else {
            self.now + 1
        };
        if day > self.last {
            return;
        }
        self.waiting += 1;
        if u32::from(day) < self.near_end {
            self.push(day, entry);
        } else {
            self.far[usize::from(day - self.first) / SPAN_DAYS].push((day, entry));
        }
    }

    /// Puts an entry at the end of its queue.
    #[inline(always)]
    fn push(&mut self, day: Offset, entry: Entry) {
        let near = usize::from(day - self.first) % NEAR_DAYS;
        self.due[near] |= 1 << entry.kind as u64;
        let queue = near * KINDS + entry.kind as usize;
        let last = self.queues[queue];
        if let Some(block) = self.blocks.get_mut(last as usize)
            && let Some(place) = block.entries.get_mut(block.count as usize)
        {
            *place = entry;
            block.count += 1;
            return;
        }
        self.queues[queue] = self.chain(last, entry);
    }

    /// A new last block behind the one that was last, if any.
    fn chain(&mut self, last: u32, entry: Entry) -> u32 {
        let block = Block { next: NONE, count: 1, entries: [entry; BLOCK_ENTRIES] };
        let place = if self.free == NONE {
            self.blocks.push(block);
            self.blocks.len() as u32 - 1
        } else {
            let place = self.free;
            self.free = std::mem::replace(&mut self.blocks[place as usize], block).next;
            place
        };
        let first = if last == NONE { place } else { std::mem::replace(&mut self.blocks[last as usize].next, place) };
        self.blocks[place as usize].next = first;
        place
    }

    /// Begins a day; a span that has come near gets its queues.
    pub fn begin(&mut self, day: Offset) {
        self.now = day;
        self.at = Kind::ALL[0];
        self.peak = self.peak.max(self.waiting);
        let span = usize::from(day - self.first) / SPAN_DAYS;
        let near_end = u32::from(self.first) + (span * SPAN_DAYS + NEAR_DAYS) as u32;
        if near_end > self.near_end {
            self.near_end = near_end;
            if let Some(far) = self.far.get_mut(span + 1) {
                for (day, entry) in std::mem::take(far) {
                    self.push(day, entry);
                }
            }
        }
    }

    /// The kinds of today that have entries or are among `always`, as bits, from `kind` on.
    #[must_use]
    pub fn kinds_from(&self, kind: usize, always: u64) -> u64 {
        let due = self.due[usize::from(self.now - self.first) % NEAR_DAYS];
        (due | always) & u64::MAX.checked_shl(kind as u32).unwrap_or(0)
    }

    /// The day has come to this kind: what is put for an earlier one comes tomorrow.
    pub fn reach(&mut self, kind: Kind) {
        self.at = kind;
    }

    /// Moves today's entries of a kind behind those of a list; what is put for the same kind meanwhile comes with the next call.
    pub fn take(&mut self, kind: Kind, list: &mut Vec<Entry>) {
        let near = usize::from(self.now - self.first) % NEAR_DAYS;
        self.due[near] &= !(1 << kind as u64);
        let last = std::mem::replace(&mut self.queues[near * KINDS + kind as usize], NONE);
        if last == NONE {
            return;
        }
        let before = list.len();
        let mut place = self.blocks[last as usize].next;
        let first = place;
        loop {
            let block = &self.blocks[place as usize];
            list.extend_from_slice(&block.entries[..block.count as usize]);
            if place == last {
                break;
            }
            place = block.next;
        }
        self.blocks[last as usize].next = std::mem::replace(&mut self.free, first);
        self.waiting -= list.len() - before;
    }

    /// Everything that waits for later days, with its day, in the order in which each queue serves it. To be called between two days.
    #[must_use]
    pub fn entries(&self) -> Vec<(Offset, Entry)> {
        let mut list = Vec::with_capacity(self.waiting);
        let near_end = self.near_end.min(u32::from(self.last) + 1);
        for day in (u32::from(self.now) + 1..near_end).map(|day| day as Offset) {
            let near = usize::from(day - self.first) % NEAR_DAYS;
            for last in &self.queues[near * KINDS..(near + 1) * KINDS] {
                let mut place = *last;
                while place != NONE {
                    place = self.blocks[place as usize].next;
                    let block = &self.blocks[place as usize];
                    list.extend(block.entries[..block.count as usize].iter().map(|entry| (day, *entry)));
                    if place == *last {
                        break;
                    }
                }
            }
        }
        list.extend(self.far.iter().flatten());
        list
    }

    /// An agenda for the same days as another, at the end of day `now`, with these entries of later days.
    #[must_use]
    pub fn restored(other: &Agenda, now: Offset, peak: usize, entries: &[(Offset, Entry)]) -> Agenda {
        let mut agenda = Agenda::new(other.first, other.last + 1 - other.first);
        agenda.begin(now);
        for (day, entry) in entries {
            agenda.put(*day, *entry);
        }
        agenda.peak = peak;
        agenda
    }

    /// Whether anything of a kind is on today's agenda.
    #[must_use]
    pub fn is_due(&self, kind: Kind) -> bool {
        self.due[usize::from(self.now - self.first) % NEAR_DAYS] >> kind as u64 & 1 == 1
    }

    /// Entries that wait.
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
