//! Streams that break off, stall, are dropped or are piped on.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::{StreamExt, stream};
use http::HeaderValue;
use kestra_auth::{Body, ByteStream, Error, Event, EventStream, JsonLines, Response, api};
use tokio::time::Instant;
use tower::service_fn;

use crate::support::{Reply, Server, client_builder, json_response, raw_response, responding};

#[api]
trait Feeds {
    #[get("/bytes")]
    async fn bytes(&self) -> Result<ByteStream, Error>;

    #[get("/lines")]
    async fn lines(&self) -> Result<Response<JsonLines<u32>>, Error>;

    #[get("/events")]
    async fn events(&self) -> Result<Response<EventStream<Event>>, Error>;

    #[get("/maybe", none(404))]
    async fn maybe(&self) -> Result<Option<EventStream<Event>>, Error>;

    #[put("/upload")]
    async fn upload(&self, #[body("application/octet-stream")] body: Body) -> Result<(), Error>;
}

const EVENTS_HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n";

/// Events in a body that ends before its declared length.
fn broken(events: &str) -> Reply {
    Reply::Bytes(format!("{EVENTS_HEAD}content-length: 999\r\n\r\n{events}").into())
}

#[tokio::test]
async fn accepts_the_media_type_of_the_stream() {
    let (seen, client) = responding(|_| http::Response::builder().status(404).body(Body::empty()).unwrap());
    let feeds = FeedsClient::new(client);
    let _ = (feeds.bytes().await, feeds.lines().await, feeds.events().await);
    assert!(feeds.maybe().await.unwrap().is_none());
    let accepts: Vec<String> =
        seen.all().iter().map(|request| request.headers()["accept"].to_str().unwrap().to_owned()).collect();
    assert!(accepts[0].starts_with("application/octet-stream") && accepts[1].starts_with("application/x-ndjson"));
    assert_eq!(accepts[2..], ["text/event-stream", "text/event-stream"]);
}

#[tokio::test]
async fn reports_events_that_break_off() {
    let server = Server::start(|_| broken("data: 1\n\ndata: lost\n")).await;
    let mut events = FeedsClient::new(server.client()).events().await.unwrap().into_body();
    assert_eq!(events.next().await.unwrap().unwrap().data, "1");
    let error = events.next().await.unwrap().unwrap_err();
    assert!(error.is_body(), "{error:?}");
    assert_eq!(error.endpoint().unwrap().operation(), "events");
    assert!(events.next().await.is_none());
}

/// A response with these chunks, after which the connection fails.
fn failing(chunks: &'static [&'static str], error: io::ErrorKind) -> http::Response<Body> {
    let chunks = stream::iter(chunks).map(|chunk| Ok(*chunk)).chain(stream::once(async move { Err(error.into()) }));
    let response = http::Response::builder().header("content-type", "text/event-stream");
    response.body(Body::from_stream::<_, _, io::Error>(chunks)).unwrap()
}

