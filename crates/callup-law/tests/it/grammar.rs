//! The grammar for editors (`editors/syntaxes`) knows the words of the code and no others, and reads a law as the snapshot says.
//!
//! The grammar of law blocks is written here from the sentence forms and the vocabulary. `editors/test/tokenise.mjs` makes the
//! snapshot with the engine that editors use; a reader of twenty lines, enough for a flat grammar, must come to the same here.

use crate::support::{agrees, folder};
use callup_law::parse::forms;
use callup_law::roles::{Event, MeasureKind, Milestone, NoticeKind, PersonFact};
use fancy_regex::Regex;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;

fn editors(name: &str) -> PathBuf {
    folder("../../../../editors").join(name)
}

/// Words for which the forms write `PERIOD`, `GUARD` and `ANCHOR`.
const WORDS: &[&str] = &[
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "working",
    "the",
    "later",
    "earlier",
    "end",
    "hour",
    "hours",
    "day",
    "days",
    "month",
    "months",
    "year",
    "years",
    "and",
    "or",
    "not",
    "yes",
    "no",
    "knowledge",
];

/// The lower-case words of the sentence forms, quoted parts aside.
fn keywords() -> BTreeSet<String> {
    let forms = forms::all().chain([forms::IS, forms::ONE_GIVEN, forms::ONE_EXPECTED]);
    let mut words: BTreeSet<String> = WORDS.iter().map(|word| (*word).to_owned()).collect();
    for form in forms {
        let unquoted =
            form.split('"').step_by(2).flat_map(|part| part.split(|c: char| !(c.is_alphanumeric() || c == '-')));
        let lower = |word: &&str| word.len() > 1 && word.starts_with(|c: char| c.is_ascii_lowercase());
        words.extend(unquoted.filter(lower).map(str::to_owned));
    }
    words
}

/// One of these words, as a whole word; the longer first, for an engine takes the first that fits.
fn one_of<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let mut words: Vec<&str> = words.into_iter().collect();
    words.sort_by_key(|word| (std::cmp::Reverse(word.len()), *word));
    format!(r"(?<![\w.-])(?:{})(?![\w-])", words.join("|"))
}

fn vocabulary<T: Copy>(scope: &str, all: &[T], word: fn(T) -> &'static str) -> Value {
    rule(scope, &one_of(all.iter().map(|role| word(*role))))
}

fn rule(scope: &str, pattern: &str) -> Value {
    json!({ "name": format!("{scope}.callup-law"), "match": pattern })
}

/// A rule whose groups have scopes of their own, in order.
fn parts(pattern: &str, scopes: &[&str]) -> Value {
    let captures: serde_json::Map<String, Value> = (1..)
        .zip(scopes)
        .map(|(group, scope): (usize, _)| (group.to_string(), json!({ "name": format!("{scope}.callup-law") })))
        .collect();
    json!({ "match": pattern, "captures": captures })
}

/// The words that begin a statement: those that declare a name after them, and the others.
fn heads() -> [Value; 2] {
    let declares =
        |form: &str| form.split_whitespace().nth(1).is_some_and(|next| ["ID", "NAME", "WHO"].contains(&next));
    let words = |named: bool| -> Vec<&str> {
        forms::STATEMENTS.iter().filter(|(_, form)| declares(form) == named).map(|(word, _)| *word).collect()
    };
    let named = format!(r"^({})[ \t]+([a-z][\w-]*)", words(true).join("|"));
    let others = format!(r"^({})(?![\w-])", words(false).join("|"));
    [parts(&named, &["keyword.control", "entity.name.function"]), parts(&others, &["keyword.control"])]
}

