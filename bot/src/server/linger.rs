//! The end of a connection whose request was refused unread. A kernel that closes with bytes unread resets the
//! connection, and the answer can be lost with it; so the answer is sent, our side closed, and the rest read past.

use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

/// The rest of a request has so long to come, and so many bytes: twice what GitHub sends at most.
const LONGEST: Duration = Duration::from_secs(10);
const MOST: usize = 2 * super::intake::LARGEST;

/// Whether a connection's last request may not have been read to its end.
#[derive(Clone, Default)]
pub struct Refused(Arc<AtomicBool>);

impl Refused {
    /// Said for each request anew.
    pub fn set(&self, is_refused: bool) {
        self.0.store(is_refused, Ordering::Relaxed);
    }
}

/// A connection that is closed only once the other side has nothing more to say.
pub struct Lingering {
    stream: TcpStream,
    refused: Refused,
    /// Set once our side is closed.
    until: Option<Pin<Box<Sleep>>>,
    left: usize,
}

impl Lingering {
    /// Lingers where `refused` says so at the end.
    pub const fn new(stream: TcpStream, refused: Refused) -> Self {
        Self { stream, refused, until: None, left: MOST }
    }

    /// Reads past what comes, until the other side closes, or has had enough time or bytes.
    fn poll_rest(&mut self, until: &mut Pin<Box<Sleep>>, cx: &mut Context<'_>) -> Poll<()> {
        let mut bytes = [0; 8 * 1024];
        loop {
            if until.as_mut().poll(cx).is_ready() {
                return Poll::Ready(());
            }
            let mut buffer = ReadBuf::new(&mut bytes);
            let is_read = ready!(Pin::new(&mut self.stream).poll_read(cx, &mut buffer)).is_ok();
            let length = buffer.filled().len();
            self.left = self.left.saturating_sub(length);
            if !is_read || length == 0 || self.left == 0 {
                return Poll::Ready(());
            }
        }
    }
}

impl AsyncRead for Lingering {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Lingering {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        let mut until = match self.until.take() {
            Some(until) => until,
            None => {
                ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
                Box::pin(sleep(LONGEST))
            }
        };
        if self.refused.0.load(Ordering::Relaxed) && self.poll_rest(&mut until, cx).is_pending() {
            self.until = Some(until);
            return Poll::Pending;
        }
        Poll::Ready(Ok(()))
    }
}
