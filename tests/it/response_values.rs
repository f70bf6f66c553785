//! Results outside of calls: built by hand, converted, and sent to other threads.

use bytes::Bytes;
use http::header::{HeaderMap, LINK};
use http::{HeaderValue, Response as HttpResponse, StatusCode};
use kestra_auth::{
    ApiError, Binary, Body, ByteStream, Error, ErrorKind, Event, EventStream, Json, JsonLines, Link, Response, Text,
};

#[test]
fn every_result_can_be_built_by_hand() {
    let headers = HeaderMap::from_iter([(LINK, HeaderValue::from_static("</b>; rel=next"))]);
    let response = Response::new("flow").with_status(StatusCode::CREATED).with_headers(headers);
    assert_eq!((response.status(), response.body()), (StatusCode::CREATED, &"flow"));
    assert_eq!(response.link("next").unwrap().as_str(), "/b");
    assert_eq!((Json(1).0, &*Text("a".to_owned()), &Binary(Bytes::from("b"))[..]), (1, "a", &b"b"[..]));
    let error = Error::from_status(StatusCode::NOT_FOUND).with_body("x");
    assert_eq!((error.status(), &error.body()[..]), (Some(StatusCode::NOT_FOUND), &b"x"[..]));
    assert!(error.is_status());
    assert!(
        Error::timeout().is_timeout()
            && Error::connect().is_connect()
            && Error::new(ErrorKind::Decode, "x").is_decode()
    );
}

/// Everything that a method can return can be sent to another thread, and everything but a body can be shared.
#[test]
fn results_cross_threads() {
    fn is_send<T: Send>() {}
    fn is_send_and_sync<T: Send + Sync>() {}
    is_send::<Body>();
    is_send::<ByteStream>();
    is_send::<EventStream<Event>>();
    is_send::<JsonLines<String>>();
    is_send_and_sync::<Error>();
    is_send_and_sync::<ApiError<String>>();
    is_send_and_sync::<Response<String>>();
    is_send_and_sync::<(Json<String>, Text, Binary, Link, Event)>();
}

#[test]
fn responses_convert_to_and_from_those_of_http() {
    let created = HttpResponse::builder().status(201).header("x-total", "2").body(1).unwrap();
    let response = Response::from(created);
    assert_eq!((response.status(), response.body()), (StatusCode::CREATED, &1));
    assert_eq!(response.headers()["x-total"], "2");
    let converted: HttpResponse<i32> = response.into();
    assert_eq!((converted.status(), converted.body()), (StatusCode::CREATED, &1));
    assert_eq!(converted.headers()["x-total"], "2");
}
