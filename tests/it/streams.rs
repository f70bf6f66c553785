//! Answers as they come: chunks, lines of JSON, events.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::Response as Answer;
use kestra_auth::{
    Body, ByteStream, CallOptions, Client, Error, Event, EventStream, FromEvent, JsonLines, Response, api,
};
use serde::Deserialize;

use crate::support::{Reply, Server, answer, answering};

#[api]
trait Streams {
    #[get("/bytes")]
    async fn bytes(&self) -> Result<ByteStream, Error>;

    #[get("/bytes-response")]
    async fn bytes_response(&self) -> Result<Response<ByteStream>, Error>;

    #[get("/bytes-none", none(404))]
    async fn bytes_none(&self) -> Result<Option<ByteStream>, Error>;

    #[get("/hasty", timeout = "300ms")]
    async fn hasty(&self) -> Result<ByteStream, Error>;

    #[get("/lines")]
    async fn lines(&self) -> Result<JsonLines<Progress>, Error>;

    #[get("/events")]
    async fn events(&self) -> Result<EventStream<Event>, Error>;

    #[get("/json-events", end = "[DONE]")]
    async fn json_events(&self) -> Result<EventStream<Progress>, Error>;

    #[get("/own-events")]
    async fn own_events(&self) -> Result<EventStream<Change>, Error>;

    #[post("/posted-events")]
    async fn posted_events(&self) -> Result<EventStream<Event>, Error>;

    #[get("/followed")]
    async fn followed(&self, #[query] from: u8, #[options] options: CallOptions) -> Result<EventStream<Event>, Error>;
}

#[derive(Debug, Deserialize, PartialEq)]
struct Progress {
    at: u32,
}

/// A user's own item, told by the event's type.
#[derive(Debug, PartialEq)]
enum Change {
    Created(String),
    Other,
}

impl FromEvent for Change {
    fn from_event(event: Event) -> Result<Self, Error> {
        match event.event.as_str() {
            "created" => Ok(Self::Created(event.data)),
            "broken" => Err(Error::decode("the event is broken")),
            _ => Ok(Self::Other),
        }
    }
}

/// A client whose server sends these chunks, of this media type.
fn api(media: &'static str, chunks: Vec<Bytes>) -> StreamsClient {
    let (_, client) = answering(move |_| {
        let chunks = stream::iter(chunks.clone()).map(Ok::<_, Infallible>);
        Answer::builder().header("content-type", media).body(Body::from_stream(chunks)).unwrap()
    });
    StreamsClient::new(client)
}

/// A text in two chunks, cut at `at`.
fn cut(text: &'static str, at: usize) -> Vec<Bytes> {
    let text = Bytes::from_static(text.as_bytes());
    vec![text.slice(..at), text.slice(at..)]
}

fn each_byte(text: &'static str) -> Vec<Bytes> {
    text.as_bytes().chunks(1).map(Bytes::from_static).collect()
}

const EVENTS: &str = "text/event-stream";
const LINES: &str = "application/x-ndjson";

#[tokio::test]
async fn chunks_one_by_one() {
    let chunks = vec![Bytes::from_static(b"abc"), Bytes::from_static(b"de")];
    let mut bytes = api("application/zip", chunks.clone()).bytes().await.unwrap();
    assert_eq!(bytes.next().await.unwrap().unwrap(), "abc");
    assert_eq!(bytes.next().await.unwrap().unwrap(), "de");
    assert!(bytes.next().await.is_none() && bytes.next().await.is_none());
    let answer = api("application/zip", chunks.clone()).bytes_response().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/zip");
    // As a `Stream`, with its combinators.
    let all: Vec<_> = api("", chunks).bytes_none().await.unwrap().unwrap().collect().await;
    assert_eq!(all.len(), 2);
}

#[tokio::test]
async fn a_download_knows_its_size_and_has_no_limit() {
    let server = Server::always(answer("200 OK", &[], &vec![7; 300_000])).await;
    let client = Client::builder(&server.base).limit(1000).build().unwrap();
    let mut bytes = StreamsClient::new(client).bytes().await.unwrap();
    assert_eq!(bytes.size(), Some(300_000));
    let mut length = 0;
    while let Some(chunk) = bytes.next().await {
        length += chunk.unwrap().len();
    }
    assert_eq!(length, 300_000);
}

#[tokio::test]
async fn a_download_that_breaks_off() {
    let server = Server::always(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc".to_vec()).await;
    let mut bytes = StreamsClient::new(server.client()).bytes().await.unwrap();
    assert_eq!(bytes.next().await.unwrap().unwrap(), "abc");
    let error = bytes.next().await.unwrap().unwrap_err();
    assert!(error.is_body(), "{error:?}");
    assert_eq!(error.endpoint().unwrap().operation(), "bytes");
    assert!(bytes.next().await.is_none());
}

#[tokio::test]
async fn a_status_that_is_no_success_is_no_stream() {
    let server = Server::always(answer("404 Not Found", &[], b"gone")).await;
    let api = StreamsClient::new(server.client());
    let error = api.bytes().await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), &error.body()[..]), (404, &b"gone"[..]));
    assert!(api.bytes_none().await.unwrap().is_none());
}

