//! The checks on rulebooks built by hand: what needs no text. Broken laws as documents are in `tests/it/bad`.

use super::{Finding, check, check_pair, check_set, codes, findings, paragraphs};
use crate::calendar::Day;
use crate::roles::{Event, MeasureKind, Milestone, NoticeKind};
use crate::rulebook::*;

pub(super) fn cite(line: u32, article: &str, paragraph: &str) -> Cite {
    Cite { article: article.into(), paragraph: paragraph.into(), file: "test.law.md".into(), line, column: 1 }
}

fn always() -> Guard {
    Guard(vec![Vec::new()])
}

/// The worked example of the language page without its remedy: placed, served by fiction or by opening, an exit ban until appearance.
pub(super) fn model() -> Rulebook {
    let service = ["none", "placed", "served", "closed"];
    let states = service.iter().map(|name| State {
        name: (*name).to_owned(),
        label: String::new(),
        milestone: Milestone::from_word(name),
        is_final: *name == "closed",
    });
    let rules = vec![
        rule("placement", Trigger::Event(Event::Placed), &[0], 1),
        rule("deemed", after(7, Anchor::Event(Event::Placed), None), &[1], 2),
        rule("opened", Trigger::Event(Event::Opened), &[1], 2),
        rule("appearance", Trigger::Event(Event::Appeared), &[1, 2], 3),
    ];
    Rulebook {
        format_version: FORMAT_VERSION,
        id: "model".into(),
        title: "Model".into(),
        in_force_from: Day::from_ymd(2025, 1, 1).expect("a real date"),
        in_force_until: None,
        replaces: None,
        articles: Vec::new(),
        counting: Counting {
            days: Some(DayCounting { start: Start::NextDay, roll: None, cite: cite(1, "Article 2", "1") }),
            months: None,

            ..Counting::default()
        },
        parameters: Vec::new(),
        switches: Vec::new(),
        conditions: Vec::new(),
        windows: Vec::new(),
        combined: Vec::new(),
        matters: vec![Matter {
            notices: vec![NoticeKind::DraftNotice],
            tracks: vec![0],
            cite: cite(2, "Article 6", ""),
        }],
        tracks: vec![Track {
            name: "service".into(),
            label: String::new(),
            matter: 0,
            states: states.collect(),
            remedy: None,
            cite: cite(3, "Article 6", ""),
        }],
        facts: Vec::new(),
        notices: Vec::new(),
        rules,
        measures: vec![Measure {
            name: "exit_ban".into(),
            label: String::new(),
            kind: MeasureKind::ExitBan,
            starts: vec![MeasureStart { track: 0, state: 2, guard: always(), cite: cite(20, "Article 9", "1") }],
            ends: vec![MeasureEnd {
                on: EndTrigger::Event(Event::Appeared),
                within: None,
                in_any_matter: false,
                guard: always(),
                cite: cite(21, "Article 9", "5"),
            }],
            ends_never: None,
            cite: cite(20, "Article 9", "1"),
        }],
        remedies: Vec::new(),
        tollings: Vec::new(),
        no_remedies: vec![NoRemedy { against: vec![0], label: String::new(), cite: cite(30, "Article 12", "1") }],
        duties: Vec::new(),
        powers: Vec::new(),
        gaps: Vec::new(),
        waivers: Vec::new(),
        cases: Vec::new(),
        translations: Vec::new(),
    }
}

pub(super) fn rule(name: &str, trigger: Trigger, from: &[u8], to: u8) -> Rule {
    let line = 10 + u32::from(to);
    Rule {
        name: name.into(),
        label: String::new(),
        trigger,
        guard: always(),
        track: 0,
        from: from.to_vec(),
        to,
        cite: cite(line, "Article 6", "1"),
    }
}

pub(super) fn after(days: u16, after: Anchor, already_over: Option<AlreadyOver>) -> Trigger {
    Trigger::Period { period: Period::new(days, Unit::Days), after, moment: Moment::OnceItHasRunOut, already_over }
}

