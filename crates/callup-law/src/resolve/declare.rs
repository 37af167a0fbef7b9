//! First pass: ways of counting, parameters, switches, conditions, matters with facts and tracks, and the names of measures.
//!
//! Dates of parameters are held against each other and against the law's own. Nothing that uses a name is read here.

use super::Resolver;
use crate::calendar::Day;
use crate::diagnostic::Span;
use crate::document::{Body, Name, Statement, WrittenFact, WrittenState, WrittenTrack, WrittenValue};
use crate::holidays::Holidays;
use crate::roles::{MeasureKind, Milestone};
use crate::rulebook::{
    Calendar, Condition, DatedNumber, DayCounting, Fact, FactKind, Guard, HourCounting, Matter, Measure, MonthCounting,
    MonthEnd, Parameter, State, Switch, Track, Weekday, Window, WorkingDayCounting, YearRange,
};

/// The one date that the world gives with a notice.
pub(super) const DATE_FACT: &str = "appearance_date";
/// Most states of a track: an index must fit a byte, with room for marks.
const MAX_STATES: usize = 250;
/// Most tracks, and most measures, of one matter: sets of measures are 16 bits wide.
pub(super) const MAX_IN_MATTER: usize = 16;

impl<'d> Resolver<'d> {
    pub(super) fn declare(&mut self) {
        let document = self.document;
        // Ways of counting may name a calendar that stands below them.
        for statement in &document.statements {
            if let Body::Calendar { name, label, weekends, holidays } = &statement.body {
                self.calendar(statement, (name, label), weekends, holidays.as_ref());
            }
        }
        for statement in &document.statements {
            match &statement.body {
                Body::PeriodsInDays { .. }
                | Body::PeriodsInMonths { .. }
                | Body::PeriodsInWorkingDays { .. }
                | Body::PeriodsInHours => self.way_of_counting(statement),
                Body::Param { name, values, label } => self.param(statement, name, values, label),
                Body::Switch { name, options, .. } => self.declare_switch(statement, name, options),
                Body::Condition { name, label } => self.condition(statement, name, label),
                Body::Window { name, ranges, label } => self.declare_window(statement, name, ranges, label),
                Body::Matter { notices, facts, tracks } => self.matter(statement, notices, facts, tracks),
                Body::Measure { name, label, kind, .. } => self.declare_measure(statement, name, label, kind.as_ref()),
                _ => {}
            }
        }
        self.declare_chains();
        self.declare_remedies();
        if self.book.matters.is_empty() && !self.is_broken("matter") {
            let help = "add `matter draft_notice:` with at least one track";
            self.error("E007", self.start(), "the document has no `matter` statement").help.push(help.to_owned());
        }
        self.measures_fit();
    }

    fn condition(&mut self, statement: &Statement, name: &Name, label: &str) {
        let cite = self.cite(statement, None, self.span(statement), Some(&format!("condition `{}`", name.text)));
        if self.take_name(name, "condition") {
            self.names.conditions.insert(name.text.clone(), self.book.conditions.len());
            self.book.conditions.push(Condition { name: name.text.clone(), label: label.to_owned(), cite });
        }
    }

    fn declare_window(&mut self, statement: &Statement, name: &Name, ranges: &[(YearRange, Span)], label: &str) {
        let cite = self.cite(statement, None, self.span(statement), Some(&format!("window `{}`", name.text)));
        for (index, (range, span)) in ranges.iter().enumerate() {
            if ranges[..index].iter().any(|(other, _)| overlap(*other, *range)) {
                let help = "no two ranges of a window have a day in common".to_owned();
                self.error("E044", *span, "this range overlaps one before it").help.push(help);
            }
        }
        if self.take_name(name, "window") {
            self.names.windows.insert(name.text.clone(), self.book.windows.len());
            let ranges = ranges.iter().map(|(range, _)| *range).collect();
            self.book.windows.push(Window { name: name.text.clone(), label: label.to_owned(), ranges, cite });
        }
    }

