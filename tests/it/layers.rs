//! tower layers around calls and attempts: their order, what they see, and what their errors become.

mod tower_layers;

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use http::{HeaderValue, StatusCode};
use kestra_auth::transport::{Next, NextFuture};
use kestra_auth::{Body, ClientBuilder, Endpoint, Error, Json, api};
use tower::layer::layer_fn;
use tower::util::MapRequest;
use tower::{Layer, Service, service_fn};

use crate::support::{Seen, Server, client_builder, in_memory, json_response};

type BoxError = Box<dyn StdError + Send + Sync>;

#[api(base = "/api")]
trait Layered {
    #[get("/start/{id}")]
    async fn start(&self, id: &str) -> Result<Json<String>, Error>;

    #[post("/write", retry = "idempotent")]
    async fn write(&self, #[json] body: &str) -> Result<(), Error>;
}

type Log = Arc<Mutex<Vec<String>>>;

/// Logs each request that passes.
#[derive(Clone)]
struct Note<S> {
    name: &'static str,
    log: Log,
    next: S,
}

impl Layer<Next> for Note<()> {
    type Service = Note<Next>;

    fn layer(&self, next: Next) -> Note<Next> {
        Note { name: self.name, log: Arc::clone(&self.log), next }
    }
}

impl Service<http::Request<Body>> for Note<Next> {
    type Response = http::Response<Body>;
    type Error = BoxError;
    type Future = NextFuture;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.next.poll_ready(cx)
    }

    fn call(&mut self, request: http::Request<Body>) -> NextFuture {
        let credential = request.headers().get("authorization").map_or("anonymous", |value| value.to_str().unwrap());
        let line = format!("{} {} {} {credential}", self.name, request.method(), request.uri().path());
        self.log.lock().unwrap().push(line);
        self.next.call(request)
    }
}

fn note(name: &'static str, log: &Log) -> Note<()> {
    Note { name, log: Arc::clone(log), next: () }
}

fn lines(log: &Log) -> Vec<String> {
    log.lock().unwrap().clone()
}

