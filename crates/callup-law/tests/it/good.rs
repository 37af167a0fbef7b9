//! Laws without a finding.

use crate::support::laws;
use callup_law::diagnostic::render;

#[test]
fn good_laws_compile_without_an_error() {
    let sources = laws("good");
    assert!(!sources.is_empty());
    for source in sources {
        let sources = [source];
        let compiled = callup_law::compile(&sources);
        let errors: Vec<_> =
            compiled.diagnostics.iter().filter(|finding| finding.code.starts_with('E')).cloned().collect();
        assert!(errors.is_empty(), "{}", render(&errors, &sources));
        assert_eq!(compiled.rulebooks.len(), 1);
    }
}
