//! Access tokens of OAuth 2.0.

use std::error::Error as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::join_all;
use http::StatusCode;
use http::header::{AUTHORIZATION, USER_AGENT};
use kestra_auth::secrecy::ExposeSecret;
use kestra_auth::{Body, Client, ClientBuilder, ClientCredentials, Error, RefreshToken, Text, api};

use crate::support::{Reply, Seen, Server, client_builder, in_memory, json_response, printed, raw_response};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<Text, Error>;

    #[get("/flows/{id}")]
    async fn read(&self, id: &str) -> Result<Text, Error>;
}

const TOKEN_URL: &str = "https://login.example/oauth/token?tenant=a%20b";

fn client_credentials() -> ClientCredentials {
    ClientCredentials::new(TOKEN_URL, "MARK-id", "MARK-secret")
}

fn refresh_token() -> RefreshToken {
    RefreshToken::new(TOKEN_URL, "MARK-id", "MARK-refresh")
}

/// A client of an API, whose transport also reaches a token endpoint with these responses.
fn client(
    configure: impl FnOnce(ClientBuilder) -> ClientBuilder,
    token_endpoint: impl Fn(usize) -> http::Response<Body> + Send + Sync + 'static,
) -> (Seen, FlowsClient) {
    let shared = Arc::new((Mutex::new(0), token_endpoint));
    let (seen, service) = in_memory(move |request| {
        if request.uri().host() == Some("api.example") {
            return http::Response::new(Body::from("ok"));
        }
        let (number, token_endpoint) = &*shared;
        let mut number = number.lock().unwrap();
        *number += 1;
        token_endpoint(*number)
    });
    let builder = configure(client_builder("https://api.example/v1").transport(service));
    (seen, FlowsClient::new(builder.build().unwrap()))
}

fn json(status: u16, body: impl Into<Body>) -> http::Response<Body> {
    http::Response::builder().status(status).header("content-type", "application/json").body(body.into()).unwrap()
}

