//! One person under one law, day by day, phase by phase, every rule looked at every time. Written from docs/law-language.md.
//!
//! It knows the compiled form of a law as data and nothing of the step function, the programs or the calendar that it is held against.

use crate::almanac::Almanac;
use callup_law::roles::{Event, NoticeKind, PersonFact};
use callup_law::rulebook::{
    AlreadyOver, Anchor, Compare, EndTrigger, Guard, Moment, Number, Otherwise, Pick, Picture, Remedy, Rulebook, Start,
    Test, Trigger, Unit,
};
use std::collections::{BTreeMap, BTreeSet};

/// Where the interpreter gets its facts from; days are numbers from 1900-01-01.
pub trait World {
    /// Completed years of age.
    fn age(&self, day: i32, picture: &Picture) -> i32;
    /// A fact about the person.
    fn person(&self, fact: PersonFact, picture: &Picture, day: i32) -> bool;
    /// A condition of the world, by its index in the rulebook.
    fn condition(&self, condition: usize, day: i32) -> bool;
}

/// A notice and what the world does with it.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Its kind.
    pub kind: NoticeKind,
    /// The date given with it.
    pub appearance_date: Option<i32>,
    /// (day, event); the matter opens with the first day.
    pub events: Vec<(i32, Event)>,
    /// (day, event, remedy by its index in the rulebook): events that name a remedy.
    pub remedies: Vec<(i32, Event, usize)>,
}

impl Notice {
    /// The first day and event.
    #[must_use]
    pub fn opening(&self) -> Option<(i32, Event)> {
        self.events.iter().copied().chain(self.remedies.iter().map(|&(day, event, _)| (day, event))).min()
    }
}

/// Something that follows from the law.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Happening {
    /// Index of the notice.
    pub notice: usize,
    /// Day.
    pub day: i32,
    /// What.
    pub what: What,
}

/// What follows; indices are those of the rulebook.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The notice is void.
    Void,
    /// An event broke a bound.
    OutOfBounds {
        /// Bound.
        bound: usize,
    },
    /// A track enters a state by a rule.
    Entered {
        /// Track.
        track: usize,
        /// State.
        state: u8,
        /// Rule.
        rule: usize,
    },
    /// A measure is due to start.
    Starts {
        /// Measure.
        measure: usize,
    },
    /// A measure is due to be lifted.
    LiftDue {
        /// Measure.
        measure: usize,
        /// By this day.
        by: i32,
    },
    /// An event that is suspended came all the same.
    Barred,
    /// A measure that stands is suspended.
    Suspended {
        /// Measure.
        measure: usize,
    },
    /// A measure that was suspended and still stands is so no longer.
    Resumed {
        /// Measure.
        measure: usize,
    },
}

/// A point in time: day and phase (0 run out, 1 events, 2 last day, 3 at once).
type Point = (i32, u8);

/// All that follows for these notices up to and including `until`, in order.
pub fn live(
    book: &Rulebook,
    answers: &BTreeMap<String, String>,
    world: &dyn World,
    notices: &[Notice],
    until: i32,
) -> Vec<Happening> {
    let mut lives: Vec<Life> =
        notices.iter().enumerate().map(|(index, notice)| Life::new(book, index, notice)).collect();
    let mut happenings = Vec::new();
    let first = notices.iter().filter_map(|notice| notice.opening().map(|(day, _)| day)).min().unwrap_or(until);
    let almanac = Almanac::shared();
    // A period counted from a window looks as far ahead as the next range.
    let ranges = book.windows.iter().map(|window| almanac.ranges(window, first, until + 370)).collect();
    let law = Law { book, answers, world, almanac, ranges };
    for day in first..=until {
        fixpoint(&law, &mut lives, (day, 0), &mut happenings);
        events_of(&law, &mut lives, notices, day, &mut happenings);
        lives.iter_mut().for_each(|life| life.leave_out(&law, day));
        fixpoint(&law, &mut lives, (day, 2), &mut happenings);
        fixpoint(&law, &mut lives, (day, 3), &mut happenings);
    }
    happenings
}

