//! Server-sent events as they come.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use http::StatusCode;
use serde::de::DeserializeOwned;
use tokio::time::Sleep;

use super::byte_stream::ByteStream;
use super::context::{Reconnecting, Source};
use super::event::{Event, Parser};
use super::lines::Lines;
use crate::body::Body;
use crate::error::Error;
use crate::error::kind::ErrorKind;
use crate::json::decode;
use crate::json::error::Subject;
use crate::media_type;
use crate::response::from_response::FromResponse;

/// How long to wait before connecting again, unless the server says otherwise.
const RETRY: Duration = Duration::from_secs(3);
/// The longest wait after failures in a row.
const MAX_RETRY: Duration = Duration::from_secs(60);

/// Makes an item of an event.
///
/// It is there for [`Event`] itself, and for everything that implements serde's `DeserializeOwned`, from the
/// data as JSON. A type of your own that is no `Deserialize` may implement it, to tell events by their type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an event",
    label = "neither JSON by serde nor `Event`",
    note = "write `#[derive(serde::Deserialize)]` on the type, use `Event`, or implement `FromEvent`"
)]
pub trait FromEvent: Sized {
    /// Makes the item.
    ///
    /// # Errors
    /// If the event is not what the type expects, with the kind [`Decode`](crate::ErrorKind::Decode).
    fn from_event(event: Event) -> Result<Self, Error>;
}

impl FromEvent for Event {
    fn from_event(event: Event) -> Result<Self, Error> {
        Ok(event)
    }
}

impl<T: DeserializeOwned> FromEvent for T {
    fn from_event(event: Event) -> Result<Self, Error> {
        decode::decode(event.data.as_bytes(), Subject::EventData).map_err(Error::from)
    }
}

/// The events of a `text/event-stream`.
///
/// An event that is no `T` is an error of its own, and the next one may be read after it. With `end = "…"` on the
/// method the stream ends before the event with that data.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), kestra_auth::Error> {
/// use kestra_auth::{Event, EventStream};
///
/// let mut events: EventStream<Event> = [Event::new("a"), Event::new("b")].into_iter().collect();
/// assert_eq!(events.next().await.unwrap()?.data, "a");
/// # Ok(())
/// # }
/// ```
pub struct EventStream<T> {
    state: State,
    parser: Parser,
    ready: VecDeque<Result<T, Error>>,
    source: Option<Source>,
    reconnects: bool,
    /// Failures since the last event.
    failures: u32,
    item: PhantomData<fn() -> T>,
}

enum State {
    Reading(Lines),
    Waiting(Pin<Box<Sleep>>),
    Connecting(Reconnecting),
    Ended,
}

impl<T> EventStream<T> {
    /// Items and errors that are there already: for fakes.
    pub fn from_results(results: impl IntoIterator<Item = Result<T, Error>>) -> Self {
        Self::new(State::Ended, results.into_iter().collect(), None)
    }

    fn new(state: State, ready: VecDeque<Result<T, Error>>, source: Option<Source>) -> Self {
        Self { state, parser: Parser::default(), ready, source, reconnects: false, failures: 0, item: PhantomData }
    }

    /// This stream, connecting again where it breaks off or ends, from behind the last event (`Last-Event-ID`).
    /// It waits as long as the server says, 3 s without its word, and twice as long after each failure in a row,
    /// 60 s at the most. It ends where the server answers 204, and with an error where it answers otherwise than
    /// with events.
    ///
    /// For an endpoint that is no GET the stream is one error, since its request acts each time.
    #[must_use]
    pub fn reconnecting(mut self) -> Self {
        match &self.source {
            Some(source) if !source.can_reconnect() => {
                let error = Error::build("a stream of events connects again for GET alone").at(source.endpoint);
                self.ready = VecDeque::from([Err(error)]);
                self.state = State::Ended;
            }
            _ => self.reconnects = self.source.is_some(),
        }
        self
    }

    /// What to do where the stream broke off.
    fn break_off(&mut self, error: Option<Error>) -> Poll<Option<Result<T, Error>>> {
        self.parser.begin_again();
        let retry = error.as_ref().is_none_or(|error| error.is_connect() || error.is_timeout() || error.is_body());
        if self.reconnects && retry {
            let wait = self.parser.retry().unwrap_or(RETRY).saturating_mul(1 << self.failures.min(8)).min(MAX_RETRY);
            self.failures += 1;
            self.state = State::Waiting(Box::pin(tokio::time::sleep(wait)));
            return Poll::Pending;
        }
        self.state = State::Ended;
        Poll::Ready(error.map(|error| Err(Source::locate(self.source.as_ref(), error))))
    }

