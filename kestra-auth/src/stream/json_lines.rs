//! JSON Lines ([jsonlines.org](https://jsonlines.org)), as they arrive.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::byte_stream::ByteStream;
use super::head::StreamHead;
use super::lines::Lines;
use crate::body::Body;
use crate::error::Error;
use crate::json::decode;
use crate::json::error::Subject;
use crate::response::Response;
use crate::response::from_response::FromResponse;

/// One JSON value per line, as it arrives.
///
/// Blank lines are skipped. A line that is not a valid `T` is an error, after which the next line can be read.
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
    /// The items of a stream that was built by hand.
    ready: VecDeque<Result<T, Error>>,
    head: StreamHead,
    item: PhantomData<fn() -> T>,
}

impl<T> JsonLines<T> {
    /// Builds a stream of these values and errors, for test doubles.
    pub fn from_results(results: impl IntoIterator<Item = Result<T, Error>>) -> Self {
        let lines = Lines::new(ByteStream::new(Body::empty(), StreamHead::NONE), 0);
        Self { lines, ready: results.into_iter().collect(), head: StreamHead::NONE, item: PhantomData }
    }
}

impl<T: DeserializeOwned> JsonLines<T> {
    /// Returns the next value, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        if let Some(ready) = self.ready.pop_front() {
            return Poll::Ready(Some(ready));
        }
        loop {
            let item = match ready!(self.lines.poll_line(cx)) {
                Some(Ok(line)) if decode::is_blank(&line) => continue,
                Some(Ok(line)) => decode::decode(&line, Subject::Line).map_err(Error::from),
                Some(Err(error)) => Err(error),
                None => return Poll::Ready(None),
            };
            return Poll::Ready(Some(item.map_err(|error| self.head.add_to(error))));
        }
    }
}

impl<T: DeserializeOwned> Stream for JsonLines<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(cx)
    }
}

/// No field is pinned.
impl<T> Unpin for JsonLines<T> {}

impl<T> FromIterator<T> for JsonLines<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::from_results(items.into_iter().map(Ok))
    }
}

impl<T: DeserializeOwned> FromResponse for JsonLines<T> {
    const ACCEPT: &'static str = "application/x-ndjson, application/jsonl, application/json;q=0.5";
    type Body = Body;

    fn from_response(mut response: Response<Body>) -> Result<Self, Error> {
        let head = StreamHead::take(&mut response);
        let origin = response.take_origin();
        let lines = Lines::of(response.into_body(), origin.as_deref());
        Ok(Self { lines, ready: VecDeque::new(), head, item: PhantomData })
    }
}

impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines").finish_non_exhaustive()
    }
}
