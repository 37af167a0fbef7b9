//! One matter as a machine without clocks: the states of its tracks, the measures that stand, what has got its day.
//!
//! Follows the order of `docs/law-language.md`, point (l). Periods come due at any time after their anchor; a guard that holds for some
//! people is tried both ways, once an input for all lines that share it. This file knows no findings.

use super::region::{Holds, Region, holds};
use crate::roles::{Event, NoticeKind};
use crate::rulebook::{Anchor, EndTrigger, Guard, Rulebook, Trigger};
use std::collections::BTreeSet;

/// Room for tracks in a node.
pub(crate) const TRACKS_MAX: usize = 12;
/// Room for measures, and for anchors, in a node.
pub(crate) const BITS_MAX: usize = 32;
/// How many outcomes one input may have before a law counts as too large.
const OUTCOMES_MAX: usize = 256;

/// The state of a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Node {
    /// State of each track of the matter.
    pub states: [u8; TRACKS_MAX],
    /// Measures that stand (bit = place in [`Machine::measures`]).
    pub standing: u32,
    /// Anchors that have a day (bit = place in [`Machine::anchors`]).
    pub dated: u32,
}

/// What can happen to a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// A matter of one kind of notice, for the people and readings of one region.
pub(crate) struct Machine<'a> {
    pub book: &'a Rulebook,
    /// Tracks of the matter, as indices into the rulebook.
    pub tracks: &'a [usize],
    /// Measures that start in this matter, as indices into the rulebook.
    pub measures: Vec<usize>,
    /// What periods of the matter are counted from, but for date facts, which always have their day.
    pub anchors: Vec<Anchor>,
    /// Everything that can happen.
    pub inputs: Vec<Input>,
    /// Rules of the matter that somebody of the region can pass.
    rules: Vec<usize>,
    /// The people, readings and states of the world it is for.
    pub region: Region<'a>,
    /// For each rule, `starts` line and `ends` line, in the order of [`lines`], how its guard decides.
    known: Vec<(&'a Guard, Holds)>,
}

/// The guards tried both ways in one run of [`Machine::step`], with the way taken.
type Decisions<'a> = Vec<(&'a Guard, bool)>;

