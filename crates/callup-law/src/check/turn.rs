//! What one input does to a matter: the order of `docs/law-language.md`, point (l), with days as sets (`days.rs`).
//!
//! A question that neither the node nor the law answers (a guard, which of two days is the later) is given back, and the turn is taken again
//! with either answer. This file knows no findings.

use super::days::Days;
use super::machine::{
    Clocked, Conjunction, Decisions, Input, Line, Machine, Node, Reaction, TRACKS_MAX, TooLarge, Wait, Watch,
};
use crate::calendar::Phase;
use crate::roles::Event;
use crate::rulebook::{AlreadyOver, Anchor, Pick};
use std::collections::BTreeMap;

/// How many ways of deciding one input may have before a law counts as too large.
const RUNS_MAX: usize = 512;
/// Slots of a day: before everything, periods that have run out, events in their order, periods of the last day, periods that were over.
pub(crate) const UNOPENED: u16 = 0;
const RUN_OUT: u16 = 1;
const OPENING: u16 = 2;
const EVENTS: u16 = 3;
const LAST_DAY: u16 = 10_000;
const AT_ONCE: u16 = 10_001;

/// What one input led to.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// A question to be tried both ways.
enum Ask {
    /// A guard.
    Guard(usize),
    /// Whether one day is at most so much later than another.
    Days,
    /// There are no such days.
    Never,
}

/// One input on its way.
struct Turn<'m, 'a> {
    machine: &'m Machine<'a>,
    before: &'m Node,
    decisions: &'m Decisions,
    /// Answers to questions about days, and how many have been used.
    answers: &'m [bool],
    used: usize,
    phase: Phase,
    outcome: Outcome,
    /// Anchors (bits) that have got a day, or another day.
    redated: u32,
    spans: Option<&'m Spans>,
    /// Whether days are compared.
    is_timed: bool,
}

/// The length of a period (place in [`Machine::periods`]) and its length counted anew, where these are known from the days it runs over.
pub(crate) type Spans = BTreeMap<usize, ((i32, i32), (i32, i32))>;