    fn way_of_counting(&mut self, statement: &Statement) {
        let span = self.span(statement);
        let cite = self.cite(statement, None, span, Some("this way of counting"));
        let calendar = match &statement.body {
            Body::PeriodsInDays { roll, .. } | Body::PeriodsInMonths { roll, .. } => roll.as_ref(),
            Body::PeriodsInWorkingDays { calendar, .. } => Some(calendar),
            _ => None,
        };
        let named = calendar.map(|name| self.named_calendar(name));
        // After an unknown calendar the unit counts as said, so that its uses are no further findings.
        let roll = named.flatten();
        let counting = &mut self.book.counting;
        let twice = match &statement.body {
            Body::PeriodsInDays { start, .. } => {
                counting.days.replace(DayCounting { start: *start, roll, cite }).is_some()
            }
            Body::PeriodsInMonths { start, month_end, .. } => {
                // E051 has been reported where the month end is missing; the value only keeps later findings from being noise.
                let month_end = month_end.unwrap_or(MonthEnd::LastDay);
                counting.months.replace(MonthCounting { start: *start, month_end, roll, cite }).is_some()
            }
            Body::PeriodsInWorkingDays { start, .. } => {
                let calendar = roll.unwrap_or_default();
                counting.working_days.replace(WorkingDayCounting { calendar, start: *start, cite }).is_some()
            }
            _ => counting.hours.replace(HourCounting { cite }).is_some(),
        };
        if twice {
            self.error("E002", span, "this unit has its way of counting already");
        }
    }

    fn calendar(
        &mut self,
        statement: &Statement,
        (name, label): (&Name, &str),
        weekends: &[Weekday],
        holidays: Option<&Name>,
    ) {
        let cite = self.cite(statement, None, self.span(statement), Some(&format!("calendar `{}`", name.text)));
        let file = holidays.map(|file| self.holiday_file(file));
        if (0..7).all(|day| weekends.contains(&Weekday::ALL[day])) {
            self.error("E005", name.span, "every day of the week is off: no period in working days would end");
        }
        if !self.take_name(name, "calendar") {
            return;
        }
        let mut calendar = Calendar {
            name: name.text.clone(),
            label: label.to_owned(),
            weekends: weekends.to_vec(),
            holidays: holidays.map(|file| file.text.clone()).unwrap_or_default(),
            source: String::new(),
            confidence: String::new(),
            from_year: Day::MIN.to_ymd().0,
            until_year: Day::MAX.to_ymd().0,
            off: Vec::new(),
            worked: Vec::new(),
            cite,
        };
        if let Some(Some(file)) = file {
            (calendar.source, calendar.confidence) = (file.source.clone(), file.confidence.clone());
            (calendar.from_year, calendar.until_year) = (file.from_year, file.until_year);
            calendar.off = file.off.iter().copied().collect();
            calendar.worked = file.worked.iter().copied().collect();
        }
        self.names.calendars.insert(name.text.clone(), self.book.counting.calendars.len());
        self.book.counting.calendars.push(calendar);
    }

