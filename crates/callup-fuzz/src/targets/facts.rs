//! The facts of a case: read, and explained under every shipped law they speak of.

use super::assert_sound;
use super::law::explain_stated;
use crate::shipped::BOOKS;
use callup::input::facts::read_facts;
use callup_law::calendar::Day;
use callup_law::diagnostic::Source;
use callup_law::rulebook::Rulebook;

/// Any text as the facts of a case.
pub fn facts(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let source = Source { name: "case.toml".to_owned(), text: text.to_owned() };
    let read = read_facts(&source);
    assert_sound(&read.findings, std::slice::from_ref(&source));
    assert_eq!(read.facts.is_none(), !read.findings.is_empty(), "facts without a finding, none with one");
    let again = read_facts(&source);
    assert_eq!((&again.facts, &again.findings), (&read.facts, &read.findings), "the same text, the same facts");
    let Some(facts) = read.facts else { return };
    let until = facts.notices.iter().flat_map(|notice| notice.events.iter().map(|event| event.1)).max();
    let until = until.map_or(Day::MAX, |last| last.plus_days(366)).min(Day::MAX);
    let hash = data.iter().fold(0_usize, |sum, byte| (sum * 31 + usize::from(*byte)) % 65_521);
    let (one, other): (&Rulebook, &Rulebook) = (&BOOKS[hash % BOOKS.len()], &BOOKS[hash / 7 % BOOKS.len()]);
    explain_stated(&[one], &facts, until);
    explain_stated(&[one, other], &facts, until);
}
