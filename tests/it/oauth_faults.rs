//! Token endpoints that fail, over real connections and together with retries, layers and streams.

use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use http::header::AUTHORIZATION;
use kestra_auth::{
    Body, CallOptions, ClientBuilder, ClientCredentials, Credential, CredentialFuture, CredentialRequest,
    CredentialSource, Error, ErrorKind, Event, EventStream, RefreshToken, Retry, Text, api, block_on,
};
use tower::limit::ConcurrencyLimitLayer;

use crate::support::{Reply, Request, Seen, Server, client_builder, in_memory, json_response, printed, raw_response};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<Text, Error>;

    #[post("/flows")]
    async fn create(&self, #[body("text/plain")] body: &str) -> Result<Text, Error>;

    #[get("/events")]
    async fn events(&self, #[options] options: CallOptions) -> Result<EventStream<Event>, Error>;
}

const TOKEN: &str = r#"{"access_token": "t1", "token_type": "Bearer", "expires_in": 3600}"#;

fn source(url: &str) -> ClientCredentials {
    ClientCredentials::new(url, "MARK-id", "MARK-secret").scope("MARK-scope")
}

/// A token endpoint that fails once.
async fn failing_once(fault: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Server {
    let has_failed = AtomicBool::new(false);
    Server::start(move |request| {
        if has_failed.swap(true, Ordering::Relaxed) { Reply::Bytes(json_response(TOKEN)) } else { fault(request) }
    })
    .await
}

/// Makes a call that fails, and one that works. Returns kind and status of the token endpoint's error.
async fn fail_once(tokens: &Server) -> (ErrorKind, Option<u16>) {
    let api = Server::always(json_response("[]")).await;
    let builder = client_builder(&api.base).read_timeout(Duration::from_secs(2)).limit(1 << 16);
    let builder = builder.credential_source(source(&format!("{}/token", tokens.base)));
    let flows = FlowsClient::new(builder.build().unwrap());
    let error = flows.list().await.unwrap_err();
    assert!(error.is_credential() && error.endpoint().unwrap().operation() == "list", "{error:?}");
    assert!(!printed(&error).contains("MARK"), "{}", printed(&error));
    flows.list().await.unwrap();
    assert_eq!(api.only().header("authorization"), Some("Bearer t1"));
    let cause = error.source().unwrap().downcast_ref::<Error>().unwrap();
    (cause.kind(), cause.status().map(|status| status.as_u16()))
}

#[tokio::test]
async fn each_fault_has_its_error_and_the_next_call_works() {
    for (fault, kind, status) in [
        (Reply::Bytes(Vec::new()), ErrorKind::Connect, None),
        (Reply::Bytes(b"MARK is not HTTP\r\n\r\n".to_vec()), ErrorKind::Protocol, None),
        (Reply::Hang(Vec::new()), ErrorKind::Timeout, None),
        (Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"MARK\"".to_vec()), ErrorKind::Body, Some(200)),
        (Reply::Bytes(json_response(&"MARK".repeat(1 << 15))), ErrorKind::Body, Some(200)),
        (Reply::Bytes(json_response(r#"{"access_token": "MARK\u0000"}"#)), ErrorKind::Decode, Some(200)),
        (Reply::Bytes(json_response("")), ErrorKind::Decode, Some(200)),
        (Reply::Bytes(raw_response("503 Busy", &[("retry-after", "7")], b"MARK")), ErrorKind::Status, Some(503)),
        (Reply::Bytes(raw_response("302 Found", &[("location", "/MARK")], b"")), ErrorKind::Redirect, Some(302)),
    ] {
        let fault = std::sync::Mutex::new(Some(fault));
        let tokens = failing_once(move |_| fault.lock().unwrap().take().unwrap()).await;
        assert_eq!(fail_once(&tokens).await, (kind, status));
        assert_eq!(tokens.seen().len(), 2, "{kind}");
    }
}

#[tokio::test]
async fn a_redirect_takes_the_secret_nowhere_else() {
    let other = Server::always(json_response(TOKEN)).await;
    let location = format!("{}/token", other.base);
    let away = move |_: &Request| Reply::Bytes(raw_response("307 Elsewhere", &[("location", &location)], b""));
    let tokens = failing_once(away).await;
    assert_eq!(fail_once(&tokens).await, (ErrorKind::Redirect, Some(307)));
    assert!(other.seen().is_empty());

    let within = |_: &Request| Reply::Bytes(raw_response("307 Elsewhere", &[("location", "/other")], b""));
    let (tokens, api) = (failing_once(within).await, Server::always(json_response("[]")).await);
    let builder = client_builder(&api.base).credential_source(source(&tokens.base));
    FlowsClient::new(builder.build().unwrap()).list().await.unwrap();
    assert_eq!(tokens.seen()[1].target(), "/other");
    assert!(tokens.seen()[1].text().contains("client_credentials"));
}

/// An API and a token endpoint in memory. The first `failures` responses of the token endpoint are 503.
fn client(failures: usize, configure: impl FnOnce(ClientBuilder) -> ClientBuilder) -> (Seen, FlowsClient) {
    let tokens = Arc::new(AtomicUsize::new(0));
    let (seen, service) = in_memory(move |request| {
        if request.uri().path() != "/token" {
            return http::Response::new(Body::from("ok"));
        }
        let status = if tokens.fetch_add(1, Ordering::Relaxed) < failures { 503 } else { 200 };
        http::Response::builder().status(status).body(Body::from(TOKEN)).unwrap()
    });
    let builder = configure(client_builder("https://api.example").transport(service));
    (seen, FlowsClient::new(builder.build().unwrap()))
}

fn count(seen: &Seen, path: &str) -> usize {
    seen.all().iter().filter(|request| request.uri().path() == path).count()
}

#[tokio::test(start_paused = true)]
async fn retries_of_the_client_apply_to_token_requests() {
    const URL: &str = "https://login.example/token";
    let with = |builder: ClientBuilder| builder.retry(Retry::standard());
    let (seen, flows) = client(2, |builder| with(builder).credential_source(source(URL)));
    flows.create("x").await.unwrap();
    assert_eq!((count(&seen, "/token"), count(&seen, "/flows")), (3, 1));
    let (seen, flows) = client(3, |builder| with(builder).credential_source(source(URL)));
    let error = flows.create("x").await.unwrap_err();
    assert_eq!((count(&seen, "/token"), count(&seen, "/flows"), error.attempts()), (3, 0, 0));
    assert_eq!(error.source().unwrap().downcast_ref::<Error>().unwrap().attempts(), 3);
    // The server may have used up the refresh token.
    let (seen, flows) = client(1, |builder| with(builder).credential_source(RefreshToken::new(URL, "id", "r")));
    assert!(flows.create("x").await.unwrap_err().is_credential());
    assert_eq!(count(&seen, "/token"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_renewal_is_an_attempt_among_others() {
    let (seen, service) = in_memory(|request| {
        let token = request.headers()[AUTHORIZATION].to_str().unwrap().to_owned();
        let status = match (token.as_str(), request.uri().query()) {
            ("Bearer t1", None) => 401,
            _ => 503,
        };
        http::Response::builder().status(status).body(Body::empty()).unwrap()
    });
    let number = AtomicUsize::new(0);
    let builder = client_builder("https://api.example").transport(service).retry(Retry::standard());
    let client = builder.credential_source(Numbered(number)).build().unwrap();
    let error = FlowsClient::new(client).list().await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts(), seen.count()), (503, 3, 3));
    let tokens: Vec<_> = seen.all().iter().map(|request| request.headers()[AUTHORIZATION].clone()).collect();
    assert_eq!(tokens, ["Bearer t1", "Bearer t2", "Bearer t2"]);
}

/// Issues `t1`, `t2` and so on, each after ten seconds.
struct Numbered(AtomicUsize);

impl CredentialSource for Numbered {
    fn credential(&self, _: CredentialRequest) -> CredentialFuture<'_> {
        Box::pin(async {
            tokio::time::sleep(Duration::from_secs(10)).await;
            Ok(Credential::bearer(format!("t{}", self.0.fetch_add(1, Ordering::Relaxed) + 1))?)
        })
    }
}

#[tokio::test(start_paused = true)]
async fn the_wait_for_a_source_is_not_part_of_an_attempt() {
    let (seen, service) = in_memory(|_| http::Response::new(Body::from("ok")));
    let builder = client_builder("https://api.example").transport(service).attempt_timeout(Duration::from_secs(1));
    let client = builder.credential_source(Numbered(AtomicUsize::new(0))).build().unwrap();
    FlowsClient::new(client).list().await.unwrap();
    assert_eq!(seen.count(), 1);
}

#[tokio::test]
async fn a_layer_that_limits_concurrency_does_not_wait_for_itself() {
    let layer = ConcurrencyLimitLayer::new(1);
    let (seen, flows) =
        client(0, |builder| builder.layer(layer).credential_source(source("https://login.example/token")));
    let calls = join_all((0..10).map(|_| flows.list()));
    for result in tokio::time::timeout(Duration::from_secs(10), calls).await.unwrap() {
        result.unwrap();
    }
    assert_eq!((count(&seen, "/token"), count(&seen, "/flows")), (1, 10));
}

#[tokio::test(start_paused = true)]
async fn a_stream_reconnects_with_a_renewed_credential() {
    let (seen, service) = in_memory(|request| {
        let is_renewed = request.headers()[AUTHORIZATION] == "Bearer t2";
        let has_started = request.headers().contains_key("last-event-id");
        let status = if has_started && !is_renewed { 401 } else { 200 };
        let response = http::Response::builder().status(status).header("content-type", "text/event-stream");
        response.body(Body::from("id: 1\ndata: a\n\n")).unwrap()
    });
    let builder = client_builder("https://api.example").transport(service);
    let client = builder.credential_source(Numbered(AtomicUsize::new(0))).build().unwrap();
    let mut events = FlowsClient::new(client).events(CallOptions::new()).await.unwrap().reconnecting();
    for _ in 0..3 {
        assert_eq!(events.next().await.unwrap().unwrap().data, "a");
    }
    let tokens: Vec<_> = seen.all().iter().map(|request| request.headers()[AUTHORIZATION].clone()).collect();
    assert_eq!(tokens, ["Bearer t1", "Bearer t1", "Bearer t2", "Bearer t2"]);
}

#[test]
fn synchronous_programs_renew_credentials() {
    let (seen, flows) = client(0, |builder| builder.credential_source(source("https://login.example/token")));
    block_on(flows.list()).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| block_on(flows.list()).unwrap());
        }
    });
    assert_eq!((count(&seen, "/token"), count(&seen, "/flows")), (1, 5));
}
