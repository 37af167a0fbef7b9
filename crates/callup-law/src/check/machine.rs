//! One matter as a machine with clocks: the states of its tracks, the measures that stand, the periods that run and since when.
//!
//! Here it is built from the law; `turn.rs` says what one input does. A guard that holds for some people is tried both ways, once an input
//! for all lines that share it. This file knows no findings.

use super::days::Days;
use super::lengths::{effect, window_spans};
use super::region::{Holds, Region, holds};
use crate::calendar::{Day, Phase};
use crate::roles::{Event, NoticeKind};
use crate::rulebook::{
    AlreadyOver, Anchor, EndTrigger, Guard, MeasureEnd, NoticeBound, Otherwise, Pick, Rulebook, Test, Trigger,
};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

/// Room for tracks in a node: as many bytes as a `u128` has.
pub(crate) const TRACKS_MAX: usize = 16;
/// Room for measures, and for anchors, in a node.
const BITS_MAX: usize = 32;
/// Room for periods in a node, two bits each.
const PERIODS_MAX: usize = 64;
/// How many clocks a matter may have for its dates to be compared.
const CLOCKS_MAX: usize = 60;

/// The state of a matter, with all days on which it can have come to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    /// State of each track of the matter.
    pub states: [u8; TRACKS_MAX],
    /// Measures that stand (bit = place in [`Machine::measures`]).
    pub standing: u32,
    /// Anchors that have a day (bit = place in [`Machine::anchors`]), as far as that still matters.
    pub dated: u32,
    /// How each period waits, two bits each (place in [`Machine::periods`]).
    pub waiting: u128,
    /// How far in its order the day has got on which the last input came.
    pub slot: u16,
    /// The days.
    pub days: Days,
}

impl Node {
    /// All but the days, as numbers, which compare faster.
    pub(crate) fn key(&self) -> (u128, u64, u128) {
        let bits = u64::from(self.standing) << 32 | u64::from(self.dated);
        (u128::from_be_bytes(self.states), bits, self.waiting)
    }

    pub(crate) fn wait(&self, period: usize) -> Wait {
        match self.waiting >> (2 * period) & 3 {
            0 => Wait::No,
            1 => Wait::Runs,
            2 => Wait::RunsFromEntry,
            _ => Wait::AtOnce,
        }
    }

    pub(crate) fn set_wait(&mut self, period: usize, wait: Wait) {
        self.waiting = self.waiting & !(3 << (2 * period)) | (wait as u128) << (2 * period);
    }
}

/// Whether a period runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wait {
    /// It does not, or nothing waits for it.
    No = 0,
    /// From its anchor.
    Runs = 1,
    /// Counted anew from the entry.
    RunsFromEntry = 2,
    /// It was over on entry and takes effect today.
    AtOnce = 3,
}

/// What can happen to a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Input {
    /// The matter opens, before its first event.
    Opening,
    /// An event.
    Event(Event),
    /// An event that names a remedy (index into the rulebook).
    Named(Event, usize),
    /// The period of this rule comes due.
    Period(usize),
}

impl Input {
    /// The event, of a remedy or not.
    pub(crate) fn event(self) -> Option<Event> {
        match self {
            Input::Event(event) | Input::Named(event, _) => Some(event),
            Input::Opening | Input::Period(_) => None,
        }
    }
}

/// The law could not be searched within the caps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLarge;

/// A rule, a `starts` line or an `ends` line of a machine that somebody of its region can pass.
pub(crate) struct Line<What> {
    pub what: What,
    /// The guard that decides (place in [`Machine::guards`]) with what the node itself says of it; none if everybody passes.
    pub guard: Option<(usize, Vec<Conjunction>)>,
}

/// What the state of a matter says of one way for a guard to hold.
pub(crate) struct Conjunction {
    /// Tracks (place in the matter) that must be in one of these states.
    pub tracks: Vec<(usize, BTreeSet<u8>)>,
    /// Anchors (bits) that must have their day.
    pub dated: u32,
    /// It asks for more than that.
    pub is_open: bool,
}

/// A transition of a track (place in the matter).
pub(crate) struct Move {
    pub track: usize,
    pub from: Vec<u8>,
    pub to: u8,
}

/// A line of a measure (its bit) and the entry that it waits for: track (place in the matter) and state; none for an event.
pub(crate) struct Watch {
    pub measure: u32,
    pub on: Option<(usize, u8)>,
}

