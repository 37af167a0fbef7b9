//! `callup export`: the compiled form of a law as JSON.

use super::args::ExportArgs;
use super::render;
use crate::data::Data;
use crate::error::Error;
use crate::explaining::chosen_law;
use callup_law::schema::rulebook_to_json;

/// Runs the verb.
///
/// # Errors
/// When the law is not there, has errors, or standard output cannot be written.
pub fn execute(args: &ExportArgs, data: &Data) -> Result<(), Error> {
    let law = chosen_law(data, &args.law)?;
    let Some(book) = law.book.as_ref().filter(|_| !law.is_broken()) else {
        return Err(Error::Findings {
            what: format!("law {}", law.source.name),
            findings: law.findings,
            sources: vec![law.source],
        });
    };
    render::print(&rulebook_to_json(book))
}
