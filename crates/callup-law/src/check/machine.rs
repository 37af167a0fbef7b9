//! One matter as a machine without clocks: the states of its tracks, the measures that stand, what has got its day.
//!
//! Follows the order of `docs/law-language.md`, point (l). Periods come due at any time after their anchor; a guard that holds for some
//! people is tried both ways, once an input for all lines that share it. This file knows no findings.

use super::region::{Holds, Region, holds};
use crate::roles::{Event, NoticeKind};
use crate::rulebook::{Anchor, EndTrigger, Guard, MeasureEnd, Pick, Rulebook, Trigger};
use std::collections::{BTreeMap, BTreeSet};

/// Room for tracks in a node: as many bytes as a `u128` has.
pub(crate) const TRACKS_MAX: usize = 16;
/// Room for measures, and for anchors, in a node.
const BITS_MAX: usize = 32;
/// How many ways of deciding one input may have before a law counts as too large.
const RUNS_MAX: usize = 512;

/// The state of a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    /// State of each track of the matter.
    pub states: [u8; TRACKS_MAX],
    /// Measures that stand (bit = place in [`Machine::measures`]).
    pub standing: u32,
    /// Anchors that have a day (bit = place in [`Machine::anchors`]).
    pub dated: u32,
}

impl Node {
    /// The same as numbers, which compare faster.
    pub(crate) fn key(&self) -> (u128, u64) {
        (u128::from_be_bytes(self.states), u64::from(self.standing) << 32 | u64::from(self.dated))
    }
}

/// What can happen to a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Input {
    /// An event.
    Event(Event),
    /// The period of this rule comes due.
    Period(usize),
}

/// What one input led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// The state after it.
    pub node: Node,
    /// Measures whose lift fell due.
    pub lifted: u32,
    /// Measures that started.
    pub started: u32,
    /// Tracks (bit = place in the matter) that entered a state.
    pub entered: u32,
}

/// The law could not be searched within the caps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLarge;

/// A rule, a `starts` line or an `ends` line of a machine that somebody of its region can pass.
struct Line<What> {
    what: What,
    /// The guard that decides (place in [`Machine::guards`]); none if everybody passes.
    guard: Option<usize>,
}

/// A transition of a track (place in the matter).
struct Move {
    track: usize,
    from: Vec<u8>,
    to: u8,
}

/// A line of a measure (its bit) and the entry that it waits for: track (place in the matter) and state; none for an event.
struct Watch {
    measure: u32,
    on: Option<(usize, u8)>,
}

/// A matter of one kind of notice.
pub(crate) struct Machine<'a> {
    pub book: &'a Rulebook,
    /// Everybody who has that notice.
    pub region: Region<'a>,
    /// Tracks of the matter, as indices into the rulebook; those of remedies only where a measure or a period hangs on them. What guards ask of
    /// the others is tried both ways.
    pub tracks: Vec<usize>,
    /// Measures that start in this matter, as indices into the rulebook.
    pub measures: Vec<usize>,
    /// Everything that can happen.
    pub inputs: Vec<Input>,
    /// What periods of the matter are counted from, but for date facts, which always have their day.
    anchors: Vec<Anchor>,
    /// The guards that hold for some people and not for others, each once.
    guards: Vec<&'a Guard>,
    /// What each input sets off, so that a search looks at nothing else.
    reactions: BTreeMap<Input, Reaction>,
    starts: Vec<Line<Watch>>,
    /// `ends` lines that wait for the entry into a state.
    entry_ends: Vec<Line<Watch>>,
}

/// What one input sets off.
struct Reaction {
    moves: Vec<Line<Move>>,
    ends: Vec<Line<Watch>>,
}

/// The guards (places in [`Machine::guards`]) tried both ways in one run of a machine, with the way taken.
pub(crate) type Decisions = Vec<(usize, bool)>;

impl<'a> Machine<'a> {
    /// The machine of one matter for everybody who has one kind of notice.
    pub(crate) fn new(book: &'a Rulebook, matter: usize, notice: NoticeKind) -> Result<Machine<'a>, TooLarge> {
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
            region,
            tracks,
            measures,
            inputs: Vec::new(),
            anchors: Vec::new(),
            guards: Vec::new(),
            reactions: BTreeMap::new(),
            starts: Vec::new(),
            entry_ends: Vec::new(),
        };
        machine.learn_moves();
        machine.learn_measures();
        machine.learn_inputs();
        if machine.anchors.len() <= BITS_MAX { Ok(machine) } else { Err(TooLarge) }
    }