/// The period of a rule.
pub(crate) struct Clocked {
    /// Index into the rulebook.
    pub rule: usize,
    /// Place in the matter.
    pub track: usize,
    pub from: Vec<u8>,
    /// The anchor (place in [`Machine::anchors`], and clock) from which it is counted; none for a window.
    pub anchor: Option<usize>,
    /// The clock from which it is counted anew on entry, or from which the days of a window follow.
    pub own: Option<usize>,
    /// Days from the anchor, or for a window from the entry, to the effect: at least and at most.
    pub span: (i32, i32),
    /// The same counted anew from the entry.
    pub anew: (i32, i32),
    /// Days of it can be left out, so that it ends any time later.
    pub stretches: bool,
    pub phase: Phase,
    pub already_over: Option<AlreadyOver>,
    /// By state of its track: whether the track can still come to a state in which it waits from one in which it does not.
    pub ahead: Vec<bool>,
}

/// An anchor.
pub(crate) struct Place {
    pub anchor: Anchor,
    /// The places it is the later or the earlier of.
    pub parts: Vec<usize>,
    pub pick: Pick,
    /// A guard or a bound asks whether it has its day.
    pub is_asked: bool,
}

/// What one input sets off.
#[derive(Default)]
pub(crate) struct Reaction {
    pub moves: Vec<Line<Move>>,
    pub ends: Vec<Line<Watch>>,
}

/// A bound that makes a notice void, or an event that comes too early or too late: anchor of its date and of its event, least and most days.
pub(crate) struct Bound {
    pub date: usize,
    pub event: Event,
    pub least: Option<i32>,
    pub most: Option<i32>,
}

/// A matter of one kind of notice.
pub(crate) struct Machine<'a> {
    pub book: &'a Rulebook,
    pub notice: NoticeKind,
    /// Everybody who has that notice.
    pub region: Region<'a>,
    /// Tracks of the matter, as indices into the rulebook; those of remedies only where a measure or a period hangs on them. What guards ask of
    /// the others is tried both ways.
    pub tracks: Vec<usize>,
    /// Measures that start in this matter, as indices into the rulebook.
    pub measures: Vec<usize>,
    /// Everything that can happen, but for the opening.
    pub inputs: Vec<Input>,
    /// What periods of the matter are counted from, and what guards and bounds ask for.
    pub anchors: Vec<Place>,
    pub periods: Vec<Clocked>,
    pub bounds: Vec<Bound>,
    /// How many clocks there are: one for each anchor, then those of single periods.
    pub clocks: usize,
    /// By clock: the longest time for which it is asked.
    pub longest: Vec<i32>,
    /// Whether days are compared; if not, everything can come on any day after its anchor.
    pub is_timed: bool,
    /// How many turns have been taken.
    pub turns: Cell<usize>,
    /// The guards that hold for some people and not for others, each once.
    guards: Vec<&'a Guard>,
    /// What each input sets off, so that a search looks at nothing else.
    pub reactions: BTreeMap<Input, Reaction>,
    pub starts: Vec<Line<Watch>>,
    /// `ends` lines that wait for the entry into a state.
    pub entry_ends: Vec<Line<Watch>>,
}

/// The guards (places in [`Machine::guards`]) tried both ways in one run of a machine, with the way taken.
pub(crate) type Decisions = Vec<(usize, bool)>;

