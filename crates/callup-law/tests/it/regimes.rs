//! `docs/regimes.md` is written from the laws of the regimes: which sentence form carries which of their rules, and what is a gap.
//!
//! What the laws provide is said by their own cases; that they hold is tested with all others.

use crate::support::{agrees, folder, holidays, law};
use callup_law::rulebook::{Anchor, Cite, Period, Rule, Rulebook, Test, Trigger, Unit};

/// The regimes in order of country and time, each with its law: a small one in `good/`, or one that ships, by its path below `laws/`.
const REGIMES: [(&str, &str); 14] = [
    ("Russia until April 2023, paper", "good/ru_paper_2022.law.md"),
    ("Russia as reported in April 2023", "good/ru_electronic_2023_as_reported.law.md"),
    ("Russia, 127-FZ as enacted", "good/ru_127fz_as_enacted.law.md"),
    ("Russia, 437-FZ with the register", "good/ru_437fz_register.law.md"),
    ("Russia, year-round from 2026", "good/ru_2026_year_round.law.md"),
    ("Ukraine, 3633-IX", "laws/ua/3633-ix/2024-05-18.law.md"),
    ("Estonia, Military Service Act", "laws/ee/kvts/2024-07-01.law.md"),
    ("Singapore, Enlistment Act", "laws/sg/ea/2024-05-01.law.md"),
    ("Lithuania 2022 to 2024, as reported", "laws/lt/i-1593/2022-01-01.law.md"),
    ("Lithuania in 2025", "laws/lt/i-1593/2025-01-01.law.md"),
    ("Lithuania from 2026", "laws/lt/i-1593/2026-01-01.law.md"),
    ("USA, Selective Service", "laws/us/sss/1987-07-01.law.md"),
    ("Kazakhstan, messages", "laws/kz/summons/2025-09-01.law.md"),
    ("Belarus, messages", "laws/by/summons/2024-04-07.law.md"),
];

const INTRODUCTION: &str = "# The regimes in the law language

What the sources give of each regime, and which sentence form of [the law language](law-language.md) carries it; what no form carries is a gap. The cases
of each are run by the tests. For the five of Russia small laws of the tests are taken, in `crates/callup-law/tests/it/good/`, which hold forms that the shipped ones do without; the
other nine are the [laws that ship](../laws/README.md). A test writes this page.

A default that outlives its notice is a fact of the person (`has_defaulted_before`), which the world keeps; no track of a person stands in the language.
";