fn codes_of(book: &Rulebook) -> Vec<&'static str> {
    let mut found: Vec<&str> = findings(book, true).iter().map(|finding| finding.code).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn only(book: &Rulebook, code: &str) -> Finding {
    let found: Vec<Finding> = findings(book, true).into_iter().filter(|finding| finding.code == code).collect();
    assert_eq!(found.len(), 1, "{code} once, in {:?}", findings(book, true));
    found.into_iter().next().expect("one finding")
}

#[test]
fn the_model_has_only_the_fiction_of_service() {
    assert_eq!(codes_of(&model()), ["W074"]);
    let finding = only(&model(), "W074");
    assert_eq!(
        finding.help[..2],
        [
            "Wed  1 Jan 2025  the notice was placed in the register: service is placed  Art. 6(1)",
            "Thu  9 Jan 2025  deemed, 7 days after 1 Jan: service is served, the exit ban begins  Art. 6(1), 9(1)"
        ]
    );
}

#[test]
fn a_lifting_state_out_of_reach_is_found() {
    let mut book = model();
    book.measures[0].ends[0].on = EndTrigger::Entry { track: 0, state: 1 };
    assert!(only(&book, "E031").help[0].contains("service.served"), "{:?}", findings(&book, true));
}

#[test]
fn a_measure_that_outlives_its_matter_is_found() {
    let mut book = model();
    book.rules.push(rule("season_over", Trigger::Event(Event::SeasonEnded), &[2], 3));
    assert_eq!(only(&book, "W036").subjects, ["exit_ban"]);
}

#[test]
fn a_waiver_holds_in_its_article_only_and_an_idle_one_is_named() {
    let mut book = model();
    let waiver = |article: &str| Waiver {
        code: "W074".into(),
        because: "the fiction is the point".into(),
        date: Day(0),
        cite: cite(40, article, ""),
    };
    book.waivers = vec![waiver("Article 9"), waiver("Article 12")];
    let checked = check(&book, &[]);
    assert_eq!(checked.waived.len(), 1);
    assert_eq!(checked.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["W003"]);
    assert_eq!(checked.findings[0].heading.as_deref(), Some("Article 12"));
}

#[test]
fn references_out_of_range_are_a_finding_and_no_panic() {
    let spoil: [fn(&mut Rulebook); 8] = [
        |book| book.rules[0].to = 99,
        |book| book.rules[0].track = 7,
        |book| book.tracks[0].states.clear(),
        |book| book.matters[0].tracks = vec![3],
        |book| book.measures[0].starts[0].state = 200,
        |book| book.rules[1].trigger = after(3, Anchor::Fact(4), None),
        |book| book.rules[0].guard = Guard(vec![vec![Test::Switch { switch: 2, option: 0, is: true }]]),
        |book| book.no_remedies[0].against = vec![5],
    ];
    for (index, spoil) in spoil.into_iter().enumerate() {
        let mut book = model();
        spoil(&mut book);
        assert_eq!(codes_of(&book), ["E098"], "spoilt in way {index}");
    }
}

#[test]
fn a_matter_with_too_many_states_is_said_to_be_too_large() {
    let mut book = model();
    for extra in 1..12 {
        let mut track = book.tracks[0].clone();
        track.name = format!("track_{extra}");
        book.tracks.push(track);
        book.matters[0].tracks.push(extra);
        for rule in 0..4 {
            let mut copy = book.rules[rule].clone();
            copy.track = extra;
            // One event a track, so that every mixture of states is reached.
            if let Trigger::Event(event) = &mut copy.trigger {
                *event = Event::ALL[(extra * 2 + rule) % Event::ALL.len()];
            }
            book.rules.push(copy);
        }
    }
    let found = findings(&book, true);
    assert!(found.iter().any(|finding| finding.code == "E099"), "{found:?}");
    assert!(
        found.iter().all(|finding| finding.code != "E020"),
        "nothing is said to be unreached where nothing was searched"
    );
}

#[test]
fn codes_are_unique_in_order_and_bear_their_severity() {
    let numbers: Vec<(&str, &str)> =
        codes::CODES.iter().map(|code| code.code.split_at(1)).map(|(a, b)| (b, a)).collect();
    assert!(numbers.is_sorted_by(|one, other| one < other), "{numbers:?}");
    for code in codes::CODES {
        let letter = format!("{:?}", code.severity).to_uppercase();
        assert_eq!(code.code[..1], letter[..1]);
    }
}

