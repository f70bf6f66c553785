//! Servers that record what reaches them: in memory, and over TCP, where requests are kept byte for byte.
#![allow(dead_code, reason = "each test binary uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helper functions of tests are not `#[test]` functions"
)]

use std::convert::Infallible;
use std::error::Error as StdError;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt;
use kestra_auth::{Body, Client, ClientBuilder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tower::Service;

/// Limits that no test reaches, so that a broken one ends.
const MAX_CONNECTIONS: usize = 64;
const MAX_TIME: Duration = Duration::from_secs(20);
const MAX_REQUEST: usize = 1 << 20;

/// Names the transport that the tests run on: reqwest, unless it is `hyper`.
pub(crate) const TRANSPORT_VARIABLE: &str = "KESTRA_AUTH_TEST_TRANSPORT";

/// Starts building a client on the transport that the tests run on.
pub(crate) fn client_builder(base: &str) -> ClientBuilder {
    on_tested_transport(Client::builder(base))
}

/// Sets the transport that the tests run on.
pub(crate) fn on_tested_transport(builder: ClientBuilder) -> ClientBuilder {
    match std::env::var(TRANSPORT_VARIABLE).as_deref() {
        Err(_) | Ok("reqwest") => builder,
        Ok("hyper") => builder.hyper(),
        Ok(other) => panic!("unknown transport `{other}` in `{TRANSPORT_VARIABLE}`: expected `reqwest` or `hyper`"),
    }
}

/// Starts building a client for a test about closures over reqwest's builder, which no other transport has.
pub(crate) fn reqwest_builder(base: &str) -> ClientBuilder {
    Client::builder(base)
}

/// A request as it was on the wire.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn method(&self) -> &str {
        self.head.split(' ').next().unwrap()
    }

    /// The path and the query, as sent.
    pub(crate) fn target(&self) -> &str {
        self.head.split(' ').nth(1).unwrap()
    }

    pub(crate) fn headers(&self, name: &str) -> Vec<&str> {
        let lines = self.head.split("\r\n").skip(1).filter_map(|line| line.split_once(':'));
        lines.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).collect()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers(name).first().copied()
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The head and the body, for tests that search or echo all of it.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        [self.head.as_bytes(), &self.body].concat()
    }
}

/// What a [`Server`] does with a request.
pub(crate) enum Reply {
    /// Sends these bytes and closes the connection.
    Bytes(Vec<u8>),
    /// Sends these bytes and keeps the connection open, without sending more.
    Hang(Vec<u8>),
}

/// A server on a free port of this machine, which stops when it is dropped.
pub(crate) struct Server {
    pub(crate) base: String,
    seen: Arc<Mutex<Vec<Request>>>,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(reply: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (log, reply) = (Arc::clone(&seen), Arc::new(reply));
        let task = tokio::spawn(async move {
            for _ in 0..MAX_CONNECTIONS {
                let Ok((stream, _)) = listener.accept().await else { return };
                let (log, reply) = (Arc::clone(&log), Arc::clone(&reply));
                tokio::spawn(async move {
                    let _ = tokio::time::timeout(MAX_TIME, serve(stream, &log, &*reply)).await;
                });
            }
        });
        Self { base, seen, task }
    }

    /// Starts a server that sends the same response to every request.
    pub(crate) async fn always(response: Vec<u8>) -> Self {
        Self::start(move |_| Reply::Bytes(response.clone())).await
    }

    pub(crate) fn seen(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
    }

    /// The only request that arrived.
    pub(crate) fn only(&self) -> Request {
        let mut seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen.remove(0)
    }