/// The method's timeout ends with the head: a slow body is no matter of it.
#[tokio::test]
async fn a_methods_timeout_ends_with_the_head() {
    let (_, client) = answering(|_| {
        let slow = stream::once(async {
            tokio::time::sleep(Duration::from_millis(700)).await;
            Ok::<_, Infallible>("late")
        });
        Answer::new(Body::from_stream(slow))
    });
    let mut bytes = StreamsClient::new(client).hasty().await.unwrap();
    assert_eq!(bytes.next().await.unwrap().unwrap(), "late");

    let server = Server::start(|_| Reply::Hang(vec![])).await;
    let begun = Instant::now();
    assert!(StreamsClient::new(server.client()).hasty().await.unwrap_err().is_timeout());
    assert!(begun.elapsed() < Duration::from_secs(5));
}

/// The client's read timeout watches over the rest.
#[tokio::test]
async fn a_stream_that_stalls() {
    let server = Server::start(|_| Reply::Hang(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc".to_vec())).await;
    let client = Client::builder(&server.base).read_timeout(Duration::from_millis(200)).build().unwrap();
    let mut bytes = StreamsClient::new(client).bytes().await.unwrap();
    assert_eq!(bytes.next().await.unwrap().unwrap(), "abc");
    let error = bytes.next().await.unwrap().unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn lines_cut_anywhere() {
    const TEXT: &str = "{\"at\":1}\n\n{\"at\":2}\r\n  \r\n{\"at\":3}";
    for at in 0..=TEXT.len() {
        let lines = api(LINES, cut(TEXT, at)).lines().await.unwrap();
        let values: Vec<u32> = lines.map(|line| line.unwrap().at).collect().await;
        assert_eq!(values, [1, 2, 3], "cut at {at}");
    }
    let values: Vec<_> = api(LINES, each_byte(TEXT)).lines().await.unwrap().collect().await;
    assert_eq!(values.len(), 3);
}

#[tokio::test]
async fn a_line_that_is_no_value_is_one_error() {
    let mut lines =
        api(LINES, vec!["{\"at\":1}\nnonsense\n{\"at\":\"secret\"}\n{\"at\":4}\n".into()]).lines().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap().at, 1);
    for _ in 0..2 {
        let error = lines.next().await.unwrap().unwrap_err();
        assert!(error.is_decode() && !crate::support::printed(&error).contains("secret"), "{error:?}");
        assert_eq!(error.endpoint().unwrap().operation(), "lines");
    }
    assert_eq!(lines.next().await.unwrap().unwrap().at, 4);
    assert!(lines.next().await.is_none());
}

/// A client with a limit for lines and events, over an endless server.
fn limited(media: &'static str, chunk: &'static str) -> StreamsClient {
    let service = tower::service_fn(move |_: http::Request<Body>| async move {
        let endless = Body::from_stream(stream::repeat(chunk).map(Ok::<_, Infallible>));
        Ok::<_, Infallible>(Answer::builder().header("content-type", media).body(endless).unwrap())
    });
    StreamsClient::new(Client::builder("http://localhost").transport(service).line_limit(64).build().unwrap())
}

#[tokio::test]
async fn lines_and_events_have_a_limit() {
    let mut lines = limited(LINES, "xxxx").lines().await.unwrap();
    let error = lines.next().await.unwrap().unwrap_err();
    assert!(error.is_body() && error.to_string().contains("64 bytes"), "{error}");
    assert!(lines.next().await.is_none());

    // Many short lines make one long event.
    for chunk in ["data: x\n", "event: x", "data: xxxxxxxxxxxxxxxxx"] {
        let mut events = limited(EVENTS, chunk).events().await.unwrap();
        let error = events.next().await.unwrap().unwrap_err();
        assert!(error.is_body() && error.to_string().contains("64 bytes"), "{error}");
        assert!(events.next().await.is_none());
    }
}

/// A line longer than the limit is refused also where it comes in one chunk with its end.
#[tokio::test]
async fn a_long_line_in_one_chunk_is_refused_too() {
    const LONG: &str = "{\"at\":1}                                                              \n";
    let mut lines = limited(LINES, LONG).lines().await.unwrap();
    assert!(lines.next().await.unwrap().unwrap_err().is_body());
}

const STREAM: &str = "\u{feff}: hello\n\nid: 1\nevent: created\ndata: a\n\ndata: {\"at\":2}\ndata:  \u{e4}\nretry: 20\n\n\
                      event: none\n\ndata\n\nid: 3\ndata: last\n\ndata: unfinished";

fn expected() -> Vec<Event> {
    let mut second = Event::new("{\"at\":2}\n \u{e4}").with_id("1");
    second.retry = Some(Duration::from_millis(20));
    let (mut third, mut last) = (Event::new("").with_id("1"), Event::new("last").with_id("3"));
    (third.retry, last.retry) = (second.retry, second.retry);
    vec![Event::new("a").with_event("created").with_id("1"), second, third, last]
}

#[tokio::test]
async fn events_cut_at_every_byte_and_by_every_end_of_line() {
    for end in ["\n", "\r\n", "\r"] {
        let text: &'static str = STREAM.replace('\n', end).leak();
        for at in 0..=text.len() {
            let events = api(EVENTS, cut(text, at)).events().await.unwrap();
            let events: Vec<Event> = events.map(Result::unwrap).collect().await;
            assert_eq!(events, expected(), "cut at {at}, {end:?}");
        }
        let events = api("text/event-stream; charset=utf-8", each_byte(text)).events().await.unwrap();
        let events: Vec<Event> = events.map(Result::unwrap).collect().await;
        assert_eq!(events, expected(), "each byte, {end:?}");
    }
}

#[tokio::test]
async fn items_from_json_and_the_end() {
    let text = "data: {\"at\":1}\n\ndata: nonsense\n\ndata: {\"at\":3}\n\ndata: [DONE]\n\ndata: {\"at\":4}\n\n";
    let mut events = api(EVENTS, vec![text.into()]).json_events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap(), Progress { at: 1 });
    let error = events.next().await.unwrap().unwrap_err();
    assert!(error.is_decode() && error.endpoint().unwrap().operation() == "json_events", "{error:?}");
    assert_eq!(events.next().await.unwrap().unwrap(), Progress { at: 3 });
    assert!(events.next().await.is_none() && events.next().await.is_none());
}

#[tokio::test]
async fn items_of_ones_own() {
    let text = "event: created\ndata: a\n\nevent: broken\ndata:\n\ndata: b\n\n";
    let mut events = api(EVENTS, vec![text.into()]).own_events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap(), Change::Created("a".to_owned()));
    assert!(events.next().await.unwrap().unwrap_err().is_decode());
    assert_eq!(events.next().await.unwrap().unwrap(), Change::Other);
}

