//! `callup serve`: the local page; prints its address and stays until it is interrupted.

use super::args::ServeArgs;
use super::render::{print, talk};
use crate::data::Data;
use crate::error::{Error, ExitCode};
use crate::serve::{ServeRequest, serve};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;

/// Runs the verb.
///
/// # Errors
/// When the address cannot be served.
pub fn execute(args: &ServeArgs, data: Data) -> Result<(), Error> {
    let request = ServeRequest {
        port: args.port,
        runs: args.runs.clone(),
        listen: args.listen,
        others_can_reach_it: args.others_can_reach_it,
    };
    let end = Arc::new(Notify::new());
    listen_for_interrupts(Arc::clone(&end));
    let mut printed = Ok(());
    serve(&request, data, &end, &mut |address| {
        talk("open this address; it ends in the token without which nobody is let in");
        printed = print(&format!("{address}\n"));
        if args.others_can_reach_it {
            talk("others can reach this server: whoever learns the address may run and read everything in it");
        }
        talk("interrupt (Ctrl-C) to end");
    })?;
    printed
}

/// The first interrupt ends in good order, the second at once.
fn listen_for_interrupts(end: Arc<Notify>) {
    let asked = AtomicBool::new(false);
    let handler = move || {
        if asked.swap(true, Ordering::SeqCst) {
            std::process::exit(ExitCode::Interrupted as i32);
        }
        talk("ending; once more to end at once");
        end.notify_one();
    };
    // Without a handler the key ends the program at once; what is under way then shows as interrupted.
    drop(ctrlc::set_handler(handler));
}
