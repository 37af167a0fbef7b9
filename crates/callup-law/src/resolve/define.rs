//! Second pass: rules, measures, remedies, duties, powers, gaps, waivers. Every name is known by now.
//!
//! Guards are in `guards.rs`, cases in `cases.rs`.

use super::Resolver;
use crate::calendar::Day;
use crate::diagnostic::Span;
use crate::document::{
    Body, EndWord, Name, Never, Statement, Transition, WrittenAnchor, WrittenDeadline, WrittenEnd, WrittenStart,
    WrittenTrigger, WrittenWhen,
};
use crate::roles::Event;
use crate::rulebook::{
    Anchor, Combined, Deadline, Duty, EndTrigger, Gap, MeasureEnd, MeasureStart, Moment, NoRemedy, NoticeBound, Period,
    Pick, Power, Rule, Start, Trigger, Unit, Waiver,
};
use std::collections::BTreeSet;

/// Names that only need to be told apart.
#[derive(Default)]
struct Seen {
    rules: BTreeSet<String>,
    cases: BTreeSet<String>,
}

impl Resolver<'_> {
    pub(super) fn define(&mut self) {
        let document = self.document;
        let mut seen = Seen::default();
        for statement in &document.statements {
            self.define_one(statement, &mut seen);
        }
        self.rules_of_remedies();
        self.suspend_events();
        self.tollings();
    }

    fn define_one(&mut self, statement: &Statement, seen: &mut Seen) {
        match &statement.body {
            Body::Replaces { id, from, pending } => self.replaces(statement, id, *from, pending),
            Body::Notice { .. } => self.notice(statement),
            Body::Rule { name, label, trigger, transition } => {
                self.once(&mut seen.rules, name, "rule");
                self.rule(statement, (name, label), trigger.as_ref(), transition.as_ref());
            }
            Body::Measure { name, starts, ends, never, .. } => {
                self.measure_lines(statement, name, starts, ends, never.as_ref())
            }
            Body::Remedy(remedy) => self.remedy(statement, remedy),
            Body::Chain(chain) => self.chain(statement, chain),
            Body::NoRemedy { against, label } => {
                let cite = self.cite(statement, None, self.span(statement), Some("`no remedy`"));
                let against = against.iter().filter_map(|name| self.measure(name)).collect();
                self.book.no_remedies.push(NoRemedy { against, label: label.clone(), cite });
            }
            Body::Duty { who, label, what, within, breach } => {
                let cite = self.cite(statement, None, self.span(statement), Some("this duty"));
                let within = within.as_ref().and_then(|within| self.deadline(statement, within, None, false, None));
                let (who, label, what) = (who.text.clone(), label.clone(), what.clone());
                self.book.duties.push(Duty { who, label, what, within, breach: breach.clone(), cite });
            }
            Body::Power { who, label, what } => {
                let cite = self.cite(statement, None, self.span(statement), Some("this power"));
                self.book.powers.push(Power { who: who.text.clone(), label: label.clone(), what: what.clone(), cite });
            }
            Body::Gap { what, because } => {
                let cite = self.cite(statement, None, self.span(statement), Some("this gap"));
                self.book.gaps.push(Gap { what: what.clone(), because: because.clone(), cite });
            }
            Body::Allow { code, because, date } => {
                let cite = self.cite(statement, None, self.span(statement), None);
                self.book.waivers.push(Waiver { code: code.text.clone(), because: because.clone(), date: *date, cite });
            }
            Body::Case(case) => {
                let name = Name { text: case.name.clone(), span: self.span(statement) };
                self.once(&mut seen.cases, &name, "case");
                self.case(statement, case);
            }
            _ => {}
        }
    }

    fn once(&mut self, seen: &mut BTreeSet<String>, name: &Name, what: &str) {
        if !seen.insert(name.text.clone()) {
            self.error("E002", name.span, format!("{what} `{}` is declared twice", name.text));
        }
    }

    fn notice(&mut self, statement: &Statement) {
        let Body::Notice { notice, fact, min_days, max_days, after, guard, otherwise } = &statement.body else {
            return;
        };
        let span = self.span(statement);
        let cite = self.cite(statement, None, span, Some("this bound"));
        self.uses(Period::new(1, Unit::Days), span);
        let kind = self.notice_kind(notice);
        let event = self.event(after);
        let Some(kind) = kind else { return };
        let Some(matter) = self.names.matter_of_notice.get(&kind).copied() else {
            return self.unknown(notice, "notice with a matter in this document", &[]);
        };
        let (Some(date), Some(event)) = (self.date_fact(fact, Some(matter)), event) else { return };
        let guard = self.guard(guard.as_ref(), Some(matter), span);
        let bound = NoticeBound {
            notice: kind,
            fact: date,
            min_days: *min_days,
            max_days: *max_days,
            after: event,
            guard,
            otherwise: *otherwise,
            cite,
        };
        self.bounds_fit(&bound, span);
        self.book.notices.push(bound);
    }

    /// E044: no date can keep this bound together with those before it.
    fn bounds_fit(&mut self, bound: &NoticeBound, span: Span) {
        let same = |other: &&NoticeBound| {
            (other.notice, other.fact, other.after, &other.guard)
                == (bound.notice, bound.fact, bound.after, &bound.guard)
        };
        let all: Vec<&NoticeBound> = self.book.notices.iter().filter(same).chain([bound]).collect();
        let min = all.iter().filter_map(|bound| bound.min_days).max();
        let max = all.iter().filter_map(|bound| bound.max_days).min();
        if let (Some(min), Some(max)) = (min, max)
            && min > max
        {
            let help = format!("it must lie at least {min} and at most {max} days after {}", bound.after.word());
            self.error("E044", span, "no date can keep these bounds").help.push(help);
        }
    }

    fn rule(
        &mut self,
        statement: &Statement,
        (name, label): (&Name, &str),
        trigger: Option<&WrittenTrigger>,
        transition: Option<&Transition>,
    ) {
        let cite = self.cite(statement, None, self.span(statement), Some(&format!("rule `{}`", name.text)));
        let moved = transition.and_then(|transition| self.transition(transition));
        let track = transition.and_then(|transition| self.names.tracks.get(&transition.track.text).copied());
        let matter = track.map(|track| self.book.tracks[track].matter);
        let Some(written) = trigger else { return };
        let trigger = match &written.when {
            WrittenWhen::Event(event) => self.event(event).map(Trigger::Event),
            WrittenWhen::Period { .. } => self.period_trigger(&written.when, matter),
        };
        let guard = self.guard(written.guard.as_ref(), matter, self.span(statement));
        let (Some(trigger), Some((track, from, to))) = (trigger, moved) else { return };
        self.book.rules.push(Rule {
            name: name.text.clone(),
            label: label.to_owned(),
            trigger,
            guard,
            track,
            from,
            to,
            cite,
        });
    }

    fn transition(&mut self, transition: &Transition) -> Option<(usize, Vec<u8>, u8)> {
        let track = self.track(&transition.track)?;
        let mut from = Vec::new();
        for name in &transition.from {
            let Some(state) = self.state(track, name) else { continue };
            if from.contains(&state) {
                self.error("E002", name.span, format!("`{}` stands twice in this list", name.text));
                continue;
            }
            from.push(state);
        }
        let to = self.state(track, &transition.to)?;
        (!from.is_empty()).then_some((track, from, to))
    }

    fn period_trigger(&mut self, when: &WrittenWhen, matter: Option<usize>) -> Option<Trigger> {
        let WrittenWhen::Period { period, after, moment, already_over, span } = when else { return None };
        let length = self.period(period);
        let anchor = self.anchor(after, matter, false);
        if moment.is_none() {
            let help = self.readings(length.unwrap_or(period.period));
            let message = "say when the effect comes: `, on the last day` or `, once it has run out`";
            self.error("E050", *span, message).help.push(help);
        }
        // After E050 the stand-in only keeps the rule's other findings; the document is refused.
        let moment = moment.unwrap_or(Moment::OnceItHasRunOut);
        Some(Trigger::Period { period: length?, after: anchor?, moment, already_over: *already_over })
    }

    /// The last day of a period by this law's own way of counting, on a sample day, for E050.
    fn readings(&self, period: Period) -> String {
        let differ = "the two readings differ by one day";
        let counting = &self.book.counting;
        let start = match period.unit {
            Unit::Hours => None,
            Unit::Days => counting.days.as_ref().map(|days| days.start),
            Unit::Months | Unit::Years => counting.months.as_ref().map(|months| months.start),
            Unit::WorkingDays => counting.working_days.as_ref().map(|working_days| working_days.start),
        };
        let from = match start {
            Some(Start::NextDay) => "counting from the day after, ",
            Some(Start::SameDay) => "counting from the day itself, ",
            None => "",
        };
        let last = Day::from_ymd(SAMPLE_YEAR, 3, 2).and_then(|sample| self.book.last_day(sample, period));
        let Some(last) = last.filter(|last| *last <= Day::MAX) else { return differ.to_owned() };
        let verb = if period.count == 1 { "ends" } else { "end" };
        format!("{from}{} from 2 March {verb} on {}; {differ}", length(period), in_words(last))
    }

    pub(super) fn anchor(&mut self, anchor: &WrittenAnchor, matter: Option<usize>, in_remedy: bool) -> Option<Anchor> {
        match anchor {
            WrittenAnchor::Knowledge(_) if in_remedy => Some(Anchor::Knowledge),
            WrittenAnchor::Knowledge(span) => {
                let help = "it is the day the person learned of the measure that a remedy is against";
                self.error("E001", *span, "`knowledge` is an anchor of remedies only").help.push(help.to_owned());
                None
            }
            WrittenAnchor::Combined { pick, of, span } => self.combined(*pick, of, *span, matter),
            WrittenAnchor::WindowStart(name) => self.window(name).map(Anchor::WindowStart),
            WrittenAnchor::WindowEnd(name) => self.window(name).map(Anchor::WindowEnd),
            WrittenAnchor::StartOf(name) => self.measure(name).map(Anchor::MeasureStart),
            WrittenAnchor::State(name) => {
                self.track_state(name, matter).map(|(track, state)| Anchor::Entry { track, state })
            }
            WrittenAnchor::Word(name) => match Event::from_word(&name.text) {
                Some(event) => Some(Anchor::Event(event)),
                None => self.date_or_unknown(name, matter).map(Anchor::Fact),
            },
        }
    }

    /// The later or the earlier of several anchors; the same ones are kept once.
    fn combined(&mut self, pick: Pick, of: &[WrittenAnchor], span: Span, matter: Option<usize>) -> Option<Anchor> {
        let anchors: Vec<Option<Anchor>> = of.iter().map(|one| self.anchor(one, matter, false)).collect();
        let anchors: Vec<Anchor> = anchors.into_iter().collect::<Option<_>>()?;
        if anchors.iter().any(|anchor| matches!(anchor, Anchor::WindowStart(_) | Anchor::WindowEnd(_))) {
            let help = "events, entries into states, dates and starts of measures can be held against each other";
            self.error("E003", span, "the day of a window depends on the rule and cannot stand here")
                .help
                .push(help.to_owned());
            return None;
        }
        let combined = Combined { pick, of: anchors };
        let known = self.book.combined.iter().position(|known| *known == combined);
        let index = known.unwrap_or(self.book.combined.len());
        self.book.combined.extend(known.is_none().then_some(combined));
        Some(Anchor::Combined(index))
    }

    fn date_or_unknown(&mut self, name: &Name, matter: Option<usize>) -> Option<usize> {
        let dates = self.facts_of(matter, true);
        if dates.contains(&name.text) || name.text == super::declare::DATE_FACT {
            return self.date_fact(name, matter);
        }
        let mut known = super::names::words(Event::ALL, Event::word);
        known.extend(dates.iter().map(String::as_str));
        self.unknown(name, "event and no date of this matter", &known);
        None
    }

    fn measure_lines(
        &mut self,
        statement: &Statement,
        name: &Name,
        starts: &[WrittenStart],
        ends: &[WrittenEnd],
        never: Option<&Never>,
    ) {
        let matter = starts
            .iter()
            .find_map(|start| self.names.tracks.get(&start.on.track.text))
            .map(|track| self.book.tracks[*track].matter);
        let starts: Vec<MeasureStart> =
            starts.iter().filter_map(|start| self.measure_start(statement, start, matter)).collect();
        let ends: Vec<MeasureEnd> =
            ends.iter().filter_map(|end| self.measure_end(statement, name, end, matter)).collect();
        if let Some(never) = never.filter(|_| !ends.is_empty()) {
            self.error("E003", never.span, format!("measure `{}` cannot both end and never end", name.text));
        }
        let what = format!("`ends never` of measure `{}`", name.text);
        let ends_never = never.map(|never| self.cite(statement, never.paragraph.as_ref(), never.span, Some(&what)));
        let Some(index) = self.names.measures.get(&name.text).copied() else { return };
        let measure = &mut self.book.measures[index];
        // A second declaration of the name has been refused; its lines must not join the first.
        if measure.starts.is_empty() && measure.ends.is_empty() {
            (measure.starts, measure.ends, measure.ends_never) = (starts, ends, ends_never);
        }
    }

    fn measure_start(
        &mut self,
        statement: &Statement,
        start: &WrittenStart,
        matter: Option<usize>,
    ) -> Option<MeasureStart> {
        let cite = self.cite(statement, None, start.span, None);
        let on = self.track_state(&start.on, matter);
        let guard = self.guard(start.guard.as_ref(), matter, start.span);
        let (track, state) = on?;
        Some(MeasureStart { track, state, guard, cite })
    }

    fn measure_end(
        &mut self,
        statement: &Statement,
        name: &Name,
        end: &WrittenEnd,
        matter: Option<usize>,
    ) -> Option<MeasureEnd> {
        let what = format!("the ending of measure `{}`", name.text);
        let cite = self.cite(statement, end.paragraph.as_ref(), end.span, Some(&what));
        let within = end.within.as_ref().map(|within| self.period(within));
        let guard = self.guard(end.guard.as_ref(), matter, end.span);
        let on = match &end.on {
            EndWord::State(state) => {
                if end.in_any_matter == Some(true) {
                    let help = "a state is always that of this matter; an event may say `in any matter`";
                    self.error("E003", end.span, "a state of another matter cannot end a measure")
                        .help
                        .push(help.to_owned());
                }
                self.track_state(state, matter).map(|(track, state)| EndTrigger::Entry { track, state })
            }
            EndWord::Event(event) => {
                if end.in_any_matter.is_none() {
                    let help = format!(
                        "add `in this matter` or `in any matter`: does `{}` on another notice of his lift it?",
                        event.text
                    );
                    self.error("E003", end.span, "say in which matter the event ends the measure").help.push(help);
                }
                self.event(event).map(EndTrigger::Event)
            }
        };
        let within = match within {
            Some(within) => Some(within?),
            None => None,
        };
        Some(MeasureEnd { on: on?, within, in_any_matter: end.in_any_matter == Some(true), guard, cite })
    }

    pub(super) fn deadline(
        &mut self,
        statement: &Statement,
        written: &WrittenDeadline,
        matter: Option<usize>,
        in_remedy: bool,
        demanded: Option<&str>,
    ) -> Option<Deadline> {
        let cite = self.cite(statement, written.paragraph.as_ref(), written.span, demanded);
        let period = self.period(&written.period);
        let of = self.anchor(&written.of, matter, in_remedy)?;
        Some(Deadline { period: period?, of, cite })
    }
}

/// The year in which examples of findings lie.
const SAMPLE_YEAR: i32 = 2026;

/// `7 days`, `1 month`
fn length(period: Period) -> String {
    let unit = match period.unit {
        Unit::Hours => "hour",
        Unit::Days => "day",
        Unit::Months => "month",
        Unit::Years => "year",
        Unit::WorkingDays => "working day",
    };
    format!("{} {unit}{}", period.count, if period.count == 1 { "" } else { "s" })
}

/// `9 March`, with the year if it is not that of the sample.
fn in_words(day: Day) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (year, month, day) = day.to_ymd();
    let month = month.checked_sub(1).and_then(|index| MONTHS.get(index as usize)).copied().unwrap_or_default();
    if year == SAMPLE_YEAR { format!("{day} {month}") } else { format!("{day} {month} {year}") }
}