#[tokio::test]
async fn what_is_no_event_stream() {
    for media in ["application/json", ""] {
        let error = api(media, vec![]).events().await.unwrap_err();
        assert!(error.is_decode() && error.status().unwrap() == 200, "{error:?}");
    }
}

fn events_answer(body: &str) -> Reply {
    Reply::Bytes(
        format!("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n{body}").into(),
    )
}

/// A server that closes after each event, then has no more.
#[tokio::test]
async fn reconnecting_goes_on_from_the_last_event() {
    let calls = AtomicUsize::new(0);
    let server = Server::start(move |_| match calls.fetch_add(1, Ordering::Relaxed) {
        0 => events_answer("retry: 10\nid: a\ndata: 1\n\ndata: lost"),
        1 => events_answer("\u{feff}id: b\u{e4}\ndata: 2\n\n"),
        2 => Reply::Bytes(Vec::new()),
        3 => events_answer("id\ndata: 3\n\n"),
        _ => Reply::Bytes(answer("204 No Content", &[], b"")),
    })
    .await;
    let client = Client::builder(&server.base).bearer_token("t").build().unwrap();
    let options = CallOptions::new().header("X-Call", "7");
    let begun = Instant::now();
    let events = StreamsClient::new(client).followed(1, options).await.unwrap().reconnecting();
    let data: Vec<String> = events.map(|event| event.unwrap().data).collect().await;
    assert_eq!(data, ["1", "2", "3"]);
    assert!(begun.elapsed() < Duration::from_secs(2));
    let seen = server.seen();
    let ids: Vec<_> = seen.iter().map(|request| request.header("last-event-id")).collect();
    assert_eq!(ids[..2], [None, Some("a")]);
    assert!(ids[2].is_some() && ids[2] == ids[3], "{ids:?}");
    assert_eq!(ids[4], None, "an empty id takes the last one back");
    for request in &seen {
        assert_eq!((request.target(), request.header("x-call")), ("/followed?from=1", Some("7")));
        assert_eq!((request.header("authorization"), request.header("accept")), (Some("Bearer t"), Some(EVENTS)));
    }
}

