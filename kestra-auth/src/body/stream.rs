//! Request bodies that are not in memory.

use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Frame, SizeHint};
use tokio::io::AsyncRead;
use tokio_util::io::ReaderStream;

use super::Body;
use crate::error::{BoxError, Error};

impl Body {
    /// Builds a body of unknown length from a stream of chunks. It is sent with chunked encoding.
    pub fn from_stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<BoxError>,
    {
        Self::wrap(StreamBody { stream: Box::pin(stream), length: None, cut: false })
    }

    /// Builds a body of `length` bytes, which becomes its `Content-Length`, from a stream of chunks.
    ///
    /// If the stream has another length, the call fails.
    pub fn sized<S, B, E>(length: u64, stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<BoxError>,
    {
        Self::wrap(StreamBody { stream: Box::pin(stream), length: Some(length), cut: false })
    }

    /// Builds a body of unknown length from a reader.
    pub fn from_reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::from_stream(ReaderStream::new(reader))
    }

    /// Opens a file as a body, with its length. What is appended to the file after that is not sent.
    ///
    /// # Errors
    /// If the file cannot be opened.
    pub async fn from_file(path: impl AsRef<Path>) -> std::io::Result<Self> {
        let file = tokio::fs::File::open(path).await?;
        let length = file.metadata().await?.len();
        let stream = Box::pin(ReaderStream::new(file));
        Ok(Self::wrap(StreamBody { stream, length: Some(length), cut: true }))
    }

    /// Calls `progress` while the body is sent, with the number of bytes sent so far and in total, if that is known.
    #[must_use]
    pub fn on_progress(self, progress: impl FnMut(u64, Option<u64>) + Send + 'static) -> Self {
        let total = http_body::Body::size_hint(&self).exact();
        Self::wrap(Progress { body: self, report: progress, sent: 0, total })
    }
}

struct StreamBody<S> {
    stream: Pin<Box<S>>,
    /// How many bytes are still to come, if the length is known.
    length: Option<u64>,
    /// Whether to cut off what exceeds the length. Otherwise it is an error, because the request would be incomplete
    /// without anyone noticing.
    cut: bool,
}

impl<S, B, E> http_body::Body for StreamBody<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if self.cut && self.length == Some(0) {
            return Poll::Ready(None);
        }
        let Some(chunk) = ready!(self.stream.as_mut().poll_next(cx)) else {
            let short = self.length.is_some_and(|left| left > 0);
            return Poll::Ready(short.then(|| Err("the body is shorter than its declared length".into())));
        };
        let mut bytes: Bytes = chunk.map_err(Into::into)?.into();
        let cut = self.cut;
        if let Some(length) = &mut self.length {
            if bytes.len() as u64 > *length {
                if !cut {
                    return Poll::Ready(Some(Err("the body is longer than its declared length".into())));
                }
                bytes.truncate(usize::try_from(*length).unwrap_or(usize::MAX));
            }
            *length -= bytes.len() as u64;
        }
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

struct Progress<F> {
    body: Body,
    report: F,
    sent: u64,
    total: Option<u64>,
}

/// No field is pinned.
impl<F> Unpin for Progress<F> {}

impl<F: FnMut(u64, Option<u64>)> http_body::Body for Progress<F> {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let this = &mut *self;
        let frame = ready!(Pin::new(&mut this.body).poll_frame(cx));
        if let Some(Ok(frame)) = &frame
            && let Some(bytes) = frame.data_ref()
        {
            this.sent += bytes.len() as u64;
            (this.report)(this.sent, this.total);
        }
        Poll::Ready(frame)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