type Carried = Vec<(&'static str, Vec<String>)>;

fn book(path: &str) -> Rulebook {
    let root = if path.starts_with("laws/") { folder("../../../..") } else { folder("") };
    let source = law(&root.join(path));
    callup_law::compile_with(&[source], &holidays()).rulebooks.remove(0)
}

fn at(what: &str, cite: &Cite) -> String {
    format!("{} ({cite})", what.replace('_', " "))
}

/// The rules that somebody wrote, of those that fit.
fn rules(book: &Rulebook, fits: impl Fn(&Rule) -> bool) -> Vec<String> {
    let written = book.rules.iter().filter(|rule| !rule.name.contains('.') && fits(rule));
    written.map(|rule| at(&rule.label, &rule.cite)).collect()
}

fn period(rule: &Rule) -> Option<(Period, Anchor)> {
    if let Trigger::Period { period, after, .. } = rule.trigger { Some((period, after)) } else { None }
}

fn in_unit(book: &Rulebook, units: &[Unit]) -> Vec<String> {
    rules(book, |rule| period(rule).is_some_and(|(period, after)| units.contains(&period.unit) && is_plain(after)))
}

fn is_plain(anchor: Anchor) -> bool {
    !matches!(anchor, Anchor::Combined(_) | Anchor::WindowStart(_) | Anchor::WindowEnd(_))
}

fn asks(rule: &Rule, wanted: impl Fn(&Test) -> bool) -> bool {
    rule.guard.0.iter().flatten().any(wanted)
}

fn timed(book: &Rulebook) -> Carried {
    let counted_from = |fits: fn(Anchor) -> bool| rules(book, move |rule| period(rule).is_some_and(|(_, of)| fits(of)));
    let ends = book.measures.iter().flat_map(|measure| measure.ends.iter().map(move |end| (measure, end)));
    let ends = ends.filter(|(_, end)| end.within.is_some()).map(|(measure, end)| at(&measure.label, &end.cite));
    vec![
        ("`when EVENT`", rules(book, |rule| matches!(rule.trigger, Trigger::Event(_)))),
        ("`N days … after`", in_unit(book, &[Unit::Days, Unit::Months, Unit::Years])),
        ("`N hours after`", in_unit(book, &[Unit::Hours])),
        ("`N working days after`", in_unit(book, &[Unit::WorkingDays])),
        ("`the later of …`", counted_from(|anchor| matches!(anchor, Anchor::Combined(_)))),
        ("`ends within PERIOD of`", ends.collect()),
    ]
}

fn conditions(book: &Rulebook) -> Carried {
    // What a remedy suspends asks for its track in every rule on it; that is not what the rule says.
    let written = |track: usize| book.tracks[track].remedy.is_none();
    let tracks = |rule: &Rule| asks(rule, |test| matches!(test, Test::State { track, .. } if written(*track)));
    vec![
        ("`notice …: between`", book.notices.iter().map(|bound| at("the date", &bound.cite)).collect()),
        ("`param … from DATE`", book.parameters.iter().map(|one| at(&one.name, &one.cite)).collect()),
        ("`window`", book.windows.iter().map(|one| at(&one.name, &one.cite)).collect()),
        ("`calendar`", book.counting.calendars.iter().map(|one| at(&one.name, &one.cite)).collect()),
        ("`condition`", book.conditions.iter().map(|one| at(&one.label, &one.cite)).collect()),
        ("`switch`", book.switches.iter().map(|one| at(&one.name, &one.cite)).collect()),
        ("`age on the day of`", rules(book, |rule| asks(rule, |test| matches!(test, Test::Age { .. })))),
        ("`FACT is`", rules(book, |rule| asks(rule, |test| matches!(test, Test::Fact { .. })))),
        ("`TRACK is`", rules(book, |rule| tracks(rule))),
    ]
}

fn measures(book: &Rulebook) -> Carried {
    let never = book.measures.iter().filter_map(|one| Some(at(&one.label, one.ends_never.as_ref()?)));
    let chains = book.rules.iter().filter(|rule| rule.name.ends_with(".begun"));
    let chains = chains.map(|rule| at(rule.name.trim_end_matches(".begun"), &rule.cite));
    let tolled = |one: &callup_law::rulebook::Tolling| {
        let names: Vec<&str> = one.rules.iter().map(|rule| book.rules[*rule].name.as_str()).collect();
        at(&names.join(", "), &one.cite)
    };
    vec![
        ("`measure`", book.measures.iter().map(|one| at(&one.label, &one.cite)).collect()),
        ("`ends never`", never.collect()),
        ("`chain`", chains.collect()),
        ("`while …, period … does not run`", book.tollings.iter().map(tolled).collect()),
    ]
}

fn remedies(book: &Rulebook) -> Carried {
    let some = |fits: fn(&callup_law::rulebook::Remedy) -> bool| {
        book.remedies.iter().filter(|one| fits(one)).map(|one| at(&one.name, &one.cite)).collect::<Vec<String>>()
    };
    vec![
        ("`remedy … against MEASURE`", some(|one| !one.against.is_empty())),
        ("`remedy … against decision of`", some(|one| one.decision_of.is_some())),
        ("`only after`", some(|one| one.only_after.is_some())),
        ("`suspends …`", some(|one| one.suspends.is_some())),
        ("`restorable for good cause`", some(|one| one.restorable)),
        ("`no remedy against`", book.no_remedies.iter().map(|one| at("silence", &one.cite)).collect()),
        ("`duty`", book.duties.iter().map(|one| at(&one.what, &one.cite)).collect()),
        ("`power`", book.powers.iter().map(|one| at(&one.what, &one.cite)).collect()),
        ("`gap`", book.gaps.iter().map(|gap| at(&gap.what, &gap.cite)).collect()),
    ]
}

fn carried(book: &Rulebook) -> Carried {
    let parts = [timed(book), conditions(book), measures(book), remedies(book)];
    parts.into_iter().flatten().collect()
}

fn section(title: &str, name: &str, carried: &Carried) -> String {
    let row = |(form, what): &(&str, Vec<String>)| format!("| {form} | {} |\n", what.join("; "));
    let rows: String = carried.iter().filter(|(_, what)| !what.is_empty()).map(row).collect();
    format!("\n## {title}\n\n`{name}`\n\n| form | carries |\n|---|---|\n{rows}")
}

#[test]
fn the_page_of_the_regimes_is_written_from_their_laws() {
    let books: Vec<Rulebook> = REGIMES.iter().map(|(_, name)| book(name)).collect();
    let mut page = INTRODUCTION.to_owned();
    for ((title, name), book) in REGIMES.iter().zip(&books) {
        assert!(!book.cases.is_empty() && !book.gaps.is_empty(), "{name}: every regime has cases, and facts that end");
        page.push_str(&section(title, name, &carried(book)));
    }
    assert!(agrees(&folder("../../../../docs").join("regimes.md"), &page), "move the .new file over it");
}

#[test]
fn every_form_is_carried_by_two_laws_of_the_tests() {
    let others = ["model_chain", "model_a", "ukraine_post", "working_days_lithuania", "windows_sweden"];
    let others = others.map(|name| format!("good/{name}.law.md"));
    let names = REGIMES.iter().map(|(_, name)| (*name).to_owned()).chain(others);
    let all: Vec<Carried> = names.map(|name| carried(&book(&name))).collect();
    let uses = |place: usize| all.iter().filter(|carried| !carried[place].1.is_empty()).count();
    let rare: Vec<&str> =
        all[0].iter().enumerate().filter(|(place, _)| uses(*place) < 2).map(|(_, (form, _))| *form).collect();
    assert!(rare.is_empty(), "used by one law of the tests or none: {rare:?}");
}
