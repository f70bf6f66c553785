//! The chunks of a body, as they arrive.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;

use super::head::StreamHead;
use crate::body::Body;
use crate::error::Error;
use crate::response::Response;
use crate::response::from_response::FromResponse;

/// The chunks of a response body, as they arrive. The body is never in memory as a whole.
///
/// The timeout of the call covers the time until the response headers arrive. After that, the client's
/// [`read_timeout`](crate::ClientBuilder::read_timeout) limits the wait for each chunk.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), kestra_auth::Error> {
/// use kestra_auth::ByteStream;
///
/// let mut chunks: ByteStream = ["id: ", "hello"].into_iter().collect();
/// let mut text = Vec::new();
/// while let Some(chunk) = chunks.next().await {
///     text.extend_from_slice(&chunk?);
/// }
/// assert_eq!(text, b"id: hello");
/// # Ok(())
/// # }
/// ```
pub struct ByteStream {
    body: Body,
    head: StreamHead,
    /// The chunks of a stream that was built by hand.
    ready: VecDeque<Result<Bytes, Error>>,
}

impl ByteStream {
    pub(super) fn new(body: Body, head: StreamHead) -> Self {
        Self { body, head, ready: VecDeque::new() }
    }

    /// Builds a stream of these chunks and errors, for test doubles.
    pub fn from_results(results: impl IntoIterator<Item = Result<Bytes, Error>>) -> Self {
        Self { body: Body::empty(), head: StreamHead::NONE, ready: results.into_iter().collect() }
    }

    /// Returns how many bytes are still to come, if the server declared the length.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        self.body.size_hint().exact()
    }

    /// Returns the next chunk, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|cx| self.poll_chunk(cx)).await
    }

    /// Drops the body, whose content has ended or is of no use because of this error.
    pub(super) fn end(&mut self, error: Option<&Error>) {
        self.body.end(error);
        self.body = Body::empty();
    }

    pub(super) fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        if let Some(ready) = self.ready.pop_front() {
            return Poll::Ready(Some(ready));
        }
        loop {
            match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                None => return Poll::Ready(None),
                Some(Ok(frame)) => {
                    // A frame without data has trailers, which are skipped.
                    if let Ok(bytes) = frame.into_data() {
                        return Poll::Ready(Some(Ok(bytes)));
                    }
                }
                Some(Err(error)) => {
                    // Nothing follows an error.
                    self.body = Body::empty();
                    return Poll::Ready(Some(Err(self.head.add_to(error))));
                }
            }
        }
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(cx)
    }
}

impl<B: Into<Bytes>> FromIterator<B> for ByteStream {
    fn from_iter<I: IntoIterator<Item = B>>(chunks: I) -> Self {
        Self::from_results(chunks.into_iter().map(|chunk| Ok(chunk.into())))
    }
}

impl FromResponse for ByteStream {
    const ACCEPT: &'static str = "application/octet-stream, */*;q=0.5";
    type Body = Body;

    fn from_response(mut response: Response<Body>) -> Result<Self, Error> {
        let head = StreamHead::take(&mut response);
        Ok(Self::new(response.into_body(), head))
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").field("size", &self.size()).finish_non_exhaustive()
    }
}
