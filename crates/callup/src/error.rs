//! Why a command ends without its result, what the user can do about it, and the exit code that says so to a script.
//!
//! The codes are part of the interface (`docs/exit-codes.md`). Findings are data with places in texts; all else is one sentence and its help.

use crate::data::ReadError;
use crate::folder::WriteError;
use callup_law::diagnostic::{Diagnostic, Source};

/// How a command ended, for scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ExitCode {
    /// Done.
    Success = 0,
    /// A law, scenario, table or file of facts has errors; they are on standard error (or in the JSON).
    Findings = 1,
    /// The command line is wrong, or names something that does not exist.
    Usage = 2,
    /// Something cannot be read or written: missing, not permitted, disk full.
    Files = 3,
    /// The folder to write already exists; nothing was overwritten.
    Exists = 4,
    /// A run or a save was made from other inputs, or by another program.
    Unlike = 5,
    /// Interrupted; nothing was left behind but a save, if one was asked for.
    Interrupted = 130,
}

impl ExitCode {
    /// Every code, in order.
    pub const ALL: [ExitCode; 7] = [
        ExitCode::Success,
        ExitCode::Findings,
        ExitCode::Usage,
        ExitCode::Files,
        ExitCode::Exists,
        ExitCode::Unlike,
        ExitCode::Interrupted,
    ];

    /// What the code says, in one line.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            ExitCode::Success => "done",
            ExitCode::Findings => "a law, scenario, table or file of facts has errors",
            ExitCode::Usage => "the command line is wrong, or names what does not exist",
            ExitCode::Files => "something cannot be read or written (missing, not permitted, disk full)",
            ExitCode::Exists => "the folder to write already exists; nothing was overwritten",
            ExitCode::Unlike => "a run or a save was made from other inputs, or by another program",
            ExitCode::Interrupted => "interrupted; nothing was left behind but a save, if one was asked for",
        }
    }
}

/// Why a command ended without its result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Input cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Output cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Input is read and is wrong.
    #[error("{what} cannot be used")]
    Findings {
        /// What was read, for example `scenario x`.
        what: String,
        /// The texts that the findings speak of.
        sources: Vec<Source>,
        /// The findings, errors among them.
        findings: Vec<Diagnostic>,
    },
    /// Laws and scenario do not go together; one sentence for each reason.
    #[error("{what}:\n  {}", reasons.join("\n  "))]
    Unfit {
        /// What does not fit what.
        what: String,
        /// The reasons.
        reasons: Vec<String>,
    },
    /// A run or a save that is there does not go with what is at hand.
    #[error(transparent)]
    Unlike(Mismatch),
    /// The command line names something that does not exist, or an impossible value.
    #[error("{message}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
    },
    /// The user interrupted.
    #[error("interrupted; nothing was written")]
    Interrupted,
    /// The user interrupted, and the run can go on from a save.
    #[error("interrupted; the run is saved in {save} as of day {day}")]
    InterruptedSaved {
        /// The save.
        save: String,
        /// Days done.
        day: u16,
        /// It is one of several runs that are asked for together, which goes on by itself when they are asked for again.
        is_of_several: bool,
    },
    /// Standard output cannot be written; a pipe that the reader closed is not among these.
    #[error("cannot write standard output: {0}")]
    Stdout(std::io::Error),
}

/// How something that was made before differs from what is at hand.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} does not go with the inputs at hand:\n  {}", reasons.join("\n  "))]
pub struct Mismatch {
    /// What was made before.
    pub what: String,
    /// The differences, one sentence each.
    pub reasons: Vec<String>,
    /// What to do.
    pub help: String,
}

impl Error {
    /// The code that the program ends with.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Error::Findings { .. } | Error::Unfit { .. } => ExitCode::Findings,
            Error::Usage { .. } => ExitCode::Usage,
            Error::Write(WriteError::Exists { .. } | WriteError::Foreign { .. }) => ExitCode::Exists,
            Error::Read(_) | Error::Write(_) | Error::Stdout(_) => ExitCode::Files,
            Error::Unlike(_) => ExitCode::Unlike,
            Error::Interrupted | Error::InterruptedSaved { .. } => ExitCode::Interrupted,
        }
    }

    /// What the user can do, if there is something to say beyond the message.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Error::Read(error) => Some(error.help()),
            Error::Write(error) => Some(error.help()),
            Error::Usage { help, .. } => Some(help.clone()),
            Error::Unlike(mismatch) => Some(mismatch.help.clone()),
            Error::Findings { .. } => Some("mend the errors above; warnings alone do not stop a run".into()),
            Error::Unfit { .. } => Some("answer in the scenario what the laws leave open".into()),
            Error::InterruptedSaved { is_of_several: true, .. } => {
                Some("the same command again goes on from there; what is done is not done again".into())
            }
            Error::InterruptedSaved { save, .. } => Some(format!("go on with `callup run --resume {save}`")),
            Error::Interrupted | Error::Stdout(_) => None,
        }
    }
}
