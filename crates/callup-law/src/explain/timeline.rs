//! One way of a case, told line by line: what was stated, what came due, what began, what must end.
//!
//! It turns the log of the holder into lines; `explain/merge.rs` lays the ways of a case together.

use crate::calendar::{Day, Phase, Unit};
use crate::explain::ground::Ground;
use crate::explain::judge::Judge;
use crate::explain::language::{Words, say};
use crate::explain::{Case, Counting, Line, LineKind, Modality};
use crate::forks::Fork;
use crate::holder::{Counted, Entry, What};
use crate::roles::{Event, MeasureKind};
use crate::rulebook::{Anchor, Cite, Combined, Moment, Otherwise, Pick, Rule, Rulebook, Trigger};
use std::collections::BTreeMap;

/// Stands for the measure in a line that may be true of several.
pub(crate) const IT: &str = "{it}";

/// Hours of a day.
const HOURS_A_DAY: i32 = 24;

/// A line before it has its place.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) line: Line,
    /// Day, phase, and order within them; of a detail that of its parent.
    pub(crate) key: (Day, Phase),
    pub(crate) parent: Option<usize>,
    pub(crate) because: Option<usize>,
    /// Of what an event brings about: how to say it where it stands by itself. Else it is folded into the line of the event.
    pub(crate) consequence: Option<String>,
}

/// A measure that an input started.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Started {
    pub(crate) measure: usize,
    pub(crate) law: usize,
    pub(crate) matter: usize,
    pub(crate) day: Day,
    pub(crate) line: usize,
}

/// Tells one way.
pub(crate) struct Teller<'c, 'a> {
    pub(crate) case: &'c Case<'a>,
    pub(crate) fork: &'c Fork,
    pub(crate) drafts: Vec<Draft>,
    /// The input that is being told, as index of its line.
    current: Option<usize>,
    started: Vec<Started>,
    /// What the event that is being told brings about, as index of its line.
    consequence: Option<usize>,
    /// What is said of the opening, until the line of the event that opens stands.
    opening: Vec<Line>,
    events: BTreeMap<(usize, Event), usize>,
    /// The line of the event that opened each matter.
    openings: BTreeMap<usize, usize>,
    entries: BTreeMap<(usize, String, String), usize>,
    dates: BTreeMap<(usize, String), usize>,
    starts: BTreeMap<Ground, usize>,
}

/// All lines of one way, details after the line they belong to.
pub(crate) fn tell(case: &Case<'_>, fork: &Fork) -> Vec<Draft> {
    let mut teller = Teller {
        case,
        fork,
        drafts: Vec::new(),
        current: None,
        started: Vec::new(),
        consequence: None,
        opening: Vec::new(),
        events: BTreeMap::new(),
        openings: BTreeMap::new(),
        entries: BTreeMap::new(),
        dates: BTreeMap::new(),
        starts: BTreeMap::new(),
    };
    teller.dates_given();
    for entry in &fork.history.entries {
        teller.entry(entry);
    }
    teller.finish_input();
    teller.learned();
    teller.duties();
    teller.drafts
}

