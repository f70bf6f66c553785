//! Server-sent events, as they arrive.
//!
//! What is hard here: the stream is a state machine that waits for lines, for a pause to end, or for the response to
//! another request. [`EventStream::poll_step`] makes one step, which either leads to an item or to another state; only
//! what it waits for can be pending.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use tokio::time::{Instant, Sleep};

use super::event_parser::EventParser;
use super::from_event::FromEvent;
use super::head::StreamHead;
use super::lines::Lines;
use crate::body::Body;
use crate::call::stream_origin::{Resumed, StreamOrigin};
use crate::error::Error;
use crate::error::kind::ErrorKind;
use crate::media_type::MediaType;
use crate::response::Response;
use crate::response::from_response::FromResponse;
use crate::retry::failed_attempt;
use crate::{runtime, unique};

/// How long to wait before reconnecting, unless the server says otherwise.
const RETRY: Duration = Duration::from_secs(3);
/// The shortest wait, whatever the server says.
const MIN_RETRY: Duration = Duration::from_millis(250);
/// The longest wait after several failures in a row.
const MAX_RETRY: Duration = Duration::from_secs(60);
/// The longest random time that is added, so that clients that lost a server at the same time do not all return at the
/// same time.
const MAX_JITTER: Duration = Duration::from_secs(1);
/// After this time, a connection is not a failure, although the server asks to reconnect at once.
const STABLE: Duration = Duration::from_secs(5);

/// The events of a `text/event-stream`, as they arrive.
///
/// An event that is not a valid `T` is an error, after which the next event can be read. With `end = "…"` in the
/// method's attribute, the stream ends before the event with that data.
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
    parser: EventParser,
    /// The items of a stream that was built by hand.
    ready: VecDeque<Result<T, Error>>,
    /// The head of the response that is being read.
    head: StreamHead,
    origin: Option<Box<StreamOrigin>>,
    reconnects: bool,
    /// How many times the stream was interrupted since the last event.
    failures: u32,
    /// When the last connection was made.
    connected: Instant,
    item: PhantomData<fn() -> T>,
}

/// What the stream waits for.
enum State {
    Reading(Lines),
    Pausing(Pin<Box<Sleep>>),
    Reconnecting(Resumed),
    Ended,
}

/// What a step leads to: another step, an item, or the end.
type Step<T> = ControlFlow<Option<Result<T, Error>>>;

impl<T> EventStream<T> {
    /// Builds a stream of these items and errors, for test doubles.
    pub fn from_results(results: impl IntoIterator<Item = Result<T, Error>>) -> Self {
        Self::new(State::Ended, results.into_iter().collect(), StreamHead::NONE, None)
    }

    /// Makes the stream reconnect when it is interrupted or ends.
    ///
    /// The request is sent again with the id of the last event (`Last-Event-ID`), after the time that the server asked
    /// to wait, or else 3 seconds, but at least a quarter of a second. The time doubles with each failure in a row, up to
    /// 60 seconds, and up to a second is added at random. A connection that ends at once, although the server asks for a
    /// shorter time than that, is a failure, too, and so is a status that says that the server is not available now: 408,
    /// 429, 502, 503 or 504, whose `Retry-After` is obeyed up to 60 seconds. The stream ends if the server responds with
    /// 204, and with an error if it responds with anything else than events.
    ///
    /// The request is sent several times, so this is for GET only: for other methods, the stream consists of one error.
    #[must_use]
    pub fn reconnecting(mut self) -> Self {
        match &self.origin {
            Some(origin) if !origin.can_resume() => {
                let error = Error::build("only the events of a GET request can be reconnected to").at(origin.endpoint);
                self.ready = VecDeque::from([Err(error)]);
                self.state = State::Ended;
            }
            _ => self.reconnects = self.origin.is_some(),
        }
        self
    }

    fn new(
        state: State,
        ready: VecDeque<Result<T, Error>>,
        head: StreamHead,
        origin: Option<Box<StreamOrigin>>,
    ) -> Self {
        Self {
            state,
            parser: EventParser::default(),
            ready,
            head,
            origin,
            reconnects: false,
            failures: 0,
            connected: Instant::now(),
            item: PhantomData,
        }
    }

    /// Ends the stream, with an error if there is one.
    fn end(&mut self, error: Option<Error>) -> Step<T> {
        if let State::Reading(lines) = &mut self.state {
            lines.end(error.as_ref());
        }
        self.state = State::Ended;
        ControlFlow::Break(error.map(|error| Err(self.head.locate(error))))
    }