/// Fires what is due at this point until nothing can.
fn fixpoint(law: &Law, lives: &mut [Life], now: Point, out: &mut Vec<Happening>) {
    while lives.iter_mut().any(|life| life.fire_first(law, now, out)) {}
}

fn events_of(law: &Law, lives: &mut [Life], notices: &[Notice], day: i32, out: &mut Vec<Happening>) {
    let mut today: Vec<(Event, usize, Option<usize>)> = Vec::new();
    for (index, notice) in notices.iter().enumerate() {
        today.extend(notice.events.iter().filter(|(on, _)| *on == day).map(|&(_, event)| (event, index, None)));
        let named = notice.remedies.iter().filter(|(on, _, _)| *on == day);
        today.extend(named.map(|&(_, event, remedy)| (event, index, Some(remedy))));
    }
    // One event of several matters: in the order in which they open; of several remedies: in that of their names.
    let name = |remedy: Option<usize>| remedy.map(|remedy| &law.book.remedies[remedy].name);
    today.sort_by_key(|&(event, index, remedy)| (event, notices[index].opening(), index, name(remedy)));
    for (event, index, remedy) in today {
        lives[index].open_if_first(law, event, day, out);
        if lives[index].void {
            continue;
        }
        if lives[index].keeps_bounds(law, event, day, out) {
            lives[index].take(law, (day, 1), Input::Event(event, remedy), out);
        }
        for (other, life) in lives.iter_mut().enumerate() {
            if other != index && life.opened.is_some() && !life.void {
                life.lifts(law, (day, 1), &life.stood(), &[], Some((event, true)), out);
                life.tell_suspensions(law, (day, 1), out);
            }
        }
    }
}

struct Law<'a> {
    book: &'a Rulebook,
    answers: &'a BTreeMap<String, String>,
    world: &'a dyn World,
    almanac: &'a Almanac,
    /// The ranges of each window around the days lived through.
    ranges: Vec<Vec<(i32, i32)>>,
}

impl Law<'_> {
    /// The range of a window that holds the day, else the next one.
    fn range(&self, window: usize, day: i32) -> Option<(i32, i32)> {
        self.ranges[window].iter().copied().filter(|&(_, last)| day <= last).min()
    }
}

#[derive(Clone, Copy)]
enum Input {
    /// It may name a remedy.
    Event(Event, Option<usize>),
    Period(usize),
}

/// A period that runs, or has run out.
struct Running {
    due: Point,
    stay: u32,
    basis: Point,
    /// The first day that counts.
    first: i32,
}

/// One matter.
struct Life {
    index: usize,
    kind: NoticeKind,
    appearance_date: Option<i32>,
    tracks: Vec<usize>,
    opened: Option<Point>,
    void: bool,
    states: BTreeMap<usize, u8>,
    entries: BTreeMap<(usize, u8), Point>,
    stays: BTreeMap<usize, (Point, u32)>,
    stays_counted: u32,
    first: BTreeMap<Event, Point>,
    /// The days of the later and the earlier of several anchors, and when they last changed.
    chosen: BTreeMap<usize, (i32, Point)>,
    starts: BTreeMap<usize, Point>,
    standing: BTreeSet<usize>,
    lifts_fixed: BTreeMap<usize, i32>,
    fixed: BTreeMap<usize, i32>,
    tried: BTreeSet<(usize, u32, Point)>,
    /// Days that have been left out of the period of a rule, since it began to run in this stay and from this point.
    left_out: BTreeMap<usize, (u32, Point, i32)>,
    suspended: BTreeSet<usize>,
}

