//! Published figures: read, and held against sums that are made up.

use super::assert_sound;
use callup::input::validation::read_validation;
use callup_law::diagnostic::Source;

/// Any text as a file of published figures.
pub fn validation(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let source = Source { name: "figures.toml".to_owned(), text: text.to_owned() };
    let read = read_validation(&source);
    assert_sound(&read.findings, std::slice::from_ref(&source));
    let again = read_validation(&source);
    assert_eq!(
        (&again.published, &again.findings),
        (&read.published, &read.findings),
        "the same text, the same figures"
    );
    let Some(published) = read.published else {
        assert!(!read.findings.is_empty(), "a refusal has a reason");
        return;
    };
    for figure in &published.figures {
        for sum in [0.0, 1.0, 1e18] {
            let held = figure.held(&|column, _, from, until| {
                assert!(from <= until, "sums run forward");
                column.contains('s').then_some(sum)
            });
            if let Some(held) = held {
                assert!(held.model_low <= held.model && held.model <= held.model_high, "{held:?}");
                let _ = figure.agrees(&held);
            }
        }
    }
}
