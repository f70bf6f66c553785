//! Limits: of what an error keeps, of time, and of what a caller or a server can make the client hold.

use std::time::{Duration, Instant};

use http::{HeaderMap, HeaderName, Response as HttpResponse};
use kestra_auth::{Body, CallOptions, Error, ErrorKind, Json, JsonLines, Response, Text, api};
use serde::Deserialize;

use crate::support::{Reply, Server, client_builder, responding};

/// The server's items, of which only the numbers are read.
#[derive(Debug, Deserialize)]
struct Item {
    #[allow(dead_code, reason = "read by serde alone")]
    id: u32,
}

#[api]
trait Limited {
    #[get("/items")]
    async fn items(&self) -> Result<Vec<Item>, Error>;

    #[get("/json")]
    async fn json(&self) -> Result<Response<Json<Item>>, Error>;

    #[get("/none", none(404))]
    async fn none(&self) -> Result<Option<Item>, Error>;

    #[get("/lines")]
    async fn lines(&self) -> Result<JsonLines<u8>, Error>;

    #[get("/text")]
    async fn text(&self) -> Result<Text, Error>;

    #[get("/headers")]
    async fn headers(
        &self,
        #[headers] headers: &HeaderMap,
        #[header("X-List")] list: &[u16],
        #[options] options: CallOptions,
    ) -> Result<(), Error>;
}

fn client(body: impl Into<Body> + Clone + Send + Sync + 'static, error_limit: u64) -> LimitedClient {
    let (_, transport) = crate::support::in_memory(move |_| HttpResponse::new(body.clone().into()));
    let builder = client_builder("http://localhost").transport(transport);
    LimitedClient::new(builder.error_limit(error_limit).build().unwrap())
}

