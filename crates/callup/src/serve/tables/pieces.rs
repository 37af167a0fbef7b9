//! An answer that goes out piece by piece, as its reader takes it.
//!
//! Each piece is made in a turn of its own, so that a slow reader holds a place and one piece, and no thread. It knows neither tables nor formats.

use super::super::Shop;
use super::super::answer::{Refusal, typed};
use super::cells::damaged;
use axum::body::{Body, Bytes};
use axum::response::Response;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;

/// An answer of up to so many bytes goes out whole, and takes no place.
const WHOLE_BYTES: usize = 256 * 1024;

/// Bytes of a piece of what is there already.
const PIECE_BYTES: usize = 64 * 1024;

/// When somebody who found no place may come again, seconds.
const RETRY_SECONDS: u32 = 5;

/// Makes the next piece, until there is none.
pub type Maker = Box<dyn FnMut() -> Result<Option<Bytes>, Refusal> + Send>;

/// What stands in a file.
///
/// # Errors
/// When it cannot be opened.
pub fn of_file(path: &Path) -> Result<Maker, Refusal> {
    let mut file = File::open(path).map_err(|error| damaged(&error.to_string()))?;
    Ok(Box::new(move || {
        let mut piece = vec![0; PIECE_BYTES];
        let read = file.read(&mut piece).map_err(|error| damaged(&error.to_string()))?;
        piece.truncate(read);
        Ok((read > 0).then(|| piece.into()))
    }))
}

/// What is in memory.
pub fn of_bytes(bytes: Vec<u8>) -> Maker {
    let mut rest = Bytes::from(bytes);
    Box::new(move || {
        let piece = rest.split_to(PIECE_BYTES.min(rest.len()));
        Ok((!piece.is_empty()).then_some(piece))
    })
}

/// The answer that these pieces are. What is wrong at the beginning is told as such; later, breaking off is the only way to say it.
///
/// # Errors
/// When the first pieces cannot be made, or too many answers go out.
pub fn in_pieces(shop: &Shop, content_type: &'static str, mut make: Maker) -> Result<Response, Refusal> {
    let mut begun = Vec::new();
    while begun.len() <= WHOLE_BYTES {
        match make()? {
            Some(piece) => begun.extend_from_slice(&piece),
            None => return Ok(typed(content_type, begun)),
        }
    }
    let place = Arc::clone(&shop.downloads).try_acquire_owned();
    let place = place.map_err(|_| Refusal::too_many("too many tables go out at once", RETRY_SECONDS))?;
    let rest = Rest { begun: Some(begun.into()), make, turns: Arc::clone(&shop.turns), _place: place };
    Ok(typed(content_type, Body::from_stream(futures_util::stream::unfold(Some(rest), next))))
}

/// What has not gone out yet.
struct Rest {
    begun: Option<Bytes>,
    make: Maker,
    turns: Arc<Semaphore>,
    /// Held until the last piece is taken, or nobody is left to take it.
    _place: OwnedSemaphorePermit,
}

async fn next(rest: Option<Rest>) -> Option<(Result<Bytes, std::io::Error>, Option<Rest>)> {
    let mut rest = rest?;
    if let Some(begun) = rest.begun.take() {
        return Some((Ok(begun), Some(rest)));
    }
    let turn = Arc::clone(&rest.turns).acquire_owned().await.ok()?;
    let made = spawn_blocking(move || {
        let made = (rest.make)();
        drop(turn);
        (made, rest)
    });
    match made.await {
        Ok((Ok(piece), rest)) => piece.map(|piece| (Ok(piece), Some(rest))),
        _ => Some((Err(std::io::Error::other("the answer could not be made to its end")), None)),
    }
}