impl<'a> Machine<'a> {
    /// The machine of one matter. `region` narrows the people, the readings and the state of the world.
    pub(crate) fn new(book: &'a Rulebook, matter: usize, region: Region<'a>) -> Result<Machine<'a>, TooLarge> {
        let tracks = book.matters[matter].tracks.as_slice();
        let measures: Vec<usize> = (0..book.measures.len())
            .filter(|measure| book.measures[*measure].starts.iter().any(|start| tracks.contains(&start.track)))
            .collect();
        let mut machine = Machine {
            book,
            tracks,
            measures,
            anchors: Vec::new(),
            inputs: Vec::new(),
            rules: Vec::new(),
            region,
            known: Vec::new(),
        };
        machine.learn_guards();
        machine.rules = (0..book.rules.len())
            .filter(|rule| tracks.contains(&book.rules[*rule].track))
            .filter(|rule| machine.holds(&book.rules[*rule].guard) != Holds::Never)
            .collect();
        machine.learn_inputs();
        let fits =
            tracks.len() <= TRACKS_MAX && machine.measures.len() <= BITS_MAX && machine.anchors.len() <= BITS_MAX;
        if fits { Ok(machine) } else { Err(TooLarge) }
    }

    /// A machine of everybody who has one kind of notice.
    pub(crate) fn of_notice(book: &'a Rulebook, matter: usize, notice: NoticeKind) -> Result<Machine<'a>, TooLarge> {
        Machine::new(book, matter, Region::all(book, &[notice], book.in_force_from))
    }

    fn learn_guards(&mut self) {
        let rules = self.book.rules.iter().map(|rule| &rule.guard);
        let starts = self.book.measures.iter().flat_map(|measure| measure.starts.iter().map(|start| &start.guard));
        let ends = self.book.measures.iter().flat_map(|measure| measure.ends.iter().map(|end| &end.guard));
        for guard in rules.chain(starts).chain(ends) {
            let trivial = guard.0.iter().any(Vec::is_empty);
            if !trivial && !self.known.iter().any(|(known, _)| *known == guard) {
                self.known.push((guard, holds(guard, &self.region)));
            }
        }
    }

    fn learn_inputs(&mut self) {
        let mut events = BTreeSet::new();
        let mut anchors = BTreeSet::new();
        for rule in &self.rules {
            match self.book.rules[*rule].trigger {
                Trigger::Event(event) => drop(events.insert(event)),
                Trigger::Period { after: Anchor::Fact(_), .. } => {}
                Trigger::Period { after, .. } => drop(anchors.insert(after)),
            }
        }
        events.extend(anchors.iter().filter_map(|anchor| match anchor {
            Anchor::Event(event) => Some(*event),
            _ => None,
        }));
        let ends = self.measures.iter().flat_map(|measure| &self.book.measures[*measure].ends);
        events.extend(ends.filter_map(|end| match end.on {
            EndTrigger::Event(event) => Some(event),
            EndTrigger::Entry { .. } => None,
        }));
        let periods =
            self.rules.iter().filter(|rule| matches!(self.book.rules[**rule].trigger, Trigger::Period { .. }));
        let periods: Vec<Input> = periods.map(|rule| Input::Period(*rule)).collect();
        self.inputs = events.into_iter().map(Input::Event).chain(periods).collect();
        self.anchors = anchors.into_iter().collect();
    }

    fn holds(&self, guard: &Guard) -> Holds {
        if guard.0.iter().any(Vec::is_empty) {
            return Holds::Always;
        }
        self.known.iter().find(|(known, _)| *known == guard).map_or(Holds::Sometimes, |(_, holds)| *holds)
    }

    /// The matter before its first event: every track in its first state, which counts as entered.
    pub(crate) fn first(&self) -> Node {
        let mut node = Node { states: [0; TRACKS_MAX], standing: 0, dated: 0 };
        for &track in self.tracks {
            node.dated |= self.anchor_bit(Anchor::Entry { track, state: 0 });
        }
        node
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

    /// Whether the input can come at all in this state: an event always can, a period only while its track waits for it.
    fn can_come(&self, node: &Node, input: Input) -> bool {
        let Input::Period(rule) = input else { return true };
        let rule = &self.book.rules[rule];
        let Trigger::Period { after, .. } = rule.trigger else { return false };
        let waits = self.local(rule.track).is_some_and(|track| rule.from.contains(&node.states[track]));
        waits && (matches!(after, Anchor::Fact(_)) || node.dated & self.anchor_bit(after) != 0)
    }

    fn local(&self, track: usize) -> Option<usize> {
        self.tracks.iter().position(|known| *known == track)
    }

    /// Everything that the input can lead to, over all ways in which its open guards can decide.
    pub(crate) fn outcomes(&self, node: &Node, input: Input) -> Result<Vec<Outcome>, TooLarge> {
        let mut outcomes = Vec::new();
        if !self.can_come(node, input) {
            return Ok(outcomes);
        }
        let mut open: Vec<Decisions> = vec![Vec::new()];
        while let Some(decisions) = open.pop() {
            match self.step(node, input, &decisions) {
                Ok(outcome) if outcomes.contains(&outcome) => {}
                Ok(outcome) => outcomes.push(outcome),
                Err(guard) => {
                    open.extend([true, false].map(|way| [decisions.as_slice(), &[(guard, way)]].concat()));
                }
            }
            if outcomes.len() + open.len() > OUTCOMES_MAX {
                return Err(TooLarge);
            }
        }
        Ok(outcomes)
    }

    /// One run with the decisions taken so far; an open guard that is not yet decided is given back.
    fn step<'m>(&'m self, node: &Node, input: Input, decisions: &Decisions<'m>) -> Result<Outcome, &'m Guard> {
        let mut outcome = Outcome { node: *node, lifted: 0, started: 0, entered: 0 };
        if let Input::Event(event) = input {
            outcome.node.dated |= self.anchor_bit(Anchor::Event(event));
        }
        for (local, track) in self.tracks.iter().enumerate() {
            if let Some(to) = self.target(node, input, local, *track, decisions)? {
                outcome.node.states[local] = to;
                outcome.entered |= 1 << local;
                outcome.node.dated |= self.anchor_bit(Anchor::Entry { track: *track, state: to });
            }
        }
        self.lift(input, &mut outcome, decisions)?;
        self.start(&mut outcome, decisions)?;
        Ok(outcome)
    }

    fn decide<'m>(&'m self, guard: &'m Guard, decisions: &Decisions<'m>) -> Result<bool, &'m Guard> {
        match self.holds(guard) {
            Holds::Always => Ok(true),
            Holds::Never => Ok(false),
            Holds::Sometimes => decisions.iter().find(|(known, _)| *known == guard).map(|(_, way)| *way).ok_or(guard),
        }
    }

    fn target<'m>(
        &'m self,
        node: &Node,
        input: Input,
        local: usize,
        track: usize,
        decisions: &Decisions<'m>,
    ) -> Result<Option<u8>, &'m Guard> {
        for &index in &self.rules {
            let rule = &self.book.rules[index];
            let tried = match (input, &rule.trigger) {
                (Input::Event(event), Trigger::Event(on)) => event == *on,
                (Input::Period(due), Trigger::Period { .. }) => due == index,
                _ => false,
            };
            let waits = tried && rule.track == track && rule.from.contains(&node.states[local]);
            if waits && self.decide(&rule.guard, decisions)? {
                return Ok(Some(rule.to));
            }
        }
        Ok(None)
    }

    fn entered(&self, outcome: &Outcome, track: usize, state: u8) -> bool {
        let local = self.local(track);
        local.is_some_and(|local| outcome.entered & (1 << local) != 0 && outcome.node.states[local] == state)
    }

    fn lift<'m>(&'m self, input: Input, outcome: &mut Outcome, decisions: &Decisions<'m>) -> Result<(), &'m Guard> {
        for (bit, measure) in self.measures.iter().enumerate() {
            if outcome.node.standing & (1 << bit) == 0 {
                continue;
            }
            for end in &self.book.measures[*measure].ends {
                let matches = match end.on {
                    EndTrigger::Event(event) => input == Input::Event(event),
                    EndTrigger::Entry { track, state } => self.entered(outcome, track, state),
                };
                if matches && self.decide(&end.guard, decisions)? {
                    outcome.lifted |= 1 << bit;
                    break;
                }
            }
        }
        outcome.node.standing &= !outcome.lifted;
        Ok(())
    }

    fn start<'m>(&'m self, outcome: &mut Outcome, decisions: &Decisions<'m>) -> Result<(), &'m Guard> {
        for (bit, measure) in self.measures.iter().enumerate() {
            if outcome.node.standing & (1 << bit) != 0 {
                continue;
            }
            for start in &self.book.measures[*measure].starts {
                if self.entered(outcome, start.track, start.state) && self.decide(&start.guard, decisions)? {
                    outcome.started |= 1 << bit;
                    outcome.node.dated |= self.anchor_bit(Anchor::MeasureStart(*measure));
                    break;
                }
            }
        }
        outcome.node.standing |= outcome.started;
        Ok(())
    }

    /// Whether a track of the matter is in a state that starts the measure.
    pub(crate) fn starting_tracks(&self, node: &Node, measure: usize) -> usize {
        let occupied = |track: usize, state: u8| self.local(track).is_some_and(|local| node.states[local] == state);
        let starts = &self.book.measures[measure].starts;
        let tracks: BTreeSet<usize> =
            starts.iter().filter(|start| occupied(start.track, start.state)).map(|start| start.track).collect();
        tracks.len()
    }
}
