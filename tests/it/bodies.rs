//! Parameters that make the request body, and which bodies a redirect can send again.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use futures_util::stream;
use kestra_auth::{Body, Error, api};
use serde::Serialize;

use crate::support::{Reply, Seen, Server, json_response, memory_client, raw_response};

#[api]
trait Bodies {
    #[post("/json")]
    async fn json<T: Serialize>(&self, #[json] body: &T) -> Result<(), Error>;

    #[post("/scim")]
    async fn scim(&self, #[json("application/scim+json")] body: Option<&BTreeMap<&str, u8>>) -> Result<(), Error>;

    #[post("/form")]
    async fn form<T: Serialize>(&self, #[form] body: &T) -> Result<(), Error>;

    #[post("/brackets")]
    async fn brackets<T: Serialize>(&self, #[form(brackets)] body: &T) -> Result<(), Error>;

    #[post("/dots")]
    async fn dots<T: Serialize>(&self, #[form(dots)] body: &T) -> Result<(), Error>;

    #[post("/fields")]
    async fn fields(
        &self,
        #[field("user name")] name: &str,
        #[field] tag: &[u8],
        #[field] none: Option<u8>,
    ) -> Result<(), Error>;

    #[post("/joined")]
    async fn joined(
        &self,
        #[field("c", csv)] csv: &[&str],
        #[field("s", ssv)] ssv: Option<&[&str]>,
        #[field("t", tsv)] tsv: Vec<u8>,
        #[field("p q", pipes)] pipes: &[Option<&str>],
    ) -> Result<(), Error>;

    #[put("/text")]
    async fn text(&self, #[body("application/x-yaml")] flow: &str) -> Result<(), Error>;

    #[put("/string")]
    async fn string(&self, #[body("text/plain; charset=utf-8")] flow: String, #[query] s: u8) -> Result<(), Error>;

    #[put("/bytes")]
    async fn bytes(&self, #[body("application/octet-stream")] bytes: Bytes) -> Result<(), Error>;

    #[put("/vec")]
    async fn vec(&self, #[body("application/octet-stream")] bytes: Option<Vec<u8>>) -> Result<(), Error>;

    #[put("/slice")]
    async fn slice(&self, #[body("application/octet-stream")] bytes: &[u8]) -> Result<(), Error>;

    #[put("/stream")]
    async fn stream(&self, #[body("application/octet-stream")] body: Body) -> Result<(), Error>;

    #[put("/maybe")]
    async fn maybe(&self, #[body("application/octet-stream")] body: Option<Body>) -> Result<(), Error>;

    #[get("/search", allow_body)]
    async fn get_with_body(&self, #[json] query: &u8) -> Result<(), Error>;

    #[delete("/many")]
    async fn delete_with_body(&self, #[json] ids: &[u8]) -> Result<(), Error>;
}

fn bodies() -> (Seen, BodiesClient) {
    let (seen, client) = memory_client("http://localhost", "");
    (seen, BodiesClient::new(client))
}

/// The media type and the body that a call sends.
macro_rules! sent {
    ($method:ident($($value:expr),*)) => {{
        let (seen, api) = bodies();
        api.$method($($value),*).await.unwrap();
        let request = seen.only();
        let media = request.headers().get("content-type").map(|media| media.to_str().unwrap().to_owned());
        (media, String::from_utf8(request.body().to_vec()).unwrap())
    }};
}

fn expected(media: &str, body: &str) -> (Option<String>, String) {
    (Some(media.to_owned()), body.to_owned())
}

const NOTHING: (Option<String>, String) = (None, String::new());
const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn sends_json_with_its_media_type() {
    assert_eq!(sent!(json(&[1, 2])), expected("application/json", "[1,2]"));
    assert_eq!(sent!(scim(Some(&BTreeMap::from([("a", 1)])))), expected("application/scim+json", "{\"a\":1}"));
    assert_eq!(sent!(get_with_body(&7)), expected("application/json", "7"));
    assert_eq!(sent!(delete_with_body(&[1])), expected("application/json", "[1]"));
    // `()` serializes as `null`, which is a JSON body like any other; only `None` means no body.
    assert_eq!(sent!(json(&())), expected("application/json", "null"));
}

#[derive(Serialize)]
struct Nested {
    a: &'static str,
    b: Vec<Inner>,
    c: Option<u8>,
}

#[derive(Serialize)]
struct Inner {
    x: u8,
}

#[tokio::test]
async fn encodes_forms_flat_in_brackets_or_with_dots() {
    assert_eq!(
        sent!(form(&vec![("a b", "c d"), ("e", "+&=\u{e4}*-._~")])),
        expected(FORM, "a+b=c+d&e=%2B%26%3D%C3%A4*-._%7E")
    );
    assert_eq!(sent!(form(&BTreeMap::from([("x", vec![1, 2])]))), expected(FORM, "x=1&x=2"));
    let nested = Nested { a: "1 2", b: vec![Inner { x: 3 }, Inner { x: 4 }], c: None };
    let (seen, api) = bodies();
    assert!(api.form(&nested).await.unwrap_err().is_build());
    assert_eq!(seen.count(), 0);
    let decoded = |(media, body): (Option<String>, String)| {
        assert_eq!(media.as_deref(), Some(FORM));
        body.replace("%5B", "[").replace("%5D", "]")
    };
    assert_eq!(decoded(sent!(brackets(&nested))), "a=1+2&b[0][x]=3&b[1][x]=4");
    assert_eq!(decoded(sent!(dots(&nested))), "a=1+2&b[0].x=3&b[1].x=4");
}

#[tokio::test]
async fn sends_one_form_field_per_argument() {
    assert_eq!(sent!(fields("Ada L.", &[1, 2], None)), expected(FORM, "user+name=Ada+L.&tag=1&tag=2"));
}

#[tokio::test]
async fn joins_sequences_in_form_fields_by_their_separator() {
    let expected = |body| expected(FORM, body);
    assert_eq!(
        sent!(joined(&["a,b", "c d&"], Some(&["1", "2"]), vec![3, 4], &[Some("5"), None, Some("6+")])),
        expected("c=a%2Cb,c+d%26&s=1+2&t=3%094&p+q=5%7C6%2B")
    );
    assert_eq!(sent!(joined(&[""], None, vec![], &[None])), expected("c="));
    assert_eq!(sent!(joined(&[], Some(&[]), vec![], &[])), expected(""));
}

#[tokio::test]
async fn rejects_form_items_that_contain_their_separator() {
    for (ssv, pipes, says) in [
        (Some(&["MARK 1"][..]), &[][..], "form field `s` has an item that contains a space"),
        (None, &[Some("MARK|1")][..], "form field `p q` has an item that contains `|`"),
    ] {
        let (seen, client) = memory_client("http://localhost", "");
        let error = BodiesClient::new(client).joined(&[], ssv, vec![], pipes).await.unwrap_err();
        assert!(error.is_build() && error.to_string().contains(says), "{error}");
        assert!(
            error.to_string().starts_with("Bodies::joined (POST /joined)") && !error.to_string().contains("MARK"),
            "{error}"
        );
        assert_eq!(seen.count(), 0);
    }
}

#[tokio::test]
async fn sends_raw_bodies_with_their_media_type() {
    const BYTES: &str = "application/octet-stream";
    assert_eq!(sent!(text("id: a")), expected("application/x-yaml", "id: a"));
    assert_eq!(sent!(string("b".to_owned(), 1)), expected("text/plain; charset=utf-8", "b"));
    assert_eq!(sent!(bytes(Bytes::from_static(b"c"))), expected(BYTES, "c"));
    assert_eq!(sent!(vec(Some(b"d".to_vec()))), expected(BYTES, "d"));
    assert_eq!(sent!(slice(b"e")), expected(BYTES, "e"));
    assert_eq!(sent!(stream(Body::from("f"))), expected(BYTES, "f"));
    assert_eq!(sent!(maybe(Some(Body::from("g")))), expected(BYTES, "g"));
    // An empty body is still a body.
    assert_eq!(sent!(text("")), expected("application/x-yaml", ""));
}

#[tokio::test]
async fn sends_no_media_type_without_a_body() {
    assert_eq!(sent!(scim(None)), NOTHING);
    assert_eq!(sent!(json(&None::<u8>)), NOTHING);
    assert_eq!(sent!(form(&None::<Inner>)), NOTHING);
    assert_eq!(sent!(brackets(&None::<Inner>)), NOTHING);
    assert_eq!(sent!(vec(None)), NOTHING);
    assert_eq!(sent!(maybe(None)), NOTHING);
}

fn chunks() -> impl futures_util::Stream<Item = Result<&'static [u8], io::Error>> {
    stream::iter([Ok(b"abc".as_slice()), Ok(b"de")])
}

#[tokio::test]
async fn sends_known_lengths_and_chunks_unknown_ones() {
    let file = std::env::temp_dir().join(format!("kestra-auth-{}.txt", std::process::id()));
    std::fs::write(&file, "abcde").unwrap();
    for (body, length) in [
        (Body::from("abcde"), Some("5")),
        (Body::sized(5, chunks()), Some("5")),
        (Body::from_stream(chunks()), None),
        (Body::from_reader(&b"abcde"[..]), None),
        (Body::from_file(&file).await.unwrap(), Some("5")),
        (Body::repeatable(|| Body::sized(5, chunks())), Some("5")),
        (Body::sized(5, chunks()).on_progress(|_, _| {}), Some("5")),
    ] {
        let server = Server::always(json_response("null")).await;
        BodiesClient::new(server.client()).stream(body).await.unwrap();
        let request = server.only();
        assert_eq!(request.text(), "abcde");
        assert_eq!(request.header("content-length"), length);
        assert_eq!(request.header("transfer-encoding"), if length.is_none() { Some("chunked") } else { None });
    }
    std::fs::remove_file(&file).unwrap();
    assert_eq!(Body::from_file(&file).await.unwrap_err().kind(), io::ErrorKind::NotFound);
}

#[tokio::test]
async fn reports_progress() {
    for (body, total) in [(Body::sized(5, chunks()), Some(5)), (Body::from_stream(chunks()), None)] {
        let reported = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&reported);
        let body = body.on_progress(move |sent, of| log.lock().unwrap().push((sent, of)));
        let server = Server::always(json_response("null")).await;
        BodiesClient::new(server.client()).stream(body).await.unwrap();
        assert_eq!(*reported.lock().unwrap(), [(3, total), (5, total)]);
    }
}

#[tokio::test]
async fn fails_the_call_when_its_body_fails() {
    let server = Server::always(json_response("null")).await;
    let failing = stream::iter([Ok("abc"), Err(io::Error::other("out of tape"))]);
    let error = BodiesClient::new(server.client()).stream(Body::from_stream(failing)).await.unwrap_err();
    assert!(!error.is_build() && error.status().is_none(), "{error:?}");
}

async fn redirecting() -> Server {
    Server::start(|request| {
        Reply::Bytes(match request.target() {
            "/there" => json_response("null"),
            _ => raw_response("307 Temporary Redirect", &[("location", "/there")], b""),
        })
    })
    .await
}

#[tokio::test]
async fn clones_bodies_that_are_in_memory_or_repeatable() {
    async fn text(body: Body) -> Bytes {
        http_body_util::BodyExt::collect(body).await.unwrap().to_bytes()
    }
    let repeatable = Body::repeatable(|| Body::from_stream(chunks()));
    for (body, expected) in [(Body::empty(), ""), (Body::from("abc"), "abc"), (repeatable, "abcde")] {
        let clone = body.try_clone().unwrap();
        let second = clone.try_clone().unwrap();
        for body in [body, clone, second] {
            assert_eq!(text(body).await, expected);
        }
    }
    assert!(Body::from_stream(chunks()).try_clone().is_none());
    assert!(Body::wrap(Body::from("abc")).try_clone().is_none());
}

#[tokio::test]
async fn resends_bodies_that_are_in_memory_or_repeatable() {
    let made = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&made);
    let repeatable = Body::repeatable(move || {
        count.fetch_add(1, Ordering::Relaxed);
        Body::sized(5, chunks())
    });
    for body in [Body::from("abcde"), repeatable] {
        let server = redirecting().await;
        BodiesClient::new(server.client()).stream(body).await.unwrap();
        let seen = server.seen();
        assert_eq!(seen.len(), 2);
        for request in seen {
            assert_eq!((request.method(), request.text()), ("PUT", "abcde"));
            assert_eq!(request.header("content-type"), Some("application/octet-stream"));
        }
    }
    assert_eq!(made.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn does_not_resend_a_stream() {
    let server = redirecting().await;
    let error = BodiesClient::new(server.client()).stream(Body::from_stream(chunks())).await.unwrap_err();
    assert!(error.is_redirect(), "{error:?}");
    assert_eq!(error.status().unwrap(), 307);
    assert_eq!(error.headers()["location"], "/there");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn reports_failing_bodies_with_their_cause() {
    #[api]
    trait Uploads {
        #[put("/r")]
        async fn put(&self, #[body("text/plain")] body: Body) -> Result<(), Error>;
    }
    let chunk = || Ok::<_, io::Error>("abc");
    for (body, cause) in [
        (Body::from_stream(stream::iter([chunk(), Err(io::Error::other("disk"))])), "other error"),
        (Body::sized(10, stream::iter([chunk()])), "the body is shorter than its declared length"),
        (Body::sized(2, stream::iter([chunk()])), "the body is longer than its declared length"),
    ] {
        let server = Server::always(raw_response("200 OK", &[], b"")).await;
        let error = UploadsClient::new(server.client()).put(body).await.unwrap_err();
        assert!(error.is_body() && error.to_string().ends_with("the request body could not be produced"), "{error:?}");
        let chain = crate::support::printed(&error);
        assert!(chain.contains(cause), "{chain}");
    }
}
