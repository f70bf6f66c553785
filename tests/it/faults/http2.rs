//! Servers that break HTTP/2 ([RFC 9113](https://www.rfc-editor.org/rfc/rfc9113)), frame by frame, without TLS.

pub(crate) mod server;

use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use kestra_auth::ErrorKind::{Body, Connect, Decode, Protocol, Status, Timeout};
use kestra_auth::{ApiClient, Client, Error, ErrorKind, Json, Retry, Text, api};
use server::*;

use super::server::Limits;
use crate::support::{client_builder, printed};

/// A silent connection that is open for longer stays open.
const CLOSES: Duration = Duration::from_secs(60);

#[api]
trait Framed {
    #[get("/{id}")]
    async fn read(&self, id: &str) -> Result<Json<String>, Error>;

    #[get("/text/{id}")]
    async fn text(&self, id: &str) -> Result<Text, Error>;

    #[post("/{id}")]
    async fn write(&self, id: &str, #[json] body: &str) -> Result<Json<String>, Error>;
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Call {
    Read,
    Text,
    /// A POST with a body that fits the first window.
    Write,
    /// A POST with a body that does not.
    Upload,
}

async fn call(client: &FramedClient, call: Call) -> Result<String, Error> {
    match call {
        Call::Read => client.read("MARK-1").await.map(Json::into_inner),
        Call::Text => client.text("MARK-2").await.map(|text| text.0),
        Call::Write => client.write("MARK-3", "MARK-4").await.map(Json::into_inner),
        Call::Upload => client.write("MARK-5", &"MARK-6".repeat(1 << 15)).await.map(Json::into_inner),
    }
}

/// A server's behavior, and how a call to it ends.
#[derive(Clone)]
struct Case {
    name: &'static str,
    steps: Vec<Step>,
    calls: &'static [Call],
    expected: Result<&'static str, (ErrorKind, Option<u16>)>,
    /// Whether the server may have acted on the request, so that a write must not be repeated.
    may_have_acted: bool,
}

const BOTH: &[Call] = &[Call::Read, Call::Write];

fn fails(
    name: &'static str,
    steps: impl IntoIterator<Item = Step>,
    kind: ErrorKind,
    status: impl Into<Option<u16>>,
) -> Case {
    let expected = Err((kind, status.into()));
    Case { name, steps: steps.into_iter().collect(), calls: BOTH, expected, may_have_acted: true }
}

fn gives(name: &'static str, steps: impl IntoIterator<Item = Step>) -> Case {
    Case { name, steps: steps.into_iter().collect(), calls: BOTH, expected: Ok("fine"), may_have_acted: true }
}

impl Case {
    fn unprocessed(self) -> Self {
        Self { may_have_acted: false, ..self }
    }

    fn of(self, calls: &'static [Call]) -> Self {
        Self { calls, ..self }
    }
}

fn streams() -> Vec<Case> {
    let fine = || data("\"fine\"", END_STREAM);
    vec![
        gives("responds", [head(200, 0), fine()]),
        gives("responds before it has read an upload", [head(200, 0), fine(), reset(0)]).of(&[Call::Upload]),
        fails("refuses a stream", [reset(7)], Connect, None).unprocessed(),
        fails("refuses a stream that it has begun to respond to", [head(200, 0), data("MARK", 0), reset(7)], Body, 200),
        fails("resets a stream with an internal error", [reset(2)], Connect, None),
        fails("resets a stream with a protocol error", [reset(1)], Connect, None),
        fails("cancels a stream", [reset(8)], Connect, None),
        fails("asks for calm", [reset(11)], Connect, None),
        fails("requires HTTP/1.1", [reset(13)], Connect, None),
        fails("resets a stream with an unknown code", [reset(0xdead_beef)], Connect, None),
        fails("resets a stream inside the body", [head(200, 0), data("\"MARK", 0), reset(2)], Body, 200),
        fails("cancels a stream inside the body", [head(200, 0), data("\"MARK", 0), reset(8)], Body, 200),
        fails(
            "ends a declared body early without an error",
            [head_with("content-length", "99"), data("\"MARK", 0), reset(0)],
            Body,
            200,
        )
        .of(&[Call::Read, Call::Text]),
        fails(
            "ends a body before its declared length",
            [head_with("content-length", "99"), data("\"MARK", END_STREAM)],
            Body,
            200,
        )
        .of(&[Call::Read, Call::Text]),
        fails(
            "sends more than the declared length",
            [head_with("content-length", "2"), data("\"MARK\"", END_STREAM)],
            Body,
            200,
        )
        .of(&[Call::Read, Call::Text]),
        fails("ends a body early without an error", [head(200, 0), data("\"MARK\"", 0), reset(0)], Body, 200),
        fails("ends a body before it begins without an error", [head(200, 0), reset(0)], Body, 200),
        gives("ends a stream with an empty frame", [head(200, 0), data("\"fine\"", 0), data("", END_STREAM)]),
        gives(
            "ends a stream with trailers",
            [head(200, 0), data("\"fine\"", 0), frame(HEADERS, END_HEADERS | END_STREAM, 1, literal("x-mark", "MARK"))],
        ),
        fails("resets a stream inside the body of a 500", [head(500, 0), data("MARK", 0), reset(2)], Status, 500),
        fails("closes inside the body of a 404", [head(404, 0), data("MARK", 0)], Status, 404),
        fails("stalls before a response", [Step::Hang], Timeout, None),
        fails("stalls inside the body", [head(200, 0), data("\"MARK", 0), Step::Hang], Timeout, 200),
        fails("never opens the window of an upload", [Step::Hang], Timeout, None).of(&[Call::Upload]),
        fails("sends no body", [head(200, END_STREAM)], Decode, 200),
        fails(
            "sends a body above the limit",
            [head(200, 0), data(&" ".repeat(1 << 14), 0), data("MARK", 0)],
            Body,
            200,
        ),
    ]
}

fn connections() -> Vec<Case> {
    let fine = || data("\"fine\"", END_STREAM);
    let Step::Send(ping) = frame(PING, 0, 0, *b"MARKMARK") else { unreachable!() };
    vec![
        fails("goes away before the request", [go_away(0, 0)], Connect, None).unprocessed(),
        fails("goes away with an error before the request", [go_away(0, 11)], Connect, None).unprocessed(),
        // The stream is among those that the server may have processed.
        fails("goes away after the request", [go_away(1, 0)], Connect, None),
        fails("goes away with an error after the request", [go_away(1, 2)], Connect, None),
        fails("goes away twice", [go_away(u32::MAX >> 1, 0), go_away(1, 0)], Connect, None),
        gives("goes away and responds", [go_away(1, 0), head(200, 0), fine()]),
        gives("responds and goes away", [head(200, 0), fine(), go_away(1, 0)]),
        fails("goes away inside the body", [head(200, 0), data("\"MARK", 0), go_away(1, 0)], Body, 200),
        fails("closes without a word", [], Connect, None),
        fails("closes inside a frame", [Step::Send(b"\0\0\x10\x01\x04\0\0\0\x01\x88".to_vec())], Connect, None),
        fails("closes inside the body", [head(200, 0), data("\"MARK", 0)], Body, 200),
        gives("pings a hundred times first", [Step::Send(ping.repeat(100)), head(200, 0), fine()]),
    ]
}

/// What breaks the protocol.
fn violations() -> Vec<Case> {
    let long: Vec<u8> = std::iter::repeat_with(|| literal("x-mark", "MARK")).take(3_000).flatten().collect();
    vec![
        fails(
            "sends a frame of an impossible size",
            [Step::Send(b"\xff\xff\xff\0\0\0\0\0\x01".to_vec())],
            Protocol,
            None,
        ),
        fails("sends data before a head", [data("\"MARK\"", END_STREAM)], Protocol, None),
        fails("sends data on no stream", [frame(DATA, 0, 0, "MARK")], Protocol, None),
        fails("responds on a stream that is not open", [frame(HEADERS, END_HEADERS, 99, [0x88])], Protocol, None),
        fails("sends settings of a wrong size", [frame(SETTINGS, 0, 0, "MARK!")], Protocol, None),
        fails("sends a window update of nothing", [frame(WINDOW_UPDATE, 0, 0, [0; 4])], Protocol, None),
        fails("overflows the window", [frame(WINDOW_UPDATE, 0, 0, [0x7f, 0xff, 0xff, 0xff])], Protocol, None),
        fails("sends invalid HPACK", [frame(HEADERS, END_HEADERS, 1, [0xff; 9])], Protocol, None),
        fails("sends an unknown index", [frame(HEADERS, END_HEADERS, 1, [0xfe])], Protocol, None),
        fails("sends no status", [frame(HEADERS, END_HEADERS, 1, literal("x-mark", "MARK"))], Protocol, None),
        fails(
            "sends a status that is not a number",
            [frame(HEADERS, END_HEADERS, 1, literal(":status", "MARK"))],
            Protocol,
            None,
        ),
        fails("sends a header name in capitals", [head_with("X-MARK", "MARK")], Protocol, None),
        fails("sends a header of HTTP/1.1", [head_with("connection", "MARK")], Protocol, None),
        fails("sends a header with NUL", [head_with("x-mark", "MA\0RK")], Protocol, None),
        fails("continues no head", [frame(CONTINUATION, END_HEADERS, 1, [0x88])], Protocol, None),
        fails("interrupts a head", [frame(HEADERS, 0, 1, [0x88]), data("MARK", 0)], Protocol, None),
        fails("never ends a head", [frame(HEADERS, 0, 1, [0x88]), Step::Hang], Timeout, None),
        fails("pushes unasked", [frame(PUSH_PROMISE, END_HEADERS, 1, [0, 0, 0, 2, 0x82])], Protocol, None),
        fails("sends 3,000 headers", [frame(HEADERS, END_HEADERS, 1, &long[..1 << 14])], Protocol, None),
        fails(
            "speaks HTTP/1.1",
            [Step::Send(b"HTTP/1.1 400 MARK\r\ncontent-length: 0\r\n\r\n".to_vec())],
            Protocol,
            None,
        ),
    ]
}

fn client(retry: bool, limits: Limits) -> Client {
    let builder = limits.set(client_builder("http://localhost")).http2_prior_knowledge().limit(1 << 14);
    if retry { builder.retry(Retry::standard().unlimited_budget()) } else { builder }.build().unwrap()
}

/// Runs one case, and returns what is wrong.
async fn run(case: &Case, of: Call, client: &Client, retry: bool, hangs: Duration) -> Vec<String> {
    let server = Server::start(case.steps.clone()).await;
    let client = FramedClient::new(client.with_base(&server.base).unwrap());
    let Ok(result) = tokio::time::timeout(hangs, call(&client, of)).await else {
        return vec!["the call hangs".to_owned()];
    };
    let arrived = server.arrived.load(Ordering::SeqCst);
    let mut wrong = Vec::new();
    let mut complain = |what: String| wrong.push(format!("{}, {of:?}, retry: {retry}: {what}", case.name));
    let found = match &result {
        Ok(value) => Ok(value.as_str()),
        Err(error) => Err((error.kind(), error.status().map(|status| status.as_u16()))),
    };
    // A second attempt reaches a connection that is served well.
    let may_repeat = !case.may_have_acted || matches!(of, Call::Read | Call::Text);
    let is_repeated = retry
        && may_repeat
        && arrived == 2
        && found.is_ok_and(|value| value.contains("good"))
        && case.expected.is_err();
    if found != case.expected && !is_repeated {
        complain(format!("expected {:?}, found {found:?}: {result:?}", case.expected));
    }
    if arrived != 1 && !is_repeated {
        complain(format!("{arrived} requests arrived: {result:?}"));
    }
    if !case.may_have_acted && retry && !is_repeated {
        complain(format!("the request was not processed, and was not repeated: {result:?}"));
    }
    if let Err(error) = &result {
        if printed(error).to_lowercase().contains("mark") {
            complain(format!("the error shows a value: {}", printed(error)));
        }
        if error.may_have_reached_server() != case.may_have_acted {
            complain(format!("the error says that it may have reached the server: {}", case.may_have_acted));
        }
    }
    // The connection is closed a little after the time limit if the server does not respond to a PING. Until then, other
    // calls share it.
    if matches!(&result, Err(error) if error.is_timeout())
        && tokio::time::timeout(CLOSES, server.first_connection_ends()).await.is_err()
    {
        complain("the connection to the silent server stays open".to_owned());
    }
    // A call that exceeds its limit leaves its connection, and says nothing about it. If nothing else has come from the
    // connection, and it is closed while it carries the next call, that one is not repeated.
    let mut after = client.with_options(Limits::none()).read("good").await;
    if matches!(&result, Err(error) if error.is_timeout()) && after.as_ref().is_err_and(Error::is_connect) {
        after = client.with_options(Limits::none()).read("good").await;
    }
    match after {
        Ok(value) if value.0 == "good" => {}
        other => complain(format!("the call after the fault fails: {other:?}")),
    }
    wrong
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_of_http2_has_its_outcome() {
    let clients = [Limits::SHORT, Limits::LONG].map(|limits| [false, true].map(|retry| client(retry, limits)));
    let cases = [streams(), connections(), violations()].concat();
    let mut runs = Vec::new();
    for case in &cases {
        let is_short = case.steps.iter().any(|step| matches!(step, Step::Hang));
        let (clients, limits) = if is_short { (&clients[0], Limits::SHORT) } else { (&clients[1], Limits::LONG) };
        for of in case.calls {
            for (retry, client) in [false, true].into_iter().zip(clients) {
                runs.push(run(case, *of, client, retry, limits.hangs));
            }
        }
    }
    println!("{} cases, {} runs", cases.len(), runs.len());
    let wrong: Vec<Vec<String>> = stream::iter(runs).buffered(48).collect().await;
    let wrong = wrong.concat();
    assert!(wrong.is_empty(), "{} failures:\n{}", wrong.len(), wrong.join("\n"));
}
