//! What a reader states about one case: the notices, what happened on which day, and what is known of the person.
//!
//! Everything but the notices may be left out; what is left out and asked for becomes a fork, never a guess. Nothing here is stored.

use crate::calendar::Day;
use crate::forks::Known;
use crate::holder::Notice;
use crate::program::{Answers, PictureCode};
use crate::roles::{Event, MeasureKind, NoticeKind, PersonFact};
use crate::rulebook::Rulebook;
use std::collections::BTreeMap;

/// The facts of one case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatedFacts {
    /// Day of birth. The register is taken to have the same.
    pub born: Option<Day>,
    /// Answers to switches, by name; those left out are followed every way.
    pub answers: Answers,
    /// Conditions of the world, by name.
    pub conditions: BTreeMap<String, bool>,
    /// Facts about the person.
    pub person: BTreeMap<PersonFact, StatedFact>,
    /// The notices, at least one, each with what became of it.
    pub notices: Vec<StatedNotice>,
}

/// A fact about the person in each of the pictures that a guard may ask for; unknown where `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatedFact {
    /// The truth.
    pub as_it_is: Option<bool>,
    /// What the register says.
    pub as_recorded: Option<bool>,
    /// Whether it has been shown to the body that asks. What is not so is never shown.
    pub proved: Option<bool>,
}

/// One notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedNotice {
    /// Its kind.
    pub kind: NoticeKind,
    /// Dates given with it, by the name that the law gives them (`appearance_date`).
    pub dates: BTreeMap<String, Day>,
    /// What happened, in any order; an event that happened twice counts from its first day.
    pub events: Vec<(Event, Day)>,
    /// Events that name a remedy of the law.
    pub remedies: Vec<(Event, Day, String)>,
    /// Days on which the person learned of measures: periods to challenge them run from there.
    pub learned: BTreeMap<MeasureKind, Day>,
}

impl StatedFacts {
    pub(crate) fn known(&self) -> Known {
        let mut facts = BTreeMap::new();
        for (fact, stated) in &self.person {
            for (picture, is) in [
                (PictureCode::Truth, stated.as_it_is),
                (PictureCode::Recorded, stated.as_recorded),
                (PictureCode::Proved, stated.proved),
            ] {
                if let Some(is) = is {
                    facts.insert((*fact, picture), is);
                }
            }
        }
        Known { born: self.born, facts, conditions: self.conditions.clone(), conditions_from: BTreeMap::new() }
    }

    pub(crate) fn notices(&self) -> Vec<Notice> {
        let notice = |stated: &StatedNotice| Notice {
            kind: stated.kind,
            dates: stated.dates.clone(),
            events: stated.events.clone(),
            remedies: stated.remedies.clone(),
        };
        self.notices.iter().map(notice).collect()
    }

    /// Names that none of the laws knows: a misspelt answer must not pass in silence.
    pub(crate) fn unknown_names(&self, books: &[&Rulebook]) -> Vec<String> {
        let knows =
            |name: &str, names: fn(&Rulebook) -> Vec<&str>| books.iter().any(|book| names(book).contains(&name));
        let mut unknown = Vec::new();
        unknown.extend(
            self.answers.keys().filter(|name| !knows(name, switch_names)).map(|name| format!("switch `{name}`")),
        );
        let conditions = self.conditions.keys().filter(|name| !knows(name, condition_names));
        unknown.extend(conditions.map(|name| format!("condition `{name}`")));
        let dates = self.notices.iter().flat_map(|notice| notice.dates.keys()).filter(|name| !knows(name, fact_names));
        unknown.extend(dates.map(|name| format!("date `{name}`")));
        let remedies = self.notices.iter().flat_map(|notice| notice.remedies.iter().map(|(_, _, name)| name));
        let remedies = remedies.filter(|name| !knows(name, remedy_names));
        unknown.extend(remedies.map(|name| format!("remedy `{name}`")));
        unknown
    }
}

fn switch_names(book: &Rulebook) -> Vec<&str> {
    book.switches.iter().map(|switch| switch.name.as_str()).collect()
}

fn condition_names(book: &Rulebook) -> Vec<&str> {
    book.conditions.iter().map(|condition| condition.name.as_str()).collect()
}

fn remedy_names(book: &Rulebook) -> Vec<&str> {
    book.remedies.iter().map(|remedy| remedy.name.as_str()).collect()
}

fn fact_names(book: &Rulebook) -> Vec<&str> {
    book.facts.iter().map(|fact| fact.name.as_str()).collect()
}