impl Life {
    fn new(book: &Rulebook, index: usize, notice: &Notice) -> Life {
        let matter = book.matters.iter().position(|matter| matter.notices.contains(&notice.kind));
        let tracks = book
            .tracks
            .iter()
            .enumerate()
            .filter(|(_, track)| Some(track.matter) == matter)
            .map(|(at, _)| at)
            .collect();
        Life {
            index,
            kind: notice.kind,
            appearance_date: notice.appearance_date,
            tracks,
            opened: None,
            void: false,
            states: BTreeMap::new(),
            entries: BTreeMap::new(),
            stays: BTreeMap::new(),
            stays_counted: 0,
            first: BTreeMap::new(),
            chosen: BTreeMap::new(),
            starts: BTreeMap::new(),
            standing: BTreeSet::new(),
            lifts_fixed: BTreeMap::new(),
            fixed: BTreeMap::new(),
            tried: BTreeSet::new(),
            left_out: BTreeMap::new(),
            suspended: BTreeSet::new(),
        }
    }

    fn open_if_first(&mut self, law: &Law, event: Event, day: i32, out: &mut Vec<Happening>) {
        if self.opened.is_some() || self.void {
            return;
        }
        let void = |&bound: &usize| law.book.notices[bound].otherwise == Otherwise::Void;
        // The guard of a bound sees every track in its first state.
        for &track in &self.tracks {
            self.states.insert(track, 0);
        }
        if self.broken(law, event, day).iter().any(void) {
            self.states.clear();
            self.void = true;
            out.push(Happening { notice: self.index, day, what: What::Void });
            return;
        }
        self.opened = Some((day, 1));
        let first: Vec<(usize, u8)> = self.tracks.iter().map(|&track| (track, 0)).collect();
        for &(track, state) in &first {
            self.states.insert(track, state);
            self.entries.insert((track, state), (day, 1));
        }
        self.start_measures(law, (day, 1), &first, out);
        let inside: Vec<usize> = (0..law.book.rules.len()).filter(|&rule| self.inside(law, rule, 0)).collect();
        for rule in inside {
            self.begin_stay(rule, (day, 1));
        }
        self.choose(law, (day, 1));
    }

    /// The bounds that an event of today breaks if it comes for the first time.
    fn broken(&self, law: &Law, event: Event, day: i32) -> Vec<usize> {
        let Some(date) = self.appearance_date.filter(|_| !self.first.contains_key(&event)) else { return Vec::new() };
        let distance = date - day;
        let bounds = law.book.notices.iter().enumerate().filter(|(_, bound)| {
            let kept = bound.min_days.is_none_or(|least| distance >= least)
                && bound.max_days.is_none_or(|most| distance <= most);
            bound.notice == self.kind && bound.after == event && !kept && self.holds(law, &bound.guard, day)
        });
        bounds.map(|(index, _)| index).collect()
    }

    /// Tells the bounds that an event breaks; whether it has its effect all the same.
    fn keeps_bounds(&self, law: &Law, event: Event, day: i32, out: &mut Vec<Happening>) -> bool {
        let mut broken = self.broken(law, event, day);
        let void = broken.iter().copied().find(|&bound| law.book.notices[bound].otherwise == Otherwise::Void);
        if let Some(void) = void {
            broken = vec![void];
        }
        out.extend(broken.iter().map(|&bound| Happening {
            notice: self.index,
            day,
            what: What::OutOfBounds { bound },
        }));
        void.is_none()
    }

    /// Takes the later and the earlier of several anchors anew; one that becomes another has its day from now on.
    fn choose(&mut self, law: &Law, now: Point) {
        for (index, combined) in law.book.combined.iter().enumerate() {
            let days: Vec<Option<i32>> =
                combined.of.iter().map(|&anchor| self.anchor(law, anchor, now).map(|(day, _)| day)).collect();
            let day = match combined.pick {
                Pick::Later if days.contains(&None) => None,
                Pick::Later => days.into_iter().flatten().max(),
                Pick::Earlier => days.into_iter().flatten().min(),
            };
            let known = self.chosen.get(&index).map(|&(day, _)| day);
            if let Some(day) = day.filter(|&day| known != Some(day)) {
                self.chosen.insert(index, (day, now));
            }
        }
    }

