//! The limits of a case as a calendar file (RFC 5545): one all-day entry for each day on which something takes effect or runs out.
//!
//! What the reader typed is not among them, and nothing names anybody. The same case gives the same bytes: there is no clock here.

use crate::calendar::{Day, Period};
use crate::explain::language::say;
use crate::explain::text::only;
use crate::explain::{Explanation, Line, LineKind, words};

/// Longest line of the format, in bytes.
const LINE_MAX: usize = 75;

/// Stands for the time at which an entry was made, which the format demands and nobody reads.
const STAMP: &str = "19700101T000000Z";

/// The limits under each law; with several laws each entry names its own.
#[must_use]
pub fn calendar_file(explanations: &[Explanation]) -> String {
    let mut out = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//callup//limits//EN", "CALSCALE:GREGORIAN"] {
        push(&mut out, line);
    }
    for explanation in explanations {
        let limits = explanation.timeline.iter().filter(|line| is_limit(line));
        for (number, line) in limits.enumerate() {
            entry(&mut out, explanation, line, number, explanations.len() > 1);
        }
    }
    push(&mut out, "END:VCALENDAR");
    out
}

/// A day that the law counts out or sets.
fn is_limit(line: &Line) -> bool {
    let counted = line.counting.is_some();
    !line.given
        && match line.kind {
            LineKind::MeasureStarts | LineKind::LiftDue => true,
            LineKind::State | LineKind::Remedy | LineKind::Decision | LineKind::Duty => counted,
            _ => false,
        }
}

fn entry(out: &mut String, explanation: &Explanation, line: &Line, number: usize, is_one_of_many: bool) {
    let ids: Vec<&str> = explanation.laws.iter().map(|law| law.id.as_str()).collect();
    let law = if is_one_of_many { format!("{}: ", ids.join(", ")) } else { String::new() };
    let words = explanation.words();
    let basis = words.in_brackets(&line.cite);
    let summary = format!("{law}{}{basis}", said(explanation, line));
    let hangs = only(explanation, &line.depends_on);
    let hangs = hangs.strip_prefix(", ").map_or_else(String::new, |hangs| format!("{}. ", words::capital(hangs)));
    let counted = line.counting.as_ref().map_or_else(String::new, |counting| {
        let period = Period::new(counting.n, counting.unit);
        let anchor = counting.anchor.as_str();
        say!(words, "counted-after", length = words.length(period), anchor = anchor) + " "
    });
    let status = if line.depends_on.is_empty() { "CONFIRMED" } else { "TENTATIVE" };
    push(out, "BEGIN:VEVENT");
    push(out, &format!("UID:{}-{}-{number}@callup", ids.join("-"), basic(line.date)));
    push(out, &format!("DTSTAMP:{STAMP}"));
    push(out, &format!("DTSTART;VALUE=DATE:{}", basic(line.date)));
    push(out, &format!("DTEND;VALUE=DATE:{}", basic(line.date.plus_days(1))));
    push(out, &format!("SUMMARY:{}", escaped(&summary)));
    push(out, &format!("DESCRIPTION:{}", escaped(&format!("{hangs}{counted}{}", explanation.notice))));
    push(out, &format!("STATUS:{status}"));
    push(out, "CLASS:PRIVATE");
    push(out, "TRANSP:TRANSPARENT");
    push(out, "END:VEVENT");
}

/// What the day is; a last day names its body and its measures.
fn said(explanation: &Explanation, line: &Line) -> String {
    let words = explanation.words();
    let labels = || {
        let label = |kind| super::text::label(explanation, line.matter, kind);
        words.list(&line.measures.iter().map(|kind| label(*kind)).collect::<Vec<_>>())
    };
    match line.kind {
        // The line may go on with what the reader said about it.
        LineKind::MeasureStarts => say!(words, "limit-begins", measures = labels()),
        LineKind::Remedy => {
            let what = if line.measures.is_empty() { words.say("the-decision") } else { labels() };
            let body = line.who.clone().unwrap_or_else(|| words.say("limit-body"));
            say!(words, "limit-last-day", what = what, body = body)
        }
        _ if line.template.is_empty() => line.text.clone(),
        _ => line.template.replace(super::timeline::IT, &say!(words, "it-list", labels = labels())),
    }
}

/// `20260310`
fn basic(day: Day) -> String {
    let (year, month, day) = day.to_ymd();
    format!("{year:04}{month:02}{day:02}")
}

/// Text with the signs of the format marked as text.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// Adds a line, folded at [`LINE_MAX`] bytes and never inside a letter.
fn push(out: &mut String, line: &str) {
    let mut length = 0;
    for letter in line.chars() {
        if length + letter.len_utf8() > LINE_MAX {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(letter);
        length += letter.len_utf8();
    }
    out.push_str("\r\n");
}
