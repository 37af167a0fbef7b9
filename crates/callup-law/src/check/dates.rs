//! Dates for a way through a matter, and the proof that the law's own interpreter goes that way on these dates.
//!
//! The way is walked again with the day of every step kept; the earliest days that fit are chosen, events a day apart where that is possible.
//! This file prints nothing.

use super::days::{Days, FREE};
use super::explore::Space;
use super::machine::{Input, Machine, Node};
use super::turn::Spans;
use crate::calendar::Day;
use crate::forks::{Assumption, Fork, Known, Question, search};
use crate::holder::{Laws, Notice, What};
use crate::program::{Answers, Horizon, PictureCode};
use crate::roles::{Event, NoticeKind};
use crate::rulebook::{Anchor, Cite, FactKind, Rulebook, Test, Trigger};
use std::collections::{BTreeMap, BTreeSet};

/// Days from the first event to a date fact that no bound limits.
const FACT_AFTER_DAYS: i32 = 30;
/// How many turns walking one way again may take.
const TURNS_MAX: usize = 2_000;
/// How often the lengths of periods are taken from the dates found with them.
const ROUNDS_MAX: usize = 5;
/// How many ways of answering open questions the interpreter is asked for.
const FORKS_MAX: usize = 128;
/// Days after the law came into force on which a scenario may begin: the seasons of the year, and the ends of its months.
const BEGINNINGS: [i32; 8] = [0, 58, 121, 180, 243, 300, 30, 390];

/// One way through a matter on dates: what is claimed of a law, so that anybody can tell it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// Kind of notice.
    pub notice: NoticeKind,
    /// Dates given with it, by the name of the fact.
    pub dates: BTreeMap<String, Day>,
    /// What happens, in order; with the remedy that the event names.
    pub events: Vec<(Day, Event, Option<String>)>,
    /// What follows, in order.
    pub steps: Vec<Step>,
    /// What the interpreter had to assume; empty also where it was not asked.
    pub assumptions: Vec<Assumption>,
    /// Whether the law's own interpreter finds every step on its day.
    pub is_told: bool,
    /// The document has errors, so that there is no interpreter for it.
    pub is_untellable: bool,
}

/// One input and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Day.
    pub day: Day,
    /// The event; none for a period, whose rule then stands in `rule`.
    pub event: Option<Event>,
    /// The rule whose period comes due (index into the rulebook).
    pub rule: Option<usize>,
    /// The day from which that period is counted.
    pub since: Option<Day>,
    /// Tracks and the states they enter, as indices into the rulebook.
    pub entered: Vec<(usize, u8)>,
    /// Measures that start.
    pub started: Vec<usize>,
    /// Measures whose lift falls due.
    pub lifted: Vec<usize>,
    /// Basis: of the rules, then of the measures.
    pub cites: Vec<Cite>,
}

/// What is taken as given while a way is told.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given {
    known: Known,
    answers: Answers,
    assumptions: Vec<Assumption>,
}

impl Given {
    /// That one answer to a test holds all the time.
    pub(crate) fn that(book: &Rulebook, test: &Test) -> Given {
        let mut given = Given::default();
        match test {
            Test::Fact { fact, is } => {
                if let FactKind::Person { role, picture } = &book.facts[*fact].kind {
                    let picture = PictureCode::from(picture);
                    given.known.facts.insert((*role, picture), *is);
                    given.assume(Question::Fact { fact: *role, picture }, usize::from(!is));
                }
            }
            Test::Condition { condition, is } => {
                let name = book.conditions[*condition].name.clone();
                given.known.conditions.insert(name.clone(), *is);
                given.assume(Question::Condition { name }, usize::from(!is));
            }
            Test::Switch { switch, option, is } => {
                let switch = &book.switches[*switch];
                let answer = (0..switch.options.len()).find(|other| (other == option) == *is);
                if let Some(answer) = answer {
                    let (name, options) = (switch.name.clone(), switch.options.clone());
                    given.answers.insert(name.clone(), options[answer].clone());
                    given.assume(Question::Switch { name, options }, answer);
                }
            }
            _ => {}
        }
        given
    }

