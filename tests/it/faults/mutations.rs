//! Ten thousand mutated responses: whatever arrives, a call ends without a panic, and its error shows no value.
//!
//! Each mutation follows from its number alone, which a failure shows, so that it can be repeated.

use std::convert::Infallible;
use std::fmt::Debug;
use std::time::Duration;

use http::{HeaderValue, StatusCode};
use kestra_auth::{Body, Error, Event, EventStream, Json, JsonLines, Response, Text, api};
use serde::Deserialize;
use serde_json::Value;
use tower::service_fn;

use super::server::{FaultServer, Step, send};
use crate::support::{client_builder, printed};

const IN_MEMORY: u64 = 9_000;
const OVER_TCP: u64 = 1_000;
/// Nothing that is sent here takes this long to read.
const HANGS: Duration = Duration::from_secs(20);

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only whether it deserializes matters")]
struct Document {
    name: String,
    count: u8,
    kind: Kind,
    #[serde(default)]
    items: Vec<Item>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    One,
    Two,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "only whether it deserializes matters")]
enum Item {
    Number(i16),
    Entry { id: Option<u32> },
}

#[api]
trait Mutated {
    #[get("/document")]
    async fn document(&self) -> Result<Response<Json<Document>>, Error>;

    #[get("/text")]
    async fn text(&self) -> Result<Text, Error>;

    #[get("/lines")]
    async fn lines(&self) -> Result<JsonLines<Document>, Error>;

    #[get("/events")]
    async fn events(&self) -> Result<EventStream<Event>, Error>;

    #[get("/optional", none(404))]
    async fn optional(&self) -> Result<Option<Json<Document>>, Error>;
}

/// `SplitMix64` (Steele, Lea and Flood, 2014), which needs no more than a number to start from.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is not zero.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    /// Changes, repeats, removes or inserts a few bytes.
    fn mutate(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        const INSERTED: [&[u8]; 12] = [
            b"\0",
            b"\r\n",
            b"\n\n",
            b"\"",
            b"{",
            b"]",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            b"\\ud800",
            b"1e999",
            b":",
            b",",
        ];
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len() + 1);
            let end = (at + self.below(9)).min(bytes.len());
            match self.below(6) {
                0 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << (at % 8)),
                1 => drop(bytes.drain(at..end)),
                2 => bytes.truncate(at),
                3 => {
                    let repeated = bytes[at..end].repeat(1 + at % 50);
                    bytes.splice(at..at, repeated);
                }
                4 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = byte.wrapping_add(128)),
                _ => {
                    let inserted = INSERTED[self.below(INSERTED.len())];
                    bytes.splice(at..at, inserted.iter().copied());
                }
            }
        }
        bytes
    }
}

const BODIES: [&str; 6] = [
    r#"{"name": "MARK-1", "count": 200, "kind": "one", "items": [1, {"id": 5}, {"id": null}]}"#,
    r#"{"message": "MARK-2", "_embedded": {"errors": [{"message": "MARK-3"}]}, "detail": "MARK-4"}"#,
    "{\"name\": \"MARK-5\", \"count\": 1, \"kind\": \"two\"}\n{\"name\": \"MARK-6\", \"count\": 2, \"kind\": \"one\"}\n",
    "id: MARK-7\nevent: MARK-8\nretry: 10\ndata: MARK-9\ndata: MARK-10\n\n: MARK-11\n\ndata: MARK-12\n\n",
    "MARK-13 \u{e9}\u{1f600} MARK-14",
    r#"[{"name": "MARK-15", "count": -1, "kind": "MARK-16"}, "MARK-17", 1.5, null, true]"#,
];

