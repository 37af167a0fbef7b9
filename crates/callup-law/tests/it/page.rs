//! `docs/law-language.md` says what the code does: its forms are those that findings quote, its vocabulary is that of `roles.rs`.

use crate::support::{agrees, folder};
use callup_law::parse::forms;
use callup_law::roles::{Event, MeasureKind, Milestone, NoticeKind, PersonFact};

const INTRODUCTION: &str = "## 6. The vocabulary of roles

Closed: the world knows no other word. The order of the events is the order within phase 2. The one date of a notice is `appearance_date`.
This section is written from `roles.rs`; a test holds it to that file.
";

fn page() -> (std::path::PathBuf, String) {
    let path = folder("../../../../docs").join("law-language.md");
    let text = std::fs::read_to_string(&path).expect("the page is there");
    (path, text)
}

/// One vocabulary as a table.
fn table<T: Copy>(title: &str, all: &[T], word: fn(T) -> &'static str, meaning: fn(T) -> &'static str) -> String {
    let rows: String = all.iter().map(|role| format!("| `{}` | {} |\n", word(*role), meaning(*role))).collect();
    format!("\n### {title}\n\n| word | meaning |\n|---|---|\n{rows}")
}

#[test]
fn the_vocabulary_of_the_page_is_that_of_the_code() {
    let (path, text) = page();
    let before = text.split("## 6. ").next().expect("the first part");
    let tables = [
        table("Events", Event::ALL, Event::word, Event::meaning),
        table("Kinds of notice", NoticeKind::ALL, NoticeKind::word, NoticeKind::meaning),
        table("Milestones", Milestone::ALL, Milestone::word, Milestone::meaning),
        table("Kinds of measure", MeasureKind::ALL, MeasureKind::word, MeasureKind::meaning),
        table("Facts about a person", PersonFact::ALL, PersonFact::word, PersonFact::meaning),
    ];
    assert!(agrees(&path, &format!("{before}{INTRODUCTION}{}", tables.concat())));
}

#[test]
fn every_form_that_findings_quote_stands_on_the_page() {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let page = plain(&page().1);
    let missing: Vec<&str> = forms::all().filter(|form| !page.contains(&plain(form))).collect();
    assert!(missing.is_empty(), "not on the page: {missing:#?}");
}
