//! What belongs to one notice: states, anchors, measures with their dates, and what the world keeps beside them; one arena a district.
//!
//! A slot exists while a notice is pending and is reused when the matter is closed and nothing is pending. The generation of a slot
//! makes entries of an earlier tenant void. A matter is one line of the cache, because each of its days is met cold; what does not fit there
//! stands in columns beside it. This file knows no law text, no chance and no queue.

use crate::event::Entry;
use crate::lawset::LawSet;
use crate::strata::NO_STRATUM;
use crate::tally::{CAUSES, Flow, weight_of_cause};
use callup_law::program::{DayKept, MatterView, Offset, UNSET};
use callup_law::step::MatterState;

/// No slot.
pub const NONE: u32 = u32::MAX;

/// Marks of a matter.
pub mod flag {
    /// The person has decided whether to come.
    pub const DECIDED: u16 = 1;
    /// He will come on a day of his own.
    pub const WILL_APPEAR: u16 = 1 << 1;
    /// He has come.
    pub const APPEARED: u16 = 1 << 2;
    /// The time to come has run out.
    pub const DEFAULTED: u16 = 1 << 3;
    /// A reading of the portal is on the agenda.
    pub const READING: u16 = 1 << 4;
    /// He waits for the commission or for dispatch.
    pub const WAITS: u16 = 1 << 5;
    /// He is out of reach of offices: abroad or serving.
    pub const AWAY: u16 = 1 << 6;
    /// His whole history is written.
    pub const SAMPLED: u16 = 1 << 7;
    /// The notice has counted as served.
    pub const SERVED: u16 = 1 << 8;
    /// The notice has been handed over in person.
    pub const HANDED: u16 = 1 << 10;
    /// He has been found and brought to the office.
    pub const LOCATED: u16 = 1 << 11;
    /// He was kept from coming on his day by an illness.
    pub const WAS_ILL: u16 = 1 << 12;
    /// A call-up that had been decided has fallen before it was carried out.
    pub const CALL_UP_FELL: u16 = 1 << 13;
    /// The commission has decided.
    pub const EXAMINED: u16 = 1 << 9;
}

/// What the world keeps of one matter beside the state of the law.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
pub struct Header {
    /// Row of the person in the district.
    pub row: u32,
    /// Next open matter of the same person, or [`NONE`].
    pub next: u32,
    /// Hazard of coming late used up before `late_from`, in units of 2^-27.
    pub late_used: u32,
    /// First day of the hazard of coming late at its present height.
    pub late_from: Offset,
    /// Day on which the person saw the notice or learned of it, or `UNSET`.
    pub seen: Offset,
    /// Day of opening.
    pub opened: Offset,
    /// Date of appearance named in the notice.
    pub appearance: Offset,
    /// Day on which the notice came to count as served, or `UNSET`.
    pub served: Offset,
    /// Stretch of identities in the district in which the person lies.
    pub stretch: u16,
    /// Marks, see [`flag`].
    pub flags: u16,
    /// Marks of the person (`district::mark`) to be set when the matter closes: a person's own are far away in memory.
    pub person_marks: u16,
    /// Which program governs it.
    pub program: u8,
    /// Which campaign it belongs to.
    pub campaign: u8,
    /// Counts the tenants of the slot.
    pub generation: u8,
    /// Counts the changes of the hazard of coming late.
    pub late_version: u8,
}

/// Where the height of the hazard of coming late stands in the flags.
const HEIGHT_SHIFT: u16 = 14;

impl Header {
    /// Height of the hazard of coming late: 0 none, 1 plain, 2 under a measure he knows of.
    #[must_use]
    pub const fn late_height(&self) -> u8 {
        (self.flags >> HEIGHT_SHIFT) as u8
    }

    /// Keeps a mark of the person until the matter closes.
    pub fn keep_mark(&mut self, mark: u32) {
        debug_assert!(u16::try_from(mark).is_ok(), "a mark that a matter keeps is among the first sixteen");
        self.person_marks |= mark as u16;
    }

