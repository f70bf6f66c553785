//! What a server can do with a response: nothing that panics, prints a value, or depends on where the bytes are cut.
#![allow(missing_docs, reason = "a program for developers")]

use std::convert::Infallible;

use bolero::check;
use bytes::Bytes;
use futures_util::{FutureExt as _, Stream, StreamExt as _, stream};
use http::HeaderValue;
use http::header::{CONTENT_TYPE, HeaderMap, LINK, RETRY_AFTER};
use kestra_auth::{Body, Client, Error, Event, EventStream, Json, JsonLines, Link, Response, Text, api};
use serde::Deserialize;
use serde_json::Value;

#[api]
trait Responses {
    #[get("/text")]
    async fn text(&self) -> Result<Text, Error>;

    #[get("/document")]
    async fn document(&self) -> Result<Response<Json<Document>>, Error>;

    #[get("/lines")]
    async fn lines(&self) -> Result<JsonLines<Value>, Error>;

    #[get("/events")]
    async fn events(&self) -> Result<EventStream<Event>, Error>;
}

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

/// A client whose responses have this media type, and this body in these chunks.
fn client(media: &HeaderValue, chunks: &[Bytes]) -> ResponsesClient {
    let (media, chunks) = (media.clone(), chunks.to_vec());
    let transport = tower::service_fn(move |_: http::Request<Body>| {
        let body = Body::from_stream(stream::iter(chunks.clone()).map(Ok::<_, Infallible>));
        let mut response = http::Response::new(body);
        response.headers_mut().insert(CONTENT_TYPE, media.clone());
        async { Ok::<_, Infallible>(response) }
    });
    ResponsesClient::new(Client::builder("http://localhost").transport(transport).build().unwrap())
}

/// The body in two pieces, and what precedes and follows the cut.
fn cut(body: &[u8], at: usize) -> [Vec<Bytes>; 2] {
    let body = Bytes::copy_from_slice(body);
    let (start, end) = (body.slice(..at % (body.len() + 1)), body.slice(at % (body.len() + 1)..));
    [vec![body], vec![start, end]]
}

/// The items of a stream, which never waits, with the text of each error.
fn items<T>(stream: impl Stream<Item = Result<T, Error>>) -> Vec<Result<T, String>> {
    stream.map(|item| item.map_err(|error| error.to_string())).collect().now_or_never().expect("nothing waits")
}

/// Looks for the mark that precedes each fuzzed value.
fn assert_clean(error: &Error) {
    let shown = format!("{error}\n{error:?}");
    assert!(!shown.contains("MARK") && shown.len() < 4_000, "{shown}");
}

/// The bytes after a mark, or a document that the bytes are a part of.
fn document(form: u8, bytes: &[u8]) -> Vec<u8> {
    let text = serde_json::to_string(&format!("MARK{}", String::from_utf8_lossy(bytes))).unwrap();
    match form % 6 {
        0 => bytes.to_vec(),
        1 => [b"MARK", bytes].concat(),
        2 => format!("{{\"name\": {text}, \"count\": 1, \"kind\": {text}}}").into(),
        3 => {
            format!("{{{text}: {text}, \"message\": {text}, \"_embedded\": {{\"errors\": [{{\"message\": {text}}}]}}}}")
                .into()
        }
        4 => format!("{{\"name\": \"\", \"count\": {text}, \"items\": [{{\"id\": {text}}}]}}").into(),
        _ => format!("[{text}, {text}").into(),
    }
}

#[test]
fn links() {
    check!().with_type::<(u8, Vec<u8>)>().for_each(|(form, bytes)| {
        let value = match form % 3 {
            0 => bytes.clone(),
            1 => [b"<", &bytes[..], b">; rel=\"next\""].concat(),
            _ => [b"</a>; ", &bytes[..], b"; rel=next, </b>; rel=\"next\""].concat(),
        };
        let Ok(value) = HeaderValue::from_bytes(&value) else { return };
        let response = Response::new(()).with_headers(HeaderMap::from_iter([(LINK, value)]));
        for relation in ["next", "NEXT", "last", ""] {
            if let Some(link) = response.link(relation) {
                assert!(Link::parse(link.as_str()).is_ok(), "{}", link.as_str());
            }
        }
    });
}

#[test]
fn events() {
    let media = HeaderValue::from_static("text/event-stream");
    check!().with_type::<(usize, Vec<u8>)>().for_each(|(at, body)| {
        let [whole, pieces] = cut(body, *at).map(|chunks| {
            let events = client(&media, &chunks).events().now_or_never().expect("nothing waits");
            items(events.unwrap())
        });
        assert_eq!(whole, pieces);
        assert!(whole.iter().flatten().all(|event| !event.id.as_deref().is_some_and(|id| id.contains('\0'))));
    });
}

#[test]
fn json_lines() {
    let media = HeaderValue::from_static("application/x-ndjson");
    check!().with_type::<(usize, u8, Vec<u8>)>().for_each(|(at, form, bytes)| {
        let body = [&document(*form, bytes)[..], b"\n", bytes, b"\r\n1"].concat();
        let [whole, pieces] = cut(&body, *at).map(|chunks| {
            let lines = client(&media, &chunks).lines().now_or_never().expect("nothing waits");
            items(lines.unwrap())
        });
        assert_eq!(whole, pieces);
        assert!(whole.iter().filter_map(|line| line.as_ref().err()).all(|error| !error.contains("MARK")));
    });
}

#[test]
fn error_bodies() {
    check!().with_type::<(u8, Vec<u8>)>().for_each(|(form, bytes)| {
        let body = document(*form, bytes);
        let headers = HeaderValue::from_bytes(bytes).ok();
        let headers: HeaderMap =
            headers.into_iter().flat_map(|value| [(RETRY_AFTER, value.clone()), (CONTENT_TYPE, value)]).collect();
        let error = Error::from_status(http::StatusCode::CONFLICT).with_headers(headers).with_body(body.clone());
        assert_clean(&error);
        let message = error.message();
        assert!(message.is_none_or(|message| !message.is_empty() && message.len() <= 3 * body.len()));
        let _ = error.retry_after();
        for nested in [error.json::<Document>().err(), error.json::<u8>().err(), error.json::<Vec<Item>>().err()] {
            nested.iter().for_each(assert_clean);
        }
    });
}

#[test]
fn media_types() {
    check!().with_type::<(u8, Vec<u8>, Vec<u8>)>().for_each(|(form, media, bytes)| {
        let media = match form / 6 % 4 {
            0 => [b"MARK", &media[..]].concat(),
            1 => [b"text/plain; charset=", &media[..]].concat(),
            2 => [b"application/json;MARK=\"", &media[..]].concat(),
            _ => media.clone(),
        };
        let Ok(media) = HeaderValue::from_bytes(&media) else { return };
        let body = document(*form, bytes);
        let client = client(&media, &[body.clone().into()]);
        match client.text().now_or_never().expect("nothing waits") {
            Ok(text) => assert!(text.len() <= 3 * body.len()),
            Err(error) => assert_clean(&error),
        }
        match client.document().now_or_never().expect("nothing waits") {
            Ok(document) => assert!(!format!("{document:?}").contains("MARK")),
            Err(error) => assert_clean(&error),
        }
    });
}