    fn assume(&mut self, question: Question, alternative: usize) {
        self.assumptions.push(Assumption { question, alternative });
    }
}

/// The dates of a way, told to the interpreter; `None` if no dates fit. If the interpreter does not go that way on any of the dates
/// tried, the first of them come back untold.
pub(crate) fn witness(machine: &Machine, space: &Space, way: &[usize], given: &Given) -> Option<Witness> {
    let first = machine.book.in_force_from.clamp(Day::MIN, Day::MAX);
    let mut untold = None;
    for later in BEGINNINGS {
        let begins = first.plus_days(later);
        if begins.plus_days(4_000) > Day::MAX {
            break;
        }
        let walk = Walk { machine, space, way, begins };
        let Some(mut found) = walk.dated() else {
            if later == 0 && walk.retrace(&Spans::new()).is_none() {
                return None;
            }
            continue;
        };
        match tell(machine, &mut found, given) {
            Told::Yes => return Some(found),
            Told::Nobody => return Some(Witness { is_untellable: true, ..found }),
            Told::No => {}
        }
        untold.get_or_insert(found);
    }
    untold
}

/// A way that is walked again.
struct Walk<'w, 'a> {
    machine: &'w Machine<'a>,
    space: &'w Space,
    way: &'w [usize],
    /// The day on which the matter opens.
    begins: Day,
}

/// All days of a way: the last node with the days of everything, and the place of the day of each step.
struct Trail {
    node: Node,
    places: Vec<usize>,
    /// By step: the place of the day from which its period was counted.
    since: Vec<Option<usize>>,
}

impl Walk<'_, '_> {
    /// Steps with their dates, by lengths of periods that fit these dates.
    fn dated(&self) -> Option<Witness> {
        let mut spans = Spans::new();
        for _ in 0..ROUNDS_MAX {
            let trail = self.retrace(&spans)?;
            let days = self.choose(&trail);
            let exact = self.exact(&trail, &days);
            if exact == spans {
                return Some(self.written(&trail, &days));
            }
            spans = exact;
        }
        None
    }

    /// Walks the way again and keeps the day of every step.
    fn retrace(&self, spans: &Spans) -> Option<Trail> {
        let node = self.machine.first();
        let mut turns = 0;
        self.walk_on(Trail { node, places: Vec::new(), since: Vec::new() }, spans, &mut turns)
    }

    fn walk_on(&self, trail: Trail, spans: &Spans, turns: &mut usize) -> Option<Trail> {
        let Some(edge) = self.way.get(trail.places.len()) else { return Some(trail) };
        let edge = &self.space.edges[*edge];
        let wanted = self.space.nodes[edge.to].key();
        *turns += 1;
        if *turns > TURNS_MAX {
            return None;
        }
        let outcomes = self.machine.outcomes(&trail.node, edge.input, Some(spans)).ok()?;
        for (outcome, ways) in outcomes {
            let same = outcome.node.key() == wanted
                && (outcome.lifted, outcome.started, outcome.entered) == (edge.lifted, edge.started, edge.entered)
                && ways.iter().any(|way| edge.ways.contains(way));
            if same {
                let mut further =
                    Trail { places: trail.places.clone(), since: trail.since.clone(), node: outcome.node };
                further.places.push(further.node.days.now());
                further.since.push(self.since(&trail.node, edge.input));
                if let Some(whole) = self.walk_on(further, spans, turns) {
                    return Some(whole);
                }
            }
        }
        None
    }

    /// The place of the day from which the period that comes due was counted.
    fn since(&self, before: &Node, input: Input) -> Option<usize> {
        let Input::Period(rule) = input else { return None };
        let period = self.machine.periods.iter().find(|period| period.rule == rule)?;
        before.days.clock(period.anchor.or(period.own)?)
    }

