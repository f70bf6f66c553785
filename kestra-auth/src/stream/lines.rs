//! Lines as they come, and JSON in each ([JSON Lines](https://jsonlines.org)).

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::byte_stream::ByteStream;
use super::context::Source;
use crate::body::Body;
use crate::error::Error;
use crate::error::kind::ErrorKind;
use crate::json::decode;
use crate::json::error::Subject;
use crate::response::from_response::FromResponse;

/// Cuts a body into lines. A line ends with LF, CR LF or CR, and with the body.
pub(super) struct Lines {
    chunks: ByteStream,
    buffer: BytesMut,
    /// How much of the buffer has no line's end in it.
    scanned: usize,
    limit: u64,
    /// The last line ended with CR, and an LF after it belongs to it.
    after_cr: bool,
    ended: bool,
}

impl Lines {
    pub(super) fn new(chunks: ByteStream, limit: u64) -> Self {
        Self { chunks, buffer: BytesMut::new(), scanned: 0, limit, after_cr: false, ended: false }
    }

    pub(super) fn poll_line(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            let line = self.cut();
            // What of a line is there, with its end or without it.
            let length = line.as_ref().map_or(self.buffer.len(), Bytes::len);
            if length as u64 > self.limit {
                self.end();
                let detail = format!("a line is longer than the limit of {} bytes", self.limit);
                return Poll::Ready(Some(Err(Error::with_detail(ErrorKind::Body, detail))));
            }
            if let Some(line) = line {
                return Poll::Ready(Some(Ok(line)));
            }
            if self.ended {
                self.scanned = 0;
                let rest = self.buffer.split().freeze();
                return Poll::Ready((!rest.is_empty()).then_some(Ok(rest)));
            }
            match ready!(self.chunks.poll_chunk(cx)) {
                Some(Ok(chunk)) => self.buffer.extend_from_slice(&chunk),
                Some(Err(error)) => {
                    self.end();
                    return Poll::Ready(Some(Err(error)));
                }
                None => self.ended = true,
            }
        }
    }

    fn end(&mut self) {
        self.ended = true;
        self.buffer.clear();
        self.scanned = 0;
    }

    fn cut(&mut self) -> Option<Bytes> {
        if self.after_cr && !self.buffer.is_empty() {
            self.after_cr = false;
            if self.buffer[0] == b'\n' {
                let _ = self.buffer.split_to(1);
            }
        }
        let found = self.buffer[self.scanned..].iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let Some(found) = found else {
            self.scanned = self.buffer.len();
            return None;
        };
        let end = self.scanned + found;
        self.scanned = 0;
        let mut line = self.buffer.split_to(end + 1);
        self.after_cr = line[end] == b'\r';
        line.truncate(end);
        Some(line.freeze())
    }
}

/// One JSON value a line, as it arrives. Blank lines are passed over; a line that is no `T` is an error of its
/// own, and the next line may be read after it.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), kestra_auth::Error> {
/// use kestra_auth::JsonLines;
///
/// let mut numbers: JsonLines<u32> = [1, 2].into_iter().collect();
/// assert_eq!(numbers.next().await.unwrap()?, 1);
/// # Ok(())
/// # }
/// ```
pub struct JsonLines<T> {
    lines: Lines,
    ready: VecDeque<Result<T, Error>>,
    source: Option<Source>,
    item: PhantomData<fn() -> T>,
}

impl<T> JsonLines<T> {
    /// Items and errors that are there already: for fakes.
    pub fn from_results(results: impl IntoIterator<Item = Result<T, Error>>) -> Self {
        let lines = Lines::new(ByteStream::new(Body::empty(), None), 0);
        Self { lines, ready: results.into_iter().collect(), source: None, item: PhantomData }
    }
}

impl<T: DeserializeOwned> JsonLines<T> {
    /// The next value; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        if let Some(ready) = self.ready.pop_front() {
            return Poll::Ready(Some(ready));
        }
        loop {
            let item = match ready!(self.lines.poll_line(cx)) {
                Some(Ok(line)) if line.trim_ascii().is_empty() => continue,
                Some(Ok(line)) => decode::decode(&line, Subject::Line).map_err(Error::from),
                Some(Err(error)) => Err(error),
                None => return Poll::Ready(None),
            };
            return Poll::Ready(Some(item.map_err(|error| Source::locate(self.source.as_ref(), error))));
        }
    }
}

impl<T: DeserializeOwned> Stream for JsonLines<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(cx)
    }
}

/// Nothing in it is pinned.
impl<T> Unpin for JsonLines<T> {}

impl<T> FromIterator<T> for JsonLines<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::from_results(items.into_iter().map(Ok))
    }
}

impl<T: DeserializeOwned> FromResponse for JsonLines<T> {
    const ACCEPT: &'static str = "application/x-ndjson, application/jsonl, application/json;q=0.5";
    type Body = Body;

    fn from_response(mut response: http::Response<Body>) -> Result<Self, Error> {
        let source = response.extensions_mut().remove::<Source>();
        let limit = source.as_ref().map_or(u64::MAX, |source| source.line_limit);
        let chunks = ByteStream::new(response.into_body(), None);
        Ok(Self { lines: Lines::new(chunks, limit), ready: VecDeque::new(), source, item: PhantomData })
    }
}

impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsonLines")
    }
}
