//! The facts of one case that a person types for `explain`, read into `StatedFacts`.
//!
//! What is left out stays unknown and becomes a fork of the explanation, so only the notices are required. The text is read and
//! forgotten: nothing of it is stored or sent, and no key of it names anybody.

use super::document::{Entry, Value, parse};
use super::take::{Collector, Taker, listed};
use callup_law::calendar::Day;
use callup_law::diagnostic::{Diagnostic, Source, nearest};
use callup_law::explain::{StatedFact, StatedFacts, StatedNotice};
use callup_law::program::Answers;
use callup_law::roles::{Event, MeasureKind, NoticeKind, PersonFact};
use std::collections::{BTreeMap, BTreeSet};

/// Most notices in one case.
pub const NOTICES_MAX: usize = 32;

/// What reading gives: the facts if no finding stands.
#[derive(Clone, Debug)]
pub struct FactsRead {
    /// The facts.
    pub facts: Option<StatedFacts>,
    /// Findings, with the codes of `docs/scenario-format.md`.
    pub findings: Vec<Diagnostic>,
}

/// Reads the facts of a case.
#[must_use]
pub fn read_facts(source: &Source) -> FactsRead {
    let mut findings = Vec::new();
    let Some(tree) = parse(source, 0, &mut findings) else { return FactsRead { facts: None, findings } };
    let sources = [source.clone()];
    let collector = Collector::new(&sources, findings);
    let mut root = Taker::root(&collector, &tree);
    let facts = StatedFacts {
        born: root.optional("born").and_then(|node| root.as_day("born", node)),
        answers: take_answers(&mut root),
        conditions: take_conditions(&mut root),
        person: take_person(&mut root),
        notices: take_notices(&mut root),
    };
    root.finish();
    let findings = collector.finish().0;
    FactsRead { facts: findings.is_empty().then_some(facts), findings }
}

/// A table that may be missing.
fn optional_table<'a>(table: &mut Taker<'a>, key: &'static str) -> Option<Taker<'a>> {
    let node = table.optional(key)?;
    table.as_table(key, node)
}

fn take_answers(root: &mut Taker<'_>) -> Answers {
    let Some(table) = optional_table(root, "answers") else { return Answers::new() };
    let entries = table.free_entries().iter();
    entries.filter_map(|entry| Some((entry.key.clone(), table.as_text(&entry.key, &entry.node)?))).collect()
}

fn take_conditions(root: &mut Taker<'_>) -> BTreeMap<String, bool> {
    let Some(table) = optional_table(root, "conditions") else { return BTreeMap::new() };
    let entries = table.free_entries().iter();
    entries.filter_map(|entry| Some((entry.key.clone(), table.as_truth(&entry.key, &entry.node)?))).collect()
}

/// The role that a key names (`S003` if none does).
fn role_of<T: Copy>(table: &Taker<'_>, entry: &Entry, words: &[(&'static str, T)]) -> Option<T> {
    let found = words.iter().find(|word| word.0 == entry.key).map(|word| word.1);
    if found.is_none() {
        let names = words.iter().map(|word| word.0);
        let help = match nearest(&entry.key, names.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it takes {}", listed(names)),
        };
        let message = format!("`{}` is not a word of the vocabulary", table.path_of(&entry.key));
        table.collector().add("S003", entry.key_span, message, vec![help]);
    }
    found
}

