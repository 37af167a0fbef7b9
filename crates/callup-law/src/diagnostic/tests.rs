//! Lines and columns, suggestions, and excerpts of awkward lines.

use super::{Diagnostic, Lines, Source, Span, nearest, render};

const TEXT: &str = "eins\nзwei\r\n\n\tвier 召\n";

#[test]
fn every_place_leads_back_to_its_byte() {
    let lines = Lines::of(TEXT);
    for (byte, _) in TEXT.char_indices() {
        let (line, column) = lines.position(TEXT, byte as u32);
        assert_eq!(lines.byte(TEXT, line, column), Some(byte as u32), "byte {byte} is {line}:{column}");
    }
    assert_eq!(lines.position(TEXT, 6), (2, 1), "inside a character: the character");
    assert_eq!(lines.position(TEXT, 999), (5, 1), "past the end: the end");
    assert_eq!((lines.byte(TEXT, 0, 1), lines.byte(TEXT, 9, 1), lines.byte(TEXT, 1, 0)), (None, None, None));
}

#[test]
fn only_slips_are_suggested() {
    let words = ["placed", "placed_in_account", "posted", "opened"];
    let near = |word| nearest(word, words.into_iter());
    assert_eq!((near("plased"), near("palced"), near("postd")), (Some("placed"), Some("placed"), Some("posted")));
    assert_eq!((near("appeared"), near("x"), near("")), (None, None, None));
}

/// The two lines of the excerpt for the bytes that `marked` takes in `text`.
fn excerpt(text: &str, marked: &str) -> (String, String) {
    let start = text.find(marked).expect("a part of the text");
    let span = Span { source: 0, start: start as u32, end: (start + marked.len()) as u32 };
    let source = Source { name: "t".to_owned(), text: text.to_owned() };
    let printed = render(&[Diagnostic::new("E003", span, "message")], &[source]);
    let mut lines = printed.lines().skip(2).map(str::to_owned);
    (lines.next().expect("the line"), lines.next().expect("the mark"))
}

#[test]
fn marks_stand_under_tabs_and_wide_characters() {
    assert_eq!(excerpt("\tab\tx", "x"), ("1 |     ab  x".to_owned(), "  |         ^".to_owned()));
    assert_eq!(excerpt("召喚 x", "喚"), ("1 | 召喚 x".to_owned(), "  |   ^^".to_owned()));
    assert_eq!(excerpt("a\u{301}b", "b"), ("1 | a\u{301}b".to_owned(), "  |  ^".to_owned()));
    assert_eq!(excerpt("ab\r\ncd", "b\r\nc"), ("1 | ab".to_owned(), "  |  ^".to_owned()));
}

#[test]
fn a_long_line_is_cut_around_its_mark() {
    let text = format!("{}here{}", "a".repeat(500), "b".repeat(500));
    let (line, mark) = excerpt(&text, "here");
    assert_eq!(line.chars().count(), "1 | ".len() + super::EXCERPT_COLUMNS + 2, "{line}");
    assert_eq!(line.find("here").map(|at| line[..at].chars().count()), mark.find('^'));
    let (_, mark) = excerpt(&text, &text);
    assert_eq!(mark.matches('^').count(), super::EXCERPT_COLUMNS, "the mark ends with the excerpt");
}
