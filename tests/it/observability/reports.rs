//! `on_call` is called exactly once for each call, whatever its end.

use std::convert::Infallible;
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::stream;
use http::Method;
use kestra_auth::{ApiClient as _, Body, CallOptions, CallOutcome, CallReport, ClientBuilder, ErrorKind};
use tower::service_fn;

use super::{Observed, ObservedClient};
use crate::support::{Reply, Server, client_builder, in_memory, json_response, raw_response};

/// The reports that have been made.
#[derive(Clone, Default)]
struct Reports(Arc<Mutex<Vec<CallReport>>>);

impl Reports {
    fn of(builder: ClientBuilder) -> (Self, ObservedClient) {
        let reports = Self::default();
        let log = reports.clone();
        let builder = builder.on_call(move |call| log.0.lock().unwrap().push(call.clone()));
        (reports, ObservedClient::new(builder.build().unwrap()))
    }

    fn count(&self) -> usize {
        self.0.lock().unwrap().len()
    }

    /// The only report since the last one that was taken.
    fn take(&self) -> CallReport {
        let mut reports = self.0.lock().unwrap();
        assert_eq!(reports.len(), 1, "{reports:?}");
        reports.remove(0)
    }
}

/// A client over an in-memory transport with these responses.
fn responding(reply: impl Fn() -> http::Response<Body> + Clone + Send + Sync + 'static) -> (Reports, ObservedClient) {
    let (_, service) = in_memory(move |_| reply());
    Reports::of(client_builder("http://localhost").transport(service))
}

fn with_status(status: u16, body: &'static str) -> http::Response<Body> {
    http::Response::builder().status(status).body(body.into()).unwrap()
}

const ID: &str = "MARK";

fn options() -> CallOptions {
    CallOptions::new()
}

#[tokio::test]
async fn reports_a_success() {
    let server = Server::always(json_response("12")).await;
    let (reports, client) = Reports::of(client_builder(&server.base));
    assert_eq!(client.number(ID, Some("MARK"), options()).await.unwrap(), 12);
    let report = reports.take();
    assert_eq!((report.endpoint().operation(), report.outcome()), ("number", CallOutcome::Success));
    assert!(report.outcome().is_success());
    assert_eq!((report.status().unwrap().as_u16(), report.attempts()), (200, 1));
    assert_eq!((report.bytes_sent(), report.bytes_received()), (0, 2));
    assert!(report.time_to_head().unwrap() <= report.elapsed());
    assert!(!format!("{report:?}").contains("MARK"), "{report:?}");
}

#[tokio::test]
async fn reports_each_kind_of_error() {
    let silent =
        || client_builder("http://localhost").transport(service_fn(|_: http::Request<Body>| pending_response()));
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let status = || in_memory(|_| with_status(503, "busy")).1;
    let other = || in_memory(|_| with_status(200, "\"text\"")).1;
    for (builder, options, kind, status, attempts) in [
        (client_builder("http://localhost").transport(status()), options(), ErrorKind::Status, Some(503), 1),
        (client_builder("http://localhost").transport(other()), options(), ErrorKind::Decode, Some(200), 1),
        (client_builder(&format!("http://{unused}")), options(), ErrorKind::Connect, None, 1),
        (silent().timeout(Duration::from_millis(10)), options(), ErrorKind::Timeout, None, 1),
        (silent(), options().timeout(Duration::from_millis(10)), ErrorKind::Timeout, None, 1),
        (silent(), options().header("x-a", "\n"), ErrorKind::Build, None, 0),
        (client_builder("http://localhost").transport(other()), options().limit(1), ErrorKind::Body, Some(200), 1),
    ] {
        let (reports, client) = Reports::of(builder);
        let error = client.number(ID, None, options).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        let report = reports.take();
        assert_eq!(report.outcome(), CallOutcome::Error(kind));
        assert_eq!(report.outcome().to_string(), kind.to_string());
        let found = report.status().map(|status| status.as_u16());
        assert_eq!((found, report.attempts()), (status, attempts), "{report:?}");
        assert_eq!(report.time_to_head().is_some(), status.is_some(), "{report:?}");
    }
}

async fn pending_response() -> Result<http::Response<Body>, Infallible> {
    pending().await
}

#[tokio::test]
async fn reports_an_invalid_parameter() {
    let (reports, client) = responding(|| with_status(200, "1"));
    assert!(client.number("..", None, options()).await.unwrap_err().is_build());
    assert_eq!((reports.take().outcome(), reports.count()), (CallOutcome::Error(ErrorKind::Build), 0));
}

