//! Retries: which failures are followed by another attempt, when, and what all attempts of a call have in common.
//!
//! tokio's clock is paused, so waiting takes no time and is measured exactly.

mod connections;
mod http2;
mod policies;

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use http_body_util::BodyExt;
use kestra_auth::multipart::{Form, Part};
use kestra_auth::{Body, CallOptions, ClientBuilder, Error, Failure, Json, Retry, RetryMode, api};
use tokio::time::Instant;
use tower::service_fn;

use crate::support::client_builder;

#[api]
trait Jobs {
    #[get("/jobs")]
    async fn list(&self) -> Result<u8, Error>;

    #[get("/mail", retry = "never")]
    async fn send_mail(&self) -> Result<u8, Error>;

    #[get("/cache", none(404, 503))]
    async fn cached(&self) -> Result<Option<u8>, Error>;

    #[post("/jobs")]
    async fn create(&self, #[json] job: &str) -> Result<u8, Error>;

    #[post("/search", retry = "idempotent")]
    async fn search(&self, #[json] query: &str) -> Result<u8, Error>;

    #[post("/payments", idempotency_key)]
    async fn pay(&self, #[json] amount: u32) -> Result<u8, Error>;

    #[put("/upload")]
    async fn upload(&self, #[body("text/plain")] body: Body) -> Result<u8, Error>;

    #[put("/files")]
    async fn send(&self, #[multipart] form: Form) -> Result<u8, Error>;

    #[get("/lines")]
    async fn bytes(&self) -> Result<kestra_auth::ByteStream, Error>;

    #[post("/jobs/with")]
    async fn create_with(&self, #[options] options: CallOptions) -> Result<u8, Error>;

    #[get("/text")]
    async fn text(&self) -> Result<Json<String>, Error>;
}

/// What an attempt meets.
#[derive(Clone)]
enum Outcome {
    Status(u16),
    /// A status, with this `Retry-After`.
    Asks(u16, String),
    /// The transport fails.
    Fails(io::ErrorKind),
    /// Nothing happens for this long, and then the response arrives.
    Slow(Duration),
    /// The body of a response with this status breaks off.
    Truncated(u16),
    /// The body stalls.
    Stalls(u16),
    /// A redirect to this path.
    Redirect(&'static str),
    Body(&'static str),
}

use Outcome::{Asks, Fails, Redirect, Slow, Stalls, Truncated};

/// A request as it reached the transport, and when it did.
struct Arrived {
    at: Instant,
    path: String,
    headers: HeaderMap,
    body: Bytes,
}

/// A client whose attempts meet the outcomes one by one, and a good response after them.
struct Script {
    arrived: Arc<Mutex<Vec<Arrived>>>,
    client: JobsClient,
}

impl Script {
    fn new(outcomes: impl IntoIterator<Item = Outcome>) -> Self {
        Self::with(outcomes, |builder| builder.retry(Retry::standard()))
    }

    fn with(
        outcomes: impl IntoIterator<Item = Outcome>,
        configure: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Self {
        let outcomes = Arc::new(Mutex::new(outcomes.into_iter().collect::<VecDeque<_>>()));
        let arrived = Arc::<Mutex<Vec<Arrived>>>::default();
        let log = Arc::clone(&arrived);
        let transport = service_fn(move |request: http::Request<Body>| {
            let (outcomes, log) = (Arc::clone(&outcomes), Arc::clone(&log));
            async move {
                let (head, body) = request.into_parts();
                let body = body.collect().await?.to_bytes();
                let path = head.uri.path().to_owned();
                log.lock().unwrap().push(Arrived { at: Instant::now(), path, headers: head.headers, body });
                let outcome = outcomes.lock().unwrap().pop_front();
                respond(outcome.unwrap_or(Outcome::Body("7"))).await
            }
        });
        let builder = client_builder("http://localhost").transport(transport);
        Self { arrived, client: JobsClient::new(configure(builder).build().unwrap()) }
    }

    fn count(&self) -> usize {
        self.arrived.lock().unwrap().len()
    }

    /// The waits between the attempts.
    fn waits(&self) -> Vec<Duration> {
        let arrived = self.arrived.lock().unwrap();
        arrived.windows(2).map(|pair| pair[1].at - pair[0].at).collect()
    }

    fn header(&self, index: usize, name: &str) -> Option<String> {
        let value = self.arrived.lock().unwrap()[index].headers.get(name).cloned();
        value.map(|value| value.to_str().unwrap().to_owned())
    }
}

async fn respond(outcome: Outcome) -> Result<http::Response<Body>, Box<dyn std::error::Error + Send + Sync>> {
    /// Starts a response, and then does not go on, or fails.
    fn partial(fails: bool) -> Body {
        let end = futures_util::stream::once(async move {
            if !fails {
                std::future::pending::<()>().await;
            }
            Err(io::Error::from(io::ErrorKind::UnexpectedEof))
        });
        let start = futures_util::stream::iter([Ok(Bytes::from_static(b"7"))]);
        Body::from_stream(futures_util::StreamExt::chain(start, end))
    }
    let response = |status, body: Body| http::Response::builder().status(status).body(body).unwrap();
    Ok(match outcome {
        Outcome::Status(status) => response(status, "start".into()),
        Asks(status, wait) => {
            http::Response::builder().status(status).header("retry-after", wait).body(Body::empty()).unwrap()
        }
        Fails(kind) => return Err(io::Error::from(kind).into()),
        Slow(wait) => {
            tokio::time::sleep(wait).await;
            response(200, "7".into())
        }
        Truncated(status) => response(status, partial(true)),
        Stalls(status) => response(status, partial(false)),
        Redirect(to) => http::Response::builder().status(307).header("location", to).body(Body::empty()).unwrap(),
        Outcome::Body(text) => response(200, text.into()),
    })
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

#[tokio::test(start_paused = true)]
async fn repeats_an_idempotent_request_after_a_transient_failure() {
    let transient = [408, 429, 502, 503, 504].map(Outcome::Status);
    let lost = [io::ErrorKind::ConnectionReset, io::ErrorKind::BrokenPipe, io::ErrorKind::TimedOut].map(Fails);
    for outcome in transient.into_iter().chain(lost).chain([Fails(io::ErrorKind::ConnectionRefused), Truncated(200)]) {
        let script = Script::new([outcome.clone(), outcome]);
        assert_eq!(script.client.list().await.unwrap(), 7);
        assert_eq!(script.count(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn does_not_repeat_after_a_permanent_failure() {
    for status in [400, 401, 403, 404, 409, 500, 501, 505] {
        let script = Script::new([Outcome::Status(status)]);
        let error = script.client.list().await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.attempts(), script.count()), (status, 1, 1));
    }
    let script = Script::new([Outcome::Body("\"not a number\"")]);
    let error = script.client.list().await.unwrap_err();
    assert!(error.is_decode() && error.attempts() == 1 && script.count() == 1, "{error:?}");
    let script = Script::with([], |builder| builder.retry(Retry::standard()).limit(0));
    assert!(script.client.list().await.unwrap_err().is_body());
    assert_eq!(script.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_returned_after_the_last_attempt() {
    let script = Script::new([503, 502, 504, 200].map(Outcome::Status));
    let error = script.client.list().await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(StatusCode::GATEWAY_TIMEOUT), 3));
    assert_eq!((script.count(), &error.body()[..]), (3, &b"start"[..]));
    assert!(format!("{error:?}").contains("attempts: 3"), "{error:?}");
    assert_eq!(error.endpoint().unwrap().operation(), "list");

    let script = Script::new([Fails(io::ErrorKind::ConnectionReset), Outcome::Body("{"), Outcome::Body("7")]);
    let error = script.client.list().await.unwrap_err();
    assert!(error.is_decode() && error.attempts() == 2, "{error:?}");
    let script = Script::new([Outcome::Status(503), Truncated(200), Truncated(200)]);
    let error = script.client.list().await.unwrap_err();
    assert!(error.is_body() && error.status() == Some(StatusCode::OK) && error.attempts() == 3, "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn a_request_that_may_have_been_processed_is_repeated_only_if_it_is_idempotent() {
    let lost = || [Fails(io::ErrorKind::ConnectionReset)];
    let script = Script::new(lost());
    let error = script.client.create("a").await.unwrap_err();
    assert!(error.is_connect() && error.may_have_reached_server() && error.attempts() == 1, "{error:?}");
    let script = Script::new(lost());
    assert_eq!((script.client.send_mail().await.unwrap_err().attempts(), script.count()), (1, 1));
    for outcome in [Outcome::Status(503), Outcome::Status(429), Truncated(200), Fails(io::ErrorKind::TimedOut)] {
        let script = Script::new([outcome]);
        assert_eq!((script.client.create("a").await.unwrap_err().attempts(), script.count()), (1, 1));
    }
    let script = Script::new(lost());
    assert_eq!((script.client.search("a").await.unwrap(), script.count()), (7, 2));
}

#[tokio::test(start_paused = true)]
async fn a_request_that_was_not_sent_is_repeated_for_every_endpoint() {
    let refused = || [Fails(io::ErrorKind::ConnectionRefused), Fails(io::ErrorKind::ConnectionRefused)];
    let script = Script::new(refused());
    assert_eq!((script.client.create("a").await.unwrap(), script.count()), (7, 3));
    assert!(script.arrived.lock().unwrap().iter().all(|request| request.body == "\"a\""));
    let script = Script::new(refused());
    assert_eq!((script.client.send_mail().await.unwrap(), script.count()), (7, 3));
}

#[tokio::test(start_paused = true)]
async fn all_attempts_have_the_same_idempotency_key() {
    let script = Script::new([Outcome::Status(503), Fails(io::ErrorKind::ConnectionReset)]);
    assert_eq!(script.client.pay(5).await.unwrap(), 7);
    let keys: Vec<_> = (0..3).map(|index| script.header(index, "idempotency-key").unwrap()).collect();
    assert!(keys[0] == keys[1] && keys[1] == keys[2] && keys[0].len() == 32, "{keys:?}");
    script.client.pay(5).await.unwrap();
    assert_ne!(script.header(3, "idempotency-key").unwrap(), keys[0], "each call has a key of its own");

    // A key that the caller sets does the same.
    let script = Script::new([Outcome::Status(503)]);
    let options = CallOptions::new().header("Idempotency-Key", "k");
    assert_eq!(script.client.create_with(options).await.unwrap(), 7);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_cannot_be_repeated_is_sent_once() {
    let stream = || Body::from_stream(futures_util::stream::iter([Ok::<_, io::Error>("part")]));
    let script = Script::new([Outcome::Status(503)]);
    assert_eq!((script.client.upload(stream()).await.unwrap_err().attempts(), script.count()), (1, 1));
    let script = Script::new([Outcome::Status(503), Fails(io::ErrorKind::ConnectionRefused)]);
    let repeatable =
        Body::repeatable(move || Body::from_stream(futures_util::stream::iter([Ok::<_, io::Error>("ab")])));
    assert_eq!((script.client.upload(repeatable).await.unwrap(), script.count()), (7, 3));
    assert!(script.arrived.lock().unwrap().iter().all(|request| request.body == "ab"));
}

#[tokio::test(start_paused = true)]
async fn a_form_is_repeated_if_its_parts_can_be() {
    let unavailable = || [Outcome::Status(503), Fails(io::ErrorKind::ConnectionReset)];
    let script = Script::new(unavailable());
    let form = Form::new().part("a", "1").part("b", Part::bytes(vec![0; 9]));
    assert_eq!((script.client.send(form).await.unwrap(), script.count()), (7, 3));
    {
        let arrived = script.arrived.lock().unwrap();
        assert!(arrived.iter().all(|request| request.body == arrived[0].body && request.body.len() > 100));
    }
    let once = Script::new(unavailable());
    let chunks = Body::from_stream(futures_util::stream::iter([Ok::<_, io::Error>("part")]));
    let form = Form::new().part("a", "1").part("b", Part::body(chunks));
    assert_eq!((once.client.send(form).await.unwrap_err().attempts(), once.count()), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn statuses_that_the_endpoint_expects_are_not_repeated() {
    let script = Script::new([Outcome::Status(503)]);
    assert_eq!((script.client.cached().await.unwrap(), script.count()), (None, 1));
}

#[tokio::test(start_paused = true)]
async fn a_stream_is_repeated_until_its_head_arrives() {
    let script = Script::new([Outcome::Status(503), Fails(io::ErrorKind::ConnectionReset), Truncated(200)]);
    let mut bytes = script.client.bytes().await.unwrap();
    assert_eq!(script.count(), 3);
    assert_eq!(futures_util::StreamExt::next(&mut bytes).await.unwrap().unwrap(), "7");
    assert!(futures_util::StreamExt::next(&mut bytes).await.unwrap().unwrap_err().is_body());
    assert_eq!(script.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn another_attempt_starts_before_the_redirect() {
    let script = Script::new([Redirect("/moved"), Outcome::Status(503), Redirect("/elsewhere"), Outcome::Body("9")]);
    assert_eq!(script.client.search("a").await.unwrap(), 9);
    let arrived = script.arrived.lock().unwrap();
    let paths: Vec<_> = arrived.iter().map(|request| request.path.as_str()).collect();
    assert_eq!(paths, ["/search", "/moved", "/search", "/elsewhere"]);
    assert!(arrived.iter().all(|request| request.body == "\"a\""));
}

#[tokio::test(start_paused = true)]
async fn calls_without_rules_make_one_attempt() {
    for outcome in
        [Outcome::Status(503), Fails(io::ErrorKind::ConnectionReset), Fails(io::ErrorKind::ConnectionRefused)]
    {
        let script = Script::with([outcome], |builder| builder);
        assert_eq!((script.client.list().await.unwrap_err().attempts(), script.count()), (1, 1));
    }
}