impl Machine<'_> {
    /// The matter before anything happens, on a day of which nothing is known but how dates that were given lie to it.
    pub(crate) fn first(&self) -> Node {
        let mut days = Days::new(self.clocks);
        let mut dated = 0;
        for (place, anchor) in self.anchors.iter().enumerate() {
            if matches!(anchor.anchor, Anchor::Fact(_)) {
                dated |= 1 << place;
                let day = days.add();
                days.set(place, day);
            }
        }
        Node { states: [0; TRACKS_MAX], standing: 0, dated, waiting: 0, slot: UNOPENED, days }
    }

    /// Whether the input can change anything; most cannot, and are not looked at further.
    fn changes(&self, node: &Node, input: Input) -> bool {
        if node.slot == UNOPENED || input == Input::Opening {
            return node.slot == UNOPENED && input == Input::Opening;
        }
        if let Input::Period(rule) = input {
            let period = self.periods.iter().position(|period| period.rule == rule);
            return period.is_some_and(|period| node.wait(period) != Wait::No);
        }
        let dates = |event: Event| {
            let place = self.known_place(Anchor::Event(event));
            place.is_some_and(|place| node.dated & 1 << place == 0 && self.matters(node, place))
        };
        input.event().is_some_and(dates)
            || self.reactions(input).any(|reaction| {
                let moves = |line: &Line<_>| is_from(line, node);
                reaction.moves.iter().any(moves)
                    || reaction.ends.iter().any(|line| line.what.measure & node.standing != 0)
            })
    }

    /// What an input sets off; one that names a remedy is seen by everything else as an event.
    fn reactions(&self, input: Input) -> impl Iterator<Item = &Reaction> {
        let plain = if let Input::Named(event, _) = input { Some(Input::Event(event)) } else { None };
        [Some(input), plain].into_iter().flatten().filter_map(|input| self.reactions.get(&input))
    }

    /// Everything that the input can lead to, over all ways in which its open questions can be answered, with the decisions that lead there.
    /// With `whole` the days of all that has happened are kept, and these lengths of
    /// periods are taken for theirs.
    pub(crate) fn outcomes(
        &self,
        node: &Node,
        input: Input,
        whole: Option<&Spans>,
    ) -> Result<Vec<(Outcome, Vec<Decisions>)>, TooLarge> {
        let mut outcomes: Vec<(Outcome, Vec<Decisions>)> = Vec::new();
        if !self.changes(node, input) {
            return Ok(outcomes);
        }
        let mut open: Vec<(Decisions, Vec<bool>)> = vec![(Vec::new(), Vec::new())];
        let mut runs = 0;
        while let Some((decisions, answers)) = open.pop() {
            runs += 1;
            self.turns.set(self.turns.get() + 1);
            match self.turn(node, input, &decisions, &answers, whole) {
                Ok(outcome) => match outcomes.iter_mut().find(|(known, _)| *known == outcome) {
                    Some((_, known)) => known.push(decisions),
                    None => outcomes.push((outcome, vec![decisions])),
                },
                Err(Ask::Guard(guard)) => {
                    let decided = |way: bool| [decisions.as_slice(), &[(guard, way)]].concat();
                    open.extend([false, true].map(|way| (decided(way), answers.clone())));
                }
                Err(Ask::Days) => {
                    let answered = |way: bool| [answers.as_slice(), &[way]].concat();
                    open.extend([false, true].map(|way| (decisions.clone(), answered(way))));
                }
                Err(Ask::Never) => {}
            }
            if runs > RUNS_MAX {
                return Err(TooLarge);
            }
        }
        Ok(outcomes)
    }

    fn turn(
        &self,
        before: &Node,
        input: Input,
        decisions: &Decisions,
        answers: &[bool],
        whole: Option<&Spans>,
    ) -> Result<Outcome, Ask> {
        let outcome = Outcome { node: before.clone(), lifted: 0, started: 0, entered: 0 };
        let phase = Phase::Events;
        let mut turn = Turn {
            machine: self,
            before,
            decisions,
            answers,
            used: 0,
            phase,
            outcome,
            redated: 0,
            spans: whole,
            is_timed: self.is_timed || whole.is_some(),
        };
        match input {
            Input::Opening => turn.open()?,
            Input::Event(event) | Input::Named(event, _) => {
                turn.pass_to_event(input, event)?;
                turn.take(input)?;
            }
            Input::Period(rule) => {
                turn.pass_to_period(rule)?;
                turn.take(input)?;
            }
        }
        Ok(turn.finish(whole.is_some()))
    }

    /// Whether it still matters that an anchor has its day.
    fn matters(&self, node: &Node, place: usize) -> bool {
        let mine = |anchor: usize| anchor == place || self.anchors[anchor].parts.contains(&place);
        let waits = |period: &Clocked| {
            let state = node.states[period.track];
            period.anchor.is_some_and(mine) && (period.ahead[usize::from(state)] || period.from.contains(&state))
        };
        self.anchors[place].is_asked || self.periods.iter().any(waits)
    }

    /// Whether the day of a clock can still matter.
    fn runs(&self, node: &Node, clock: usize) -> bool {
        let of_date = |bound: &super::machine::Bound| {
            bound.date == clock && node.dated & self.anchor_bit(Anchor::Event(bound.event)) == 0
        };
        let counts = |(place, period): (usize, &Clocked)| {
            let state = node.states[period.track];
            let ahead = period.ahead[usize::from(state)];
            let wait = node.wait(place);
            if period.own == Some(clock) {
                return wait == Wait::RunsFromEntry || (wait == Wait::Runs && period.anchor.is_none());
            }
            let Some(anchor) = period.anchor else { return false };
            let is_part = self.anchors[anchor].parts.contains(&clock);
            (anchor == clock && (ahead || wait == Wait::Runs)) || (is_part && (ahead || period.from.contains(&state)))
        };
        self.bounds.iter().any(of_date) || self.periods.iter().enumerate().any(counts)
    }

    fn slot(&self, input: Input) -> u16 {
        let of_event = |event: Event| EVENTS + (event as u16) * 100;
        match input {
            Input::Opening => OPENING,
            Input::Event(event) => of_event(event),
            Input::Named(event, remedy) => {
                let name = &self.book.remedies[remedy].name;
                let before = self.book.remedies.iter().filter(|other| other.name < *name).count();
                of_event(event) + 1 + before.min(98) as u16
            }
            Input::Period(_) => RUN_OUT,
        }
    }
}

fn is_from(line: &Line<super::machine::Move>, node: &Node) -> bool {
    line.what.from.contains(&node.states[line.what.track])
}

impl Turn<'_, '_> {
    /// Keeps the days on which one place is at most so much later than another.
    fn limit(&mut self, one: usize, other: usize, days: i32) -> Result<(), Ask> {
        let kept = !self.is_timed || self.outcome.node.days.limit(one, other, days);
        if kept { Ok(()) } else { Err(Ask::Never) }
    }

