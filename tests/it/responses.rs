//! What a method can return, and the attributes that change what a response means.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use http::{Response as HttpResponse, StatusCode};
use http_body_util::BodyExt as _;
use kestra_auth::{ApiError, Binary, Body, Error, ErrorKind, FromResponse, Json, Response, Text, api};
use serde::Deserialize;

use crate::support::{Reply, Seen, Server, client_builder, in_memory, printed, responding};

#[derive(Debug, Deserialize, PartialEq)]
struct Flow {
    id: String,
}

#[derive(Debug, Deserialize)]
struct Problem {
    code: u32,
}

/// A user's result: the names of a table's columns.
#[derive(Debug, PartialEq)]
struct Columns(Vec<String>);

impl FromResponse for Columns {
    const ACCEPT: &'static str = "text/csv";
    type Body = Bytes;

    fn from_response(response: Response<Bytes>) -> Result<Self, Error> {
        let text = std::str::from_utf8(response.body())
            .map_err(|_| Error::new(ErrorKind::Decode, "the table is not UTF-8"))?;
        let first = text.lines().next().ok_or_else(|| Error::new(ErrorKind::Decode, "the table has no header row"))?;
        Ok(Self(first.split(',').map(str::to_owned).collect()))
    }
}

/// A user's result that leaves the body unread.
struct Unread(Body);

impl FromResponse for Unread {
    const ACCEPT: &'static str = "*/*";
    type Body = Body;

    fn from_response(response: Response<Body>) -> Result<Self, Error> {
        Ok(Self(response.into_body()))
    }
}

/// A user's error.
#[derive(Debug)]
struct UserError {
    operation: &'static str,
    status: Option<StatusCode>,
}

impl From<Error> for UserError {
    fn from(error: Error) -> Self {
        Self { operation: error.endpoint().map_or("none", kestra_auth::Endpoint::operation), status: error.status() }
    }
}

type Outcome<T> = Result<T, Error>;
type Nothing = ();
type Created = Outcome<Nothing>;

#[api]
trait Responses {
    #[get("/json")]
    async fn json(&self) -> Outcome<Flow>;

    #[get("/map")]
    async fn map(&self) -> Result<BTreeMap<String, u8>, Error>;

    #[get("/unit")]
    async fn unit(&self) -> Created;

    #[get("/unit-response")]
    async fn unit_response(&self) -> Outcome<Response<Nothing>>;

    #[get("/null")]
    async fn null(&self) -> Result<Option<Flow>, Error>;

    #[get("/null-response")]
    async fn null_response(&self) -> Outcome<Response<Option<Flow>>>;

    #[get("/none", none(404, 410))]
    async fn none(&self) -> Result<Option<Flow>, Error>;

    #[get("/none-response", none(404))]
    async fn none_response(&self) -> Result<Response<Option<Flow>>, Error>;