    /// Sets the height of the hazard of coming late.
    pub fn set_late_height(&mut self, height: u8) {
        self.flags = self.flags & !(3 << HEIGHT_SHIFT) | u16::from(height) << HEIGHT_SHIFT;
    }
}

/// The dates of one measure of one matter that the law does not give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct MeasureDates {
    /// Day on which it is put into effect (past or to come), or `UNSET`.
    pub on: Offset,
    /// Day on which it is taken off (past or to come), or `UNSET`.
    pub off: Offset,
    /// Day by which it is due to be lifted, or `UNSET`.
    pub due: Offset,
}

impl MeasureDates {
    /// Nothing has happened.
    pub const BLANK: MeasureDates = MeasureDates { on: UNSET, off: UNSET, due: UNSET };
}

/// How much room a matter takes, the same for all matters of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Strides {
    /// Tracks.
    pub tracks: usize,
    /// Anchors.
    pub anchors: usize,
    /// Measures.
    pub measures: usize,
}

impl Strides {
    /// The room that the widest program of these laws takes.
    #[must_use]
    pub fn of(laws: &LawSet) -> Strides {
        let layouts = || laws.programs.iter().map(|bound| bound.program.layout());
        Strides {
            tracks: layouts().map(|layout| layout.tracks).max().unwrap_or(0),
            anchors: layouts().map(|layout| layout.anchors).max().unwrap_or(0),
            measures: layouts().map(|layout| layout.measures).max().unwrap_or(0),
        }
    }
}

/// Sets of measures, one bit each.
#[derive(Clone, Copy, Debug, Default, serde::Serialize, serde::Deserialize)]
struct Bits {
    /// Start due and lift not due.
    standing: u16,
    /// Ever started.
    started: u16,
    /// In effect.
    on: u16,
}

/// Tracks that fit into a record.
const TRACKS_WITHIN: usize = 4;
/// Anchors that fit into a record.
const ANCHORS_WITHIN: usize = 11;

/// A matter, but for the dates of its measures: one line of the cache.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
#[repr(align(64))]
struct Record {
    header: Header,
    bits: Bits,
    states: [u8; TRACKS_WITHIN],
    anchors: [Offset; ANCHORS_WITHIN],
}

const _: () = assert!(size_of::<Record>() == 64);

/// The matters of one district.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Matters {
    strides: Strides,
    records: Vec<Record>,
    /// States of all tracks, where there are more than fit into a record.
    states: Vec<u8>,
    /// All anchors, where there are more than fit into a record.
    anchors: Vec<Offset>,
    dates: Vec<MeasureDates>,
    /// Code of the strata of each matter's person; empty while nobody asks for strata.
    strata: Vec<u16>,
    /// Words of chance drawn ahead, so many a matter; drawn anew rather than saved.
    #[serde(skip)]
    words: Vec<u32>,
    #[serde(skip)]
    words_each: usize,
    /// Why each matter's notice has reached nobody so far: 1 plus the place among the causes, 0 for nothing; empty before the first failure.
    causes: Vec<u8>,
    free: Vec<u32>,
    open: usize,
    peak: usize,
}

impl Matters {
    /// No matters.
    #[must_use]
    pub fn new(strides: Strides) -> Matters {
        Matters {
            strides,
            records: Vec::new(),
            states: Vec::new(),
            anchors: Vec::new(),
            dates: Vec::new(),
            strata: Vec::new(),
            words: Vec::new(),
            words_each: 0,
            causes: Vec::new(),
            free: Vec::new(),
            open: 0,
            peak: 0,
        }
    }

    /// The matters of another district in the same room: none.
    pub fn clear(&mut self) {
        self.records.clear();
        self.states.clear();
        self.anchors.clear();
        self.dates.clear();
        self.strata.clear();
        self.words.clear();
        self.causes.clear();
        self.free.clear();
        (self.open, self.peak) = (0, 0);
    }

    /// Tracks that stand beside the record.
    const fn tracks_beside(&self) -> usize {
        if self.strides.tracks > TRACKS_WITHIN { self.strides.tracks } else { 0 }
    }

