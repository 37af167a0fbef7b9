//! The local server: the page that people read, and the data behind it, for this machine alone.
//!
//! It holds what all requests share and opens the door; who may come in stands in `guard`, what can be asked in `routes`. Everything that takes
//! time happens on threads of its own, a few at once. No path is ever taken from a request: ids are looked up in lists.

mod answer;
mod ask;
mod desk;
mod guard;
mod jobs;
mod listen;
mod page;
mod patience;
mod routes;
mod shelf;
mod tables;
mod told;

use crate::data::Data;
use crate::error::Error;
use crate::folder::WriteError;
use answer::Refusal;
use guard::{Door, Token};
use jobs::Jobs;
use shelf::Shelf;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tables::KeptTables;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// How many requests do work at once; the others wait their turn.
const WORKERS: usize = 4;

/// How many follow jobs at once.
const FOLLOWERS: usize = 64;

/// How many long tables go out piece by piece at once. One that is too large to be kept is decoded meanwhile: a page and a dictionary of each column,
/// some 40 MB of the widest.
const DOWNLOADS: usize = 4;

/// How many workbooks are made at once: one is in memory whole until it is written.
const SHEETS: usize = 1;

/// How long a request waits for its turn before it is refused.
const TURN_WAIT: Duration = Duration::from_secs(10);

/// What the user asks for.
#[derive(Clone, Debug)]
pub struct ServeRequest {
    /// Port; 0 for any that is free.
    pub port: u16,
    /// Folder that holds the folders of runs and comparisons.
    pub runs: PathBuf,
    /// The address to listen on.
    pub listen: IpAddr,
    /// Said a second time: others can reach that address.
    pub others_can_reach_it: bool,
}

impl ServeRequest {
    /// Loopback, port and folder given.
    #[must_use]
    pub fn local(port: u16, runs: PathBuf) -> ServeRequest {
        ServeRequest { port, runs, listen: IpAddr::V4(Ipv4Addr::LOCALHOST), others_can_reach_it: false }
    }
}

/// What all requests share.
#[derive(Debug)]
struct Shop {
    data: Data,
    door: Door,
    shelf: Shelf,
    jobs: Arc<Jobs>,
    turns: Arc<Semaphore>,
    tables: KeptTables,
    downloads: Arc<Semaphore>,
    sheets: Arc<Semaphore>,
    followers: Arc<Semaphore>,
}

type Shared = Arc<Shop>;

/// Serves until `end` is told; `ready` learns the address to open, which bears the token.
///
/// # Errors
/// When others could reach the address and that was not said twice, or it cannot be listened on.
pub fn serve(request: &ServeRequest, data: Data, end: &Arc<Notify>, ready: &mut dyn FnMut(&str)) -> Result<(), Error> {
    let listener = listener(request)?;
    let address = listener.local_addr().map_err(|source| unheard(request, source))?;
    let token = Token::new().map_err(|reason| usage(reason, "the system has no source of chance"))?;
    let link = format!("http://{address}/#token={}", token.shown());
    let jobs = Jobs::open(&request.runs, data.anew())?;
    let shop: Shared = Arc::new(Shop {
        data,
        jobs: Arc::clone(&jobs),
        door: Door::new(token, address),
        shelf: Shelf::new(request.runs.clone()),
        turns: Arc::new(Semaphore::new(WORKERS)),
        tables: KeptTables::default(),
        downloads: Arc::new(Semaphore::new(DOWNLOADS)),
        sheets: Arc::new(Semaphore::new(SHEETS)),
        followers: Arc::new(Semaphore::new(FOLLOWERS)),
    });
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    // All work waits for its turn, so more threads would never be used; and each that ever was keeps memory of the allocator.
    runtime.worker_threads(2).max_blocking_threads(WORKERS).enable_all();
    let runtime = runtime.build();
    let runtime = runtime.map_err(|source| unheard(request, source))?;
    ready(&link);
    let served = runtime.block_on(listen::until(listener, routes::router(&shop), end));
    jobs.end();
    // Work that is still under way is not waited for: nobody is left to hear its answer.
    runtime.shutdown_background();
    served.map_err(|source| unheard(request, source))
}

fn listener(request: &ServeRequest) -> Result<TcpListener, Error> {
    if !request.listen.is_loopback() && !request.others_can_reach_it {
        let message = format!("--listen {} lets other machines reach this server", request.listen);
        let help = "leave --listen out; or, if that is what you want, say it a second time with --others-can-reach-it";
        return Err(usage(message, help));
    }
    let listener = TcpListener::bind(SocketAddr::new(request.listen, request.port));
    let listener = listener.map_err(|source| unheard(request, source))?;
    listener.set_nonblocking(true).map_err(|source| unheard(request, source))?;
    Ok(listener)
}

fn usage(message: String, help: &str) -> Error {
    Error::Usage { message, help: help.to_owned() }
}

fn unheard(request: &ServeRequest, source: std::io::Error) -> Error {
    WriteError::System { path: SocketAddr::new(request.listen, request.port).to_string(), source }.into()
}

/// A turn, when it comes.
async fn turn(turns: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Refusal> {
    match tokio::time::timeout(TURN_WAIT, Arc::clone(turns).acquire_owned()).await {
        Ok(Ok(turn)) => Ok(turn),
        _ => Err(Refusal::busy()),
    }
}

/// Does work on a thread of its own when its turn comes.
async fn work<T: Send + 'static>(
    shop: &Shared,
    work: impl FnOnce(&Shop) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let turn = turn(&shop.turns).await?;
    let own = Arc::clone(shop);
    // The turn lasts as long as the work, also if whoever asked has gone away.
    let done = tokio::task::spawn_blocking(move || {
        let done = work(&own);
        drop(turn);
        done
    });
    done.await.unwrap_or_else(|_| Err(Refusal::broken()))
}
