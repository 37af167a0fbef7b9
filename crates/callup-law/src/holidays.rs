//! Holiday files: which days of which years are off, as data beside the laws.
//!
//! They are written in the small part of TOML that this file reads: a key, `=`, and a text, a whole number or a list of texts. It knows no law.

use crate::calendar::{Day, MonthDay};
use crate::diagnostic::{Diagnostic, Source, Span};
use std::collections::BTreeSet;

/// How a holiday file's name ends.
pub const ENDING: &str = ".holidays.toml";
/// Longest file that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 18;
/// The years that a file may cover.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2099;

/// The days off of some years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holidays {
    /// Name, as a law writes it: the file's name without its folder and ending.
    pub name: String,
    /// Where the days come from.
    pub source: String,
    /// Confidence: L, R, R2, G, U or fictional.
    pub confidence: String,
    /// First year covered.
    pub from_year: i32,
    /// Last year covered.
    pub until_year: i32,
    /// Days off in these years, besides those of the week.
    pub off: BTreeSet<Day>,
    /// Days of a weekend that are worked.
    pub worked: BTreeSet<Day>,
}

/// A value of the file with its place.
enum Value {
    Text(String),
    Number(i32),
    List(Vec<(String, Span)>),
}

/// A key, its value, and the place of the key.
struct Entry {
    key: String,
    value: Value,
    span: Span,
}

/// Reads a holiday file; findings lie in the source with this index.
///
/// # Errors
/// E003 what is not of the form, E004 what is no day, E002 a key twice, E007 a key missing, E008 too large.
pub fn read(file: &Source, index: u16) -> Result<Holidays, Vec<Diagnostic>> {
    let mut reader = Reader { text: &file.text, index, findings: Vec::new() };
    let entries = reader.entries();
    let holidays = reader.holidays(&file.name, entries);
    match holidays {
        Some(holidays) if reader.findings.is_empty() => Ok(holidays),
        _ => Err(reader.findings),
    }
}

/// The name by which a law calls a file: `ee` for `laws/ee/ee.holidays.toml`.
#[must_use]
pub fn name_of(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.strip_suffix(ENDING).unwrap_or(name)
}

