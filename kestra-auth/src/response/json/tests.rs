use http::HeaderValue;
use http::header::CONTENT_TYPE;
use serde_json::{Value, json};

use super::super::{AnswerBody, Response};
use super::*;
use crate::body::plan::Plan;

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Named {
    name: String,
}

type Nothing = ();

fn answer(content_type: Option<&'static str>, body: &'static str) -> http::Response<Bytes> {
    let mut response = http::Response::new(Bytes::from_static(body.as_bytes()));
    if let Some(value) = content_type {
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(value));
    }
    response
}

fn read<T: FromResponse>(content_type: Option<&'static str>, body: &'static str) -> Result<T, Error> {
    T::from_response(answer(content_type, body).map(|bytes| T::Body::from_body(bytes.into())))
}

#[test]
fn json_by_serde() {
    let named = Named { name: "x".into() };
    for content_type in [None, Some("application/json"), Some("application/hal+json; charset=utf-8")] {
        assert_eq!(read::<Named>(content_type, r#" {"name": "x"} "#).unwrap(), named);
    }
    assert_eq!(read::<Value>(None, "").unwrap(), Value::Null);
    assert_eq!(read::<Value>(Some("text/plain"), " \n").unwrap(), Value::Null);
    assert_eq!(read::<Value>(None, "[1]").unwrap(), json!([1]));
    assert!(read::<Value>(None, "[1] 2").unwrap_err().is_decode());
    assert!(read::<Named>(None, "").unwrap_err().is_decode());
}

#[test]
fn another_media_type_is_named() {
    let error = read::<Value>(Some("text/html; charset=utf-8"), "<html>").unwrap_err();
    assert_eq!(error.to_string(), "the answer is `text/html`, not JSON");
    assert_eq!(error.body(), "<html>");
    let error = read::<Option<Named>>(Some("text/html"), "<html>").unwrap_err();
    assert_eq!(error.to_string(), "the answer is `text/html`, not JSON");
    let error = read::<Json<Value>>(Some("text/html"), "{}").unwrap_err();
    assert!(error.is_decode());
    let error = read::<Value>(Some("text/<mark>"), "x").unwrap_err();
    assert_eq!(error.to_string(), "the answer is of another media type, not JSON");
}

#[test]
fn unit_drops_the_body() {
    assert_eq!(<Nothing as FromResponse>::plan(), Plan::Discard);
    assert_eq!(<Response<()> as FromResponse>::plan(), Plan::Discard);
    assert_eq!(<Named as FromResponse>::plan(), Plan::Buffer);
    assert_eq!(<Option<()> as FromResponse>::plan(), Plan::Buffer);
    for body in ["", "null", "{\"a\": 1}", "<html>"] {
        read::<()>(Some("text/html"), body).unwrap();
        read::<Response<()>>(Some("text/html"), body).unwrap();
    }
    assert_eq!(read::<Option<()>>(Some("text/html"), "<html>").unwrap(), Some(()));
    assert_eq!(read::<Option<()>>(None, "").unwrap(), None);
}

#[test]
fn options_are_none_without_a_body() {
    assert_eq!(read::<Option<Named>>(None, "").unwrap(), None);
    assert_eq!(read::<Option<Named>>(Some("application/json"), " null ").unwrap(), None);
    assert_eq!(read::<Option<Named>>(None, r#"{"name":"x"}"#).unwrap(), Some(Named { name: "x".into() }));
    assert_eq!(read::<Option<Option<u8>>>(None, "1").unwrap(), Some(Some(1)));
}

#[test]
fn json_said_out_loud() {
    assert_eq!(*read::<Json<String>>(None, r#""a""#).unwrap(), "a");
    assert_eq!(read::<Json<Vec<u8>>>(None, "[1,2]").unwrap().0, [1, 2]);
}
