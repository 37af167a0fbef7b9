//! The page is held by the integration tests, which make a whole run; here only what can be said of its fixed parts.

use super::{PARTS, scale_words};

#[test]
fn the_style_asks_nothing_of_the_outside() {
    let style = include_str!("style.css");
    assert!(!style.contains("url(") && !style.contains("@import") && !style.contains("//"));
}

#[test]
fn every_part_has_an_anchor_of_its_own() {
    let mut anchors: Vec<&str> = PARTS.iter().map(|part| part.0).collect();
    anchors.sort_unstable();
    anchors.dedup();
    assert_eq!(anchors.len(), PARTS.len());
}

#[test]
fn a_quick_run_says_for_how_many_one_stands() {
    assert!(scale_words(0.0005).contains("2000 real ones"));
}