    /// Whether a rule is about a track of this matter and `state` is one it starts from.
    fn inside(&self, law: &Law, rule: usize, state: u8) -> bool {
        let rule = &law.book.rules[rule];
        self.tracks.contains(&rule.track) && rule.from.contains(&state)
    }

    fn begin_stay(&mut self, rule: usize, now: Point) {
        self.stays_counted += 1;
        self.stays.insert(rule, (now, self.stays_counted));
    }

    /// The first period, in document order, that comes due at this point: tries it. Says whether there was one.
    fn fire_first(&mut self, law: &Law, now: Point, out: &mut Vec<Happening>) -> bool {
        if self.opened.is_none() || self.void {
            return false;
        }
        for rule in 0..law.book.rules.len() {
            let Some((due, stay)) = self.due(law, rule) else { continue };
            if due == now && self.tried.insert((rule, stay, due)) {
                self.take(law, now, Input::Period(rule), out);
                return true;
            }
        }
        false
    }

    /// When a period rule comes due in its present stay, and the number of that stay.
    fn due(&self, law: &Law, index: usize) -> Option<(Point, u32)> {
        self.running(law, index).map(|running| (running.due, running.stay))
    }

    /// The period of a rule in its present stay.
    fn running(&self, law: &Law, index: usize) -> Option<Running> {
        let rule = &law.book.rules[index];
        let Trigger::Period { period, after, moment, already_over } = &rule.trigger else { return None };
        let state = self.states.get(&rule.track)?;
        if !rule.from.contains(state) {
            return None;
        }
        let &(since, stay) = self.stays.get(&index)?;
        let (day, known) = self.anchor(law, *after, since)?;
        let basis = since.max(known);
        let point = |anchor: i32| {
            let last = law.almanac.last_day(anchor, *period, law.book)?;
            Some(match moment {
                Moment::OnTheLastDay => (last, 2),
                Moment::OnceItHasRunOut => (last + 1, 0),
            })
        };
        let same_day = |unit: Unit| {
            let counting = &law.book.counting;
            let start = match unit {
                Unit::Days => counting.days.as_ref().map(|days| days.start),
                Unit::Months | Unit::Years => counting.months.as_ref().map(|months| months.start),
                Unit::Hours | Unit::WorkingDays => None,
            };
            start == Some(Start::SameDay)
        };
        let left_out = match self.left_out.get(&index) {
            Some(&(of_stay, from, days)) if (of_stay, from) == (stay, basis) => days,
            _ => 0,
        };
        let from = |anchor: i32, due: Point| {
            let first = anchor + i32::from(!same_day(period.unit));
            Running { due: (due.0 + left_out, due.1), stay, basis, first }
        };
        let due = point(day)?;
        if due >= basis {
            return Some(from(day, due));
        }
        match already_over {
            Some(AlreadyOver::AtOnce) => Some(Running { due: (basis.0, 3), stay, basis, first: i32::MAX }),
            Some(AlreadyOver::FromEntry) => Some(from(basis.0, point(basis.0)?)),
            Some(AlreadyOver::Never) | None => None,
        }
    }

    /// After the events of a day: whether it is left out of the periods that are running.
    fn leave_out(&mut self, law: &Law, day: i32) {
        if self.opened.is_none() || self.void {
            return;
        }
        let tolled: BTreeSet<usize> = law.book.tollings.iter().flat_map(|toll| toll.rules.iter().copied()).collect();
        for rule in tolled {
            let Some(running) = self.running(law, rule) else { continue };
            let tests = law.book.tollings.iter().filter(|toll| toll.rules.contains(&rule));
            let is_out = tests.into_iter().any(|toll| self.test(law, &toll.test, day));
            if !is_out || day < running.first || running.due < (day, 2) {
                continue;
            }
            let key = (running.stay, running.basis);
            let count = self.left_out.entry(rule).or_insert((key.0, key.1, 0));
            if (count.0, count.1) != key {
                *count = (key.0, key.1, 0);
            }
            count.2 += 1;
        }
    }

