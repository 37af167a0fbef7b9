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
