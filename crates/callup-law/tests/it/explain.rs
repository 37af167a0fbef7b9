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
    Explanation, Language, LawText, StatedFact, StatedFacts, StatedNotice, calendar_file, columns, explain, explain_in,
    html, markdown, plain, text, why, why_not,
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

/// What is stated under a law of the tests: one notice, and all that its guards ask.
fn stated(name: &str, events: &[(Event, &str)], remedies: &[(Event, &str, &str)]) -> StatedFacts {
    let source = law(&folder("good").join(name));
    let book = callup_law::compile_with(&[source], &holidays()).rulebooks.remove(0);
    let mut told = notice(events, "2022-10-10", &[]);
    if book.facts.iter().all(|fact| fact.name != "appearance_date") {
        told.dates.clear();
    }
    told.remedies = remedies.iter().map(|(event, on, name)| (*event, day(on), (*name).to_owned())).collect();
    let person = StatedFact { as_it_is: Some(true), ..StatedFact::default() };
    StatedFacts {
        conditions: book.conditions.iter().map(|condition| (condition.name.clone(), false)).collect(),
        person: BTreeMap::from([(PersonFact::EarnsByDriving, person)]),
        notices: vec![told],
        ..StatedFacts::default()
    }
}

/// A law of the tests with these facts.
fn good(name: &str, facts: &StatedFacts) -> Explanation {
    let source = law(&folder("good").join(name));
    explained(&callup_law::compile_with(&[source], &holidays()).rulebooks.remove(0), facts)
}

fn called_up_and_suspended() -> StatedFacts {
    let events = [
        (Event::HandedOver, "2022-10-03"),
        (Event::Appeared, "2022-10-10"),
        (Event::CalledUp, "2022-10-10"),
        (Event::Dispatched, "2022-11-01"),
    ];
    let remedies = [(Event::Filed, "2022-10-20", "claim"), (Event::Rejected, "2022-11-18", "claim")];
    stated("ru_paper_2022.law.md", &events, &remedies)
}

fn pressed_by_steps() -> StatedFacts {
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
    stated("model_chain.law.md", &events, &remedies)
}

#[test]
fn remedies_one_after_another_say_what_they_suspend() {
    golden("remedies.txt", &text(&good("ru_paper_2022.law.md", &called_up_and_suspended())));
}

