//! No text makes the reader panic, and what it says always points into the text.

use crate::support::laws;
use callup_law::diagnostic::{Diagnostic, Severity, Source, render};
use proptest::prelude::*;
use std::sync::LazyLock;

/// What is worked into a text: pieces of the grammar in wrong places, brackets, quotes, wide and hidden characters.
const PIECES: &[&str] = &[
    "(",
    ")",
    "(1)",
    "((((((",
    "\"",
    ":",
    ";",
    ",",
    ".",
    "|",
    "->",
    "<=",
    "=",
    "#",
    "\n",
    "\n  ",
    "\n\t",
    "\r\n",
    "```",
    "```law\n",
    "\n~~~\n",
    ">",
    "> (1) ",
    "## Article 9. ",
    "# ",
    "§ 1",
    " if ",
    " not ",
    " and ",
    " or ",
    "age on the day of ",
    "2026-02-30",
    "9999-99-99",
    "0",
    "99999999999",
    "law x \"\"",
    "in force from ",
    "matter draft_notice:\n",
    "  track a: b, c\n",
    "rule x (1) \"\":\n",
    "measure exit_ban (1) \"\":\n",
    "ends never",
    "within 3 months of ",
    "case \"\":\n",
    "expect ",
    "both lifted by ",
    "replaces ",
    "switch ",
    "param x = 1 ",
    "é",
    "召",
    "\u{202e}",
    "\u{feff}",
    "\u{0}",
    "\u{301}",
    " is ",
    " as recorded",
];

static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let sources = laws("good").into_iter().chain(laws("bad"));
    sources.map(|source| source.text).collect()
});

/// One change: where (in thousandths of the text), how many characters go, which piece comes, and whether they are moved to the end.
type Change = (usize, usize, usize, bool);

fn apply(text: &str, change: Change) -> String {
    let (place, length, piece, moved) = change;
    let letters: Vec<char> = text.chars().collect();
    let start = letters.len() * place / 1000;
    let end = (start + length).min(letters.len());
    let cut: String = letters[start..end].iter().collect();
    let head: String = letters[..start].iter().collect();
    let tail: String = letters[end..].iter().collect();
    let piece = PIECES[piece % PIECES.len()];
    if moved { format!("{head}{piece}{tail}{cut}") } else { format!("{head}{piece}{tail}") }
}

/// Compiles a text and holds the findings to what every finding promises.
fn check(text: String) -> Result<(), TestCaseError> {
    let sources = [Source { name: "changed".to_owned(), text }];
    let compiled = callup_law::compile(&sources);
    let text = &sources[0].text;
    for finding in &compiled.diagnostics {
        let Diagnostic { span, message, .. } = finding;
        prop_assert!(
            text.get(span.start as usize..span.end as usize).is_some(),
            "{finding:?} points outside or into a character"
        );
        prop_assert!(!message.is_empty() && !message.contains('\n') && !message.ends_with('.'));
    }
    let broken = compiled.diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    prop_assert_eq!(compiled.rulebooks.len(), usize::from(!broken), "a rulebook without an error, none with one");
    prop_assert_eq!(render(&compiled.diagnostics, &sources).is_empty(), compiled.diagnostics.is_empty());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_laws_are_read_without_a_panic(
        law in 0_usize..1000,
        changes in prop::collection::vec((0_usize..1000, 0_usize..40, 0_usize..1000, any::<bool>()), 1..12),
    ) {
        let text = TEXTS[law % TEXTS.len()].clone();
        check(changes.into_iter().fold(text, |text, change| apply(&text, change)))?;
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,200}", pieces in prop::collection::vec(0_usize..1000, 0..60)) {
        let middle: String = pieces.iter().map(|piece| PIECES[piece % PIECES.len()]).collect();
        check(format!("# T\n## Article 1. A\n```law\n{middle}{text}{middle}"))?;
    }
}

#[test]
fn the_beginnings_of_a_law_are_read() {
    let model =
        TEXTS.iter().find(|text| text.contains("law model_a")).expect("the worked example is among the good laws");
    // Every fifth character: cuts fall into every kind of word, and the test stays short.
    for (end, _) in model.char_indices().step_by(5) {
        check(model[..end].to_owned()).unwrap_or_else(|error| panic!("cut at {end}: {error}"));
    }
}

#[test]
fn texts_without_measure_are_refused_or_read_quickly() {
    let law = |body: String| format!("# T\n## Article 1. A\n```law\n{body}\n```\n");
    let texts = [
        "x".repeat(callup_law::parse::MAX_BYTES + 1),
        law("(".repeat(900_000)),
        law(format!("rule a \"b\":\n  when placed if {}", "(".repeat(900_000))),
        law(format!("rule a \"b\":\n  when placed if {}", "not ".repeat(200_000))),
        law(format!("matter draft_notice:\n  track a: {}", "b, ".repeat(300_000))),
        law("gap \"a\" because \"b\"\n".repeat(45_000)),
        law(format!("rule a \"b\":\n  when placed\n  {}: a -> b", "name".repeat(200_000))),
        "> (".repeat(300_000),
        format!("## Article 1.\n> {}", "(".repeat(900_000)),
        format!("## Article 1.\n> {}", "seven days, ".repeat(80_000)),
        "# T\n".repeat(250_000),
        (0..50_000).map(|number| format!("## Article {number}.\n")).collect(),
        law(format!("switch a: {}b", (0..100_000).map(|number| format!("q{number} | ")).collect::<String>())),
        format!(
            "## Article 1.\n{}",
            (0..60_000).map(|mark| format!("> ({}.{})\n", mark % 1000, mark / 1000)).collect::<String>()
        ),
    ];
    for text in texts {
        let sources = [Source { name: "large".to_owned(), text }];
        let compiled = callup_law::compile(&sources);
        assert!(compiled.rulebooks.is_empty());
        assert!(!compiled.diagnostics.is_empty());
    }
}
