//! From a rulebook to a program: picks the matter, answers the switches, numbers the anchors that are used, lays out the tables.
//!
//! The order of `Program::bind_for_transfer` is the table of contents. All errors are collected.

use crate::calendar::{Day, Phase};
use crate::program::guard::{AgeRange, Cell, GuardId, GuardTable};
use crate::program::plans::Plans;
use crate::program::{
    Answers, BindError, BoundCode, CombinedCode, ENTRY, EndCode, EventCode, HORIZON_DAYS_MAX, Horizon, Layout,
    MEASURES_MAX, MeasureCode, NONE, Offset, PeriodCode, PictureCode, Program, Range, Row, SlotCode, SlotName,
    StartCode, StateCode, StateSet, SuspensionCode, TRACKS_MAX, TollCode, TrackCode, UNSET, well_formed,
};
use crate::roles::{Event, NoticeKind};
use crate::rulebook::{
    Anchor, Compare, EndTrigger, FactKind, Guard, Measure, Moment, Number, Otherwise, Period, Pick, Rulebook, Start,
    Test, Trigger, Unit,
};
use std::collections::{BTreeMap, BTreeSet};

impl Program {
    /// Binds a rulebook to one kind of notice.
    ///
    /// # Errors
    /// All that stands in the way: switches that guards of this matter use and nobody answered, units without a way of counting, a matter
    /// that is too large, a rulebook that contradicts itself.
    pub fn bind(
        book: &Rulebook,
        notice: NoticeKind,
        answers: &Answers,
        horizon: Horizon,
    ) -> Result<Program, Vec<BindError>> {
        Program::bind_for_transfer(book, notice, answers, horizon, &[])
    }

    /// Binds a rulebook and leaves the switches that nobody answered open: guards then ask `Facts::switch`. For explaining, not for runs.
    ///
    /// # Errors
    /// As [`Program::bind`], but for switches without an answer.
    pub fn bind_open(
        book: &Rulebook,
        notice: NoticeKind,
        answers: &Answers,
        horizon: Horizon,
        successors: &[&Program],
    ) -> Result<Program, Vec<BindError>> {
        Binder::bind(book, notice, answers, horizon, successors, true)
    }

    /// Binds a rulebook whose pending matters may later be moved to one of these programs: it then also keeps the days that only they ask for.
    ///
    /// # Errors
    /// As [`Program::bind`].
    pub fn bind_for_transfer(
        book: &Rulebook,
        notice: NoticeKind,
        answers: &Answers,
        horizon: Horizon,
        successors: &[&Program],
    ) -> Result<Program, Vec<BindError>> {
        Binder::bind(book, notice, answers, horizon, successors, false)
    }
}

/// Period, moment and, for a window, its anchor.
type TableKey = (Period, u8, Option<Anchor>);

struct Binder<'a> {
    book: &'a Rulebook,
    matter: usize,
    notice: NoticeKind,
    answers: &'a Answers,
    horizon: Horizon,
    errors: Vec<BindError>,
    leaves_open: bool,
    unanswered: BTreeSet<usize>,
    /// Index in `Rulebook::tracks` to track of the program.
    track_of: BTreeMap<usize, u8>,
    slot_of: BTreeMap<SlotName, u16>,
    table_of: BTreeMap<TableKey, u16>,
    /// Index in `Rulebook::windows` to index in `GuardTable::windows`.
    window_of: BTreeMap<usize, u16>,
    program: Program,
}

impl<'a> Binder<'a> {
    fn bind(
        book: &Rulebook,
        notice: NoticeKind,
        answers: &Answers,
        horizon: Horizon,
        successors: &[&Program],
        leaves_open: bool,
    ) -> Result<Program, Vec<BindError>> {
        let faults = well_formed::faults(book);
        if !faults.is_empty() {
            return Err(faults.into_iter().map(BindError::Malformed).collect());
        }
        let Some(matter) = book.matters.iter().position(|matter| matter.notices.contains(&notice)) else {
            return Err(vec![BindError::NoMatter(notice)]);
        };
        let mut binder = Binder::new(book, matter, notice, answers, horizon);
        binder.leaves_open = leaves_open;
        binder.sizes();
        binder.tracks();
        binder.measures();
        binder.slots_of_successors(successors);
        binder.rules();
        binder.starts_and_ends();
        binder.bounds();
        binder.suspensions();
        binder.tolls();
        binder.lists_of_slots();
        binder.finish()
    }