#[test]
fn a_chain_is_told_step_by_step_and_a_standstill_by_its_days() {
    golden("chain.txt", &text(&good("model_chain.law.md", &pressed_by_steps())));
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

/// Labels of the laws of these tests with their Russian and Ukrainian words, as a law would carry them.
const LABELS: [(&str, &str, &str); 24] = [
    (
        "Model Act on Electronic Call-up",
        "Примерный закон об электронном призыве",
        "Модельний закон про електронний призов",
    ),
    ("a summons is in the register", "повестка находится в реестре", "повістка перебуває в реєстрі"),
    ("the summons counts as served", "повестка считается вручённой", "повістка вважається врученою"),
    ("the summons was opened earlier", "повестка открыта раньше", "повістку відкрито раніше"),
    ("ban on leaving the country", "запрет на выезд", "заборона виїзду"),
    ("the time to appear has run out", "срок явки истёк", "строк явки минув"),
    ("ban on driving", "запрет на управление транспортом", "заборона керування транспортом"),
    ("the person has appeared", "гражданин явился", "громадянин з’явився"),
    (
        "the Act is silent; both readings are argued",
        "закон молчит; отстаиваются оба толкования",
        "закон мовчить; обстоюють обидва тлумачення",
    ),
    ("claim to the court", "иск в суд", "позов до суду"),
    ("complaint to the regional commission", "жалоба в комиссию субъекта", "скарга до регіональної комісії"),
    (
        "service by post, portal or relative",
        "вручение почтой, через портал или родственника",
        "вручення поштою, через портал або родича",
    ),
    (
        "the law gives it no effect, so no rule reacts to it",
        "закон не придаёт ему последствий, поэтому ни одно правило на него не реагирует",
        "закон не надає йому наслідків, тож жодне правило на нього не реагує",
    ),
    ("fine and criminal case", "штраф и уголовное дело", "штраф і кримінальна справа"),
    ("decided case by case by people", "решается людьми в каждом случае", "вирішують люди в кожному випадку"),
    ("twenty days", "двадцать дней", "двадцять днів"),
    ("the pressure", "принуждение", "примус"),
    ("complaint against the warning", "жалоба на предупреждение", "скарга на попередження"),
    ("hardship", "тяжёлое положение", "скрутне становище"),
    ("no driving", "запрет на вождение", "заборона водіння"),
    ("complied", "исполнено", "виконано"),
    ("withdrawn", "отозвано", "відкликано"),
    (
        "Part: paper summons and the challenge of a call-up",
        "Часть: бумажная повестка и обжалование призыва",
        "Частина: паперова повістка й оскарження призову",
    ),
    (
        "Model Act on Chains and Standstills",
        "Примерный закон о цепочках и остановках",
        "Модельний закон про ланцюжки та зупинки",
    ),
];

/// A law of the tests with these words in it.
fn with_words(name: &str) -> Rulebook {
    let mut source = law(&folder("good").join(name));
    for (label, russian, ukrainian) in LABELS {
        let said = format!("\"{label}\"");
        if let Some(at) = source.text.find(&said).filter(|_| !label.is_empty()) {
            source.text.insert_str(at + said.len(), &format!(" ru: \"{russian}\" uk: \"{ukrainian}\""));
        }
    }
    let compiled = callup_law::compile_with(&[source.clone()], &holidays());
    let said = callup_law::diagnostic::render(&compiled.diagnostics, &[source]);
    compiled.rulebooks.into_iter().next().unwrap_or_else(|| panic!("{said}"))
}

/// Words in Latin letters, names of laws and their texts aside.
fn latin_words(said: &str) -> Vec<String> {
    let said = said.replace("\\_", "_");
    let words = said.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_' && letter != '.');
    let is_name = |word: &str| word.contains('_') || word.contains("sha256") || word.starts_with("5f1c");
    let latin = words.filter(|word| word.chars().filter(char::is_ascii_alphabetic).count() >= 2 && !is_name(word));
    latin.map(str::to_owned).collect()
}

#[test]
fn every_language_says_the_same_case_without_a_word_of_another() {
    let worked = (with_words("model_a.law.md"), worked_example());
    let mut unknown = worked_example();
    (unknown.born, unknown.notices[0].events) = (None, vec![(Event::Placed, day("2026-03-02"))]);
    unknown.notices[0].learned.clear();
    let unknown = (with_words("model_a.law.md"), unknown);
    let called_up = (with_words("ru_paper_2022.law.md"), called_up_and_suspended());
    let chain = (with_words("model_chain.law.md"), pressed_by_steps());
    for (name, (book, facts)) in [("model_a", worked), ("unknown", unknown), ("remedies", called_up), ("chain", chain)]
    {
        for language in [Language::Russian, Language::Ukrainian] {
            let laws = [LawText { book: &book, sha256: SHA256 }];
            let explained = explain_in(language, &laws, &facts, day("2026-07-31")).expect("the case can be explained");
            let (page, read) = (text(&explained), plain(&explained));
            let pages = markdown(std::slice::from_ref(&explained));
            for said in [&page, &read, &pages] {
                assert_eq!(latin_words(said), Vec::<String>::new(), "{name} in {language:?}: {said}");
            }
            golden(&format!("{name}.{}.txt", language.code()), &page);
            if name == "model_a" {
                golden(&format!("{name}.{}.plain.txt", language.code()), &read);
                let file = calendar_file(std::slice::from_ref(&explained));
                golden(&format!("{name}.{}.ics", language.code()), &file);
                let said = why(&explained, MeasureKind::DrivingBan) + &why_not(&explained, MeasureKind::AssetFreeze);
                golden(&format!("{name}.{}.why.txt", language.code()), &said);
            }
            // What is not words is the same in every language.
            let english = explained_in_english(&book, &facts);
            let days = |one: &Explanation| one.timeline.iter().map(|line| (line.date, line.kind)).collect::<Vec<_>>();
            assert_eq!(days(&english), days(&explained));
        }
    }
}

fn explained_in_english(book: &Rulebook, facts: &StatedFacts) -> Explanation {
    explain(&[LawText { book, sha256: SHA256 }], facts, day("2026-07-31")).expect("the case can be explained")
}

#[test]
fn a_switch_and_its_options_are_told_in_the_words_that_the_law_gives_them() {
    let mut source = law(&folder("good").join("model_a.law.md"));
    let said = "switch challenge_suspends: yes | no \"";
    assert!(source.text.contains(said));
    let with = "switch challenge_suspends \"effect of a challenge\" ru: \"действие жалобы\": yes \"it suspends\" ru: \"приостанавливает\" \
                | no \"it does not\" \"";
    source.text = source.text.replace(said, with);
    let book = callup_law::compile(&[source]).rulebooks.remove(0);
    let laws = [LawText { book: &book, sha256: SHA256 }];
    let told = |language| {
        let told =
            explain_in(language, &laws, &worked_example(), day("2026-07-31")).expect("the case can be explained");
        let point = told.open_points.into_iter().next().expect("the switch is open");
        let answers: Vec<String> = point.answers.into_iter().map(|answer| answer.answer).collect();
        (point.name, point.topic, answers.join("; "))
    };
    let expected = |topic: &str, answers: &str| ("challenge_suspends".to_owned(), topic.to_owned(), answers.to_owned());
    assert_eq!(told(Language::English), expected("effect of a challenge", "it suspends; it does not"));
    assert_eq!(told(Language::Russian), expected("действие жалобы", "приостанавливает; it does not"));
}

/// Words of the articles that a law cites by another name than a number.
const NAMES_OF_CODES: [&str; 5] = ["KAS", "of", "the", "Civil", "Code"];

#[test]
fn a_shipped_law_is_told_in_russian_and_ukrainian_to_its_last_gap() {
    let source = crate::shipped::shipped().into_iter().find(|source| source.text.contains("\nlaw ru_437fz "));
    let book = callup_law::compile(&[source.expect("it ships")]).rulebooks.remove(0);
    let recorded = StatedFact { as_it_is: Some(true), as_recorded: Some(true), proved: None };
    let events = [(Event::Placed, "2025-10-01"), (Event::Appeared, "2025-11-12")];
    let facts = StatedFacts {
        born: Some(day("2003-05-16")),
        person: BTreeMap::from([(PersonFact::LiableForDraft, recorded)]),
        notices: vec![notice(&events, "2025-10-20", &[(MeasureKind::ExitBan, "2025-10-03")])],
        ..StatedFacts::default()
    };
    for language in [Language::English, Language::Russian, Language::Ukrainian] {
        let laws = [LawText { book: &book, sha256: SHA256 }];
        let told = explain_in(language, &laws, &facts, day("2026-03-01")).expect("the case can be explained");
        let page = text(&told);
        golden(&format!("ru_437fz.{}.txt", language.code()), &page);
        let mut latin = latin_words(&page);
        latin.retain(|word| !NAMES_OF_CODES.contains(&word.as_str()));
        assert!(language == Language::English || latin.is_empty(), "{latin:?}");
    }
}
