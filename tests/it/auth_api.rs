//! Kestra's six endpoints against a server: the requests, and what each kind of response becomes.

use std::convert::Infallible;
use std::future;
use std::time::Duration;

use http::StatusCode;
use kestra_auth::{AuthApi, AuthApiClient, Body, ClientBuilder, Error, InvitationUserRequest, ResetPasswordRequest};
use mockito::{Matcher, Mock, Server, ServerGuard};
use serde_json::{Value, json};
use tokio::time::Instant;
use tower::service_fn;

use crate::support::client_builder;

const JSON: &str = "application/json";

fn client(server: &ServerGuard) -> AuthApiClient {
    with(server, |builder| builder)
}

fn with(server: &ServerGuard, configure: impl FnOnce(ClientBuilder) -> ClientBuilder) -> AuthApiClient {
    AuthApiClient::new(configure(client_builder(&server.url())).build().unwrap())
}

fn user() -> InvitationUserRequest {
    InvitationUserRequest::new("Zoë", "O'Hara \"Z\"", "pa ss\\w\u{f6}rd+&=")
}

/// The request of each endpoint: the method, the path with the query, the body.
fn requests() -> [(&'static str, &'static str, Option<Value>); 6] {
    [
        ("GET", "/api/v1/auths", None),
        ("POST", "/api/v1/invitation/accept/in%2Fvi%20te", None),
        (
            "POST",
            "/api/v1/invitation/create/in%2Fvi%20te",
            Some(json!({"firstName": "Zoë", "lastName": "O'Hara \"Z\"", "password": "pa ss\\w\u{f6}rd+&="})),
        ),
        ("GET", "/api/v1/forgotten-password?username=ada%2Bx%40example.com", None),
        ("GET", "/api/v1/request-code/ada%2Bx%40example.com", None),
        ("POST", "/api/v1/reset-password", Some(json!({"token": "t0/k+en", "password": "n\u{e9}w"}))),
    ]
}

/// Calls the endpoint at this index of [`requests`].
async fn call(auth: &AuthApiClient, index: usize) -> Result<Value, Error> {
    let email = "ada+x@example.com";
    match index {
        0 => auth.index().await.map(|methods| serde_json::to_value(methods).unwrap()),
        1 => auth.accept_invitation("in/vi te").await,
        2 => auth.create_from_invitation("in/vi te", &user()).await,
        3 => auth.forgotten_password(email).await,
        4 => auth.request_code(email).await,
        _ => auth.reset_password(&ResetPasswordRequest::new().token("t0/k+en").password("n\u{e9}w")).await,
    }
}

fn mock(server: &mut ServerGuard, index: usize) -> Mock {
    let (method, target, body) = requests()[index].clone();
    let mock = server.mock(method, target).match_header("accept", JSON);
    match body {
        Some(body) => mock.match_header("content-type", JSON).match_body(Matcher::Json(body)),
        None => mock.match_header("content-type", Matcher::Missing).match_body(""),
    }
}

#[tokio::test]
async fn sends_the_documented_requests() {
    for index in 0..6 {
        let mut server = Server::new_async().await;
        let mock = mock(&mut server, index)
            .match_header("authorization", Matcher::Missing)
            .match_header("cookie", Matcher::Missing)
            .with_body("{}")
            .create_async()
            .await;
        call(&client(&server), index).await.unwrap();
        mock.assert_async().await;
    }
}

#[tokio::test]
async fn sends_the_credential_with_every_request() {
    for index in 0..6 {
        for (value, configure) in [
            ("Bearer t0ken", (|builder| builder.bearer_token("t0ken")) as fn(ClientBuilder) -> ClientBuilder),
            ("Basic YWRhOnBhc3M6d29yZA==", |builder| builder.basic_auth("ada", "pass:word")),
        ] {
            let mut server = Server::new_async().await;
            let mock =
                mock(&mut server, index).match_header("authorization", value).with_body("{}").create_async().await;
            call(&with(&server, configure), index).await.unwrap();
            mock.assert_async().await;
        }
    }
}

#[tokio::test]
async fn uses_the_user_info_of_the_base_url_as_the_credential() {
    let mut server = Server::new_async().await;
    let mock = mock(&mut server, 0)
        .match_header("authorization", "Basic YWRhOnBhc3M6d29yZA==")
        .with_body("{}")
        .create_async()
        .await;
    let base = server.url().replace("http://", "http://ada:pass%3Aword@");
    AuthApiClient::new(client_builder(&base).build().unwrap()).index().await.unwrap();
    mock.assert_async().await;
}

