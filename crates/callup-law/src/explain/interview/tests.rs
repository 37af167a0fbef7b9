//! A case told answer by answer is the case that was meant, in every language; what is not known is asked only where it changes the answer.

use super::*;
use crate::diagnostic::Source;

const MODEL_A: &str = include_str!("../../../tests/it/good/model_a.law.md");

fn compiled(text: String) -> Rulebook {
    crate::compile(&[Source { name: "model_a.law.md".to_owned(), text }]).rulebooks.remove(0)
}

fn model_a() -> Rulebook {
    compiled(MODEL_A.to_owned())
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day of the test")
}

/// Answers every question with the first answer whose key is in the question; what no key fits is unknown.
fn told(language: Language, answers: &[(&str, &str)]) -> (Vec<String>, Option<StatedFacts>, Option<String>) {
    told_under(language, &[&model_a()], answers)
}

/// The same under several laws side by side.
fn told_under(
    language: Language,
    books: &[&Rulebook],
    answers: &[(&str, &str)],
) -> (Vec<String>, Option<StatedFacts>, Option<String>) {
    let laws: Vec<Vec<LawText<'_>>> = books.iter().map(|book| vec![LawText { book, sha256: "0000" }]).collect();
    let mut interview = Interview::new(language, &laws);
    let mut asked = Vec::new();
    while let Some(prompt) = interview.ask() {
        assert!(asked.len() < 40, "{asked:?}");
        let answer = answers.iter().find(|(key, _)| prompt.question.contains(key)).map_or("unknown", |(_, said)| said);
        interview.answer(answer).unwrap_or_else(|help| panic!("{}: {help}", prompt.question));
        asked.push(prompt.question);
    }
    let (facts, note) = interview.finish();
    (asked, facts, note)
}

#[test]
fn the_worked_example_is_asked_for_question_by_question() {
    let answers = [
        ("placed in the register", "2026-03-02"),
        ("you opened", "no"),
        ("ask you to come", "2026-03-20"),
        ("you appeared", "2026-04-15"),
        ("anything else", "no"),
        ("born", "2004-05-06"),
        ("learn of the ban on leaving", "2026-03-12"),
        ("learn of the ban on driving", "2026-04-10"),
    ];
    let (asked, facts, note) = told(Language::English, &answers);
    let facts = facts.expect("something happened");
    let notice = &facts.notices[0];
    assert_eq!(notice.events, [(Event::Placed, day("2026-03-02")), (Event::Appeared, day("2026-04-15"))]);
    assert_eq!(notice.dates["appearance_date"], day("2026-03-20"));
    assert_eq!(notice.learned[&MeasureKind::DrivingBan], day("2026-04-10"));
    assert_eq!((facts.born, note), (Some(day("2004-05-06")), None));
    assert_eq!(asked.len(), 8, "{asked:#?}");
}

#[test]
fn the_same_is_asked_in_russian_and_ukrainian_with_their_dates_and_words() {
    let russian = [("размещена", "02.03.2026"), ("открыли", "нет"), ("На какой день", "20.03.2026"), ("ещё", "нет")];
    let ukrainian = [("розміщено", "02.03.2026"), ("відкрили", "ні"), ("На який день", "20.03.2026"), ("іще", "ні")];
    for (language, answers, unknown) in
        [(Language::Russian, russian, "вы явились"), (Language::Ukrainian, ukrainian, "ви з’явилися")]
    {
        let (_, facts, note) = told(language, &answers);
        let notice = &facts.expect("something happened").notices[0];
        assert_eq!(notice.events, [(Event::Placed, day("2026-03-02"))]);
        assert_eq!(notice.dates["appearance_date"], day("2026-03-20"));
        assert!(note.is_some_and(|note| note.contains(unknown)));
    }
}

#[test]
fn what_is_not_understood_is_asked_again_with_its_help() {
    let book = model_a();
    let laws = [vec![LawText { book: &book, sha256: "0000" }]];
    let mut interview = Interview::new(Language::English, &laws);
    let first = interview.ask();
    for typed in ["", "yesterday", "2026-02-30", "31.02.2026", "yes", "?"] {
        let help = interview.answer(typed).expect_err(typed);
        assert!(help.contains("YYYY-MM-DD"), "{help}");
        assert_eq!(interview.ask(), first);
    }
    interview.answer("2026-03-02").expect("a day");
    interview.ask();
    let far = interview.answer("1926-03-02").expect_err("a hundred years before");
    assert!(far.contains("too far"), "{far}");
}

#[test]
fn nothing_is_asked_that_changes_nothing_and_nothing_happened_is_said() {
    let (asked, facts, note) = told(Language::English, &[("anything else", "no"), ("", "unknown")]);
    assert!(facts.is_none() && note.is_some_and(|note| note.contains("no notice to explain")));
    assert!(!asked.iter().any(|question| question.contains("born") || question.contains("learn")), "{asked:#?}");
}

#[test]
fn what_one_law_needs_to_know_is_asked_whichever_column_it_stands_in() {
    let guard = " if age on the day of placed >= 18 and < 30 as recorded";
    let of_all_ages = MODEL_A.replace(guard, "");
    assert_ne!(of_all_ages, MODEL_A);
    let (of_all_ages, of_some) = (compiled(of_all_ages), model_a());
    let answers = [("placed in the register", "2026-03-02"), ("anything else", "no"), ("", "unknown")];
    let asks = |books: &[&Rulebook]| {
        let (asked, ..) = told_under(Language::English, books, &answers);
        asked.iter().any(|question| question.contains("born"))
    };
    assert!(!asks(&[&of_all_ages]) && asks(&[&of_some]));
    assert!(asks(&[&of_all_ages, &of_some]) && asks(&[&of_some, &of_all_ages]));
}