impl<'c, 'a> Teller<'c, 'a> {
    pub(crate) fn book(&self, law: usize) -> &'c Rulebook {
        self.case.book(law)
    }

    pub(crate) fn judge(&self, matter: usize, law: usize) -> Judge<'c, 'a> {
        Judge { case: self.case, fork: self.fork, matter, law }
    }

    /// A line with nothing but its day, kind and words.
    pub(crate) fn bare(date: Day, kind: LineKind, matter: usize, text: String) -> Line {
        Line {
            date,
            weekday: date.weekday(),
            kind,
            matter,
            text,
            template: String::new(),
            rule: None,
            measures: Vec::new(),
            who: None,
            cite: Vec::new(),
            counting: None,
            modality: Modality::Fixed,
            given: false,
            detail: false,
            because: None,
            depends_on: Vec::new(),
        }
    }

    fn main(&mut self, phase: Phase, line: Line, because: Option<usize>) -> usize {
        self.drafts.push(Draft { key: (line.date, phase), line, parent: None, because, consequence: None });
        self.drafts.len() - 1
    }

    /// A line under another one.
    pub(crate) fn detail(&mut self, parent: usize, line: Line) -> usize {
        // Details of details belong to the same main line, so that one level is enough to print.
        let root = self.drafts[parent].parent.unwrap_or(parent);
        let key = self.drafts[root].key;
        let template = if line.text.contains(IT) { line.text.clone() } else { String::new() };
        let text = line.text.replace(IT, &self.case.words.say("it-one"));
        let line = Line { detail: true, text, template, ..line };
        self.drafts.push(Draft { line, key, parent: Some(root), because: Some(parent), consequence: None });
        self.drafts.len() - 1
    }

    fn dates_given(&mut self) {
        for (matter, notice) in self.case.notices.iter().enumerate() {
            for (name, day) in &notice.dates {
                let said = self.case.words.name_in(self.case.laws.books(), name);
                let mut line = Self::bare(*day, LineKind::DateGiven, matter, said);
                line.given = true;
                let index = self.main(Phase::Events, line, None);
                self.dates.insert((matter, name.clone()), index);
            }
        }
    }

    fn entry(&mut self, entry: &Entry) {
        match entry.what {
            What::Opened => {}
            What::OutOfBounds { bound } => self.out_of_bounds(entry, bound),
            What::Void { bound } => self.bound(entry, bound, Otherwise::Void),
            What::NoLaw => {
                let text = self.case.words.say("no-law");
                self.opening.push(Self::bare(entry.day, LineKind::NoLaw, entry.matter, text));
            }
            What::Event(event) => self.event(entry, event),
            What::RemedyEvent { event, remedy } => self.remedy_event(entry, event, remedy),
            What::Barred { remedy } => self.barred(entry, remedy),
            What::Suspended { measure, remedy } => self.suspended(entry, measure, remedy),
            What::Resumed { measure } => self.resumed(entry, measure),
            What::Entered { track, state, rule, counted } => self.entered(entry, (track, state), rule, counted),
            What::Starts { measure, line } => self.measure_starts(entry, measure, line),
            What::LiftDue { measure, line, by, counted } => {
                let end = &self.book(entry.law).measures[measure].ends[line].cite;
                self.lift(entry, (entry.law, measure), by, counted, end);
            }
            What::LiftByTransfer { old_law, measure } => {
                let cite = self.book(entry.law).replaces.as_ref().map(|replaces| &replaces.cite);
                if let Some(cite) = cite {
                    self.lift(entry, (old_law, measure), entry.day, None, cite);
                }
            }
            What::Transferred { old_law } => self.law_change(entry, old_law),
        }
    }

    /// A bound that the event that is being told has broken.
    fn out_of_bounds(&mut self, entry: &Entry, index: usize) {
        self.bound(entry, index, self.book(entry.law).notices[index].otherwise);
        let lines = std::mem::take(&mut self.opening);
        if let Some(current) = self.current {
            for line in lines {
                self.detail(current, line);
            }
        }
    }

    fn bound(&mut self, entry: &Entry, index: usize, otherwise: Otherwise) {
        let book = self.book(entry.law);
        let bound = &book.notices[index];
        let words = self.case.words;
        let limits = match (bound.min_days, bound.max_days) {
            (Some(least), Some(most)) => {
                say!(words, "bound-between", least = least.to_string(), most = most.to_string())
            }
            (Some(least), None) => say!(words, "bound-least", n = least),
            (None, Some(most)) => say!(words, "bound-most", n = most),
            (None, None) => words.say("bound-any"),
        };
        let (event, date) = (words.event_clause(bound.after), words.name(book, &book.facts[bound.fact].name));
        let rule = say!(words, "bound", date = date, limits = limits, event = event);
        let (kind, text) = match otherwise {
            Otherwise::Void if matches!(entry.what, What::OutOfBounds { .. }) => {
                (LineKind::Void, say!(words, "event-void", rule = rule))
            }
            Otherwise::Void => (LineKind::Void, say!(words, "notice-void", rule = rule)),
            Otherwise::Gap => (LineKind::Gap, say!(words, "bound-gap", rule = rule)),
        };
        let mut line = Self::bare(entry.day, kind, entry.matter, text);
        line.cite = vec![bound.cite.clone()];
        self.opening.push(line);
    }

    fn event(&mut self, entry: &Entry, event: Event) {
        self.event_line(entry, event);
        let filed = event == Event::Filed && self.fork.history.laws[entry.matter].is_some();
        if let Some(index) = self.current.filter(|_| filed) {
            self.filed(entry, index, None);
        }
    }

    fn event_line(&mut self, entry: &Entry, event: Event) {
        self.finish_input();
        let mut line = Self::bare(entry.day, LineKind::Event, entry.matter, self.case.words.event_past(event));
        line.given = true;
        let index = self.main(Phase::Events, line, None);
        self.events.entry((entry.matter, event)).or_insert(index);
        self.openings.entry(entry.matter).or_insert(index);
        self.current = Some(index);
        for line in std::mem::take(&mut self.opening) {
            self.detail(index, line);
        }
    }

    /// An event that names a remedy, under its own label.
    fn remedy_event(&mut self, entry: &Entry, event: Event, remedy: Option<usize>) {
        self.event_line(entry, event);
        let Some(index) = self.current else { return };
        let book = self.book(entry.law);
        if let Some(remedy) = remedy {
            let label = self.case.words.remedy(book, &book.remedies[remedy]);
            self.drafts[index].line.text.push_str(&format!(" ({label})"));
            if event == Event::Filed {
                self.filed(entry, index, Some(remedy));
            }
        }
    }

    fn barred(&mut self, entry: &Entry, remedy: usize) {
        let remedy = &self.book(entry.law).remedies[remedy];
        let text = self.case.words.say("barred-event");
        let mut line = Self::bare(entry.day, LineKind::Suspension, entry.matter, text);
        line.rule = Some(remedy.name.clone());
        line.cite = vec![remedy.cite.clone()];
        self.under_current(entry, line);
    }

    fn suspended(&mut self, entry: &Entry, measure: usize, remedy: usize) {
        let book = self.book(entry.law);
        let remedy = &book.remedies[remedy];
        let words = self.case.words;
        let until = words.say(if remedy.until_final { "until-final" } else { "until-decision" });
        let label = words.the(&words.measure(book, measure));
        let text = say!(words, "suspended-measure", measure = label, until = until);
        let mut line = Self::bare(entry.day, LineKind::Suspension, entry.matter, text);
        line.rule = Some(remedy.name.clone());
        line.measures = vec![book.measures[measure].kind];
        line.cite = vec![remedy.cite.clone()];
        self.under_current(entry, line);
    }

    fn resumed(&mut self, entry: &Entry, measure: usize) {
        let book = self.book(entry.law);
        let words = self.case.words;
        let text = say!(words, "resumed-measure", measure = words.the(&words.measure(book, measure)));
        let mut line = Self::bare(entry.day, LineKind::Suspension, entry.matter, text);
        line.measures = vec![book.measures[measure].kind];
        self.under_current(entry, line);
    }

    fn under_current(&mut self, entry: &Entry, line: Line) {
        match self.current {
            Some(current) => self.detail(current, line),
            None => self.main(entry.phase, line, None),
        };
    }

    fn entered(&mut self, entry: &Entry, (track, state): (usize, u8), rule: usize, counted: Option<Counted>) {
        let book = self.book(entry.law);
        let place = (track, state);
        let (track, rule) = (&book.tracks[track], &book.rules[rule]);
        let state = &track.states[usize::from(state)];
        let index = match (&rule.trigger, self.current) {
            (Trigger::Event(_), Some(current)) => {
                self.brought_about(current, entry, rule, &self.case.words.consequence(state));
                current
            }
            _ => {
                self.finish_input();
                let text = if rule.label.is_empty() { self.case.words.state(book, state) } else { rule.label.clone() };
                let mut line = Self::bare(entry.day, LineKind::State, entry.matter, text);
                line.rule = Some(rule.name.clone());
                line.cite = vec![rule.cite.clone()];
                line.counting = counted.map(|counted| counting(self.case.words, book, &counted, &rule.trigger));
                let because = counted.and_then(|counted| self.anchor(entry.matter, entry.law, counted.anchor?));
                let index = self.main(entry.phase, line, because.map(|(_, line)| line));
                self.current = Some(index);
                index
            }
        };
        self.entries.insert((entry.matter, track.name.clone(), state.name.clone()), index);
        self.decisions(entry, index, place);
    }

    /// An event brought a track into a state: said once for all tracks.
    fn brought_about(&mut self, current: usize, entry: &Entry, rule: &Rule, said: &str) {
        let index = match self.consequence {
            Some(index) => index,
            None => {
                let mut line = Self::bare(entry.day, LineKind::State, entry.matter, String::new());
                line.rule = Some(rule.name.clone());
                let index = self.detail(current, line);
                self.consequence = Some(index);
                index
            }
        };
        let draft = &mut self.drafts[index];
        draft.line.cite.push(rule.cite.clone());
        if !said.is_empty() && !draft.line.text.contains(said) {
            let before = if draft.line.text.is_empty() { String::new() } else { format!("{}; ", draft.line.text) };
            draft.line.text = format!("{before}{said}");
        }
        let alone = if rule.label.is_empty() { rule.name.replace('_', " ") } else { rule.label.clone() };
        draft.consequence.get_or_insert(alone);
    }

    fn measure_starts(&mut self, entry: &Entry, measure: usize, start: usize) {
        let book = self.book(entry.law);
        let words = self.case.words;
        let label = words.measure(book, measure);
        let text = say!(words, "measure-begins", measure = words.headed(&label));
        let mut line = Self::bare(entry.day, LineKind::MeasureStarts, entry.matter, text);
        line.rule = Some(book.measures[measure].name.clone());
        line.measures = vec![book.measures[measure].kind];
        line.cite = vec![book.measures[measure].starts[start].cite.clone()];
        let index = match self.current {
            Some(current) => self.detail(current, line),
            None => self.main(entry.phase, line, None),
        };
        let ground = self.case.ground(entry.matter, entry.law, measure);
        self.starts.insert(ground, index);
        let started = Started { measure, law: entry.law, matter: entry.matter, day: entry.day, line: index };
        self.started.push(started);
    }

    fn lift(&mut self, entry: &Entry, (law, measure): (usize, usize), by: Day, counted: Option<Counted>, cite: &Cite) {
        let book = self.book(law);
        let words = self.case.words;
        let label = words.the(&words.measure(book, measure));
        let text = say!(words, "lift-due", measure = label, date = words.short_date(by));
        let mut line = Self::bare(by, LineKind::LiftDue, entry.matter, text);
        line.rule = Some(book.measures[measure].name.clone());
        line.measures = vec![book.measures[measure].kind];
        line.cite = vec![cite.clone()];
        line.counting = counted.map(|counted| deadline(words, book, &counted, &words.say("anchor-end")));
        match self.current {
            Some(current) => self.detail(current, line),
            None => self.main(entry.phase, line, None),
        };
    }

    fn law_change(&mut self, entry: &Entry, old_law: usize) {
        self.finish_input();
        let (old, new) = (self.book(old_law), self.book(entry.law));
        let text = say!(self.case.words, "matter-passes", old = old.id.as_str(), new = new.id.as_str());
        let mut line = Self::bare(entry.day, LineKind::LawChange, entry.matter, text);
        line.cite = new.replaces.iter().map(|replaces| replaces.cite.clone()).collect();
        self.current = Some(self.main(Phase::RunOut, line, None));
    }

    /// What the input that ends here started: how it ends and how it can be challenged.
    fn finish_input(&mut self) {
        let started = std::mem::take(&mut self.started);
        if !started.is_empty() {
            self.hints(&started);
        }
        (self.current, self.consequence) = (None, None);
    }

    /// The day of an anchor, and its line, as it stands at this point of the telling.
    pub(crate) fn anchor(&self, matter: usize, law: usize, anchor: Anchor) -> Option<(Day, usize)> {
        let book = self.book(law);
        let line = match anchor {
            Anchor::Event(event) => self.events.get(&(matter, event)),
            Anchor::Entry { track, state } => {
                let track = &book.tracks[track];
                let state = track.states[usize::from(state)].name.clone();
                self.entries.get(&(matter, track.name.clone(), state))
            }
            Anchor::Fact(fact) => self.dates.get(&(matter, book.facts[fact].name.clone())),
            Anchor::MeasureStart(measure) => self.starts.get(&self.case.ground(matter, law, measure)),
            Anchor::Knowledge => None,
            Anchor::Combined(index) => return self.chosen(matter, law, &book.combined[index]),
            Anchor::WindowStart(_) | Anchor::WindowEnd(_) => {
                let opening = *self.openings.get(&matter)?;
                let day = book.window_day(anchor, self.drafts[opening].line.date)?;
                return Some((day, opening));
            }
        };
        line.map(|line| (self.drafts[*line].line.date, *line))
    }

    /// The later or the earlier of several days, with its line.
    fn chosen(&self, matter: usize, law: usize, combined: &Combined) -> Option<(Day, usize)> {
        let days: Vec<_> = combined.of.iter().map(|anchor| self.anchor(matter, law, *anchor)).collect();
        match combined.pick {
            Pick::Later => days.into_iter().collect::<Option<Vec<_>>>()?.into_iter().max_by_key(|(day, _)| *day),
            Pick::Earlier => days.into_iter().flatten().min_by_key(|(day, _)| *day),
        }
    }

    /// The line on which a measure of this kind last started in a matter.
    pub(crate) fn start_line(&self, matter: usize, kind: MeasureKind) -> Vec<(Ground, usize)> {
        let of_kind =
            |ground: &Ground| ground.matter == matter && self.book(ground.law).measures[ground.measure].kind == kind;
        self.starts.iter().filter(|(ground, _)| of_kind(ground)).map(|(ground, line)| (*ground, *line)).collect()
    }

    /// Days of learning that were stated, each with the last day to challenge; those on the day of a start are told there.
    fn learned(&mut self) {
        for matter in 0..self.case.stated.notices.len() {
            let Some(law) = self.fork.history.laws[matter] else { continue };
            for (kind, day) in self.case.stated.notices[matter].learned.clone() {
                let starts = self.start_line(matter, kind);
                if starts.iter().any(|(_, line)| self.drafts[*line].line.date == day) {
                    continue;
                }
                let label = starts.first().map_or_else(
                    || self.case.words.word("measure", kind.word()),
                    |(ground, _)| self.case.ground_label(*ground),
                );
                let words = self.case.words;
                let text = say!(words, "you-learned", measure = words.the(&label));
                let mut line = Self::bare(day, LineKind::Learned, matter, text);
                (line.given, line.measures) = (true, vec![kind]);
                let index = self.main(Phase::Events, line, None);
                for (ground, _) in starts {
                    self.challenge_after_learning(index, ground, law, day);
                }
            }
        }
    }
}