    /// Decides how to go on after the body ended, or after an error.
    fn interrupt(&mut self, error: Option<Error>) -> Step<T> {
        // The rest of an event that was cut off would otherwise become part of the next one.
        self.parser.reset();
        if !self.reconnects || !error.as_ref().is_none_or(is_transient) {
            return self.end(error);
        }
        let asked = error.as_ref().and_then(Error::retry_after).unwrap_or_default();
        let pause = pause(self.parser.retry(), self.failures).max(asked.min(MAX_RETRY));
        self.failures = self.failures.saturating_add(1);
        match runtime::sleep(pause + unique::duration_below(MAX_JITTER.min(pause / 4))) {
            Ok(sleep) => {
                self.state = State::Pausing(Box::pin(sleep));
                ControlFlow::Continue(())
            }
            Err(error) => self.end(Some(error)),
        }
    }

    fn reconnect(&mut self) -> Step<T> {
        match self.origin.as_ref().and_then(|origin| origin.resume(self.parser.last_id())) {
            Some(response) => {
                self.state = State::Reconnecting(response);
                ControlFlow::Continue(())
            }
            None => self.end(None),
        }
    }

    /// Goes on with the response to another request.
    fn resume(&mut self, response: Result<(http::Response<Body>, u32), Error>) -> Step<T> {
        match response {
            // This is how a server tells the client to stop reconnecting.
            Ok((response, _)) if response.status() == StatusCode::NO_CONTENT => self.end(None),
            Ok((response, attempts)) => match check_media_type(response.status(), response.headers()) {
                Ok(()) => {
                    let (head, body) = response.into_parts();
                    self.head.replace(attempts, head.status, head.headers);
                    self.state = State::Reading(Lines::of(body, self.origin.as_deref()));
                    self.connected = Instant::now();
                    ControlFlow::Continue(())
                }
                Err(error) => self.end(Some(error.after(attempts))),
            },
            Err(error) => self.interrupt(Some(error)),
        }
    }
}

impl<T: FromEvent> EventStream<T> {
    /// Returns the next item, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        if let Some(ready) = self.ready.pop_front() {
            return Poll::Ready(Some(ready));
        }
        loop {
            if let ControlFlow::Break(item) = ready!(self.poll_step(cx)) {
                return Poll::Ready(item);
            }
        }
    }

    /// Makes one step. It is pending only if what the state waits for is.
    fn poll_step(&mut self, cx: &mut Context<'_>) -> Poll<Step<T>> {
        Poll::Ready(match &mut self.state {
            State::Reading(lines) => match ready!(lines.poll_line(cx)) {
                Some(Ok(line)) => self.take_line(&line),
                Some(Err(error)) => {
                    let error = self.head.add_to(error);
                    self.interrupt(Some(error))
                }
                None => self.interrupt(None),
            },
            State::Pausing(sleep) => {
                ready!(sleep.as_mut().poll(cx));
                self.reconnect()
            }
            State::Reconnecting(response) => {
                let response = ready!(response.as_mut().poll(cx));
                self.resume(response)
            }
            State::Ended => ControlFlow::Break(None),
        })
    }

    fn take_line(&mut self, line: &[u8]) -> Step<T> {
        let event = self.parser.push_line(line);
        let limit = StreamOrigin::line_limit(self.origin.as_deref());
        // An event has any number of lines, so limiting the lines alone would not bound the memory it takes.
        if self.parser.buffered() as u64 > limit {
            let detail = format!("an event exceeds the limit of {limit} bytes");
            return self.end(Some(self.head.add_to(Error::with_detail(ErrorKind::Body, detail))));
        }
        let Some(event) = event else { return ControlFlow::Continue(()) };
        // Receiving an event, unlike merely connecting, shows that the server works again. But one that asks for no
        // pause, and closes the connection after each event, would be asked in a tight loop.
        if self.parser.retry().is_none_or(|retry| retry >= MIN_RETRY) || self.connected.elapsed() >= STABLE {
            self.failures = 0;
        }
        let end = self.origin.as_ref().and_then(|origin| origin.endpoint.end_of_events());
        if end == Some(event.data.as_str()) {
            return self.end(None);
        }
        let item = T::from_event(event).map_err(|error| self.head.add_to(error));
        ControlFlow::Break(Some(item))
    }
}

