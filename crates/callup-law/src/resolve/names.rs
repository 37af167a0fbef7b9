//! Looking names up, with a suggestion where there is none of that name.
//!
//! Words of the closed vocabulary are looked up here too. A name that an unreadable statement may declare is not reported.

use super::Resolver;
use crate::diagnostic::{Span, nearest};
use crate::document::{Name, StateName};
use crate::parse::forms;
use crate::roles::{Event, MeasureKind, Milestone, NoticeKind, PersonFact};
use crate::rulebook::FactKind;
use std::collections::BTreeMap;

/// Names of the document, to indices in the rulebook.
#[derive(Default)]
pub(super) struct Names {
    pub(super) parameters: BTreeMap<String, usize>,
    pub(super) switches: BTreeMap<String, usize>,
    pub(super) conditions: BTreeMap<String, usize>,
    pub(super) windows: BTreeMap<String, usize>,
    pub(super) calendars: BTreeMap<String, usize>,
    pub(super) tracks: BTreeMap<String, usize>,
    pub(super) measures: BTreeMap<String, usize>,
    pub(super) remedies: BTreeMap<String, usize>,
    /// Facts by name, then by matter.
    pub(super) facts: BTreeMap<String, BTreeMap<usize, usize>>,
    pub(super) matter_of_notice: BTreeMap<NoticeKind, usize>,
    /// What each declared name is, for E002.
    pub(super) taken: BTreeMap<String, &'static str>,
}

/// Words that the language itself needs where a name could stand.
const RESERVED: &[&str] = &[
    "age",
    "all",
    "and",
    "born",
    "both",
    "condition",
    "kind",
    "knowledge",
    "never",
    "no",
    "not",
    "notice",
    "or",
    "start",
    "the",
    "today",
    "void",
    "window",
    "yes",
];