/// How a rule's period was counted.
fn counting(words: Words, book: &Rulebook, counted: &Counted, trigger: &Trigger) -> Counting {
    let moment = if let Trigger::Period { moment, .. } = trigger { Some(*moment) } else { None };
    let effect = match (counted.at_once, moment) {
        (true, _) => "effect-at-once",
        (false, Some(Moment::OnTheLastDay)) => "effect-same-day",
        (false, _) => "effect-next-day",
    };
    let anchor = counted.anchor.map_or_else(String::new, |anchor| words.anchor(book, anchor));
    let anchor = if counted.from_entry { say!(words, "anchor-anew", anchor = anchor) } else { anchor };
    Counting { effect: words.say(effect), ..deadline(words, book, counted, &anchor) }
}

/// The first day on which a period in hours may be over.
fn earliest(counted: &Counted) -> Option<Day> {
    let days = i32::from(counted.period.count) / HOURS_A_DAY;
    (counted.period.unit == Unit::Hours).then(|| counted.anchor_day.plus_days(days))
}

/// How a time limit was counted.
pub(crate) fn deadline(words: Words, book: &Rulebook, counted: &Counted, anchor: &str) -> Counting {
    Counting {
        anchor: anchor.to_string(),
        anchor_date: counted.anchor_day,
        n: counted.period.count,
        unit: counted.period.unit,
        first: counted.first,
        last: counted.last,
        earliest: earliest(counted),
        rolled_from: counted.rolled_from,
        left_out_days: counted.left_out_days,
        effect: words.say("effect-in-time"),
        cite: book.counting.cite(counted.period.unit).into_iter().cloned().collect(),
    }
}
