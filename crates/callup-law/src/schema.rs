//! The compiled law as JSON: writing, reading back, and the JSON Schema that other engines and viewers may rely on.
//!
//! Reading is strict: another format version, an unknown field or an index that points at nothing is a finding, never a guess.
//! This file knows no law text.

use crate::diagnostic::{Diagnostic, Lines, Source, Span};
use crate::program::well_formed;
use crate::rulebook::{Expected, FORMAT_VERSION, Given, Pending, Rulebook};
use serde::Deserialize;

/// Longest JSON text that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 24;

/// The JSON Schema of a rulebook; `docs/law.schema.json` holds the same.
#[must_use]
pub fn law_schema() -> serde_json::Value {
    schemars::schema_for!(Rulebook).to_value()
}

/// A rulebook as JSON text with indentation and a final line end.
#[must_use]
pub fn rulebook_to_json(book: &Rulebook) -> String {
    // INVARIANT: a rulebook has text keys only and no floating numbers, so nothing in it can refuse to be written.
    let mut text = serde_json::to_string_pretty(book).expect("a rulebook is plain data");
    text.push('\n');
    text
}

/// Only what must be read before anything else.
#[derive(Deserialize)]
struct Version {
    format_version: u32,
}

/// Reads a rulebook that [`rulebook_to_json`] wrote, here or elsewhere. Spans lie in the source with index 0.
///
/// # Errors
/// E008 too large, E090 not of this form (an unknown or missing field, a wrong word), E091 another format version,
/// E098 an index that points at nothing.
pub fn rulebook_from_json(source: &Source) -> Result<Rulebook, Vec<Diagnostic>> {
    let text = source.text.as_str();
    if text.len() > MAX_BYTES {
        let message = format!("the text is {} bytes long; at most {MAX_BYTES} are read", text.len());
        return Err(vec![Diagnostic::new("E008", nowhere(), message)]);
    }
    let version: Version = serde_json::from_str(text).map_err(|error| vec![not_of_the_form(text, &error)])?;
    if version.format_version != FORMAT_VERSION {
        let message = format!(
            "the compiled law has format version {}; this program reads {FORMAT_VERSION}",
            version.format_version
        );
        let finding = Diagnostic::new("E091", nowhere(), message).help("compile the law again from its text");
        return Err(vec![finding]);
    }
    let book: Rulebook = serde_json::from_str(text).map_err(|error| vec![not_of_the_form(text, &error)])?;
    let faults: Vec<String> = well_formed::faults(&book).into_iter().chain(other_faults(&book)).collect();
    if faults.is_empty() {
        return Ok(book);
    }
    Err(faults.into_iter().map(|fault| Diagnostic::new("E098", nowhere(), fault)).collect())
}

fn nowhere() -> Span {
    Span { source: 0, start: 0, end: 0 }
}

fn not_of_the_form(text: &str, error: &serde_json::Error) -> Diagnostic {
    let column = error.column().saturating_sub(1) as u32;
    let line_start = Lines::of(text).byte(text, error.line() as u32, 1).unwrap_or_default();
    // serde counts bytes: its column may lie inside a character, or behind the end.
    let start = text.floor_char_boundary(line_start.saturating_add(column) as usize);
    let end = text[start..].chars().next().map_or(start, |letter| start + letter.len_utf8());
    let message = error.to_string();
    // The place is printed beside the finding; serde's own words for it would say it twice.
    let message = message.split(" at line ").next().unwrap_or_default().to_owned();
    Diagnostic::new("E090", Span { source: 0, start: start as u32, end: end as u32 }, message)
        .help("the form is that of docs/law.schema.json")
}

/// What binding does not look at: the switch for pending matters, and the cases.
fn other_faults(book: &Rulebook) -> Vec<String> {
    let mut faults = Vec::new();
    let pending = book.replaces.as_ref().map(|replaces| replaces.pending);
    if matches!(pending, Some(Pending::Switch(switch)) if switch >= book.switches.len()) {
        faults.push("replaces: no such switch".to_owned());
    }
    for case in &book.cases {
        let answered = case
            .answers
            .iter()
            .all(|(switch, option)| book.switches.get(*switch).is_some_and(|switch| *option < switch.options.len()));
        let given = case.given.iter().all(|given| match given {
            Given::Date(fact, _) | Given::Person(fact, _) => *fact < book.facts.len(),
            Given::Condition(condition, _) | Given::ConditionFrom(condition, ..) => *condition < book.conditions.len(),
            Given::Remedy(_, remedy, _) => *remedy < book.remedies.len(),
            Given::Event(..) | Given::Elsewhere(..) | Given::Born(_) | Given::Kind(_) => true,
        });
        let state = |track: usize, state: u8| {
            book.tracks.get(track).is_some_and(|track| usize::from(state) < track.states.len())
        };
        let expected = case.expected.iter().all(|expected| match expected {
            Expected::MeasureOn(measure, _) | Expected::LiftedBy(measure, _) => *measure < book.measures.len(),
            Expected::SuspendedOn(measure, _) | Expected::ResumedOn(measure, _) => *measure < book.measures.len(),
            Expected::NoMeasure(measure) | Expected::MeasureOpen(measure) => *measure < book.measures.len(),
            Expected::StateOn { track, state: index, .. } | Expected::NeverState { track, state: index } => {
                state(*track, *index)
            }
            Expected::OpenUntil(remedy, _) => *remedy < book.remedies.len(),
            Expected::Void | Expected::Gap(_) | Expected::MustActBy(..) => true,
        });
        for (holds, what) in
            [(answered, "option of a switch"), (given, "fact or condition"), (expected, "measure or state")]
        {
            if !holds {
                faults.push(format!("case \"{}\": no such {what}", case.name));
            }
        }
    }
    faults
}
