//! The table of results, and the attributes that change what an answer means. More of it is in `results.rs`.

use std::io::{self, Write as _};

use bytes::Bytes;
use http::{HeaderMap, Response as Answer, StatusCode};
use kestra_auth::{ApiError, Binary, Body, Error, FromResponse, Json, Response, Text, api};
use serde::Deserialize;

use crate::support::{Seen, answering};

#[derive(Debug, Deserialize, PartialEq)]
struct Flow {
    id: String,
}

#[derive(Debug, Deserialize)]
struct Problem {
    code: u32,
}

/// A user's own result: the names of a table's columns.
#[derive(Debug, PartialEq)]
struct Columns(Vec<String>);

impl FromResponse for Columns {
    const ACCEPT: &'static str = "text/csv";
    type Body = Bytes;

    fn from_response(response: Answer<Bytes>) -> Result<Self, Error> {
        let text = std::str::from_utf8(response.body()).map_err(|_| Error::decode("the table is not UTF-8"))?;
        let first = text.lines().next().ok_or_else(|| Error::decode("the table has no head"))?;
        Ok(Self(first.split(',').map(str::to_owned).collect()))
    }
}

/// A user's own result that reads the body as it comes.
struct Unread(Body);

impl FromResponse for Unread {
    const ACCEPT: &'static str = "*/*";
    type Body = Body;

    fn from_response(response: Answer<Body>) -> Result<Self, Error> {
        Ok(Self(response.into_body()))
    }
}

#[derive(Debug)]
struct MyError(String);

impl From<Error> for MyError {
    fn from(error: Error) -> Self {
        Self(error.to_string())
    }
}

#[api]
trait Answers {
    #[get("/json")]
    async fn json(&self) -> Result<Flow, Error>;

    #[get("/unit")]
    async fn unit(&self) -> Result<(), Error>;

    #[get("/null")]
    async fn null(&self) -> Result<Option<Flow>, Error>;

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

    #[get("/binary")]
    async fn binary(&self) -> Result<Binary, Error>;

    #[get("/own")]
    async fn own(&self) -> Result<Columns, Error>;

    #[get("/own-response")]
    async fn own_response(&self) -> Result<Response<Columns>, Error>;

    #[get("/own-none", none(404))]
    async fn own_none(&self) -> Result<Option<Columns>, Error>;

    #[get("/unread")]
    async fn unread(&self) -> Result<Unread, Error>;

    #[get("/my-error")]
    async fn my_error(&self) -> Result<Flow, MyError>;

    #[get("/declared")]
    async fn declared(&self) -> Result<Flow, ApiError<Problem>>;

    #[head("/head")]
    async fn head(&self) -> Result<Response<()>, Error>;
}

/// A client whose server answers with this status, media type and body.
fn api(status: u16, media: &'static str, body: &'static str) -> (Seen, AnswersClient) {
    let (seen, client) = answering(move |_| {
        let mut answer = Answer::builder().status(status);
        if !media.is_empty() {
            answer = answer.header("content-type", media);
        }
        answer.body(Body::from(body)).unwrap()
    });
    (seen, AnswersClient::new(client))
}

const JSON: &str = "application/json";
const FLOW: &str = r#"{"id":"a"}"#;

fn flow() -> Flow {
    Flow { id: "a".to_owned() }
}

#[tokio::test]
async fn json_by_media_type() {
    for media in ["", JSON, "application/json; charset=utf-8", "application/hal+json", "APPLICATION/JSON"] {
        assert_eq!(api(200, media, FLOW).1.json().await.unwrap(), flow(), "{media}");
    }
    let error = api(200, "text/html", "<html>").1.json().await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("`text/html`"), "{error}");
    assert_eq!((error.status().unwrap().as_u16(), &error.body()[..]), (200, &b"<html>"[..]));
    assert!(api(200, JSON, "").1.json().await.unwrap_err().is_decode());
}

#[tokio::test]
async fn what_each_result_accepts() {
    macro_rules! accept {
        ($method:ident, $accept:literal) => {
            let (seen, api) = api(500, "", "");
            let _ = api.$method().await;
            assert_eq!(seen.only().headers()["accept"], $accept, stringify!($method));
        };
    }
    accept!(json, "application/json");
    accept!(unit, "*/*");
    accept!(head, "*/*");
    accept!(response, "application/json");
    accept!(none, "application/json");
    accept!(string, "application/json");
    accept!(own, "text/csv");
    accept!(own_response, "text/csv");
    accept!(own_none, "text/csv");
}

#[tokio::test]
async fn a_unit_drops_the_body() {
    for (media, body) in [("text/html", "<html>"), (JSON, "{"), ("", "")] {
        api(200, media, body).1.unit().await.unwrap();
    }
    api(204, "", "").1.unit().await.unwrap();
}

#[tokio::test]
async fn null_and_empty_are_none() {
    assert_eq!(api(200, JSON, "null").1.null().await.unwrap(), None);
    assert_eq!(api(204, "", "").1.null().await.unwrap(), None);
    assert_eq!(api(200, JSON, FLOW).1.null().await.unwrap(), Some(flow()));
    assert_eq!(api(404, JSON, FLOW).1.null().await.unwrap_err().status().unwrap(), 404);
}

