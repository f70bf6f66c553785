//! Streamed responses: chunks, lines of JSON, events.

mod errors;

use std::convert::Infallible;
use std::future::pending;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::Response as HttpResponse;
use kestra_auth::{
    Body, ByteStream, CallOptions, Error, ErrorKind, Event, EventStream, FromEvent, JsonLines, Response, api,
};
use serde::Deserialize;

use crate::support::{Reply, Server, client_builder, raw_response, responding};

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

/// A user's item, which depends on the event's type.
#[derive(Debug, PartialEq)]
enum Change {
    Created(String),
    Other,
}

impl FromEvent for Change {
    fn from_event(event: Event) -> Result<Self, Error> {
        match event.event.as_str() {
            "created" => Ok(Self::Created(event.data)),
            "invalid" => Err(Error::new(ErrorKind::Decode, "the event is invalid")),
            _ => Ok(Self::Other),
        }
    }
}

/// A client whose server sends these chunks with this media type.
fn api(media: &'static str, chunks: Vec<Bytes>) -> StreamsClient {
    let (_, client) = responding(move |_| {
        let chunks = stream::iter(chunks.clone()).map(Ok::<_, Infallible>);
        HttpResponse::builder().header("content-type", media).body(Body::from_stream(chunks)).unwrap()
    });
    StreamsClient::new(client)
}

/// A text in two chunks.
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
async fn yields_chunks_as_they_arrive() {
    let chunks = vec![Bytes::from_static(b"abc"), Bytes::from_static(b"de")];
    let mut bytes = api("application/zip", chunks.clone()).bytes().await.unwrap();
    assert_eq!(bytes.next().await.unwrap().unwrap(), "abc");
    assert_eq!(bytes.next().await.unwrap().unwrap(), "de");
    assert!(bytes.next().await.is_none() && bytes.next().await.is_none());
    let response = api("application/zip", chunks.clone()).bytes_response().await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/zip");
    // It is a `Stream`, with the combinators of one.
    let all: Vec<_> = api("", chunks).bytes_none().await.unwrap().unwrap().collect().await;
    assert_eq!(all.len(), 2);
}

#[tokio::test]
async fn knows_the_size_of_a_download_and_does_not_limit_it() {
    let server = Server::always(raw_response("200 OK", &[], &vec![7; 300_000])).await;
    let client = client_builder(&server.base).limit(1000).build().unwrap();
    let mut bytes = StreamsClient::new(client).bytes().await.unwrap();
    assert_eq!(bytes.size(), Some(300_000));
    let mut length = 0;
    while let Some(chunk) = bytes.next().await {
        length += chunk.unwrap().len();
    }
    assert_eq!(length, 300_000);
}

#[tokio::test]
async fn reports_a_download_that_breaks_off() {
    let server = Server::always(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc".to_vec()).await;
    let mut bytes = StreamsClient::new(server.client()).bytes().await.unwrap();
    assert_eq!(bytes.next().await.unwrap().unwrap(), "abc");
    let error = bytes.next().await.unwrap().unwrap_err();
    assert!(error.is_body(), "{error:?}");
    assert_eq!(error.endpoint().unwrap().operation(), "bytes");
    assert!(bytes.next().await.is_none());
}

#[tokio::test]
async fn returns_error_statuses_before_the_stream() {
    let server = Server::always(raw_response("404 Not Found", &[], b"gone")).await;
    let api = StreamsClient::new(server.client());
    let error = api.bytes().await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), &error.body()[..]), (404, &b"gone"[..]));
    assert!(api.bytes_none().await.unwrap().is_none());
}