    /// The dates of all places: nothing before it has to be, but events a day apart and dates given as far ahead as notices have them.
    fn choose(&self, trail: &Trail) -> Vec<i32> {
        let mut days = trail.node.days.clone();
        let first = trail.places.get(1).copied().unwrap_or(0);
        prefer(&mut days, first, 0, 0);
        for (place, anchor) in self.machine.anchors.iter().enumerate() {
            let Anchor::Fact(fact) = anchor.anchor else { continue };
            let Some(day) = self.date_place(place) else { continue };
            let ahead = ahead_days(self.machine.book, self.machine.notice, fact);
            prefer(&mut days, day, 0, ahead);
            prefer(&mut days, 0, day, -ahead);
            // Where it cannot be that far ahead, not longer ago than it must.
            let days_ago = if days.bound(0, day) >= FREE { 0 } else { days.bound(0, day) };
            prefer(&mut days, 0, day, days_ago.min(0));
            if days.bound(0, day) >= FREE {
                let latest = days.bound(day, 0);
                prefer(&mut days, 0, day, -latest);
            }
        }
        for pair in self.way.iter().zip(&trail.places).collect::<Vec<_>>().windows(2) {
            let [(_, before), (edge, place)] = pair else { continue };
            let is_first = **place == first;
            if self.space.edges[**edge].input.event().is_some() && !is_first {
                prefer(&mut days, **before, **place, -1);
            }
        }
        days.earliest(0)
    }

    /// Where the whole set keeps the day of a date: the dates come right after the first day, in their order.
    fn date_place(&self, place: usize) -> Option<usize> {
        let before = self.machine.anchors[..place].iter().filter(|anchor| matches!(anchor.anchor, Anchor::Fact(_)));
        Some(1 + before.count())
    }

    /// The lengths of the periods of the way that depend on the dates from which they are counted.
    fn exact(&self, trail: &Trail, days: &[i32]) -> Spans {
        let mut spans = Spans::new();
        for (place, period) in self.machine.periods.iter().enumerate() {
            let Trigger::Period { period: length, after, moment, .. } = self.machine.book.rules[period.rule].trigger
            else {
                continue;
            };
            let day_of = |clock: Option<usize>| {
                let place = trail.node.days.clock(clock?)?;
                Some(self.begins.plus_days(days[place]))
            };
            let lasts = |from: Day| super::witness::due(self.machine.book, length, moment, from);
            let anchor = day_of(period.anchor).map(|from| lasts(from).days_since(from));
            let own = day_of(period.own);
            let window = own.filter(|_| period.anchor.is_none()).and_then(|entry| {
                let from = self.machine.book.window_day(after, entry)?;
                Some(lasts(from).days_since(entry))
            });
            let anew = own.map(|from| lasts(from).days_since(from));
            let fixed = |days: Option<i32>, known: (i32, i32)| days.map_or(known, |days| (days, days));
            let found = (fixed(anchor.or(window), period.span), fixed(anew, period.anew));
            if found != (period.span, period.anew) {
                spans.insert(place, found);
            }
        }
        spans
    }

    fn written(&self, trail: &Trail, days: &[i32]) -> Witness {
        let (machine, book) = (self.machine, self.machine.book);
        let day = |place: usize| self.begins.plus_days(days[place]);
        let mut dates = BTreeMap::new();
        for (fact, declared) in book.facts.iter().enumerate().filter(|(_, fact)| fact.kind == FactKind::Date) {
            let known = machine.known_place(Anchor::Fact(fact)).and_then(|place| self.date_place(place));
            let free = || self.begins.plus_days(ahead_days(book, machine.notice, fact));
            dates.insert(declared.name.clone(), known.map_or_else(free, day));
        }
        let mut found = Witness {
            notice: machine.notice,
            dates,
            events: Vec::new(),
            steps: Vec::new(),
            assumptions: Vec::new(),
            is_told: false,
            is_untellable: false,
        };
        for (at, edge) in self.way.iter().enumerate() {
            let step = self.step(at, day(trail.places[at]), trail.since[at].map(day));
            let input = self.space.edges[*edge].input;
            let remedy =
                if let Input::Named(_, remedy) = input { Some(book.remedies[remedy].name.clone()) } else { None };
            found.events.extend(input.event().map(|event| (step.day, event, remedy)));
            found.steps.push(step);
        }
        if found.events.first().is_none_or(|(day, ..)| *day != self.begins) {
            found.events.insert(0, (self.begins, idle_event(machine), None));
        }
        found
    }

