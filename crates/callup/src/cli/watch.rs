//! `callup lint --watch`: says the findings again whenever a law is saved, until the interrupt key.
//!
//! Folders are watched, not files: many editors save by writing a new file and renaming it over the old one, and then the old file
//! is nobody's any more. This file knows no law.

use super::args::LintArgs;
use super::progress::listen_for_interrupts;
use super::render::{complain, print, talk};
use crate::error::Error;
use crate::input::laws::{ENDING, is_path};
use notify::{Event, EventKind, RecursiveMode, Watcher as _};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Saving a file is several events; they count as one when no other comes for this long.
const QUIET: Duration = Duration::from_millis(100);

/// A folder to watch.
struct Place {
    folder: PathBuf,
    /// With all folders in it.
    deep: bool,
}

/// Lints once and then again at every change. Only the interrupt key ends it; findings, and laws that cannot be read for a moment, do not.
///
/// # Errors
/// When nothing that was named lies in a folder, or a folder cannot be watched.
pub fn watch(args: &LintArgs, data: Option<&Path>, lint: impl Fn() -> Result<String, Error>) -> Result<(), Error> {
    let places = places(args, data)?;
    let (sender, receiver) = channel();
    let mut watcher =
        notify::recommended_watcher(move |event| drop(sender.send(event))).map_err(|error| refused(&error))?;
    for place in &places {
        let mode = if place.deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        watcher.watch(&place.folder, mode).map_err(|error| refused(&error))?;
    }
    listen_for_interrupts();
    say(lint())?;
    talk("watching; interrupt to end");
    while let Some(changed) = next_change(&receiver) {
        print(&format!("\n== {} ==\n\n", changed.into_iter().collect::<Vec<_>>().join(", ")))?;
        say(lint())?;
    }
    Ok(())
}

/// The folder of every path, and the laws of the data if a law is named otherwise or none is.
fn places(args: &LintArgs, data: Option<&Path>) -> Result<Vec<Place>, Error> {
    let by_path = args.laws.iter().filter(|name| is_path(name)).map(|name| {
        let folder = Path::new(name).parent().filter(|folder| !folder.as_os_str().is_empty());
        Place { folder: folder.unwrap_or(Path::new(".")).to_path_buf(), deep: false }
    });
    let mut places: Vec<Place> = by_path.collect();
    if places.len() < args.laws.len() || args.laws.is_empty() {
        let Some(data) = data else {
            return Err(Error::Usage {
                message: "`--watch` needs laws that lie in a folder; those built in do not change".into(),
                help: "name laws by path, or give their folder with `--data DIR`".into(),
            });
        };
        places.push(Place { folder: data.join("laws"), deep: true });
    }
    Ok(places)
}

/// Waits for the next change and what comes right after it; the names of the laws that changed. `None` when nobody watches any more.
fn next_change(events: &Receiver<notify::Result<Event>>) -> Option<BTreeSet<String>> {
    let mut changed = BTreeSet::new();
    while changed.is_empty() {
        changed.extend(laws_of(&events.recv().ok()?));
    }
    while let Ok(event) = events.recv_timeout(QUIET) {
        changed.extend(laws_of(&event));
    }
    Some(changed)
}

/// Names of the laws that an event speaks of; reading a file changes nothing.
fn laws_of(event: &notify::Result<Event>) -> Vec<String> {
    let Ok(event) = event else { return Vec::new() };
    if matches!(event.kind, EventKind::Access(_)) {
        return Vec::new();
    }
    let names = event.paths.iter().filter_map(|path| path.file_name()?.to_str());
    names.filter(|name| name.ends_with(ENDING)).map(str::to_owned).collect()
}

/// Prints what was found, or why it could not be found this time.
fn say(linted: Result<String, Error>) -> Result<(), Error> {
    match linted {
        Ok(text) => print(&text),
        Err(error @ Error::Stdout(_)) => Err(error),
        Err(error) => {
            complain(&error);
            Ok(())
        }
    }
}

fn refused(error: &notify::Error) -> Error {
    let place = error.paths.first().map(|path| format!(" {}", path.display())).unwrap_or_default();
    Error::Usage {
        message: format!("cannot watch{place}: {error}"),
        help: "check the folder, or lint without `--watch`".into(),
    }
}
