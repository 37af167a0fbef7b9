//! An explanation as a page of Markdown or HTML: the same parts in the same order as the plain text, with a table for the dates.
//!
//! Both are written from one list of blocks. The HTML stands alone: no script, no picture, nothing from elsewhere.

use crate::explain::language::say;
use crate::explain::text::{assuming, closing, counted, effect, in_short, interval, label, lettered, letters, only};
use crate::explain::timeline::IT;
use crate::explain::{Explanation, Line, LineKind, StatementKind, words};

/// A part of a page.
enum Block {
    Title(String),
    Heading(String),
    List(Vec<String>),
    /// Date, what, basis; the date is empty for what belongs to the row above.
    Dates {
        head: [String; 3],
        rows: Vec<[String; 3]>,
    },
    Text(String),
}

/// Pages of Markdown, one an explanation.
#[must_use]
pub fn markdown(explanations: &[Explanation]) -> String {
    let parts: Vec<String> = explanations.iter().flat_map(blocks).map(|block| markdown_block(&block)).collect();
    parts.join("\n")
}

/// One document of HTML with all explanations.
#[must_use]
pub fn html(explanations: &[Explanation]) -> String {
    let title = explanations.first().and_then(|one| one.laws.first()).map_or("", |law| law.title.as_str());
    let body: String = explanations.iter().flat_map(blocks).map(|block| html_block(&block)).collect();
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n\
         <style>body {{ font: 1rem/1.5 sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}\n\
         td, th {{ text-align: left; vertical-align: top; padding: .2rem 1rem .2rem 0 }}</style>\n{body}</html>\n",
        explanations.first().map_or("en", |one| one.language.code()),
        escaped(title)
    )
}

fn blocks(explanation: &Explanation) -> Vec<Block> {
    let titles: Vec<&str> = explanation.laws.iter().map(|law| law.title.as_str()).collect();
    let words = explanation.words();
    let rows = explanation.timeline.iter().flat_map(|line| rows(explanation, line)).collect();
    let mut blocks = vec![
        Block::Title(titles.join("; ")),
        Block::Heading(words.say("head-short")),
        Block::List(in_short(explanation)),
        Block::Heading(words.say("head-timeline")),
        Block::Dates { head: ["head-day", "head-what", "head-basis"].map(|id| words.say(id)), rows },
    ];
    let mut listed = |heading: &str, items: Vec<String>| {
        if !items.is_empty() {
            blocks.extend([Block::Heading(words.say(heading)), Block::List(items)]);
        }
    };
    listed("head-open", open_points(explanation));
    listed("head-changes", changes(explanation));
    for (kind, heading) in
        [(StatementKind::Duty, "head-duties"), (StatementKind::Power, "head-powers"), (StatementKind::Gap, "head-gaps")]
    {
        let of_kind = explanation.statements.iter().filter(|statement| statement.kind == kind);
        let said = of_kind.map(|one| format!("{} ({}).", words::capital(&one.text), words.basis(&one.cite)));
        listed(heading, said.collect());
    }
    blocks.push(Block::Text(closing(explanation)));
    blocks
}

/// The row of a line, and one for how its date was counted.
fn rows(explanation: &Explanation, line: &Line) -> Vec<[String; 3]> {
    let matter = if explanation.matters.len() > 1 { format!("[{}] ", line.matter + 1) } else { String::new() };
    let measures: Vec<String> = line.measures.iter().map(|kind| label(explanation, line.matter, *kind)).collect();
    // The text of a detail says `it` of the line above, which a row of its own does not have.
    let words = explanation.words();
    let it = || say!(words, "it-list", labels = words.list(&measures));
    let said = if line.template.is_empty() { line.text.clone() } else { line.template.replace(IT, &it()) };
    let given = if line.given { format!(", {}", words.say("given")) } else { String::new() };
    let date = if line.detail { String::new() } else { words.short_date(line.date) };
    let text = format!("{matter}{}{given}{}", lettered(explanation, &said), only(explanation, &line.depends_on));
    let mut rows = vec![[date, text, words.bases(&line.cite)]];
    if let Some(counting) = line.counting.as_ref().filter(|_| line.kind == LineKind::State) {
        rows.push([String::new(), counted(words, line), words.bases(&counting.cite)]);
    }
    let hours = line.counting.as_ref().and_then(|counting| Some((interval(words, counting)?, counting)));
    if let Some((hours, counting)) = hours {
        rows.push([String::new(), hours, words.bases(&counting.cite)]);
    }
    rows
}

fn open_points(explanation: &Explanation) -> Vec<String> {
    let words = explanation.words();
    let points = explanation.open_points.iter().zip(letters());
    let said = points.map(|(point, letter)| {
        let basis = words.in_brackets(&point.cite);
        let answers = point.answers.iter().map(|answer| format!(" {}", effect(words, answer)));
        format!("{letter}: {}{basis}.{}", point.question, answers.collect::<String>())
    });
    said.collect()
}

fn changes(explanation: &Explanation) -> Vec<String> {
    let said = explanation.changes.iter().map(|change| {
        let basis = explanation.words().in_brackets(&change.cite);
        format!("{}: {}{basis}{}.", change.act, change.effect, assuming(explanation, change))
    });
    said.collect()
}

fn markdown_block(block: &Block) -> String {
    match block {
        Block::Title(title) => format!("# {}\n", plain(title)),
        Block::Heading(heading) => format!("## {heading}\n"),
        Block::List(items) => items.iter().map(|item| format!("- {}\n", plain(item))).collect(),
        Block::Text(text) => format!("{}\n", plain(text)),
        Block::Dates { head: [day, what, basis], rows } => {
            let head = format!("| {day} | {what} | {basis} |\n|---|---|---|\n");
            let row = |[date, what, basis]: &[String; 3]| format!("| {date} | {} | {} |\n", plain(what), plain(basis));
            format!("{head}{}", rows.iter().map(row).collect::<String>())
        }
    }
}

/// Text that Markdown shall not read as its own signs.
fn plain(text: &str) -> String {
    let sign = |letter: char| matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#');
    text.chars().flat_map(|letter| sign(letter).then_some('\\').into_iter().chain([letter])).collect()
}

fn html_block(block: &Block) -> String {
    match block {
        Block::Title(title) => format!("<h1>{}</h1>\n", escaped(title)),
        Block::Heading(heading) => format!("<h2>{heading}</h2>\n"),
        Block::List(items) => {
            let items: String = items.iter().map(|item| format!("<li>{}\n", escaped(item))).collect();
            format!("<ul>\n{items}</ul>\n")
        }
        Block::Text(text) => format!("<p>{}\n", escaped(text)),
        Block::Dates { head: [day, what, basis], rows } => {
            let head = format!("<tr><th scope=\"col\">{day}<th scope=\"col\">{what}<th scope=\"col\">{basis}\n");
            let row = |[date, what, basis]: &[String; 3]| {
                format!("<tr><th scope=\"row\">{date}<td>{}<td>{}\n", escaped(what), escaped(basis))
            };
            format!("<table>\n{head}{}</table>\n", rows.iter().map(row).collect::<String>())
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
