//! Words for terminals: standard output in one piece, errors with their help, aligned columns, numbers in groups of three.
//!
//! Standard output is data, standard error is talk. A reader that closes the pipe early is no error of ours.

use crate::error::Error;
use callup_law::diagnostic::render as render_findings;
use std::io::{ErrorKind, Write as _};

/// Writes text to standard output. A closed pipe counts as written: the reader has what it wanted.
///
/// # Errors
/// When standard output cannot be written, for example to a full disk.
pub fn print(text: &str) -> Result<(), Error> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Error::Stdout(error)),
        _ => Ok(()),
    }
}

/// A value as JSON and a line end.
///
/// # Errors
/// When it cannot be written as JSON, which no value of ours is.
pub fn json_text(value: &impl serde::Serialize) -> Result<String, Error> {
    let mut text = serde_json::to_string_pretty(value).map_err(|error| Error::Stdout(error.into()))?;
    text.push('\n');
    Ok(text)
}

/// Writes a value as JSON and a line end to standard output.
///
/// # Errors
/// As [`print`].
pub fn print_json(value: &impl serde::Serialize) -> Result<(), Error> {
    print(&json_text(value)?)
}

/// Writes a line to standard error. Nobody is left to tell if that fails.
pub fn talk(line: &str) {
    drop(writeln!(std::io::stderr().lock(), "{line}"));
}

/// Says on standard error why a command ended, findings first, then one sentence and its help.
pub fn complain(error: &Error) {
    if let Error::Findings { sources, findings, .. } = error {
        talk(&render_findings(findings, sources));
    }
    talk(&format!("error: {error}"));
    if let Some(help) = error.help() {
        talk(&format!(" help: {help}"));
    }
}

/// Lines of columns, each padded to its widest cell with two spaces between. The columns named in `right` are aligned to the right.
#[must_use]
pub fn aligned(rows: &[Vec<String>], right: &[usize]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let padding = " ".repeat(widths[column] - cell.chars().count());
            let (before, after) = if right.contains(&column) { (&*padding, "") } else { ("", &*padding) };
            line += &format!("{before}{cell}{after}  ");
        }
        out += line.trim_end();
        out.push('\n');
    }
    out
}
