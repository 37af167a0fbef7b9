//! The difference of two laws as lines for people: what changes in days, what changes in rights, and the score card of each.

use super::Diff;
use super::rights::{EndedBy, RemedyLine, RightDiff, ScoreCard};
use super::situations::{Days, MeasureDays, Situation, SituationDiff};
use crate::explain::basis;
use crate::roles::NoticeKind;
use std::fmt::Write as _;

/// The whole difference.
#[must_use]
pub fn text(diff: &Diff) -> String {
    let mut out = String::new();
    for (law, title) in diff.laws.iter().zip(&diff.titles) {
        line(&mut out, &format!("{law}  {title}"));
    }
    line(
        &mut out,
        "\nIN DAYS - for a man of 25 who is liable, with nothing that frees him; the date in the notice is its 14th day",
    );
    days(&mut out, diff);
    line(&mut out, "\nIN RIGHTS");
    rights(&mut out, diff);
    line(&mut out, "\nSCORE CARD");
    score_cards(&mut out, diff);
    line(
        &mut out,
        "\nThis describes the texts of the laws. Days are whole days after the day of the notice; a span is what open readings leave.",
    );
    out
}

fn line(out: &mut String, text: &str) {
    writeln!(out, "{}", text.trim_end()).expect("writing to memory does not fail");
}

fn days(out: &mut String, diff: &Diff) {
    let mut same = 0;
    let mut head: Option<(NoticeKind, Situation)> = None;
    for one in &diff.situations {
        if one.is_same() {
            same += 1;
            continue;
        }
        if head != Some((one.notice, one.situation)) {
            head = Some((one.notice, one.situation));
            line(out, &format!("  {}, {}", one.notice.word().replace('_', " "), one.situation.words()));
        }
        line(out, &format!("    {}: {}", one.measure.word(), started(one)));
        for (law, under) in diff.laws.iter().zip(&one.under) {
            line(out, &format!("      {law}: {}", under.as_ref().map_or_else(|| "not begun".to_owned(), under_law)));
        }
    }
    if head.is_none() {
        line(out, "  no measure starts or ends on another day");
    }
    line(out, &format!("  ({same} measures in situations are the same under both)"));
}

/// What changes, in a few words.
fn started(one: &SituationDiff) -> String {
    let [Some(first), Some(second)] = &one.under else {
        return if one.under[0].is_none() { "new".to_owned() } else { "gone".to_owned() };
    };
    let (first_days, second_days) = (first.starts_after_days, second.starts_after_days);
    let later = |by: i32| format!("{} days {}", by.abs(), if by < 0 { "earlier" } else { "later" });
    let start = match (second_days.from - first_days.from, second_days.to - first_days.to) {
        (0, 0) => String::new(),
        (from, to) if from == to => later(from),
        (from, 0) => format!("by the earliest reading {}", later(from)),
        (0, to) => format!("by the latest reading {}", later(to)),
        (from, to) => format!("by the earliest reading {}, by the latest {}", later(from), later(to)),
    };
    let lift = match (first.lifted_after_days, second.lifted_after_days) {
        (one, other) if one == other => "",
        (None, _) => "now lifted on appearing",
        (_, None) => "no longer lifted on appearing",
        _ => "lifted on another day",
    };
    let contested = if first.is_contested == second.is_contested { "" } else { "other readings are open" };
    [start.as_str(), lift, contested].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn under_law(one: &MeasureDays) -> String {
    let contested = if one.is_contested { " (hangs on an open reading)" } else { "" };
    let lifted = one.lifted_after_days.map_or_else(
        || "not lifted by appearing on day 60".to_owned(),
        |days| format!("lifted at latest {} after appearing", span(days)),
    );
    format!("from {}{contested}, {lifted}  {}", day(one.starts_after_days), basis(&one.cite))
}

fn day(days: Days) -> String {
    if days.from == days.to { format!("day {}", days.from) } else { format!("day {} to {}", days.from, days.to) }
}

fn span(days: Days) -> String {
    match (days.from, days.to) {
        (1, 1) => "1 day".to_owned(),
        (from, to) if from == to => format!("{from} days"),
        (from, to) => format!("{from} to {to} days"),
    }
}

fn rights(out: &mut String, diff: &Diff) {
    let mut is_any = false;
    for one in diff.rights.iter().filter(|one| !one.is_same()) {
        is_any = true;
        line(out, &format!("  {}", one.measure.word()));
        for (place, law) in diff.laws.iter().enumerate() {
            line(out, &format!("    {law}: {}", right(one, place)));
        }
    }
    if !is_any {
        line(out, "  every measure ends by the same acts, and the same remedies lie against it");
    }
}

fn right(one: &RightDiff, law: usize) -> String {
    if !one.exists[law] {
        return "no such measure".to_owned();
    }
    let end = |end: &super::End| {
        let by = match end.by {
            EndedBy::Person => "by the person",
            EndedBy::Authority => "by an authority",
            EndedBy::Time => "by time",
        };
        let within = end.within.as_ref().map(|within| format!(" within {within}")).unwrap_or_default();
        format!("ends on {}{within}, {by}  {}", end.on, basis(&end.cite))
    };
    let mut parts: Vec<String> = one.ends[law].iter().map(end).collect();
    parts.extend(one.never_ends[law].as_ref().map(|cite| format!("never ends  {}", basis(cite))));
    if parts.is_empty() {
        parts.push("nothing is said of its end".to_owned());
    }
    parts.extend(one.remedies[law].iter().map(remedy));
    if one.remedies[law].is_empty() {
        parts.push("no remedy".to_owned());
    }
    parts.join("\n      ")
}

fn remedy(one: &RemedyLine) -> String {
    let within = |words: &Option<String>, what: &str| {
        words.as_ref().map(|words| format!(", {what} {words}")).unwrap_or_default()
    };
    let (file, decide) = (within(&one.file_within, "file within"), within(&one.decide_within, "decided within"));
    format!("remedy {} to {}{file}{decide}, {}  {}", one.name, one.to, one.suspends, basis(&one.cite))
}

fn score_cards(out: &mut String, diff: &Diff) {
    let [first, second] = diff.score_cards.each_ref().map(ScoreCard::lines);
    let rows: Vec<_> = first.into_iter().zip(second).map(|((words, one), (_, other))| (words, one, other)).collect();
    let width = rows.iter().map(|(words, ..)| words.chars().count()).max().unwrap_or(0);
    let columns = diff.laws.each_ref().map(|law| law.chars().count().max(10));
    line(
        out,
        &format!(
            "  {:width$}  {:>first$}  {:>second$}",
            "",
            diff.laws[0],
            diff.laws[1],
            first = columns[0],
            second = columns[1]
        ),
    );
    for (words, first, second) in rows {
        line(out, &format!("  {words:width$}  {first:>one$}  {second:>two$}", one = columns[0], two = columns[1]));
    }
}