#[tokio::test]
async fn reports_a_call_that_is_dropped() {
    let service = service_fn(|_: http::Request<Body>| pending_response());
    let (reports, client) = Reports::of(client_builder("http://localhost").transport(service));
    let call = client.number(ID, None, options());
    drop(call);
    assert_eq!(reports.count(), 0, "a call that was never polled has not started");
    let call = client.number(ID, None, options());
    assert!(tokio::time::timeout(Duration::from_millis(10), call).await.is_err());
    let report = reports.take();
    assert_eq!((report.outcome(), report.attempts(), report.status()), (CallOutcome::Canceled, 1, None));
    assert_eq!(report.outcome().to_string(), "canceled");
}

#[tokio::test]
async fn a_status_that_counts_as_none_is_a_success() {
    let (reports, client) = responding(|| with_status(404, "missing"));
    assert_eq!(client.maybe().await.unwrap(), None);
    let report = reports.take();
    assert_eq!((report.outcome(), report.status().unwrap().as_u16()), (CallOutcome::Success, 404));
}

/// A body in several chunks, which does not know its length.
fn chunks(chunks: &'static [&'static str]) -> Body {
    Body::from_stream(stream::iter(chunks.iter().map(|chunk| Ok::<_, Infallible>(*chunk))))
}

#[tokio::test]
async fn a_stream_is_reported_at_its_end() {
    let (reports, client) = responding(|| http::Response::new(chunks(&["1\n", "2\n"])));
    let mut bytes = client.bytes().await.unwrap();
    assert!(bytes.next().await.unwrap().is_ok());
    assert_eq!(reports.count(), 0);
    while bytes.next().await.is_some() {}
    let report = reports.take();
    assert_eq!((report.outcome(), report.bytes_received()), (CallOutcome::Success, 4));
    drop(bytes);
    let mut lines = client.lines().await.unwrap();
    while lines.next().await.is_some() {}
    assert_eq!(reports.take().outcome(), CallOutcome::Success);
    drop(lines);
    assert_eq!(reports.count(), 0);
}

#[tokio::test]
async fn a_stream_that_is_dropped_early_is_canceled() {
    let (reports, client) = responding(|| http::Response::new(chunks(&["1\n", "2\n"])));
    let mut lines = client.lines().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap(), 1);
    drop(lines);
    let report = reports.take();
    assert_eq!((report.outcome(), report.bytes_received()), (CallOutcome::Canceled, 2));
    assert_eq!(report.status().unwrap().as_u16(), 200);
}

#[tokio::test]
async fn a_stream_without_content_is_a_success() {
    let (reports, client) = responding(|| with_status(200, ""));
    drop(client.bytes().await.unwrap());
    assert_eq!(reports.take().outcome(), CallOutcome::Success);
}

#[tokio::test]
async fn an_error_that_ends_a_stream_is_its_outcome() {
    let failing = || {
        let items = [Ok("1\n"), Err(std::io::Error::other("MARK"))];
        http::Response::new(Body::from_stream(stream::iter(items)))
    };
    let (reports, client) = responding(failing);
    let mut bytes = client.bytes().await.unwrap();
    while bytes.next().await.is_some() {}
    assert!(matches!(reports.take().outcome(), CallOutcome::Error(_)));
    let mut lines = client.lines().await.unwrap();
    while lines.next().await.is_some() {}
    assert!(matches!(reports.take().outcome(), CallOutcome::Error(_)));

    // A line that is not valid is an error of the line; one that is too long ends the stream.
    let (_, service) = in_memory(|_| http::Response::new(chunks(&["x\n", "1\n", "12345\n", "1\n"])));
    let (reports, client) = Reports::of(client_builder("http://localhost").transport(service).line_limit(3));
    let mut lines = client.lines().await.unwrap();
    assert!(lines.next().await.unwrap().is_err());
    assert_eq!(lines.next().await.unwrap().unwrap(), 1);
    assert_eq!(reports.count(), 0);
    assert!(lines.next().await.unwrap().unwrap_err().is_body());
    assert_eq!(reports.take().outcome(), CallOutcome::Error(ErrorKind::Body));
    assert!(lines.next().await.is_none());
}

fn events(body: Body) -> http::Response<Body> {
    http::Response::builder().header("content-type", "text/event-stream").body(body).unwrap()
}

#[tokio::test]
async fn the_end_of_the_events_is_the_end_of_the_call() {
    let (reports, client) = responding(|| events(chunks(&["data: a\n\n", "data: [DONE]\n\n", "data: b\n\n"])));
    let mut stream = client.events().await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap().data, "a");
    assert_eq!(reports.count(), 0);
    assert!(stream.next().await.is_none());
    assert_eq!(reports.take().outcome(), CallOutcome::Success);
    drop(stream);
    assert_eq!(reports.count(), 0);
}

