//! Facts of a case as typed, whole and broken.

use super::{FactsRead, read_facts};
use callup_law::calendar::Day;
use callup_law::diagnostic::{Source, render};
use callup_law::explain::StatedFact;
use callup_law::roles::{Event, MeasureKind, NoticeKind, PersonFact};

fn told(text: &str) -> (FactsRead, String) {
    let source = Source { name: "my-case.toml".to_owned(), text: text.to_owned() };
    let read = read_facts(&source);
    let shown = render(&read.findings, &[source]);
    (read, shown)
}

fn day(text: &str) -> Day {
    Day::try_from(text.to_owned()).expect("a date of the test")
}

const CASE: &str = r#"
born = 2001-05-16

[answers]
post_refusal = "not_served"

[conditions]
register_works = true

[person]
is_student = true
liable_for_draft = { as_it_is = false, as_recorded = true }

[[notice]]
kind = "draft_notice"
dates = { appearance_date = 2023-05-20 }
learned = { exit_ban = 2023-05-12 }

[notice.events]
placed = 2023-05-02
appeared = [2023-06-10, 2023-06-20]

[[notice]]
kind = "data_check_notice"
"#;

#[test]
fn a_case_is_read_as_it_was_typed() {
    let (read, shown) = told(CASE);
    let facts = read.facts.unwrap_or_else(|| panic!("{shown}"));
    assert_eq!(facts.born, Some(day("2001-05-16")));
    assert_eq!((facts.answers["post_refusal"].as_str(), facts.conditions["register_works"]), ("not_served", true));
    let truth_alone = StatedFact { as_it_is: Some(true), as_recorded: None, proved: None };
    assert_eq!(facts.person[&PersonFact::Student], truth_alone, "what the register says was not stated");
    let apart = StatedFact { as_it_is: Some(false), as_recorded: Some(true), proved: None };
    assert_eq!(facts.person[&PersonFact::LiableForDraft], apart);
    assert_eq!(facts.notices.len(), 2);
    let notice = &facts.notices[0];
    assert_eq!(notice.kind, NoticeKind::DraftNotice);
    assert_eq!(notice.dates["appearance_date"], day("2023-05-20"));
    assert_eq!(notice.learned[&MeasureKind::ExitBan], day("2023-05-12"));
    let mut events = notice.events.clone();
    events.sort();
    let appeared = Event::Appeared;
    assert_eq!(
        events,
        [(Event::Placed, day("2023-05-02")), (appeared, day("2023-06-10")), (appeared, day("2023-06-20"))]
    );
}

#[test]
fn every_slip_is_told_at_once() {
    let text = CASE
        .replace("placed =", "plced =")
        .replace("is_student = true", "is_student = \"yes\"")
        .replace("exit_ban = 2023-05-12", "exit_ban = 2023-02-30")
        .replace("kind = \"data_check_notice\"", "kind = \"data_check\"")
        .replace("born = 2001-05-16", "born = 2001-05-16\nname = \"N. N.\"");
    let (read, shown) = told(&text);
    assert!(read.facts.is_none());
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("findings");
    settings.bind(|| insta::assert_snapshot!("every_slip_is_told_at_once", shown));
}

#[test]
fn a_case_without_a_notice_is_none() {
    assert!(told("born = 2001-05-16\n").1.starts_with("error[S004]: `notice` is missing"));
    assert!(told("notice = []\n").1.starts_with("error[S007]: a case has 1 to 32 notices, not 0"));
}

#[test]
fn what_is_written_reads_back_the_same() {
    let facts = told(CASE).0.facts.expect("the case is whole");
    let text = super::facts_text(&facts);
    let (read, shown) = told(&text);
    assert_eq!(read.facts, Some(facts), "{shown}\n{text}");
}
