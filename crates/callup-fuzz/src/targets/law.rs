//! Law texts: compiled with all checks, written as JSON and read back, bound, their cases run, and a case explained under them.

use super::assert_sound;
use crate::pack;
use callup::input::laws::{LawFile, LawText};
use callup_law::calendar::Day;
use callup_law::check;
use callup_law::compile;
use callup_law::diagnostic::{Severity, Source};
use callup_law::explain::{self, StatedFact, StatedFacts, StatedNotice};
use callup_law::program::{Answers, Horizon, Program};
use callup_law::roles::{Event, MeasureKind, NoticeKind, PersonFact};
use callup_law::rulebook::{FactKind, Rulebook};
use callup_law::schema::{rulebook_from_json, rulebook_to_json};
use callup_naive::random_law::Stream;
use std::collections::BTreeMap;

/// Any text as a law, or several as laws that are read together.
pub fn law(data: &[u8]) {
    let Some(mut sources) = pack::texts(data) else { return };
    if sources.len() > 1 && sources[0].text.is_empty() {
        sources.remove(0);
    }
    let compiled = compile(&sources);
    assert_sound(&compiled.diagnostics, &sources);
    let again = compile(&sources);
    assert_eq!(compiled.diagnostics, again.diagnostics, "the same text, the same findings");
    assert_eq!(compiled.rulebooks, again.rulebooks, "the same text, the same law");
    let broken = compiled.diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    assert_eq!(compiled.rulebooks.len() == sources.len(), !broken, "a law without an error, none with one");
    assert_sound(&check::check_set(&compiled.rulebooks, &sources), &sources);
    for source in &sources {
        as_lint_does(source);
    }
    for book in &compiled.rulebooks {
        use_book(book, data);
    }
}

fn as_lint_does(source: &Source) {
    let text = LawText::of(source.clone(), LawFile::OfData(source.name.clone()), &[]);
    let outline = callup_law::outline(source, &[]);
    assert!(text.book.is_none() || text.book == outline, "a law says the same, checked or not");
    let checked = text.checked();
    assert_sound(&checked.findings, std::slice::from_ref(source));
    let cases = callup_law::cases::findings(&text.run_cases(), source, 0);
    assert_sound(&cases, std::slice::from_ref(source));
}

/// Everything that is done with a compiled law.
pub(super) fn use_book(book: &Rulebook, data: &[u8]) {
    let json = Source { name: "law.json".to_owned(), text: rulebook_to_json(book) };
    match rulebook_from_json(&json) {
        Ok(read) => assert_eq!(read, *book, "a law comes back from its JSON form"),
        Err(findings) => panic!("a law does not come back from its JSON form: {findings:?}"),
    }
    for coverage in check::coverage(book) {
        assert!(coverage.missing.len() <= coverage.paragraphs.len(), "{coverage}");
    }
    bind(book);
    let mut stream = Stream(data.iter().fold(7, |sum, byte| sum * 31 % 1_000_003 + u64::from(*byte)));
    explain(&[book], &mut stream);
}

/// Binds to every kind of notice, with the first and with the last option of each switch.
fn bind(book: &Rulebook) {
    let first = |options: &[String]| options.first().cloned();
    let last = |options: &[String]| options.last().cloned();
    for pick in [first, last] {
        let answers: Answers =
            book.switches.iter().filter_map(|switch| Some((switch.name.clone(), pick(&switch.options)?))).collect();
        let horizon = Horizon { origin: book.in_force_from, days: 800 };
        for &notice in NoticeKind::ALL {
            let _ = Program::bind(book, notice, &answers, horizon);
        }
    }
}

/// Explains a case that was made for these laws, in every form.
pub(super) fn explain(books: &[&Rulebook], stream: &mut Stream) {
    let facts = case(books, stream);
    let until = near(books[0].in_force_from, stream, 900);
    explain_stated(books, &facts, until);
}