    /// Goes on with what the server answered when connecting again.
    fn begin_again(&mut self, answer: Result<http::Response<Body>, Error>) -> Poll<Option<Result<T, Error>>> {
        let answer = answer.and_then(|answer| {
            if answer.status() != StatusCode::NO_CONTENT {
                check_media(&answer)?;
            }
            Ok(answer)
        });
        match answer {
            Ok(answer) if answer.status() == StatusCode::NO_CONTENT => {
                self.state = State::Ended;
                Poll::Ready(None)
            }
            Ok(answer) => {
                self.state = State::Reading(read(answer.into_body(), self.source.as_ref()));
                Poll::Pending
            }
            Err(error) => self.break_off(Some(error)),
        }
    }
}

impl<T: FromEvent> EventStream<T> {
    /// The next item; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Poll::Ready(Some(ready));
            }
            let next = match &mut self.state {
                State::Ended => return Poll::Ready(None),
                State::Waiting(sleep) => {
                    ready!(sleep.as_mut().poll(cx));
                    let again = self.source.as_ref().and_then(|source| source.reconnect(self.parser.last_id()));
                    self.state = again.map_or(State::Ended, State::Connecting);
                    continue;
                }
                State::Connecting(answer) => {
                    let answer = ready!(answer.as_mut().poll(cx));
                    self.begin_again(answer)
                }
                State::Reading(lines) => match ready!(lines.poll_line(cx)) {
                    Some(Ok(line)) => self.line(&line),
                    Some(Err(error)) => self.break_off(Some(error)),
                    None => self.break_off(None),
                },
            };
            // Pending says that the state has changed, and is to be looked at again.
            if next.is_ready() {
                return next;
            }
        }
    }

    /// Takes a line; gives an item or the end. Pending says: nothing yet.
    fn line(&mut self, line: &[u8]) -> Poll<Option<Result<T, Error>>> {
        let event = self.parser.line(line);
        let limit = self.source.as_ref().map_or(u64::MAX, |source| source.line_limit);
        if self.parser.held() as u64 > limit {
            self.state = State::Ended;
            let error =
                Error::with_detail(ErrorKind::Body, format!("an event is longer than the limit of {limit} bytes"));
            return Poll::Ready(Some(Err(Source::locate(self.source.as_ref(), error))));
        }
        let Some(event) = event else { return Poll::Pending };
        self.failures = 0;
        let end = self.source.as_ref().and_then(|source| source.endpoint.end_of_events());
        if end == Some(event.data.as_str()) {
            self.state = State::Ended;
            return Poll::Ready(None);
        }
        Poll::Ready(Some(T::from_event(event).map_err(|error| Source::locate(self.source.as_ref(), error))))
    }
}

fn read(body: Body, source: Option<&Source>) -> Lines {
    Lines::new(ByteStream::new(body, None), source.map_or(u64::MAX, |source| source.line_limit))
}

fn check_media(answer: &http::Response<Body>) -> Result<(), Error> {
    match media_type::essence(answer.headers()) {
        Some(essence) if essence.eq_ignore_ascii_case("text/event-stream") => Ok(()),
        _ => Err(Error::new(ErrorKind::Decode, "the response is not `text/event-stream`")
            .with_status(answer.status())
            .with_headers(answer.headers().clone())),
    }
}

impl<T: FromEvent> Stream for EventStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(cx)
    }
}

/// Nothing in it is pinned but what is boxed.
impl<T> Unpin for EventStream<T> {}

impl<T> FromIterator<T> for EventStream<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::from_results(items.into_iter().map(Ok))
    }
}

impl<T: FromEvent> FromResponse for EventStream<T> {
    const ACCEPT: &'static str = "text/event-stream";
    type Body = Body;

    fn from_response(mut response: http::Response<Body>) -> Result<Self, Error> {
        check_media(&response)?;
        let source = response.extensions_mut().remove::<Source>();
        let lines = read(response.into_body(), source.as_ref());
        Ok(Self::new(State::Reading(lines), VecDeque::new(), source))
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventStream")
    }
}