    /// Whether one place is at most so much later than another; asked if it can be either way.
    fn at_most(&mut self, one: usize, other: usize, limit: i32) -> Result<bool, Ask> {
        if self.is_timed {
            let days = &self.outcome.node.days;
            if days.implies(one, other, limit) {
                return Ok(true);
            }
            if !days.admits(one, other, limit) {
                return Ok(false);
            }
        }
        let Some(&answer) = self.answers.get(self.used) else { return Err(Ask::Days) };
        self.used += 1;
        if answer {
            self.limit(one, other, limit)?
        } else {
            self.limit(other, one, -limit - 1)?
        }
        Ok(answer)
    }

    fn now(&self) -> usize {
        self.outcome.node.days.now()
    }

    fn clock(&self, clock: usize) -> Option<usize> {
        self.outcome.node.days.clock(clock)
    }

    /// The matter opens today: every track is put into its first state.
    fn open(&mut self) -> Result<(), Ask> {
        self.outcome.node.slot = OPENING;
        let machine = self.machine;
        for (local, &track) in machine.tracks.iter().enumerate() {
            self.outcome.entered |= 1 << local;
            self.date(Anchor::Entry { track, state: 0 });
        }
        self.redated |= self.outcome.node.dated;
        self.start()?;
        self.arm(|_, _| true)
    }

    /// Goes on to the day of an event, before which nothing may come due.
    fn pass_to_event(&mut self, input: Input, event: Event) -> Result<(), Ask> {
        let slot = self.machine.slot(input);
        self.pass(slot, None)?;
        let bit = self.machine.anchor_bit(Anchor::Event(event));
        for bound in self.machine.bounds.iter().filter(|bound| bound.event == event && self.before.dated & bit == 0) {
            let Some(date) = self.clock(bound.date) else { continue };
            let now = self.now();
            bound.most.map_or(Ok(()), |most| self.limit(date, now, most))?;
            bound.least.map_or(Ok(()), |least| self.limit(now, date, -least))?;
        }
        if bit & !self.before.dated != 0 {
            self.date(Anchor::Event(event));
        }
        Ok(())
    }

    /// Goes on to the day on which a period comes due.
    fn pass_to_period(&mut self, rule: usize) -> Result<(), Ask> {
        let machine = self.machine;
        let Some(place) = machine.periods.iter().position(|period| period.rule == rule) else { return Err(Ask::Never) };
        let period = &machine.periods[place];
        let wait = self.before.wait(place);
        self.phase = if wait == Wait::AtOnce { Phase::AtOnce } else { period.phase };
        let slot = match self.phase {
            Phase::RunOut => RUN_OUT,
            Phase::LastDay => LAST_DAY,
            _ => AT_ONCE,
        };
        self.pass(slot, Some(place))?;
        if let Some((since, (least, _))) = self.counted(place) {
            let now = self.now();
            self.limit(since, now, -least)?;
        }
        self.outcome.node.set_wait(place, Wait::No);
        Ok(())
    }

    /// The day from which a period that runs is counted, and its length.
    fn counted(&self, place: usize) -> Option<(usize, (i32, i32))> {
        let period = &self.machine.periods[place];
        match self.before.wait(place) {
            Wait::Runs => Some((self.clock(period.anchor.or(period.own)?)?, self.span(place).0)),
            Wait::RunsFromEntry => Some((self.clock(period.own?)?, self.span(place).1)),
            Wait::No | Wait::AtOnce => None,
        }
    }

    fn span(&self, place: usize) -> ((i32, i32), (i32, i32)) {
        let known = self.spans.and_then(|spans| spans.get(&place)).copied();
        known.unwrap_or((self.machine.periods[place].span, self.machine.periods[place].anew))
    }

    /// Goes on to a slot of this day or a later one; every period that comes due before it would have come first.
    fn pass(&mut self, slot: u16, due: Option<usize>) -> Result<(), Ask> {
        let machine = self.machine;
        let old = self.before.slot;
        self.outcome.node.slot = slot;
        if !self.is_timed {
            return Ok(());
        }
        let is_period = due.is_some();
        let same_day = if is_period { slot >= old } else { slot > old };
        let yesterday = self.outcome.node.days.pass(i32::from(!same_day));
        let now = self.now();
        for (place, period) in machine.periods.iter().enumerate() {
            let wait = self.before.wait(place);
            if wait == Wait::No {
                continue;
            }
            let own = match (wait, period.phase) {
                (Wait::AtOnce, _) => AT_ONCE,
                (_, Phase::RunOut) => RUN_OUT,
                _ => LAST_DAY,
            };
            // In one phase the first rule of the document comes first.
            let comes_before = due != Some(place) && (own, place) < (slot, due.unwrap_or(usize::MAX));
            if wait == Wait::AtOnce {
                self.limit(now, yesterday, 0)?;
                if comes_before {
                    return Err(Ask::Never);
                }
            } else if let Some((since, (_, most))) = self.counted(place)
                && !period.stretches
            {
                self.limit(now, since, most - i32::from(comes_before))?;
            }
        }
        Ok(())
    }