/// Explains what is stated, in every form.
pub(super) fn explain_stated(books: &[&Rulebook], facts: &StatedFacts, until: Day) {
    let laws: Vec<explain::LawText<'_>> = books.iter().map(|book| explain::LawText { book, sha256: "0000" }).collect();
    match explain::explain(&laws, facts, until) {
        Ok(explanation) => {
            let again = explain::explain(&laws, facts, until).expect("it could be explained");
            assert_eq!(explanation, again, "the same case, the same explanation");
            assert!(!explain::text(&explanation).is_empty() && !explain::plain(&explanation).is_empty());
            let other = explain::explain_briefly(explain::Language::Ukrainian, &laws, facts, until);
            let other = other.expect("what can be told in one language can be told in another");
            assert_eq!(explain::text(&other).is_empty(), explain::plain(&other).is_empty());
            let _ = explain::columns(&[explanation.clone(), again]);
            for &kind in MeasureKind::ALL {
                let _ = (explain::why(&explanation, kind), explain::why_not(&explanation, kind));
            }
            serde_json::to_string(&explanation).expect("an explanation is plain data");
        }
        Err(errors) => assert!(errors.iter().all(|error| !error.to_string().is_empty()), "an error without words"),
    }
}

fn case(books: &[&Rulebook], stream: &mut Stream) -> StatedFacts {
    let start = books[0].in_force_from;
    let kinds: Vec<NoticeKind> = books[0].matters.iter().flat_map(|matter| matter.notices.clone()).collect();
    let kinds = if kinds.is_empty() { NoticeKind::ALL.to_vec() } else { kinds };
    let mut facts = StatedFacts {
        born: stream.one_in(2).then(|| Day(start.0 - 10_000 + stream.below(5_000) as i32)),
        ..StatedFacts::default()
    };
    for book in books {
        for switch in &book.switches {
            if !switch.options.is_empty() && !stream.one_in(3) {
                let option = switch.options[stream.below(switch.options.len())].clone();
                facts.answers.insert(switch.name.clone(), option);
            }
        }
        for condition in &book.conditions {
            if !stream.one_in(3) {
                facts.conditions.insert(condition.name.clone(), stream.one_in(2));
            }
        }
    }
    for &fact in PersonFact::ALL {
        let mut say = || if stream.one_in(2) { Some(stream.one_in(2)) } else { None };
        let stated = StatedFact { as_it_is: say(), as_recorded: say(), proved: say() };
        facts.person.insert(fact, stated);
    }
    facts.notices = (0..1 + stream.below(3)).map(|_| notice(books[0], &kinds, stream)).collect();
    facts
}

fn notice(book: &Rulebook, kinds: &[NoticeKind], stream: &mut Stream) -> StatedNotice {
    let issued = near(book.in_force_from, stream, 300);
    let mut events = vec![(Event::Issued, issued)];
    for _ in 0..stream.below(6) {
        events.push((stream.pick(Event::ALL), near(issued, stream, 90)));
    }
    let dates = book.facts.iter().filter(|fact| matches!(fact.kind, FactKind::Date));
    let dates = dates.map(|fact| (fact.name.clone(), near(issued, stream, 60))).collect();
    let acts: Vec<Event> = Event::ALL.iter().copied().filter(|event| event.is_of_remedies()).collect();
    let mut remedies = Vec::new();
    for remedy in &book.remedies {
        let days = (0..stream.below(4)).map(|_| (stream.pick(&acts), near(issued, stream, 90), remedy.name.clone()));
        remedies.extend(days);
    }
    StatedNotice {
        kind: stream.pick(kinds),
        dates: if stream.one_in(3) { BTreeMap::new() } else { dates },
        events,
        remedies,
        learned: [(stream.pick(MeasureKind::ALL), near(issued, stream, 90))].into_iter().collect(),
    }
}

/// A day soon after another, now and then the first or the last of all days.
fn near(day: Day, stream: &mut Stream, within: usize) -> Day {
    match stream.below(40) {
        0 => Day::MIN,
        1 => Day::MAX,
        _ => Day(day.plus_days(stream.below(within) as i32).0.clamp(Day::MIN.0, Day::MAX.0)),
    }
}
