//! Neither errors nor `Debug` output print a value. Every argument, credential, header and body holds a mark, the
//! server echoes everything it receives, and nothing that is printed may contain the mark.

mod debug_output;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::error::Error as StdError;
use std::fmt;
use std::future;
use std::io;
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use kestra_auth::{ApiClient, Body, CallOptions, Client, ClientBuilder, Error, ErrorKind, Text, api};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};
use tower::service_fn;

use crate::support::{Reply, Request, Server, client_builder, in_memory, printed, raw_response, reqwest_builder};

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "it never deserializes")]
struct Strict {
    kind: Kind,
    counts: BTreeMap<String, u8>,
    own: Option<Own>,
}

#[derive(Debug, Deserialize)]
enum Kind {
    A,
}

/// Fails to deserialize with a message that holds the value.
#[derive(Debug)]
struct Own;

impl<'de> Deserialize<'de> for Own {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = String::deserialize(deserializer)?;
        Err(D::Error::custom(format!("{value} is rejected")))
    }
}

impl Serialize for Own {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("MARK-90 is rejected"))
    }
}

#[api]
trait Leaky {
    #[post("/{id}/{name?}/{**rest}?constant")]
    #[allow(clippy::too_many_arguments, reason = "one of each")]
    async fn call(
        &self,
        id: &str,
        name: Option<&str>,
        rest: &str,
        #[query] q: &Value,
        #[query("list", csv)] list: &[&str],
        #[header("X-Secret", sensitive)] secret: &str,
        #[header("X-Plain")] plain: &str,
        #[json] body: &Value,
    ) -> Result<Strict, Error>;

    #[get("/read/{id}", limit = "1kB")]
    async fn read(&self, id: &str) -> Result<Text, Error>;

