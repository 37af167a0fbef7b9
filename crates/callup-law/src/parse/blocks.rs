//! The Markdown of a law: title, articles, quotations, source lines, fenced law blocks. Line by line, nothing nested.
//!
//! This file knows no statement; it hands the lines of law blocks on.

use super::cursor::{Cursor, Parsed, Sink};
use super::forms;
use super::lexer::lex;
use crate::diagnostic::Span;
use crate::document::{ArticleText, Attribution, Document, Name, QuoteText};
use std::collections::BTreeSet;

/// Bytes of a line without its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// A fenced `law` block.
pub(super) struct Fence {
    /// Index of the article it stands in.
    pub(super) article: Option<usize>,
    pub(super) lines: Vec<Line>,
}

/// What stands in a text, by blocks.
pub(super) struct Outline {
    pub(super) title: Option<Name>,
    pub(super) articles: Vec<ArticleText>,
    pub(super) fences: Vec<Fence>,
    /// Source lines, with the article above (`None`: the title) or no place at all.
    pub(super) sources: Vec<(Line, Scope)>,
}

/// Under which heading a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Under the title, before any `##`.
    Title,
    /// In the article with this index.
    Article(usize),
    /// Under a `##` heading that is no article.
    Other,
}

struct Blocks<'s, 'a> {
    sink: &'s mut Sink<'a>,
    outline: Outline,
    /// Numbers of the articles so far.
    numbers: BTreeSet<String>,
    titles: usize,
    scope: Scope,
    quote: Option<QuoteText>,
    fence: Option<OpenFence>,
}

struct OpenFence {
    letter: char,
    length: usize,
    opening: Span,
    law: Option<Fence>,
}

/// Reads the blocks of the text of the sink.
pub(super) fn read(sink: &mut Sink) -> Outline {
    let text = sink.text;
    let outline = Outline { title: None, articles: Vec::new(), fences: Vec::new(), sources: Vec::new() };
    let mut blocks =
        Blocks { sink, outline, numbers: BTreeSet::new(), titles: 0, scope: Scope::Title, quote: None, fence: None };
    let mut start = 0;
    for line in text.split('\n') {
        let body = line.strip_suffix('\r').unwrap_or(line);
        blocks.line(Line { start, end: start + body.len() as u32 }, body);
        start += line.len() as u32 + 1;
    }
    blocks.finish()
}

impl Blocks<'_, '_> {
    fn line(&mut self, line: Line, body: &str) {
        let trimmed = body.trim_start_matches(' ');
        let indent = body.len() - trimmed.len();
        if self.fence.is_some() {
            return self.inside_fence(line, trimmed);
        }
        if indent <= 3
            && let Some(words) = trimmed.strip_prefix('>')
        {
            return self.quote_line(line, words);
        }
        self.close_quote();
        if indent > 3 {
            return;
        }
        if let Some(open) = self.opening(line, trimmed) {
            self.fence = Some(open);
        } else if trimmed.starts_with('#') {
            self.heading(line, trimmed);
        } else if trimmed.starts_with("source \"") {
            self.outline.sources.push((line, self.scope));
        }
    }

    fn opening(&self, line: Line, trimmed: &str) -> Option<OpenFence> {
        let letter = trimmed.chars().next().filter(|letter| matches!(letter, '`' | '~'))?;
        let length = trimmed.chars().take_while(|other| *other == letter).count();
        let info = trimmed[length..].trim();
        if length < 3 || (letter == '`' && info.contains('`')) {
            return None;
        }
        let article = if let Scope::Article(index) = self.scope { Some(index) } else { None };
        let law = (info.split_whitespace().next() == Some("law")).then(|| Fence { article, lines: Vec::new() });
        Some(OpenFence { letter, length, opening: self.sink.span(line.start, line.end), law })
    }

    fn inside_fence(&mut self, line: Line, trimmed: &str) {
        let Some(open) = &mut self.fence else { return };
        let run = trimmed.chars().take_while(|letter| *letter == open.letter).count();
        if run >= open.length && trimmed[run..].trim().is_empty() {
            let law = self.fence.take().and_then(|open| open.law);
            self.outline.fences.extend(law);
        } else if let Some(law) = &mut open.law {
            law.lines.push(line);
        }
    }

    fn heading(&mut self, line: Line, trimmed: &str) {
        let level = trimmed.bytes().take_while(|byte| *byte == b'#').count();
        let words = &trimmed[level..];
        if level > 6 || !(words.is_empty() || words.starts_with([' ', '\t'])) {
            return;
        }
        let heading = words.trim().trim_end_matches('#').trim_end();
        let name = Name { text: heading.to_owned(), span: self.sink.span(line.start, line.end) };
        match level {
            1 => self.title(name),
            2 => self.article(name),
            _ => {}
        }
    }