#[tokio::test]
async fn a_late_body_leaves_its_error_the_head() {
    let reply = |status: &str| {
        let head = format!("HTTP/1.1 {status}\r\nx-id: 7\r\nretry-after: 3\r\ncontent-length: 99\r\n\r\nstart");
        Server::start(move |_| Reply::Hang(head.clone().into()))
    };
    for (status, kind) in [
        ("200 OK", ErrorKind::Timeout),
        ("404 Not Found", ErrorKind::Status),
        ("503 Service Unavailable", ErrorKind::Status),
    ] {
        let server = reply(status).await;
        let client = client_builder(&server.base).timeout(Duration::from_millis(200)).build().unwrap();
        let error = LimitedClient::new(client).json().await.unwrap_err();
        assert_eq!((error.kind(), error.headers()["x-id"].as_bytes()), (kind, &b"7"[..]), "{error:?}");
        assert!(status.starts_with(error.status().unwrap().as_str()), "{error:?}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(3)));
    }
}

#[tokio::test]
async fn an_error_keeps_the_start_of_the_body_only() {
    let body = format!("{:>1000}", "{}");
    let limited = client(body.clone(), 10);
    for error in
        [limited.items().await.unwrap_err(), limited.json().await.unwrap_err(), limited.none().await.unwrap_err()]
    {
        assert!(error.is_decode() && error.status().unwrap() == 200, "{error:?}");
        assert_eq!(&error.body()[..], &body.as_bytes()[..10]);
    }
    assert_eq!(client(body.clone(), 5_000).items().await.unwrap_err().body().len(), 1_000);

    let layer = tower::layer::layer_fn(|_| {
        tower::service_fn(|_: http::Request<Body>| async {
            Err::<HttpResponse<Body>, _>(Error::new(ErrorKind::Layer, "made by a layer").with_body("0123456789"))
        })
    });
    let with_layer = client_builder("http://localhost").layer(layer).error_limit(4).build().unwrap();
    assert_eq!(LimitedClient::new(with_layer).items().await.unwrap_err().body(), "0123");
}

#[tokio::test]
async fn explains_a_large_body_quickly() {
    let item = format!(r#"{{"id":1,"name":"{}"}},"#, "x".repeat(1_000));
    let body = format!(r#"[{}{{"id":"x"}}]"#, item.repeat(4_000));
    let started = Instant::now();
    let error = client(body.clone(), u64::MAX).items().await.unwrap_err();
    let decoding = started.elapsed();
    assert!(error.to_string().contains("at `[4000].id`: expected u32, found a string"), "{error}");
    let started = Instant::now();
    assert_eq!(error.message(), None);
    let looking = started.elapsed();
    assert!(looking < decoding, "{looking:?} to find a message, {decoding:?} to decode all");
}

#[tokio::test]
async fn skips_a_byte_order_mark() {
    assert_eq!(client("\u{feff}text", 0).text().await.unwrap(), "text");
    assert!(client("\u{feff}[{\"id\": 1}]", 0).items().await.is_ok());
    let mut lines = client("\u{feff}1\n\u{feff}2\n\u{feff}\n", 0).lines().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap(), 1);
    assert_eq!(lines.next().await.unwrap().unwrap(), 2);
    assert!(lines.next().await.is_none());
}

/// The body is announced, and only a part of it arrives.
#[tokio::test]
async fn a_status_error_whose_body_stalls_keeps_its_status() {
    let response =
        b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 7\r\ncontent-length: 99\r\n\r\n{\"message\":\"busy\"";
    let server = Server::start(|_| Reply::Hang(response.to_vec())).await;
    let limit = Duration::from_secs(2);
    for builder in [
        client_builder(&server.base).timeout(limit),
        client_builder(&server.base).read_timeout(limit),
        client_builder(&server.base).timeout(limit).layer(tower::layer::util::Identity::new()),
    ] {
        let error = LimitedClient::new(builder.build().unwrap()).items().await.unwrap_err();
        assert!(error.is_status() && error.status().unwrap() == 503, "{error:?}");
        assert_eq!(error.body(), "{\"message\":\"busy\"");
        assert_eq!((error.message().as_deref(), error.retry_after()), (Some("busy"), Some(Duration::from_secs(7))));
    }
}

#[tokio::test]
async fn a_success_whose_body_stalls_is_a_timeout() {
    let server = Server::start(|_| Reply::Hang(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n[".to_vec())).await;
    let client = client_builder(&server.base).timeout(Duration::from_millis(300)).build().unwrap();
    assert!(LimitedClient::new(client).items().await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn reports_too_many_headers() {
    let name = |number: u16| format!("x-{number}");
    let map: HeaderMap =
        (0..20_000).map(|number| (HeaderName::try_from(name(number)).unwrap(), number.into())).collect();
    let options = |numbers: std::ops::Range<u16>| {
        numbers.fold(CallOptions::new(), |options, number| options.header(name(number), number))
    };
    let expect = |error: Error| {
        assert!(error.is_build() && error.to_string().contains("more than 4096 headers"), "{error:?}");
    };
    let (seen, client) = responding(|_| HttpResponse::new(Body::empty()));
    let limited = LimitedClient::new(client.clone());
    expect(limited.headers(&HeaderMap::new(), &[], options(0..30_000)).await.unwrap_err());
    expect(limited.headers(&map, &[], CallOptions::new()).await.unwrap_err());
    expect(limited.headers(&HeaderMap::new(), &vec![1; 30_000], CallOptions::new()).await.unwrap_err());
    let wide = LimitedClient::new(client.with_options(options(0..4_000)));
    expect(wide.headers(&HeaderMap::new(), &[], options(4_000..8_000)).await.unwrap_err());
    let builder =
        (0..30_000).fold(client_builder("http://localhost"), |builder, number| builder.header(name(number), number));
    expect(builder.build().unwrap_err());
    let request = (0..30_000)
        .fold(client.request(http::Method::GET, "/a"), |request, number| request.header(name(number), number));
    expect(request.send::<()>().await.unwrap_err());
    assert_eq!(seen.count(), 0);
    limited.headers(&HeaderMap::new(), &[], options(0..4_000)).await.unwrap();
}
