//! `callup diff`: two laws side by side, by role, in days and rights.

use super::args::{DiffArgs, DiffFormat};
use super::render::{print, print_json};
use crate::data::Data;
use crate::error::Error;
use crate::explaining::chosen_law;
use crate::output::difference;
use callup_law::diff::{diff, text};
use callup_law::rulebook::Rulebook;

/// Runs the verb.
///
/// # Errors
/// When a law is not there or has errors, a situation cannot be told under it, or standard output cannot be written.
pub fn execute(args: &DiffArgs, data: &Data) -> Result<(), Error> {
    let (first, second) = (book(data, &args.first)?, book(data, &args.second)?);
    let diff = diff(&first, &second).map_err(|errors| Error::Unfit {
        what: format!("`{}` and `{}` cannot be told side by side", args.first, args.second),
        reasons: errors.iter().map(ToString::to_string).collect(),
    })?;
    match args.format {
        DiffFormat::Text => print(&text(&diff)),
        DiffFormat::Json => print_json(&diff),
        DiffFormat::Html => print(&difference::whole(&diff)),
    }
}

fn book(data: &Data, name: &str) -> Result<Rulebook, Error> {
    let law = chosen_law(data, name)?;
    match law.book.clone().filter(|_| !law.is_broken()) {
        Some(book) => Ok(book),
        None => Err(Error::Findings {
            what: format!("law {}", law.source.name),
            findings: law.findings,
            sources: vec![law.source],
        }),
    }
}
