//! Published figures: read, and held against numbers that are made up.

use super::assert_sound;
use crate::shipped::REGIONS;
use callup::input::scenario::RegionsOf;
use callup::input::validation::{Lived, read_validation};
use callup_law::calendar::Day;
use callup_law::diagnostic::Source;

/// A run whose every number is the same, where it has one.
struct Same(f64);

impl Lived for Same {
    fn flow(&self, column: &str, _region: Option<&str>, from: Day, until: Day) -> Option<f64> {
        assert!(from <= until, "sums run forward");
        column.contains('s').then_some(self.0)
    }

    fn told(
        &self,
        name: &str,
        _group: Option<&str>,
        _region: Option<&str>,
        (from, until): (Day, Day),
        _share: bool,
    ) -> Option<f64> {
        assert!(from <= until, "weeks run forward");
        name.contains('s').then_some(self.0)
    }

    fn length(&self, name: &str, _group: Option<&str>, _region: Option<&str>, _statistic: &str) -> Option<f64> {
        name.contains('s').then_some(self.0)
    }
}

/// The shipped regions of one country.
#[derive(Debug)]
struct Shipped;

impl RegionsOf for Shipped {
    fn regions_of(&self, country: &str) -> Option<Vec<String>> {
        (country == "ru").then(|| REGIONS.clone())
    }
}

/// Any text as a file of published figures.
pub fn validation(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let source = Source { name: "figures.toml".to_owned(), text: text.to_owned() };
    let read = read_validation(&source, &Shipped);
    assert_sound(&read.findings, std::slice::from_ref(&source));
    let again = read_validation(&source, &Shipped);
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
            let held = figure.held(&Same(sum));
            if let Some(held) = held {
                assert!(held.model_low <= held.model && held.model <= held.model_high, "{held:?}");
                let _ = figure.meets((held.model_low, held.model_high));
            }
        }
    }
}
