//! What reaches the server, as a table of cases: `wire-cases.json`. Each case runs over TCP and over an in-memory
//! transport, with the same result.
#![allow(missing_docs, reason = "nobody reads the docs of a test")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helper functions are not `#[test]` functions"
)]

mod support;

use std::sync::LazyLock;

use kestra_auth::{Body, Client, Error};
use serde_json::Value;
use support::{Request, Server, client_builder, in_memory, raw_response};

#[allow(clippy::unreadable_literal, reason = "the cases are generated")]
mod cases {
    include!(concat!(env!("OUT_DIR"), "/wire.rs"));
}

/// The names of the cases that need a feature the macro lacks, and the feature.
const SKIPPED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/wire_skipped.rs"));

static CASES: LazyLock<Vec<Value>> =
    LazyLock::new(|| serde_json::from_str(include_str!("wire-cases.json")).expect("the cases are valid JSON"));

/// A request as the server sees it, over either transport.
#[derive(Debug)]
struct Arrived {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// Makes a call over both transports and compares what arrives with the case.
async fn check(name: &str, call: impl AsyncFn(Client) -> Result<(), Error>) {
    let case = CASES.iter().find(|case| case["name"] == name).expect("the case exists");
    let base = case["base"].as_str().unwrap();

    let server = Server::always(raw_response("204 No Content", &[], b"")).await;
    let host = server.base.trim_start_matches("http://");
    let called = call(client_builder(&base.replace("{host}", host)).build().unwrap()).await;
    let arrived: Vec<Arrived> = server.seen().iter().map(from_tcp).collect();
    compare(case, called, &arrived);

    let (seen, service) = in_memory(|_| http::Response::new(Body::empty()));
    let called = call(client_builder(&base.replace("{host}", host)).transport(service).build().unwrap()).await;
    let arrived: Vec<Arrived> = seen.all().iter().map(from_memory).collect();
    compare(case, called, &arrived);
}

fn from_tcp(request: &Request) -> Arrived {
    let head = String::from_utf8(request.bytes()).unwrap();
    let lines = head.split("\r\n").skip(1).take_while(|line| !line.is_empty());
    let headers = lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name.into(), value.trim().into()));
    Arrived {
        method: request.method().into(),
        target: request.target().into(),
        headers: headers.collect(),
        body: request.body.clone(),
    }
}

fn from_memory(request: &http::Request<bytes::Bytes>) -> Arrived {
    let text = |value: &http::HeaderValue| String::from_utf8(value.as_bytes().to_vec()).unwrap();
    Arrived {
        method: request.method().to_string(),
        target: request.uri().path_and_query().unwrap().to_string(),
        headers: request.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
        body: request.body().to_vec(),
    }
}

fn compare(case: &Value, called: Result<(), Error>, arrived: &[Arrived]) {
    let name = &case["name"];
    let expect = &case["expect"];
    if expect["refused"] == "call" {
        let error = called.expect_err("the call is rejected");
        assert!(error.is_build(), "{name}: {error}");
        let names = case["args"].as_array().unwrap().iter().filter_map(|argument| argument["name"].as_str());
        let mut names = names.map(|name| format!("`{}`", name.to_lowercase()));
        assert!(names.any(|name| error.to_string().contains(&name)), "{name}: the error names no parameter: {error}");
        assert!(arrived.is_empty(), "{name}: something was sent: {arrived:?}");
        return;
    }
    called.unwrap_or_else(|error| panic!("{name}: {error}"));
    let [arrived] = arrived else { panic!("{name}: one request arrives, not {arrived:?}") };
    assert_eq!(arrived.method, case["method"].as_str().unwrap(), "{name}");
    compare_targets(name, &arrived.target, expect);
    let values = |name: &str| -> Vec<&str> {
        let found = arrived.headers.iter().filter(|(found, _)| found.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).collect()
    };
    let headers = expect["headers"].as_array().map_or(&[][..], Vec::as_slice);
    for header in headers {
        let expected: Vec<&str> =
            headers.iter().filter(|other| other[0] == header[0]).map(|other| other[1].as_str().unwrap()).collect();
        assert_eq!(values(header[0].as_str().unwrap()), expected, "{name}: {}", header[0]);
    }
    for absent in expect["headers_absent"].as_array().map_or(&[][..], Vec::as_slice) {
        assert!(values(absent.as_str().unwrap()).is_empty(), "{name}: {absent}");
    }
    if let Some(body) = expect["body"].as_str() {
        assert_eq!(String::from_utf8_lossy(&arrived.body), body, "{name}");
    }
}

/// Compares two targets after decoding their pieces, or as they are where the case says `exact`.
fn compare_targets(name: &Value, found: &str, expect: &Value) {
    let Some(expected) = expect["path_and_query"].as_str() else { return };
    if expect["exact"] == true {
        assert_eq!(found, expected, "{name}");
        return;
    }
    assert_eq!(pieces(found), pieces(expected), "{name}: {found} is not {expected}");
    assert!(!found.contains('+') || expected.contains('+'), "{name}: a server would read `+` as a space: {found}");
}

type Pieces = (Vec<Vec<u8>>, Option<Vec<(Vec<u8>, Option<Vec<u8>>)>>);

fn pieces(target: &str) -> Pieces {
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    let pairs = |query: &str| {
        let pairs = query.split('&').map(|pair| pair.split_once('=').map_or((pair, None), |(n, v)| (n, Some(v))));
        pairs.map(|(name, value)| (decode(name), value.map(decode))).collect()
    };
    (path.split('/').map(decode).collect(), query.map(pairs))
}

fn decode(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    out
}

#[test]
fn most_cases_are_supported() {
    for (name, needs) in SKIPPED {
        println!("skipped: {name} (needs {needs})");
    }
    assert!(SKIPPED.len() * 4 < CASES.len(), "most cases run");
}

#[test]
fn case_names_are_unique() {
    for (index, case) in CASES.iter().enumerate() {
        assert!(CASES[index + 1..].iter().all(|other| other["name"] != case["name"]), "{}", case["name"]);
    }
}
