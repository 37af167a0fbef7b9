//! Compiled laws that others wrote as JSON: read strictly, and whatever is let through must be as usable as a law of our own.

use super::assert_sound;
use super::law::use_book;
use callup_law::cases::run_cases;
use callup_law::check;
use callup_law::diagnostic::Source;
use callup_law::schema::rulebook_from_json;

/// Any text as the JSON form of a law.
pub fn rulebook(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let sources = [Source { name: "law.json".to_owned(), text: text.to_owned() }];
    match rulebook_from_json(&sources[0]) {
        Err(findings) => {
            assert!(!findings.is_empty(), "a refusal has a reason");
            assert_sound(&findings, &sources);
        }
        Ok(book) => {
            let checked = check::check(&book, &[]);
            assert_eq!(checked, check::check(&book, &[]), "the same law, the same findings");
            let _ = run_cases(&book);
            use_book(&book, data);
        }
    }
}
