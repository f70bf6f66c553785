//! A connection to a server or to a proxy.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection};

/// A connection with or without TLS, through a tunnel or not.
trait Stream: Read + Write + Connection + Unpin + Send {}

impl<S: Read + Write + Connection + Unpin + Send> Stream for S {}

/// A connection whose type has been erased.
pub(super) struct AnyConnection {
    stream: Box<dyn Stream>,
    /// Whether it leads to a proxy that forwards requests, which need a whole URL then.
    is_forwarded: bool,
}

impl AnyConnection {
    pub(super) fn new(stream: impl Read + Write + Connection + Unpin + Send + 'static) -> Self {
        Self { stream: Box::new(stream), is_forwarded: false }
    }

    /// Says that the connection leads to a proxy that forwards requests.
    pub(super) fn forwarded(self) -> Self {
        Self { is_forwarded: true, ..self }
    }
}

impl Connection for AnyConnection {
    fn connected(&self) -> Connected {
        self.stream.connected().proxy(self.is_forwarded)
    }
}

impl Read for AnyConnection {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl Write for AnyConnection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }
}