    /// An anchor gets this day.
    fn date(&mut self, anchor: Anchor) {
        let Some(place) = self.machine.known_place(anchor) else { return };
        self.redated |= 1 << place;
        self.outcome.node.dated |= 1 << place;
        let now = self.now();
        if self.is_timed {
            self.outcome.node.days.set(place, now);
        }
    }

    /// Transitions, then lifts, then starts, then periods.
    fn take(&mut self, input: Input) -> Result<(), Ask> {
        let machine = self.machine;
        for line in machine.reactions(input).flat_map(|reaction| &reaction.moves) {
            let (track, to) = (line.what.track, line.what.to);
            let tried = self.outcome.entered & (1 << track) == 0 && is_from(line, self.before);
            if tried && self.decide(line, self.before.states)? {
                self.outcome.entered |= 1 << track;
                self.outcome.node.states[track] = to;
                self.date(Anchor::Entry { track: machine.tracks[track], state: to });
            }
        }
        for line in machine.reactions(input).flat_map(|reaction| &reaction.ends) {
            self.lift(line)?;
        }
        if self.outcome.entered != 0 {
            for line in &machine.entry_ends {
                self.lift(line)?;
            }
        }
        self.outcome.node.standing &= !self.outcome.lifted;
        if self.outcome.entered != 0 {
            self.start()?;
        }
        let (before, now) = (self.before.states, self.outcome.node.states);
        self.arm(|track, from| !from.contains(&before[track]) && from.contains(&now[track]))
    }

    fn lift(&mut self, line: &Line<Watch>) -> Result<(), Ask> {
        let stands = self.outcome.node.standing & !self.outcome.lifted & line.what.measure != 0;
        let matches = line.what.on.is_none() || self.entered(line.what.on);
        if stands && matches && self.decide(line, self.outcome.node.states)? {
            self.outcome.lifted |= line.what.measure;
        }
        Ok(())
    }

    fn start(&mut self) -> Result<(), Ask> {
        let machine = self.machine;
        for line in &machine.starts {
            let stands = (self.outcome.node.standing | self.outcome.started) & line.what.measure != 0;
            if !stands && self.entered(line.what.on) && self.decide(line, self.outcome.node.states)? {
                self.outcome.started |= line.what.measure;
                self.date(Anchor::MeasureStart(machine.measures[line.what.measure.trailing_zeros() as usize]));
            }
        }
        self.outcome.node.standing |= self.outcome.started;
        Ok(())
    }

    fn entered(&self, on: Option<(usize, u8)>) -> bool {
        on.is_some_and(|(track, state)| {
            self.outcome.entered & (1 << track) != 0 && self.outcome.node.states[track] == state
        })
    }

    /// Whether the line's guard holds; a question where neither the node says it nor anything has been decided yet.
    fn decide<What>(&self, line: &Line<What>, states: [u8; TRACKS_MAX]) -> Result<bool, Ask> {
        let Some((guard, ways)) = &line.guard else { return Ok(true) };
        let possible = |way: &&Conjunction| {
            way.dated & !self.outcome.node.dated == 0
                && way.tracks.iter().all(|(track, wanted)| wanted.contains(&states[*track]))
        };
        let mut possible = ways.iter().filter(possible).peekable();
        if possible.peek().is_none() {
            return Ok(false);
        }
        if possible.any(|way| !way.is_open) {
            return Ok(true);
        }
        let known = self.decisions.iter().find(|(known, _)| known == guard);
        known.map(|(_, way)| *way).ok_or(Ask::Guard(*guard))
    }

    /// Counts the periods of states that have just been entered and those from an anchor that has just got its day.
    fn arm(&mut self, begins: impl Fn(usize, &[u8]) -> bool) -> Result<(), Ask> {
        self.choose()?;
        let machine = self.machine;
        for (place, period) in machine.periods.iter().enumerate() {
            let is_in = period.from.contains(&self.outcome.node.states[period.track]);
            let redated = period.anchor.is_some_and(|anchor| self.redated & 1 << anchor != 0);
            if !is_in {
                self.outcome.node.set_wait(place, Wait::No);
            } else if begins(period.track, &period.from) || redated {
                let has_day = period.anchor.is_none_or(|anchor| self.outcome.node.dated & 1 << anchor != 0);
                if has_day {
                    let wait = self.count(place, period)?;
                    self.outcome.node.set_wait(place, wait);
                }
            }
        }
        Ok(())
    }

