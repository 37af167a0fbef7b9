//! The worked example of the law language explained, held against its exact text and JSON in `explain/`.
//!
//! Where the first draft of that page was wrong against the semantics or the tone, the files follow the semantics:
//! - It said "You may not leave the country"; the Act is the subject ("The Act bars …"), because an explanation judges nobody.
//! - It told opening on 4 March only; the search finds every day that has the same effect, and appearing before service, which
//!   closes the matter before any ban.
//! - Its lines "it was not opened" and "the office must lift" claimed what neither the facts nor the Act say.
//! - Its case left out the day of birth, on which the first rule depends.

use crate::support::{agrees, folder, holidays, law};
use callup_law::calendar::Day;
use callup_law::explain::{
    Explanation, LawText, StatedFact, StatedFacts, StatedNotice, calendar_file, columns, explain, html, markdown,
    plain, text, why, why_not,
};
use callup_law::roles::{Event, MeasureKind, NoticeKind, PersonFact};
use callup_law::rulebook::Rulebook;
use std::collections::BTreeMap;

/// Stands for the fingerprint of the text, which the caller gives.
const SHA256: &str = "5f1c000000000000000000000000000000000000000000000000000000000000";

fn day(text: &str) -> Day {
    Day::parse(text).expect("a date of the test")
}

fn model_a() -> Rulebook {
    let source = law(&folder("good").join("model_a.law.md"));
    callup_law::compile(&[source]).rulebooks.remove(0)
}

fn notice(events: &[(Event, &str)], appearance_date: &str, learned: &[(MeasureKind, &str)]) -> StatedNotice {
    StatedNotice {
        kind: NoticeKind::DraftNotice,
        dates: BTreeMap::from([("appearance_date".to_string(), day(appearance_date))]),
        events: events.iter().map(|(event, on)| (*event, day(on))).collect(),
        remedies: Vec::new(),
        learned: learned.iter().map(|(kind, on)| (*kind, day(on))).collect(),
    }
}

fn worked_example() -> StatedFacts {
    StatedFacts {
        born: Some(day("2004-05-06")),
        notices: vec![notice(
            &[(Event::Placed, "2026-03-02"), (Event::Appeared, "2026-04-15")],
            "2026-03-20",
            &[(MeasureKind::ExitBan, "2026-03-12"), (MeasureKind::DrivingBan, "2026-04-10")],
        )],
        ..StatedFacts::default()
    }
}

fn explained(book: &Rulebook, facts: &StatedFacts) -> Explanation {
    explain(&[LawText { book, sha256: SHA256 }], facts, day("2026-07-31")).expect("the case can be explained")
}

/// The worked example with something left out or changed.
fn with(change: impl FnOnce(&mut StatedFacts)) -> Explanation {
    let mut facts = worked_example();
    change(&mut facts);
    explained(&model_a(), &facts)
}

fn golden(name: &str, actual: &str) {
    assert!(agrees(&folder("explain").join(name), actual), "{name} differs");
}

#[test]
fn the_worked_example_reads_as_it_should() {
    let explanation = explained(&model_a(), &worked_example());
    golden("model_a.txt", &text(&explanation));
    golden("model_a.plain.txt", &plain(&explanation));
    let one = std::slice::from_ref(&explanation);
    golden("model_a.md", &markdown(one));
    golden("model_a.html", &html(one));
    golden("model_a.ics", &calendar_file(one));
    let json = serde_json::to_string_pretty(&explanation).expect("an explanation can be written") + "\n";
    golden("model_a.json", &json);
}

/// A law of the tests with one notice under it.
fn good(name: &str, kind: NoticeKind, events: &[(Event, &str)], remedies: &[(Event, &str, &str)]) -> Explanation {
    let source = law(&folder("good").join(name));
    let book = callup_law::compile_with(&[source], &holidays()).rulebooks.remove(0);
    let mut told = notice(events, "2022-10-10", &[]);
    told.kind = kind;
    if book.facts.iter().all(|fact| fact.name != "appearance_date") {
        told.dates.clear();
    }
    told.remedies = remedies.iter().map(|(event, on, name)| (*event, day(on), (*name).to_owned())).collect();
    let person = StatedFact { as_it_is: Some(true), ..StatedFact::default() };
    let conditions = book.conditions.iter().map(|condition| (condition.name.clone(), false)).collect();
    let facts = StatedFacts {
        conditions,
        person: BTreeMap::from([(PersonFact::EarnsByDriving, person)]),
        notices: vec![told],
        ..StatedFacts::default()
    };
    explained(&book, &facts)
}

