//! The errors of streams, which say as much about the call as those of results in memory.

use std::io;
use std::sync::Arc;

use kestra_auth::Retry;

use super::*;
use crate::support::in_memory;

/// A client whose responses break off after this text. Its calls fail once before.
fn breaking(text: &'static str) -> StreamsClient {
    let calls = Arc::new(AtomicUsize::new(0));
    let (_, service) = in_memory(move |request| {
        let is_second = calls.fetch_add(1, Ordering::Relaxed) % 2 == 1;
        let media = if request.uri().path().ends_with("events") { EVENTS } else { LINES };
        let response = HttpResponse::builder().header("x-server", "1").header("content-type", media);
        let chunks = [Ok(text), Err(io::Error::other("MARK"))];
        response.status(if is_second { 206 } else { 503 }).body(Body::from_stream(stream::iter(chunks))).unwrap()
    });
    let retry = Retry::standard().delays(Duration::ZERO, Duration::ZERO);
    StreamsClient::new(client_builder("http://localhost").transport(service).retry(retry).build().unwrap())
}

fn check(error: &Error, kind: ErrorKind, operation: &str) {
    assert_eq!((error.kind(), error.status().map(|status| status.as_u16())), (kind, Some(206)), "{error:?}");
    assert_eq!((error.headers()["x-server"].to_str().unwrap(), error.attempts()), ("1", 2));
    assert_eq!(error.endpoint().unwrap().operation(), operation);
    assert!(!crate::support::printed(error).contains("MARK"));
}

#[tokio::test]
async fn an_error_has_the_head_of_the_response() {
    let mut bytes = breaking("MARK").bytes().await.unwrap();
    assert!(bytes.next().await.unwrap().is_ok());
    check(&bytes.next().await.unwrap().unwrap_err(), ErrorKind::Body, "bytes");

    let mut lines = breaking("{\"at\": \"MARK\"}\n").lines().await.unwrap();
    check(&lines.next().await.unwrap().unwrap_err(), ErrorKind::Decode, "lines");
    check(&lines.next().await.unwrap().unwrap_err(), ErrorKind::Body, "lines");

    let mut events = breaking("data: MARK\n\n").json_events().await.unwrap();
    check(&events.next().await.unwrap().unwrap_err(), ErrorKind::Decode, "json_events");
    check(&events.next().await.unwrap().unwrap_err(), ErrorKind::Body, "json_events");

    let mut own = breaking("event: invalid\ndata: MARK\n\n").own_events().await.unwrap();
    check(&own.next().await.unwrap().unwrap_err(), ErrorKind::Decode, "own_events");
}

#[tokio::test]
async fn an_error_has_the_head_of_the_response_inside_a_response_and_an_option() {
    let response = breaking("MARK").bytes_response().await.unwrap();
    assert_eq!(response.headers()["x-server"], "1");
    let mut bytes = response.into_body();
    assert!(bytes.next().await.unwrap().is_ok());
    check(&bytes.next().await.unwrap().unwrap_err(), ErrorKind::Body, "bytes_response");
    let mut bytes = breaking("MARK").bytes_none().await.unwrap().unwrap();
    assert!(bytes.next().await.unwrap().is_ok());
    check(&bytes.next().await.unwrap().unwrap_err(), ErrorKind::Body, "bytes_none");
}

#[tokio::test(start_paused = true)]
async fn an_error_has_the_head_of_the_last_response() {
    let calls = Arc::new(AtomicUsize::new(0));
    let (_, service) = in_memory(move |_| {
        let (status, chunk) = match calls.fetch_add(1, Ordering::Relaxed) {
            0 => (200, "data: {\"at\": 1}\n\n"),
            1 => (203, "data: 2\n\n"),
            _ => (204, ""),
        };
        HttpResponse::builder().status(status).header("content-type", EVENTS).body(Body::from(chunk)).unwrap()
    });
    let client = client_builder("http://localhost").transport(service).build().unwrap();
    let mut events = StreamsClient::new(client).json_events().await.unwrap().reconnecting();
    assert_eq!(events.next().await.unwrap().unwrap().at, 1);
    assert_eq!(events.next().await.unwrap().unwrap_err().status().unwrap(), 203);
    assert!(events.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn an_error_before_another_response_has_no_head() {
    let calls = Arc::new(AtomicUsize::new(0));
    let service = tower::service_fn(move |_: http::Request<Body>| {
        let is_first = calls.fetch_add(1, Ordering::Relaxed) == 0;
        async move {
            let response = HttpResponse::builder().header("content-type", EVENTS);
            if is_first { Ok(response.body(Body::from("data: 1\n\n")).unwrap()) } else { Err("MARK") }
        }
    });
    let client = client_builder("http://localhost").transport(service).build().unwrap();
    let mut events = StreamsClient::new(client).events().await.unwrap().reconnecting();
    assert_eq!(events.next().await.unwrap().unwrap().data, "1");
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.status(), error.attempts()), (ErrorKind::Layer, None, 1));
    assert_eq!(error.endpoint().unwrap().operation(), "events");
    assert!(events.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn reconnecting_outlasts_a_server_that_is_not_available() {
    let arrived = Arc::new(std::sync::Mutex::new(Vec::new()));
    let log = Arc::clone(&arrived);
    let (_, service) = in_memory(move |_| {
        let mut log = log.lock().unwrap();
        log.push(tokio::time::Instant::now());
        let response = HttpResponse::builder().header("content-type", EVENTS);
        match log.len() {
            1 => response.body(Body::from("data: 1\n\n")).unwrap(),
            2..=9 => response.status([408, 429, 502, 503, 504][log.len() % 5]).body(Body::empty()).unwrap(),
            10 => response.status(503).header("retry-after", "45").body(Body::empty()).unwrap(),
            11 => response.status(503).header("retry-after", "9999").body(Body::empty()).unwrap(),
            12 => response.body(Body::from("data: 2\n\n")).unwrap(),
            _ => response.status(500).body(Body::empty()).unwrap(),
        }
    });
    let client = client_builder("http://localhost").transport(service).build().unwrap();
    let mut events = StreamsClient::new(client).events().await.unwrap().reconnecting();
    assert_eq!(events.next().await.unwrap().unwrap().data, "1");
    assert_eq!(events.next().await.unwrap().unwrap().data, "2");
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Status, 500));
    assert!(events.next().await.is_none());
    let arrived = arrived.lock().unwrap();
    let waits: Vec<u64> = arrived.windows(2).map(|pair| (pair[1] - pair[0]).as_secs()).collect();
    assert!((3..=4).contains(&waits[0]) && (6..=7).contains(&waits[1]), "{waits:?}");
    assert!(waits[9..11].iter().all(|wait| (60..=61).contains(wait)), "{waits:?}");
}
