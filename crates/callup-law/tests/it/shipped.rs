//! The laws that ship with callup: each compiles, leaves no warning unanswered, and fits those it replaces.
//!
//! What a single law provides is said by its own cases; nothing of that is repeated here.

use crate::support;
use callup_law::check::{check, check_set};
use callup_law::compile_with;
use callup_law::diagnostic::{Severity, Source, render};
use callup_law::rulebook::Rulebook;
use std::path::Path;

/// Every shipped law.
pub fn shipped() -> Vec<Source> {
    support::shipped(".law.md")
}

/// The compiled laws; none may have an error or a warning.
pub fn books(sources: &[Source]) -> Vec<Rulebook> {
    let compiled = compile_with(sources, &support::holidays());
    let grave: Vec<_> = compiled.diagnostics.into_iter().filter(|found| found.severity != Severity::Info).collect();
    assert!(grave.is_empty(), "mend or waive:\n{}", render(&grave, sources));
    compiled.rulebooks
}

#[test]
fn every_shipped_law_compiles_and_answers_every_warning() {
    let sources = shipped();
    assert!(!sources.is_empty(), "no law was found");
    let findings: Vec<_> = books(&sources).iter().flat_map(|book| check(book, &sources).findings).collect();
    let grave: Vec<_> = findings.into_iter().filter(|finding| finding.severity != Severity::Info).collect();
    assert!(grave.is_empty(), "mend or waive:\n{}", render(&grave, &sources));
}

#[test]
fn shipped_laws_fit_those_they_replace() {
    let sources = shipped();
    let books = books(&sources);
    let findings = check_set(&books, &sources);
    assert!(findings.is_empty(), "{}", render(&findings, &sources));
    for book in books.iter().filter(|book| book.replaces.is_some()) {
        let replaces = book.replaces.as_ref().expect("filtered");
        assert!(
            books.iter().any(|old| old.id == replaces.id),
            "{} replaces {}, which does not ship",
            book.id,
            replaces.id
        );
    }
}

#[test]
fn every_shipped_law_has_six_cases_and_a_line_in_the_list() {
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../laws/README.md");
    let list = std::fs::read_to_string(list).expect("the list of the laws");
    for book in books(&shipped()) {
        assert!(book.cases.len() >= 6, "{} has {} cases", book.id, book.cases.len());
        assert!(list.contains(&format!("`{}`", book.id)), "laws/README.md does not name {}", book.id);
        for switch in &book.switches {
            assert!(
                list.contains(&format!("`{}`", switch.name)),
                "laws/README.md does not name the switch {}",
                switch.name
            );
        }
    }
}

/// Laws of countries whose people read Russian or Ukrainian: what `explain` says of them is said in both languages.
const IN_BOTH_LANGUAGES: [&str; 2] = ["ru_", "ua_"];

#[test]
fn laws_of_russia_and_ukraine_say_every_label_in_russian_and_ukrainian() {
    let mut said = 0;
    for book in books(&shipped()).iter().filter(|book| IN_BOTH_LANGUAGES.iter().any(|land| book.id.starts_with(land))) {
        let mut labels: Vec<&str> = vec![&book.title];
        labels.extend(book.switches.iter().map(|switch| switch.why.as_str()));
        labels.extend(book.conditions.iter().map(|condition| condition.label.as_str()));
        labels.extend(book.tracks.iter().flat_map(|track| &track.states).map(|state| state.label.as_str()));
        // The rules of remedies and chains are labelled by the compiler.
        let written = book.rules.iter().filter(|rule| !rule.name.contains('.'));
        labels.extend(written.map(|rule| rule.label.as_str()));
        labels.extend(book.measures.iter().map(|measure| measure.label.as_str()));
        labels.extend(book.remedies.iter().map(|remedy| remedy.label.as_str()));
        let options = book.switches.iter().flat_map(|switch| &switch.options);
        labels.extend(options.filter(|option| !matches!(option.as_str(), "yes" | "no")).map(String::as_str));
        if book.id.starts_with("ru_") {
            labels.extend(book.duties.iter().map(|duty| duty.what.as_str()));
            labels.extend(book.powers.iter().map(|power| power.what.as_str()));
            labels.extend(book.gaps.iter().flat_map(|gap| [gap.what.as_str(), gap.because.as_str()]));
        }
        for label in labels.into_iter().filter(|label| !label.is_empty()) {
            for language in ["ru", "uk"] {
                let has =
                    |words: &callup_law::rulebook::Translation| words.label == label && words.language == language;
                assert!(book.translations.iter().any(has), "{}: \"{label}\" has no words in `{language}`", book.id);
                said += 1;
            }
        }
    }
    assert!(said > 700, "{said} labels");
}
