//! The spans of calls and requests, and the headers that propagate them.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::stream;
use http::header::AUTHORIZATION;
use http::{HeaderValue, Method};
use kestra_auth::{Body, CallOptions, ClientBuilder, Retry};
use tower::service_fn;
use tracing::Span;
use tracing_subscriber::filter::LevelFilter;

use super::recorder::{Recorded, Recorder};
use super::{Observed, ObservedClient};
use crate::support::{Reply, Server, client_builder, in_memory, json_response, raw_response};

fn options() -> CallOptions {
    CallOptions::new().header("x-own", "MARK").bearer_token("MARK")
}

fn client(builder: ClientBuilder) -> ObservedClient {
    ObservedClient::new(builder.basic_auth("MARK", "MARK").allow_plain_http().build().unwrap())
}

fn local(status: u16, body: &'static str) -> ClientBuilder {
    let (_, service) = in_memory(move |_| http::Response::builder().status(status).body(body.into()).unwrap());
    client_builder("https://kestra.test/MARK").transport(service)
}

fn silent() -> ClientBuilder {
    let service = service_fn(|_: http::Request<Body>| pending::<Result<http::Response<Body>, Infallible>>());
    client_builder("http://localhost").transport(service)
}

#[track_caller]
fn assert_fields(span: &Recorded, expected: &[(&str, &str)]) {
    let expected: BTreeMap<_, _> = expected.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    assert_eq!(span.fields, expected);
}

#[tokio::test]
async fn spans_follow_the_conventions_for_http_clients() {
    let recorder = Recorder::start();
    let server = Server::always(json_response("1")).await;
    client(client_builder(&server.base)).number("MARK", Some("MARK"), options()).await.unwrap();
    let port = server.base.rsplit_once(':').unwrap().1;
    let (call, requests) = recorder.call();
    assert_fields(
        &call,
        &[
            ("otel.name", "Observed::number"),
            ("otel.kind", "internal"),
            ("http.request.method", "GET"),
            ("url.template", "/number/{id}"),
            ("server.address", "127.0.0.1"),
            ("server.port", port),
            ("http.response.status_code", "200"),
        ],
    );
    assert_eq!(requests.len(), 1);
    assert_fields(
        &requests[0],
        &[
            ("otel.name", "GET /number/{id}"),
            ("otel.kind", "client"),
            ("http.request.method", "GET"),
            ("url.template", "/number/{id}"),
            ("server.address", "127.0.0.1"),
            ("server.port", port),
            ("http.response.status_code", "200"),
        ],
    );
}

#[tokio::test]
async fn the_default_port_belongs_to_the_scheme() {
    let recorder = Recorder::start();
    client(local(200, "1")).number("MARK", None, options()).await.unwrap();
    let (call, requests) = recorder.call();
    for span in [&call, &requests[0]] {
        assert_eq!((span.field("server.address"), span.field("server.port")), (Some("kestra.test"), Some("443")));
    }
}

#[tokio::test]
async fn failures_have_a_type_and_a_status_code() {
    for (builder, kind, status) in [
        (local(503, "MARK"), "503", Some("503")),
        (local(200, "\"MARK\""), "decode", Some("200")),
        (silent().timeout(Duration::from_millis(10)), "timeout", None),
        (silent().attempt_timeout(Duration::from_millis(10)), "timeout", None),
    ] {
        let recorder = Recorder::start();
        client(builder).number("MARK", None, options()).await.unwrap_err();
        let (call, requests) = recorder.call();
        assert_eq!(call.field("error.type"), Some(kind));
        assert_eq!(call.field("otel.status_code"), Some("ERROR"));
        assert_eq!(call.field("http.response.status_code"), status);
        assert_eq!(requests[0].field("http.response.status_code"), status);
        // The exchange is a success if the call fails to make sense of it.
        let kind = Some(kind).filter(|kind| *kind != "decode");
        assert_eq!(requests[0].field("error.type"), kind);
        assert_eq!(requests[0].field("otel.status_code"), kind.map(|_| "ERROR"));
    }
}

#[tokio::test]
async fn a_failure_to_connect_has_no_status() {
    let recorder = Recorder::start();
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    client(client_builder(&format!("http://{unused}"))).number("MARK", None, options()).await.unwrap_err();
    let (call, requests) = recorder.call();
    for span in [&call, &requests[0]] {
        assert_eq!((span.field("error.type"), span.field("http.response.status_code")), (Some("connect"), None));
    }
}

#[tokio::test]
async fn a_call_that_sends_nothing_has_no_request() {
    let recorder = Recorder::start();
    client(local(200, "1")).number("..", None, options()).await.unwrap_err();
    let (call, requests) = recorder.call();
    assert_eq!((call.field("error.type"), requests.len()), (Some("build"), 0));
}

