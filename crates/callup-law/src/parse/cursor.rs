//! Reading tokens one by one: what is next, what must come, and the finding if it does not.
//!
//! Every refused step has left its finding in the [`Sink`]; the caller only has to go on at the next clause. No statement is known here.

use super::lexer::{Kind, Token};
use crate::calendar::{Day, MonthDay};
use crate::diagnostic::{Diagnostic, Span};
use crate::document::{Name, WrittenTranslation};
use crate::rulebook::Translation;
use std::ops::RangeInclusive;

/// A finding has been noted; what was to be read is not there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refused;

/// Read, or refused with a finding noted.
pub(super) type Parsed<T> = Result<T, Refused>;

/// What all readers of one text write to.
pub(super) struct Sink<'a> {
    pub(super) text: &'a str,
    pub(super) source: u16,
    pub(super) findings: Vec<Diagnostic>,
    pub(super) broken: Vec<Span>,
    pub(super) translations: Vec<WrittenTranslation>,
}

/// The finding just noted, to which help may be added.
pub(super) struct Noted<'f>(&'f mut Diagnostic);

impl Noted<'_> {
    pub(super) fn help(self, line: impl Into<String>) -> Self {
        self.0.help.push(line.into());
        self
    }
}

impl<'a> Sink<'a> {
    pub(super) fn new(text: &'a str, source: u16) -> Sink<'a> {
        Sink { text, source, findings: Vec::new(), broken: Vec::new(), translations: Vec::new() }
    }

    pub(super) fn span(&self, start: u32, end: u32) -> Span {
        Span { source: self.source, start, end }
    }

    pub(super) fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>) -> Noted<'_> {
        self.findings.push(Diagnostic::new(code, span, message));
        let last = self.findings.len() - 1;
        Noted(&mut self.findings[last])
    }
}

/// A position in the tokens of one header or clause.
pub(super) struct Cursor<'s, 'a, 't> {
    pub(super) sink: &'s mut Sink<'a>,
    tokens: &'t [Token],
    at: usize,
    /// The form that is being read, as the grammar prints it.
    form: &'static str,
}

impl<'s, 'a, 't> Cursor<'s, 'a, 't> {
    pub(super) fn new(sink: &'s mut Sink<'a>, tokens: &'t [Token], form: &'static str) -> Self {
        Cursor { sink, tokens, at: 0, form }
    }

    pub(super) fn set_form(&mut self, form: &'static str) {
        self.form = form;
    }

    fn kind_at(&self, ahead: usize) -> Option<Kind> {
        self.tokens.get(self.at + ahead).map(|token| token.kind)
    }

    pub(super) fn kind(&self) -> Option<Kind> {
        self.kind_at(0)
    }