    fn line<What>(&mut self, guard: &'a Guard, what: What) -> Option<Line<What>> {
        match holds(guard, &self.region) {
            Holds::Never => None,
            Holds::Always => Some(Line { what, guard: None }),
            Holds::Sometimes => {
                let known = self.guards.iter().position(|known| *known == guard);
                let index = known.unwrap_or(self.guards.len());
                self.guards.extend(known.is_none().then_some(guard));
                Some(Line { what, guard: Some(index) })
            }
        }
    }

    fn local(&self, track: usize) -> Option<usize> {
        self.tracks.iter().position(|known| *known == track)
    }

    fn learn_moves(&mut self) {
        let book = self.book;
        for (index, rule) in book.rules.iter().enumerate() {
            let Some(track) = self.local(rule.track) else { continue };
            let input = match rule.trigger {
                Trigger::Event(event) => Input::Event(event),
                Trigger::Period { .. } => Input::Period(index),
            };
            if let Some(line) = self.line(&rule.guard, Move { track, from: rule.from.clone(), to: rule.to }) {
                self.reaction(input).moves.push(line);
            }
        }
    }

    fn reaction(&mut self, input: Input) -> &mut Reaction {
        self.reactions.entry(input).or_insert_with(|| Reaction { moves: Vec::new(), ends: Vec::new() })
    }

    fn learn_measures(&mut self) {
        let book = self.book;
        for bit in 0..self.measures.len() {
            let measure = &book.measures[self.measures[bit]];
            for start in &measure.starts {
                let Some(track) = self.local(start.track) else { continue };
                let on = Some((track, start.state));
                let line = self.line(&start.guard, Watch { measure: 1 << bit, on });
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
                if let Some(line) = self.line(&end.guard, Watch { measure, on: None }) {
                    self.reaction(Input::Event(event)).ends.push(line);
                }
            }
            EndTrigger::Entry { track, state } => {
                let on = self.local(track).map(|track| (track, state));
                let line = on.and_then(|on| self.line(&end.guard, Watch { measure, on: Some(on) }));
                self.entry_ends.extend(line);
            }
        }
    }

    fn learn_inputs(&mut self) {
        let mut inputs: BTreeSet<Input> = self.reactions.keys().copied().collect();
        let mut anchors = BTreeSet::new();
        for input in &inputs {
            let Input::Period(rule) = input else { continue };
            if let Trigger::Period { after, .. } = self.book.rules[*rule].trigger {
                anchors.extend(self.parts(after).filter(|anchor| !is_always_dated(*anchor)));
            }
        }
        inputs.extend(anchors.iter().filter_map(|anchor| match anchor {
            Anchor::Event(event) => Some(Input::Event(*event)),
            _ => None,
        }));
        self.inputs = inputs.into_iter().collect();
        self.anchors = anchors.into_iter().collect();
    }

    /// The matter before its first event: every track in its first state, which counts as entered.
    pub(crate) fn first(&self) -> Node {
        let mut node = Node { states: [0; TRACKS_MAX], standing: 0, dated: 0 };
        for &track in &self.tracks {
            node.dated |= self.anchor_bit(Anchor::Entry { track, state: 0 });
        }
        node
    }

    /// The anchors that an anchor is made of: itself, or those that it is the later or the earlier of.
    fn parts(&self, anchor: Anchor) -> impl Iterator<Item = Anchor> {
        let parts = match anchor {
            Anchor::Combined(index) => self.book.combined[index].of.clone(),
            _ => vec![anchor],
        };
        parts.into_iter()
    }