    /// The first is the title; the second is reported, further ones would say nothing new.
    fn title(&mut self, name: Name) {
        self.titles += 1;
        match self.titles {
            1 => self.outline.title = Some(name),
            2 => {
                self.sink
                    .error("E003", name.span, "a document has one title")
                    .help("articles are headings of the second level: `## Article 9. …`");
            }
            _ => {}
        }
    }

    fn article(&mut self, heading: Name) {
        let Some(number) = article_number(&heading.text) else {
            self.scope = Scope::Other;
            return;
        };
        if self.numbers.contains(&number) {
            self.sink
                .error("E002", heading.span, format!("the document has `{number}` twice"))
                .help("a citation must name one article");
        }
        self.scope = Scope::Article(self.outline.articles.len());
        self.numbers.insert(number.clone());
        self.outline.articles.push(ArticleText::new(number, heading));
    }

    fn quote_line(&mut self, line: Line, words: &str) {
        let words = words.trim();
        let paraphrase = words.strip_prefix("paraphrase:");
        if words.is_empty() || paraphrase.is_some() {
            self.close_quote();
        }
        let words = paraphrase.map_or(words, str::trim);
        if words.is_empty() && paraphrase.is_none() {
            return;
        }
        let span = self.sink.span(line.start, line.end);
        match &mut self.quote {
            Some(quote) => {
                quote.text += " ";
                quote.text += words;
                quote.span = quote.span.to(span);
            }
            None => self.quote = Some(QuoteText { text: words.to_owned(), paraphrase: paraphrase.is_some(), span }),
        }
    }

    fn close_quote(&mut self) {
        let (Some(quote), Scope::Article(index)) = (self.quote.take(), self.scope) else { return };
        if let Some(article) = self.outline.articles.get_mut(index) {
            article.quote(quote);
        }
    }

    fn finish(mut self) -> Outline {
        self.close_quote();
        if let Some(open) = self.fence.take() {
            if open.law.is_some() {
                self.sink
                    .error("E003", open.opening, "the law block is not closed")
                    .help("close it with a line of three backticks");
            }
            self.outline.fences.extend(open.law);
        }
        self.outline
    }
}

/// `Article 9` of `Article 9. Restrictive measures`: a word and a number, up to the first full stop after the number that ends
/// the heading or is followed by a space. `None` for a heading that is no article.
fn article_number(heading: &str) -> Option<String> {
    let digit = heading.find(|letter: char| letter.is_ascii_digit())?;
    let before = &heading[..digit];
    let one_word = before.split_whitespace().count() == 1;
    let apart = before.ends_with(char::is_whitespace) || before == "§";
    if !one_word || !apart {
        return None;
    }
    let end = heading[digit..].match_indices('.').map(|(at, _)| digit + at);
    let stop = end.into_iter().find(|at| heading[at + 1..].is_empty() || heading[at + 1..].starts_with(' '));
    Some(heading[..stop.unwrap_or(heading.len())].to_owned())
}

/// Reads the source lines and gives them, and the articles, to the document.
pub(super) fn attribute(
    sink: &mut Sink,
    articles: Vec<ArticleText>,
    sources: &[(Line, Scope)],
    document: &mut Document,
) {
    document.articles = articles;
    for (line, scope) in sources {
        let Ok(attribution) = attribution(sink, *line) else {
            sink.broken.push(sink.span(line.start, line.end));
            continue;
        };
        let slot = match scope {
            Scope::Title => &mut document.attribution,
            Scope::Article(index) => &mut document.articles[*index].attribution,
            Scope::Other => continue,
        };
        if slot.is_some() {
            sink.error("E002", attribution.span, "this heading has its source already");
        }
        *slot = Some(attribution);
    }
}

fn attribution(sink: &mut Sink, line: Line) -> Parsed<Attribution> {
    let mut tokens = Vec::new();
    lex(sink, line.start, line.end, &mut tokens);
    let mut cursor = Cursor::new(sink, &tokens, forms::SOURCE);
    cursor.expect("source")?;
    let source = cursor.text("the source in quotes")?;
    cursor.expect("confidence")?;
    let confidence = confidence(&mut cursor)?;
    cursor.end()?;
    Ok(Attribution { source, confidence, span: cursor.whole() })
}

/// One of the marks of confidence.
pub(super) fn confidence(cursor: &mut Cursor) -> Parsed<String> {
    let marks = ["L", "R", "R2", "G", "U", "fictional"].map(|mark| (mark, mark));
    cursor.one_of(&marks).map(str::to_owned)
}
