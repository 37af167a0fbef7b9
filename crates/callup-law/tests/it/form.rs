//! The compiled form: written, read back, refused when it is another one, and described by the schema of the documentation.

use crate::support::{agrees, folder, law};
use callup_law::diagnostic::{Source, render};
use callup_law::rulebook::Rulebook;
use callup_law::schema::{law_schema, rulebook_from_json, rulebook_to_json};

fn model() -> Rulebook {
    let sources = [law(&folder("good").join("model_a.law.md"))];
    let compiled = callup_law::compile(&sources);
    compiled.rulebooks.into_iter().next().unwrap_or_else(|| panic!("{}", render(&compiled.diagnostics, &sources)))
}

fn json(text: String) -> Source {
    Source { name: "model.json".to_owned(), text }
}

/// The code and message of the only finding.
fn refusal(text: String) -> (&'static str, String) {
    let findings = rulebook_from_json(&json(text)).expect_err("a changed text");
    assert_eq!(findings.len(), 1, "{findings:?}");
    (findings[0].code, findings[0].message.clone())
}

/// The model with one text put in the place of another that it has.
fn changed(from: &str, to: &str) -> String {
    let text = rulebook_to_json(&model());
    assert!(text.contains(from), "the model has `{from}`");
    text.replacen(from, to, 1)
}

#[test]
fn what_was_written_reads_back_the_same() {
    let book = model();
    assert_eq!(rulebook_from_json(&json(rulebook_to_json(&book))), Ok(book));
}

#[test]
fn another_format_version_is_refused_before_anything_else() {
    let text = changed("\"format_version\": 2", "\"unheard_of\": [], \"format_version\": 3");
    assert_eq!(refusal(text), ("E091", "the compiled law has format version 3; this program reads 2".to_owned()));
}

#[test]
fn an_unknown_field_is_refused_with_its_place() {
    let source = json(changed("\"is_final\": true", "\"is_final\": true, \"is_last\": true"));
    let findings = rulebook_from_json(&source).expect_err("a changed text");
    let printed = render(&findings, std::slice::from_ref(&source));
    let line = source.text.lines().position(|line| line.contains("is_last")).expect("the field is there") + 1;
    assert!(printed.starts_with("error[E090]: unknown field `is_last`, expected one of `name`"), "{printed}");
    assert!(printed.contains(&format!("--> model.json:{line}:")), "{printed}");
}

#[test]
fn a_missing_field_and_a_wrong_word_are_refused() {
    assert_eq!(refusal(changed("\"in_any_matter\": false,", "")), ("E090", "missing field `in_any_matter`".to_owned()));
    let (code, message) = refusal(changed("\"unit\": \"hours\"", "\"unit\": \"weeks\""));
    assert_eq!(code, "E090");
    assert!(message.starts_with("unknown variant `weeks`"), "{message}");
    assert_eq!(refusal(changed("\"2025-01-01\"", "\"2025-02-29\"")).0, "E090");
    assert_eq!(refusal("[1, 2".to_owned()).0, "E090");
    assert_eq!(refusal(String::new()).0, "E090");
}

#[test]
fn a_refusal_points_into_the_text() {
    for text in ["", "[1, 2", "{\"format_version\": 1, \"é\": é}", "é", "{\n\"é\"", "{\"format_version\": \"é"] {
        let source = Source { name: "model.json".into(), text: text.to_owned() };
        for finding in rulebook_from_json(&source).expect_err("no law") {
            let place = text.get(finding.span.start as usize..finding.span.end as usize);
            assert!(place.is_some(), "{text:?}: {:?}", finding.span);
        }
    }
}

#[test]
fn an_index_that_points_at_nothing_is_refused() {
    let mut book = model();
    book.rules[0].to = 77;
    assert_eq!(refusal(rulebook_to_json(&book)).0, "E098");
    let mut book = model();
    book.cases[0].answers = vec![(0, 9)];
    assert_eq!(
        refusal(rulebook_to_json(&book)),
        ("E098", "case \"never opened, appears late\": no such option of a switch".to_owned())
    );
}

#[test]
fn the_schema_of_the_documentation_is_that_of_the_code() {
    let mut schema = serde_json::to_string_pretty(&law_schema()).expect("a schema is plain data");
    schema.push('\n');
    let path = folder("../../../../docs").join("law.schema.json");
    assert!(
        agrees(&path, &schema),
        "the form has changed: move the new schema over, and FORMAT_VERSION on if a field changed its meaning"
    );
}