/// Returns whether another connection may succeed. It cannot change any other error, such as a rejection by the server.
fn is_transient(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::Connect => !error.is_tls(),
        ErrorKind::Timeout | ErrorKind::Body => true,
        ErrorKind::Status => error.status().is_some_and(failed_attempt::is_transient),
        _ => false,
    }
}

/// Returns how long to wait before reconnecting, without the random part.
fn pause(retry: Option<Duration>, failures: u32) -> Duration {
    retry.unwrap_or(RETRY).max(MIN_RETRY).saturating_mul(1 << failures.min(8)).min(MAX_RETRY)
}

fn check_media_type(status: StatusCode, headers: &HeaderMap) -> Result<(), Error> {
    match MediaType::of(headers) {
        Some(found) if found.essence == "text/event-stream" => Ok(()),
        _ => Err(Error::new(ErrorKind::Decode, "the response is not `text/event-stream`")
            .with_status(status)
            .with_headers(headers.clone())),
    }
}

impl<T: FromEvent> Stream for EventStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(cx)
    }
}

/// What is pinned is boxed.
impl<T> Unpin for EventStream<T> {}

impl<T> FromIterator<T> for EventStream<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::from_results(items.into_iter().map(Ok))
    }
}

impl<T: FromEvent> FromResponse for EventStream<T> {
    const ACCEPT: &'static str = "text/event-stream";
    type Body = Body;

    fn from_response(mut response: Response<Body>) -> Result<Self, Error> {
        check_media_type(response.status(), response.headers())?;
        let head = StreamHead::take(&mut response);
        let origin = response.take_origin();
        let lines = Lines::of(response.into_body(), origin.as_deref());
        Ok(Self::new(State::Reading(lines), VecDeque::new(), head, origin))
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").field("reconnects", &self.reconnects).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use http::HeaderValue;
    use http::header::CONTENT_TYPE;

    use super::*;
    use crate::stream::event::Event;

    /// Yields these chunks, and then is pending forever.
    struct Chunks(VecDeque<&'static str>);

    impl Stream for Chunks {
        type Item = Result<&'static str, Error>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            self.0.pop_front().map_or(Poll::Pending, |chunk| Poll::Ready(Some(Ok(chunk))))
        }
    }

    fn events(body: Body) -> EventStream<Event> {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"))]);
        EventStream::from_response(Response::new(body).with_headers(headers)).unwrap()
    }

    fn poll(events: &mut EventStream<Event>) -> Poll<Option<Result<Event, String>>> {
        let item = events.poll_item(&mut Context::from_waker(Waker::noop()));
        item.map(|item| item.map(|item| item.map_err(|error| error.to_string())))
    }

    /// The waker does nothing, so a stream that is pending although there is something to read would never go on.
    #[test]
    fn is_pending_only_while_it_waits() {
        let chunks = [": a comment\n", "event: x\n", "da", "ta: a\n\ndata: b\n", "\n: another\n"];
        let mut events = events(Body::from_stream(Chunks(chunks.into())));
        assert_eq!(poll(&mut events), Poll::Ready(Some(Ok(Event::new("a").with_event("x")))));
        assert_eq!(poll(&mut events), Poll::Ready(Some(Ok(Event::new("b")))));
        assert_eq!(poll(&mut events), Poll::Pending);
    }

    #[test]
    fn ends_with_the_body() {
        let mut events = events(Body::from("data: a\n\ndata: cut off"));
        assert_eq!(poll(&mut events), Poll::Ready(Some(Ok(Event::new("a")))));
        assert_eq!(poll(&mut events), Poll::Ready(None));
        assert_eq!(poll(&mut events), Poll::Ready(None));
    }

    #[test]
    fn waits_within_limits() {
        let waits = |retry: u64| [0, 1, 2, 20].map(|failures| pause(Some(Duration::from_millis(retry)), failures));
        assert_eq!(waits(0).map(|wait| wait.as_millis()), [250, 500, 1_000, 60_000]);
        assert_eq!(waits(1_000).map(|wait| wait.as_secs()), [1, 2, 4, 60]);
        assert_eq!(waits(u64::MAX), [MAX_RETRY; 4]);
        assert_eq!(pause(None, 0), RETRY);
    }

    #[test]
    fn rejects_other_media_types() {
        let error = EventStream::<Event>::from_response(Response::new(Body::empty())).unwrap_err();
        assert_eq!(error.to_string(), "the response is not `text/event-stream`");
        assert!(error.is_decode());
    }
}