#[tokio::test(start_paused = true)]
async fn each_attempt_has_a_span() {
    let recorder = Recorder::start();
    client(local(503, "MARK").retry(Retry::standard())).number("MARK", None, options()).await.unwrap_err();
    let (call, requests) = recorder.call();
    assert_eq!(call.field("error.type"), Some("503"));
    let resends: Vec<_> = requests.iter().map(|request| request.field("http.request.resend_count")).collect();
    assert_eq!(resends, [None, Some("1"), Some("2")]);
}

#[tokio::test]
async fn a_status_that_counts_as_none_is_an_error_of_the_request_only() {
    let recorder = Recorder::start();
    assert_eq!(client(local(404, "MARK")).maybe().await.unwrap(), None);
    let (call, requests) = recorder.call();
    assert_eq!((call.field("error.type"), call.field("http.response.status_code")), (None, Some("404")));
    assert_eq!(requests[0].field("error.type"), Some("404"));
}

#[tokio::test]
async fn being_canceled_is_not_an_error() {
    let recorder = Recorder::start();
    let client = client(silent());
    let call = client.number("MARK", None, options());
    assert!(tokio::time::timeout(Duration::from_millis(10), call).await.is_err());
    let (call, requests) = recorder.call();
    for span in [&call, &requests[0]] {
        assert_eq!((span.field("error.type"), span.field("otel.status_code")), (None, None));
    }
}

#[tokio::test]
async fn a_redirect_has_a_request_of_its_own() {
    let recorder = Recorder::start();
    let target = Server::always(json_response("1")).await;
    let location = format!("{}/MARK?MARK", target.base);
    let server = Server::always(raw_response("302 Found", &[("location", &location)], b"")).await;
    let builder = client_builder(&server.base).allow_redirects_to(&target.base).trace_urls();
    client(builder).number("MARK", None, options()).await.unwrap();
    let (_, requests) = recorder.call();
    let port = target.base.rsplit_once(':').unwrap().1;
    assert_eq!(requests[0].field("http.response.status_code"), Some("302"));
    assert_eq!(requests[0].field("error.type"), None);
    assert_fields(
        &requests[1],
        &[
            ("otel.name", "GET"),
            ("otel.kind", "client"),
            ("http.request.method", "GET"),
            ("http.request.resend_count", "1"),
            ("url.full", &format!("{}/REDACTED?REDACTED", target.base)),
            ("server.address", "127.0.0.1"),
            ("server.port", port),
            ("http.response.status_code", "200"),
        ],
    );
}

fn chunks(items: Vec<Result<&'static str, std::io::Error>>) -> http::Response<Body> {
    http::Response::new(Body::from_stream(stream::iter(items)))
}

#[tokio::test]
async fn the_spans_of_a_stream_end_with_it() {
    let recorder = Recorder::start();
    let (_, service) = in_memory(|_| chunks(vec![Ok("1\n"), Ok("2\n")]));
    let client = client(client_builder("http://localhost").transport(service));
    let mut lines = client.lines().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap(), 1);
    assert_eq!(recorder.open(), 2);
    while lines.next().await.is_some() {}
    assert_eq!(recorder.open(), 0);

    let lines = client.lines().await.unwrap();
    assert_eq!(recorder.open(), 2);
    drop(lines);
    assert_eq!(recorder.open(), 0);
    assert!(recorder.spans().iter().all(|span| span.field("error.type").is_none()));
}

#[tokio::test]
async fn the_error_of_a_stream_is_that_of_its_spans() {
    let recorder = Recorder::start();
    let (_, service) = in_memory(|_| chunks(vec![Ok("1\n"), Err(std::io::ErrorKind::ConnectionReset.into())]));
    let mut lines = client(client_builder("http://localhost").transport(service)).lines().await.unwrap();
    while lines.next().await.is_some() {}
    let (call, requests) = recorder.call();
    for span in [&call, &requests[0]] {
        assert_eq!((span.field("error.type"), span.field("otel.status_code")), (Some("body"), Some("ERROR")));
    }
}

#[tokio::test]
async fn urls_are_recorded_on_request_and_without_values() {
    for (traces, expected) in [
        (false, [None, None, None]),
        (
            true,
            [
                Some("https://kestra.test/api/number/REDACTED?REDACTED"),
                Some("https://kestra.test/api/maybe"),
                Some("https://kestra.test/REDACTED"),
            ],
        ),
    ] {
        let recorder = Recorder::start();
        let (_, service) = in_memory(|_| http::Response::new("1".into()));
        let builder = client_builder("https://kestra.test/api").transport(service);
        let built = if traces { builder.trace_urls() } else { builder }.build().unwrap();
        let client = ObservedClient::new(built.clone());
        client.number("MARK", Some("MARK"), options()).await.unwrap();
        client.maybe().await.unwrap();
        built.request(Method::GET, "/MARK").send::<u8>().await.unwrap();
        let spans = recorder.spans();
        let requests: Vec<_> = spans.iter().filter(|span| span.name == "request").collect();
        let urls: Vec<_> = requests.iter().map(|span| span.field("url.full")).collect();
        assert_eq!(urls, expected);
    }
}

