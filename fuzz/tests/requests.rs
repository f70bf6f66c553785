//! What a value can do to a request: stay where it belongs, or be rejected before anything is sent.
#![allow(missing_docs, reason = "a program for developers")]

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use bolero::check;
use futures_util::FutureExt as _;
use kestra_auth::{Body, Client, Error, api};
use percent_encoding::percent_decode_str;
use url::Url;

const BASE: &str = "http://localhost:8080/base";

#[api]
trait Requests {
    #[get("/a/{value}/z")]
    async fn segment(&self, value: &str) -> Result<(), Error>;

    #[get("/a/x{value}-{other}y/z")]
    async fn inside(&self, value: &str, other: &str) -> Result<(), Error>;

    #[get("/a/{**value}")]
    async fn catch_all(&self, value: &str) -> Result<(), Error>;

    #[get("/e/{value}/z")]
    async fn encoded(&self, #[path(encoded)] value: &str) -> Result<(), Error>;

    #[get("/q?literal=1")]
    async fn query(&self, #[query("n m")] values: &[String], #[query] last: &str) -> Result<(), Error>;

    #[get("/q/flatten")]
    async fn flatten(&self, #[query(flatten)] pairs: &[(String, String)]) -> Result<(), Error>;

    #[get("/q/encoded")]
    async fn encoded_query(&self, #[query(encoded)] value: &str, #[query] last: u8) -> Result<(), Error>;

    #[get("/h")]
    async fn header(&self, #[header("X-Value")] value: &str, #[cookie] name: &str) -> Result<(), Error>;
}

/// A client whose requests are kept.
fn client(base: &str) -> (Arc<Mutex<Vec<http::Request<Body>>>>, Result<Client, Error>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let transport = tower::service_fn(move |request: http::Request<Body>| {
        log.lock().unwrap().push(request);
        async { Ok::<_, Infallible>(http::Response::new(Body::empty())) }
    });
    (seen, Client::builder(base).transport(transport).build())
}

/// Makes a call, and returns the URL of its request. A call that fails must not have sent anything.
fn sent(call: impl AsyncFnOnce(RequestsClient) -> Result<(), Error>) -> Option<Url> {
    let (seen, client) = client(BASE);
    let result = call(RequestsClient::new(client.unwrap())).now_or_never().expect("nothing waits");
    let seen = seen.lock().unwrap();
    match result {
        Ok(()) => {
            assert_eq!(seen.len(), 1);
            let url = Url::parse(&seen[0].uri().to_string()).expect("the URL is valid");
            assert_eq!(url.origin().ascii_serialization(), "http://localhost:8080");
            assert_eq!(url.fragment(), None);
            Some(url)
        }
        Err(error) => {
            assert!(error.is_build() && seen.is_empty(), "{error:?}");
            None
        }
    }
}

/// The segments after that of the base URL, decoded.
fn segments(url: &Url) -> Vec<Vec<u8>> {
    let mut segments = url.path_segments().unwrap();
    assert_eq!(segments.next(), Some("base"));
    segments.map(|segment| percent_decode_str(segment).collect()).collect()
}

#[test]
fn paths() {
    check!().with_type::<(String, String)>().for_each(|(value, other)| {
        let is_dropped = |value: &str| matches!(value, "" | "." | "..");
        let url = sent(async |client| client.segment(value).await);
        assert_eq!(url.is_none(), is_dropped(value));
        if let Some(url) = url {
            assert_eq!(segments(&url), [b"a", value.as_bytes(), b"z"]);
        }
        let url = sent(async |client| client.inside(value, other).await).expect("it has other characters");
        assert_eq!(segments(&url), [b"a", format!("x{value}-{other}y").as_bytes(), b"z"]);
        let url = sent(async |client| client.catch_all(value).await);
        assert_eq!(url.is_none(), !value.is_empty() && value.split('/').any(is_dropped));
        if let Some(url) = url.filter(|_| !value.is_empty()) {
            assert!(segments(&url)[1..].iter().map(Vec::as_slice).eq(value.split('/').map(str::as_bytes)));
        }
        if let Some(url) = sent(async |client| client.encoded(value).await) {
            assert_eq!(segments(&url).len(), 3);
        }
    });
}

#[test]
fn queries() {
    check!().with_type::<(Vec<String>, Vec<(String, String)>)>().for_each(|(values, pairs)| {
        let last = values.first().map_or("", String::as_str);
        let url = sent(async |client| client.query(values, last).await).expect("every text is allowed");
        let found: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let repeated = values.iter().map(|value| pair("n m", value));
        let expected: Vec<_> = [pair("literal", "1")].into_iter().chain(repeated).chain([pair("last", last)]).collect();
        assert_eq!(found, expected);
        let url = sent(async |client| client.flatten(pairs).await).expect("every text is allowed");
        assert_eq!(url.query_pairs().into_owned().collect::<Vec<_>>(), *pairs);
        if let Some(url) = sent(async |client| client.encoded_query(last, 7).await) {
            let found = url.query().unwrap();
            assert!(found.starts_with("value=") && found.ends_with("&last=7") && found.matches('&').count() == 1);
        }
    });
}

#[test]
fn headers() {
    check!().with_type::<(String, String)>().for_each(|(value, cookie)| {
        let (seen, client) = client(BASE);
        let client = RequestsClient::new(client.unwrap());
        let result = client.header(value, cookie).now_or_never().expect("nothing waits");
        let seen = seen.lock().unwrap();
        assert_eq!(result.is_ok(), seen.len() == 1);
        if let Some(request) = seen.first() {
            assert_eq!(request.headers()["x-value"].as_bytes(), value.as_bytes());
            assert!(!request.headers()["cookie"].as_bytes().contains(&b';'));
        }
    });
}

#[test]
fn base_urls() {
    check!().with_type::<(u8, String)>().for_each(|(form, text)| {
        let base = match form % 6 {
            0 => text.clone(),
            1 => format!("http://{text}"),
            2 => format!("https://{text}/"),
            3 => format!("http://localhost/{text}"),
            4 => format!("http://localhost:{text}"),
            _ => format!("https://{text}@example.com/base"),
        };
        let (seen, client) = client(&base);
        let client = match client {
            Ok(client) => client,
            Err(error) => {
                assert!(error.is_build(), "{error:?}");
                // A short text may be part of the message.
                assert!(text.len() < 12 || !format!("{error} {error:?}").contains(text.as_str()), "{error}");
                return;
            }
        };
        let home = Url::parse(&base).expect("an accepted base URL is valid");
        let Ok(()) = RequestsClient::new(client).segment("v").now_or_never().expect("nothing waits") else { return };
        let url = Url::parse(&seen.lock().unwrap()[0].uri().to_string()).expect("the URL is valid");
        assert_eq!(url.origin(), home.origin());
        assert!(url.path().starts_with(home.path().trim_end_matches('/')) && url.path().ends_with("/a/v/z"), "{url}");
        assert!(url.username().is_empty() && url.password().is_none() && url.query().is_none(), "{url}");
    });
}