#[test]
fn remedies_one_after_another_say_what_they_suspend() {
    let events = [
        (Event::HandedOver, "2022-10-03"),
        (Event::Appeared, "2022-10-10"),
        (Event::CalledUp, "2022-10-10"),
        (Event::Dispatched, "2022-11-01"),
    ];
    let remedies = [(Event::Filed, "2022-10-20", "claim"), (Event::Rejected, "2022-11-18", "claim")];
    let told = good("ru_paper_2022.law.md", NoticeKind::DraftNotice, &events, &remedies);
    golden("remedies.txt", &text(&told));
}

#[test]
fn a_chain_is_told_step_by_step_and_a_standstill_by_its_days() {
    let events = [
        (Event::HandedOver, "2025-03-03"),
        (Event::Warned, "2025-03-27"),
        (Event::Demanded, "2025-03-31"),
        (Event::PenaltyImposed, "2025-05-02"),
    ];
    let remedies = [
        (Event::Filed, "2025-03-10", "complaint"),
        (Event::Rejected, "2025-03-12", "complaint"),
        (Event::Filed, "2025-05-05", "hardship"),
        (Event::Rejected, "2025-05-20", "hardship"),
    ];
    golden("chain.txt", &text(&good("model_chain.law.md", NoticeKind::DraftNotice, &events, &remedies)));
}

#[test]
fn why_quotes_the_words_of_each_link_and_why_not_says_what_was_lacking() {
    let explanation = explained(&model_a(), &worked_example());
    golden("model_a.why.txt", &why(&explanation, MeasureKind::DrivingBan));
    let early = with(|facts| {
        facts.notices[0].events = vec![(Event::Placed, day("2026-03-02")), (Event::Appeared, day("2026-04-09"))]
    });
    golden(
        "model_a.why_not.txt",
        &(why_not(&early, MeasureKind::DrivingBan) + &why_not(&early, MeasureKind::AssetFreeze)),
    );
    assert!(early.measures.iter().all(|measure| measure.kind != MeasureKind::DrivingBan));
}

#[test]
fn what_is_not_said_forks_and_is_never_guessed() {
    let explanation = with(|facts| {
        facts.born = None;
        facts.notices[0].learned.clear();
        facts.notices[0].events.pop();
    });
    golden("model_a.unknown.txt", &text(&explanation));
    assert!(explanation.measures.iter().all(|measure| !measure.depends_on.is_empty()));
}

#[test]
fn two_notices_and_a_void_one_stand_apart() {
    let explanation = with(|facts| {
        facts.notices.push(notice(&[(Event::Placed, "2026-03-05"), (Event::Opened, "2026-03-06")], "2026-03-25", &[]));
        facts.notices.push(notice(&[(Event::Placed, "2026-03-05")], "2026-04-25", &[]));
    });
    golden("model_a.notices.txt", &text(&explanation));
}

#[test]
fn two_laws_stand_side_by_side() {
    let act = model_a();
    let mut source = law(&folder("good").join("model_a.law.md"));
    source.text = source
        .text
        .replace("7 days after placed, once", "10 days after placed, once")
        .replace("law model_a", "law model_b");
    let other = callup_law::compile(&[source]).rulebooks.remove(0);
    let both = [explained(&act, &worked_example()), explained(&other, &worked_example())];
    golden("model_a.columns.txt", &columns(&both));
    golden("model_a.both.ics", &calendar_file(&both));
}

#[test]
fn a_name_that_the_law_does_not_know_is_an_error() {
    let mut facts = worked_example();
    facts.answers.insert("chalenge_suspends".to_string(), "yes".to_string());
    facts.notices[0].dates.insert("apperance_date".to_string(), day("2026-03-20"));
    let errors =
        explain(&[LawText { book: &model_a(), sha256: SHA256 }], &facts, day("2026-07-31")).expect_err("misspelt");
    let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["the law has no switch `chalenge_suspends`", "the law has no date `apperance_date`"]);
}

#[test]
fn a_calendar_file_keeps_the_rules_of_its_format_and_says_nothing_that_was_typed() {
    let file = calendar_file(&[explained(&model_a(), &worked_example())]);
    assert!(file.lines().all(|line| line.len() <= 75) && file.matches('\n').count() == file.matches("\r\n").count());
    assert_eq!(file.matches("BEGIN:VEVENT").count(), file.matches("END:VEVENT").count());
    let unfolded = file.replace("\r\n ", "");
    let uids: Vec<&str> = unfolded.lines().filter_map(|line| line.strip_prefix("UID:")).collect();
    let distinct: std::collections::BTreeSet<&&str> = uids.iter().collect();
    assert_eq!((uids.len(), distinct.len()), (unfolded.matches("BEGIN:VEVENT").count(), uids.len()));
    // The days that were typed: placed, learned, appeared, born.
    for typed in ["20260302", "20260312", "20260415", "2004", " 2 Mar", "12 Mar", "20 Mar", "15 Apr"] {
        assert!(!unfolded.contains(typed), "{typed}: {unfolded}");
    }
}
