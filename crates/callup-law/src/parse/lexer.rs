//! A line of a law block to tokens with places. Comments vanish here; unknown characters and open strings are found here.
//!
//! This file knows no statement.

use super::cursor::Sink;

/// What a token is; its text is read from the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word: letters, digits, `_`, and `-` before a letter or digit (`next-day`).
    Word,
    /// Digits.
    Number,
    /// Digits, hyphen, digits, hyphen, digits.
    Date,
    /// Two digits, hyphen, two digits.
    MonthDay,
    /// A string in double quotes, quotes included.
    Text,
    /// `(1)`, `(2a)`, `(1.1)`, brackets included.
    Paragraph,
    /// `->`, `<=`, `>=` or one character.
    Sign,
}

/// A token: bytes `start..end` of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Tokens of the bytes `start..end`, which lie in one line.
pub(super) fn lex(sink: &mut Sink, start: u32, end: u32, tokens: &mut Vec<Token>) {
    let text = sink.text;
    let mut at = start as usize;
    while at < end as usize {
        let rest = &text[at..end as usize];
        let Some(first) = rest.chars().next() else { return };
        if first == '#' {
            return;
        }
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (kind, length) = measure(rest, first);
        let Some(kind) = kind else {
            report(sink, first, at, at + length);
            at += length;
            continue;
        };
        tokens.push(Token { kind, start: at as u32, end: (at + length) as u32 });
        at += length;
    }
}

/// Kind and length in bytes of the token at the start of `rest`, which starts with `first`.
fn measure(rest: &str, first: char) -> (Option<Kind>, usize) {
    if first.is_ascii_digit() {
        return date_or_number(rest);
    }
    if first.is_alphabetic() || first == '_' {
        return (Some(Kind::Word), word(rest));
    }
    if first == '"' {
        return match rest[1..].find('"') {
            Some(inside) => (Some(Kind::Text), inside + 2),
            None => (None, rest.len()),
        };
    }
    if first == '('
        && let Some(length) = paragraph(rest)
    {
        return (Some(Kind::Paragraph), length);
    }
    if ["->", "<=", ">="].iter().any(|sign| rest.starts_with(sign)) {
        return (Some(Kind::Sign), 2);
    }
    let known = matches!(first, ':' | ',' | ';' | '|' | '.' | '/' | '(' | ')' | '=' | '<' | '>');
    (known.then_some(Kind::Sign), first.len_utf8())
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn date_or_number(rest: &str) -> (Option<Kind>, usize) {
    let year = digits(rest);
    let part = |from: usize| match rest.get(from..).and_then(|tail| tail.strip_prefix('-')).map_or(0, digits) {
        0 => None,
        length => Some(from + 1 + length),
    };
    let month = part(year);
    match (month.and_then(part), month) {
        (Some(length), _) => (Some(Kind::Date), length),
        (None, Some(5)) if year == 2 => (Some(Kind::MonthDay), 5),
        _ => (Some(Kind::Number), year),
    }
}

fn word(rest: &str) -> usize {
    let inside = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut letters = rest.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let joins = letter == '-' && letters.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !inside(letter) && !joins {
            return at;
        }
    }
    rest.len()
}

/// Length of `(…)` with nothing but letters, digits, full stops and hyphens inside, at most twelve of them.
fn paragraph(rest: &str) -> Option<usize> {
    let close = rest.char_indices().take(14).find(|(_, letter)| *letter == ')')?.0;
    let inside = &rest[1..close];
    let known =
        !inside.is_empty() && inside.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-'));
    known.then_some(close + 1)
}

fn report(sink: &mut Sink, first: char, start: usize, end: usize) {
    let span = sink.span(start as u32, end as u32);
    if first == '"' {
        sink.error("E003", span, "the string is not closed on its line")
            .help("close it with `\"`; inside, use other quotation marks");
    } else {
        sink.error("E003", span, format!("`{first}` has no meaning here"));
    }
}