    /// Anchors that stand beside the record.
    const fn anchors_beside(&self) -> usize {
        if self.strides.anchors > ANCHORS_WITHIN { self.strides.anchors } else { 0 }
    }

    /// Takes a slot for a matter and leaves its state blank; `header.generation` is replaced by the slot's.
    #[inline]
    pub fn take(&mut self, header: Header) -> u32 {
        self.open += 1;
        self.peak = self.peak.max(self.open);
        if let Some(slot) = self.free.pop() {
            let record = &mut self.records[slot as usize];
            record.header = Header { generation: record.header.generation, ..header };
            (record.bits, record.states, record.anchors) =
                (Bits::default(), [0; TRACKS_WITHIN], [UNSET; ANCHORS_WITHIN]);
            self.blank_beside(slot);
            return slot;
        }
        let slot = self.records.len();
        let (states, anchors) = ([0; TRACKS_WITHIN], [UNSET; ANCHORS_WITHIN]);
        self.records.push(Record {
            header: Header { generation: 0, ..header },
            bits: Bits::default(),
            states,
            anchors,
        });
        self.lengthen_beside(slot + 1);
        slot as u32
    }

    /// Makes room beside so many records.
    fn lengthen_beside(&mut self, slots: usize) {
        let (tracks, anchors, measures) = (self.tracks_beside(), self.anchors_beside(), self.strides.measures);
        if tracks > 0 {
            self.states.resize(slots * tracks, 0);
        }
        if anchors > 0 {
            self.anchors.resize(slots * anchors, UNSET);
        }
        if measures > 0 {
            self.dates.resize(slots * measures, MeasureDates::BLANK);
        }
    }

    /// From now on each matter has so many words of chance drawn ahead.
    pub(crate) fn make_room_for_words(&mut self, each: usize) {
        self.words_each = each;
    }

    /// Sets the words of chance of a matter.
    #[inline]
    pub(crate) fn set_words(&mut self, slot: u32, words: &[u32]) {
        let first = slot as usize * self.words_each;
        if self.words.len() < first + self.words_each {
            self.words.resize(first + self.words_each, 0);
        }
        self.words[first..][..self.words_each].copy_from_slice(words);
    }

    /// A word of chance of a matter.
    #[inline]
    pub(crate) fn word(&self, slot: u32, place: usize) -> u32 {
        self.words[slot as usize * self.words_each + place]
    }

    /// Blanks what stands beside the record of a slot.
    #[inline]
    fn blank_beside(&mut self, slot: u32) {
        let (tracks, anchors, measures) = (self.tracks_beside(), self.anchors_beside(), self.strides.measures);
        // Most runs have nothing of one kind or another: then there is nothing to call for.
        if tracks > 0 {
            self.states[slot as usize * tracks..][..tracks].fill(0);
        }
        if anchors > 0 {
            self.anchors[slot as usize * anchors..][..anchors].fill(UNSET);
        }
        if measures > 0 {
            self.dates[slot as usize * measures..][..measures].fill(MeasureDates::BLANK);
        }
        if let Some(cause) = self.causes.get_mut(slot as usize) {
            *cause = 0;
        }
    }

    /// Gives a slot back. A slot whose generations are used up is never taken again, so no entry can meet a later tenant.
    #[inline]
    pub fn give_back(&mut self, slot: u32) {
        let header = &mut self.records[slot as usize].header;
        header.row = NONE;
        self.open -= 1;
        if header.generation < u8::MAX {
            header.generation += 1;
            self.free.push(slot);
        }
    }

    /// Whether the matter that this entry was made for still has its slot.
    #[must_use]
    #[inline]
    pub fn holds(&self, entry: Entry) -> bool {
        let header = &self.records[entry.index as usize].header;
        header.generation == entry.generation && header.row != NONE
    }

    /// The header of a matter.
    #[must_use]
    #[inline]
    pub fn header(&self, slot: u32) -> &Header {
        &self.records[slot as usize].header
    }

