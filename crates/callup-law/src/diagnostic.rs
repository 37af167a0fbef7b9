//! A finding about a source text: code, severity, place, message, help. Rendering for terminals is done here too.
//!
//! Every reader of the project (laws, scenarios, tables, facts) reports with this type, all findings in one pass.
//! This file knows no grammar.

use serde::Serialize;
use unicode_width::UnicodeWidthChar;

#[cfg(test)]
mod tests;

/// How grave a finding is. Errors stop a compilation from being used; warnings must be mended or waived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The document cannot be used.
    Error,
    /// Legally or technically doubtful; may be waived with a reason.
    Warning,
    /// Worth knowing.
    Info,
}

/// A named source text. `name` is what findings print before the line (a path as the user gave it, or an embedded name).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The name to print.
    pub name: String,
    /// The text.
    pub text: String,
}

/// A range of bytes in the source with this index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Index of the source among those given to the reader.
    pub source: u16,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// From the first byte of `self` to the last of `other`.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, for example `E050`. The letter is the severity: E, W or I.
    pub code: &'static str,
    /// Severity.
    pub severity: Severity,
    /// Where.
    pub span: Span,
    /// The heading the place belongs to, for example `Article 6(2)`.
    pub heading: Option<String>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do, or a witness; one line each.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// A finding without heading and help; the severity is that of the code's letter (E, W, else I).
    #[must_use]
    pub fn new(code: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        let severity = match code.as_bytes().first() {
            Some(b'E') => Severity::Error,
            Some(b'W') => Severity::Warning,
            _ => Severity::Info,
        };
        Diagnostic { code, severity, span, heading: None, message: message.into(), help: Vec::new() }
    }

    /// The same finding with one more line of help.
    #[must_use]
    pub fn help(mut self, line: impl Into<String>) -> Diagnostic {
        self.help.push(line.into());
        self
    }
}

/// Where the lines of a text start, to turn bytes into lines and columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    /// Reads the line starts of a text of less than 4 GiB.
    #[must_use]
    pub fn of(text: &str) -> Lines {
        let after_newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1);
        Lines { starts: std::iter::once(0).chain(after_newlines).collect() }
    }

    /// Line (from 1) and column (in characters, from 1) of a byte. A byte past the end counts as the end.
    #[must_use]
    pub fn position(&self, text: &str, byte: u32) -> (u32, u32) {
        let byte = text.floor_char_boundary(byte as usize);
        let line = self.starts.partition_point(|start| *start as usize <= byte);
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index)).map_or(0, |start| *start as usize);
        let column = text.get(start..byte).map_or(0, |before| before.chars().count());
        (line.max(1) as u32, column as u32 + 1)
    }

    /// Byte of a line and column as [`Lines::position`] gives them, if the text has such a place.
    #[must_use]
    pub fn byte(&self, text: &str, line: u32, column: u32) -> Option<u32> {
        let start = *self.starts.get(line.checked_sub(1)? as usize)?;
        let rest = text.get(start as usize..)?;
        let skip = column.checked_sub(1)? as usize;
        let inside = rest.char_indices().map(|(at, _)| at).chain([rest.len()]).nth(skip)?;
        Some(start + inside as u32)
    }

    /// First byte of the line and the byte after its last character (line end not included).
    fn bounds(&self, text: &str, line: u32) -> (usize, usize) {
        let start = self.starts.get(line as usize - 1).map_or(0, |start| *start as usize);
        let end = self.starts.get(line as usize).map_or(text.len(), |next| *next as usize - 1);
        let body = text.get(start..end).unwrap_or_default();
        (start, start + body.trim_end_matches('\r').len())
    }
}

/// Findings as text for a terminal, in order of source and position, one empty line between two. Empty if there are none.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &[Source]) -> String {
    let lines: Vec<Lines> = sources.iter().map(|source| Lines::of(&source.text)).collect();
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    let shown: Vec<String> = sorted.iter().map(|finding| render_one(finding, sources, &lines)).collect();
    shown.join("\n")
}

/// Width to which a line of source is cut, in columns of the terminal.
const EXCERPT_COLUMNS: usize = 140;
/// Bytes before and after the start of a span that can be shown: no character of a column has more than four, and marks without a column of
/// their own have room too. A line of a megabyte is not laid out whole for each of its findings.
const EXCERPT_BYTES: usize = 16 * EXCERPT_COLUMNS;