    #[get("/also", also(304))]
    async fn also(&self, #[header("If-None-Match")] etag: &str) -> Result<Response<Option<Flow>>, Error>;

    #[get("/response")]
    async fn response(&self) -> Result<Response<Flow>, Error>;

    #[get("/string")]
    async fn string(&self) -> Result<Json<String>, Error>;

    #[get("/text")]
    async fn text(&self) -> Result<Text, Error>;

    #[get("/csv", accept = "text/csv")]
    async fn csv(&self) -> Outcome<Text>;

    #[get("/binary")]
    async fn binary(&self) -> Result<Response<Binary>, Error>;

    #[get("/columns")]
    async fn columns(&self) -> Result<Columns, Error>;

    #[get("/columns-response")]
    async fn columns_response(&self) -> Result<Response<Columns>, Error>;

    #[get("/columns-none", none(404))]
    async fn columns_none(&self) -> Result<Option<Columns>, Error>;

    #[get("/unread")]
    async fn unread(&self) -> Result<Unread, Error>;

    #[get("/user-error")]
    async fn user_error(&self) -> Result<Flow, UserError>;

    #[get("/declared")]
    async fn declared(&self) -> Result<Flow, ApiError<Problem>>;

    #[head("/head")]
    async fn head(&self) -> Result<Response<()>, Error>;
}

/// A client whose server responds with this status, media type and body.
fn api(status: u16, media: &'static str, body: impl AsRef<[u8]> + 'static) -> (Seen, ResponsesClient) {
    let body = Bytes::copy_from_slice(body.as_ref());
    let (seen, client) = responding(move |_| {
        let mut response = HttpResponse::builder().status(status);
        if !media.is_empty() {
            response = response.header("content-type", media);
        }
        response.body(Body::from(body.clone())).unwrap()
    });
    (seen, ResponsesClient::new(client))
}

const JSON: &str = "application/json";
const FLOW: &str = r#"{"id":"a","more":1}"#;

fn flow() -> Flow {
    Flow { id: "a".to_owned() }
}

#[tokio::test]
async fn reads_json_of_any_media_type() {
    for media in [
        "",
        JSON,
        "application/json; charset=utf-8",
        "application/hal+json",
        "APPLICATION/JSON",
        "text/plain",
        "text/html",
        "text/javascript",
        "application/octet-stream",
        "application/x-amz-json-1.1",
        "caf\u{e9}",
        "x",
    ] {
        assert_eq!(api(200, media, FLOW).1.json().await.unwrap(), flow(), "{media}");
    }
    let error = api(200, "text/html", "<html>").1.json().await.unwrap_err();
    assert!(error.is_decode() && error.to_string().ends_with("the response body is `text/html`, not JSON"), "{error}");
    assert_eq!((error.status().unwrap().as_u16(), &error.body()[..]), (200, &b"<html>"[..]));
    let error = api(200, "text/mark", "<html>").1.string().await.unwrap_err();
    assert!(error.to_string().contains("an unexpected media type") && !error.to_string().contains("mark"), "{error}");
    assert_eq!(api(200, JSON, "\"a\"").1.string().await.unwrap().0, "a");
    assert_eq!(api(200, "", r#"{"a":1}"#).1.map().await.unwrap(), BTreeMap::from([("a".to_owned(), 1)]));
}

#[tokio::test]
async fn rejects_json_of_another_shape() {
    for body in ["", "{", "[]", "null", r#"{"id":7}"#] {
        let error = api(200, JSON, body).1.json().await.unwrap_err();
        assert!(error.is_decode() && error.status().unwrap() == 200, "{body}: {error:?}");
    }
    for (status, name) in [(200, "200 OK"), (204, "204 No Content"), (205, "205 Reset Content")] {
        let error = api(status, "text/html", "").1.json().await.unwrap_err();
        let expected = format!("the response body is empty ({name}): return `Option<T>`");
        assert!(error.is_decode() && error.to_string().contains(&expected), "{error}");
        assert_eq!(api(status, "text/html", "").1.null().await.unwrap(), None);
    }
}

#[tokio::test]
async fn each_result_has_its_accept_header() {
    macro_rules! accept {
        ($method:ident, $accept:literal) => {
            let (seen, api) = api(500, "", "");
            let _ = api.$method().await;
            assert_eq!(seen.only().headers()["accept"], $accept, stringify!($method));
        };
    }
    accept!(json, "application/json");
    accept!(unit, "*/*");
    accept!(unit_response, "*/*");
    accept!(head, "*/*");
    accept!(response, "application/json");
    accept!(none, "application/json");
    accept!(string, "application/json");
    accept!(text, "text/*, */*;q=0.5");
    accept!(csv, "text/csv");
    accept!(binary, "application/octet-stream, */*;q=0.5");
    accept!(columns, "text/csv");
    accept!(columns_response, "text/csv");
    accept!(columns_none, "text/csv");
}

#[tokio::test]
async fn a_unit_drops_any_body() {
    for body in [&b""[..], b"null", b"{", b"<html>", b"\xff\xfe"] {
        for media in ["", JSON, "text/html"] {
            api(201, media, body).1.unit().await.unwrap();
            let response = api(201, media, body).1.unit_response().await.unwrap();
            assert_eq!(response.status(), StatusCode::CREATED);
            let found = response.headers().get("content-type").map_or("", |value| value.to_str().unwrap());
            assert_eq!(found, media);
        }
    }
    assert!(api(404, "", "").1.unit().await.unwrap_err().is_status());
}

#[tokio::test]
async fn a_unit_ignores_a_body_that_breaks_off() {
    for body in ["content-length: 9\r\n\r\nhalf", "transfer-encoding: chunked\r\n\r\n9\r\nhalf"] {
        let server = Server::always(format!("HTTP/1.1 201 Created\r\n{body}").into_bytes()).await;
        let api = ResponsesClient::new(server.client());
        api.unit().await.unwrap();
        assert_eq!(api.unit_response().await.unwrap().status(), StatusCode::CREATED);
    }
}

#[tokio::test(start_paused = true)]
async fn a_unit_does_not_wait_for_a_body_that_stalls() {
    let (_, service) = in_memory(|_| {
        let stalled = futures_util::stream::pending::<Result<Bytes, Error>>();
        HttpResponse::builder().status(201).body(Body::from_stream(stalled)).unwrap()
    });
    let client = client_builder("http://localhost").timeout(Duration::from_secs(1)).transport(service);
    // The server has acted and reported it, so the call succeeds.
    ResponsesClient::new(client.build().unwrap()).unit().await.unwrap();
}

#[tokio::test]
async fn null_and_empty_bodies_are_none() {
    for (status, body) in [(200, "null"), (200, " null\n"), (200, ""), (204, "")] {
        assert_eq!(api(status, JSON, body).1.null().await.unwrap(), None, "{status} {body}");
        assert_eq!(api(status, JSON, body).1.null_response().await.unwrap().into_body(), None);
    }
    assert_eq!(api(200, JSON, FLOW).1.null().await.unwrap(), Some(flow()));
    assert!(api(200, JSON, "{}").1.null().await.unwrap_err().is_decode());
    assert!(api(200, "text/html", "<html>").1.null().await.unwrap_err().to_string().contains("text/html"));
    let error = api(404, JSON, "null").1.null().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 404, "only `none(404)` makes it `None`");
}

#[tokio::test]
async fn statuses_in_none_are_none() {
    for status in [404, 410] {
        assert_eq!(api(status, "text/html", "<html>").1.none().await.unwrap(), None);
    }
    assert_eq!(api(200, JSON, FLOW).1.none().await.unwrap(), Some(flow()));
    assert!(api(403, "", "").1.none().await.unwrap_err().is_status());
    let gone = api(404, "", "").1.none_response().await.unwrap();
    assert_eq!((gone.status().as_u16(), gone.into_body()), (404, None));
    assert_eq!(api(404, "", "").1.columns_none().await.unwrap(), None);
    assert_eq!(api(200, "", "a,b").1.columns_none().await.unwrap(), Some(Columns(vec!["a".into(), "b".into()])));
}

#[tokio::test]
async fn statuses_in_also_are_responses() {
    let (seen, client) = responding(|request| {
        let known = request.headers().get("if-none-match").is_some_and(|etag| etag == "\"1\"");
        let response = HttpResponse::builder().header("etag", "\"1\"");
        if known { response.status(304).body(Body::empty()) } else { response.body(Body::from(FLOW)) }.unwrap()
    });
    let api = ResponsesClient::new(client);
    let first = api.also("\"0\"").await.unwrap();
    assert_eq!((first.status().as_u16(), first.body()), (200, &Some(flow())));
    let second = api.also(first.headers()["etag"].to_str().unwrap()).await.unwrap();
    assert_eq!((second.status(), second.into_body()), (StatusCode::NOT_MODIFIED, None));
    assert_eq!(seen.count(), 2);
}

#[tokio::test]
async fn a_response_has_its_status_and_headers() {
    let (_, client) = responding(|_| {
        let response = HttpResponse::builder().status(203).header("x-total", "2").header("x-total", "3");
        response.body(Body::from(FLOW)).unwrap()
    });
    let response = ResponsesClient::new(client).response().await.unwrap();
    assert_eq!(response.status(), StatusCode::NON_AUTHORITATIVE_INFORMATION);
    assert_eq!(response.headers().get_all("x-total").iter().collect::<Vec<_>>(), ["2", "3"]);
    assert_eq!(response.map(|flow| flow.id).into_body(), "a");
}

#[tokio::test]
async fn decodes_text_by_its_charset() {
    for (media, body, text) in [
        ("", "é".as_bytes(), "é"),
        ("text/plain; charset=ISO-8859-1", b"\xe9", "é"),
        ("text/plain; charset=\"windows-1252\"", b"\x80", "€"),
        ("text/plain; charset=utf-8", b"a\xffb", "a\u{fffd}b"),
        ("text/plain; charset=klingon", "é".as_bytes(), "é"),
        ("text/plain; charset=\"iso-8859-1", b"\xe9", "é"),
        ("text/plain; charset=; charset=iso-8859-1", b"\xe9", "é"),
        ("text/csv", b"a;b\r\n", "a;b\r\n"),
        (JSON, b"{}", "{}"),
        ("", b"", ""),
    ] {
        assert_eq!(api(200, media, body).1.text().await.unwrap().0, text, "{media}");
    }
}

#[tokio::test]
async fn returns_bytes_as_they_are() {
    let response = api(200, "image/png", b"\x89PNG\0").1.binary().await.unwrap();
    assert_eq!(response.headers()["content-type"], "image/png");
    assert_eq!(&response.into_body()[..], b"\x89PNG\0");
}

#[tokio::test]
async fn reads_types_of_the_user() {
    assert_eq!(api(200, "", "a,b\n1,2").1.columns().await.unwrap(), Columns(vec!["a".into(), "b".into()]));
    assert_eq!(api(201, "", "a").1.columns_response().await.unwrap().status(), 201);
    for (body, message) in [(&b""[..], "the table has no header row"), (b"\xff", "the table is not UTF-8")] {
        let error = api(200, "", body).1.columns().await.unwrap_err();
        assert!(error.is_decode() && error.status().unwrap() == 200, "{error:?}");
        assert_eq!(error.to_string(), format!("Responses::columns (GET /columns): {message}"));
    }
    let body = api(200, "", "abc").1.unread().await.unwrap().0;
    assert_eq!(body.collect().await.unwrap().to_bytes(), "abc");
}

#[tokio::test]
async fn converts_errors_into_errors_of_the_user() {
    assert_eq!(api(200, JSON, FLOW).1.user_error().await.unwrap(), flow());
    for (status, body) in [(409, ""), (200, "[")] {
        let error = api(status, JSON, body).1.user_error().await.unwrap_err();
        assert_eq!((error.operation, error.status.unwrap().as_u16()), ("user_error", status));
    }
}

#[tokio::test]
async fn decodes_declared_error_bodies() {
    let error = api(409, JSON, r#"{"code":7}"#).1.declared().await.unwrap_err();
    let ApiError::Declared(problem) = error else { panic!("{error:?}") };
    assert_eq!((problem.status().as_u16(), problem.body().code), (409, 7));

    let error = api(502, "text/html", "<html>").1.declared().await.unwrap_err();
    let ApiError::Other(error) = error else { panic!("{error:?}") };
    assert_eq!(error.status().unwrap(), 502);

    let error = api(200, JSON, "7").1.declared().await.unwrap_err();
    let ApiError::Other(error) = error else { panic!("{error:?}") };
    assert!(error.is_decode(), "{error:?}");
}

#[tokio::test]
async fn a_response_to_head_has_headers_and_no_body() {
    let (seen, client) =
        responding(|_| HttpResponse::builder().header("content-length", "9").body(Body::empty()).unwrap());
    assert_eq!(ResponsesClient::new(client).head().await.unwrap().headers()["content-length"], "9");
    assert_eq!(seen.only().method(), "HEAD");

    let server = Server::start(|_| Reply::Hang(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\nx-a: 1\r\n\r\n".to_vec()));
    let server = server.await;
    let response = ResponsesClient::new(server.client()).head().await.unwrap();
    assert_eq!(response.headers()["content-length"], "1000");
    assert_eq!(response.headers()["x-a"], "1");
}

#[tokio::test]
async fn an_error_describes_the_response() {
    let (_, client) = responding(|_| {
        let response = HttpResponse::builder().status(429).header("retry-after", "7").header("content-type", JSON);
        response.body(Body::from(r#"{"message":"slowly, ada"}"#)).unwrap()
    });
    let error = ResponsesClient::new(client).json().await.unwrap_err();
    assert_eq!(error.message().as_deref(), Some("slowly, ada"));
    assert_eq!(error.retry_after().unwrap().as_secs(), 7);
    assert_eq!(error.endpoint().unwrap().operation(), "json");
    assert!(!printed(&error).contains("ada"));
    assert!(error.json::<Problem>().unwrap_err().is_decode());
}
