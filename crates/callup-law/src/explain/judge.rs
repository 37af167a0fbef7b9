//! A guard on what is known, with three answers: it holds, it does not, or it hangs on something.
//!
//! Used for what the law would do (endings, remedies), where the step function has not been asked.

use crate::calendar::Day;
use crate::explain::Case;
use crate::explain::language::say;
use crate::forks::{Assumption, Fork, Question};
use crate::program::PictureCode;
use crate::roles::Event;
use crate::rulebook::{Compare, FactKind, Guard, Number, Rulebook, Test};

/// What a guard comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Judged {
    Holds,
    Fails,
    /// It hangs on this, in words.
    Open(String),
}

/// A guard of a law in one way of a case.
pub(crate) struct Judge<'c, 'a> {
    pub(crate) case: &'c Case<'a>,
    pub(crate) fork: &'c Fork,
    pub(crate) matter: usize,
    pub(crate) law: usize,
}

impl Judge<'_, '_> {
    fn book(&self) -> &Rulebook {
        self.case.book(self.law)
    }

    /// The guard on what is known.
    pub(crate) fn judge(&self, guard: &Guard) -> Judged {
        let mut open = Vec::new();
        for tests in &guard.0 {
            match self.all(tests) {
                Judged::Holds => return Judged::Holds,
                Judged::Fails => {}
                Judged::Open(what) => open.push(what),
            }
        }
        if open.is_empty() { Judged::Fails } else { Judged::Open(self.case.words.joined("or-if-joint", &open)) }
    }

    fn all(&self, tests: &[Test]) -> Judged {
        let mut open = Vec::new();
        for test in tests {
            match self.test(test) {
                Some(true) => {}
                Some(false) => return Judged::Fails,
                None => open.push(self.words(test)),
            }
        }
        if open.is_empty() { Judged::Holds } else { Judged::Open(self.case.words.joined("and-joint", &open)) }
    }

    fn test(&self, test: &Test) -> Option<bool> {
        match test {
            Test::Notice { notice, is } => Some((self.case.notices[self.matter].kind == *notice) == *is),
            Test::Switch { switch, option, is } => self.switch(*switch).map(|answer| (answer == *option) == *is),
            Test::Condition { condition, is } => {
                let name = self.book().conditions[*condition].name.clone();
                let known = self.case.known.conditions.get(&name).copied();
                known
                    .or_else(|| self.assumed(&Question::Condition { name }).map(|no| no == 0))
                    .map(|holds| holds == *is)
            }
            Test::Fact { fact, is } => self.fact(*fact).map(|holds| holds == *is),
            // In which state it will be then is not known here.
            Test::State { .. } => None,
            // On which day it will be tried is not known here.
            Test::Window { on, window, is } => {
                let day = self.event_day((*on)?)?;
                Some(self.book().windows[*window].holds(day) == *is)
            }
            Test::Age { on, compare, with, .. } => {
                let (day, born) = (self.event_day(*on)?, self.case.known.born?);
                let number = match with {
                    Number::Value(value) => *value,
                    Number::Parameter(parameter) => self.book().parameters[*parameter].on(day)?,
                };
                Some(compares(day.age_of(born), *compare, number))
            }
        }
    }

    /// The option of a switch that was answered or is assumed.
    fn switch(&self, switch: usize) -> Option<usize> {
        let switch = &self.book().switches[switch];
        match self.case.stated.answers.get(&switch.name) {
            Some(answer) => switch.options.iter().position(|option| option == answer),
            None => self.assumed(&Question::Switch { name: switch.name.clone(), options: switch.options.clone() }),
        }
    }

    fn fact(&self, fact: usize) -> Option<bool> {
        let FactKind::Person { role, picture } = &self.book().facts[fact].kind else { return None };
        let picture = PictureCode::from(picture);
        let known = self.case.known.facts.get(&(*role, picture)).copied();
        known.or_else(|| self.assumed(&Question::Fact { fact: *role, picture }).map(|no| no == 0))
    }

    fn assumed(&self, question: &Question) -> Option<usize> {
        let found = self.fork.assumptions.iter().find(|assumption: &&Assumption| assumption.question == *question);
        found.map(|assumption| assumption.alternative)
    }

    fn event_day(&self, event: Event) -> Option<Day> {
        let of_event = |entry: &&crate::holder::Entry| entry.matter == self.matter && entry.what.is_event(event);
        self.fork.history.entries.iter().find(of_event).map(|entry| entry.day)
    }

    fn words(&self, test: &Test) -> String {
        let (book, words) = (self.book(), self.case.words);
        let yes = |is: bool| words.say(if is { "answer-yes" } else { "answer-no" });
        match test {
            Test::Switch { switch, option, is } => {
                let switch = &book.switches[*switch];
                let options = switch.options.iter().enumerate().filter(|(index, _)| (index == option) == *is);
                let topic = words.name(book, &switch.name);
                let said = options.map(|(_, name)| format!("{topic} = {}", words.name(book, name)));
                words.joined("or-joint", &said.collect::<Vec<_>>())
            }
            Test::Condition { condition, is } => {
                let question = Question::Condition { name: book.conditions[*condition].name.clone() };
                format!("{} = {}", words.topic(&[book], &question), yes(*is))
            }
            Test::Fact { fact, is } => {
                let subject = match &book.facts[*fact].kind {
                    FactKind::Person { role, picture } => {
                        let (fact, picture) = (*role, PictureCode::from(picture));
                        words.topic(&[book], &Question::Fact { fact, picture })
                    }
                    FactKind::Date => words.name(book, &book.facts[*fact].name),
                };
                format!("{subject} = {}", yes(*is))
            }
            Test::State { track, states, is } => {
                let track = &book.tracks[*track];
                let said: Vec<String> =
                    states.iter().map(|state| words.state(book, &track.states[usize::from(*state)])).collect();
                let label = if track.label.is_empty() { words.name(book, &track.name) } else { track.label.clone() };
                self.is_or_not(*is, label, words.joined("either-joint", &said))
            }
            Test::Window { on, window, is } => {
                let day = on.map_or_else(
                    || words.say("test-the-day"),
                    |event| say!(words, "test-event-day", event = words.event_clause(event)),
                );
                let id = if *is { "test-window-in" } else { "test-window-out" };
                say!(words, id, day = day, window = words.window(book, *window))
            }
            Test::Age { on, .. } => say!(words, "test-age", event = words.event_clause(*on)),
            Test::Notice { notice, is } => {
                let id = if *is { "test-notice-is" } else { "test-notice-is-not" };
                say!(words, id, notice = words.word("notice", notice.word()))
            }
        }
    }

    fn is_or_not(&self, is: bool, subject: String, value: String) -> String {
        say!(self.case.words, if is { "test-is" } else { "test-is-not" }, subject = subject, value = value)
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
