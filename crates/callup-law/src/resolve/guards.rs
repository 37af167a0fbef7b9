//! Guards: tests resolved, then brought into disjunctive normal form.
//!
//! The size of the form is bounded, so that no text makes it explode.

use super::Resolver;
use crate::diagnostic::Span;
use crate::document::{Name, WrittenGuard, WrittenNumber, WrittenTest};
use crate::roles::Event;
use crate::rulebook::{Compare, FactKind, Guard, Number, Picture, Remedy, Test};

/// Most alternatives of a guard.
pub(super) const MAX_ALTERNATIVES: usize = 64;

/// Alternatives, each a list of tests that all must hold. Empty: never true.
pub(super) type Alternatives = Vec<Vec<Test>>;

impl Resolver<'_> {
    /// A guard of a statement of this matter; no guard always holds.
    pub(super) fn guard(&mut self, written: Option<&WrittenGuard>, matter: Option<usize>, span: Span) -> Guard {
        let Some(written) = written else { return Self::always() };
        let alternatives = self.expand(written, true, matter);
        if alternatives.len() >= MAX_ALTERNATIVES {
            let message = format!("this guard has more than {MAX_ALTERNATIVES} alternatives");
            self.error("E008", span, message).help.push("split the rule".to_owned());
        }
        Guard(alternatives)
    }

    fn expand(&mut self, guard: &WrittenGuard, holds: bool, matter: Option<usize>) -> Alternatives {
        match guard {
            WrittenGuard::Test(test) => self.test(test, holds, matter),
            WrittenGuard::Not(inner) => self.expand(inner, !holds, matter),
            WrittenGuard::And(parts) | WrittenGuard::Or(parts) => {
                let all = matches!(guard, WrittenGuard::And(_)) == holds;
                let parts: Vec<Alternatives> = parts.iter().map(|part| self.expand(part, holds, matter)).collect();
                if all { every(parts) } else { any(parts) }
            }
        }
    }

    fn test(&mut self, test: &WrittenTest, holds: bool, matter: Option<usize>) -> Alternatives {
        match test {
            WrittenTest::Is { subject, value } => {
                self.is(subject, value, holds, matter).map_or_else(|| vec![Vec::new()], |test| vec![vec![test]])
            }
            WrittenTest::Window { on, window } => {
                let event = on.as_ref().map(|on| self.event(on));
                match (self.window(window), event) {
                    (None, _) | (_, Some(None)) => vec![Vec::new()],
                    (Some(window), event) => vec![vec![Test::Window { on: event.flatten(), window, is: holds }]],
                }
            }
            WrittenTest::Age { on, bounds, picture } => {
                let on = on.as_ref().and_then(|on| self.event(on));
                let numbers: Vec<Option<(Compare, Number)>> = bounds
                    .iter()
                    .map(|(compare, number)| self.number(number).map(|number| (*compare, number)))
                    .collect();
                // What is missing has been reported; an age that is not whole is no test.
                let (Some(on), Some(picture), Some(bounds)) =
                    (on, picture, numbers.into_iter().collect::<Option<Vec<_>>>())
                else {
                    return vec![Vec::new()];
                };
                age(on, picture, &bounds, holds)
            }
        }
    }

    fn number(&mut self, number: &WrittenNumber) -> Option<Number> {
        match number {
            WrittenNumber::Value(value) => Some(Number::Value(*value)),
            WrittenNumber::Param(name) => self.parameter(name).map(Number::Parameter),
        }
    }

    fn is(&mut self, subject: &Name, value: &Name, holds: bool, matter: Option<usize>) -> Option<Test> {
        if subject.text == "notice" {
            return self.notice_test(value, holds, matter);
        }
        if let Some(fact) = self.find_fact(&subject.text, matter) {
            if matches!(self.book.facts[fact].kind, FactKind::Date) {
                self.error("E001", subject.span, format!("`{}` is a date; a guard asks yes or no", subject.text));
                return None;
            }
            let is = self.yes_or_no(value)? == holds;
            return Some(Test::Fact { fact, is });
        }
        if let Some(switch) = self.names.switches.get(&subject.text).copied() {
            let option = self.option(switch, value)?;
            return Some(Test::Switch { switch, option, is: holds });
        }
        if let Some(condition) = self.names.conditions.get(&subject.text).copied() {
            let is = self.yes_or_no(value)? == holds;
            return Some(Test::Condition { condition, is });
        }
        if self.names.tracks.contains_key(&subject.text) {
            let (track, states) = self.states_named(subject, std::slice::from_ref(value), matter)?;
            return Some(Test::State { track, states, is: holds });
        }
        let mut known = self.facts_of(matter, false);
        known.extend(self.names.switches.keys().cloned());
        known.extend(self.names.conditions.keys().cloned());
        known.extend(self.names.tracks.keys().cloned());
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        self.unknown(subject, "fact of this matter, switch, condition or track", &known);
        self.hint_at_declaration(subject);
        None
    }

    fn notice_test(&mut self, value: &Name, holds: bool, matter: Option<usize>) -> Option<Test> {
        let notice = self.notice_kind(value)?;
        let served = self.names.matter_of_notice.get(&notice).copied();
        if served.is_none() || matter.is_some_and(|matter| served != Some(matter)) {
            self.error("E001", value.span, format!("`{}` is no notice of this matter", value.text));
            return None;
        }
        Some(Test::Notice { notice, is: holds })
    }

    /// `TRACK is STATE | STATE` of one matter; `decided` is three states of a remedy.
    pub(super) fn states_named(
        &mut self,
        subject: &Name,
        values: &[Name],
        matter: Option<usize>,
    ) -> Option<(usize, Vec<u8>)> {
        let track = self.track(subject)?;
        if matter.is_some_and(|matter| self.book.tracks[track].matter != matter) {
            self.another_matter(&subject.text, subject.span);
            return None;
        }
        let mut states = Vec::new();
        for value in values {
            if self.book.tracks[track].remedy.is_some() && value.text == "decided" {
                states.extend([Remedy::GRANTED, Remedy::REJECTED, Remedy::FINAL]);
            } else {
                states.push(self.state(track, value)?);
            }
        }
        Some((track, states))
    }

    pub(super) fn yes_or_no(&mut self, value: &Name) -> Option<bool> {
        match value.text.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => {
                self.unknown(value, "answer here", &["yes", "no"]);
                None
            }
        }
    }

    pub(super) fn option(&mut self, switch: usize, value: &Name) -> Option<usize> {
        let options = self.book.switches[switch].options.clone();
        let found = options.iter().position(|option| *option == value.text);
        if found.is_none() {
            let what = format!("option of switch `{}`", self.book.switches[switch].name);
            let known: Vec<&str> = options.iter().map(String::as_str).collect();
            self.unknown(value, &what, &known);
        }
        found
    }
}

fn age(on: Event, picture: &Picture, bounds: &[(Compare, Number)], holds: bool) -> Alternatives {
    let test = |compare: Compare, with: Number| Test::Age { on, compare, with, picture: picture.clone() };
    if holds {
        return vec![bounds.iter().map(|(compare, with)| test(*compare, *with)).collect()];
    }
    bounds.iter().flat_map(|(compare, with)| test(*compare, *with).negations()).map(|test| vec![test]).collect()
}

/// All parts hold: every choice of one alternative a part, cut at [`MAX_ALTERNATIVES`].
pub(super) fn every(parts: Vec<Alternatives>) -> Alternatives {
    let mut product: Alternatives = vec![Vec::new()];
    for part in parts {
        let joined = product.iter().flat_map(|left| part.iter().map(move |right| [left.as_slice(), right].concat()));
        product = joined.take(MAX_ALTERNATIVES).collect();
    }
    product
}

pub(super) fn any(parts: Vec<Alternatives>) -> Alternatives {
    parts.into_iter().flatten().take(MAX_ALTERNATIVES).collect()
}