impl Resolver<'_> {
    /// Notes a declaration; `false` and E002 if the name is taken or reserved.
    pub(super) fn take_name(&mut self, name: &Name, what: &'static str) -> bool {
        if RESERVED.contains(&name.text.as_str()) {
            self.error("E002", name.span, format!("`{}` is a word of the language", name.text))
                .help
                .push("choose another name".to_owned());
            return false;
        }
        if let Some(first) = self.names.taken.insert(name.text.clone(), what) {
            self.error(
                "E002",
                name.span,
                format!("`{}` is declared twice: there is a {first} of this name", name.text),
            );
            return false;
        }
        true
    }

    /// E001: no such name; the help names the nearest, or what there is.
    pub(super) fn unknown(&mut self, name: &Name, what: &str, known: &[&str]) {
        self.unknown_as("E001", name, what, known);
    }

    pub(super) fn unknown_as(&mut self, code: &'static str, name: &Name, what: &str, known: &[&str]) {
        if self.is_broken(&name.text) {
            return self.passed_over.push(name.span);
        }
        let near = if self.is_crowded() { None } else { nearest(&name.text, known.iter().copied()) };
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => "the document declares none".to_owned(),
            None if known.len() > 80 => format!("the document declares {} of them", known.len()),
            None => format!("one of: {}", known.join(", ")),
        };
        self.error(code, name.span, format!("`{}` is no {what}", name.text)).help.push(help);
    }

    pub(super) fn event(&mut self, name: &Name) -> Option<Event> {
        let found = Event::from_word(&name.text);
        if found.is_none() {
            self.unknown(name, "event", &words(Event::ALL, Event::word));
        }
        found
    }

    pub(super) fn notice_kind(&mut self, name: &Name) -> Option<NoticeKind> {
        let found = NoticeKind::from_word(&name.text);
        if found.is_none() {
            self.unknown(name, "kind of notice", &words(NoticeKind::ALL, NoticeKind::word));
        }
        found
    }

    pub(super) fn measure_kind(&mut self, name: &Name) -> Option<MeasureKind> {
        let found = MeasureKind::from_word(&name.text);
        if found.is_none() {
            self.unknown(name, "kind of measure", &words(MeasureKind::ALL, MeasureKind::word));
        }
        found
    }

    pub(super) fn milestone(&mut self, name: &Name) -> Option<Milestone> {
        let found = Milestone::from_word(&name.text);
        if found.is_none() {
            self.unknown(name, "milestone", &words(Milestone::ALL, Milestone::word));
        }
        found
    }

    pub(super) fn person_fact(&mut self, name: &Name) -> Option<PersonFact> {
        let found = PersonFact::from_word(&name.text);
        if found.is_none() {
            self.unknown(name, "fact about a person", &words(PersonFact::ALL, PersonFact::word));
        }
        found
    }

    fn declared(
        &mut self,
        name: &Name,
        what: &str,
        table: impl Fn(&Names) -> &BTreeMap<String, usize>,
    ) -> Option<usize> {
        let found = table(&self.names).get(&name.text).copied();
        if found.is_none() {
            let known: Vec<String> = table(&self.names).keys().cloned().collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            self.unknown(name, what, &known);
        }
        found
    }

    pub(super) fn switch(&mut self, name: &Name) -> Option<usize> {
        self.declared(name, "switch", |names| &names.switches)
    }

    pub(super) fn named_calendar(&mut self, name: &Name) -> Option<usize> {
        self.declared(name, "calendar", |names| &names.calendars)
    }

    pub(super) fn window(&mut self, name: &Name) -> Option<usize> {
        self.declared(name, "window", |names| &names.windows)
    }

    pub(super) fn parameter(&mut self, name: &Name) -> Option<usize> {
        self.declared(name, "parameter", |names| &names.parameters)
    }

    pub(super) fn measure(&mut self, name: &Name) -> Option<usize> {
        self.declared(name, "measure of this law", |names| &names.measures)
    }

    pub(super) fn remedy_named(&mut self, name: &Name) -> Option<usize> {
        self.declared(name, "remedy of this law", |names| &names.remedies)
    }

    pub(super) fn track(&mut self, name: &Name) -> Option<usize> {
        self.declared(name, "track", |names| &names.tracks)
    }

    pub(super) fn state(&mut self, track: usize, name: &Name) -> Option<u8> {
        let states = &self.book.tracks[track].states;
        if let Some(index) = states.iter().position(|state| state.name == name.text) {
            return u8::try_from(index).ok();
        }
        let known: Vec<String> = states.iter().map(|state| state.name.clone()).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let what = format!("state of track `{}`", self.book.tracks[track].name);
        self.unknown(name, &what, &known);
        None
    }

    /// `TRACK.STATE` of a matter, if the matter is known.
    pub(super) fn track_state(&mut self, name: &StateName, matter: Option<usize>) -> Option<(usize, u8)> {
        let track = self.track(&name.track)?;
        if matter.is_some_and(|matter| self.book.tracks[track].matter != matter) {
            self.another_matter(&name.track.text, name.span());
            return None;
        }
        Some((track, self.state(track, &name.state)?))
    }

    pub(super) fn another_matter(&mut self, name: &str, span: Span) {
        let help = "what belongs to one notice is seen by its own matter only";
        self.error("E001", span, format!("`{name}` belongs to another matter")).help.push(help.to_owned());
    }

    /// A fact of a matter; of the first matter that has it if the matter is not known. `None` without a finding if there is none.
    pub(super) fn find_fact(&self, name: &str, matter: Option<usize>) -> Option<usize> {
        let by_matter = self.names.facts.get(name)?;
        match matter {
            Some(matter) => by_matter.get(&matter).copied(),
            None => by_matter.values().next().copied(),
        }
    }

    /// Names of the facts of a matter of one sort.
    pub(super) fn facts_of(&self, matter: Option<usize>, dates: bool) -> Vec<String> {
        let sort = |kind: &FactKind| matches!(kind, FactKind::Date) == dates;
        let here =
            |fact: &&crate::rulebook::Fact| matter.is_none_or(|matter| fact.matter == matter) && sort(&fact.kind);
        self.book.facts.iter().filter(here).map(|fact| fact.name.clone()).collect()
    }

    /// A date fact of a matter.
    pub(super) fn date_fact(&mut self, name: &Name, matter: Option<usize>) -> Option<usize> {
        let found =
            self.find_fact(&name.text, matter).filter(|fact| matches!(self.book.facts[*fact].kind, FactKind::Date));
        if found.is_none() {
            let known = self.facts_of(matter, true);
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            self.unknown(name, "date of this matter", &known);
            self.hint_at_declaration(name);
        }
        found
    }

    /// Adds how to declare a fact if the unknown name is a word of the vocabulary.
    pub(super) fn hint_at_declaration(&mut self, name: &Name) {
        let form = if name.text == super::declare::DATE_FACT {
            forms::FACT_DATE
        } else if PersonFact::from_word(&name.text).is_some() {
            forms::FACT
        } else {
            return;
        };
        let help = format!(
            "declare it in its matter: `{}`",
            form.replace("NAME", &name.text).replacen(&format!("to {}", name.text), "to NAME", 1)
        );
        if let Some(finding) = self.findings.last_mut().filter(|finding| finding.span == name.span) {
            finding.help = vec![help];
        }
    }
}

pub(super) fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|role| word(*role)).collect()
}