    /// The day of an anchor and the point at which it got that day, in a stay that began at `since`.
    fn anchor(&self, law: &Law, anchor: Anchor, since: Point) -> Option<(i32, Point)> {
        match anchor {
            Anchor::Event(event) => self.first.get(&event).map(|&at| (at.0, at)),
            Anchor::Entry { track, state } => self.entries.get(&(track, state)).map(|&at| (at.0, at)),
            Anchor::MeasureStart(measure) => self.starts.get(&measure).map(|&at| (at.0, at)),
            Anchor::Fact(fact) => {
                let date = (law.book.facts[fact].name == "appearance_date").then_some(self.appearance_date).flatten();
                date.zip(self.opened)
            }
            Anchor::Knowledge => None,
            Anchor::Combined(index) => self.chosen.get(&index).copied(),
            Anchor::WindowStart(window) => law.range(window, since.0).map(|(first, _)| (first, since)),
            Anchor::WindowEnd(window) => law.range(window, since.0).map(|(_, last)| (last, since)),
        }
    }

    /// One input, as point (l) of the semantics orders it.
    fn take(&mut self, law: &Law, now: Point, input: Input, out: &mut Vec<Happening>) {
        if let Input::Event(event, _) = input {
            if self.barred(law, event, now.0) {
                out.push(Happening { notice: self.index, day: now.0, what: What::Barred });
            }
            self.first.entry(event).or_insert(now);
        }
        let before = self.states.clone();
        let stood = self.stood();
        let applied = self.transitions(law, now, input);
        for &(track, state, rule) in &applied {
            self.states.insert(track, state);
            self.entries.insert((track, state), now);
            out.push(Happening { notice: self.index, day: now.0, what: What::Entered { track, state, rule } });
        }
        let entered: Vec<(usize, u8)> = applied.iter().map(|&(track, state, _)| (track, state)).collect();
        let event = if let Input::Event(event, _) = input { Some((event, false)) } else { None };
        self.lifts(law, now, &stood, &entered, event, out);
        self.start_measures(law, now, &entered, out);
        for rule in 0..law.book.rules.len() {
            let track = law.book.rules[rule].track;
            let (Some(&old), Some(&new)) = (before.get(&track), self.states.get(&track)) else { continue };
            if self.inside(law, rule, new) && !self.inside(law, rule, old) {
                self.begin_stay(rule, now);
            }
        }
        self.choose(law, now);
        self.tell_suspensions(law, now, out);
    }

    /// The first applicable rule of each track, read against the states as they stood.
    fn transitions(&self, law: &Law, now: Point, input: Input) -> Vec<(usize, u8, usize)> {
        self.tracks.iter().filter_map(|&track| self.transition(law, now, track, input)).collect()
    }

    fn transition(&self, law: &Law, now: Point, track: usize, input: Input) -> Option<(usize, u8, usize)> {
        if let (Input::Event(event, named), Some(remedy)) = (input, law.book.tracks[track].remedy) {
            let own = self.tracks.iter().filter(|&&track| law.book.tracks[track].remedy.is_some()).count();
            let meant = named.map_or(own == 1, |named| named == remedy);
            return if meant { self.remedy_moves(law, track, remedy, event, now.0) } else { None };
        }
        let found = law.book.rules.iter().enumerate().find(|(index, rule)| {
            let meant = match (input, &rule.trigger) {
                (Input::Event(event, _), Trigger::Event(other)) => event == *other && !self.barred(law, event, now.0),
                (Input::Period(which), _) => which == *index,
                _ => false,
            };
            meant
                && rule.track == track
                && rule.from.contains(&self.states[&track])
                && self.holds(law, &rule.guard, now.0)
        });
        found.map(|(index, rule)| (track, rule.to, index))
    }