/// `fact = true` speaks of the truth alone; a table tells the pictures apart.
fn take_person(root: &mut Taker<'_>) -> BTreeMap<PersonFact, StatedFact> {
    let Some(table) = optional_table(root, "person") else { return BTreeMap::new() };
    let words: Vec<(&'static str, PersonFact)> = PersonFact::ALL.iter().map(|fact| (fact.word(), *fact)).collect();
    let mut person = BTreeMap::new();
    for entry in table.free_entries() {
        let Some(fact) = role_of(&table, entry, &words) else { continue };
        let stated = if matches!(entry.node.value, Value::Table(_)) {
            let Some(mut pictures) = table.as_table(&entry.key, &entry.node) else { continue };
            let mut picture = |key| pictures.optional(key).and_then(|node| pictures.as_truth(key, node));
            let stated = StatedFact {
                as_it_is: picture("as_it_is"),
                as_recorded: picture("as_recorded"),
                proved: picture("proved"),
            };
            pictures.finish();
            stated
        } else {
            StatedFact { as_it_is: table.as_truth(&entry.key, &entry.node), ..StatedFact::default() }
        };
        person.insert(fact, stated);
    }
    person
}

fn take_notices(root: &mut Taker<'_>) -> Vec<StatedNotice> {
    let Some(tables) = root.tables("notice") else { return Vec::new() };
    let span = root.collector().place("notice");
    if tables.is_empty() || tables.len() > NOTICES_MAX {
        let message = format!("a case has 1 to {NOTICES_MAX} notices, not {}", tables.len());
        root.collector().add("S007", span, message, Vec::new());
        return Vec::new();
    }
    tables.into_iter().filter_map(take_notice).collect()
}

fn take_notice(mut table: Taker<'_>) -> Option<StatedNotice> {
    let kinds: Vec<(&'static str, NoticeKind)> = NoticeKind::ALL.iter().map(|kind| (kind.word(), *kind)).collect();
    let kind = table.word("kind", &kinds);
    let dates = optional_table(&mut table, "dates").map_or_else(BTreeMap::new, |dates| {
        let entries = dates.free_entries().iter();
        entries.filter_map(|entry| Some((entry.key.clone(), dates.as_day(&entry.key, &entry.node)?))).collect()
    });
    let events = optional_table(&mut table, "events").map_or_else(Vec::new, |events| take_events(&events));
    let remedies = take_remedies(&mut table);
    let learned = take_learned(&mut table);
    table.finish();
    Some(StatedNotice { kind: kind?, dates, events, remedies, learned })
}

/// Events by their word, each with a day or a list of days.
fn take_events(events: &Taker<'_>) -> Vec<(Event, Day)> {
    let words: Vec<(&'static str, Event)> = Event::ALL.iter().map(|event| (event.word(), *event)).collect();
    let mut stated = Vec::new();
    for entry in events.free_entries() {
        let Some(event) = role_of(events, entry, &words) else { continue };
        let days =
            if let Value::List(days) = &entry.node.value { days.as_slice() } else { std::slice::from_ref(&entry.node) };
        stated.extend(days.iter().filter_map(|day| Some((event, events.as_day(&entry.key, day)?))));
    }
    stated
}

/// What was done about each remedy: its name in the law, with events as above.
fn take_remedies(table: &mut Taker<'_>) -> Vec<(Event, Day, String)> {
    let Some(remedies) = optional_table(table, "remedies") else { return Vec::new() };
    let mut stated = Vec::new();
    for entry in remedies.free_entries() {
        let Some(events) = remedies.as_table(&entry.key, &entry.node) else { continue };
        stated.extend(take_events(&events).into_iter().map(|(event, day)| (event, day, entry.key.clone())));
    }
    stated
}

fn take_learned(table: &mut Taker<'_>) -> BTreeMap<MeasureKind, Day> {
    let Some(learned) = optional_table(table, "learned") else { return BTreeMap::new() };
    let words: Vec<(&'static str, MeasureKind)> = MeasureKind::ALL.iter().map(|kind| (kind.word(), *kind)).collect();
    let entries = learned.free_entries().iter();
    entries
        .filter_map(|entry| {
            let kind = role_of(&learned, entry, &words)?;
            Some((kind, learned.as_day(&entry.key, &entry.node)?))
        })
        .collect()
}

/// The facts as a text that reads back the same, for a person who wants to keep what he typed.
#[must_use]
pub fn facts_text(facts: &StatedFacts) -> String {
    let mut out = facts.born.map_or_else(String::new, |born| format!("born = {born}\n"));
    let table = |out: &mut String, name: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            out.push_str(&format!("[{name}]\n{}\n", lines.join("\n")));
        }
    };
    table(&mut out, "answers", facts.answers.iter().map(|(name, answer)| format!("{name} = \"{answer}\"")).collect());
    table(&mut out, "conditions", facts.conditions.iter().map(|(name, is)| format!("{name} = {is}")).collect());
    for (fact, stated) in &facts.person {
        let pictures = [("as_it_is", stated.as_it_is), ("as_recorded", stated.as_recorded), ("proved", stated.proved)];
        let said = pictures.iter().filter_map(|(picture, is)| Some(format!("{picture} = {}", (*is)?)));
        table(&mut out, &format!("person.{}", fact.word()), said.collect());
    }
    for notice in &facts.notices {
        out.push_str(&format!("[[notice]]\nkind = \"{}\"\n", notice.kind.word()));
        let day = |(name, day): (&str, &Day)| format!("{name} = {day}");
        let dates = notice.dates.iter().map(|(name, on)| day((name.as_str(), on)));
        table(&mut out, "notice.dates", dates.collect());
        table(&mut out, "notice.events", event_lines(notice.events.iter().copied()));
        let names: BTreeSet<&String> = notice.remedies.iter().map(|(_, _, name)| name).collect();
        for name in names {
            let of_name = notice.remedies.iter().filter(|(_, _, other)| other == name);
            table(&mut out, &format!("notice.remedies.{name}"), event_lines(of_name.map(|one| (one.0, one.1))));
        }
        let learned = notice.learned.iter().map(|(kind, on)| day((kind.word(), on)));
        table(&mut out, "notice.learned", learned.collect());
    }
    out
}

/// One line an event, with all its days.
fn event_lines(events: impl Iterator<Item = (Event, Day)>) -> Vec<String> {
    let mut days: BTreeMap<Event, Vec<String>> = BTreeMap::new();
    for (event, day) in events {
        days.entry(event).or_default().push(day.to_string());
    }
    let line = |(event, days): (&Event, &Vec<String>)| match days.as_slice() {
        [one] => format!("{} = {one}", event.word()),
        several => format!("{} = [{}]", event.word(), several.join(", ")),
    };
    days.iter().map(line).collect()
}

#[cfg(test)]
mod tests;