/// A client whose server redirects `/api/start/…` to `/end`.
fn client(configure: impl FnOnce(ClientBuilder) -> ClientBuilder) -> (Seen, LayeredClient) {
    let (seen, service) = in_memory(|request| {
        let mut response = http::Response::new(Body::from(r#""end""#));
        if request.uri().path().starts_with("/api/start/") {
            *response.status_mut() = StatusCode::FOUND;
            response.headers_mut().insert("location", HeaderValue::from_static("/end"));
        }
        response
    });
    let builder = client_builder("http://localhost").bearer_token("t0ken").transport(service);
    (seen, LayeredClient::new(configure(builder).build().unwrap()))
}

#[tokio::test]
async fn layers_run_in_the_order_they_are_added() {
    let log = Log::default();
    let (seen, client) = client(|builder| {
        builder
            .attempt_layer(note("attempt 1", &log))
            .layer(note("layer 1", &log))
            .layer(note("layer 2", &log))
            .attempt_layer(note("attempt 2", &log))
    });
    assert_eq!(client.start("a b").await.unwrap().0, "end");
    assert_eq!(
        lines(&log),
        [
            "layer 1 GET /api/start/a%20b anonymous",
            "layer 2 GET /api/start/a%20b anonymous",
            "attempt 1 GET /api/start/a%20b Bearer t0ken",
            "attempt 2 GET /api/start/a%20b Bearer t0ken",
            "attempt 1 GET /end Bearer t0ken",
            "attempt 2 GET /end Bearer t0ken",
        ]
    );
    assert_eq!(seen.count(), 2);
}

#[tokio::test]
async fn layers_wrap_the_default_transport() {
    let log = Log::default();
    let server = Server::always(json_response(r#""end""#)).await;
    let client = client_builder(&server.base).bearer_token("t0ken");
    let client = client.layer(note("layer", &log)).attempt_layer(note("attempt", &log)).build().unwrap();
    let client = LayeredClient::new(client);
    client.write("body").await.unwrap();
    let request = server.only();
    assert_eq!((request.method(), request.target(), request.text()), ("POST", "/api/write", "\"body\""));
    assert_eq!(request.header("authorization"), Some("Bearer t0ken"));
    assert_eq!(lines(&log), ["layer POST /api/write anonymous", "attempt POST /api/write Bearer t0ken"]);
}

#[tokio::test]
async fn every_layer_sees_the_endpoint() {
    fn endpoint(request: &http::Request<Body>) -> &'static Endpoint {
        request.extensions().get::<&'static Endpoint>().copied().unwrap()
    }
    let check = |request: http::Request<Body>| {
        let endpoint = endpoint(&request);
        assert_eq!((endpoint.api(), endpoint.operation(), endpoint.method()), ("Layered", "start", "GET"));
        assert_eq!(endpoint.template(), "/api/start/{id}");
        assert!(!endpoint.is_anonymous());
        assert_eq!(format!("{endpoint}"), "Layered::start (GET /api/start/{id})");
        request
    };
    let (seen, client) = client(|builder| {
        builder
            .layer(layer_fn(move |next: Next| MapRequest::new(next, check)))
            .attempt_layer(layer_fn(move |next: Next| MapRequest::new(next, check)))
    });
    client.start("7").await.unwrap();
    for request in seen.all() {
        assert_eq!(request.extensions().get::<&'static Endpoint>().unwrap().operation(), "start");
    }
}

#[tokio::test]
async fn sends_what_a_layer_changes() {
    #[derive(Clone, Debug, PartialEq)]
    struct Span(u8);
    let (seen, client) = client(|builder| {
        builder
            .layer(layer_fn(|next: Next| {
                MapRequest::new(next, |mut request: http::Request<Body>| {
                    request.headers_mut().insert("x-layer", HeaderValue::from_static("1"));
                    request.extensions_mut().insert(Span(7));
                    request
                })
            }))
            .attempt_layer(layer_fn(|next: Next| {
                MapRequest::new(next, |mut request: http::Request<Body>| {
                    assert_eq!(request.extensions().get(), Some(&Span(7)));
                    request.headers_mut().insert("x-attempt", HeaderValue::from_static("1"));
                    request
                })
            }))
    });
    client.start("7").await.unwrap();
    for request in seen.all() {
        assert_eq!(request.headers()["x-layer"], "1");
        assert_eq!(request.headers()["x-attempt"], "1");
    }
}

#[tokio::test]
async fn logging_a_request_prints_no_credential() {
    let log = Log::default();
    let lines_of = Arc::clone(&log);
    let (_, client) = client(|builder| {
        builder.attempt_layer(layer_fn(move |next: Next| {
            let log = Arc::clone(&lines_of);
            MapRequest::new(next, move |request: http::Request<Body>| {
                assert!(request.headers()["authorization"].is_sensitive());
                log.lock().unwrap().push(format!("{request:?}"));
                request
            })
        }))
    });
    client.write("b0dy").await.unwrap();
    let logged = lines(&log).concat();
    assert!(logged.contains("Sensitive") && !logged.contains("t0ken") && !logged.contains("b0dy"), "{logged}");
}

#[tokio::test]
async fn keeps_the_authorization_of_a_layer() {
    let (seen, client) = client(|builder| {
        builder.layer(layer_fn(|next: Next| {
            MapRequest::new(next, |mut request: http::Request<Body>| {
                request.headers_mut().insert("authorization", HeaderValue::from_static("Layer"));
                request
            })
        }))
    });
    client.write("x").await.unwrap();
    assert_eq!(seen.only().headers()["authorization"], "Layer");
}

#[tokio::test]
async fn sends_no_credential_when_a_layer_changes_the_origin() {
    let (seen, client) = client(|builder| {
        builder.layer(layer_fn(|next: Next| {
            MapRequest::new(next, |mut request: http::Request<Body>| {
                *request.uri_mut() = http::Uri::from_static("http://evil.example/x");
                request
            })
        }))
    });
    client.write("x").await.unwrap();
    assert!(!seen.only().headers().contains_key("authorization"));
}

#[derive(Debug)]
struct OwnError(u8);

impl fmt::Display for OwnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the circuit is open")
    }
}

impl StdError for OwnError {}

#[tokio::test]
async fn returns_the_error_of_a_layer_as_the_source() {
    let failing = || {
        layer_fn(|_: Next| service_fn(|_: http::Request<Body>| async { Err::<http::Response<Body>, _>(OwnError(7)) }))
    };
    for (seen, client) in [client(|builder| builder.layer(failing())), client(|b| b.attempt_layer(failing()))] {
        let error = client.start("7").await.unwrap_err();
        assert!(error.is_layer(), "{error:?}");
        assert_eq!(error.source().unwrap().downcast_ref::<OwnError>().unwrap().0, 7);
        assert_eq!(error.endpoint().unwrap().operation(), "start");
        assert_eq!(error.status(), None);
        assert_eq!(error.to_string(), "Layered::start (GET /api/start/{id}): a layer or the transport failed");
        assert_eq!(seen.count(), 0);
    }
}

#[tokio::test]
async fn does_not_wrap_its_own_error_from_a_layer() {
    let failing = layer_fn(|_: Next| {
        service_fn(|_: http::Request<Body>| async { Err::<http::Response<Body>, _>(Error::timeout()) })
    });
    let (_, client) = client(|builder| builder.layer(note("outer", &Log::default())).layer(failing));
    let error = client.start("7").await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(error.endpoint().unwrap().operation(), "start");
}

#[tokio::test]
async fn does_not_wrap_the_error_of_the_transport() {
    let log = Log::default();
    let dead = {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let client = client_builder(&dead).layer(note("layer", &log)).attempt_layer(note("attempt", &log));
    let error = LayeredClient::new(client.build().unwrap()).write("x").await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!(lines(&log).len(), 2);
}

#[tokio::test]
async fn layers_can_respond_without_the_transport() {
    let responding = layer_fn(|_: Next| {
        service_fn(|_: http::Request<Body>| async {
            let mut response = http::Response::new(Body::from(r#"{"message":"too many"}"#));
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            Ok::<_, BoxError>(response)
        })
    });
    let (seen, client) = client(|builder| builder.layer(responding));
    let error = client.start("7").await.unwrap_err();
    assert!(error.is_status() && error.message().as_deref() == Some("too many"), "{error:?}");
    assert_eq!(seen.count(), 0);
}

#[tokio::test]
async fn layers_can_repeat_a_request() {
    let twice = layer_fn(|next: Next| {
        service_fn(move |request: http::Request<Body>| {
            let mut next = next.clone();
            async move {
                let (parts, body) = request.into_parts();
                next.call(http::Request::from_parts(parts.clone(), body.try_clone().unwrap())).await?;
                next.call(http::Request::from_parts(parts, body)).await
            }
        })
    });
    let (seen, client) = client(|builder| builder.layer(twice));
    client.write("x").await.unwrap();
    let all = seen.all();
    assert_eq!(all.len(), 2);
    assert!(
        all.iter().all(|request| request.body() == "\"x\"" && request.headers()["authorization"] == "Bearer t0ken")
    );
}

#[tokio::test]
async fn rejects_requests_whose_extensions_a_layer_dropped() {
    let dropping = layer_fn(|next: Next| {
        MapRequest::new(next, |mut request: http::Request<Body>| {
            request.extensions_mut().clear();
            request
        })
    });
    let (seen, client) = client(|builder| builder.layer(dropping));
    let error = client.start("7").await.unwrap_err();
    assert!(error.is_build() && error.to_string().contains("extensions"), "{error}");
    assert_eq!(seen.count(), 0);
}

#[test]
fn an_in_memory_transport_needs_no_runtime() {
    let (_, client) = client(|builder| builder);
    let mut call = std::pin::pin!(client.start("7"));
    let mut cx = Context::from_waker(std::task::Waker::noop());
    let Poll::Ready(result) = call.as_mut().poll(&mut cx) else { panic!("the call does not wait") };
    assert_eq!(result.unwrap().0, "end");
}

#[test]
fn the_default_transport_reports_a_missing_runtime() {
    let client = LayeredClient::new(client_builder("http://localhost").build().unwrap());
    let mut call = std::pin::pin!(client.start("7"));
    let mut cx = Context::from_waker(std::task::Waker::noop());
    let Poll::Ready(result) = call.as_mut().poll(&mut cx) else { panic!("the call does not wait") };
    let error = result.unwrap_err();
    assert!(error.is_build() && error.to_string().contains("tokio"), "{error}");
}