#[tokio::test]
async fn only_declared_methods_are_shown() {
    let recorder = Recorder::start();
    let (_, service) = in_memory(|_| http::Response::new(Body::empty()));
    let client = client_builder("http://localhost").transport(service).build().unwrap();
    ObservedClient::new(client.clone()).purge("MARK").await.unwrap();
    client.request(Method::from_bytes(b"MARK").unwrap(), "/MARK").send::<()>().await.unwrap();
    client.request(Method::PUT, "/MARK").send::<()>().await.unwrap();
    let spans = recorder.spans();
    let requests: Vec<_> = spans.iter().filter(|span| span.name == "request").collect();
    let field = |name: &str| requests.iter().map(|span| span.field(name)).collect::<Vec<_>>();
    assert_eq!(field("otel.name"), [Some("HTTP /cache/{id}"), Some("HTTP"), Some("PUT")]);
    assert_eq!(field("http.request.method"), [Some("_OTHER"), Some("_OTHER"), Some("PUT")]);
    assert_eq!(field("http.request.method_original"), [Some("PURGE"), None, None]);
    assert_eq!(field("url.template"), [Some("/cache/{id}"), None, None]);
}

/// The worker of a buffer is a task of its own, where the span of the call is not entered.
#[tokio::test]
async fn requests_belong_to_the_call_in_whatever_task_they_are_sent() {
    let recorder = Recorder::start();
    let spawn = tower::layer::layer_fn(|next: kestra_auth::transport::Next| {
        service_fn(move |request: http::Request<Body>| {
            let mut next = next.clone();
            let task = tokio::spawn(async move { tower::Service::call(&mut next, request).await });
            async move { task.await.unwrap() }
        })
    });
    client(local(200, "1").layer(spawn)).number("MARK", None, options()).await.unwrap();
    assert_eq!(recorder.call().1.len(), 1);
}

#[tokio::test]
async fn spans_are_in_those_of_the_caller() {
    let recorder = Recorder::start();
    let outer = tracing::info_span!("outer");
    let client = client(local(200, "1"));
    let call = client.number("MARK", None, options());
    tracing::Instrument::instrument(call, outer).await.unwrap();
    let parents: Vec<_> = recorder.spans().iter().map(|span| span.parent).collect();
    assert_eq!(parents, [Some(0), Some(1)]);
}

#[tokio::test]
async fn nothing_is_recorded_below_the_level() {
    let recorder = Recorder::with_level(LevelFilter::WARN);
    client(local(200, "1")).number("MARK", None, options()).await.unwrap();
    assert!(recorder.spans().is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_context_is_propagated_with_each_request() {
    let recorder = Recorder::start();
    let (seen, service) = in_memory(|_| http::Response::builder().status(503).body(Body::empty()).unwrap());
    let names = Arc::new(Mutex::new(String::new()));
    let log = Arc::clone(&names);
    let builder = client_builder("http://localhost").transport(service).retry(Retry::standard());
    let client = client(builder.propagate_context(move |headers| {
        // The span of the request is the current one, which is what a propagator reads.
        let name = Span::current().metadata().map_or("none", |metadata| metadata.name());
        write!(log.lock().unwrap(), "{name} ").unwrap();
        let count = log.lock().unwrap().matches(' ').count();
        headers.insert("traceparent", HeaderValue::from(count));
        headers.insert(AUTHORIZATION, HeaderValue::from_static("MARK"));
        headers.insert("host", HeaderValue::from_static("MARK"));
        headers.insert("x-own", HeaderValue::from_static("theirs"));
    }));
    client.number("MARK", None, options()).await.unwrap_err();
    assert_eq!(*names.lock().unwrap(), "request request request ");
    for (index, request) in seen.all().iter().enumerate() {
        assert_eq!(request.headers()["traceparent"], (index + 1).to_string());
        assert_eq!(request.headers()["x-own"], "MARK");
        assert_eq!(request.headers()[AUTHORIZATION], "Bearer MARK");
        assert!(!request.headers().contains_key("host"));
    }
    assert_eq!(recorder.call().1.len(), 3);
}

#[tokio::test]
async fn the_context_stays_at_the_origin() {
    let target = Server::always(json_response("1")).await;
    let location = format!("{}/end", target.base);
    let server = Server::start(move |_| Reply::Bytes(raw_response("302 Found", &[("location", &location)], b"")));
    let server = server.await;
    let builder = client_builder(&server.base).allow_redirects_to(&target.base).propagate_context(|headers| {
        headers.insert("traceparent", HeaderValue::from_static("1"));
    });
    client(builder).number("MARK", None, options()).await.unwrap();
    assert_eq!((server.only().header("traceparent"), target.only().header("traceparent")), (Some("1"), None));
}
