//! Broken laws, each with all its findings as printed: `bad/NAME.law.md` and `bad/NAME.stderr`. Laws that are broken only together stand in
//! `bad/pairs`: `NAME.1.law.md`, `NAME.2.law.md` and `NAME.stderr`.

use crate::support::{agrees, folder, laws};
use callup_law::check::check_set;
use callup_law::diagnostic::render;

#[test]
fn broken_laws_print_exactly_their_findings() {
    let sources = laws("bad");
    let mut differing = Vec::new();
    for source in sources {
        let expected = folder("bad").join(source.name.replace(".law.md", ".stderr"));
        let sources = [source];
        let printed = render(&callup_law::compile(&sources).diagnostics, &sources);
        if !agrees(&expected, &printed) {
            differing.push(sources[0].name.clone());
        }
    }
    assert!(differing.is_empty(), "these print something else: {differing:?}");
}

#[test]
fn laws_that_do_not_go_together_print_exactly_their_findings() {
    let mut differing = Vec::new();
    let sources = laws("bad/pairs");
    assert!(!sources.is_empty() && sources.len().is_multiple_of(2), "each pair has two laws");
    for pair in sources.chunks(2) {
        let name = pair[0].name.trim_end_matches(".1.law.md");
        assert_eq!(pair[1].name, format!("{name}.2.law.md"));
        let compiled = callup_law::compile(pair);
        assert_eq!(compiled.rulebooks.len(), 2, "{name}: each law alone has no error");
        let mut findings = compiled.diagnostics;
        findings.extend(check_set(&compiled.rulebooks, pair));
        if !agrees(&folder("bad/pairs").join(format!("{name}.stderr")), &render(&findings, pair)) {
            differing.push(name.to_owned());
        }
    }
    assert!(differing.is_empty(), "these print something else: {differing:?}");
}
