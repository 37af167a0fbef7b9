//! A TOML text as a tree whose every key and value knows its place, and the laying of one tree over another.
//!
//! Caps on bytes, lines, values and depth hold before and after the parser, so no text can exhaust the reader.
//! This file knows no scenario: what a key means is said by whoever takes it.

use callup_law::calendar::Day;
use callup_law::diagnostic::{Diagnostic, Severity, Source, Span};
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

/// Longest text that is read, bytes.
pub const BYTES_MAX: usize = 1 << 20;
/// Most structural characters (`=`, `,`, `[`, `.`) of a text; each value and each level of a key needs one.
pub const MARKS_MAX: usize = 100_000;
/// Deepest nesting of tables and lists.
pub const DEPTH_MAX: usize = 12;
/// Longest key and longest name of a table, bytes: both stand in the path of everything below them.
pub const NAME_BYTES_MAX: usize = 200;
/// Most findings of a reading that are kept: nobody reads more, and no text shall make printing them slow.
pub const FINDINGS_MAX: usize = 500;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Place of the value; of a `[header]` table the header.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// What a TOML value is to us.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Already reported; whoever takes it stays silent.
    Broken,
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A finite number with a decimal point.
    Number(f64),
    /// Yes or no.
    Truth(bool),
    /// A date without a time.
    Date(Day),
    /// A date with a time, or a time alone; nothing here wants one.
    Time,
    /// A list.
    List(Vec<Node>),
    /// A table, in the order of the keys' names.
    Table(Vec<Entry>),
}

/// A key of a table with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Place of the key.
    pub key_span: Span,
    /// Its value.
    pub node: Node,
}

