//! What a method can return, what its arguments can be, and which of several settings holds.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, StatusCode};
use kestra_auth::{
    AuthApi, AuthMethods, Binary, Body, Client, Error, FromResponse, InvitationUserRequest, Json, Response, Text, api,
};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value, json};

use crate::support::{Reply, Seen, Server, memory};

type Answer<T> = Result<T, Error>;
type Nothing = ();
type Created = Answer<Nothing>;

#[derive(Debug)]
struct OwnError(&'static str, Option<StatusCode>);

impl From<Error> for OwnError {
    fn from(error: Error) -> Self {
        Self(error.endpoint().map_or("none", kestra_auth::Endpoint::operation), error.status())
    }
}

/// The lines of a text.
struct Lines(Vec<String>);

impl FromResponse for Lines {
    const ACCEPT: &'static str = "text/plain";
    type Body = Bytes;

    fn from_response(response: http::Response<Bytes>) -> Result<Self, Error> {
        let text = std::str::from_utf8(response.body()).map_err(|_| Error::decode("the text is not UTF-8"))?;
        Ok(Self(text.lines().map(str::to_owned).collect()))
    }
}

#[derive(Debug, PartialEq, Deserialize)]
struct Point {
    x: u8,
}

#[api]
trait Results {
    #[get("/alias")]
    async fn alias(&self) -> Answer<Point>;

    #[get("/unit-alias")]
    async fn unit_alias(&self) -> Created;

    #[get("/unit-response")]
    async fn unit_response(&self) -> Answer<Response<Nothing>>;

    #[get("/own-error")]
    async fn own_error(&self) -> Result<Point, OwnError>;

    #[get("/option")]
    async fn option(&self) -> Answer<Option<Point>>;

    #[get("/response-option")]
    async fn response_option(&self) -> Answer<Response<Option<Point>>>;

    #[get("/response")]
    async fn response(&self) -> Answer<Response<Point>>;

    #[get("/json-text")]
    async fn json_text(&self) -> Answer<Json<String>>;

    #[get("/text")]
    async fn text(&self) -> Answer<Text>;

    #[get("/binary")]
    async fn binary(&self) -> Answer<Response<Binary>>;

    #[get("/lines")]
    async fn lines(&self) -> Answer<Response<Lines>>;

    #[get("/csv", accept = "text/csv")]
    async fn csv(&self) -> Answer<Text>;

    #[get("/map")]
    async fn map(&self) -> Answer<BTreeMap<String, u8>>;

    #[head("/head")]
    async fn head(&self) -> Answer<Response<()>>;

    #[post("/rc/{id}")]
    async fn rc(&self, id: Shared, #[query] q: &Shared, #[json] body: &[Shared]) -> Answer<()>;
}

/// Neither `Send` nor `Sync`.
struct Shared(Rc<str>);

impl Serialize for Shared {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// A client whose server answers with this status, `Content-Type` and body.
fn server(status: u16, media: Option<&'static str>, body: &'static [u8]) -> (Seen, ResultsClient) {
    let (seen, service) = memory(move |_| {
        let mut response = http::Response::new(Body::from(body.to_vec()));
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        if let Some(media) = media {
            response.headers_mut().insert("content-type", HeaderValue::from_static(media));
        }
        response
    });
    (seen, ResultsClient::new(Client::builder("http://localhost").transport(service).build().unwrap()))
}

fn ok(body: &'static [u8]) -> ResultsClient {
    server(200, None, body).1
}

#[tokio::test]
async fn aliases_of_result() {
    assert_eq!(ok(br#"{"x":1,"y":2}"#).alias().await.unwrap(), Point { x: 1 });
    assert!(ok(br#"{"x":256}"#).alias().await.unwrap_err().is_decode());
}

#[tokio::test]
async fn a_unit_drops_whatever_comes() {
    for body in [&b""[..], b"null", b"{\"a\":1}", b"<html>", b"\xff\xfe"] {
        for media in [None, Some("application/json"), Some("text/html")] {
            let (seen, client) = server(201, media, body);
            client.unit_alias().await.unwrap();
            let response = client.unit_response().await.unwrap();
            assert_eq!(response.status(), StatusCode::CREATED);
            assert_eq!(response.headers().get("content-type").map(|value| value.to_str().unwrap()), media);
            assert_eq!(seen.all()[0].headers()["accept"], "*/*");
            assert_eq!(seen.all()[1].headers()["accept"], "*/*");
        }
    }
    assert!(server(404, None, b"").1.unit_alias().await.unwrap_err().is_status());
}

#[tokio::test]
async fn an_error_of_ones_own() {
    assert_eq!(ok(br#"{"x":1}"#).own_error().await.unwrap(), Point { x: 1 });
    let OwnError(operation, status) = server(409, None, b"").1.own_error().await.unwrap_err();
    assert_eq!((operation, status), ("own_error", Some(StatusCode::CONFLICT)));
    let OwnError(operation, status) = ok(b"[").own_error().await.unwrap_err();
    assert_eq!((operation, status), ("own_error", Some(StatusCode::OK)));
}

#[tokio::test]
async fn options() {
    for (body, expected) in
        [(&b""[..], None), (b"null", None), (b" null\n", None), (b"{\"x\":1}", Some(Point { x: 1 }))]
    {
        assert_eq!(ok(body).option().await.unwrap(), expected);
        assert_eq!(*ok(body).response_option().await.unwrap().body(), expected);
    }
    assert_eq!(server(204, None, b"").1.option().await.unwrap(), None);
    assert!(ok(b"{}").option().await.unwrap_err().is_decode());
    let error = server(404, None, b"null").1.option().await.unwrap_err();
    assert!(error.is_status(), "without `none(404)` it is an error");
    let error = server(200, Some("text/html"), b"<html>").1.option().await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("text/html"));
}

#[tokio::test]
async fn responses() {
    let response = server(203, Some("application/json"), br#"{"x":1}"#).1.response().await.unwrap();
    assert_eq!(response.status(), StatusCode::NON_AUTHORITATIVE_INFORMATION);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.into_body(), Point { x: 1 });
    assert_eq!(ok(b"\"text\"").json_text().await.unwrap().0, "text");
    assert_eq!(ok(b"{\"a\":1}").map().await.unwrap(), BTreeMap::from([("a".to_owned(), 1)]));
    assert_eq!(ok(b"").head().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn json_by_any_name() {
    for media in ["application/json; charset=utf-8", "text/json", "application/hal+json", "APPLICATION/JSON"] {
        assert_eq!(server(200, Some(media), br#"{"x":1}"#).1.alias().await.unwrap(), Point { x: 1 }, "{media}");
    }
    for media in ["text/plain", "application/octet-stream", "application/jsonp"] {
        let error = server(200, Some(media), br#"{"x":1}"#).1.alias().await.unwrap_err();
        assert!(error.is_decode() && error.to_string().contains(media), "{error}");
    }
}

#[tokio::test]
async fn texts() {
    for (media, body, text) in [
        (None, "é".as_bytes(), "é"),
        (Some("text/plain; charset=ISO-8859-1"), b"\xe9", "é"),
        (Some("text/plain; charset=\"windows-1252\""), b"\x80", "€"),
        (Some("text/plain; charset=utf-8"), b"a\xffb", "a\u{fffd}b"),
        (Some("text/csv"), b"a;b\r\n", "a;b\r\n"),
        (Some("application/json"), b"{}", "{}"),
        (None, b"", ""),
    ] {
        let (seen, client) = server(200, media, body);
        assert_eq!(client.text().await.unwrap().0, text);
        assert_eq!(seen.only().headers()["accept"], "text/*, */*;q=0.5");
    }
    assert!(server(200, Some("text/plain; charset=klingon"), b"").1.text().await.unwrap_err().is_decode());
}

#[tokio::test]
async fn bytes_and_lines() {
    let (seen, client) = server(200, Some("image/png"), b"\x89PNG\0");
    assert_eq!(&*client.binary().await.unwrap().into_body().0, b"\x89PNG\0");
    assert_eq!(seen.only().headers()["accept"], "application/octet-stream, */*;q=0.5");

    let (seen, client) = server(200, None, b"a\nb");
    assert_eq!(client.lines().await.unwrap().body().0, ["a", "b"]);
    assert_eq!(seen.only().headers()["accept"], "text/plain");
    let error = ok(b"\xff").lines().await.unwrap_err();
    assert_eq!(error.to_string(), "Results::lines (GET /lines): the text is not UTF-8");
    assert_eq!(error.status(), Some(StatusCode::OK));

    let (seen, client) = server(200, None, b"a,b");
    client.csv().await.unwrap();
    assert_eq!(seen.only().headers()["accept"], "text/csv");
}

/// Writes one method; the rest are there.
struct Fake;

impl AuthApi for Fake {
    async fn index(&self) -> Result<AuthMethods, Error> {
        Ok(serde_json::from_value(json!({"loginPassword": true})).unwrap())
    }
}

/// Code that takes any implementation.
async fn has_password(auth: &impl AuthApi) -> Result<bool, Error> {
    Ok(auth.index().await?.login_password == Some(true))
}

#[tokio::test]
async fn fakes() {
    assert!(has_password(&Fake).await.unwrap());
    let user = InvitationUserRequest::new("a", "b", "c");
    for error in [
        Fake.accept_invitation("7").await.unwrap_err(),
        Fake.create_from_invitation("7", &user).await.unwrap_err(),
        Fake.forgotten_password("a").await.unwrap_err(),
        Fake.request_code("a").await.unwrap_err(),
        Fake.reset_password(&kestra_auth::ResetPasswordRequest::new()).await.unwrap_err(),
    ] {
        assert!(error.is_unimplemented(), "{error:?}");
        assert!(error.to_string().starts_with("AuthApi::"), "{error}");
    }
}

#[tokio::test]
async fn errors_of_fakes() {
    struct Failing;
    impl AuthApi for Failing {
        async fn accept_invitation(&self, invitation_id: &str) -> Result<Value, Error> {
            Err(match invitation_id {
                "timeout" => Error::timeout(),
                "connect" => Error::connect(),
                _ => Error::from_status(StatusCode::CONFLICT).with_body(r#"{"message":"exists"}"#),
            })
        }
    }
    assert!(Failing.accept_invitation("timeout").await.unwrap_err().is_timeout());
    assert!(Failing.accept_invitation("connect").await.unwrap_err().is_connect());
    let error = Failing.accept_invitation("").await.unwrap_err();
    assert!(error.is_status() && error.message().as_deref() == Some("exists"));
}

#[tokio::test]
async fn generic_over_the_client() {
    let (_, client) = crate::support::memory_client("http://localhost", r#"{"loginPassword":true}"#);
    assert!(has_password(&kestra_auth::AuthApiClient::new(client)).await.unwrap());
}

#[tokio::test]
async fn calls_can_be_spawned() {
    fn spawned<A: AuthApi + 'static>(auth: A) -> tokio::task::JoinHandle<Result<AuthMethods, Error>> {
        tokio::spawn(async move { auth.index().await })
    }
    assert!(spawned(Fake).await.unwrap().is_ok());
    let (_, client) = crate::support::memory_client("http://localhost", "{}");
    assert!(spawned(kestra_auth::AuthApiClient::new(client)).await.unwrap().is_ok());
}

#[tokio::test]
async fn arguments_need_not_be_send() {
    fn is_send<T: Send>(future: T) -> T {
        future
    }
    let (seen, client) = server(200, None, b"");
    let call = {
        let body = [Shared("b".into())];
        let query = Shared("q".into());
        is_send(client.rc(Shared("i".into()), &query, &body)).await
    };
    call.unwrap();
    let request = seen.only();
    assert_eq!(request.uri(), "http://localhost/rc/i?q=q");
    assert_eq!(request.body(), "[\"b\"]");
}

#[tokio::test]
async fn nothing_is_sent_before_the_first_poll() {
    let (seen, client) = server(200, None, b"{\"x\":1}");
    let call = client.alias();
    tokio::task::yield_now().await;
    assert_eq!(seen.count(), 0);
    drop(call);
    tokio::task::yield_now().await;
    assert_eq!(seen.count(), 0);
    client.alias().await.unwrap();
    assert_eq!(seen.count(), 1);
}

#[tokio::test]
async fn a_unit_does_not_mind_how_the_body_ends() {
    for body in ["content-length: 9\r\n\r\nhalf", "transfer-encoding: chunked\r\n\r\n9\r\nhalf"] {
        let server = Server::always(format!("HTTP/1.1 201 Created\r\n{body}").into_bytes()).await;
        ResultsClient::new(server.client()).unit_alias().await.unwrap();
        assert_eq!(ResultsClient::new(server.client()).unit_response().await.unwrap().status(), StatusCode::CREATED);
    }
}

#[tokio::test]
async fn an_answer_to_head_has_a_length_and_no_body() {
    let server = Server::always(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\nx-a: 1\r\n\r\n".to_vec()).await;
    let response = ResultsClient::new(server.client()).head().await.unwrap();
    assert_eq!(
        (&response.headers()["content-length"], &response.headers()["x-a"]),
        (&HeaderValue::from_static("1000000"), &HeaderValue::from_static("1"))
    );
}

#[tokio::test]
async fn nothing_has_no_media_type() {
    for status in [200, 204, 205] {
        let (_, client) = server(status, Some("text/html"), b"");
        assert_eq!(client.option().await.unwrap(), None);
        assert!(client.alias().await.unwrap_err().is_decode(), "`null` is no `Point`");
    }
}

#[tokio::test]
async fn a_unit_does_not_wait_for_a_body_that_stalls() {
    let stalled = b"HTTP/1.1 201 Created\r\ncontent-length: 9\r\n\r\nhalf".to_vec();
    let server = Server::start(move |_| Reply::Hang(stalled.clone())).await;
    let client = Client::builder(&server.base).timeout(Duration::from_secs(1)).build().unwrap();
    // The server has acted, and said so.
    ResultsClient::new(client).unit_alias().await.unwrap();
}
