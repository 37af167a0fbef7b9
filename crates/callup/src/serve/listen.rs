//! The door as the network sees it: connections, how many at once, and how long each may take to say what it wants.
//!
//! It knows HTTP and no route.

use super::patience::Patient;
use axum::Router;
use axum::body::Body;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tower_service::Service as _;

/// Connections at once; more wait at the door.
const CONNECTIONS_MAX: usize = 512;

/// Within this time a connection says what it wants, or is closed.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);

/// Bytes of all the headers of a request.
const HEADER_BYTES_MAX: usize = 16 * 1024;

/// A reader who takes nothing for so long is not waited for any longer.
const READER_WITHIN: Duration = Duration::from_secs(60);

/// How long the door is closed when the system has no room for another connection.
const BREATH: Duration = Duration::from_millis(50);

/// Serves until told to end.
///
/// # Errors
/// When the listener cannot be used.
pub async fn until(listener: std::net::TcpListener, router: Router, end: &Arc<Notify>) -> io::Result<()> {
    let listener = TcpListener::from_std(listener)?;
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let ended = end.notified();
    tokio::pin!(ended);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        // Also when all places are taken and nobody is let in.
        let (place, came) = tokio::select! {
            next = next => next,
            () = &mut ended => return Ok(()),
        };
        let Ok(place) = place else { return Ok(()) };
        match came {
            Ok((stream, _)) => drop(tokio::spawn(talk(stream, router.clone(), place))),
            Err(_) => tokio::time::sleep(BREATH).await,
        }
    }
}

async fn talk(stream: TcpStream, router: Router, place: OwnedSemaphorePermit) {
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let mut router = router.clone();
        async move { router.call(request.map(Body::new)).await }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADERS_WITHIN).max_buf_size(HEADER_BYTES_MAX);
    // Whoever goes away in the middle of an answer is nobody's mistake.
    drop(http.serve_connection(TokioIo::new(Patient::new(stream, READER_WITHIN)), service).await);
    drop(place);
}
