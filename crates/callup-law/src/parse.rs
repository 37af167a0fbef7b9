//! Source text to [`Document`]: Markdown blocks, then statements of the fenced `law` blocks, word by word.
//!
//! Every finding of a text comes in one pass: reading goes on at the next clause or statement. No bytes make it panic.
//! This module and its parts are the only place that knows the text format; they know no meaning of names.

mod blocks;
mod cases;
mod chains;
mod cursor;
pub mod forms;
mod guards;
mod lexer;
mod measures;
mod statements;

use crate::diagnostic::{Diagnostic, Lines, Source, Span, is_hidden};
use crate::document::Document;
use cursor::Sink;

/// Longest text that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;
/// Most statements of a document, and most clauses of a statement.
pub const MAX_STATEMENTS: usize = 2000;
/// Largest number that a period or a bound may say.
pub const MAX_COUNT: i32 = 9999;
/// Most words and signs of one clause, or of the first line of a statement.
pub const MAX_WORDS: usize = 4000;

/// Reads one text. The document holds what could be read; findings without a heading get theirs from it.
#[must_use]
pub fn parse(source: &Source, index: u16) -> (Document, Vec<Diagnostic>) {
    if let Some(finding) = refuse(source, index) {
        let document = Document { name: source.name.clone(), source: index, ..Document::default() };
        return (document, vec![finding]);
    }
    let mut sink = Sink::new(&source.text, index);
    let outline = blocks::read(&mut sink);
    let mut document = Document {
        name: source.name.clone(),
        source: index,
        text: source.text.clone(),
        lines: Lines::of(&source.text),
        title: outline.title,
        ..Document::default()
    };
    statements::read(&mut sink, outline.fences, &mut document);
    blocks::attribute(&mut sink, outline.articles, &outline.sources, &mut document);
    document.broken = std::mem::take(&mut sink.broken);
    document.translations = std::mem::take(&mut sink.translations);
    (document, sink.findings)
}

/// E008: what is not even looked at.
fn refuse(source: &Source, index: u16) -> Option<Diagnostic> {
    let at = |start: usize, end: usize| Span { source: index, start: start as u32, end: end as u32 };
    if source.text.len() > MAX_BYTES {
        let message = format!("the text is {} bytes long; at most {MAX_BYTES} are read", source.text.len());
        return Some(
            Diagnostic::new("E008", at(0, 0), message).help("split the document: one act, one validity, one file"),
        );
    }
    let hidden = |letter: char| is_hidden(letter) && !matches!(letter, '\n' | '\r' | '\t');
    let (start, letter) = source.text.char_indices().find(|(_, letter)| hidden(*letter))?;
    let message =
        format!("the character U+{:04X} is not text: it controls or reorders what a reader sees", letter as u32);
    Some(
        Diagnostic::new("E008", at(start, start + letter.len_utf8()), message)
            .help("save the file as plain UTF-8 text without byte order mark"),
    )
}
