//! Streams that break, stall or never end, and hosts without an address: with and without layers, over TCP.

use std::time::Duration;

use kestra_auth::ErrorKind::{Body, Connect, Decode, Status, Timeout};
use kestra_auth::{ApiClient, ByteStream, Client, Error, ErrorKind, Event, EventStream, JsonLines, Retry, Text, api};
use serde_json::Value;
use tower::layer::layer_fn;
use tower::util::MapRequest;

use super::server::{FaultServer, Limits, Step, send};
use crate::support::{client_builder, printed};

const LINE_LIMIT: usize = 1 << 12;

#[api]
trait Streamed {
    #[get("/bytes")]
    async fn bytes(&self, #[query] q: &str) -> Result<ByteStream, Error>;

    #[get("/lines")]
    async fn lines(&self, #[query] q: &str) -> Result<JsonLines<Value>, Error>;

    #[get("/events")]
    async fn events(&self, #[query] q: &str) -> Result<EventStream<Event>, Error>;

    #[get("/text")]
    async fn text(&self) -> Result<Text, Error>;
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Bytes,
    Lines,
    Events,
}

/// Reads a stream to its end, and returns how many items came before the error that ended it.
async fn read(client: &StreamedClient, kind: Kind) -> (usize, Option<Error>) {
    let mut count = 0;
    macro_rules! read {
        ($stream:expr) => {{
            let mut stream = match $stream {
                Ok(stream) => stream,
                Err(error) => return (0, Some(error)),
            };
            while let Some(item) = stream.next().await {
                match item {
                    Ok(_) => count += 1,
                    Err(error) => {
                        assert!(stream.next().await.is_none(), "a stream ends with its first error");
                        return (count, Some(error));
                    }
                }
            }
        }};
    }
    match kind {
        Kind::Bytes => read!(client.bytes("MARK-1").await),
        Kind::Lines => read!(client.lines("MARK-2").await),
        Kind::Events => read!(client.events("MARK-3").await),
    }
    (count, None)
}

fn client(base: &str, layers: bool, retry: bool, read_timeout: Duration) -> Client {
    let mut builder =
        client_builder(base).bearer_token("MARK-4").read_timeout(read_timeout).line_limit(LINE_LIMIT as u64);
    if layers {
        let same: fn(http::Request<kestra_auth::Body>) -> http::Request<kestra_auth::Body> = |request| request;
        builder = builder.layer(layer_fn(move |next| MapRequest::new(next, same)));
        builder = builder.attempt_layer(layer_fn(move |next| MapRequest::new(next, same)));
    }
    if retry { builder.retry(Retry::standard()) } else { builder }.build().unwrap()
}

/// A response with one complete item of each kind, and then these bytes.
fn starting(kind: Kind, head: &str, rest: impl AsRef<[u8]>) -> Step {
    let (media, item) = match kind {
        Kind::Bytes => ("application/octet-stream", "MARK"),
        Kind::Lines => ("application/x-ndjson", "\"MARK\"\n"),
        Kind::Events => ("text/event-stream", "data: MARK\n\n"),
    };
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {media}\r\n{head}\r\n{item}");
    send([head.as_bytes(), rest.as_ref()].concat())
}

type Case = (&'static str, Vec<Step>, Option<(ErrorKind, Option<u16>)>);

fn cases(kind: Kind) -> Vec<Case> {
    let length = "content-length: 99999\r\n";
    let chunked = |rest: &str| {
        let Step::Send(good) = starting(kind, "transfer-encoding: chunked\r\n", "") else { unreachable!() };
        let at = good.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
        let (head, item) = good.split_at(at);
        send([head, format!("{:x}\r\n", item.len()).as_bytes(), item, b"\r\n", rest.as_bytes()].concat())
    };
    let pause = || Step::Pause(Duration::from_millis(30));
    vec![
        ("ends a stream", vec![starting(kind, "", "")], None),
        ("ends a stream of chunks", vec![chunked("0\r\nx-mark: MARK\r\n\r\n")], None),
        ("closes before the declared end", vec![starting(kind, length, "MA")], Some((Body, Some(200)))),
        ("resets inside a stream", vec![starting(kind, length, "MA"), pause(), Step::Reset], Some((Body, Some(200)))),
        ("stalls inside a stream", vec![starting(kind, length, "MA"), Step::Hang], Some((Timeout, Some(200)))),
        ("closes before the final chunk", vec![chunked("")], Some((Body, Some(200)))),
        ("sends an invalid chunk", vec![chunked("MARK\r\nMARK")], Some((Body, Some(200)))),
        ("responds with an error", vec![send("HTTP/1.1 500 MARK\r\n\r\nMARK")], Some((Status, Some(500)))),
        ("closes instead of a stream", vec![], Some((Connect, None))),
        ("sends an unknown coding", vec![starting(kind, "content-encoding: MARK\r\n", "")], Some((Decode, Some(200)))),
        ("sends broken gzip", vec![starting(kind, "content-encoding: gzip\r\n", "")], Some((Body, Some(200)))),
    ]
}

/// What only lines and events have.
fn cases_of_items(kind: Kind) -> Vec<Case> {
    let long = "x".repeat(LINE_LIMIT + 1);
    let endless = || Step::Endless(b"MARK".repeat(100));
    let mut cases = vec![
        (
            "sends an item above the limit",
            vec![starting(kind, "", format!("data: {long}\n\n"))],
            Some((Body, Some(200))),
        ),
        ("sends an item without end", vec![starting(kind, "", "data: "), endless()], Some((Body, Some(200)))),
    ];
    if matches!(kind, Kind::Lines) {
        cases.push(("sends a line that is not JSON", vec![starting(kind, "", "MARK\n")], Some((Decode, Some(200)))));
        cases.push(("ends inside a line", vec![starting(kind, "", "{\"MARK\": ")], Some((Decode, Some(200)))));
    }
    cases
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_of_a_stream_has_its_outcome() {
    let clients = [Limits::SHORT, Limits::LONG].map(|Limits { read_timeout, .. }| {
        [(false, false), (true, false), (false, true), (true, true)]
            .map(|(layers, retry)| (layers, retry, client("http://localhost", layers, retry, read_timeout)))
    });
    let mut runs = Vec::new();
    for kind in [Kind::Bytes, Kind::Lines, Kind::Events] {
        let of_items = if matches!(kind, Kind::Bytes) { Vec::new() } else { cases_of_items(kind) };
        for (name, steps, expected) in cases(kind).into_iter().chain(of_items) {
            let stalls = steps.iter().any(|step| matches!(step, Step::Hang));
            for (layers, retry, client) in &clients[usize::from(!stalls)] {
                runs.push(run(kind, name, steps.clone(), expected, (*layers, *retry), client));
            }
        }
    }
    println!("{} runs", runs.len());
    futures_util::future::join_all(runs).await;
}

async fn run(
    kind: Kind,
    name: &str,
    steps: Vec<Step>,
    expected: Option<(ErrorKind, Option<u16>)>,
    (layers, retry): (bool, bool),
    client: &Client,
) {
    let name = format!("{name}, {kind:?}, layers: {layers}, retry: {retry}");
    let server = FaultServer::start(vec![[vec![Step::Read], steps].concat()]).await;
    let client = StreamedClient::new(client.with_base(&server.base).unwrap());
    let (count, error) = tokio::time::timeout(Limits::LONG.hangs, read(&client, kind)).await.unwrap();
    // A stream that never began can be asked for again.
    if retry && expected.is_some_and(|(kind, _)| kind == Connect) {
        assert!(error.as_ref().is_none_or(|error| !error.is_connect()), "{name}: {error:?}");
        assert_eq!(server.arrived().len(), 2, "{name}");
        return;
    }
    let found = error.as_ref().map(|error| (error.kind(), error.status().map(|status| status.as_u16())));
    let has_begun = !matches!(expected, Some((Status | Connect, _))) && !name.contains("coding");
    assert_eq!(found, expected, "{name}: {error:?}");
    assert_eq!(server.arrived().len(), 1, "{name}: a stream that has begun is not repeated");
    assert!(count >= 1 || !has_begun || name.contains("gzip") || name.contains("resets"), "{name}: {count} items");
    if let Some(error) = &error {
        assert!(!printed(error).to_lowercase().contains("mark"), "{name}: {}", printed(error));
        assert!(error.endpoint().is_some() && error.attempts() == 1, "{name}: {error:?}");
        let has_head = error.status().is_some();
        assert_eq!(!error.headers().is_empty(), has_head && !name.contains("an error"), "{name}: {error:?}");
    }
    assert_eq!(client.with_options(Limits::none()).text().await.unwrap(), "\"good\"", "{name}");
}

#[tokio::test]
async fn a_host_without_an_address_is_named_with_and_without_layers_and_retries() {
    let server = FaultServer::start(Vec::new()).await;
    for (layers, retry) in [(false, false), (true, false), (false, true), (true, true)] {
        let client = client("https://MARK-5.invalid", layers, retry, Limits::LONG.read_timeout);
        let error = StreamedClient::new(client.clone()).text().await.unwrap_err();
        assert!(error.is_dns() && error.is_connect() && !error.is_tls(), "{error:?}");
        assert!(!error.may_have_reached_server(), "{error:?}");
        assert!(!printed(&error).to_lowercase().contains("mark"), "{}", printed(&error));
        assert_eq!(error.attempts(), if retry { 3 } else { 1 });
        let after = StreamedClient::new(client.with_base(&server.base).unwrap());
        assert_eq!(after.text().await.unwrap(), "\"good\"");
    }
}