#[tokio::test(start_paused = true)]
async fn the_timeout_of_a_stream_covers_its_head_only() {
    let (_, client) = responding(|_| {
        let slow = stream::once(async {
            tokio::time::sleep(Duration::from_secs(60)).await;
            Ok::<_, Infallible>("late")
        });
        HttpResponse::new(Body::from_stream(slow))
    });
    let mut bytes = StreamsClient::new(client).hasty().await.unwrap();
    assert_eq!(bytes.next().await.unwrap().unwrap(), "late");

    let hanging = tower::service_fn(|_: http::Request<Body>| pending::<Result<HttpResponse<Body>, Infallible>>());
    let client = client_builder("http://localhost").transport(hanging).build().unwrap();
    let start = tokio::time::Instant::now();
    assert!(StreamsClient::new(client).hasty().await.unwrap_err().is_timeout());
    assert_eq!(start.elapsed(), Duration::from_millis(300));
}

#[tokio::test]
async fn the_read_timeout_covers_a_stream_that_stalls() {
    let server = Server::start(|_| Reply::Hang(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc".to_vec())).await;
    let client = client_builder(&server.base).read_timeout(Duration::from_millis(50)).build().unwrap();
    let mut bytes = StreamsClient::new(client).bytes().await.unwrap();
    assert_eq!(bytes.next().await.unwrap().unwrap(), "abc");
    let error = bytes.next().await.unwrap().unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn splits_lines_wherever_chunks_are_cut() {
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
async fn goes_on_after_an_invalid_line() {
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

/// A client that limits lines and events, over a server that never stops.
fn limited(media: &'static str, chunk: &'static str) -> StreamsClient {
    let service = tower::service_fn(move |_: http::Request<Body>| async move {
        let endless = Body::from_stream(stream::repeat(chunk).map(Ok::<_, Infallible>));
        Ok::<_, Infallible>(HttpResponse::builder().header("content-type", media).body(endless).unwrap())
    });
    StreamsClient::new(client_builder("http://localhost").transport(service).line_limit(64).build().unwrap())
}

#[tokio::test]
async fn limits_lines_and_events() {
    let mut lines = limited(LINES, "xxxx").lines().await.unwrap();
    let error = lines.next().await.unwrap().unwrap_err();
    assert!(error.is_body() && error.to_string().contains("64 bytes"), "{error}");
    assert!(lines.next().await.is_none());

    // Many short lines make a long event.
    for chunk in ["data: x\n", "event: x", "data: xxxxxxxxxxxxxxxxx"] {
        let mut events = limited(EVENTS, chunk).events().await.unwrap();
        let error = events.next().await.unwrap().unwrap_err();
        assert!(error.is_body() && error.to_string().contains("64 bytes"), "{error}");
        assert!(events.next().await.is_none());
    }
}

#[tokio::test]
async fn limits_a_line_that_arrives_in_one_chunk() {
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
async fn splits_events_wherever_chunks_are_cut() {
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
async fn decodes_json_events_until_the_end_marker() {
    let text = "data: {\"at\":1}\n\ndata: nonsense\n\ndata: {\"at\":3}\n\ndata: [DONE]\n\ndata: {\"at\":4}\n\n";
    let mut events = api(EVENTS, vec![text.into()]).json_events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap(), Progress { at: 1 });
    let error = events.next().await.unwrap().unwrap_err();
    assert!(error.is_decode() && error.endpoint().unwrap().operation() == "json_events", "{error:?}");
    assert_eq!(events.next().await.unwrap().unwrap(), Progress { at: 3 });
    assert!(events.next().await.is_none() && events.next().await.is_none());
}

#[tokio::test]
async fn decodes_events_of_a_users_type() {
    let text = "event: created\ndata: a\n\nevent: invalid\ndata:\n\ndata: b\n\n";
    let mut events = api(EVENTS, vec![text.into()]).own_events().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap(), Change::Created("a".to_owned()));
    assert!(events.next().await.unwrap().unwrap_err().is_decode());
    assert_eq!(events.next().await.unwrap().unwrap(), Change::Other);
}

#[tokio::test]
async fn rejects_other_media_types() {
    for media in ["application/json", ""] {
        let error = api(media, vec![]).events().await.unwrap_err();
        assert!(error.is_decode() && error.status().unwrap() == 200, "{error:?}");
    }
}

fn events_response(body: &str) -> Reply {
    Reply::Bytes(
        format!("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n{body}").into(),
    )
}

/// The server closes the connection after each event, and then stops sending events.
#[tokio::test]
async fn reconnects_from_the_last_event() {
    let calls = AtomicUsize::new(0);
    let server = Server::start(move |_| match calls.fetch_add(1, Ordering::Relaxed) {
        0 => events_response("retry: 250\nid: a\ndata: 1\n\ndata: lost"),
        1 => events_response("\u{feff}id: b\u{e4}\ndata: 2\n\n"),
        2 => Reply::Bytes(Vec::new()),
        3 => events_response("id\ndata: 3\n\n"),
        _ => Reply::Bytes(raw_response("204 No Content", &[], b"")),
    })
    .await;
    let client = client_builder(&server.base).bearer_token("t").build().unwrap();
    let options = CallOptions::new().header("X-Call", "7");
    let events = StreamsClient::new(client).followed(1, options).await.unwrap().reconnecting();
    let data: Vec<String> = events.map(|event| event.unwrap().data).collect().await;
    assert_eq!(data, ["1", "2", "3"]);
    let seen = server.seen();
    let ids: Vec<_> = seen.iter().map(|request| request.header("last-event-id")).collect();
    assert_eq!(ids[..2], [None, Some("a")]);
    assert!(ids[2].is_some() && ids[2] == ids[3], "{ids:?}");
    assert_eq!(ids[4], None, "an empty id resets the last one");
    for request in &seen {
        assert_eq!((request.target(), request.header("x-call")), ("/followed?from=1", Some("7")));
        assert_eq!((request.header("authorization"), request.header("accept")), (Some("Bearer t"), Some(EVENTS)));
    }
}

#[tokio::test]
async fn stops_reconnecting_when_the_server_rejects_it() {
    for rejection in
        [raw_response("403 Forbidden", &[], b""), raw_response("200 OK", &[("content-type", "text/html")], b"<html>")]
    {
        let calls = AtomicUsize::new(0);
        let server = Server::start(move |_| match calls.fetch_add(1, Ordering::Relaxed) {
            0 => events_response("retry: 10\ndata: 1\n\n"),
            _ => Reply::Bytes(rejection.clone()),
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
async fn does_not_reconnect_unless_asked_to() {
    let server = Server::start(|_| events_response("retry: 10\ndata: 1\n\n")).await;
    let events = StreamsClient::new(server.client()).events().await.unwrap();
    assert_eq!(events.count().await, 1);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn does_not_reconnect_a_post() {
    let server = Server::start(|_| events_response("data: 1\n\n")).await;
    let mut events = StreamsClient::new(server.client()).posted_events().await.unwrap().reconnecting();
    assert!(events.next().await.unwrap().unwrap_err().is_build());
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn builds_streams_for_tests() {
    let mut bytes = ByteStream::from_results([Ok("a".into()), Err(Error::timeout())]);
    assert_eq!(bytes.next().await.unwrap().unwrap(), "a");
    assert!(bytes.next().await.unwrap().unwrap_err().is_timeout());
    let lines: JsonLines<Progress> = [Progress { at: 1 }].into_iter().collect();
    assert_eq!(lines.count().await, 1);
    let mut events = EventStream::from_results([Ok(Progress { at: 1 }), Err(Error::connect())]).reconnecting();
    assert_eq!(events.next().await.unwrap().unwrap().at, 1);
    assert!(events.next().await.unwrap().unwrap_err().is_connect());
    assert!(events.next().await.is_none());
    // A type with `FromEvent` needs no JSON.
    let own: EventStream<Change> = [Change::Other].into_iter().collect();
    assert_eq!(own.count().await, 1);
}