fn no_content() -> http::Response<Body> {
    http::Response::builder().status(204).body(Body::empty()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn reconnects_after_events_break_off() {
    let calls = Arc::new(AtomicUsize::new(0));
    let (seen, client) = responding(move |_| match calls.fetch_add(1, Ordering::Relaxed) {
        0 => failing(&["retry: 1000\nid: 1\ndata: 1\n\n", "id: 2\ndata: lost\n"], io::ErrorKind::ConnectionReset),
        1 => failing(&["id: 3\ndata: 3\n\n"], io::ErrorKind::TimedOut),
        _ => no_content(),
    });
    let start = Instant::now();
    let events = FeedsClient::new(client).events().await.unwrap().into_body().reconnecting();
    let data: Vec<String> = events.map(|event| event.unwrap().data).collect().await;
    assert_eq!(data, ["1", "3"]);
    let waited = start.elapsed();
    assert!(waited >= Duration::from_secs(2) && waited < Duration::from_millis(2_500), "{waited:?}");
    let seen = seen.all();
    let ids: Vec<_> = seen.iter().map(|request| request.headers().get("last-event-id")).collect();
    // An incomplete event does not set the last event ID.
    assert_eq!(ids, [None, Some(&HeaderValue::from_static("1")), Some(&HeaderValue::from_static("3"))]);
}

#[tokio::test(start_paused = true)]
async fn waits_longer_after_each_failure_in_a_row() {
    let times = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&times);
    let service = service_fn(move |_: http::Request<Body>| {
        let mut times = log.lock().unwrap();
        times.push(Instant::now());
        let response = match times.len() {
            1 | 9 => Ok(failing(&["data: 1\n\n"], io::ErrorKind::ConnectionReset)),
            10 => Ok(no_content()),
            _ => Err(io::Error::from(io::ErrorKind::ConnectionRefused)),
        };
        async { response }
    });
    let client = client_builder("http://localhost").transport(service).build().unwrap();
    let events = FeedsClient::new(client).events().await.unwrap().into_body().reconnecting();
    assert_eq!(events.map(Result::unwrap).count().await, 2);
    let waits: Vec<Duration> = times.lock().unwrap().windows(2).map(|pair| pair[1] - pair[0]).collect();
    let expected = [3, 6, 12, 24, 48, 60, 60, 60, 3];
    assert_eq!(waits.len(), expected.len());
    for (wait, seconds) in waits.iter().zip(expected) {
        // Up to a second is added at random, and the clock rounds up to a millisecond.
        let range = Duration::from_secs(seconds)..=Duration::from_millis(seconds * 1_000 + 1_001);
        assert!(range.contains(wait), "{waits:?}");
    }
}

/// The server asks for no pause, sends an event and closes the connection.
#[tokio::test(start_paused = true)]
async fn waits_longer_each_time_although_the_server_asks_for_no_pause() {
    let (seen, client) = responding(|_| {
        let response = http::Response::builder().header("content-type", "text/event-stream");
        response.body(Body::from("retry: 0\ndata: 1\n\n")).unwrap()
    });
    let mut events = FeedsClient::new(client).events().await.unwrap().into_body().reconnecting();
    let mut waits = Vec::new();
    let mut last = Instant::now();
    for _ in 0..12 {
        events.next().await.unwrap().unwrap();
        waits.push(last.elapsed().as_millis());
        last = Instant::now();
    }
    assert_eq!(seen.count(), 12);
    for (wait, at_least) in waits.iter().skip(1).zip([250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000]) {
        assert!((at_least..at_least + 1_002).contains(wait), "{waits:?}");
    }
    assert!(waits[1..].iter().any(|wait| wait % 10 != 0), "each wait has a random part: {waits:?}");
}

#[tokio::test]
async fn reports_lines_that_break_off() {
    let server = Server::always(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n1\n2".to_vec()).await;
    let mut lines = FeedsClient::new(server.client()).lines().await.unwrap().into_body();
    assert_eq!(lines.next().await.unwrap().unwrap(), 1);
    // The rest may be part of a line, so it must not be decoded.
    assert!(lines.next().await.unwrap().unwrap_err().is_body());
    assert!(lines.next().await.is_none());
}

#[tokio::test]
async fn closes_the_connection_of_a_dropped_stream() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = [0; 4096];
        let _ = stream.read(&mut head).await.unwrap();
        stream.write_all(format!("{EVENTS_HEAD}\r\ndata: 1\n\n").as_bytes()).await.unwrap();
        stream.read(&mut head).await
    });
    let mut events = FeedsClient::new(client_builder(&base).build().unwrap()).events().await.unwrap().into_body();
    assert_eq!(events.next().await.unwrap().unwrap().data, "1");
    drop(events);
    let end = tokio::time::timeout(Duration::from_secs(5), server).await.unwrap().unwrap();
    assert!(matches!(end, Ok(0) | Err(_)), "{end:?}");
}

#[tokio::test]
async fn pipes_a_download_into_an_upload() {
    let content: Vec<u8> = (0..200_000_u32).map(|number| number.to_le_bytes()[0]).collect();
    let from = Server::always(raw_response("200 OK", &[], &content)).await;
    let to = Server::always(json_response("null")).await;
    let chunks = FeedsClient::new(from.client()).bytes().await.unwrap();
    let body = Body::sized(chunks.size().unwrap(), chunks);
    FeedsClient::new(to.client()).upload(body).await.unwrap();
    let arrived = to.only();
    assert_eq!(arrived.header("content-length"), Some("200000"));
    assert!(arrived.body == content);
}

/// A server must not receive what looks like a complete request.
#[tokio::test]
async fn rejects_bodies_of_another_length_than_declared() {
    for declared in [3_u64, 9] {
        let server = Server::always(json_response("null")).await;
        let chunks = stream::iter([Ok::<_, std::convert::Infallible>("abcde")]);
        let error = FeedsClient::new(server.client()).upload(Body::sized(declared, chunks)).await.unwrap_err();
        assert!(error.is_body(), "{declared}: {error:?}");
        assert!(server.seen().iter().all(|request| request.text() != "abcde"));
    }
}

#[tokio::test]
async fn sends_a_growing_file_at_its_original_length() {
    let file = std::env::temp_dir().join(format!("kestra-auth-grows-{}.log", std::process::id()));
    std::fs::write(&file, "abcde").unwrap();
    let body = Body::from_file(&file).await.unwrap();
    std::fs::write(&file, "abcdefgh").unwrap();
    let server = Server::always(json_response("null")).await;
    FeedsClient::new(server.client()).upload(body).await.unwrap();
    std::fs::remove_file(&file).unwrap();
    assert_eq!(server.only().text(), "abcde");
}