fn replacing(pending: Pending) -> Rulebook {
    let mut book = model();
    let from = Day::from_ymd(2026, 1, 1).expect("a real date");
    book.id = "newer".into();
    book.in_force_from = from;
    book.replaces = Some(Replaces { id: "model".into(), from, pending, cite: cite(5, "Article 1", "") });
    book.tracks[0].states[2].name = "notified".into();
    book
}

#[test]
fn a_pending_matter_needs_its_state_in_the_new_law() {
    let found = check_pair(&model(), &replacing(Pending::New), &[]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].code, "E082");
    assert!(found[0].message.ends_with("it lacks the state `service.served`"), "{}", found[0].message);
    assert_eq!(check_pair(&model(), &replacing(Pending::Old), &[]), []);
}

#[test]
fn versions_of_one_law_do_not_overlap() {
    let (first, mut second) = (model(), model());
    second.in_force_from = first.in_force_from.plus_days(365);
    let codes = |books: &[Rulebook]| check_set(books, &[]).iter().map(|found| found.code).collect::<Vec<_>>();
    assert_eq!(codes(&[first.clone(), second.clone()]), ["E080"]);
    let mut ended = first;
    ended.in_force_until = Some(second.in_force_from.plus_days(-1));
    assert_eq!(codes(&[ended.clone(), second.clone()]), Vec::<&str>::new());
    ended.in_force_until = Some(second.in_force_from);
    assert_eq!(codes(&[ended, second]), ["E080"], "the last day counts");
}

#[test]
fn paragraph_marks_stand_at_the_beginning_of_a_sentence() {
    let text = "(1) Within fourteen (14) days. (2) See paragraph (1); (2.1) the rest.".to_owned();
    let article = Article {
        number: "Article 1".into(),
        heading: "Article 1".into(),
        quotes: vec![Quote { text, paraphrase: false }],
        source: String::new(),
        confidence: String::new(),
        line: 1,
    };
    let names: Vec<String> = paragraphs(&article).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["1", "2", "2.1"]);
}

#[test]
fn a_conflict_hides_in_the_years_of_one_value_of_a_parameter() {
    // Below 27 until 2025 and below 30 from 2026, against `at least 28`: both apply at 28 from 2026 only.
    let mut book = model();
    let year = |year| Day::from_ymd(year, 1, 1).expect("a real date");
    book.parameters.push(Parameter {
        name: "upper_age".into(),
        label: String::new(),
        values: vec![
            DatedNumber { value: 27, from: None, until: Some(year(2026).plus_days(-1)) },
            DatedNumber { value: 30, from: Some(year(2026)), until: None },
        ],
        cite: cite(4, "Article 6", "1"),
    });
    let age =
        |compare, with| Guard(vec![vec![Test::Age { on: Event::Placed, compare, with, picture: Picture::AsRecorded }]]);
    book.rules[3].guard = age(Compare::Less, Number::Parameter(0));
    let mut other = rule("too_old", Trigger::Event(Event::Appeared), &[2], 1);
    other.guard = age(Compare::GreaterOrEqual, Number::Value(28));
    book.rules.push(other);
    let finding = only(&book, "E040");
    assert!(finding.help[0].contains("age 28 on the day of placed as recorded"), "{finding:?}");
    book.parameters[0].values[1].value = 28;
    assert!(!codes_of(&book).contains(&"E040"));
}

#[test]
fn rules_beyond_all_bounds_are_refused_before_they_are_compared() {
    let mut book = model();
    let state = book.tracks[0].states[1].clone();
    book.tracks[0].states.extend(std::iter::repeat_n(state, 200));
    let everywhere: Vec<u8> = (0..200).collect();
    for copy in 0..1_000 {
        let mut rule = rule("copy", after(1 + copy, Anchor::Event(Event::Placed), None), &everywhere, 1);
        rule.guard = Guard(vec![vec![Test::Notice { notice: NoticeKind::DraftNotice, is: true }]; 100]);
        book.rules.push(rule);
    }
    assert_eq!(codes_of(&book), ["E099"]);
}