fn token(number: usize) -> http::Response<Body> {
    json(200, format!(r#"{{"access_token":"t{number}","token_type":"Bearer","expires_in":3600,"scope":"flows"}}"#))
}

/// The requests that reached the token endpoint, and those that reached the API.
fn requests(seen: &Seen) -> (Vec<http::Request<Bytes>>, Vec<http::Request<Bytes>>) {
    seen.all().into_iter().partition(|request| request.uri().host() == Some("login.example"))
}

fn body(request: &http::Request<Bytes>) -> &str {
    std::str::from_utf8(request.body()).unwrap()
}

#[tokio::test]
async fn requests_a_token_with_client_credentials() {
    let source = ClientCredentials::new(TOKEN_URL, "my id:%", "s+c/é").scope("flows").scope("logs read");
    let configure = |builder: ClientBuilder| {
        let builder = builder.header("X-Tenant", "MARK").header("Cookie", "MARK").user_agent("app/1");
        builder.credential_source(source.parameter("audience", "https://api.example"))
    };
    let (seen, flows) = client(configure, token);
    flows.list().await.unwrap();
    flows.list().await.unwrap();
    let (tokens, calls) = requests(&seen);
    assert_eq!((tokens.len(), calls.len()), (1, 2));
    let request = &tokens[0];
    assert_eq!((request.method().as_str(), request.uri().to_string().as_str()), ("POST", TOKEN_URL));
    assert_eq!(body(request), "grant_type=client_credentials&scope=flows+logs+read&audience=https%3A%2F%2Fapi.example");
    let headers = request.headers();
    // `my+id%3A%25:s%2Bc%2F%C3%A9`
    assert_eq!(headers[AUTHORIZATION], "Basic bXkraWQlM0ElMjU6cyUyQmMlMkYlQzMlQTk=");
    assert!(headers[AUTHORIZATION].is_sensitive());
    assert_eq!(
        (&headers["content-type"], &headers["accept"]),
        (&"application/x-www-form-urlencoded".parse().unwrap(), &"application/json".parse().unwrap())
    );
    assert!(headers[USER_AGENT].to_str().unwrap().starts_with("app/1"));
    assert!(!headers.values().any(|value| value == "MARK"), "{headers:?}");
    for call in &calls {
        assert_eq!(call.headers()[AUTHORIZATION], "Bearer t1");
        assert!(call.headers()[AUTHORIZATION].is_sensitive());
        assert_eq!(call.headers()["x-tenant"], "MARK");
    }
}

#[tokio::test]
async fn sends_the_credentials_in_the_body_if_asked_to() {
    let source = ClientCredentials::new(TOKEN_URL, "id", "s c").credentials_in_body();
    let (seen, flows) = client(|builder| builder.credential_source(source), token);
    flows.list().await.unwrap();
    let (tokens, _) = requests(&seen);
    assert_eq!(body(&tokens[0]), "grant_type=client_credentials&client_id=id&client_secret=s+c");
    assert!(!tokens[0].headers().contains_key(AUTHORIZATION));
}

#[tokio::test(start_paused = true)]
async fn concurrent_calls_on_an_expired_token_request_one() {
    let (seen, flows) = client(|builder| builder.credential_source(client_credentials()), token);
    for number in 1..4 {
        for result in join_all((0..100).map(|_| flows.list())).await {
            result.unwrap();
        }
        let (tokens, calls) = requests(&seen);
        assert_eq!((tokens.len(), calls.len()), (number, number * 100));
        assert_eq!(calls.last().unwrap().headers()[AUTHORIZATION], format!("Bearer t{number}"));
        tokio::time::advance(Duration::from_secs(3600)).await;
    }
}

#[tokio::test]
async fn works_over_real_connections() {
    let server = Server::start(|request| {
        Reply::Bytes(match (request.target(), request.header("authorization")) {
            ("/token", Some("Basic aWQ6cw==")) => json_response(r#"{"access_token":"t1","token_type":"bearer"}"#),
            ("/flows", Some("Bearer t1")) => json_response("[]"),
            _ => raw_response("400 Bad Request", &[], b""),
        })
    })
    .await;
    let source = ClientCredentials::new(format!("{}/token", server.base), "id", "s");
    let flows = FlowsClient::new(client_builder(&server.base).credential_source(source).build().unwrap());
    for result in join_all((0..20).map(|_| flows.list())).await {
        result.unwrap();
    }
    assert_eq!(server.seen().iter().filter(|request| request.target() == "/token").count(), 1);
}

#[tokio::test]
async fn each_call_keeps_its_operation_when_the_token_endpoint_fails() {
    let endpoint = |number| if number <= 2 { json(503, "MARK") } else { token(number) };
    let (seen, flows) = client(|builder| builder.credential_source(client_credentials()), endpoint);
    let (list, read) = tokio::join!(flows.list(), flows.read("MARK"));
    for (result, operation) in [(list, "Flows::list (GET /flows)"), (read, "Flows::read (GET /flows/{id})")] {
        let error = result.unwrap_err();
        assert_eq!(error.to_string(), format!("{operation}: the credential source failed"));
        assert!(error.is_credential() && error.status().is_none());
        let cause = error.source().unwrap().downcast_ref::<Error>().unwrap();
        assert_eq!(cause.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
        assert!(cause.to_string().starts_with("TokenApi::client_credentials (POST"), "{cause}");
        assert!(!printed(&error).contains("MARK"));
    }
    assert_eq!(seen.count(), 2);
    flows.list().await.unwrap();
    assert_eq!(seen.count(), 4);
}

#[tokio::test]
async fn says_what_an_error_response_means() {
    for (status, response, expected) in [
        (
            401,
            r#"{"error":"invalid_client","error_description":"MARK"}"#,
            "401 Unauthorized and the error `invalid_client`: the client id",
        ),
        (400, r#"{"error":"invalid_grant","error_uri":"MARK"}"#, "400 Bad Request and the error `invalid_grant`"),
        (400, r#"{"error":"invalid_scope"}"#, "`invalid_scope`: the scope is unknown"),
        (400, r#"{"error":"MARK"}"#, "the server responded with 400 Bad Request"),
        (400, "MARK", "the server responded with 400 Bad Request"),
        (200, r#"{"error":"unauthorized_client"}"#, "`unauthorized_client`: the client may not"),
        (200, r#"{"error":"MARK"}"#, "an error instead of a token"),
        (200, r#"{"token":"MARK"}"#, "has no `access_token`"),
        (200, r#"{"access_token":"MARK","token_type":"MARK"}"#, "expected the type `Bearer`"),
        (200, r#"{"access_token":["MARK"]}"#, "invalid response body at `access_token`"),
        (200, "<html>MARK", "the response body is not valid JSON"),
        (302, "MARK", "302 Found"),
    ] {
        let endpoint = move |_| json(status, response);
        let (_, flows) = client(|builder| builder.credential_source(client_credentials()), endpoint);
        let error = flows.list().await.unwrap_err();
        let cause = error.source().unwrap().downcast_ref::<Error>().unwrap();
        assert!(cause.to_string().contains(expected), "{cause}");
        assert!(cause.to_string().starts_with("TokenApi::client_credentials"), "{cause}");
        assert_eq!(cause.status().unwrap().as_u16(), status, "{cause}");
        assert!(!printed(&error).contains("MARK"), "{}", printed(&error));
        if status == 401 {
            assert_eq!(cause.message().as_deref(), Some("MARK"), "what the server sent is accessible");
        }
    }
}

#[tokio::test]
async fn exchanges_refresh_tokens_and_stores_new_ones() {
    let stored = Arc::new(Mutex::new(Vec::new()));
    let store = Arc::clone(&stored);
    let source = refresh_token().scope("flows").on_rotation(move |token| {
        let store = Arc::clone(&store);
        async move {
            tokio::task::yield_now().await;
            store.lock().unwrap().push(token.expose_secret().to_owned());
        }
    });
    // The second response keeps the refresh token, and the third repeats it.
    let endpoint = |number| {
        let refresh = [r#", "refresh_token": "r2""#, "", r#", "refresh_token": "r2""#][number - 1];
        json(200, format!(r#"{{"access_token": "t{number}", "expires_in": 0 {refresh}}}"#))
    };
    let (seen, flows) = client(|builder| builder.credential_source(source), endpoint);
    for _ in 0..3 {
        flows.list().await.unwrap();
    }
    let (tokens, calls) = requests(&seen);
    let bodies: Vec<_> = tokens.iter().map(body).collect();
    assert_eq!(
        bodies,
        [
            "grant_type=refresh_token&refresh_token=MARK-refresh&scope=flows&client_id=MARK-id",
            "grant_type=refresh_token&refresh_token=r2&scope=flows&client_id=MARK-id",
            "grant_type=refresh_token&refresh_token=r2&scope=flows&client_id=MARK-id",
        ]
    );
    assert!(tokens.iter().all(|request| !request.headers().contains_key(AUTHORIZATION)), "the client is public");
    assert_eq!(calls[2].headers()[AUTHORIZATION], "Bearer t3");
    assert_eq!(*stored.lock().unwrap(), ["r2"]);
}

#[tokio::test]
async fn a_confidential_client_authenticates_when_it_refreshes() {
    let source = refresh_token().client_secret("s").parameter("resource", "https://api.example");
    let (seen, flows) = client(|builder| builder.credential_source(source), token);
    flows.list().await.unwrap();
    let (tokens, _) = requests(&seen);
    assert_eq!(tokens[0].headers()[AUTHORIZATION], "Basic TUFSSy1pZDpz");
    assert_eq!(
        body(&tokens[0]),
        "grant_type=refresh_token&refresh_token=MARK-refresh&resource=https%3A%2F%2Fapi.example"
    );
    let source = refresh_token().client_secret("s").credentials_in_body();
    let (seen, flows) = client(|builder| builder.credential_source(source), token);
    flows.list().await.unwrap();
    assert!(body(&requests(&seen).0[0]).ends_with("&client_id=MARK-id&client_secret=s"));
}

#[tokio::test]
async fn clients_that_share_a_refresh_token_use_each_one_once() {
    let source = Arc::new(refresh_token());
    let endpoint = |number| json(200, format!(r#"{{"access_token": "t", "refresh_token": "r{number}"}}"#));
    let (seen, first) = client(|builder| builder.credential_source(Arc::clone(&source)), endpoint);
    let client: &Client = first.as_ref();
    let other = FlowsClient::new(client.with_credential_source(source).unwrap());
    tokio::try_join!(first.list(), other.list()).unwrap();
    let (tokens, _) = requests(&seen);
    assert!(body(&tokens[0]).contains("=MARK-refresh&") && body(&tokens[1]).contains("=r1&"));
}

#[tokio::test]
async fn a_token_endpoint_over_plain_http_needs_permission() {
    const PLAIN: &str = "http://login.example/token";
    let api = || client_builder("https://api.example");
    for builder in [
        api().credential_source(ClientCredentials::new(PLAIN, "MARK-id", "MARK-secret")),
        api().credential_source(ClientCredentials::new(PLAIN, "MARK-id", "MARK-secret").credentials_in_body()),
        api().credential_source(RefreshToken::new(PLAIN, "MARK-id", "MARK-refresh")),
        api().credential_source(Arc::new(RefreshToken::new(PLAIN, "MARK-id", "MARK-refresh"))),
    ] {
        let error = builder.build().unwrap_err();
        assert!(error.is_build() && error.to_string().contains("allow_plain_http"), "{error}");
        assert!(!printed(&error).contains("MARK"));
    }
    let source = ClientCredentials::new(PLAIN, "id", "s");
    let (seen, flows) = client(|builder| builder.credential_source(source).allow_plain_http(), token);
    flows.list().await.unwrap();
    assert_eq!(seen.count(), 2);
}

#[test]
fn an_invalid_token_url_is_reported_when_the_client_is_built() {
    for url in ["", "/MARK", "MARK", "ftp://MARK", "localhost:8080/MARK"] {
        let source = || ClientCredentials::new(url, "id", "s");
        let error = client_builder("https://api.example").credential_source(source()).build().unwrap_err();
        assert!(error.is_build() && error.to_string().contains("invalid token URL"), "{}", printed(&error));
        assert!(!printed(&error).contains("MARK"));
        let client = client_builder("https://api.example").build().unwrap();
        assert!(client.with_credential_source(Box::new(source())).unwrap_err().is_build());
    }
}

#[tokio::test]
async fn token_requests_do_not_pass_the_layers_of_the_call() {
    let seen_by_layer = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen_by_layer);
    let configure = |builder: ClientBuilder| {
        builder.credential_source(client_credentials()).layer(tower::util::MapRequestLayer::new(
            move |request: http::Request<Body>| {
                log.lock().unwrap().push(request.uri().path().to_owned());
                request
            },
        ))
    };
    let (seen, flows) = client(configure, token);
    flows.list().await.unwrap();
    assert_eq!((seen_by_layer.lock().unwrap().clone(), seen.count()), (vec!["/v1/flows".to_owned()], 2));
}

#[tokio::test]
async fn another_client_can_request_the_tokens() {
    let (tokens, service) = in_memory(|_| token(1));
    let other = client_builder("https://login.example/unused").transport(service).bearer_token("MARK").build().unwrap();
    let (seen, flows) =
        client(|builder| builder.credential_source(client_credentials().client(other)), |_| json(500, ""));
    flows.list().await.unwrap();
    assert_eq!(seen.only().headers()[AUTHORIZATION], "Bearer t1");
    let request = tokens.only();
    assert_eq!(request.uri().path(), "/oauth/token");
    assert!(request.headers()[AUTHORIZATION].to_str().unwrap().starts_with("Basic "));
}

#[tokio::test]
async fn a_rejected_token_is_replaced() {
    let (seen, service) = in_memory(|request| {
        let is_known = request.headers()[AUTHORIZATION] == "Bearer t2";
        match request.uri().host() {
            Some("api.example") if is_known => json(200, "ok"),
            Some("api.example") => json(401, ""),
            // The server knows what it has issued by the scope.
            _ if body(request).contains("scope") => json(200, r#"{"access_token": "t2"}"#),
            _ => json(200, r#"{"access_token": "t1"}"#),
        }
    });
    let builder = client_builder("https://api.example").transport(service);
    let flows = FlowsClient::new(builder.credential_source(client_credentials()).build().unwrap());
    let error = flows.list().await.unwrap_err();
    assert_eq!((error.status(), error.attempts(), seen.count()), (Some(StatusCode::UNAUTHORIZED), 1, 3));
}

#[test]
fn debug_output_shows_nothing() {
    let sources = format!(
        "{:?} {:#?}",
        client_credentials().scope("MARK").parameter("MARK", "MARK"),
        refresh_token().client_secret("MARK")
    );
    assert!(!sources.contains("MARK") && !sources.contains("login.example"), "{sources}");
}

#[tokio::test]
async fn a_token_request_is_not_redirected_to_where_calls_may_be() {
    for location in ["https://other.example/", "https://api.example/"] {
        let configure = |builder: ClientBuilder| {
            builder.credential_source(refresh_token()).allow_redirects_to("https://other.example")
        };
        let redirect = move |_| http::Response::builder().status(307).header("location", location);
        let (seen, flows) = client(configure, move |number| redirect(number).body(Body::empty()).unwrap());
        let error = flows.list().await.unwrap_err();
        let cause = error.source().unwrap().downcast_ref::<Error>().unwrap();
        assert!(error.is_credential() && cause.is_redirect(), "{cause:?}");
        assert_eq!(seen.count(), 1, "{location}");
        assert!(!printed(&error).contains("MARK"), "{}", printed(&error));
    }
}