#[tokio::test]
async fn named_statuses_are_none() {
    for status in [404, 410] {
        assert_eq!(api(status, "text/html", "<html>").1.none().await.unwrap(), None);
    }
    assert_eq!(api(200, JSON, FLOW).1.none().await.unwrap(), Some(flow()));
    assert!(api(403, "", "").1.none().await.unwrap_err().is_status());
    let gone = api(404, "", "").1.none_response().await.unwrap();
    assert_eq!((gone.status().as_u16(), gone.into_body()), (404, None));
    assert_eq!(api(404, "", "").1.own_none().await.unwrap(), None);
    assert_eq!(api(200, "", "a,b").1.own_none().await.unwrap(), Some(Columns(vec!["a".into(), "b".into()])));
}

#[tokio::test]
async fn a_conditional_request() {
    let (seen, client) = answering(|request| {
        let known = request.headers().get("if-none-match").is_some_and(|etag| etag == "\"1\"");
        let answer = Answer::builder().header("etag", "\"1\"");
        if known { answer.status(304).body(Body::empty()) } else { answer.body(Body::from(FLOW)) }.unwrap()
    });
    let api = AnswersClient::new(client);
    let first = api.also("\"0\"").await.unwrap();
    assert_eq!((first.status().as_u16(), first.body()), (200, &Some(flow())));
    let second = api.also(first.headers()["etag"].to_str().unwrap()).await.unwrap();
    assert_eq!((second.status(), second.into_body()), (StatusCode::NOT_MODIFIED, None));
    assert_eq!(seen.count(), 2);
}

#[tokio::test]
async fn a_response_has_status_and_headers() {
    let (_, client) = answering(|_| {
        Answer::builder().status(201).header("x-total", "2").header("x-total", "3").body(Body::from(FLOW)).unwrap()
    });
    let answer = AnswersClient::new(client).response().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers().get_all("x-total").iter().count()), (201, 2));
    assert_eq!(answer.map(|flow| flow.id).into_body(), "a");
}

#[tokio::test]
async fn json_text_and_bytes() {
    assert_eq!(api(200, JSON, "\"a\"").1.string().await.unwrap().0, "a");
    let (_, client) = answering(|_| {
        let latin = Answer::builder().header("content-type", "text/plain; charset=iso-8859-1");
        latin.body(Body::from(b"\xe4".to_vec())).unwrap()
    });
    assert_eq!(AnswersClient::new(client).text().await.unwrap().0, "\u{e4}");
    assert_eq!(&api(200, "image/png", "\u{0}").1.binary().await.unwrap()[..], b"\0");
}

#[tokio::test]
async fn results_of_ones_own() {
    assert_eq!(api(200, "", "a,b\n1,2").1.own().await.unwrap(), Columns(vec!["a".into(), "b".into()]));
    let error = api(200, "", "").1.own().await.unwrap_err();
    assert!(error.is_decode() && error.status().unwrap() == 200, "{error:?}");
    assert_eq!(error.to_string(), "Answers::own (GET /own): the table has no head");
    assert_eq!(api(201, "", "a").1.own_response().await.unwrap().status(), 201);
    let mut body = api(200, "", "abc").1.unread().await.unwrap().0;
    let frame = http_body_util::BodyExt::frame(&mut body).await.unwrap().unwrap();
    assert_eq!(frame.into_data().unwrap(), "abc");
}

#[tokio::test]
async fn errors_of_ones_own() {
    let MyError(text) = api(500, "", "").1.my_error().await.unwrap_err();
    assert!(text.contains("500"), "{text}");
    match api(409, JSON, r#"{"code":7}"#).1.declared().await.unwrap_err() {
        ApiError::Declared(problem) => assert_eq!((problem.status().as_u16(), problem.body().code), (409, 7)),
        other => panic!("{other:?}"),
    }
    match api(502, "text/html", "<html>").1.declared().await.unwrap_err() {
        ApiError::Other(error) => assert_eq!(error.status().unwrap(), 502),
        other => panic!("{other:?}"),
    }
    match api(200, JSON, "7").1.declared().await.unwrap_err() {
        ApiError::Other(error) => assert!(error.is_decode()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn head_has_headers() {
    let (seen, client) = answering(|_| Answer::builder().header("content-length", "9").body(Body::empty()).unwrap());
    assert_eq!(AnswersClient::new(client).head().await.unwrap().headers()["content-length"], "9");
    assert_eq!(seen.only().method(), "HEAD");
}

/// `limit = "…"` of a method, and what an error says of the server.
#[tokio::test]
async fn what_an_error_tells() {
    let (_, client) = answering(|_| {
        let answer = Answer::builder().status(429).header("retry-after", "7").header("content-type", JSON);
        answer.body(Body::from(r#"{"message":"slowly, ada"}"#)).unwrap()
    });
    let error = AnswersClient::new(client).json().await.unwrap_err();
    assert_eq!(error.message().as_deref(), Some("slowly, ada"));
    assert_eq!(error.retry_after().unwrap().as_secs(), 7);
    assert_eq!(error.endpoint().unwrap().operation(), "json");
    assert!(!crate::support::printed(&error).contains("ada"));
    assert!(error.json::<Problem>().unwrap_err().is_decode());
}

/// Everything a method can return, built by hand.
#[test]
fn built_by_hand() {
    let mut headers = HeaderMap::new();
    headers.insert("link", "</b>; rel=next".parse().unwrap());
    let response = Response::new(flow()).with_status(StatusCode::CREATED).with_headers(headers);
    assert_eq!(response.link("next").unwrap().as_str(), "/b");
    let _ = (Json(1), Text("a".to_owned()), Binary(Bytes::new()));
    assert!(Error::from_status(StatusCode::NOT_FOUND).with_body("x").is_status());
    assert!(Error::timeout().is_timeout() && Error::connect().is_connect() && Error::decode("x").is_decode());
    writeln!(io::sink(), "{response:?}").unwrap();
}
