//! A connection whose other side must take what it asked for: one that takes nothing for a while is closed.
//!
//! Otherwise whoever asks for something long and reads none of it would hold its place for ever. It knows no HTTP.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

/// A connection with an end to its patience.
pub struct Patient {
    stream: TcpStream,
    within: Duration,
    /// Runs while the other side takes nothing.
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    /// Waits so long for the other side to take anything at all.
    pub fn new(stream: TcpStream, within: Duration) -> Patient {
        Patient { stream, within, waiting: None }
    }

    fn judged<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.waiting = None;
            return written;
        }
        let within = self.within;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(within)));
        waiting.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Patient {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.judged(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.judged(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::Patient;
    use std::io::{self, Read as _};
    use std::net::TcpStream;
    use std::pin::Pin;
    use std::time::Duration;
    use tokio::io::AsyncWrite as _;
    use tokio::net::TcpListener;

    /// Writes until it may no longer, or all is written.
    async fn written(patient: &mut Patient, pieces: usize) -> io::Result<usize> {
        let piece = vec![0; 64 * 1024];
        for _ in 0..pieces {
            std::future::poll_fn(|context| Pin::new(&mut *patient).poll_write(context, &piece)).await?;
        }
        Ok(pieces)
    }

    #[test]
    fn whoever_takes_nothing_is_left_and_whoever_takes_slowly_is_not() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let within = Duration::from_millis(500);
            let takes_nothing = TcpStream::connect(address).unwrap();
            let mut patient = Patient::new(listener.accept().await.unwrap().0, within);
            // More than the system keeps for a reader.
            let refused = written(&mut patient, 1_000).await.unwrap_err();
            assert_eq!(refused.kind(), io::ErrorKind::TimedOut);
            drop(takes_nothing);

            let mut takes_slowly = TcpStream::connect(address).unwrap();
            let mut patient = Patient::new(listener.accept().await.unwrap().0, within);
            let reader = std::thread::spawn(move || {
                let mut piece = vec![0; 8 * 1024 * 1024];
                while takes_slowly.read(&mut piece).is_ok_and(|read| read > 0) {
                    std::thread::sleep(Duration::from_millis(20));
                }
            });
            assert_eq!(written(&mut patient, 1_000).await.unwrap(), 1_000);
            drop(patient);
            reader.join().unwrap();
        });
    }
}