    fn step(&self, at: usize, day: Day, since: Option<Day>) -> Step {
        let (machine, book) = (self.machine, self.machine.book);
        let edge = &self.space.edges[self.way[at]];
        let (before, after) = (&self.space.nodes[edge.from], &self.space.nodes[edge.to]);
        let measures = |bits: u32| -> Vec<usize> {
            let set = machine.measures.iter().enumerate().filter(|(bit, _)| bits & 1 << bit != 0);
            set.map(|(_, measure)| *measure).collect()
        };
        let locals = (0..machine.tracks.len()).filter(|local| edge.entered & 1 << local != 0);
        let entered: Vec<(usize, usize)> =
            locals.filter(|_| edge.input != Input::Opening).map(|local| (local, machine.tracks[local])).collect();
        let (started, lifted) = (measures(edge.started), measures(edge.lifted));
        let mut cites = Vec::new();
        for (local, track) in &entered {
            let rule = book.rules.iter().enumerate().find(|(index, rule)| {
                let comes = match (edge.input, &rule.trigger) {
                    (Input::Period(due), Trigger::Period { .. }) => due == *index,
                    (input, Trigger::Event(event)) => input.event() == Some(*event),
                    _ => false,
                };
                comes
                    && rule.track == *track
                    && rule.to == after.states[*local]
                    && rule.from.contains(&before.states[*local])
            });
            cites.extend(rule.map(|(_, rule)| rule.cite.clone()));
        }
        cites.extend(started.iter().chain(&lifted).map(|measure| book.measures[*measure].cite.clone()));
        Step {
            day,
            event: edge.input.event(),
            rule: if let Input::Period(rule) = edge.input { Some(rule) } else { None },
            since,
            entered: entered.into_iter().map(|(local, track)| (track, after.states[local])).collect(),
            started,
            lifted,
            cites,
        }
    }
}

/// Keeps the days on which one place is at most so much later than another, if there are any.
fn prefer(days: &mut Days, one: usize, other: usize, limit: i32) {
    if days.admits(one, other, limit) {
        days.limit(one, other, limit);
    }
}

/// How far ahead a date is set, where nothing hangs on it: as late as the bounds of the notice let it be.
fn ahead_days(book: &Rulebook, notice: NoticeKind, fact: usize) -> i32 {
    let bounds = book.notices.iter().filter(|bound| bound.fact == fact && bound.notice == notice);
    bounds.filter_map(|bound| bound.max_days.or(bound.min_days)).next().unwrap_or(FACT_AFTER_DAYS)
}

/// An event that opens a matter and does nothing else.
fn idle_event(machine: &Machine) -> Event {
    let does = |event: &Event| {
        machine.inputs.iter().any(|input| input.event() == Some(*event))
            || machine.book.notices.iter().any(|bound| bound.after == *event)
    };
    Event::ALL.iter().copied().find(|event| !does(event)).unwrap_or(Event::Issued)
}

/// Whether the interpreter goes a way.
enum Told {
    Yes,
    No,
    /// The document has errors, and there is no interpreter for it.
    Nobody,
}