    /// Sorts the matters of one person by their opening: of one day, by campaign.
    #[must_use]
    pub fn order_of_opening(&self, slot: u32) -> (Offset, u8) {
        let header = &self.records[slot as usize].header;
        (header.opened, header.campaign)
    }

    /// Code of the strata of a matter's person; [`NO_STRATUM`] while nobody asks for strata.
    #[must_use]
    pub fn stratum(&self, slot: u32) -> u16 {
        self.strata.get(slot as usize).copied().unwrap_or(NO_STRATUM)
    }

    /// Sets the code of the strata of a matter's person.
    pub fn set_stratum(&mut self, slot: u32, code: u16) {
        self.strata.resize(self.records.len().max(self.strata.len()), NO_STRATUM);
        self.strata[slot as usize] = code;
    }

    /// Why the notice of a matter has reached nobody so far.
    #[must_use]
    pub fn cause(&self, slot: u32) -> Flow {
        let code = self.causes.get(slot as usize).copied().unwrap_or(0);
        usize::from(code).checked_sub(1).map_or(Flow::UnreachedUnderWay, |place| CAUSES[place])
    }

    /// Something stood in the way of a matter's notice: kept if it says more than what is known.
    pub fn blame(&mut self, slot: u32, cause: Flow) {
        if weight_of_cause(cause) > weight_of_cause(self.cause(slot)) {
            self.causes.resize(self.records.len().max(self.causes.len()), 0);
            let place = CAUSES.iter().position(|known| *known == cause);
            self.causes[slot as usize] = place.map_or(0, |place| place as u8 + 1);
        }
    }

    /// The header of a matter, to change.
    #[inline]
    pub fn header_mut(&mut self, slot: u32) -> &mut Header {
        &mut self.records[slot as usize].header
    }