    /// How a period begins to run.
    fn count(&mut self, place: usize, period: &Clocked) -> Result<Wait, Ask> {
        let now = self.now();
        let (span, anew) = self.span(place);
        let late = i32::from(period.phase < self.phase);
        if period.anchor.is_none()
            && let Some(own) = period.own
        {
            self.run(own);
        }
        let since = period.anchor.or(period.own).and_then(|clock| self.clock(clock)).unwrap_or(now);
        if self.is_ahead(since, span, late)? {
            return Ok(Wait::Runs);
        }
        Ok(match (period.already_over, period.own) {
            (Some(AlreadyOver::AtOnce), _) => Wait::AtOnce,
            (Some(AlreadyOver::FromEntry), Some(own)) if anew.1 >= late => {
                self.run(own);
                Wait::RunsFromEntry
            }
            _ => Wait::No,
        })
    }

    fn run(&mut self, clock: usize) {
        let now = self.now();
        if self.is_timed {
            self.outcome.node.days.set(clock, now);
        }
    }

    /// Whether a period counted from a day is not over yet; both ways if its length, or the day, leave it open.
    fn is_ahead(&mut self, since: usize, (least, most): (i32, i32), late: i32) -> Result<bool, Ask> {
        let now = self.now();
        if !self.is_timed {
            return self.at_most(now, since, 0);
        }
        if least == most {
            return self.at_most(now, since, most - late);
        }
        // Between the shortest and the longest it can be either.
        if self.at_most(now, since, least - late)? {
            return Ok(true);
        }
        if !self.at_most(now, since, most - late)? {
            return Ok(false);
        }
        let Some(&answer) = self.answers.get(self.used) else { return Err(Ask::Days) };
        self.used += 1;
        Ok(answer)
    }

    /// The later or the earlier of several days, where one of them is new.
    fn choose(&mut self) -> Result<(), Ask> {
        let machine = self.machine;
        for (place, anchor) in machine.anchors.iter().enumerate().filter(|(_, anchor)| !anchor.parts.is_empty()) {
            let new = anchor.parts.iter().any(|part| self.redated & 1 << part != 0);
            let dated: Vec<usize> =
                anchor.parts.iter().copied().filter(|part| self.outcome.node.dated & 1 << part != 0).collect();
            if !new || dated.is_empty() || (anchor.pick == Pick::Later && dated.len() < anchor.parts.len()) {
                continue;
            }
            let had = self.outcome.node.dated & 1 << place != 0;
            self.outcome.node.dated |= 1 << place;
            let chosen = self.chosen(&dated, anchor.pick)?;
            let same = match (chosen, self.clock(place)) {
                (Some(chosen), Some(known)) if had => {
                    self.at_most(chosen, known, 0)? && self.at_most(known, chosen, 0)?
                }
                _ => false,
            };
            if let Some(chosen) = chosen {
                self.outcome.node.days.set(place, chosen);
            }
            self.redated |= u32::from(!same) << place;
        }
        Ok(())
    }

    fn chosen(&mut self, parts: &[usize], pick: Pick) -> Result<Option<usize>, Ask> {
        let mut chosen: Option<usize> = None;
        for part in parts {
            let Some(day) = self.clock(*part) else { continue };
            chosen = match chosen {
                None => Some(day),
                Some(known) => {
                    let is_later = !self.at_most(day, known, 0)?;
                    Some(if is_later == (pick == Pick::Later) { day } else { known })
                }
            };
        }
        Ok(chosen)
    }

    /// The outcome without what no longer matters.
    fn finish(mut self, whole: bool) -> Outcome {
        let machine = self.machine;
        let node = &mut self.outcome.node;
        for place in 0..machine.anchors.len() {
            if node.dated & 1 << place != 0 && !machine.matters(node, place) {
                node.dated &= !(1 << place);
            }
        }
        if whole {
            return self.outcome;
        }
        for clock in 0..machine.clocks {
            if node.days.clock(clock).is_some() && !machine.runs(node, clock) {
                node.days.forget(clock);
            }
        }
        if !self.is_timed {
            (0..machine.clocks).for_each(|clock| node.days.forget(clock));
        }
        node.days.reduce(&machine.longest);
        if !node.days.is_running() && node.slot > OPENING && !machine.waits_at_once(node) {
            node.slot = RUN_OUT;
        }
        self.outcome
    }
}

impl Machine<'_> {
    fn waits_at_once(&self, node: &Node) -> bool {
        (0..self.periods.len()).any(|place| node.wait(place) == Wait::AtOnce)
    }
}