impl<'a> Machine<'a> {
    /// The machine of one matter for everybody who has one kind of notice.
    pub(crate) fn new(
        book: &'a Rulebook,
        matter: usize,
        notice: NoticeKind,
        is_timed: bool,
    ) -> Result<Machine<'a>, TooLarge> {
        let region = Region::all(book, &[notice], book.in_force_from);
        let is_looked_at = |track: &usize| book.tracks[*track].remedy.is_none() || is_awaited(book, *track);
        let tracks: Vec<usize> = book.matters[matter].tracks.iter().copied().filter(is_looked_at).collect();
        let starts_here =
            |measure: &usize| book.measures[*measure].starts.iter().any(|start| tracks.contains(&start.track));
        let measures: Vec<usize> = (0..book.measures.len()).filter(starts_here).collect();
        if tracks.len() > TRACKS_MAX || measures.len() > BITS_MAX {
            return Err(TooLarge);
        }
        let mut machine = Machine {
            book,
            notice,
            region,
            tracks,
            measures,
            inputs: Vec::new(),
            anchors: Vec::new(),
            periods: Vec::new(),
            bounds: Vec::new(),
            clocks: 0,
            longest: Vec::new(),
            is_timed,
            turns: Cell::new(0),
            guards: Vec::new(),
            reactions: BTreeMap::new(),
            starts: Vec::new(),
            entry_ends: Vec::new(),
        };
        machine.learn_bounds();
        machine.learn_moves();
        machine.learn_measures();
        machine.learn_periods();
        machine.learn_inputs();
        if machine.anchors.len() > BITS_MAX || machine.periods.len() > PERIODS_MAX {
            return Err(TooLarge);
        }
        machine.is_timed &= machine.clocks <= CLOCKS_MAX;
        Ok(machine)
    }

    /// The place of an anchor, which is learnt if it is new.
    fn place(&mut self, anchor: Anchor) -> usize {
        if let Some(known) = self.known_place(anchor) {
            return known;
        }
        let (parts, pick) = match anchor {
            Anchor::Combined(index) => {
                let combined = &self.book.combined[index];
                (combined.of.iter().map(|part| self.place(*part)).collect(), combined.pick)
            }
            _ => (Vec::new(), Pick::Later),
        };
        self.anchors.push(Place { anchor, parts, pick, is_asked: false });
        self.anchors.len() - 1
    }

    pub(crate) fn known_place(&self, anchor: Anchor) -> Option<usize> {
        self.anchors.iter().position(|known| known.anchor == anchor)
    }

    /// A line whose guard somebody passes; `event` is the one that it reacts to, which then has its day.
    fn line<What>(&mut self, guard: &'a Guard, event: Option<Event>, what: What) -> Option<Line<What>> {
        match holds(guard, &self.region) {
            Holds::Never => None,
            Holds::Always => Some(Line { what, guard: None }),
            Holds::Sometimes => {
                let known = self.guards.iter().position(|known| *known == guard);
                let index = known.unwrap_or(self.guards.len());
                self.guards.extend(known.is_none().then_some(guard));
                let possible: Vec<&'a Vec<Test>> =
                    guard.0.iter().filter(|tests| self.region.with(tests).is_some()).collect();
                let ways = possible.into_iter().map(|tests| self.conjunction(tests, event)).collect();
                Some(Line { what, guard: Some((index, ways)) })
            }
        }
    }

    fn conjunction(&mut self, tests: &[Test], event: Option<Event>) -> Conjunction {
        let mut found = Conjunction { tracks: Vec::new(), dated: 0, is_open: false };
        for test in tests {
            match test {
                Test::State { track, states, is } if self.local(*track).is_some() => {
                    let count = self.book.tracks[*track].states.len() as u8;
                    let wanted = (0..count).filter(|state| states.contains(state) == *is).collect();
                    found.tracks.extend(self.local(*track).map(|local| (local, wanted)));
                }
                Test::Age { on, .. } | Test::Window { on: Some(on), .. } => {
                    found.is_open |= !self.region.implies(test);
                    if event != Some(*on) {
                        let place = self.place(Anchor::Event(*on));
                        self.anchors[place].is_asked = true;
                        found.dated |= 1_u32.checked_shl(place as u32).unwrap_or(0);
                    }
                }
                _ => found.is_open |= !self.region.implies(test),
            }
        }
        found
    }

    pub(crate) fn local(&self, track: usize) -> Option<usize> {
        self.tracks.iter().position(|known| *known == track)
    }

    /// Bounds that keep everybody's notice, or event, from having any effect.
    fn learn_bounds(&mut self) {
        let book = self.book;
        let void = |bound: &&NoticeBound| bound.notice == self.notice && bound.otherwise == Otherwise::Void;
        let bounds: Vec<&NoticeBound> = book.notices.iter().filter(void).collect();
        for bound in bounds {
            if holds(&bound.guard, &self.region) == Holds::Always {
                let date = self.place(Anchor::Fact(bound.fact));
                let event = self.place(Anchor::Event(bound.after));
                self.anchors[event].is_asked = true;
                self.bounds.push(Bound { date, event: bound.after, least: bound.min_days, most: bound.max_days });
            }
        }
    }

    fn learn_moves(&mut self) {
        let book = self.book;
        for (index, rule) in book.rules.iter().enumerate() {
            let Some(track) = self.local(rule.track) else { continue };
            let (input, event) = match (&rule.trigger, book.tracks[rule.track].remedy) {
                (Trigger::Event(event), Some(remedy)) => (Input::Named(*event, remedy), Some(*event)),
                (Trigger::Event(event), None) => (Input::Event(*event), Some(*event)),
                (Trigger::Period { .. }, _) => (Input::Period(index), None),
            };
            let what = || Move { track, from: rule.from.clone(), to: rule.to };
            if let Some(line) = self.line(&rule.guard, event, what()) {
                self.reactions.entry(input).or_default().moves.push(line);
            }
        }
    }

    fn learn_measures(&mut self) {
        let book = self.book;
        for bit in 0..self.measures.len() {
            let measure = &book.measures[self.measures[bit]];
            for start in &measure.starts {
                let Some(track) = self.local(start.track) else { continue };
                let on = Some((track, start.state));
                let line = self.line(&start.guard, None, Watch { measure: 1 << bit, on });
                self.starts.extend(line);
            }
            for end in &measure.ends {
                self.learn_end(end, 1 << bit);
            }
        }
    }

    fn learn_end(&mut self, end: &'a MeasureEnd, measure: u32) {
        match end.on {
            EndTrigger::Event(event) => {
                if let Some(line) = self.line(&end.guard, Some(event), Watch { measure, on: None }) {
                    self.reactions.entry(Input::Event(event)).or_default().ends.push(line);
                }
            }
            EndTrigger::Entry { track, state } => {
                let on = self.local(track).map(|track| (track, state));
                let line = on.and_then(|on| self.line(&end.guard, None, Watch { measure, on: Some(on) }));
                self.entry_ends.extend(line);
            }
        }
    }

    fn learn_periods(&mut self) {
        let book = self.book;
        let rules: Vec<usize> = self
            .reactions
            .keys()
            .filter_map(|input| if let Input::Period(rule) = input { Some(*rule) } else { None })
            .collect();
        for rule in rules {
            let Trigger::Period { period, after, moment, already_over } = book.rules[rule].trigger else { continue };
            let Some(track) = self.local(book.rules[rule].track) else { continue };
            let anew = effect(book, period, moment);
            let window = window_spans(book, after);
            let span = window.map_or(anew, |(least, most)| (anew.0 + least, anew.1 + most));
            let anchor = window.is_none().then(|| self.place(after));
            self.periods.push(Clocked {
                rule,
                track,
                from: book.rules[rule].from.clone(),
                anchor,
                own: None,
                span,
                anew,
                stretches: book.tollings.iter().any(|tolling| tolling.rules.contains(&rule)),
                phase: moment.due(Day::MIN).1,
                already_over,
                ahead: self.ahead(track, &book.rules[rule].from),
            });
        }
        self.learn_clocks();
    }

    fn learn_clocks(&mut self) {
        self.clocks = self.anchors.len();
        for period in &mut self.periods {
            if period.anchor.is_none() || period.already_over == Some(AlreadyOver::FromEntry) {
                period.own = Some(self.clocks);
                self.clocks += 1;
            }
        }
        let mut longest = vec![0; self.clocks];
        for period in &self.periods {
            let days = period.span.1.max(period.anew.1) + 1;
            let parts = period.anchor.iter().flat_map(|anchor| &self.anchors[*anchor].parts);
            // Which of several days is the later is asked however long ago they are.
            for clock in parts.chain(period.anchor.iter().filter(|anchor| !self.anchors[**anchor].parts.is_empty())) {
                longest[*clock] = super::days::FREE - 2;
            }
            for clock in period.anchor.iter().chain(&period.own) {
                longest[*clock] = longest[*clock].max(days);
            }
        }
        for bound in &self.bounds {
            let days = bound.least.into_iter().chain(bound.most).map(i32::abs).max().unwrap_or(0);
            longest[bound.date] = longest[bound.date].max(days + 1);
        }
        self.longest = longest;
    }

    /// By state of a track: whether it can still come to one of `wanted` from a state that is none of them.
    fn ahead(&self, track: usize, wanted: &[u8]) -> Vec<bool> {
        let moves: Vec<&Move> = self
            .reactions
            .values()
            .flat_map(|reaction| &reaction.moves)
            .map(|line| &line.what)
            .filter(|known| known.track == track)
            .collect();
        let count = self.book.tracks[self.tracks[track]].states.len();
        let mut ahead: Vec<bool> = vec![false; count];
        for _ in 0..=count {
            for known in &moves {
                for from in &known.from {
                    let enters = wanted.contains(&known.to) && !wanted.contains(from);
                    ahead[usize::from(*from)] |= enters || ahead[usize::from(known.to)];
                }
            }
        }
        ahead
    }

    fn learn_inputs(&mut self) {
        let mut inputs: BTreeSet<Input> = self.reactions.keys().copied().collect();
        inputs.extend(self.anchors.iter().filter_map(|place| match place.anchor {
            Anchor::Event(event) => Some(Input::Event(event)),
            _ => None,
        }));
        // An event of a remedy is seen by everything else as well.
        let named: BTreeSet<Event> = inputs
            .iter()
            .filter_map(|input| if let Input::Named(event, _) = input { Some(*event) } else { None })
            .collect();
        let remedies = self.tracks.iter().filter(|track| self.book.tracks[**track].remedy.is_some()).count();
        inputs.retain(|input| !matches!(input, Input::Event(event) if named.contains(event) && remedies == 1));
        self.inputs = inputs.into_iter().collect();
    }

    pub(crate) fn anchor_bit(&self, anchor: Anchor) -> u32 {
        self.known_place(anchor).map_or(0, |bit| 1 << bit)
    }

    /// Whether every track is in a final state.
    pub(crate) fn is_over(&self, node: &Node) -> bool {
        self.tracks.iter().zip(node.states).all(|(track, state)| {
            self.book.tracks[*track].states.get(usize::from(state)).is_some_and(|state| state.is_final)
        })
    }

    /// In how many tracks the measure has a state that starts it and is occupied.
    pub(crate) fn grounds(&self, node: &Node, measure: usize) -> usize {
        let occupied = |track: usize, state: u8| self.local(track).is_some_and(|local| node.states[local] == state);
        let starts = &self.book.measures[measure].starts;
        let tracks: BTreeSet<usize> =
            starts.iter().filter(|start| occupied(start.track, start.state)).map(|start| start.track).collect();
        tracks.len()
    }

    /// The guards that have to hold (or not) on every one of these ways.
    pub(crate) fn decided(&self, ways: &[Decisions]) -> Vec<(&'a Guard, bool)> {
        let first = ways.first().into_iter().flatten();
        let common = first.filter(|decision| ways.iter().all(|way| way.contains(decision)));
        common.map(|(guard, way)| (self.guards[*guard], *way)).collect()
    }

    /// How each open guard decides for the people of a narrower region.
    pub(crate) fn verdicts(&self, region: &Region) -> Vec<Holds> {
        self.guards.iter().map(|guard| holds(guard, region)).collect()
    }
}