    /// The state of the law in a matter, cut to the room its program takes.
    #[inline(always)]
    pub fn state(&mut self, slot: u32, tracks: usize, anchors: usize) -> MatterState<'_> {
        let (tracks_beside, anchors_beside) = (self.tracks_beside(), self.anchors_beside());
        let record = &mut self.records[slot as usize];
        MatterState {
            states: match tracks_beside {
                0 => &mut record.states[..tracks],
                stride => &mut self.states[slot as usize * stride..][..tracks],
            },
            anchors: match anchors_beside {
                0 => &mut record.anchors[..anchors],
                stride => &mut self.anchors[slot as usize * stride..][..anchors],
            },
            standing: &mut record.bits.standing,
            started: &mut record.bits.started,
        }
    }

    /// The state of the law in a matter, cut to the room its program takes, to look at.
    #[must_use]
    pub fn view(&self, slot: u32, tracks: usize, anchors: usize) -> MatterView<'_> {
        MatterView { states: &self.states(slot)[..tracks], anchors: &self.anchors(slot)[..anchors] }
    }

    /// States of the tracks, as many as the widest program has.
    #[must_use]
    #[inline]
    pub fn states(&self, slot: u32) -> &[u8] {
        match self.tracks_beside() {
            0 => &self.records[slot as usize].states[..self.strides.tracks],
            stride => &self.states[slot as usize * stride..][..stride],
        }
    }

    /// Anchors, as many as the widest program has.
    #[must_use]
    pub fn anchors(&self, slot: u32) -> &[Offset] {
        match self.anchors_beside() {
            0 => &self.records[slot as usize].anchors[..self.strides.anchors],
            stride => &self.anchors[slot as usize * stride..][..stride],
        }
    }

    /// Measures in effect, as bits.
    #[must_use]
    #[inline]
    pub fn on(&self, slot: u32) -> u16 {
        self.records[slot as usize].bits.on
    }

    /// Measures whose start is due and whose lift is not, as bits.
    #[must_use]
    pub fn standing(&self, slot: u32) -> u16 {
        self.records[slot as usize].bits.standing
    }

    /// Sets the measures in effect.
    pub fn set_on(&mut self, slot: u32, on: u16) {
        self.records[slot as usize].bits.on = on;
    }

    /// Dates of a measure.
    #[must_use]
    pub fn dates(&self, slot: u32, measure: u8) -> MeasureDates {
        self.dates[slot as usize * self.strides.measures + usize::from(measure)]
    }

    /// Dates of a measure, to change.
    pub fn dates_mut(&mut self, slot: u32, measure: u8) -> &mut MeasureDates {
        &mut self.dates[slot as usize * self.strides.measures + usize::from(measure)]
    }

    /// Slots of the open matters, ascending.
    pub fn open_slots(&self) -> impl Iterator<Item = u32> + '_ {
        self.records.iter().zip(0u32..).filter(|(record, _)| record.header.row != NONE).map(|(_, slot)| slot)
    }

    /// How many slots there are, in use or not.
    #[must_use]
    pub fn slots(&self) -> usize {
        self.records.len()
    }

    /// How many matters are open.
    #[must_use]
    pub fn open_count(&self) -> usize {
        self.open
    }

    /// The most that were ever open at once.
    #[must_use]
    pub fn peak(&self) -> usize {
        self.peak
    }

    /// The same in other room: for each program its place among others and where each day that it keeps there is found here.
    ///
    /// # Errors
    /// With the program of the first open matter that has no place.
    pub(crate) fn refitted(&self, strides: Strides, programs: &[Option<(u8, Vec<DayKept>)>]) -> Result<Matters, u8> {
        let mut out =
            Matters { strides, free: self.free.clone(), open: self.open, peak: self.peak, ..Matters::new(strides) };
        (out.strata, out.causes) = (self.strata.clone(), self.causes.clone());
        out.records = self.records.clone();
        out.lengthen_beside(self.records.len());
        for slot in self.open_slots() {
            let header = self.header(slot);
            let known = programs.get(usize::from(header.program)).and_then(Option::as_ref);
            let whole = known.filter(|_| self.has_columns(slot)).ok_or(header.program)?;
            let (states, anchors) = (self.states(slot), self.anchors(slot));
            let day = |kept: &DayKept| match kept {
                DayKept::Slot(place) => anchors.get(usize::from(*place)).copied().unwrap_or(UNSET),
                DayKept::Opened => header.opened,
                DayKept::NamedDate => header.appearance,
            };
            let days: Vec<Offset> = whole.1.iter().map(day).collect();
            out.header_mut(slot).program = whole.0;
            out.put_state(slot, states, &days);
            for measure in 0..self.strides.measures.min(strides.measures) as u8 {
                *out.dates_mut(slot, measure) = self.dates(slot, measure);
            }
        }
        Ok(out)
    }

    /// Whether what stands beside a record is there: bytes that were read may lack it.
    fn has_columns(&self, slot: u32) -> bool {
        let reaches = |length: usize, stride: usize| length >= (slot as usize + 1) * stride;
        reaches(self.states.len(), self.tracks_beside())
            && reaches(self.anchors.len(), self.anchors_beside())
            && reaches(self.dates.len(), self.strides.measures)
            && self.strides.tracks.max(self.strides.anchors) <= usize::from(u16::MAX)
    }

    /// Sets states and days of a matter; what it has room for beyond them is blank.
    fn put_state(&mut self, slot: u32, states: &[u8], days: &[Offset]) {
        let Strides { tracks, anchors, .. } = self.strides;
        let all_states = states.iter().copied().chain(std::iter::repeat(0)).take(tracks.max(TRACKS_WITHIN));
        let all_days = days.iter().copied().chain(std::iter::repeat(UNSET)).take(anchors.max(ANCHORS_WITHIN));
        let record = &mut self.records[slot as usize];
        (record.states, record.anchors) = ([0; TRACKS_WITHIN], [UNSET; ANCHORS_WITHIN]);
        let own: &mut [u8] = if tracks > TRACKS_WITHIN {
            &mut self.states[slot as usize * tracks..][..tracks]
        } else {
            &mut record.states
        };
        own.iter_mut().zip(all_states).for_each(|(own, state)| *own = state);
        let own: &mut [Offset] = if anchors > ANCHORS_WITHIN {
            &mut self.anchors[slot as usize * anchors..][..anchors]
        } else {
            &mut record.anchors
        };
        own.iter_mut().zip(all_days).for_each(|(own, day)| *own = day);
    }

    /// Whether the columns are as long as those of `fresh` would be, and every slot is open or given back and free once at most.
    pub(crate) fn check_form(&self, fresh: &Matters) -> Result<(), String> {
        let (slots, strides) = (self.records.len(), self.strides);
        if strides != fresh.strides {
            return Err("its matters have another form".into());
        }
        let lengths = [self.states.len(), self.anchors.len(), self.dates.len()];
        let wanted = [self.tracks_beside(), self.anchors_beside(), strides.measures].map(|stride| stride * slots);
        if slots > NONE as usize || lengths != wanted || self.strata.len() > slots || self.causes.len() > slots {
            return Err("its matters have another form".into());
        }
        if self.causes.iter().any(|code| usize::from(*code) > CAUSES.len()) {
            return Err("a cause is none".into());
        }
        let mut free = vec![false; slots];
        for slot in &self.free {
            let is_free = self.records.get(*slot as usize).is_some_and(|record| record.header.row == NONE);
            if !is_free || std::mem::replace(&mut free[*slot as usize], true) {
                return Err("a slot is taken twice".into());
            }
        }
        let open = self.open_slots().count();
        if open != self.open || self.peak < open || self.peak > slots {
            return Err("its matters are miscounted".into());
        }
        Ok(())
    }

    /// Whether a matter has no measure beyond the first so many, and none that stands and never started.
    pub(crate) fn fits_measures(&self, slot: u32, measures: usize) -> bool {
        let bits = self.records[slot as usize].bits;
        let beyond = u32::from(bits.on | bits.standing | bits.started) >> measures;
        let dates = &self.dates[slot as usize * self.strides.measures..][..self.strides.measures];
        beyond == 0
            && bits.standing & !bits.started == 0
            && dates.iter().skip(measures).all(|dates| *dates == MeasureDates::BLANK)
    }

    /// Measures of the widest program.
    pub(crate) fn measures_at_most(&self) -> usize {
        self.strides.measures
    }

    /// Bytes that one matter takes.
    #[must_use]
    pub fn bytes_each(&self) -> usize {
        size_of::<Record>()
            + self.tracks_beside()
            + self.anchors_beside() * size_of::<Offset>()
            + self.strides.measures * size_of::<MeasureDates>()
            + self.words_each * size_of::<u32>()
    }
}