    fn new(
        book: &'a Rulebook,
        matter: usize,
        notice: NoticeKind,
        answers: &'a Answers,
        horizon: Horizon,
    ) -> Binder<'a> {
        let program = Program {
            notice,
            horizon,
            layout: Layout { tracks: 0, anchors: 0, measures: 0 },
            tracks: Vec::new(),
            states: Vec::new(),
            events: vec![EventCode { slot: NONE, ..EventCode::default() }; Event::ALL.len()],
            row_ranges: Vec::new(),
            rows: Vec::new(),
            periods: Vec::new(),
            period_of_rule: vec![NONE; book.rules.len()],
            period_lists: Vec::new(),
            starts: Vec::new(),
            ends: Vec::new(),
            measures: Vec::new(),
            slots: Vec::new(),
            guards: GuardTable::default(),
            tables: Vec::new(),
            bounds: Vec::new(),
            plans: Plans::default(),
            combined: Vec::new(),
            combined_lists: Vec::new(),
            remedy_tracks: 0,
            suspensions: Vec::new(),
            tolls: Vec::new(),
            rules: book.rules.iter().map(|rule| (rule.name.clone(), rule.cite.clone())).collect(),
        };
        Binder {
            book,
            matter,
            notice,
            answers,
            horizon,
            errors: Vec::new(),
            leaves_open: false,
            unanswered: BTreeSet::new(),
            track_of: BTreeMap::new(),
            slot_of: BTreeMap::new(),
            table_of: BTreeMap::new(),
            window_of: BTreeMap::new(),
            program,
        }
    }

    fn limit(&mut self, what: &'static str, found: usize, limit: usize) {
        if found > limit {
            self.errors.push(BindError::TooMany { what, found, limit });
        }
    }

    fn sizes(&mut self) {
        self.limit("tracks", self.book.matters[self.matter].tracks.len(), TRACKS_MAX);
        self.limit("measures", self.own_measures().count(), MEASURES_MAX);
        self.limit("days of the horizon", usize::from(self.horizon.days), usize::from(HORIZON_DAYS_MAX));
    }

    fn own_measures(&self) -> impl Iterator<Item = (usize, &'a Measure)> {
        let (book, matter) = (self.book, self.matter);
        let is_own =
            move |measure: &Measure| measure.starts.iter().any(|start| book.tracks[start.track].matter == matter);
        book.measures.iter().enumerate().filter(move |(_, measure)| is_own(measure))
    }

    fn tracks(&mut self) {
        for (index, book_index) in self.book.matters[self.matter].tracks.iter().enumerate().take(TRACKS_MAX) {
            let track = &self.book.tracks[*book_index];
            self.track_of.insert(*book_index, index as u8);
            self.program.tracks.push(TrackCode {
                book_index: *book_index,
                name: track.name.clone(),
                remedy: track.remedy,
                first: self.program.states.len() as u32,
                states: track.states.len() as u8,
            });
            self.program.remedy_tracks |= u16::from(track.remedy.is_some()) << index;
            self.program.states.extend(track.states.iter().map(|state| StateCode {
                name: state.name.clone(),
                milestone: state.milestone,
                is_final: state.is_final,
                slot: NONE,
                periods: Range::default(),
                starts: Range::default(),
                ends: Range::default(),
            }));
        }
    }

    fn measures(&mut self) {
        let own: Vec<_> = self.own_measures().take(MEASURES_MAX).collect();
        for (book_index, measure) in own {
            self.program.measures.push(MeasureCode {
                book_index,
                name: measure.name.clone(),
                kind: measure.kind,
                cite: measure.cite.clone(),
                starts: measure.starts.iter().map(|start| start.cite.clone()).collect(),
                ends: measure.ends.iter().map(|end| end.cite.clone()).collect(),
                start_slot: NONE,
                lift_slot: NONE,
            });
        }
    }

    /// The slot of a day, numbered at its first use. [`NONE`] for what this matter cannot know.
    fn slot(&mut self, name: SlotName) -> u16 {
        if let Some(slot) = self.slot_of.get(&name) {
            return *slot;
        }
        let slot = self.program.slots.len() as u16;
        match &name {
            SlotName::Event(event) => self.program.events[*event as usize].slot = slot,
            SlotName::Entry(track, state) => match self.state_named(track, state) {
                Some(index) => self.program.states[index].slot = slot,
                None => return NONE,
            },
            SlotName::Fact(_) | SlotName::Combined(..) => {}
            SlotName::MeasureStart(kind, name) => {
                let measures = &mut self.program.measures;
                let exact = measures.iter().position(|measure| measure.kind == *kind && measure.name == *name);
                match exact.or_else(|| measures.iter().position(|measure| measure.kind == *kind)) {
                    Some(measure) if measures[measure].start_slot != NONE => return measures[measure].start_slot,
                    Some(measure) => measures[measure].start_slot = slot,
                    None => return NONE,
                }
            }
        }
        self.slot_of.insert(name.clone(), slot);
        self.program.slots.push(SlotCode { name, periods: Range::default(), combined: Range::default() });
        slot
    }

    fn state_named(&self, track: &str, state: &str) -> Option<usize> {
        let track = self.program.tracks.iter().find(|code| code.name == track)?;
        let first = track.first as usize;
        (first..first + usize::from(track.states)).find(|index| self.program.states[*index].name == state)
    }

    fn anchor(&mut self, anchor: Anchor) -> u16 {
        let name = match anchor {
            Anchor::Event(event) => SlotName::Event(event),
            Anchor::Entry { track, state } => {
                let track = &self.book.tracks[track];
                if track.matter != self.matter {
                    return NONE;
                }
                SlotName::Entry(track.name.clone(), track.states[usize::from(state)].name.clone())
            }
            Anchor::Fact(fact) => SlotName::Fact(self.book.facts[fact].name.clone()),
            Anchor::MeasureStart(measure) => {
                let measure = &self.book.measures[measure];
                SlotName::MeasureStart(measure.kind, measure.name.clone())
            }
            Anchor::Combined(combined) => return self.combined(combined),
            Anchor::WindowStart(_) | Anchor::WindowEnd(_) => return ENTRY,
            // Only remedies count from knowledge, and they are no part of a program.
            Anchor::Knowledge => return NONE,
        };
        self.slot(name)
    }

    /// The slot of the later or the earlier of several anchors. What this matter cannot know never comes.
    fn combined(&mut self, index: usize) -> u16 {
        let combined = &self.book.combined[index];
        let slots: Vec<u16> = combined.of.iter().map(|anchor| self.anchor(*anchor)).collect();
        let known: Vec<u16> = slots.iter().copied().filter(|slot| *slot != NONE).collect();
        if known.is_empty() || (combined.pick == Pick::Later && known.len() < slots.len()) {
            return NONE;
        }
        let names = known.iter().map(|slot| self.program.slots[usize::from(*slot)].name.clone()).collect();
        let slots_before = self.program.slots.len();
        let slot = self.slot(SlotName::Combined(combined.pick, names));
        if self.program.slots.len() > slots_before {
            let of = Range::append(&mut self.program.combined_lists, known);
            self.program.combined.push(CombinedCode { slot, pick: combined.pick, of });
        }
        slot
    }

    fn slots_of_successors(&mut self, successors: &[&Program]) {
        for slot in successors.iter().flat_map(|program| &program.slots) {
            let is_known = match &slot.name {
                // Made anew from its parts when the matter is moved.
                SlotName::Combined(..) => false,
                SlotName::Fact(name) => {
                    self.book.facts.iter().any(|fact| fact.matter == self.matter && fact.name == *name)
                }
                _ => true,
            };
            if is_known {
                self.slot(slot.name.clone());
            }
        }
    }

    fn rules(&mut self) {
        let mut rows: BTreeMap<usize, Vec<Row>> = BTreeMap::new();
        for (index, rule) in self.book.rules.iter().enumerate() {
            let Some(track) = self.track_of.get(&rule.track).copied() else { continue };
            let Some(guard) = self.guard(&rule.guard) else { continue };
            match rule.trigger {
                Trigger::Event(event) => {
                    // Of several remedies an event must name the one it is about.
                    let is_unnamed = self.program.remedy_tracks & (1 << track) == 0;
                    if is_unnamed || self.program.remedy_tracks.count_ones() == 1 {
                        self.program.events[event as usize].tracks |= 1 << track;
                    }
                    for state in StateSet::from_states(&rule.from).iter() {
                        let key = self.program.state_index(track, state) * Event::ALL.len() + event as usize;
                        rows.entry(key).or_default().push(Row { guard, rule: index as u16, to: rule.to });
                    }
                }
                Trigger::Period { period, after, moment, already_over } => {
                    let entry_table = self.table(period, Some(moment), None);
                    let table = match after {
                        Anchor::WindowStart(_) | Anchor::WindowEnd(_) => self.table(period, Some(moment), Some(after)),
                        _ => entry_table,
                    };
                    let code = PeriodCode {
                        rule: index as u16,
                        track,
                        to: rule.to,
                        from: StateSet::from_states(&rule.from),
                        guard,
                        anchor: self.anchor(after),
                        due_slot: NONE,
                        table,
                        entry_table,
                        phase: moment.due(Day::MIN).1,
                        already_over,
                        toll: NONE,
                    };
                    self.program.period_of_rule[index] = self.program.periods.len() as u16;
                    self.program.periods.push(code);
                }
            }
        }
        let keys = self.program.states.len() * Event::ALL.len();
        self.program.row_ranges =
            (0..keys).map(|key| Range::append(&mut self.program.rows, rows.remove(&key).unwrap_or_default())).collect();
    }

    /// Table of the due days of a period, or of its last days where no moment is said; by the day of its anchor, or of the entry that
    /// picks the range of a window.
    fn table(&mut self, period: Period, moment: Option<Moment>, window: Option<Anchor>) -> u16 {
        let key = (period, moment.map_or(0, |moment| moment as u8 + 1), window);
        if let Some(table) = self.table_of.get(&key) {
            return *table;
        }
        let index = self.program.tables.len() as u16;
        self.table_of.insert(key, index);
        let mut table = Vec::with_capacity(usize::from(self.horizon.days));
        for offset in 0..self.horizon.days {
            let day = self.horizon.day(offset);
            let from = window.map_or(Some(day), |anchor| self.book.window_day(anchor, day)).unwrap_or(Day::PAST_END);
            let Some(last) = self.book.last_day(from, period) else {
                self.errors.push(BindError::NoCounting(period.unit));
                break;
            };
            let due = moment.map_or(last, |moment| moment.due(last).0).max(self.horizon.origin);
            table.push(self.horizon.offset(due).unwrap_or(UNSET));
        }
        self.program.tables.push(table);
        index
    }

    /// The days of the horizon that lie in a window.
    fn window(&mut self, window: usize) -> u16 {
        if let Some(index) = self.window_of.get(&window) {
            return *index;
        }
        let days = (0..self.horizon.days).map(|offset| self.book.windows[window].holds(self.horizon.day(offset)));
        let days = days.collect();
        let index = self.program.guards.windows.len() as u16;
        self.program.guards.windows.push(days);
        self.window_of.insert(window, index);
        index
    }

    fn starts_and_ends(&mut self) {
        let mut starts: BTreeMap<usize, Vec<StartCode>> = BTreeMap::new();
        let mut ends_on_entry: BTreeMap<usize, Vec<EndCode>> = BTreeMap::new();
        let mut ends_on_event: BTreeMap<Event, Vec<(EndCode, bool)>> = BTreeMap::new();
        for measure in 0..self.program.measures.len() {
            let book_measure = &self.book.measures[self.program.measures[measure].book_index];
            for (line, start) in book_measure.starts.iter().enumerate() {
                let Some(track) = self.track_of.get(&start.track).copied() else { continue };
                let Some(guard) = self.guard(&start.guard) else { continue };
                let code = StartCode { measure: measure as u8, line: line as u8, guard };
                starts.entry(self.program.state_index(track, start.state)).or_default().push(code);
            }
            let mut lines = 0;
            for (line, end) in book_measure.ends.iter().enumerate() {
                let Some(guard) = self.guard(&end.guard) else { continue };
                let table = end.within.map_or(NONE, |period| self.table(period, None, None));
                let code = EndCode { measure: measure as u8, line: line as u8, guard, table };
                match end.on {
                    EndTrigger::Event(event) => ends_on_event.entry(event).or_default().push((code, end.in_any_matter)),
                    EndTrigger::Entry { track, state } => {
                        let Some(track) = self.track_of.get(&track).copied() else { continue };
                        ends_on_entry.entry(self.program.state_index(track, state)).or_default().push(code);
                    }
                }
                lines += 1;
            }
            // One ending alone never brings its own lift forward.
            self.program.measures[measure].lift_slot = if lines > 1 { UNSET - 1 } else { NONE };
        }
        let program = &mut self.program;
        for (state, codes) in starts {
            program.states[state].starts = Range::append(&mut program.starts, codes);
        }
        for (state, codes) in ends_on_entry {
            program.states[state].ends = Range::append(&mut program.ends, codes);
        }
        for (event, codes) in ends_on_event {
            let any = codes.iter().filter(|(_, any)| *any).map(|(code, _)| *code).collect::<Vec<_>>();
            program.events[event as usize].ends = Range::append(&mut program.ends, codes.iter().map(|(code, _)| *code));
            program.events[event as usize].ends_in_any_matter = Range::append(&mut program.ends, any);
        }
    }

    fn bounds(&mut self) {
        let mut by_event: BTreeMap<Event, Vec<BoundCode>> = BTreeMap::new();
        let (book, notice) = (self.book, self.notice);
        for (index, bound) in book.notices.iter().enumerate().filter(|(_, bound)| bound.notice == notice) {
            let Some(guard) = self.guard(&bound.guard) else { continue };
            // Whether the event has come before is seen by its slot.
            self.slot(SlotName::Event(bound.after));
            let date = self.slot(SlotName::Fact(book.facts[bound.fact].name.clone()));
            by_event.entry(bound.after).or_default().push(BoundCode {
                bound: index as u16,
                date,
                guard,
                min_days: bound.min_days.unwrap_or(i32::MIN),
                max_days: bound.max_days.unwrap_or(i32::MAX),
                void: bound.otherwise == Otherwise::Void,
            });
        }
        for (event, codes) in by_event {
            self.program.events[event as usize].bounds = Range::append(&mut self.program.bounds, codes);
        }
    }

    fn suspensions(&mut self) {
        let book = self.book;
        for (index, remedy) in book.remedies.iter().enumerate() {
            let Some(guard) = remedy.suspends.as_ref().filter(|_| self.track_of.contains_key(&remedy.track)) else {
                continue;
            };
            let state = Test::State { track: remedy.track, states: remedy.suspending_states(), is: true };
            let with_state = |tests: &Vec<Test>| tests.iter().chain([&state]).cloned().collect();
            let Some(guard) = self.guard(&Guard(guard.0.iter().map(with_state).collect())) else { continue };
            let measures =
                (0..).zip(&self.program.measures).filter(|(_, code)| remedy.suspended.contains(&code.book_index));
            let measures = measures.fold(0, |mask, (bit, _): (u16, _)| mask | 1 << bit);
            let events = remedy.suspended_events.iter().fold(0, |mask, event| mask | 1_u64 << *event as u32);
            self.program.suspensions.push(SuspensionCode { remedy: index as u16, measures, events, guard });
        }
    }

    fn tolls(&mut self) {
        for place in 0..self.program.periods.len() {
            let rule = usize::from(self.program.periods[place].rule);
            let tests: Vec<Test> = self
                .book
                .tollings
                .iter()
                .filter(|toll| toll.rules.contains(&rule))
                .map(|toll| toll.test.clone())
                .collect();
            if tests.is_empty() {
                continue;
            }
            let conditions = tests.iter().filter_map(|test| match test {
                Test::Condition { condition, is } => Some((*condition, *is)),
                _ => None,
            });
            let conditions = conditions.collect();
            let of_states = tests.iter().filter(|test| matches!(test, Test::State { .. }));
            let of_states: Vec<Vec<Test>> = of_states.map(|test| vec![test.clone()]).collect();
            let states = if of_states.is_empty() { None } else { self.guard(&Guard(of_states)) };
            let first = self.days_to_first(rule);
            self.program.periods[place].toll = self.program.tolls.len() as u16;
            self.program.tolls.push(TollCode {
                period: place as u16,
                states,
                conditions,
                left_out: NONE,
                from: NONE,
                first,
            });
        }
    }

    /// Days from the anchor of a period rule to the first day that counts.
    fn days_to_first(&self, rule: usize) -> u8 {
        let Trigger::Period { period, .. } = self.book.rules[rule].trigger else { return 0 };
        let counting = &self.book.counting;
        let start = match period.unit {
            Unit::Days => counting.days.as_ref().map(|days| days.start),
            Unit::Months | Unit::Years => counting.months.as_ref().map(|months| months.start),
            Unit::Hours | Unit::WorkingDays => None,
        };
        u8::from(start == Some(Start::NextDay))
    }

    /// Slots of periods and lifts behind those of the anchors, and the lists that lead from states and slots to periods.
    fn lists_of_slots(&mut self) {
        let program = &mut self.program;
        let mut next = program.slots.len();
        for period in &mut program.periods {
            period.due_slot = next as u16;
            next += 1;
        }
        for measure in program.measures.iter_mut().filter(|measure| measure.lift_slot != NONE) {
            measure.lift_slot = next as u16;
            next += 1;
        }
        for toll in &mut program.tolls {
            (toll.left_out, toll.from) = (next as u16, next as u16 + 1);
            next += 2;
        }
        program.layout = Layout { tracks: program.tracks.len(), anchors: next, measures: program.measures.len() };
        for index in 0..program.slots.len() {
            let chosen = |(_, code): &(u16, &CombinedCode)| {
                code.of.of(&program.combined_lists).iter().any(|slot| usize::from(*slot) == index)
            };
            let used: Vec<u16> = (0u16..).zip(&program.combined).filter(chosen).map(|(index, _)| index).collect();
            program.slots[index].combined = Range::append(&mut program.combined_lists, used);
        }
        let numbered = || (0u16..).zip(&program.periods);
        for (index, slot) in program.slots.iter_mut().enumerate() {
            let counted =
                numbered().filter(|(_, period)| usize::from(period.anchor) == index).map(|(period, _)| period);
            slot.periods = Range::append(&mut program.period_lists, counted);
        }
        for (track_index, track) in program.tracks.iter().enumerate() {
            for state in 0..track.states {
                let pending = numbered()
                    .filter(|(_, period)| usize::from(period.track) == track_index && period.from.contains(state))
                    .map(|(period, _)| period);
                program.states[track.first as usize + usize::from(state)].periods =
                    Range::append(&mut program.period_lists, pending);
            }
        }
        self.limit("slots of days", next, usize::from(NONE) - 2);
    }

    fn finish(mut self) -> Result<Program, Vec<BindError>> {
        for switch in &self.unanswered {
            let switch = &self.book.switches[*switch];
            let (name, options) = (switch.name.clone(), switch.options.clone());
            self.errors.push(match self.answers.get(&name) {
                None => BindError::Unanswered { switch: name, options },
                Some(answer) => BindError::NotAnOption { switch: name, answer: answer.clone(), options },
            });
        }
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        self.program.plans = Plans::new(&self.program);
        Ok(self.program)
    }

    /// A guard with switches and kinds of notice resolved away; `None` if it can never hold.
    fn guard(&mut self, guard: &Guard) -> Option<GuardId> {
        let mut conjunctions = Vec::new();
        for tests in &guard.0 {
            let Some(open) = self.resolved(tests) else { continue };
            if open.is_empty() {
                return Some(GuardId::ALWAYS);
            }
            conjunctions.push(open);
        }
        if conjunctions.is_empty() {
            return None;
        }
        let ranges: Vec<Range> = conjunctions.iter().map(|tests| self.conjunction(tests)).collect();
        let range = Range::append(&mut self.program.guards.conjunctions, ranges);
        self.program.guards.guards.push(range);
        Some(GuardId(self.program.guards.guards.len() as u16 - 1))
    }

    /// The tests that are left once the notice and the switches are known; `None` if one of those fails.
    fn resolved<'t>(&mut self, tests: &'t [Test]) -> Option<Vec<&'t Test>> {
        let of_other_notice =
            |test: &Test| matches!(test, Test::Notice { notice, is } if (*notice == self.notice) != *is);
        if tests.iter().any(of_other_notice) {
            return None;
        }
        let mut open = Vec::new();
        for test in tests {
            match test {
                Test::Notice { .. } => {}
                Test::Switch { switch, option, is } => {
                    let options = &self.book.switches[*switch].options;
                    let answer = self.answers.get(&self.book.switches[*switch].name);
                    match answer.and_then(|answer| options.iter().position(|option| option == answer)) {
                        None if answer.is_none() && self.leaves_open => open.push(test),
                        None => {
                            self.unanswered.insert(*switch);
                        }
                        Some(answer) if (answer == *option) != *is => return None,
                        Some(_) => {}
                    }
                }
                _ => open.push(test),
            }
        }
        Some(open)
    }

    fn conjunction(&mut self, tests: &[&Test]) -> Range {
        let mut cells = Vec::new();
        let mut ages: BTreeMap<(Event, PictureCode), Vec<(Compare, Number)>> = BTreeMap::new();
        for test in tests {
            match test {
                Test::Age { on, compare, with, picture } => {
                    ages.entry((*on, PictureCode::from(picture))).or_default().push((*compare, *with));
                }
                Test::Fact { fact, is } => {
                    if let FactKind::Person { role, picture } = &self.book.facts[*fact].kind {
                        cells.push(Cell::Person { fact: *role, picture: PictureCode::from(picture), is: *is });
                    }
                }
                Test::State { track, states, is } => {
                    if let Some(track) = self.track_of.get(track).copied() {
                        let set = self.program.guards.states.len() as u16;
                        self.program.guards.states.push(StateSet::from_states(states));
                        // First, so that nothing is asked where the state does not fit.
                        cells.insert(0, Cell::State { track, states: set, is: *is });
                    }
                }
                Test::Window { on, window, is } => {
                    let slot = on.map_or(NONE, |event| self.slot(SlotName::Event(event)));
                    let window = self.window(*window);
                    cells.push(Cell::Window { slot, window, is: *is });
                }
                Test::Condition { condition, is } => cells.push(Cell::Condition { condition: *condition, is: *is }),
                Test::Switch { .. } | Test::Notice { .. } => {}
            }
        }
        for ((event, picture), tests) in ages {
            let slot = self.slot(SlotName::Event(event));
            let ranges = self.age_ranges(&tests);
            cells.push(Cell::Age { slot, picture, ranges: Range::append(&mut self.program.guards.ages, ranges) });
        }
        // Open switches come last, so that they are asked only where everything else leads to them.
        cells.extend(tests.iter().filter_map(|test| match test {
            Test::Switch { switch, option, is } => Some(Cell::Switch { switch: *switch, option: *option, is: *is }),
            _ => None,
        }));
        Range::append(&mut self.program.guards.cells, cells)
    }

    /// The ages that pass all these comparisons, by day of the event.
    fn age_ranges(&self, tests: &[(Compare, Number)]) -> Vec<AgeRange> {
        let on_day = |offset: Offset| {
            let day = self.horizon.day(offset);
            tests.iter().fold((i32::MIN, i32::MAX), |(least, most), (compare, number)| {
                let Some(number) = self.number(*number, day) else { return (1, 0) };
                let (low, high) = bounds_of(*compare, number);
                (least.max(low), most.min(high))
            })
        };
        let is_dated = tests.iter().any(|(_, number)| matches!(number, Number::Parameter(_)));
        let days = if is_dated { self.horizon.days } else { self.horizon.days.min(1) };
        let mut ranges: Vec<AgeRange> = Vec::new();
        for from in 0..days {
            let (least, most) = on_day(from);
            if ranges.last().is_none_or(|last| (last.least, last.most) != (least, most)) {
                ranges.push(AgeRange { from, least, most });
            }
        }
        ranges
    }

    fn number(&self, number: Number, day: Day) -> Option<i32> {
        match number {
            Number::Value(value) => Some(value),
            Number::Parameter(parameter) => self.book.parameters[parameter].on(day),
        }
    }
}

/// The least and the greatest whole number that passes a comparison.
fn bounds_of(compare: Compare, number: i32) -> (i32, i32) {
    match compare {
        Compare::Less => (i32::MIN, number.saturating_sub(1)),
        Compare::LessOrEqual => (i32::MIN, number),
        Compare::Greater => (number.saturating_add(1), i32::MAX),
        Compare::GreaterOrEqual => (number, i32::MAX),
        Compare::Equal => (number, number),
    }
}

const _: () = assert!((Phase::RunOut as u8) < (Phase::AtOnce as u8), "phases compare in their order");