/// Whether a measure starts or ends, or a period of another track runs, on a state of this track.
fn is_awaited(book: &Rulebook, track: usize) -> bool {
    let on_it = |anchor: Anchor| matches!(anchor, Anchor::Entry { track: of, .. } if of == track);
    let starts = book.measures.iter().flat_map(|measure| &measure.starts).any(|start| start.track == track);
    let ends = book.measures.iter().flat_map(|measure| &measure.ends);
    let ends = ends.into_iter().any(|end| matches!(end.on, EndTrigger::Entry { track: of, .. } if of == track));
    let periods = book.rules.iter().filter(|rule| rule.track != track).any(|rule| match rule.trigger {
        Trigger::Period { after: Anchor::Combined(index), .. } => book.combined[index].of.iter().any(|one| on_it(*one)),
        Trigger::Period { after, .. } => on_it(after),
        Trigger::Event(_) => false,
    });
    starts || ends || periods
}

/// Whether one of the ways is open to people for whom the guards decide like this.
pub(crate) fn is_open(ways: &[Decisions], verdicts: &[Holds]) -> bool {
    let contradicts =
        |(guard, way): &(usize, bool)| verdicts[*guard] == if *way { Holds::Never } else { Holds::Always };
    ways.iter().any(|way| !way.iter().any(contradicts))
}