#[tokio::test]
async fn omits_absent_fields_from_bodies() {
    for (request, body) in [
        (ResetPasswordRequest::new(), "{}"),
        (ResetPasswordRequest::new().token("t"), r#"{"token":"t"}"#),
        (ResetPasswordRequest::new().password("p"), r#"{"password":"p"}"#),
        (ResetPasswordRequest::new().token("").password("\"\\\n"), r#"{"token":"","password":"\"\\\n"}"#),
    ] {
        let mut server = Server::new_async().await;
        let mock = server.mock("POST", "/api/v1/reset-password").match_body(body).create_async().await;
        assert_eq!(client(&server).reset_password(&request).await.unwrap(), Value::Null);
        mock.assert_async().await;
    }
    let mut server = Server::new_async().await;
    let body = r#"{"firstName":"A","lastName":"B","password":"c"}"#;
    let mock = server.mock("POST", "/api/v1/invitation/create/7").match_body(body).create_async().await;
    client(&server).create_from_invitation("7", &InvitationUserRequest::new("A", "B", "c")).await.unwrap();
    mock.assert_async().await;
}

#[tokio::test]
async fn returns_whatever_json_the_server_sends() {
    for (body, expected) in [
        (r#"{"id": 7, "tags": [null]}"#, json!({"id": 7, "tags": [null]})),
        ("null", Value::Null),
        ("", Value::Null),
        (" \n", Value::Null),
        ("[1]", json!([1])),
        (r#""text""#, json!("text")),
    ] {
        for index in 1..6 {
            for status in [200, 201, 202, 299] {
                let mut server = Server::new_async().await;
                let _mock = mock(&mut server, index).with_status(status).with_body(body).create_async().await;
                assert_eq!(call(&client(&server), index).await.unwrap(), expected, "{index} {status} {body}");
            }
        }
    }
}

#[tokio::test]
async fn reads_no_content_as_null() {
    let mut server = Server::new_async().await;
    let _mock = mock(&mut server, 5).with_status(204).create_async().await;
    assert_eq!(call(&client(&server), 5).await.unwrap(), Value::Null);
}

#[tokio::test]
async fn reads_authentication_methods_and_keeps_unknown_fields() {
    let mut server = Server::new_async().await;
    let body = r#"{"loginPassword":true,"mailsEnabled":false,"passwordless":null,"oauths":["google","okta"],
        "saml":{"on":true},"x":null}"#;
    let _mock = mock(&mut server, 0).with_header("content-type", JSON).with_body(body).create_async().await;
    let methods = client(&server).index().await.unwrap();
    assert_eq!(methods.login_password, Some(true));
    assert_eq!(methods.mails_enabled, Some(false));
    assert_eq!(methods.passwordless, None);
    assert_eq!(methods.oauths.as_deref(), Some(&["google".to_owned(), "okta".to_owned()][..]));
    assert_eq!(Value::Object(methods.other), json!({"saml": {"on": true}, "x": null}));
}

#[tokio::test]
async fn returns_error_statuses_with_their_response() {
    let body = r#"{"message":"No such invitation","logref":"7","_embedded":{"errors":[{"message":"It has expired"}]}}"#;
    for status in [400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504] {
        for index in 0..6 {
            let mut server = Server::new_async().await;
            let _mock = mock(&mut server, index)
                .with_status(status.into())
                .with_header("content-type", JSON)
                .with_header("x-trace", "abc")
                .with_body(body)
                .create_async()
                .await;
            let error = call(&client(&server), index).await.unwrap_err();
            assert!(error.is_status(), "{error:?}");
            assert_eq!(error.status(), Some(StatusCode::from_u16(status).unwrap()));
            assert_eq!(error.body(), body);
            assert_eq!(error.message().as_deref(), Some("It has expired"));
            assert_eq!(error.json::<Value>().unwrap()["logref"], "7");
            assert_eq!(error.headers()["x-trace"], "abc");
            let endpoint = error.endpoint().unwrap();
            let method = requests()[index].0;
            assert_eq!((endpoint.api(), endpoint.method()), ("AuthApi", method));
            assert_eq!(error.retry_after(), None);
        }
    }
}

#[tokio::test]
async fn finds_the_message_of_an_error_response() {
    for (media, body, message) in [
        (JSON, r#"{"message":"a","_links":{}}"#, Some("a")),
        ("application/problem+json", r#"{"title":"t","detail":"d"}"#, Some("d")),
        ("text/plain", "plain", Some("plain")),
        ("text/html", "<html>", None),
        (JSON, "", None),
        (JSON, r#"{"message":7}"#, None),
    ] {
        let mut server = Server::new_async().await;
        let mock = mock(&mut server, 1).with_status(400).with_header("content-type", media).with_body(body);
        let _mock = mock.create_async().await;
        let error = call(&client(&server), 1).await.unwrap_err();
        assert_eq!(error.message().as_deref(), message, "{media} {body}");
        assert_eq!(error.json::<[u8; 3]>().unwrap_err().status(), Some(StatusCode::BAD_REQUEST));
    }
}

#[tokio::test]
async fn rejects_responses_of_another_shape() {
    for (body, says) in [
        ("{", "the response body ends in the middle of the JSON"),
        ("{}x", "the response body is not valid JSON"),
        ("<html>", "the response body is not valid JSON"),
        ("[]", "found an array"),
        (r#"{"loginPassword":"yes"}"#, ": expected a boolean, found a string"),
        // The README shows this message.
        (
            r#"{"oauths":["a",7]}"#,
            "invalid response body at `oauths[1]`: expected a string, found an integer (line 1, column 16)",
        ),
        ("null", "found null"),
        ("", "the response body is empty (200 OK)"),
    ] {
        let mut server = Server::new_async().await;
        let _mock = mock(&mut server, 0).with_header("x-trace", "abc").with_body(body).create_async().await;
        let error = client(&server).index().await.unwrap_err();
        assert!(error.is_decode(), "{body}: {error:?}");
        assert!(error.to_string().contains(says), "{body}: {error}");
        assert!(error.to_string().starts_with("AuthApi::index (GET /api/v1/auths): "), "{error}");
        assert_eq!((error.status(), &**error.body()), (Some(StatusCode::OK), body.as_bytes()));
        assert_eq!(error.headers()["x-trace"], "abc");
    }
}

#[tokio::test]
async fn names_the_media_type_of_what_is_not_json() {
    for index in 0..6 {
        let mut server = Server::new_async().await;
        let mock = mock(&mut server, index).with_header("content-type", "text/html; charset=utf-8");
        let _mock = mock.with_body("<html>").create_async().await;
        let error = call(&client(&server), index).await.unwrap_err();
        assert!(error.is_decode() && error.to_string().contains("`text/html`"), "{error}");
        assert_eq!(error.status(), Some(StatusCode::OK));
        assert_eq!(error.body(), "<html>");
    }
}

#[tokio::test]
async fn reports_a_refused_connection() {
    let port = {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.local_addr().unwrap().port()
    };
    let auth = AuthApiClient::new(client_builder(&format!("http://127.0.0.1:{port}")).build().unwrap());
    for index in 0..6 {
        let error = call(&auth, index).await.unwrap_err();
        assert!(error.is_connect(), "{error:?}");
        assert_eq!(error.status(), None);
        assert!(error.headers().is_empty() && error.body().is_empty());
        assert_eq!(error.endpoint().unwrap().api(), "AuthApi");
    }
}

#[tokio::test(start_paused = true)]
async fn reports_a_timeout() {
    let hanging = service_fn(|_: http::Request<Body>| future::pending::<Result<http::Response<Body>, Infallible>>());
    let client = client_builder("http://localhost").timeout(Duration::from_secs(30)).transport(hanging);
    let auth = AuthApiClient::new(client.build().unwrap());
    for index in 0..6 {
        let start = Instant::now();
        let error = call(&auth, index).await.unwrap_err();
        assert!(error.is_timeout() && error.endpoint().is_some(), "{error:?}");
        assert_eq!(start.elapsed(), Duration::from_secs(30));
    }
}

#[tokio::test]
async fn reads_retry_after() {
    for (value, expected) in [
        ("120", Some(Duration::from_secs(120))),
        ("0", Some(Duration::ZERO)),
        ("Wed, 21 Oct 2015 07:28:00 GMT", Some(Duration::ZERO)),
        ("soon", None),
        ("-1", None),
    ] {
        let mut server = Server::new_async().await;
        let _mock = mock(&mut server, 3).with_status(429).with_header("retry-after", value).create_async().await;
        let error = call(&client(&server), 3).await.unwrap_err();
        assert_eq!(error.retry_after(), expected, "{value}");
    }
    let mut server = Server::new_async().await;
    let mock = mock(&mut server, 3).with_status(503).with_header("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT");
    let _mock = mock.create_async().await;
    let a_year = Duration::from_secs(365 * 24 * 60 * 60);
    assert!(call(&client(&server), 3).await.unwrap_err().retry_after().unwrap() > a_year);
}

#[tokio::test]
async fn rejects_ids_that_would_change_the_path() {
    let (seen, client) = crate::support::memory_client("http://localhost", "{}");
    let auth = AuthApiClient::new(client);
    for id in ["", ".", ".."] {
        for error in [
            auth.accept_invitation(id).await.unwrap_err(),
            auth.create_from_invitation(id, &user()).await.unwrap_err(),
            auth.request_code(id).await.unwrap_err(),
        ] {
            assert!(error.is_build() && error.to_string().contains("path parameter"), "{error}");
        }
    }
    assert_eq!(seen.count(), 0);
}

#[tokio::test]
async fn keeps_the_path_of_the_base_url() {
    for slash in ["", "/"] {
        let mut server = Server::new_async().await;
        let mock = server.mock("GET", "/kestra/api/v1/auths").with_body("{}").create_async().await;
        let base = format!("{}/kestra{slash}", server.url());
        AuthApiClient::new(client_builder(&base).build().unwrap()).index().await.unwrap();
        mock.assert_async().await;
    }
}