#[tokio::test]
async fn a_response_that_is_not_a_stream_is_a_decode_error() {
    let (reports, client) = responding(|| http::Response::new(chunks(&["data: a\n\n"])));
    assert!(client.events().await.unwrap_err().is_decode());
    assert_eq!(reports.take().outcome(), CallOutcome::Error(ErrorKind::Decode));
}

#[tokio::test(start_paused = true)]
async fn each_connection_of_a_stream_is_a_call() {
    let (reports, client) = responding(|| events(chunks(&["data: a\n\n"])));
    let mut stream = client.events().await.unwrap().reconnecting();
    for count in 1..4 {
        assert!(stream.next().await.unwrap().is_ok());
        assert_eq!(reports.count(), count - 1);
    }
    drop(stream);
    let outcomes: Vec<_> = reports.0.lock().unwrap().iter().map(CallReport::outcome).collect();
    assert_eq!(outcomes, [CallOutcome::Success, CallOutcome::Success, CallOutcome::Canceled]);
}

#[tokio::test]
async fn counts_the_bytes_of_bodies() {
    let server = Server::always(raw_response("200 OK", &[], b"12345")).await;
    let (reports, client) = Reports::of(client_builder(&server.base));
    client.text(ID, Body::from("1234567")).await.unwrap();
    assert_eq!((reports.take().bytes_sent(), server.only().body.len()), (7, 7));
    client.text(ID, chunks(&["123", "4567", "8"])).await.unwrap();
    assert_eq!(reports.take().bytes_sent(), 8);
    client.text(ID, Body::repeatable(|| chunks(&["123"]))).await.unwrap();
    let report = reports.take();
    assert_eq!((report.bytes_sent(), report.bytes_received()), (3, 5));
}

#[tokio::test]
async fn a_redirect_belongs_to_its_attempt() {
    let server = Server::start(|request| {
        Reply::Bytes(match request.target() {
            "/text/MARK" => raw_response("307 Temporary Redirect", &[("location", "/end")], b"moved"),
            _ => raw_response("200 OK", &[], b""),
        })
    });
    let server = server.await;
    let (reports, client) = Reports::of(client_builder(&server.base));
    client.text(ID, Body::from("1234567")).await.unwrap();
    let report = reports.take();
    assert_eq!((report.attempts(), report.bytes_sent(), report.status().unwrap().as_u16()), (1, 14, 200));
}

#[tokio::test]
async fn layers_take_part_in_the_call() {
    let layers = || tower::layer::layer_fn(|next: kestra_auth::transport::Next| next);
    let server = Server::always(json_response("12")).await;
    let (reports, client) = Reports::of(client_builder(&server.base).layer(layers()).attempt_layer(layers()));
    assert_eq!(client.number(ID, None, options()).await.unwrap(), 12);
    let report = reports.take();
    assert_eq!((report.attempts(), report.bytes_received()), (1, 2));

    // A layer that responds itself.
    let cache = tower::layer::layer_fn(|_: kestra_auth::transport::Next| {
        service_fn(|_: http::Request<Body>| async { Ok::<_, Infallible>(with_status(200, "3")) })
    });
    let (reports, client) = Reports::of(client_builder(&server.base).layer(cache));
    assert_eq!(client.number(ID, None, options()).await.unwrap(), 3);
    let report = reports.take();
    assert_eq!((report.outcome(), report.attempts()), (CallOutcome::Success, 0));
    assert_eq!(report.status().unwrap().as_u16(), 200);
}

#[tokio::test]
async fn all_hooks_are_called_for_all_calls_of_a_client() {
    let (_, service) = in_memory(|_| with_status(200, "1"));
    let count = Arc::new(Mutex::new(0));
    let second = Arc::clone(&count);
    let builder = client_builder("http://localhost").transport(service).on_call(move |_| *second.lock().unwrap() += 1);
    let (reports, client) = Reports::of(builder);
    client.with_options(options().anonymous()).number(ID, None, options()).await.unwrap();
    assert_eq!((reports.count(), *count.lock().unwrap()), (1, 1));
}

#[tokio::test]
async fn reports_requests_that_no_trait_declares() {
    let server = Server::always(json_response("1")).await;
    let reports = Reports::default();
    let log = reports.clone();
    let client = client_builder(&server.base).on_call(move |call| log.0.lock().unwrap().push(call.clone()));
    client.build().unwrap().request(Method::GET, "/MARK").send::<u8>().await.unwrap();
    let report = reports.take();
    assert!(report.outcome().is_success() && !format!("{report:?}").contains("MARK"), "{report:?}");
}
