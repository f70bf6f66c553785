//! Properties that hold for every input, checked with generated ones.
//!
//! A failing input is written to `proptest-regressions`, which is to be committed, and is tried first from then on.

mod base_urls;
mod headers;
mod json;
mod links;
mod paths;
mod queries;
mod streams;

use futures_util::FutureExt as _;
use kestra_auth::{Client, Error};
use proptest::prelude::*;
use url::Url;

use crate::support::{Seen, memory_client};

const BASE: &str = "http://localhost:8080/base";

/// Characters that mean something in URLs, headers and forms, and characters of each length in UTF-8.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ab./%?#&=+;:@,|\\\\\"'<>\\[\\]{}~ \t\r\n\u{0}\u{7f}é€😀]{0,8}",
        "(\\.|%2e|%2E|/|%2f|%5c|\\\\|a|%|%4|%41){0,5}",
        any::<String>(),
    ]
}

/// Makes a call over an in-memory transport, which never waits, and returns the URL of the request.
///
/// A call that fails must be rejected before anything is sent.
fn url_of<T>(call: impl AsyncFnOnce(Client) -> Result<T, Error>) -> Result<Url, Error> {
    let (seen, client) = memory_client(BASE, "");
    request_of(&seen, call(client)).map(|request| {
        let sent = request.uri().to_string();
        let url = Url::parse(&sent).unwrap();
        // Parsers of URLs escape this one character in queries, although nothing requires it to be.
        let (path, query) = sent.split_at(sent.find('?').unwrap_or(sent.len()));
        assert_eq!(url.as_str(), path.to_owned() + &query.replace('\'', "%27"), "other parsers read another URL");
        assert_eq!(url.origin().ascii_serialization(), "http://localhost:8080");
        assert_eq!(url.fragment(), None);
        url
    })
}

fn request_of<T>(
    seen: &Seen,
    call: impl Future<Output = Result<T, Error>>,
) -> Result<http::Request<bytes::Bytes>, Error> {
    match call.now_or_never().unwrap() {
        Ok(_) => Ok(seen.only()),
        Err(error) => {
            assert!(error.is_build(), "{error:?}");
            assert_eq!(seen.count(), 0, "an invalid request was sent");
            Err(error)
        }
    }
}

/// The text without its percent-encoding.
fn decode(encoded: &str) -> Vec<u8> {
    percent_encoding::percent_decode_str(encoded).collect()
}