    fn text_at(&self, ahead: usize) -> &'a str {
        self.tokens.get(self.at + ahead).map_or("", |token| &self.sink.text[token.start as usize..token.end as usize])
    }

    /// Text of the next token; empty at the end.
    pub(super) fn peek(&self) -> &'a str {
        self.text_at(0)
    }

    /// Whether the next tokens read so.
    pub(super) fn sees(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(ahead, word)| self.text_at(ahead) == *word)
    }

    /// Whether the token after the next reads so.
    pub(super) fn is_followed_by(&self, word: &str) -> bool {
        self.text_at(1) == word
    }

    /// Whether a sign of comparison comes after the next token.
    pub(super) fn follows_comparison(&self) -> bool {
        matches!(self.text_at(1), "<" | "<=" | ">" | ">=" | "=")
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Place of the next token; at the end, the empty place after the last.
    pub(super) fn here(&self) -> Span {
        match (self.tokens.get(self.at), self.tokens.last()) {
            (Some(token), _) => self.sink.span(token.start, token.end),
            (None, Some(last)) => self.sink.span(last.end, last.end),
            (None, None) => self.sink.span(0, 0),
        }
    }

    /// From the start of `first` to the end of the last token taken.
    pub(super) fn since(&self, first: Span) -> Span {
        let end = self.at.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(first.end, |token| token.end);
        self.sink.span(first.start, end.max(first.start))
    }

    /// The whole header or clause.
    pub(super) fn whole(&self) -> Span {
        match (self.tokens.first(), self.tokens.last()) {
            (Some(first), Some(last)) => self.sink.span(first.start, last.end),
            _ => self.here(),
        }
    }

    pub(super) fn skip(&mut self) {
        self.at += 1;
    }

    /// Goes past the next comma (or to the end), to read on after a refusal inside a list.
    pub(super) fn skip_past_comma(&mut self) {
        while !self.is_done() && !self.eat(",") {
            self.skip();
        }
    }

    pub(super) fn eat(&mut self, word: &str) -> bool {
        let eaten = self.peek() == word;
        self.at += usize::from(eaten);
        eaten
    }

    /// Takes these words if all of them come.
    pub(super) fn eat_all(&mut self, words: &[&str]) -> bool {
        let eaten = self.sees(words);
        self.at += if eaten { words.len() } else { 0 };
        eaten
    }

    /// Notes E003: what was expected, what was found, and the form.
    pub(super) fn refuse<T>(&mut self, expected: &str) -> Parsed<T> {
        let found = match self.peek() {
            "" => "the end of the line".to_owned(),
            text if text.starts_with('"') => "a string".to_owned(),
            text => format!("`{}`", shorten(text)),
        };
        let (span, form) = (self.here(), self.form);
        self.sink
            .error("E003", span, format!("expected {expected}, found {found}"))
            .help(format!("the form is `{form}`"));
        Err(Refused)
    }

    pub(super) fn expect(&mut self, word: &str) -> Parsed<()> {
        if self.eat(word) { Ok(()) } else { self.refuse(&format!("`{word}`")) }
    }

    pub(super) fn expect_all(&mut self, words: &[&str]) -> Parsed<()> {
        words.iter().try_for_each(|word| self.expect(word))
    }

    /// Nothing may follow.
    pub(super) fn end(&mut self) -> Parsed<()> {
        if self.is_done() { Ok(()) } else { self.refuse("the end of the line") }
    }

    fn take(&mut self, kind: Kind, expected: &str) -> Parsed<Name> {
        if self.kind() != Some(kind) {
            return self.refuse(expected);
        }
        let name = Name { text: self.peek().to_owned(), span: self.here() };
        self.at += 1;
        Ok(name)
    }

    /// Any word, for words of a closed list.
    pub(super) fn word(&mut self, expected: &str) -> Parsed<Name> {
        self.take(Kind::Word, expected)
    }

    /// A name in `snake_case`.
    pub(super) fn name(&mut self, expected: &str) -> Parsed<Name> {
        let name = self.word(expected)?;
        self.shaped(name, |letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_', "_")
    }

    /// An identifier of a law: a name that may hold hyphens.
    pub(super) fn identifier(&mut self, expected: &str) -> Parsed<Name> {
        let name = self.word(expected)?;
        self.shaped(
            name,
            |letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || matches!(letter, '_' | '-'),
            "_ and -",
        )
    }

    fn shaped(&mut self, name: Name, allowed: impl Fn(char) -> bool, signs: &str) -> Parsed<Name> {
        let starts = name.text.starts_with(|letter: char| letter.is_ascii_lowercase());
        if starts && name.text.len() <= 64 && name.text.chars().all(allowed) {
            return Ok(name);
        }
        let message = format!("`{}` is no name", shorten(&name.text));
        let help =
            format!("a name has a small Latin letter, then small letters, digits and {signs}; at most 64 in all");
        self.sink.error("E003", name.span, message).help(help);
        Err(Refused)
    }

    /// `NAME, NAME…`
    pub(super) fn names(&mut self, expected: &str, between: &str) -> Parsed<Vec<Name>> {
        let mut names = vec![self.name(expected)?];
        while self.eat(between) {
            names.push(self.name(expected)?);
        }
        Ok(names)
    }

    /// `(n)`, if it comes.
    pub(super) fn paragraph(&mut self) -> Option<Name> {
        (self.kind() == Some(Kind::Paragraph)).then(|| {
            let span = self.here();
            let text = self.peek().trim_matches(['(', ')']).to_owned();
            self.at += 1;
            Name { text, span }
        })
    }

    /// A string without its quotes.
    pub(super) fn text(&mut self, expected: &str) -> Parsed<String> {
        Ok(self.take(Kind::Text, expected)?.text.trim_matches('"').to_owned())
    }

    /// A label: a string with its variants in other languages.
    pub(super) fn label(&mut self, expected: &str) -> Parsed<String> {
        let label = self.text(expected)?;
        while self.kind() == Some(Kind::Word) && self.text_at(1) == ":" && self.kind_at(2) == Some(Kind::Text) {
            let language = self.word("a language")?.text;
            self.skip();
            let text = self.text("a string")?;
            self.sink.translations.push(WrittenTranslation { label: label.clone(), language, text });
        }
        Ok(label)
    }

    /// Words for a name, if a string comes: they are its words in whatever language the law is labelled.
    pub(super) fn words_of(&mut self, name: &Name) -> Parsed<()> {
        if self.kind() != Some(Kind::Text) {
            return Ok(());
        }
        let before = self.sink.translations.len();
        let label = self.label("a label")?;
        for variant in &mut self.sink.translations[before..] {
            variant.label.clone_from(&name.text);
        }
        let language = Translation::UNDETERMINED.to_owned();
        self.sink.translations.push(WrittenTranslation { label: name.text.clone(), language, text: label });
        Ok(())
    }

    /// Whether a label comes, with its variants, and behind it a bar or another string.
    pub(super) fn another_follows_label(&self) -> bool {
        if self.kind() != Some(Kind::Text) {
            return false;
        }
        let mut ahead = 1;
        while self.kind_at(ahead) == Some(Kind::Word)
            && self.text_at(ahead + 1) == ":"
            && self.kind_at(ahead + 2) == Some(Kind::Text)
        {
            ahead += 3;
        }
        self.text_at(ahead) == "|" || self.kind_at(ahead) == Some(Kind::Text)
    }

    /// A label if a string comes, else empty.
    pub(super) fn label_if_any(&mut self) -> Parsed<String> {
        if self.kind() == Some(Kind::Text) { self.label("a label") } else { Ok(String::new()) }
    }

    /// A whole number within bounds; E005 and the nearest bound if it is outside.
    pub(super) fn number(&mut self, bounds: RangeInclusive<i32>, expected: &str) -> Parsed<i32> {
        let digits = self.take(Kind::Number, expected)?;
        let value = digits.text.parse::<i32>().unwrap_or(i32::MAX);
        if bounds.contains(&value) {
            return Ok(value);
        }
        let message = format!("{} is out of range", shorten(&digits.text));
        let help = format!("{expected} lies between {} and {}", bounds.start(), bounds.end());
        self.sink.error("E005", digits.span, message).help(help);
        Ok(value.clamp(*bounds.start(), *bounds.end()))
    }

    /// A date; E004 if the calendar has no such day.
    pub(super) fn date(&mut self) -> Parsed<Day> {
        let written = self.take(Kind::Date, "a date, as 2026-03-02")?;
        if let Some(day) = Day::parse(&written.text) {
            return Ok(day);
        }
        let message = format!("{} is not a day", shorten(&written.text));
        let help = "dates are YYYY-MM-DD, from 1900-01-01 to 2099-12-31, and must be in the calendar";
        self.sink.error("E004", written.span, message).help(help);
        Err(Refused)
    }

    /// A day of every year; E004 if some year lacks it.
    pub(super) fn month_day(&mut self) -> Parsed<MonthDay> {
        let written = self.take(Kind::MonthDay, "a day of the year, as 04-01")?;
        if let Some(day) = MonthDay::parse(&written.text) {
            return Ok(day);
        }
        let message = format!("{} is not a day of every year", written.text);
        self.sink.error("E004", written.span, message).help("it is MM-DD; 29 February is in leap years only");
        Err(Refused)
    }

    /// One of these words; the finding lists them.
    pub(super) fn one_of<T: Copy>(&mut self, choices: &[(&str, T)]) -> Parsed<T> {
        for (words, value) in choices {
            let words: Vec<&str> = words.split(' ').collect();
            if self.eat_all(&words) {
                return Ok(*value);
            }
        }
        let list: Vec<String> = choices.iter().map(|(words, _)| format!("`{words}`")).collect();
        self.refuse(&list.join(" or "))
    }
}

/// At most 40 characters of a word, for messages.
pub(super) fn shorten(text: &str) -> String {
    let head: String = text.chars().take(40).collect();
    if head.len() < text.len() { format!("{head}…") } else { head }
}