    #[post("/own")]
    async fn own(&self, #[query] q: Option<&Own>, #[json] body: &Own) -> Result<Kind, Error>;

    #[post("/keys")]
    async fn keys(
        &self,
        #[query(flatten)] flat: &Value,
        #[query(deep_object)] deep: &Value,
        #[form] form: &Value,
    ) -> Result<Kind, Error>;
}

/// The arguments of [`Leaky::call`], so that a test can make one of them invalid.
struct Arguments {
    id: &'static str,
    rest: &'static str,
    q: Value,
    plain: &'static str,
}

impl Default for Arguments {
    fn default() -> Self {
        Self { id: "MARK-1", rest: "MARK-2/MARK-3", q: json!("MARK-4"), plain: "MARK-5" }
    }
}

fn marked(builder: ClientBuilder) -> ClientBuilder {
    builder.header("X-Client", "MARK-6").user_agent("MARK-7").timeout(Duration::from_secs(10))
}

fn options() -> CallOptions {
    CallOptions::new().header("X-Call", "MARK-8")
}

async fn call(client: Client, arguments: Arguments) -> Error {
    let Arguments { id, rest, q, plain } = arguments;
    let client = LeakyClient::new(client).with_options(options());
    let body = json!({"MARK-9": ["MARK-10"]});
    client.call(id, Some("MARK-11"), rest, &q, &["MARK-12"], "MARK-13", plain, &body).await.unwrap_err()
}

/// Calls with each kind of credential; the base URL has a marked path and, in the last call, marked user info.
async fn calls(base: &str) -> Vec<Error> {
    let base = format!("{base}/MARK-14");
    let with_user_info = base.replace("http://", "http://MARK-15:MARK-16@");
    let of = |base: &str| marked(client_builder(base));
    let mut errors = Vec::new();
    for client in [
        of(&base).bearer_token("MARK-17").build().unwrap(),
        of(&base).basic_auth("MARK-18", "MARK-19").build().unwrap(),
        of(&with_user_info).build().unwrap(),
        of(&base).build().unwrap().with_options(CallOptions::new().bearer_token("MARK-20")),
        of(&base).build().unwrap().with_options(CallOptions::new().basic_auth("MARK-21", "MARK-22")),
    ] {
        errors.push(call(client, Arguments::default()).await);
    }
    errors
}

const BASE: &str = "http://localhost/MARK-14";

/// Looks for `MARK` in any case, and as base64 of a user and password that start with it.
fn assert_no_mark(text: &str) {
    let lower = text.to_lowercase();
    assert!(!lower.contains("mark") && !text.contains("TUFSSy"), "{text}");
}

fn assert_clean(error: &Error, kind: ErrorKind) {
    assert_eq!(error.kind(), kind, "{error:?}");
    assert_no_mark(&printed(error));
    let mut next: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = next {
        assert!(!error.is::<reqwest::Error>(), "{error:?}");
        assert!(!error.is::<serde_json::Error>(), "{error:?}");
        next = error.source();
    }
}

/// A whole request, as a JSON string.
fn echo(request: &Request) -> String {
    serde_json::to_string(&String::from_utf8_lossy(&request.bytes())).unwrap()
}

/// A server that echoes the request in the body, and puts marks into the reason phrase and the headers.
async fn echoing(status: &'static str, wrap: fn(String) -> String) -> Server {
    Server::start(move |request| {
        let body = wrap(echo(request));
        assert!(body.contains("MARK-13") && body.contains("MARK-10") && body.contains("MARK-8"));
        let headers =
            [("x-MARK-30", "MARK-31"), ("location", "http://MARK-32:MARK-33@evil.example/MARK-34?MARK-35#MARK-36")];
        Reply::Bytes(raw_response(&format!("{status} MARK-37"), &headers, body.as_bytes()))
    })
    .await
}

async fn all_clean(server: Server, kind: ErrorKind) {
    let errors = calls(&server.base).await;
    for error in &errors {
        assert_clean(error, kind);
    }
    assert_eq!(server.seen().len(), errors.len());
}

#[tokio::test]
async fn status_errors_print_no_value() {
    for status in ["400", "401", "404", "429", "500", "503", "599"] {
        let server = echoing(status, |echo| format!(r#"{{"message":{echo}}}"#)).await;
        for error in calls(&server.base).await {
            assert_clean(&error, ErrorKind::Status);
            assert!(error.message().unwrap().contains("MARK-13"), "the message is available from its accessor");
            assert_clean(&error.json::<Strict>().unwrap_err(), ErrorKind::Decode);
            assert_clean(&error.json::<u8>().unwrap_err(), ErrorKind::Decode);
        }
    }
}

#[tokio::test]
async fn redirect_errors_print_no_value() {
    for status in ["301", "302", "303", "307", "308"] {
        all_clean(echoing(status, |echo| echo).await, ErrorKind::Redirect).await;
    }
}

#[tokio::test]
async fn decode_errors_print_no_value() {
    let wraps: [fn(String) -> String; 12] = [
        |echo| echo,
        |echo| format!("{echo}{echo}"),
        |echo| format!("[{echo}"),
        |echo| format!("[{echo}, {echo}]"),
        |echo| format!("{{{echo}: 1}}"),
        |echo| format!(r#"{{"kind": {echo}}}"#),
        |echo| format!(r#"{{"kind": {{{echo}: 1}}}}"#),
        |echo| format!(r#"{{"kind": "A", "counts": {{{echo}: {echo}}}}}"#),
        |echo| format!(r#"{{"kind": "A", "counts": {{{echo}: 256}}}}"#),
        |echo| format!(r#"{{"kind": "A", "counts": {{}}, "own": {echo}}}"#),
        |echo| format!(r#"{{"kind": "A", "kind": {echo}}}"#),
        |echo| format!("<html>{echo}"),
    ];
    for wrap in wraps {
        all_clean(echoing("200", wrap).await, ErrorKind::Decode).await;
    }
}

#[tokio::test]
async fn media_type_errors_print_no_value() {
    for media in ["text/html; MARK-40=MARK-41", "MARK 42", "\"MARK-43\"/x y", "text/plain; charset=MARK-44"] {
        let server = Server::always(raw_response("200 OK", &[("content-type", media)], b"MARK-45")).await;
        for error in calls(&server.base).await {
            assert_clean(&error, ErrorKind::Decode);
        }
    }
}

#[tokio::test]
async fn body_errors_print_no_value() {
    let broken: [(&[u8], ErrorKind); 3] = [
        (b"HTTP/1.1 200 OK\r\nx-MARK-50: MARK-51\r\ncontent-length: 999\r\n\r\n\"MARK-52", ErrorKind::Body),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nMARK-53\r\nMARK", ErrorKind::Body),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n7\r\nMARK-54", ErrorKind::Body),
    ];
    for (bytes, kind) in broken {
        all_clean(Server::always(bytes.to_vec()).await, kind).await;
    }
    let long = "MARK-55 ".repeat(200);
    let server = Server::always(raw_response("200 OK", &[("x-MARK-56", "MARK-57")], long.as_bytes())).await;
    let error = LeakyClient::new(server.client()).read("MARK-58").await.unwrap_err();
    assert_clean(&error, ErrorKind::Body);
    assert_eq!(error.headers()["x-mark-56"], "MARK-57");
}

#[tokio::test]
async fn connect_errors_print_no_value() {
    let free = {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    for error in calls(&free).await {
        assert_clean(&error, ErrorKind::Connect);
    }
    let broken: [(&[u8], ErrorKind); 4] = [
        (b"", ErrorKind::Connect),
        (b"MARK-60 MARK-61\r\n\r\n", ErrorKind::Protocol),
        (b"HTTP/1.1 MARK-62\r\n\r\n", ErrorKind::Protocol),
        (b"HTTP/1.1 200 OK\r\nMARK-63", ErrorKind::Connect),
    ];
    for (bytes, kind) in broken {
        for error in calls(&Server::always(bytes.to_vec()).await.base).await {
            assert_clean(&error, kind);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn timeout_errors_print_no_value() {
    let hanging = service_fn(|_: http::Request<Body>| future::pending::<Result<http::Response<Body>, Infallible>>());
    let stalling = service_fn(|_: http::Request<Body>| async {
        let body = stream::once(async { Ok("MARK-64") }).chain(stream::pending::<Result<_, Infallible>>());
        Ok::<_, Infallible>(
            http::Response::builder().header("x-MARK-65", "MARK-66").body(Body::from_stream(body)).unwrap(),
        )
    });
    for builder in [client_builder(BASE).transport(hanging), client_builder(BASE).transport(stalling)] {
        assert_clean(&call(marked(builder).build().unwrap(), Arguments::default()).await, ErrorKind::Timeout);
    }
}

/// The read timeout is reqwest's, whose errors hold the URL.
#[tokio::test]
async fn read_timeout_errors_print_no_value() {
    for bytes in [&b""[..], b"HTTP/1.1 200 OK\r\nx-MARK-67: MARK-68\r\ncontent-length: 99\r\n\r\nMARK-69"] {
        let server = Server::start(move |_| Reply::Hang(bytes.to_vec())).await;
        let client = marked(client_builder(&server.base)).read_timeout(Duration::from_millis(50)).build().unwrap();
        assert_clean(&call(client, Arguments::default()).await, ErrorKind::Timeout);
    }
}

#[tokio::test]
async fn build_errors_of_calls_print_no_value() {
    let (seen, service) = in_memory(|_| http::Response::new(Body::empty()));
    let client = marked(client_builder("http://localhost/MARK-70").transport(service)).build().unwrap();
    let long: &'static str = "MARK-71".repeat(20_000).leak();
    for arguments in [
        Arguments { rest: "MARK-72/..", ..Arguments::default() },
        Arguments { rest: "MARK-73//", ..Arguments::default() },
        Arguments { id: "", ..Arguments::default() },
        Arguments { id: long, ..Arguments::default() },
        Arguments { q: json!({"MARK-74": "MARK-75"}), ..Arguments::default() },
        Arguments { q: json!([["MARK-76"]]), ..Arguments::default() },
        Arguments { plain: "MARK-77\r\nMARK-78: 1", ..Arguments::default() },
        Arguments { plain: "MARK-79\0", ..Arguments::default() },
    ] {
        assert_clean(&call(client.clone(), arguments).await, ErrorKind::Build);
    }
    let leaky = LeakyClient::new(client);
    assert_clean(&leaky.own(Some(&Own), &Own).await.unwrap_err(), ErrorKind::Build);
    assert_clean(&leaky.own(None, &Own).await.unwrap_err(), ErrorKind::Build);
    // The keys of a map are values, too.
    let (fits, nested) = (json!({"MARK-86": "MARK-87"}), json!({"MARK-88": {"MARK-89": ["MARK-91", ["MARK-92"]]}}));
    for [flat, deep, form] in [[&nested, &fits, &fits], [&fits, &nested, &fits], [&fits, &fits, &nested]] {
        assert_clean(&leaky.keys(flat, deep, form).await.unwrap_err(), ErrorKind::Build);
    }
    for options in [
        CallOptions::new().header("MARK 80", "1"),
        CallOptions::new().header("x-own", "MARK-81\n"),
        CallOptions::new().bearer_token("MARK-82\n"),
        CallOptions::new().basic_auth("MARK:83", "MARK-84"),
    ] {
        assert_no_mark(&format!("{options:?} {options:#?}"));
        let error = leaky.with_options(options).read("MARK-85").await.unwrap_err();
        assert_clean(&error, ErrorKind::Build);
    }
    assert_eq!(seen.count(), 0);
}

#[test]
fn build_errors_of_clients_print_no_value() {
    for base in [
        "MARK-100",
        "http://MARK 101/",
        "http://localhost/?MARK-102",
        "http://localhost/#MARK-103",
        "mark-104://localhost/",
        "http://MARK-105:MARK-106@MARK-107.example/",
        "http://%ffMARK-108@localhost/",
        "http://MARK%3A109:MARK-110@localhost/",
        "http://MARK%0A111:MARK-112@:MARK",
    ] {
        assert_clean(&client_builder(base).build().unwrap_err(), ErrorKind::Build);
    }
    let builder = || client_builder("http://localhost");
    for builder in [
        builder().header("MARK 120", "1"),
        builder().header("x-own", "MARK-121\r"),
        builder().user_agent("MARK-122\n"),
        builder().bearer_token("MARK-123\n"),
        builder().basic_auth("MARK:124", "MARK-125"),
        builder().allow_redirects_to("MARK-126"),
        reqwest_builder("http://localhost").reqwest(|builder| builder.user_agent("MARK-127\n")),
    ] {
        assert_clean(&builder.build().unwrap_err(), ErrorKind::Build);
    }
}

/// A user's error, whose message is the user's.
#[derive(Debug)]
struct OwnError;

impl fmt::Display for OwnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MARK-130")
    }
}

impl StdError for OwnError {}

#[tokio::test]
async fn transport_errors_print_no_value() {
    let failing = service_fn(|_: http::Request<Body>| async { Err::<http::Response<Body>, _>(OwnError) });
    let client = client_builder("http://localhost").transport(failing).build().unwrap();
    let error = call(client, Arguments::default()).await;
    assert!(error.is_layer());
    assert_no_mark(&error.to_string());
    assert!(error.source().unwrap().is::<OwnError>());

    for (kind, expected) in
        [(io::ErrorKind::TimedOut, ErrorKind::Timeout), (io::ErrorKind::ConnectionReset, ErrorKind::Connect)]
    {
        let failing = service_fn(move |_: http::Request<Body>| async move {
            Err::<http::Response<Body>, _>(io::Error::new(kind, OwnError))
        });
        let client = client_builder("http://localhost").transport(failing).build().unwrap();
        assert_clean(&call(client, Arguments::default()).await, expected);
    }
}