/// The state of the law in a matter, copied out of its slot.
#[derive(Clone, Debug)]
pub struct Copied {
    /// States.
    pub states: Vec<u8>,
    anchors: Vec<Offset>,
    standing: u16,
    started: u16,
}

impl Copied {
    /// As the step wants it, cut to the room a program takes.
    pub fn state(&mut self, tracks: usize, anchors: usize) -> MatterState<'_> {
        MatterState {
            states: &mut self.states[..tracks],
            anchors: &mut self.anchors[..anchors],
            standing: &mut self.standing,
            started: &mut self.started,
        }
    }
}

impl Matters {
    /// A copy of the state of the law in a matter.
    #[must_use]
    pub fn copy_of(&self, slot: u32) -> Copied {
        let bits = self.records[slot as usize].bits;
        Copied {
            states: self.states(slot).to_vec(),
            anchors: self.anchors(slot).to_vec(),
            standing: bits.standing,
            started: bits.started,
        }
    }

    /// Takes out the dates of the first measures of a matter and leaves blanks.
    pub fn take_dates(&mut self, slot: u32, measures: usize) -> Vec<MeasureDates> {
        let dates = &mut self.dates[slot as usize * self.strides.measures..][..measures];
        let taken = dates.to_vec();
        dates.fill(MeasureDates::BLANK);
        taken
    }
}