    fn anchor_bit(&self, anchor: Anchor) -> u32 {
        self.anchors.iter().position(|known| *known == anchor).map_or(0, |bit| 1 << bit)
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

    /// Whether the input can come at all in this state: an event always can, a period only after its anchor.
    fn can_come(&self, node: &Node, input: Input) -> bool {
        let Input::Period(rule) = input else { return true };
        let Trigger::Period { after, .. } = self.book.rules[rule].trigger else { return false };
        let dated = |anchor: Anchor| is_always_dated(anchor) || node.dated & self.anchor_bit(anchor) != 0;
        match after {
            Anchor::Combined(index) if self.book.combined[index].pick == Pick::Later => self.parts(after).all(dated),
            _ => self.parts(after).any(dated),
        }
    }

    /// Whether the input can change anything; most cannot, and are not looked at further.
    fn changes(&self, node: &Node, input: Input) -> bool {
        let dates = matches!(input, Input::Event(event) if self.anchor_bit(Anchor::Event(event)) & !node.dated != 0);
        let reaction = self.reactions.get(&input);
        dates
            || reaction.is_some_and(|reaction| {
                let moves = |line: &Line<Move>| line.what.from.contains(&node.states[line.what.track]);
                reaction.moves.iter().any(moves)
                    || reaction.ends.iter().any(|line| line.what.measure & node.standing != 0)
            })
    }

    /// Everything that the input can lead to, over all ways in which its open guards can decide, with the decisions that lead there.
    pub(crate) fn outcomes(&self, node: &Node, input: Input) -> Result<Vec<(Outcome, Vec<Decisions>)>, TooLarge> {
        let mut outcomes: Vec<(Outcome, Vec<Decisions>)> = Vec::new();
        if !self.can_come(node, input) || !self.changes(node, input) {
            return Ok(outcomes);
        }
        let mut open: Vec<Decisions> = vec![Vec::new()];
        let mut runs = 0;
        while let Some(decisions) = open.pop() {
            runs += 1;
            match self.step(node, input, &decisions) {
                Ok(outcome) => match outcomes.iter_mut().find(|(known, _)| *known == outcome) {
                    Some((_, known)) => known.push(decisions),
                    None => outcomes.push((outcome, vec![decisions])),
                },
                Err(guard) => open.extend([false, true].map(|way| [decisions.as_slice(), &[(guard, way)]].concat())),
            }
            if runs > RUNS_MAX {
                return Err(TooLarge);
            }
        }
        Ok(outcomes)
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

    /// One run with the decisions taken so far; an open guard that is not yet decided is given back.
    fn step(&self, node: &Node, input: Input, decisions: &Decisions) -> Result<Outcome, usize> {
        let mut outcome = Outcome { node: *node, lifted: 0, started: 0, entered: 0 };
        if let Input::Event(event) = input {
            outcome.node.dated |= self.anchor_bit(Anchor::Event(event));
        }
        let Some(reaction) = self.reactions.get(&input) else { return Ok(outcome) };
        for line in &reaction.moves {
            let Move { track, from, to } = &line.what;
            let tried = outcome.entered & (1 << track) == 0 && from.contains(&node.states[*track]);
            if tried && decide(line, decisions)? {
                outcome.entered |= 1 << track;
                outcome.node.states[*track] = *to;
                outcome.node.dated |= self.anchor_bit(Anchor::Entry { track: self.tracks[*track], state: *to });
            }
        }
        lift(&reaction.ends, &mut outcome, decisions)?;
        if outcome.entered != 0 {
            lift(&self.entry_ends, &mut outcome, decisions)?;
        }
        outcome.node.standing &= !outcome.lifted;
        if outcome.entered != 0 {
            self.start(&mut outcome, decisions)?;
        }
        Ok(outcome)
    }

    fn start(&self, outcome: &mut Outcome, decisions: &Decisions) -> Result<(), usize> {
        for line in &self.starts {
            let stands = (outcome.node.standing | outcome.started) & line.what.measure != 0;
            if !stands && entered(outcome, line.what.on) && decide(line, decisions)? {
                outcome.started |= line.what.measure;
                let measure = self.measures[line.what.measure.trailing_zeros() as usize];
                outcome.node.dated |= self.anchor_bit(Anchor::MeasureStart(measure));
            }
        }
        outcome.node.standing |= outcome.started;
        Ok(())
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

/// Whether an anchor has its day whatever happens.
fn is_always_dated(anchor: Anchor) -> bool {
    matches!(anchor, Anchor::Fact(_) | Anchor::WindowStart(_) | Anchor::WindowEnd(_))
}

fn lift(lines: &[Line<Watch>], outcome: &mut Outcome, decisions: &Decisions) -> Result<(), usize> {
    for line in lines {
        let stands = outcome.node.standing & !outcome.lifted & line.what.measure != 0;
        let matches = line.what.on.is_none() || entered(outcome, line.what.on);
        if stands && matches && decide(line, decisions)? {
            outcome.lifted |= line.what.measure;
        }
    }
    Ok(())
}

/// Whether one of the ways is open to people for whom the guards decide like this.
pub(crate) fn is_open(ways: &[Decisions], verdicts: &[Holds]) -> bool {
    let contradicts =
        |(guard, way): &(usize, bool)| verdicts[*guard] == if *way { Holds::Never } else { Holds::Always };
    ways.iter().any(|way| !way.iter().any(contradicts))
}

fn entered(outcome: &Outcome, on: Option<(usize, u8)>) -> bool {
    on.is_some_and(|(track, state)| outcome.entered & (1 << track) != 0 && outcome.node.states[track] == state)
}

/// Whether the line's guard holds; the guard itself where nothing has been decided yet.
fn decide<What>(line: &Line<What>, decisions: &Decisions) -> Result<bool, usize> {
    let Some(guard) = line.guard else { return Ok(true) };
    decisions.iter().find(|(known, _)| *known == guard).map(|(_, way)| *way).ok_or(guard)
}