    /// What an event does to a remedy: the table of point (k).
    fn remedy_moves(
        &self,
        law: &Law,
        track: usize,
        remedy: usize,
        event: Event,
        day: i32,
    ) -> Option<(usize, u8, usize)> {
        let remedy = &law.book.remedies[remedy];
        let before = remedy.only_after.as_ref();
        let may_file = before.is_none_or(|after| {
            let before = law.book.remedies[after.remedy].track;
            after.states.contains(&self.states[&before])
        });
        let from = self.states[&track];
        let word = |state: u8| law.book.tracks[track].states[usize::from(state)].name.as_str();
        let to = match (event, word(from)) {
            (Event::Filed, "open") if may_file => "pending",
            (Event::Filed, "expired") if may_file => "late",
            (Event::Restored, "late") if remedy.restorable => "pending",
            (Event::Granted, "pending" | "late") => "granted",
            (Event::Rejected, "pending" | "late") => "rejected",
            (Event::BecameFinal, "granted" | "rejected") => "final",
            _ => return None,
        };
        if self.barred(law, event, day) {
            return None;
        }
        let to = (0..).zip(&law.book.tracks[track].states).find(|(_, state)| state.name == to).map(|(at, _)| at)?;
        // The compiled law says it by rules of its own; only their places are taken from there.
        let rule = law.book.rules.iter().position(|rule| {
            rule.track == track && rule.trigger == Trigger::Event(event) && rule.to == to && rule.from.contains(&from)
        });
        Some((track, to, rule.unwrap_or(usize::MAX)))
    }

    /// Whether a remedy suspends: its track is where it does so, and its guard holds.
    fn suspends(&self, law: &Law, remedy: &Remedy, day: i32) -> bool {
        let Some(&state) = self.states.get(&remedy.track) else { return false };
        let word = law.book.tracks[remedy.track].states[usize::from(state)].name.as_str();
        let in_time = word == "pending" || (remedy.until_final && ["granted", "rejected"].contains(&word));
        in_time && remedy.suspends.as_ref().is_some_and(|guard| self.holds(law, guard, day))
    }

    /// Whether an event may not be brought about.
    fn barred(&self, law: &Law, event: Event, day: i32) -> bool {
        let bars = |remedy: &&Remedy| remedy.suspended_events.contains(&event);
        law.book.remedies.iter().filter(bars).any(|remedy| self.suspends(law, remedy, day))
    }

    /// Tells which measures that stand are suspended now and were not before, and the other way round.
    fn tell_suspensions(&mut self, law: &Law, now: Point, out: &mut Vec<Happening>) {
        let by = |measure: usize| law.book.remedies.iter().filter(move |remedy| remedy.suspended.contains(&measure));
        let suspended = |measure: &usize| by(*measure).any(|remedy| self.suspends(law, remedy, now.0));
        let new: BTreeSet<usize> = self.standing.iter().copied().filter(suspended).collect();
        for &measure in self.suspended.difference(&new).filter(|measure| self.standing.contains(measure)) {
            out.push(Happening { notice: self.index, day: now.0, what: What::Resumed { measure } });
        }
        for &measure in new.difference(&self.suspended) {
            out.push(Happening { notice: self.index, day: now.0, what: What::Suspended { measure } });
        }
        self.suspended = new;
    }