struct Reader<'a> {
    text: &'a str,
    index: u16,
    findings: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.findings.push(Diagnostic::new(code, span, message));
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span { source: self.index, start: start as u32, end: end as u32 }
    }

    fn entries(&mut self) -> Vec<Entry> {
        if self.text.len() > MAX_BYTES {
            self.error("E008", self.span(0, 0), format!("a holiday file has at most {MAX_BYTES} bytes"));
            return Vec::new();
        }
        let mut entries: Vec<Entry> = Vec::new();
        let mut at = 0;
        while let Some(start) = self.skip_blank(at) {
            match self.entry(start) {
                Some((entry, end)) => {
                    if entries.iter().any(|other| other.key == entry.key) {
                        self.error("E002", entry.span, format!("`{}` is said twice", entry.key));
                    }
                    entries.push(entry);
                    at = end;
                }
                None => {
                    let end = self.text[start..].find('\n').map_or(self.text.len(), |length| start + length);
                    let message = "expected `key = \"text\"`, `key = 2024` or `key = [\"01-01\", …]`";
                    self.error("E003", self.span(start, end), message);
                    return entries;
                }
            }
        }
        entries
    }

    /// The next byte that is neither space nor comment.
    fn skip_blank(&self, mut at: usize) -> Option<usize> {
        loop {
            let rest = &self.text[at..];
            at += rest.len() - rest.trim_start().len();
            if !self.text[at..].starts_with('#') {
                return (at < self.text.len()).then_some(at);
            }
            at += self.text[at..].find('\n').unwrap_or(self.text.len() - at);
        }
    }

    fn entry(&self, start: usize) -> Option<(Entry, usize)> {
        let length = self.text[start..].find(|letter: char| !(letter.is_ascii_lowercase() || letter == '_'))?;
        let key = self.text[start..start + length].to_owned();
        let at = self.skip_blank(start + length)?;
        let (value, end) = self.value(self.skip_blank(at + self.text[at..].strip_prefix('=').map(|_| 1)?)?)?;
        (!key.is_empty()).then(|| (Entry { key, value, span: self.span(start, start + length) }, end))
    }

    fn value(&self, start: usize) -> Option<(Value, usize)> {
        let rest = &self.text[start..];
        if rest.starts_with('"') {
            let (text, end) = self.quoted(start)?;
            return Some((Value::Text(text), end));
        }
        if rest.starts_with('[') {
            return self.list(start + 1);
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        Some((Value::Number(rest[..digits].parse().ok()?), start + digits))
    }

    fn quoted(&self, start: usize) -> Option<(String, usize)> {
        let inside = self.text[start..].strip_prefix('"')?;
        let length = inside.find(['"', '\n', '\\']).filter(|end| inside[*end..].starts_with('"'))?;
        Some((inside[..length].to_owned(), start + length + 2))
    }

    fn list(&self, mut at: usize) -> Option<(Value, usize)> {
        let mut items = Vec::new();
        loop {
            at = self.skip_blank(at)?;
            if self.text[at..].starts_with(']') {
                return Some((Value::List(items), at + 1));
            }
            let (text, end) = self.quoted(at)?;
            items.push((text, self.span(at, end)));
            at = self.skip_blank(end)?;
            match self.text[at..].chars().next()? {
                ',' => at += 1,
                ']' => {}
                _ => return None,
            }
        }
    }

    fn holidays(&mut self, file: &str, entries: Vec<Entry>) -> Option<Holidays> {
        let (mut source, mut confidence) = (None, None);
        let mut years = [None, None];
        let (mut every_year, mut days, mut worked) = (Some(Vec::new()), Some(Vec::new()), Some(Vec::new()));
        for Entry { key, value, span } in entries {
            match (key.as_str(), value) {
                ("source", Value::Text(text)) => source = Some(text),
                ("confidence", Value::Text(text)) => confidence = Some(text),
                ("from_year", Value::Number(year)) => years[0] = Some((year, span)),
                ("until_year", Value::Number(year)) => years[1] = Some((year, span)),
                ("every_year", Value::List(items)) => every_year = self.each(&items, MonthDay::parse),
                ("days", Value::List(items)) => days = self.each(&items, Day::parse),
                ("worked", Value::List(items)) => worked = self.each(&items, Day::parse),
                _ => {
                    let help = "the keys are source, confidence, from_year, until_year, every_year, days, worked";
                    let message = format!("`{key}` is no key of a holiday file, or its value is of another kind");
                    self.findings.push(Diagnostic::new("E003", span, message).help(help));
                }
            }
        }
        let missing = [("source", source.is_some()), ("confidence", confidence.is_some())];
        let missing =
            missing.into_iter().chain([("from_year", years[0].is_some()), ("until_year", years[1].is_some())]);
        for (key, _) in missing.filter(|(_, said)| !said) {
            self.error("E007", self.span(0, 0), format!("the holiday file does not say `{key}`"));
        }
        let [Some((from_year, span)), Some((until_year, _))] = years else { return None };
        if !YEARS.contains(&from_year) || !YEARS.contains(&until_year) || until_year < from_year {
            self.error("E005", span, "the years lie between 1900 and 2099, the first before the last");
            return None;
        }
        let mut off: BTreeSet<Day> = days?.into_iter().collect();
        for day in every_year? {
            off.extend((from_year..=until_year).map(|year| day.of_year(year)));
        }
        let worked = worked?.into_iter().collect();
        Some(Holidays {
            name: name_of(file).to_owned(),
            source: source?,
            confidence: confidence?,
            from_year,
            until_year,
            off,
            worked,
        })
    }

    fn each<T>(&mut self, items: &[(String, Span)], read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
        let mut values = Vec::new();
        for (text, span) in items {
            match read(text) {
                Some(value) => values.push(value),
                None => self.error("E004", *span, format!("`{text}` is no such day")),
            }
        }
        (values.len() == items.len()).then_some(values)
    }
}
