//! Laws without a finding.

use crate::support::{folder, holidays, law, laws};
use callup_law::diagnostic::{Source, render};
use callup_law::document::Document;
use callup_law::rulebook::Cite;

#[test]
fn good_laws_compile_without_an_error() {
    let sources = laws("good");
    assert!(!sources.is_empty());
    for source in sources {
        let sources = [source];
        let compiled = callup_law::compile_with(&sources, &holidays());
        let errors: Vec<_> =
            compiled.diagnostics.iter().filter(|finding| finding.code.starts_with('E')).cloned().collect();
        assert!(errors.is_empty(), "{}", render(&errors, &sources));
        assert_eq!(compiled.rulebooks.len(), 1);
    }
}

#[test]
fn the_worked_example_without_its_moment_prints_what_the_page_shows() {
    let Source { name, text } = law(&folder("good").join("model_a.law.md"));
    let whole = "7 days after placed, once it has run out";
    assert!(text.contains(whole), "the example counts seven days after placement");
    let sources = [Source { name, text: text.replace(whole, "7 days after placed") }];
    let printed = render(&callup_law::compile(&sources).diagnostics, &sources);
    let page = std::fs::read_to_string(folder("../../../../docs").join("law-language.md")).expect("the page is there");
    let finding = printed.split("\n\n").find(|finding| finding.starts_with("error")).expect("the words are missing");
    assert!(
        page.contains(&format!("```\n{}\n```\n", finding.trim_end())),
        "the page shows something else than\n{printed}"
    );
    assert_eq!(printed.matches("error[").count(), 1, "one slip, one error: {printed}");
}

#[test]
fn a_citation_leads_back_to_its_words() {
    let sources = [law(&folder("good").join("model_a.law.md"))];
    let compiled = callup_law::compile(&sources);
    let (book, document) = (&compiled.rulebooks[0], &compiled.documents[0]);
    // Names with a full stop are those of rules that a remedy brings with it.
    for rule in book.rules.iter().filter(|rule| !rule.name.contains('.')) {
        assert_eq!(
            words(document, &rule.cite),
            format!("rule {} ({}) \"{}\"", rule.name, rule.cite.paragraph, rule.label)
        );
        assert_eq!(document.clauses_of(&rule.cite).len(), 2, "a rule has a trigger and a transition");
    }
    let ban = &book.measures[0];
    assert_eq!(words(document, &ban.starts[0].cite), "starts on service.served");
    assert_eq!(
        (ban.starts[0].cite.to_string().as_str(), ban.ends[0].cite.to_string().as_str()),
        ("Article 9(1)", "Article 9(5)")
    );
    let within = book.remedies[0].decide_within.as_ref().expect("the court has a month");
    assert_eq!(words(document, &within.cite), "decide (2) within 1 month of filed");
    assert_eq!(document.clauses_of(&within.cite).len(), 5, "the clauses of the remedy that the line belongs to");
}

fn words<'d>(document: &'d Document, cite: &Cite) -> &'d str {
    document.words(document.span_of(cite).unwrap_or_else(|| panic!("{cite} has no place")))
}