    /// The holiday file of this name. E053: there is none, or it does not cover the years of the law.
    fn holiday_file(&mut self, name: &Name) -> Option<&'d Holidays> {
        let holidays = self.holidays;
        let Some(file) = holidays.iter().find(|file| file.name == name.text) else {
            let known: Vec<&str> = holidays.iter().map(|file| file.name.as_str()).collect();
            self.unknown_as("E053", name, "holiday file", &known);
            return None;
        };
        let first = self.book.in_force_from.to_ymd().0;
        let last = self.book.in_force_until.map_or(first, |until| until.to_ymd().0);
        if self.is_in_force_known && (first < file.from_year || file.until_year < last) {
            let help =
                format!("the file covers {} to {}, the law needs {first} to {last}", file.from_year, file.until_year);
            self.error("E053", name.span, format!("`{}` does not cover the years of the law", name.text))
                .help
                .push(help);
        }
        Some(file)
    }

    fn param(&mut self, statement: &Statement, name: &Name, values: &[WrittenValue], label: &str) {
        let cite = self.cite(statement, None, self.span(statement), Some(&format!("parameter `{}`", name.text)));
        if self.values_fit(name, values) {
            self.values_cover_the_law(name, values);
        }
        if self.take_name(name, "parameter") {
            self.names.parameters.insert(name.text.clone(), self.book.parameters.len());
            let value =
                |written: &WrittenValue| DatedNumber { value: written.value, from: written.from, until: written.until };
            let values = values.iter().map(value).collect();
            self.book.parameters.push(Parameter { name: name.text.clone(), label: label.to_owned(), values, cite });
        }
    }

    /// E044: values that hold on the same days or in no order. E083: days between two values. Returns whether all is well.
    fn values_fit(&mut self, name: &Name, values: &[WrittenValue]) -> bool {
        let errors = self.findings.len();
        for value in
            values.iter().filter(|value| matches!((value.from, value.until), (Some(from), Some(until)) if until < from))
        {
            self.error("E044", value.span, format!("this value of `{}` ends before it begins", name.text));
        }
        for pair in values.windows(2) {
            let (before, after) = (&pair[0], &pair[1]);
            match (before.until, after.from) {
                (Some(until), Some(from)) if from <= until => {
                    let help = format!("the value before holds until {until}; values stand in the order of their days");
                    self.error("E044", after.span, format!("`{}` has two values on {from}", name.text)).help.push(help);
                }
                (Some(until), Some(from)) if from.0 > until.0 + 1 => {
                    let help = format!("the value before ends on {until}, this one begins on {from}");
                    self.error("E083", after.span, format!("`{}` has no value between its dates", name.text))
                        .help
                        .push(help);
                }
                (Some(_), Some(_)) => {}
                _ => {
                    let help = "write `26 until 2023-12-31, 29 from 2024-01-01`";
                    self.error(
                        "E044",
                        after.span,
                        format!("it is not said when `{}` changes to this value", name.text),
                    )
                    .help
                    .push(help.to_owned());
                }
            }
        }
        self.findings.len() == errors
    }

    /// E083: days on which the law is in force and the parameter has no value.
    fn values_cover_the_law(&mut self, name: &Name, values: &[WrittenValue]) {
        if !self.is_in_force_known {
            return;
        }
        let (from, until) = (self.book.in_force_from, self.book.in_force_until);
        if let Some(first) = values.first()
            && let Some(begins) = first.from.filter(|begins| *begins > from)
        {
            let help = format!("the law is in force from {from}, its first value holds from {begins}");
            self.error("E083", first.span, format!("`{}` has no value when the law begins", name.text)).help.push(help);
        }
        if let Some(last) = values.last()
            && let Some(ends) = last.until.filter(|ends| until.is_none_or(|until| *ends < until))
        {
            let law = until.map_or("has no last day".to_owned(), |until| format!("is in force until {until}"));
            let help = format!("the law {law}, its last value holds until {ends}");
            self.error("E083", last.span, format!("`{}` has no value when the law goes on", name.text)).help.push(help);
        }
    }

    fn declare_switch(&mut self, statement: &Statement, name: &Name, options: &[Name]) {
        let Body::Switch { why, source, confidence, .. } = &statement.body else { return };
        let cite = self.cite(statement, None, self.span(statement), None);
        if let Some(paragraph) = &self.document.places[statement.place].paragraph {
            // A switch may cite its article as a whole; a paragraph that it does name must exist.
            let paragraph = paragraph.clone();
            self.cite(statement, Some(&paragraph), self.span(statement), Some("switch"));
        }
        for (index, option) in options.iter().enumerate() {
            if options[..index].iter().any(|other| other.text == option.text) {
                self.error(
                    "E002",
                    option.span,
                    format!("switch `{}` has the option `{}` twice", name.text, option.text),
                );
            }
        }
        if options.len() < 2 {
            self.error("E003", name.span, format!("switch `{}` has one option only", name.text))
                .help
                .push("a reading that nobody contests is a rule".to_owned());
        }
        if self.take_name(name, "switch") {
            self.names.switches.insert(name.text.clone(), self.book.switches.len());
            self.book.switches.push(Switch {
                name: name.text.clone(),
                options: options.iter().map(|option| option.text.clone()).collect(),
                why: why.clone(),
                source: source.clone(),
                confidence: confidence.clone(),
                cite,
            });
        }
    }

    fn matter(&mut self, statement: &Statement, notices: &[Name], facts: &[WrittenFact], tracks: &[WrittenTrack]) {
        let matter = self.book.matters.len();
        let mut kinds = Vec::new();
        for name in notices {
            let Some(kind) = self.notice_kind(name) else { continue };
            if self.names.matter_of_notice.insert(kind, matter).is_some() {
                self.error("E002", name.span, format!("`{}` has its matter already", name.text));
                continue;
            }
            kinds.push(kind);
        }
        let cite = self.cite(statement, None, self.span(statement), None);
        self.book.matters.push(Matter { notices: kinds, tracks: Vec::new(), cite });
        for fact in facts {
            self.fact(statement, matter, fact);
        }
        for track in tracks {
            self.declare_track(statement, matter, track);
        }
        if tracks.len() > MAX_IN_MATTER {
            self.error("E008", self.span(statement), format!("this matter has more than {MAX_IN_MATTER} tracks"));
        }
    }

    fn fact(&mut self, statement: &Statement, matter: usize, fact: &WrittenFact) {
        let name = &fact.name;
        let kind = match &fact.picture {
            None if name.text == DATE_FACT => FactKind::Date,
            None => return self.unknown(name, "date of a notice", &[DATE_FACT]),
            Some(picture) => match self.person_fact(name) {
                Some(role) => FactKind::Person { role, picture: picture.clone() },
                None => return,
            },
        };
        let elsewhere = self.names.facts.get(&name.text);
        if elsewhere.is_some_and(|by_matter| by_matter.contains_key(&matter)) {
            self.error("E002", name.span, format!("this matter has the fact `{}` twice", name.text));
            return;
        }
        if elsewhere.is_none() && !self.take_name(name, "fact") {
            return;
        }
        let cite = self.cite(statement, None, fact.span, None);
        self.names.facts.entry(name.text.clone()).or_default().insert(matter, self.book.facts.len());
        self.book.facts.push(Fact { name: name.text.clone(), matter, kind, cite });
    }

    fn declare_track(&mut self, statement: &Statement, matter: usize, written: &WrittenTrack) {
        if !self.take_name(&written.name, "track") {
            return;
        }
        if written.states.len() > MAX_STATES {
            self.error("E008", written.name.span, format!("this track has more than {MAX_STATES} states"));
        }
        let mut states: Vec<State> = Vec::new();
        for state in written.states.iter().take(MAX_STATES) {
            if states.iter().any(|other| other.name == state.name.text) {
                self.error(
                    "E002",
                    state.name.span,
                    format!("track `{}` has the state `{}` twice", written.name.text, state.name.text),
                );
                continue;
            }
            let milestone = self.milestone_of(state);
            states.push(State {
                name: state.name.text.clone(),
                label: state.label.clone(),
                milestone,
                is_final: state.is_final,
            });
        }
        let cite = self.cite(statement, None, written.span, None);
        let index = self.book.tracks.len();
        self.names.tracks.insert(written.name.text.clone(), index);
        self.book.matters[matter].tracks.push(index);
        self.book.tracks.push(Track {
            name: written.name.text.clone(),
            label: written.label.clone(),
            matter,
            states,
            remedy: None,
            cite,
        });
    }

    fn milestone_of(&mut self, state: &WrittenState) -> Option<Milestone> {
        match &state.role {
            Some(role) => self.milestone(role),
            None => Milestone::from_word(&state.name.text),
        }
    }

    fn declare_measure(&mut self, statement: &Statement, name: &Name, label: &str, kind: Option<&Name>) {
        let kind = match kind {
            Some(word) => self.measure_kind(word),
            None => {
                let found = MeasureKind::from_word(&name.text);
                if found.is_none() {
                    self.unknown(name, "kind of measure", &super::names::words(MeasureKind::ALL, MeasureKind::word));
                    self.say_the_kind(name);
                }
                found
            }
        };
        let cite = self.cite(statement, None, self.span(statement), Some(&format!("measure `{}`", name.text)));
        if !self.take_name(name, "measure") {
            return;
        }
        self.names.measures.insert(name.text.clone(), self.book.measures.len());
        // A measure of unknown kind keeps its name declared; the document has an error, so the stand-in is never used.
        let kind = kind.unwrap_or(MeasureKind::ExitBan);
        let (name, label) = (name.text.clone(), label.to_owned());
        self.book.measures.push(Measure {
            name,
            label,
            kind,
            starts: Vec::new(),
            ends: Vec::new(),
            ends_never: None,
            cite,
        });
    }

    fn say_the_kind(&mut self, name: &Name) {
        if let Some(finding) = self.findings.last_mut().filter(|finding| finding.span == name.span) {
            finding.help.push(
                "a measure with a name of its own says its kind: `measure NAME (n) \"label\" is exit_ban:`".to_owned(),
            );
        }
    }

    fn measures_fit(&mut self) {
        if self.book.measures.len() <= MAX_IN_MATTER {
            return;
        }
        let document = self.document;
        let measures = document.statements.iter().filter(|statement| matches!(statement.body, Body::Measure { .. }));
        if let Some(statement) = measures.into_iter().nth(MAX_IN_MATTER) {
            self.error("E008", self.span(statement), format!("the document has more than {MAX_IN_MATTER} measures"));
        }
    }

    /// The guard that always holds.
    pub(super) fn always() -> Guard {
        Guard(vec![Vec::new()])
    }
}

/// Whether two ranges of the year have a day in common.
fn overlap(one: YearRange, other: YearRange) -> bool {
    let holds = |range: YearRange, day| match range.from <= range.until {
        true => (range.from..=range.until).contains(&day),
        false => day >= range.from || day <= range.until,
    };
    holds(one, other.from) || holds(other, one.from)
}
