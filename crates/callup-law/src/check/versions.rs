//! Several laws together: versions that overlap (E080) and pending matters that cannot move to the law that replaces theirs (E082).
//!
//! Compares names and days of compiled laws. What one law says by itself is checked elsewhere.

use super::{Finding, Texts, diagnostic, file};
use crate::calendar::Day;
use crate::diagnostic::{Diagnostic, Source};
use crate::rulebook::{Cite, Pending, Rulebook, Track};

/// Checks a law against the one it replaces. `sources` are the texts of both. Without `replaces OLD` in the new law nothing is found.
#[must_use]
pub fn check_pair(old: &Rulebook, new: &Rulebook, sources: &[Source]) -> Vec<Diagnostic> {
    let texts = Texts::of(sources);
    pair(old, new).into_iter().map(|finding| diagnostic(finding, &texts)).collect()
}

/// Checks laws that are read together: overlapping versions, and every law against the one that it replaces, if that is among them.
#[must_use]
pub fn check_set(books: &[Rulebook], sources: &[Source]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (at, later) in books.iter().enumerate() {
        findings.extend(books[..at].iter().filter_map(|earlier| overlap(earlier, later)));
        findings.extend(books.iter().flat_map(|old| pair(old, later)));
    }
    let texts = Texts::of(sources);
    findings.into_iter().map(|finding| diagnostic(finding, &texts)).collect()
}

/// E080
fn overlap(first: &Rulebook, second: &Rulebook) -> Option<Finding> {
    let until = |book: &Rulebook| book.in_force_until.unwrap_or(Day::MAX);
    let from = first.in_force_from.max(second.in_force_from);
    let to = until(first).min(until(second));
    if first.id != second.id || from > to {
        return None;
    }
    let message = format!("two documents are the law `{}` on {}", second.id, String::from(from));
    let other = format!("the other stands in {}, in force from {}", file(first), String::from(first.in_force_from));
    let help = format!("let the earlier one end: `in force from … until {}`", String::from(from.plus_days(-1)));
    Some(Finding::new("E080", &place_of(second), message).help(other).help(help))
}

/// The first line of a law: it has no statement of its own in the compiled form.
fn place_of(book: &Rulebook) -> Cite {
    Cite { article: String::new(), paragraph: String::new(), file: file(book), line: 1, column: 1 }
}

/// E082
fn pair(old: &Rulebook, new: &Rulebook) -> Vec<Finding> {
    let Some(replaces) = new.replaces.as_ref().filter(|replaces| replaces.id == old.id) else { return Vec::new() };
    let follows = old.in_force_from < replaces.from;
    if replaces.pending == Pending::Old || !follows {
        return Vec::new();
    }
    let missing = old.tracks.iter().flat_map(|track| missing_states(old, new, track));
    missing
        .map(|name| {
            let message = format!("a matter pending under `{}` cannot move to `{}`: it lacks {name}", old.id, new.id);
            let help = "keep the name in the new law, or write `pending matters: old`";
            Finding::new("E082", &replaces.cite, message).help(help)
        })
        .collect()
}

/// Names of a track of the old law that the new one lacks: the track as a whole, or some of its states.
fn missing_states(old: &Rulebook, new: &Rulebook, track: &Track) -> Vec<String> {
    let notices = &old.matters[track.matter].notices;
    let mut missing = Vec::new();
    for matter in new.matters.iter().filter(|matter| notices.iter().any(|notice| matter.notices.contains(notice))) {
        let Some(same) = matter.tracks.iter().map(|index| &new.tracks[*index]).find(|other| other.name == track.name)
        else {
            missing.push(format!("the track `{}`", track.name));
            continue;
        };
        let lacks = track.states.iter().filter(|state| same.states.iter().all(|other| other.name != state.name));
        missing.extend(lacks.map(|state| format!("the state `{}.{}`", track.name, state.name)));
    }
    let served = new.matters.iter().flat_map(|matter| &matter.notices);
    let lost = notices.iter().filter(|notice| served.clone().all(|known| known != *notice));
    missing.extend(lost.map(|notice| format!("a matter for `{}`", notice.word())));
    missing.sort();
    missing.dedup();
    missing
}
