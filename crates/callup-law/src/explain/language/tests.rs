//! The catalogues hold the same messages with the same arguments, every one of them is used, and every word of the vocabulary has one.

use super::*;
use crate::explain::translated::MADE;
use crate::explain::words;
use crate::roles::{Event, MeasureKind, NoticeKind, PersonFact};
use std::collections::{BTreeMap, BTreeSet};

/// The sources of explanations, in which every message is named.
const SOURCES: [&str; 18] = [
    include_str!("../../explain.rs"),
    include_str!("../changes.rs"),
    include_str!("../columns.rs"),
    include_str!("../ground.rs"),
    include_str!("../hints.rs"),
    include_str!("../interview.rs"),
    include_str!("../judge.rs"),
    include_str!("../limits.rs"),
    include_str!("../merge.rs"),
    include_str!("../open.rs"),
    include_str!("../page.rs"),
    include_str!("../plain.rs"),
    include_str!("../statements.rs"),
    include_str!("../text.rs"),
    include_str!("../timeline.rs"),
    include_str!("../translated.rs"),
    include_str!("../why.rs"),
    include_str!("../words.rs"),
];

/// Every message of a language with the names of its arguments.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in language.messages().lines().filter(|line| !line.starts_with('#')) {
        if let Some((id, _)) = line.split_once(" = ").filter(|_| !line.starts_with(' ')) {
            current = id.to_owned();
            assert!(found.insert(current.clone(), BTreeSet::new()).is_none(), "{language:?} has {id} twice");
        }
        for part in line.split('$').skip(1) {
            let end = part.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(part.len());
            found.entry(current.clone()).or_default().insert(part[..end].to_owned());
        }
    }
    found
}

#[test]
fn every_message_stands_in_every_language_with_the_same_arguments() {
    // Dates and plurals are put together as a language wants; what each may use is the same for all.
    let free = |id: &str| id.starts_with("date-") || matches!(id, "suspended-event" | "counted-rolled");
    let english = messages(Language::English);
    assert!(english.len() > 400, "{} messages", english.len());
    for language in [Language::Russian, Language::Ukrainian] {
        let other = messages(language);
        assert_eq!(english.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{language:?}");
        for (id, arguments) in english.iter().filter(|(id, _)| !free(id)) {
            let differing = !id.starts_with("it-") && !id.starts_with("length") && *arguments != other[id];
            assert!(!differing, "{language:?}: {id} takes {:?} and not {arguments:?}", other[id]);
        }
    }
}

#[test]
fn every_message_is_used() {
    let families = [
        "month-",
        "weekday-",
        "length-",
        "event-past-",
        "event-clause-",
        "act-",
        "barred-",
        "measure-",
        "notice-",
        "person-",
        "name-",
    ];
    for id in messages(Language::English).keys() {
        let is_of_family = families.iter().any(|family| id.starts_with(family));
        let named = format!("\"{id}\"");
        assert!(is_of_family || SOURCES.iter().any(|source| source.contains(&named)), "{id} is used nowhere");
    }
}

#[test]
fn every_message_that_is_named_stands_in_the_catalogue() {
    let known = messages(Language::English);
    let mut named = 0;
    for source in SOURCES {
        for call in ["say!(", ".say(\"", "say!(words, \""] {
            for part in source.split(call).skip(1) {
                let Some(id) = part.trim_start_matches(|letter: char| letter != '"').strip_prefix('"') else {
                    continue;
                };
                let id = id.split('"').next().unwrap_or_default();
                let is_id = part.find('"').is_none_or(|at| at < 40) && id.contains('-') && !id.contains(' ');
                if call == ".say(\"" || !is_id {
                    continue;
                }
                named += 1;
                assert!(known.contains_key(id), "`{id}` is in no catalogue");
            }
        }
        for part in source.split(".say(\"").skip(1) {
            let id = part.split('"').next().unwrap_or_default();
            named += 1;
            assert!(known.contains_key(id), "`{id}` is in no catalogue");
        }
    }
    assert!(named > 100, "{named}");
}

#[test]
fn every_word_of_the_vocabulary_has_its_words_in_every_language() {
    for words in Language::ALL.map(Words) {
        for event in Event::ALL {
            assert!(words.has(&id_of("event-past", event.word())) && words.has(&id_of("event-clause", event.word())));
        }
        assert!(MeasureKind::ALL.iter().all(|kind| words.has(&id_of("measure", kind.word()))));
        assert!(NoticeKind::ALL.iter().all(|kind| words.has(&id_of("notice", kind.word()))));
        assert!(PersonFact::ALL.iter().all(|fact| words.has(&id_of("person", fact.word()))));
        assert!(MADE.iter().all(|(_, id)| words.has(id)));
    }
}

#[test]
fn plurals_and_months_follow_the_language() {
    use crate::calendar::{Day, Period, Unit};
    let said = |language, count| Words(language).length(Period::new(count, Unit::Days));
    let days = |language| [1, 2, 5, 11, 21, 22, 25].map(|count| said(language, count)).join(", ");
    assert_eq!(days(Language::Russian), "1 день, 2 дня, 5 дней, 11 дней, 21 день, 22 дня, 25 дней");
    assert_eq!(days(Language::Ukrainian), "1 день, 2 дні, 5 днів, 11 днів, 21 день, 22 дні, 25 днів");
    assert_eq!(days(Language::English), "1 day, 2 days, 5 days, 11 days, 21 days, 22 days, 25 days");
    let day = Day::parse("2026-03-10").expect("a day");
    assert_eq!(Words(Language::Russian).long_date(day), "10 марта 2026 г. (вторник)");
    assert_eq!(Words(Language::Ukrainian).long_date(day), "10 березня 2026 р. (вівторок)");
    assert_eq!(Words(Language::Russian).row_date(day), "вт 10.03.2026");
    assert_eq!(words::capital("явка"), "Явка");
}
