//! Cases: what they give and expect must be things of this law. Anything else is E009.
//!
//! Whether the law really gives what a case expects is found out by running it, elsewhere.

use super::Resolver;
use crate::calendar::Day;
use crate::document::{Body, Name, StateName, Statement, StepAct, WrittenCase, WrittenExpected, WrittenGiven};
use crate::roles::{Event, NoticeKind};
use crate::rulebook::{Case, Expected, FactKind, Given};

impl Resolver<'_> {
    pub(super) fn case(&mut self, statement: &Statement, case: &WrittenCase) {
        let answers = case.answers.iter().filter_map(|(switch, option)| self.answer(switch, option)).collect();
        let matter = self.case_matter(case);
        let given = case.given.iter().filter_map(|given| self.given(given, matter)).collect();
        let mut expected = Vec::new();
        let errors = self.findings.len();
        for written in &case.expected {
            if let WrittenExpected::SeveralLiftedBy(word, day) = written {
                // After an unknown measure the count would be wrong, and the finding noise.
                self.several(word, *day, self.findings.len() == errors, &mut expected);
            } else {
                let one = self.expected(written, matter);
                expected.extend(one);
            }
        }
        let cite = self.cite(statement, None, self.span(statement), None);
        self.book.cases.push(Case { name: case.name.clone(), answers, given, expected, cite });
    }

    fn answer(&mut self, switch: &Name, option: &Name) -> Option<(usize, usize)> {
        let Some(index) = self.names.switches.get(&switch.text).copied() else {
            let known: Vec<String> = self.names.switches.keys().cloned().collect();
            self.not_of_the_law(switch, "switch of this law", &known);
            return None;
        };
        Some((index, self.option(index, option)?))
    }

    /// The matter of the kind of notice that the case says, else of the first one of the document.
    fn case_matter(&mut self, case: &WrittenCase) -> Option<usize> {
        let mut kinds =
            case.given.iter().filter_map(|given| if let WrittenGiven::Kind(name) = given { Some(name) } else { None });
        let Some(name) = kinds.next() else { return (!self.book.matters.is_empty()).then_some(0) };
        if let Some(second) = kinds.next() {
            self.error("E009", second.span, "a case is about one notice");
        }
        let found = NoticeKind::from_word(&name.text).and_then(|kind| self.names.matter_of_notice.get(&kind).copied());
        if found.is_none() {
            let known: Vec<String> = self.names.matter_of_notice.keys().map(|kind| kind.word().to_owned()).collect();
            self.not_of_the_law(name, "notice of this law", &known);
        }
        found
    }

    fn not_of_the_law(&mut self, name: &Name, what: &str, known: &[String]) {
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        self.unknown_as("E009", name, what, &known);
    }

    fn given(&mut self, given: &WrittenGiven, matter: Option<usize>) -> Option<Given> {
        match given {
            WrittenGiven::Dated(name, day) => self.dated(name, *day, matter),
            WrittenGiven::Elsewhere(name, day) => {
                let event = Event::from_word(&name.text);
                if event.is_none() {
                    let known: Vec<String> = Event::ALL.iter().map(|event| event.word().to_owned()).collect();
                    self.not_of_the_law(name, "event", &known);
                }
                Some(Given::Elsewhere(event?, *day))
            }
            WrittenGiven::Born(day) => Some(Given::Born(*day)),
            WrittenGiven::Kind(name) => {
                let kind = NoticeKind::from_word(&name.text)?;
                self.names.matter_of_notice.contains_key(&kind).then_some(Given::Kind(kind))
            }
            WrittenGiven::Fact(name, is) => {
                let fact = self
                    .find_fact(&name.text, matter)
                    .filter(|fact| matches!(self.book.facts[*fact].kind, FactKind::Person { .. }));
                if fact.is_none() {
                    let known = self.facts_of(matter, false);
                    self.not_of_the_law(name, "yes/no fact of this matter", &known);
                }
                Some(Given::Person(fact?, *is))
            }
            WrittenGiven::Remedy(event, remedy, day) => self.named_remedy(event, remedy, *day, matter),
            WrittenGiven::Condition(name, is, from) => {
                let condition = self.names.conditions.get(&name.text).copied();
                if condition.is_none() {
                    let known: Vec<String> = self.names.conditions.keys().cloned().collect();
                    self.not_of_the_law(name, "condition of this law", &known);
                }
                Some(match from {
                    Some(from) => Given::ConditionFrom(condition?, *is, *from),
                    None => Given::Condition(condition?, *is),
                })
            }
        }
    }

    fn dated(&mut self, name: &Name, day: Day, matter: Option<usize>) -> Option<Given> {
        if let Some(event) = Event::from_word(&name.text) {
            let remedies = self.book.remedies.iter().map(|remedy| remedy.track);
            let here = remedies.filter(|track| Some(self.book.tracks[*track].matter) == matter).count();
            if event.is_of_remedies() && here > 1 {
                let help = format!("write `{} REMEDY {day}`", name.text);
                self.error("E009", name.span, "say which remedy: this matter has several").help.push(help);
            }
            return Some(Given::Event(event, day));
        }
        let fact =
            self.find_fact(&name.text, matter).filter(|fact| matches!(self.book.facts[*fact].kind, FactKind::Date));
        if fact.is_none() {
            let mut known: Vec<String> = Event::ALL.iter().map(|event| event.word().to_owned()).collect();
            known.extend(self.facts_of(matter, true));
            self.not_of_the_law(name, "event and no date of this matter", &known);
        }
        Some(Given::Date(fact?, day))
    }

    fn named_remedy(&mut self, event: &Name, remedy: &Name, day: Day, matter: Option<usize>) -> Option<Given> {
        let role = Event::from_word(&event.text).filter(|event| event.is_of_remedies());
        if role.is_none() {
            let known = Event::ALL.iter().filter(|event| event.is_of_remedies());
            let known: Vec<String> = known.map(|event| event.word().to_owned()).collect();
            self.not_of_the_law(event, "event that names a remedy", &known);
        }
        let found = self.case_remedy(remedy, matter);
        Some(Given::Remedy(role?, found?, day))
    }

    fn case_remedy(&mut self, name: &Name, matter: Option<usize>) -> Option<usize> {
        let here = |remedy: &usize| {
            matter.is_none_or(|matter| self.book.tracks[self.book.remedies[*remedy].track].matter == matter)
        };
        let found = self.names.remedies.get(&name.text).copied().filter(here);
        if found.is_none() {
            let known: Vec<String> = self.names.remedies.keys().cloned().collect();
            self.not_of_the_law(name, "remedy of this matter", &known);
        }
        found
    }

    /// Somebody whom the document sets a time to act. It is read as it is written: a case may stand before the duty.
    fn obliged(&mut self, name: &Name) -> Option<String> {
        let mut known: Vec<String> = Vec::new();
        for statement in &self.document.statements {
            match &statement.body {
                Body::Duty { who, within: Some(_), .. } => known.push(who.text.clone()),
                Body::Remedy(remedy) if remedy.decide.is_some() => {
                    known.extend(remedy.to.iter().map(|body| body.text.clone()));
                }
                Body::Chain(chain) => known.extend(chain.steps.iter().filter_map(|step| match &step.act {
                    StepAct::Office { who, within: Some(_), .. } | StepAct::Decide { who, within: Some(_), .. } => {
                        Some(who.text.clone())
                    }
                    _ => None,
                })),
                _ => {}
            }
        }
        known.sort();
        known.dedup();
        if !known.contains(&name.text) {
            self.not_of_the_law(name, "one whom this law sets a time to act", &known);
            return None;
        }
        Some(name.text.clone())
    }

    fn expected(&mut self, written: &WrittenExpected, matter: Option<usize>) -> Option<Expected> {
        match written {
            WrittenExpected::On(name, day) => self.case_measure(name).map(|measure| Expected::MeasureOn(measure, *day)),
            WrittenExpected::LiftedBy(name, day) => {
                self.case_measure(name).map(|measure| Expected::LiftedBy(measure, *day))
            }
            WrittenExpected::Suspended(name, day) => {
                self.case_measure(name).map(|measure| Expected::SuspendedOn(measure, *day))
            }
            WrittenExpected::Resumed(name, day) => {
                self.case_measure(name).map(|measure| Expected::ResumedOn(measure, *day))
            }
            WrittenExpected::No(name) => self.case_measure(name).map(Expected::NoMeasure),
            WrittenExpected::Open(name) => self.case_measure(name).map(Expected::MeasureOpen),
            WrittenExpected::StateOn(name, day) => {
                self.case_state(name, matter).map(|(track, state)| Expected::StateOn { track, state, day: *day })
            }
            WrittenExpected::Never(name) => {
                self.case_state(name, matter).map(|(track, state)| Expected::NeverState { track, state })
            }
            WrittenExpected::Void => Some(Expected::Void),
            WrittenExpected::Gap(is) => Some(Expected::Gap(*is)),
            WrittenExpected::OpenUntil(name, day) => {
                self.case_remedy(name, matter).map(|remedy| Expected::OpenUntil(remedy, *day))
            }
            WrittenExpected::MustActBy(name, day) => self.obliged(name).map(|who| Expected::MustActBy(who, *day)),
            WrittenExpected::SeveralLiftedBy(..) => None,
        }
    }

    /// `both` and `all` mean the measures that this case expects `on` before.
    fn several(&mut self, word: &Name, day: Day, sure: bool, list: &mut Vec<Expected>) {
        let begun =
            |expected: &Expected| if let Expected::MeasureOn(measure, _) = expected { Some(*measure) } else { None };
        let mut measures: Vec<usize> = list.iter().filter_map(begun).collect();
        measures.dedup();
        let fits = if word.text == "both" { measures.len() == 2 } else { !measures.is_empty() };
        if !fits && sure {
            let message =
                format!("`{}` does not fit: {} measures are expected `on` before it", word.text, measures.len());
            self.error("E009", word.span, message).help.push("name the measures one by one".to_owned());
        }
        list.extend(measures.into_iter().map(|measure| Expected::LiftedBy(measure, day)));
    }

    fn case_measure(&mut self, name: &Name) -> Option<usize> {
        let found = self.names.measures.get(&name.text).copied();
        if found.is_none() {
            let known: Vec<String> = self.names.measures.keys().cloned().collect();
            self.not_of_the_law(name, "measure of this law", &known);
        }
        found
    }

    fn case_state(&mut self, name: &StateName, matter: Option<usize>) -> Option<(usize, u8)> {
        let track = self.names.tracks.get(&name.track.text).copied();
        let track = track.filter(|track| matter.is_none_or(|matter| self.book.tracks[*track].matter == matter));
        let Some(track) = track else {
            let here = self.book.tracks.iter().filter(|track| matter.is_none_or(|matter| track.matter == matter));
            let known: Vec<String> = here.map(|track| track.name.clone()).collect();
            self.not_of_the_law(&name.track, "track of this matter", &known);
            return None;
        };
        let states = &self.book.tracks[track].states;
        if let Some(state) = states.iter().position(|state| state.name == name.state.text) {
            return Some((track, u8::try_from(state).ok()?));
        }
        let known: Vec<String> = states.iter().map(|state| state.name.clone()).collect();
        let what = format!("state of track `{}`", name.track.text);
        self.not_of_the_law(&name.state, &what, &known);
        None
    }
}