/// Tells the interpreter the dates and events; whether it goes the same way under some answers to what is open.
fn tell(machine: &Machine, found: &mut Witness, given: &Given) -> Told {
    let Some(until) = found.steps.last().map(|step| step.day) else { return Told::Yes };
    let events = || found.events.iter().map(|(day, ..)| *day).chain(found.dates.values().copied());
    let origin = events().min().map_or(until, |first| first.min(until)).plus_days(-1);
    let Ok(days) = u16::try_from(until.days_since(origin) + 2) else { return Told::No };
    let horizon = Horizon { origin, days };
    let books = [machine.book];
    let kinds = BTreeSet::from([machine.notice]);
    let Ok(laws) = Laws::bind(&books, &kinds, &given.answers, horizon) else { return Told::Nobody };
    let named = found.events.iter().filter_map(|(day, event, remedy)| Some((*event, *day, remedy.clone()?)));
    let plain = found.events.iter().filter(|(.., remedy)| remedy.is_none()).map(|(day, event, _)| (*event, *day));
    let notice = Notice {
        kind: found.notice,
        dates: found.dates.clone().into_iter().filter(|(_, day)| horizon.offset(*day).is_some()).collect(),
        events: plain.collect(),
        remedies: named.collect(),
    };
    let steps = found.steps.clone();
    let goes_so = |fork: Fork| {
        let entries = fork.history.entries.iter();
        let happened = entries.filter_map(|entry| Some((entry.day, happening(machine, &entry.what)?)));
        Some((goes(machine.book, &steps, happened)?, fork.assumptions))
    };
    let (told, _) = search(&laws, &given.known, &[notice], until, FORKS_MAX, goes_so);
    let Some((bases, assumptions)) = told else { return Told::No };
    for (step, cites) in found.steps.iter_mut().zip(bases) {
        step.cites = cites;
    }
    (found.assumptions, found.is_told) = ([given.assumptions.clone(), assumptions].concat(), true);
    Told::Yes
}

/// What a step consists of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Happening {
    Entered { track: usize, state: u8, rule: usize },
    Starts { measure: usize },
    Lifted { measure: usize, line: usize },
}

fn happening(machine: &Machine, what: &What) -> Option<Happening> {
    match what {
        What::Entered { track, state, rule, .. } if machine.local(*track).is_some() => {
            Some(Happening::Entered { track: *track, state: *state, rule: *rule })
        }
        What::Starts { measure, .. } if machine.measures.contains(measure) => {
            Some(Happening::Starts { measure: *measure })
        }
        What::LiftDue { measure, line, .. } if machine.measures.contains(measure) => {
            Some(Happening::Lifted { measure: *measure, line: *line })
        }
        _ => None,
    }
}

/// Whether all steps happen on their days and in their order, and nothing else in between; with the basis of each.
fn goes(book: &Rulebook, steps: &[Step], happened: impl Iterator<Item = (Day, Happening)>) -> Option<Vec<Vec<Cite>>> {
    let mut standing: BTreeSet<usize> = BTreeSet::new();
    let mut cites: Vec<Vec<Cite>> = Vec::new();
    let parts = |step: &Step| step.entered.len() + step.started.len() + step.lifted.len();
    let mut left = parts(steps.first()?);
    cites.push(Vec::new());
    for (day, happening) in happened {
        while left == 0 {
            if cites.len() == steps.len() {
                return Some(cites);
            }
            left = parts(&steps[cites.len()]);
            cites.push(Vec::new());
        }
        let step = &steps[cites.len() - 1];
        let (is_meant, cite) = match happening {
            Happening::Entered { track, state, rule } => {
                (step.entered.contains(&(track, state)), &book.rules[rule].cite)
            }
            Happening::Starts { measure } => {
                standing.insert(measure);
                (step.started.contains(&measure), &book.measures[measure].cite)
            }
            // Said again, it only brings a lift forward.
            Happening::Lifted { measure, .. } if !standing.remove(&measure) => continue,
            Happening::Lifted { measure, line } => {
                (step.lifted.contains(&measure), &book.measures[measure].ends[line].cite)
            }
        };
        if !is_meant || day != step.day {
            return None;
        }
        let at = cites.len() - 1;
        cites[at].push(cite.clone());
        left -= 1;
    }
    while left == 0 && cites.len() < steps.len() {
        left = parts(&steps[cites.len()]);
        cites.push(Vec::new());
    }
    (left == 0).then_some(cites)
}