#[tokio::test]
async fn reconnecting_ends_with_an_error_where_the_server_refuses() {
    for refusal in [answer("403 Forbidden", &[], b""), answer("200 OK", &[("content-type", "text/html")], b"<html>")] {
        let calls = AtomicUsize::new(0);
        let server = Server::start(move |_| match calls.fetch_add(1, Ordering::Relaxed) {
            0 => events_answer("retry: 10\ndata: 1\n\n"),
            _ => Reply::Bytes(refusal.clone()),
        })
        .await;
        let mut events = StreamsClient::new(server.client()).events().await.unwrap().reconnecting();
        assert_eq!(events.next().await.unwrap().unwrap().data, "1");
        let error = events.next().await.unwrap().unwrap_err();
        assert!(error.is_status() || error.is_decode(), "{error:?}");
        assert!(events.next().await.is_none());
    }
}

#[tokio::test]
async fn without_reconnecting_the_stream_ends() {
    let server = Server::start(|_| events_answer("retry: 10\ndata: 1\n\n")).await;
    let events = StreamsClient::new(server.client()).events().await.unwrap();
    assert_eq!(events.count().await, 1);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_post_does_not_reconnect() {
    let server = Server::start(|_| events_answer("data: 1\n\n")).await;
    let mut events = StreamsClient::new(server.client()).posted_events().await.unwrap().reconnecting();
    assert!(events.next().await.unwrap().unwrap_err().is_build());
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn built_by_hand() {
    let mut bytes = ByteStream::from_results([Ok("a".into()), Err(Error::timeout())]);
    assert_eq!(bytes.next().await.unwrap().unwrap(), "a");
    assert!(bytes.next().await.unwrap().unwrap_err().is_timeout());
    let lines: JsonLines<Progress> = [Progress { at: 1 }].into_iter().collect();
    assert_eq!(lines.count().await, 1);
    let mut events = EventStream::from_results([Ok(Progress { at: 1 }), Err(Error::connect())]).reconnecting();
    assert_eq!(events.next().await.unwrap().unwrap().at, 1);
    assert!(events.next().await.unwrap().unwrap_err().is_connect());
    assert!(events.next().await.is_none());
    // For `FromEvent` of one's own, without JSON.
    let own: EventStream<Change> = [Change::Other].into_iter().collect();
    assert_eq!(own.count().await, 1);
}