/// The grammar of law blocks. Flat: no rule reaches over a line or holds another.
fn grammar() -> Value {
    let keywords = keywords();
    let mut patterns = vec![
        rule("comment.line.number-sign", "#.*$"),
        parts(r#"\b([a-z]{2})(:)[ \t]*(?=")"#, &["storage.modifier.language", "punctuation.separator"]),
        rule("string.quoted.double", r#""[^"]*""#),
        rule("invalid.illegal.unclosed-string", r#""[^"]*$"#),
        rule("constant.numeric.date", r"\b\d{4}-\d{2}-\d{2}\b"),
        rule("constant.other.reference.paragraph", r"\([\w.-]{1,12}\)"),
        rule("constant.other.code", r"\b[EWI]\d{3}\b"),
        rule("constant.language.confidence", r"(?<=confidence )(?:L|R2|R|G|U|fictional)\b"),
    ];
    patterns.extend(heads());
    patterns.extend([
        parts(
            r"(?<![\w.-])([a-z]\w*)(\.)([a-z]\w*)",
            &["variable.other.track", "punctuation.accessor", "constant.other.state"],
        ),
        vocabulary("support.function.event", Event::ALL, Event::word),
        vocabulary("support.type.notice", NoticeKind::ALL, NoticeKind::word),
        vocabulary("support.class.measure", MeasureKind::ALL, MeasureKind::word),
        vocabulary("support.variable.fact", PersonFact::ALL, PersonFact::word),
        rule("keyword.other", &one_of(keywords.iter().map(String::as_str))),
        vocabulary("support.constant.milestone", Milestone::ALL, Milestone::word),
        rule("constant.numeric.integer", r"\b\d+\b"),
        rule("keyword.operator", r"->|<=|>=|[<>=|/]"),
        rule("punctuation.separator", "[:,;()]"),
        rule("variable.other.name", r"[^\W\d][\w-]*"),
    ]);
    json!({
        "$schema": "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
        "comment": "Written from the sentence forms and the vocabulary by crates/callup-law/tests/it/grammar.rs.",
        "name": "callup law",
        "scopeName": "source.callup-law",
        "patterns": patterns,
    })
}

#[test]
fn the_grammar_is_written_from_the_forms_and_the_vocabulary() {
    let text = serde_json::to_string_pretty(&grammar()).expect("a value") + "\n";
    assert!(agrees(&editors("syntaxes/law.tmLanguage.json"), &text), "move the .new file over it, then the snapshot");
}

/// A rule of the grammar, ready to be tried.
struct Rule {
    pattern: Regex,
    name: Option<String>,
    captures: Vec<String>,
}

fn rules() -> Vec<Rule> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let grammar: Value = serde_json::from_str(
        &std::fs::read_to_string(editors("syntaxes/law.tmLanguage.json")).expect("the grammar is there"),
    )
    .expect("JSON");
    let read = |rule: &Value| Rule {
        pattern: Regex::new(&text(&rule["match"])).expect("a pattern"),
        name: rule.get("name").map(text),
        captures: rule["captures"].as_object().map_or_else(Vec::new, |groups| {
            (1..=groups.len()).map(|group| text(&groups[&group.to_string()]["name"])).collect()
        }),
    };
    grammar["patterns"].as_array().expect("a list").iter().map(read).collect()
}

/// The words of a line with their scopes: of all rules the one that fits first, of several there the first in order.
fn tokens(rules: &[Rule], line: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let fits = |rule: &Rule| {
            rule.pattern.captures_from_pos(line, at).expect("a bounded search").map(|c| c.get(0).expect("all").start())
        };
        let Some((start, order)) =
            rules.iter().enumerate().filter_map(|(order, rule)| Some((fits(rule)?, order))).min()
        else {
            return found;
        };
        let rule = &rules[order];
        let captures = rule.pattern.captures_from_pos(line, start).expect("a bounded search").expect("it fitted");
        let whole = captures.get(0).expect("all");
        match &rule.name {
            Some(name) => found.push((whole.as_str().to_owned(), name.clone())),
            None => found.extend(
                rule.captures
                    .iter()
                    .enumerate()
                    .filter_map(|(group, scope)| Some((captures.get(group + 1)?.as_str().to_owned(), scope.clone()))),
            ),
        }
        at = whole.end();
    }
}

/// The lines of the law blocks of a text.
fn law_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .scan(false, |inside, line| {
            let was = *inside;
            *inside = if was { line != "```" } else { line == "```law" };
            Some((was && *inside).then_some(line))
        })
        .flatten()
}

#[test]
fn every_word_that_the_parser_reads_is_a_word_of_the_grammar() {
    let rules = rules();
    let parse = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/parse");
    let literal = Regex::new(r#""[a-z]+(?:-[a-z]+)*""#).expect("a pattern");
    let mut unknown = BTreeSet::new();
    for entry in std::fs::read_dir(parse).expect("the parser") {
        let text = std::fs::read_to_string(entry.expect("an entry").path()).expect("a source text");
        for word in literal.find_iter(&text).map(|found| found.expect("a match").as_str().trim_matches('"')) {
            let read = tokens(&rules, &format!("  {word}"));
            let known = matches!(read.as_slice(), [(whole, scope)] if whole == word && !scope.starts_with("variable.other.name"));
            unknown.extend((!known).then(|| word.to_owned()));
        }
    }
    assert!(unknown.is_empty(), "the parser reads words that the grammar does not know: {unknown:?}");
}

#[test]
fn every_word_of_the_vocabulary_has_its_scope() {
    let rules = rules();
    let words = [
        ("support.function.event", Event::ALL.iter().map(|role| role.word()).collect::<Vec<_>>()),
        ("support.type.notice", NoticeKind::ALL.iter().map(|role| role.word()).collect()),
        ("support.class.measure", MeasureKind::ALL.iter().map(|role| role.word()).collect()),
        ("support.variable.fact", PersonFact::ALL.iter().map(|role| role.word()).collect()),
    ];
    for (scope, word) in words.iter().flat_map(|(scope, words)| words.iter().map(move |word| (scope, word))) {
        let read = tokens(&rules, &format!("  {word}"));
        assert_eq!(read, [((*word).to_owned(), format!("{scope}.callup-law"))]);
    }
}

/// The snapshot has a line a token: `LINE  SCOPE  TEXT`, blanks aside, of the law blocks only.
#[test]
fn the_snapshot_of_the_editors_engine_agrees_with_the_grammar() {
    let rules = rules();
    let text = std::fs::read_to_string(folder("good/model_a.law.md")).expect("the worked example");
    let read: String = law_lines(&text)
        .flat_map(|line| tokens(&rules, line))
        .map(|(words, scope)| format!("{scope}\t{words}\n"))
        .collect();
    assert!(!read.contains("invalid"), "{read}");
    let snapshot = std::fs::read_to_string(editors("test/model_a.tokens")).expect("made by tokenise.mjs");
    assert_eq!(read, snapshot, "make it again: `npm install && npm test -- --write` in editors/test");
}