    pub(crate) fn client(&self) -> Client {
        client_builder(&self.base).build().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, log: &Mutex<Vec<Request>>, reply: &(impl Fn(&Request) -> Reply + Sync)) {
    let Some(request) = read(&mut stream).await else { return };
    let reply = reply(&request);
    log.lock().unwrap().push(request);
    match reply {
        Reply::Bytes(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
        }
        Reply::Hang(bytes) => {
            let _ = stream.write_all(&bytes).await;
            tokio::time::sleep(MAX_TIME).await;
        }
    }
}

/// Reads a request: the head, and a body of the declared length or in chunks.
async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    while bytes.len() < MAX_REQUEST {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..at]).into_owned();
            let mut request = Request { head, body: bytes[at + 4..].to_vec() };
            if request.header("transfer-encoding") == Some("chunked") {
                request.body = read_chunks(stream, request.body).await?;
                return Some(request);
            }
            let length: usize = request.header("content-length").map_or(0, |length| length.parse().unwrap());
            if request.body.len() >= length {
                return Some(request);
            }
            let mut rest = vec![0; length - request.body.len()];
            stream.read_exact(&mut rest).await.ok()?;
            request.body.extend(rest);
            return Some(request);
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    None
}

/// Reads the rest of a chunked body and returns the content.
async fn read_chunks(stream: &mut TcpStream, mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while body.len() < MAX_REQUEST {
        if let Some(at) = bytes.windows(2).position(|window| window == b"\r\n") {
            let length = usize::from_str_radix(std::str::from_utf8(&bytes[..at]).ok()?, 16).ok()?;
            let end = at + 2 + length;
            if bytes.len() >= end + 2 {
                body.extend_from_slice(&bytes[at + 2..end]);
                bytes.drain(..end + 2);
                if length == 0 {
                    return Some(body);
                }
                continue;
            }
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    None
}

/// The bytes of a response, with its `Content-Length`.
pub(crate) fn raw_response(status: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    [head.as_bytes(), b"\r\n", body].concat()
}

pub(crate) fn json_response(body: &str) -> Vec<u8> {
    raw_response("200 OK", &[("content-type", "application/json")], body.as_bytes())
}

/// The requests that reached an in-memory transport.
#[derive(Clone, Default)]
pub(crate) struct Seen(Arc<Mutex<Vec<http::Request<Bytes>>>>);

impl Seen {
    pub(crate) fn count(&self) -> usize {
        self.0.lock().unwrap().len()
    }

    pub(crate) fn all(&self) -> Vec<http::Request<Bytes>> {
        self.0.lock().unwrap().clone()
    }

    /// The only request that arrived.
    pub(crate) fn only(&self) -> http::Request<Bytes> {
        let mut all = self.all();
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }
}

/// An in-memory transport that records each request.
pub(crate) fn in_memory(
    reply: impl Fn(&http::Request<Bytes>) -> http::Response<Body> + Clone + Send + Sync + 'static,
) -> (
    Seen,
    impl Service<http::Request<Body>, Response = http::Response<Body>, Error = Infallible, Future: Send>
    + Clone
    + Send
    + Sync,
) {
    let seen = Seen::default();
    let log = seen.clone();
    let service = tower::service_fn(move |request: http::Request<Body>| {
        let (log, reply) = (log.clone(), reply.clone());
        async move {
            let (parts, body) = request.into_parts();
            let body = body.collect().await.expect("the body ends").to_bytes();
            let request = http::Request::from_parts(parts, body);
            let response = reply(&request);
            log.0.lock().unwrap().push(request);
            Ok(response)
        }
    });
    (seen, service)
}

/// A client over an in-memory transport, whose responses `reply` makes.
pub(crate) fn responding(
    reply: impl Fn(&http::Request<Bytes>) -> http::Response<Body> + Clone + Send + Sync + 'static,
) -> (Seen, Client) {
    let (seen, service) = in_memory(reply);
    (seen, client_builder("http://localhost").transport(service).build().unwrap())
}

/// A client over an in-memory transport, whose responses all have this JSON body.
pub(crate) fn memory_client(base: &str, body: &'static str) -> (Seen, Client) {
    let (seen, service) = in_memory(move |_| http::Response::new(Body::from(body)));
    (seen, client_builder(base).transport(service).build().unwrap())
}

/// An error and its sources, in every form they can be printed in.
pub(crate) fn printed(error: &(dyn StdError + 'static)) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let _ = write!(text, "{error}\n{error:?}\n{error:#?}\n");
        next = error.source();
    }
    text
}
