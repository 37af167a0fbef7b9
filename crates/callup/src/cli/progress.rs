//! How far a run is, on standard error: a bar with the time left on a terminal, plain lines elsewhere; and the interrupt key.
//!
//! The first interrupt stops a run where nothing is half-written; the second ends the program at once.

use super::render::talk;
use crate::Stage;
use crate::error::ExitCode;
use callup_law::diagnostic::render as render_findings;
use callup_sim::{Control, Progress};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The user has interrupted.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);
/// The run looks at [`INTERRUPTED`] by itself; before, nothing is on the disk and the program may simply end.
static LOOKS: AtomicBool = AtomicBool::new(false);

/// Lines without a terminal come this many times in a run, so that a log stays short.
const PLAIN_LINES: u32 = 10;

/// Makes the interrupt key stop a run in good order.
pub fn listen_for_interrupts() {
    let end = || std::process::exit(ExitCode::Interrupted as i32);
    let handler = move || {
        if INTERRUPTED.swap(true, Ordering::SeqCst) || !LOOKS.load(Ordering::SeqCst) {
            talk("interrupted");
            end();
        }
        talk("stopping at the end of the week; once more to end at once");
    };
    // Without a handler the key ends the program at once, and what it leaves aside is swept by the next run.
    drop(ctrlc::set_handler(handler));
}

/// Shows how far a run is.
#[derive(Debug)]
pub struct Display {
    quiet: bool,
    bar: Option<ProgressBar>,
    began: Option<(Instant, u16)>,
    lines_shown: u32,
}

impl Display {
    /// A display on standard error; `quiet` for none.
    #[must_use]
    pub fn new(quiet: bool) -> Display {
        let bar = (!quiet && std::io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::no_length();
            let style = ProgressStyle::with_template("{msg:>12} [{wide_bar}] {pos}/{len} days, {eta} left");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
            bar
        });
        Display { quiet, bar, began: None, lines_shown: 0 }
    }

    /// Shows a stage and says whether the run goes on.
    pub fn show(&mut self, stage: &Stage<'_>) -> Control {
        LOOKS.store(matches!(stage, Stage::Simulation(_) | Stage::Saved { .. } | Stage::Writing(_)), Ordering::SeqCst);
        match stage {
            Stage::Ready(prepared) if !self.quiet && !prepared.notes.is_empty() => {
                talk(&render_findings(&prepared.notes, &prepared.note_sources));
            }
            Stage::Ready(_) => {}
            Stage::SaveFound { day, goes_on: true, .. } if !self.quiet => talk(&format!("going on from day {day}")),
            Stage::SaveFound { path, day, .. } if !self.quiet => talk(&format!(
                "a save of this run as of day {day} is there; to go on from it: callup run --resume {}\nbeginning anew",
                path.display()
            )),
            Stage::SaveFound { .. } => {}
            Stage::LivedAgain { law, days } if !self.quiet => talk(&format!(
                "the new law counts from what matters under `{law}` have not kept ({}): all days are lived again",
                days.join(", ")
            )),
            Stage::LivedAgain { .. } => {}
            Stage::Saved { day } if !self.quiet && self.bar.is_none() => talk(&format!("saved on day {day}")),
            Stage::Saved { .. } => {}
            Stage::Replicate { number, of, folder } => self.replicate(*number, *of, folder),
            Stage::Synthesis => self.step("making people"),
            Stage::Simulation(progress) => self.simulation(progress),
            Stage::Writing(file) => self.step(&format!("writing {file}")),
        }
        if INTERRUPTED.load(Ordering::SeqCst) { Control::Stop } else { Control::Continue }
    }

    /// A replicate is there: the next begins at its first day.
    fn replicate(&mut self, number: u16, of: u16, folder: &std::path::Path) {
        (self.began, self.lines_shown) = (None, 0);
        let line = format!("replicate {number} of {of}: {}", folder.display());
        match &self.bar {
            Some(bar) => bar.suspend(|| talk(&line)),
            None => talk(&line),
        }
    }

    /// Takes the bar away.
    pub fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn step(&self, what: &str) {
        match &self.bar {
            Some(bar) => bar.set_message(what.to_owned()),
            None if !self.quiet => talk(what),
            None => {}
        }
    }

    fn simulation(&mut self, progress: &Progress) {
        if let Some(bar) = &self.bar {
            bar.set_length(u64::from(progress.days));
            bar.set_position(u64::from(progress.day));
            bar.set_message("living");
            return;
        }
        let (began, first) = *self.began.get_or_insert((Instant::now(), progress.day));
        let due = u32::from(progress.day) * PLAIN_LINES / u32::from(progress.days.max(1));
        if !self.quiet && due > self.lines_shown {
            self.lines_shown = due;
            let left = time_left(began.elapsed(), progress.day - first, progress.days - progress.day);
            let left = left.map(|left| format!(", about {} s left", left.as_secs())).unwrap_or_default();
            talk(&format!("day {} of {}{left}", progress.day, progress.days));
        }
    }
}

/// What is left if the rest goes as fast as so far; nothing is known before a first step.
fn time_left(spent: Duration, days_done: u16, days_left: u16) -> Option<Duration> {
    (days_done > 0).then(|| spent * u32::from(days_left) / u32::from(days_done))
}