const HEADERS: [(&str, &str); 6] = [
    ("link", r#"</MARK-18?page=2>; rel="next"; title="MARK-19", <MARK-20>; rel=last"#),
    ("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT"),
    ("location", "http://MARK-21@mark.example/MARK-22"),
    ("set-cookie", "MARK-23=MARK-24; Path=/"),
    ("content-language", "MARK-25"),
    ("content-type", "application/json; charset=utf-8"),
];

const STATUSES: [u16; 16] = [200, 200, 200, 200, 200, 200, 200, 200, 201, 204, 302, 404, 409, 422, 500, 503];

/// The response with this number, without a transport.
fn response(number: u64) -> http::Response<Body> {
    let mut random = Random(number);
    let body = BODIES[random.below(BODIES.len())].as_bytes().to_vec();
    let mut response = http::Response::new(Body::from(random.mutate(body)));
    *response.status_mut() = StatusCode::from_u16(STATUSES[random.below(STATUSES.len())]).unwrap();
    for (name, value) in HEADERS {
        // What a header cannot hold does not reach a client.
        if let Ok(value) = HeaderValue::from_bytes(&random.mutate(value.as_bytes().to_vec())) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

/// The bytes of the response with this number, head and body mutated alike.
fn bytes(number: u64) -> Vec<u8> {
    let mut random = Random(number);
    let body = BODIES[random.below(BODIES.len())];
    let framing = match random.below(3) {
        0 => format!("content-length: {}\r\n\r\n{body}", body.len()),
        1 => format!("transfer-encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n", body.len()),
        _ => format!("connection: close\r\n\r\n{body}"),
    };
    let status = STATUSES[random.below(STATUSES.len())];
    let (name, value) = HEADERS[random.below(HEADERS.len())];
    random.mutate(format!("HTTP/1.1 {status} MARK-26\r\nx-mark: MARK-27\r\n{name}: {value}\r\n{framing}").into())
}

fn check<T>(number: u64, result: Result<T, Error>) -> Option<T> {
    let error = match result {
        Ok(value) => return Some(value),
        Err(error) => error,
    };
    let shown = printed(&error);
    assert!(!shown.to_lowercase().contains("mark"), "mutation {number}: {shown}");
    // What people read may hold what the server sent. It must only not panic.
    let _ = (error.message(), error.retry_after());
    for nested in [error.json::<Document>().err(), error.json::<Value>().err()].into_iter().flatten() {
        let shown = printed(&nested);
        assert!(!shown.to_lowercase().contains("mark"), "mutation {number}: {shown}");
    }
    None
}

fn check_debug(number: u64, value: &impl Debug) {
    let shown = format!("{value:?}");
    assert!(!shown.to_lowercase().contains("mark-"), "mutation {number}: {shown}");
}

/// Reads the response with this number as one of the kinds of result, and returns whether the call succeeded.
async fn call(client: &MutatedClient, number: u64) -> bool {
    match number % 5 {
        0 => {
            let document = check(number, client.document().await);
            check_debug(number, &document);
            check_debug(number, &document.as_ref().and_then(|document| document.link("next")));
            document.is_some()
        }
        1 => {
            let text = check(number, client.text().await);
            check_debug(number, &text);
            text.is_some()
        }
        2 => {
            let Some(mut lines) = check(number, client.lines().await) else { return false };
            while let Some(line) = lines.next().await {
                check(number, line);
            }
            check_debug(number, &lines);
            true
        }
        3 => {
            let Some(mut events) = check(number, client.events().await) else { return false };
            while let Some(event) = events.next().await {
                check(number, event);
            }
            check_debug(number, &events);
            true
        }
        _ => {
            let document = check(number, client.optional().await);
            check_debug(number, &document);
            document.is_some()
        }
    }
}

async fn call_in_time(client: &MutatedClient, number: u64) -> bool {
    let ended = tokio::time::timeout(HANGS, call(client, number)).await;
    ended.unwrap_or_else(|_| panic!("mutation {number} hangs"))
}

/// Mutations that all fail, or all succeed, would test little.
fn assert_mixed(successes: u64, calls: u64) {
    assert!(successes > calls / 10 && successes < calls * 9 / 10, "{successes} of {calls} calls succeed");
}

#[tokio::test]
async fn mutated_responses_neither_panic_nor_hang_nor_show_a_value() {
    let mut successes = 0;
    for number in 0..IN_MEMORY {
        let service = service_fn(move |_: http::Request<Body>| async move { Ok::<_, Infallible>(response(number)) });
        let client = client_builder("http://localhost").transport(service).build().unwrap();
        successes += u64::from(call_in_time(&MutatedClient::new(client), number).await);
    }
    assert_mixed(successes, IN_MEMORY);
}

#[tokio::test]
async fn mutated_bytes_neither_panic_nor_hang_nor_show_a_value() {
    let scripts = (0..OVER_TCP).map(|number| vec![Step::Read, send(bytes(number))]).collect();
    let server = FaultServer::start(scripts).await;
    let client = MutatedClient::new(client_builder(&server.base).build().unwrap());
    let mut successes = 0;
    for number in 0..OVER_TCP {
        successes += u64::from(call_in_time(&client, number).await);
    }
    assert_mixed(successes, OVER_TCP);
    assert!(server.arrived().len() >= usize::try_from(OVER_TCP).unwrap());
}
