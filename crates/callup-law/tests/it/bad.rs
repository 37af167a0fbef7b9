//! Broken laws, each with all its findings as printed: `bad/NAME.law.md` and `bad/NAME.stderr`.

use crate::support::{agrees, folder, laws};
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

/// What reading and resolving raise. Each needs a broken law that shows it.
const READING: &[&str] = &[
    "E001", "E002", "E003", "E004", "E005", "E006", "E007", "E008", "E009", "E010", "E011", "E043", "E044", "E045",
    "E050", "E051", "E052", "E053", "E083",
];

#[test]
fn every_code_of_reading_has_a_broken_law() {
    let printed: Vec<String> = laws("bad")
        .into_iter()
        .map(|source| {
            std::fs::read_to_string(folder("bad").join(source.name.replace(".law.md", ".stderr"))).unwrap_or_default()
        })
        .collect();
    for code in READING {
        assert!(printed.iter().any(|text| text.contains(&format!("error[{code}]: "))), "no broken law shows {code}");
    }
}
