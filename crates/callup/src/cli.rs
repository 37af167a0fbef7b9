//! The command line: a verb reads its arguments, calls the library and prints; the exit code says how it ended.

pub mod args;
mod ask;
mod check;
mod compare;
mod diff;
mod explain;
mod export;
mod fork;
mod lint;
mod list;
mod person;
mod progress;
mod query;
mod render;
mod run;
mod serve;
mod watch;

use crate::data::Data;
use crate::error::{Error, ExitCode};
use crate::prepare::Place;
use args::{CommandLine, Verb, WrittenArgs};
use clap::Parser as _;

/// Parses the arguments of the process, runs the verb and gives the exit code.
#[must_use]
pub fn main() -> ExitCode {
    let line = match CommandLine::try_parse() {
        Ok(line) => line,
        Err(error) => {
            // Help and version are data on standard output, all else is talk; a closed pipe is nobody's mistake.
            drop(error.print());
            return if error.use_stderr() { ExitCode::Usage } else { ExitCode::Success };
        }
    };
    dispatch(&line).unwrap_or_else(|error| {
        render::complain(&error);
        error.exit_code()
    })
}

fn dispatch(line: &CommandLine) -> Result<ExitCode, Error> {
    let data = match &line.data {
        Some(path) => Data::folder(path)?,
        None => Data::embedded(),
    };
    match &line.verb {
        Verb::Run(args) => run::execute(args, &data)?,
        Verb::Fork(args) => fork::execute(args, &data)?,
        Verb::Compare(args) => compare::execute(args, &data)?,
        Verb::Lint(args) if args.watch => {
            watch::watch(args, line.data.as_deref(), || lint::lint(args, &data).map(|(text, _)| text))?;
        }
        Verb::Lint(args) => {
            return lint::execute(args, &data).map(|clean| if clean { ExitCode::Success } else { ExitCode::Findings });
        }
        Verb::Diff(args) => diff::execute(args, &data)?,
        Verb::Explain(args) => explain::execute(args, &data)?,
        Verb::Person(args) => person::execute(args, &data)?,
        Verb::Export(args) => export::execute(args, &data)?,
        Verb::Query(args) => query::execute(args)?,
        Verb::Check(args) => check::execute(args, &data)?,
        Verb::List(args) => list::execute(args, &data)?,
        Verb::Serve(args) => serve::execute(args, data)?,
    }
    Ok(ExitCode::Success)
}

/// Where what comes out is written.
fn place(written: &WrittenArgs) -> Place {
    written.out.clone().map_or_else(|| Place::Under(written.runs.clone()), Place::Folder)
}

/// Answers to switches, as `switch=answer`.
fn answers(given: &[String]) -> Result<Vec<(String, String)>, Error> {
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let answer = |text: &String| {
        let pair = text.split_once('=').map(|(switch, answer)| (switch.trim().to_owned(), answer.trim().to_owned()));
        pair.filter(|(switch, answer)| is_name(switch) && is_name(answer)).ok_or_else(|| Error::Usage {
            message: format!("--answer {text} is no answer to a switch"),
            help: "write it as switch=answer".into(),
        })
    };
    given.iter().map(answer).collect()
}
