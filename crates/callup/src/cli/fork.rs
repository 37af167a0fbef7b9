//! `callup fork`: a run that was saved goes on under another law; prints what `callup run` prints.

use super::args::ForkArgs;
use super::progress::{Display, listen_for_interrupts};
use super::run::show;
use crate::data::Data;
use crate::error::Error;
use crate::forking::{ForkRequest, fork};

/// Runs the verb.
///
/// # Errors
/// Whatever keeps the save from going on under this law, or the run from being written or printed.
pub fn execute(args: &ForkArgs, data: &Data) -> Result<(), Error> {
    listen_for_interrupts();
    let request = ForkRequest {
        save: args.save.clone(),
        law: args.law.clone(),
        answers: super::answers(&args.answer)?,
        pending_stay: args.pending_stay,
        threads: args.written.threads,
        place: super::place(&args.written),
    };
    let mut display = Display::new(args.quiet);
    let finished = fork(&request, data, &mut |stage| display.show(&stage));
    display.end();
    show(&finished?, args.json)
}