fn render_one(finding: &Diagnostic, sources: &[Source], lines: &[Lines]) -> String {
    let word = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let mut out = format!("{word}[{}]: {}\n", finding.code, printable(&finding.message));
    let index = finding.span.source as usize;
    let mut margin = String::new();
    if let (Some(source), Some(lines)) = (sources.get(index), lines.get(index)) {
        let (line, column) = lines.position(&source.text, finding.span.start);
        margin = " ".repeat(line.to_string().len());
        let heading =
            finding.heading.as_ref().map(|heading| format!("  in {}", printable(heading))).unwrap_or_default();
        let (start, end) = lines.bounds(&source.text, line);
        let (shown, before, carets) = excerpt(&source.text, start, end, finding.span);
        out += &format!("{margin}--> {}:{line}:{column}{heading}\n", printable(&source.name));
        out += format!("{line} | {shown}").trim_end();
        out += &format!("\n{margin} | {}{}\n", " ".repeat(before), "^".repeat(carets));
    }
    for help in &finding.help {
        out += &format!("{margin} = help: {}\n", printable(help));
    }
    out
}

/// The line as shown (cut to [`EXCERPT_COLUMNS`] around the span), the columns before the mark, and the columns of the mark.
fn excerpt(text: &str, line_start: usize, line_end: usize, span: Span) -> (String, usize, usize) {
    let (whole_start, whole_end, place) = (line_start, line_end, span.start as usize);
    let line_start = text.floor_char_boundary(place.saturating_sub(EXCERPT_BYTES)).clamp(line_start, line_end);
    let line_end = text.ceil_char_boundary(place.saturating_add(EXCERPT_BYTES)).clamp(line_start, line_end);
    let mut cells: Vec<(String, usize)> = Vec::new();
    let (mut first, mut last, mut columns) = (None, 0, 0);
    for (at, letter) in text.get(line_start..line_end).unwrap_or_default().char_indices() {
        let byte = (line_start + at) as u32;
        let cell = cell_of(letter, columns);
        columns += cell.1;
        if byte >= span.start && first.is_none() {
            first = Some(cells.len());
        }
        cells.push(cell);
        if byte < span.end {
            last = cells.len();
        }
    }
    let first = first.unwrap_or(cells.len());
    let width = |range: &[(String, usize)]| range.iter().map(|cell| cell.1).sum::<usize>();
    let (mut from, mut to) = (0, cells.len());
    if columns > EXCERPT_COLUMNS {
        from = if width(&cells[..first]) < EXCERPT_COLUMNS * 2 / 3 { 0 } else { first.saturating_sub(40) };
        let mut room = EXCERPT_COLUMNS;
        to = from
            + cells[from..]
                .iter()
                .take_while(|cell| room.checked_sub(cell.1).map(|left| room = left).is_some())
                .count();
    }
    let cut_before = from > 0 || line_start > whole_start;
    let cut_after = to < cells.len() || line_end < whole_end;
    let (head, tail) = (if cut_before { "…" } else { "" }, if cut_after { "…" } else { "" });
    let body: String = cells[from..to].iter().map(|cell| cell.0.as_str()).collect();
    let before = head.chars().count() + width(&cells[from..first.min(to)]);
    let marked = first.min(to)..last.clamp(first.min(to), to);
    (format!("{head}{body}{tail}"), before, width(&cells[marked]).max(1))
}

/// How a character is shown and how many columns it takes. A tab reaches the next multiple of four.
fn cell_of(letter: char, column: usize) -> (String, usize) {
    match letter {
        '\t' => (" ".repeat(4 - column % 4), 4 - column % 4),
        _ if is_hidden(letter) => ("\u{fffd}".to_owned(), 1),
        _ => (letter.to_string(), letter.width().unwrap_or(0)),
    }
}

/// The word of a list that is nearest to `word`, if it is near enough to be a slip (one edit in three letters, at most three).
#[must_use]
pub fn nearest<'w>(word: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let letters = word.chars().count();
    let allowed = (letters / 3).clamp(1, 3);
    if letters > 64 {
        return None;
    }
    let measured = words.map(|other| (strsim::osa_distance(word, other), other));
    measured.filter(|(distance, _)| *distance <= allowed).min_by_key(|(distance, _)| *distance).map(|(_, other)| other)
}

/// Control characters and those that reorder the text a reader sees.
#[must_use]
pub fn is_hidden(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn printable(text: &str) -> String {
    text.chars().map(|letter| if is_hidden(letter) { '\u{fffd}' } else { letter }).collect()
}