impl Value {
    /// What it is, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Broken => "a broken value",
            Value::Text(_) => "a text",
            Value::Integer(_) => "a whole number",
            Value::Number(_) => "a number",
            Value::Truth(_) => "true or false",
            Value::Date(_) => "a date",
            Value::Time => "a time",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// Longest message, characters: what a text says of itself may stand in it.
const MESSAGE_LETTERS_MAX: usize = 400;

/// A message on one line of bearable length, whatever the text that it repeats holds.
fn on_one_line(message: String) -> String {
    if message.len() <= MESSAGE_LETTERS_MAX && !message.contains(char::is_control) {
        return message;
    }
    let mut shown: String = message
        .chars()
        .take(MESSAGE_LETTERS_MAX)
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    if message.chars().nth(MESSAGE_LETTERS_MAX).is_some() {
        shown.push('…');
    }
    shown
}

/// An error finding without a heading.
#[must_use]
pub fn finding(code: &'static str, span: Span, message: String, help: Vec<String>) -> Diagnostic {
    let message = on_one_line(message);
    Diagnostic { code, severity: Severity::Error, span, heading: None, message, help }
}

/// Keeps a finding; of those past [`FINDINGS_MAX`] only that there are some (`S033`).
pub fn keep(findings: &mut Vec<Diagnostic>, found: Diagnostic) {
    match findings.len() {
        FINDINGS_MAX.. => {}
        kept if kept + 1 < FINDINGS_MAX => findings.push(found),
        _ => {
            let help = vec!["they are shown once these are mended".to_owned()];
            findings.push(finding("S033", found.span, "there are more findings from here on".to_owned(), help));
        }
    }
}

/// `S002`: a key or a name that is longer than [`NAME_BYTES_MAX`].
#[must_use]
pub fn name_too_long(span: Span, what: &str) -> Diagnostic {
    finding("S002", span, format!("{what} is longer than {NAME_BYTES_MAX} bytes"), Vec::new())
}

/// Parses a text. Findings: `S001` (not TOML), `S002` (too large), `S008` (no such day), `S007` (a number out of reach).
/// `None` where the structure of the text is not clear enough to read on.
pub fn parse(source: &Source, index: u16, findings: &mut Vec<Diagnostic>) -> Option<Node> {
    let whole = Span { source: index, start: 0, end: 0 };
    if let Some(why) = too_large(&source.text) {
        findings.push(finding("S002", whole, why, vec!["split it, or shorten it".to_owned()]));
        return None;
    }
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    let mut reader = Reader { index, broken: Vec::new(), findings };
    let mut clear = true;
    for error in &errors {
        let range = error.span().unwrap_or(0..0);
        let message = error.message();
        let span = reader.span(&range);
        if message.starts_with("invalid date") {
            let text = source.text.get(range.clone()).unwrap_or_default();
            reader.broken.push(range);
            keep(reader.findings, finding("S008", span, format!("there is no day `{text}`"), vec![message.to_owned()]));
        } else {
            clear = clear && message == "duplicate key";
            keep(reader.findings, finding("S001", span, format!("this is not TOML: {message}"), Vec::new()));
        }
    }
    if !clear {
        return None;
    }
    let entries = reader.table(table.get_ref(), 0);
    Some(Node { span: whole, value: Value::Table(entries) })
}

fn too_large(text: &str) -> Option<String> {
    if text.len() > BYTES_MAX {
        return Some(format!("the text has {} bytes; at most {BYTES_MAX} are read", text.len()));
    }
    let marks = text.bytes().filter(|byte| matches!(byte, b'=' | b',' | b'[' | b'.')).count();
    (marks > MARKS_MAX)
        .then(|| format!("the text has {marks} marks (`=`, `,`, `[`, `.`); at most {MARKS_MAX} are read"))
}

/// Turns the parser's tree into ours.
struct Reader<'f> {
    index: u16,
    broken: Vec<std::ops::Range<usize>>,
    findings: &'f mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn span(&self, range: &std::ops::Range<usize>) -> Span {
        // BYTES_MAX is far below u32::MAX, so the cast of a place inside the text loses nothing.
        let cut = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        Span { source: self.index, start: cut(range.start), end: cut(range.end) }
    }

    fn table(&mut self, table: &DeTable<'_>, depth: usize) -> Vec<Entry> {
        let mut entries = Vec::new();
        for (key, value) in table {
            let key_span = self.span(&key.span());
            if key.get_ref().len() > NAME_BYTES_MAX {
                keep(self.findings, name_too_long(key_span, "a key"));
                continue;
            }
            let node = self.node(value.get_ref(), value.span(), depth + 1);
            entries.push(Entry { key: key.get_ref().to_string(), key_span, node });
        }
        entries
    }

    fn node(&mut self, value: &DeValue<'_>, range: std::ops::Range<usize>, depth: usize) -> Node {
        let span = self.span(&range);
        if self.broken.contains(&range) {
            return Node { span, value: Value::Broken };
        }
        if depth > DEPTH_MAX {
            let message = format!("tables and lists are nested deeper than {DEPTH_MAX}");
            keep(self.findings, finding("S002", span, message, Vec::new()));
            return Node { span, value: Value::Broken };
        }
        let value = match value {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Boolean(truth) => Value::Truth(*truth),
            DeValue::Integer(integer) => self.integer(integer, span),
            DeValue::Float(float) => self.float(float.as_str(), span),
            DeValue::Datetime(time) => self.date(time, span),
            DeValue::Array(items) => {
                Value::List(items.iter().map(|item| self.node(item.get_ref(), item.span(), depth + 1)).collect())
            }
            DeValue::Table(table) => Value::Table(self.table(table, depth)),
        };
        Node { span, value }
    }

    fn integer(&mut self, integer: &toml::de::DeInteger<'_>, span: Span) -> Value {
        match i64::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(number) => Value::Integer(number),
            Err(_) => self.refuse(span, "the number is too large"),
        }
    }

    fn float(&mut self, text: &str, span: Span) -> Value {
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Value::Number(number),
            _ => self.refuse(span, "the number is not finite"),
        }
    }

    fn refuse(&mut self, span: Span, message: &str) -> Value {
        keep(self.findings, finding("S007", span, message.to_owned(), Vec::new()));
        Value::Broken
    }

    fn date(&mut self, time: &toml::value::Datetime, span: Span) -> Value {
        let (Some(date), None, None) = (time.date, time.time, time.offset) else { return Value::Time };
        let text = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
        match Day::try_from(text.clone()) {
            Ok(day) => Value::Date(day),
            Err(why) => {
                let help = vec!["days from 1900-01-01 to 2099-12-31 are read".to_owned()];
                keep(self.findings, finding("S008", span, format!("`{text}` cannot be used: {why}"), help));
                Value::Broken
            }
        }
    }
}

/// Lays one tree over another: tables key by key, everything else as a whole. A table that says `source`, `assumption`
/// or `kind` is one statement and is replaced as a whole, so that no half of it survives with the other's reason.
#[must_use]
pub fn lay_over(base: Node, over: Node) -> Node {
    match (base.value, over.value) {
        (Value::Table(base_entries), Value::Table(over_entries))
            if !is_one_statement(&base_entries) && !is_one_statement(&over_entries) =>
        {
            Node { span: over.span, value: Value::Table(lay_entries(base_entries, over_entries)) }
        }
        (_, value) => Node { span: over.span, value },
    }
}

fn is_one_statement(entries: &[Entry]) -> bool {
    entries.iter().any(|entry| matches!(entry.key.as_str(), "source" | "assumption" | "kind"))
}

fn lay_entries(base: Vec<Entry>, over: Vec<Entry>) -> Vec<Entry> {
    let mut entries: BTreeMap<String, Entry> = base.into_iter().map(|entry| (entry.key.clone(), entry)).collect();
    for entry in over {
        let node = match entries.remove(&entry.key) {
            Some(old) => lay_over(old.node, entry.node),
            None => entry.node,
        };
        entries.insert(entry.key.clone(), Entry { node, ..entry });
    }
    entries.into_values().collect()
}