    /// Fixes lifts, or brings them forward. `stood` are the measures that stood or awaited their lift before the input; `event` comes with whether
    /// it is another matter's.
    fn lifts(
        &mut self,
        law: &Law,
        now: Point,
        stood: &BTreeSet<usize>,
        entered: &[(usize, u8)],
        event: Option<(Event, bool)>,
        out: &mut Vec<Happening>,
    ) {
        for &index in stood {
            let measure = &law.book.measures[index];
            let matching = measure.ends.iter().filter(|end| {
                let meant = match end.on {
                    EndTrigger::Entry { track, state } => entered.contains(&(track, state)),
                    EndTrigger::Event(wanted) => {
                        event.is_some_and(|(came, foreign)| came == wanted && (!foreign || end.in_any_matter))
                    }
                };
                meant && self.holds(law, &end.guard, now.0)
            });
            let days = matching.map(|end| match end.within {
                None => now.0,
                Some(period) => law.almanac.last_day(now.0, period, law.book).unwrap_or(i32::MAX),
            });
            let Some(by) = days.min() else { continue };
            if self.standing.remove(&index) || self.lifts_fixed.get(&index).is_some_and(|&fixed| by < fixed) {
                self.lifts_fixed.insert(index, by);
                out.push(Happening { notice: self.index, day: now.0, what: What::LiftDue { measure: index, by } });
            }
        }
    }

    /// The measures that stand, and those whose lift is fixed and may be brought forward.
    fn stood(&self) -> BTreeSet<usize> {
        self.standing.iter().chain(self.lifts_fixed.keys()).copied().collect()
    }

    fn start_measures(&mut self, law: &Law, now: Point, entered: &[(usize, u8)], out: &mut Vec<Happening>) {
        for (index, measure) in law.book.measures.iter().enumerate() {
            let starts = measure
                .starts
                .iter()
                .any(|start| entered.contains(&(start.track, start.state)) && self.holds(law, &start.guard, now.0));
            if starts && self.standing.insert(index) {
                self.starts.insert(index, now);
                self.lifts_fixed.remove(&index);
                self.fixed.remove(&index);
                out.push(Happening { notice: self.index, day: now.0, what: What::Starts { measure: index } });
            }
        }
    }

    fn holds(&self, law: &Law, guard: &Guard, day: i32) -> bool {
        guard.0.iter().any(|tests| tests.iter().all(|test| self.test(law, test, day)))
    }

    fn test(&self, law: &Law, test: &Test, day: i32) -> bool {
        match test {
            Test::Age { on, compare, with, picture } => {
                let Some(&(on, _)) = self.first.get(on) else { return false };
                compares(law.world.age(on, picture), *compare, number(law.book, *with, on))
            }
            Test::Fact { fact, is } => match &law.book.facts[*fact].kind {
                callup_law::rulebook::FactKind::Person { role, picture } => {
                    law.world.person(*role, picture, day) == *is
                }
                callup_law::rulebook::FactKind::Date => false,
            },
            Test::Switch { switch, option, is } => {
                let switch = &law.book.switches[*switch];
                (law.answers.get(&switch.name) == Some(&switch.options[*option])) == *is
            }
            Test::Condition { condition, is } => law.world.condition(*condition, day) == *is,
            Test::Window { on, window, is } => {
                let on = match on {
                    None => Some(day),
                    Some(event) => self.first.get(event).map(|at| at.0),
                };
                on.is_some_and(|on| law.almanac.holds(&law.book.windows[*window], on) == *is)
            }
            Test::State { track, states, is } => {
                self.states.get(track).is_some_and(|state| states.contains(state) == *is)
            }
            Test::Notice { notice, is } => (self.kind == *notice) == *is,
        }
    }
}

fn number(book: &Rulebook, number: Number, day: i32) -> i32 {
    match number {
        Number::Value(value) => value,
        Number::Parameter(index) => {
            let covers = |value: &&callup_law::rulebook::DatedNumber| {
                value.from.is_none_or(|from| from.0 <= day) && value.until.is_none_or(|until| day <= until.0)
            };
            book.parameters[index].values.iter().find(covers).expect("a checked law has no gap in its parameters").value
        }
    }
}

fn compares(left: i32, compare: Compare, right: i32) -> bool {
    match compare {
        Compare::Less => left < right,
        Compare::LessOrEqual => left <= right,
        Compare::Greater => left > right,
        Compare::GreaterOrEqual => left >= right,
        Compare::Equal => left == right,
    }
}
