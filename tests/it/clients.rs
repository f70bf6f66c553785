//! The client builder, and clients derived from a client. Layers and precedence are in `layers` and `options`.

use std::time::Duration;

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue, Method};
use kestra_auth::{
    Body, CallOptions, Client, ClientBuilder, Credential, Error, FromResponse, Response, Text, api, block_on,
};
use serde_json::Value;

use crate::support::{Reply, Seen, Server, client_builder, in_memory, json_response, raw_response, reqwest_builder};

#[api]
trait Hello {
    #[get("/hello")]
    async fn hello(&self) -> Result<(), Error>;

    #[get("/text")]
    async fn text(&self) -> Result<Text, Error>;
}

fn client(base: &str, configure: impl FnOnce(ClientBuilder) -> ClientBuilder) -> (Seen, Client) {
    let (seen, service) = in_memory(|_| http::Response::new(Body::empty()));
    (seen, configure(client_builder(base).transport(service)).build().unwrap())
}

/// Makes a call and returns a header that it sent.
async fn header(seen: &Seen, client: Client, name: &str) -> Option<String> {
    let before = seen.count();
    HelloClient::new(client).hello().await.unwrap();
    seen.all()[before].headers().get(name).map(|value| value.to_str().unwrap().to_owned())
}

#[tokio::test]
async fn sends_the_configured_credential() {
    const HOME: &str = "http://localhost";
    let (seen, basic) = client(HOME, |builder| builder.basic_auth("Aladdin", "open sesame"));
    assert_eq!(header(&seen, basic, "authorization").await.unwrap(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    let (seen, bearer) = client(HOME, |builder| builder.bearer_token("t"));
    assert_eq!(header(&seen, bearer, "authorization").await.unwrap(), "Bearer t");
    let (seen, given) = client(HOME, |builder| builder.credential(Credential::bearer("c").unwrap()));
    assert_eq!(header(&seen, given, "authorization").await.unwrap(), "Bearer c");
    let (seen, by_user_info) = client("http://Aladdin:open%20sesame@localhost/", |builder| builder);
    assert_eq!(header(&seen, by_user_info, "authorization").await.unwrap(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    let (seen, nobody) = client(HOME, |builder| builder);
    assert_eq!(header(&seen, nobody, "authorization").await, None);
}

#[tokio::test]
async fn sends_default_headers_and_the_user_agent() {
    let (seen, own) = client("http://localhost", |builder| builder.header("X-A", "1").user_agent("mine/1"));
    assert_eq!(header(&seen, own.clone(), "x-a").await.unwrap(), "1");
    let default = concat!("kestra-auth/", env!("CARGO_PKG_VERSION"));
    assert_eq!(header(&seen, own, "user-agent").await.unwrap(), format!("mine/1 {default}"));
    let (seen, plain) = client("http://localhost", |builder| builder);
    assert_eq!(header(&seen, plain, "user-agent").await.unwrap(), default);
    let (seen, replaced) =
        client("http://localhost", |builder| builder.header("User-Agent", "other/2").user_agent("mine/1"));
    assert_eq!(header(&seen, replaced, "user-agent").await.unwrap(), "other/2");
}

#[test]
fn reports_invalid_settings_when_building() {
    let local = || client_builder("http://localhost");
    for builder in [
        local().header("X A", "1"),
        local().header("X-A", "a\nb"),
        local().bearer_token(""),
        local().basic_auth("a:b", "c"),
        local().user_agent("a\nb"),
        local().allow_redirects_to("nonsense"),
        client_builder("http://example.com").bearer_token("t"),
        client_builder("http://u:p@example.com"),
    ] {
        assert!(builder.build().unwrap_err().is_build());
    }
    let plain = client_builder("http://example.com").bearer_token("t").build().unwrap_err();
    assert!(plain.to_string().contains("allow_plain_http"));
    client_builder("http://example.com").bearer_token("t").allow_plain_http().build().unwrap();
    for local in ["http://localhost", "http://127.0.0.1:8080", "http://[::1]", "https://example.com"] {
        client_builder(local).bearer_token("t").build().unwrap();
    }
}

#[tokio::test]
async fn with_base_keeps_the_transport_and_drops_the_credential_for_another_origin() {
    let (seen, first) = client("http://localhost/a", |builder| builder.bearer_token("t").header("X-A", "1"));
    let here = first.with_base("http://localhost/b/").unwrap();
    let there = first.with_base("http://localhost:81/c").unwrap();
    assert_eq!(header(&seen, here, "authorization").await.unwrap(), "Bearer t");
    assert_eq!(header(&seen, there.clone(), "authorization").await, None, "no credential is sent to another origin");
    assert_eq!(header(&seen, there, "x-a").await.unwrap(), "1");
    let urls: Vec<_> = seen.all().iter().map(|request| request.uri().to_string()).collect();
    assert_eq!(urls[..2], ["http://localhost/b/hello", "http://localhost:81/c/hello"]);
    assert!(first.with_base("http://h/?q").unwrap_err().is_build());
    // User info of the new base URL is a credential, so plain HTTP is rejected.
    assert!(first.with_base("http://u:p@example.com").unwrap_err().is_build());
    let own = first.with_base("http://u:p@localhost:82").unwrap();
    assert_eq!(header(&seen, own, "authorization").await.unwrap(), "Basic dTpw");
}

#[tokio::test]
async fn with_credential_leaves_the_original_client_unchanged() {
    let (seen, first) = client("http://localhost", |builder| builder.bearer_token("t"));
    let second = first.with_credential(Credential::bearer("u").unwrap()).unwrap();
    assert_eq!(header(&seen, second, "authorization").await.unwrap(), "Bearer u");
    assert_eq!(header(&seen, first, "authorization").await.unwrap(), "Bearer t");
    let plain = client_builder("http://example.com").build().unwrap();
    assert!(plain.with_credential(Credential::bearer("u").unwrap()).unwrap_err().is_build());
}

/// A result whose constant is not a valid header value.
#[derive(Debug)]
struct Accented;

impl FromResponse for Accented {
    const ACCEPT: &'static str = "text/caf\u{e9}";
    type Body = Bytes;

    fn from_response(_: Response<Bytes>) -> Result<Self, Error> {
        Ok(Self)
    }
}

#[tokio::test]
async fn rejects_media_types_that_are_not_header_values() {
    let (seen, client) = client("http://localhost", |builder| builder);
    let post = || client.request(Method::POST, "/");
    for media_type in ["text/caf\u{e9}", "text/plain\r\nx-a: b", "text/\0"] {
        let error = post().body(media_type, "body").send::<()>().await.unwrap_err();
        assert!(error.is_build() && error.to_string().contains("`content-type`"), "{error}");
        assert!(!crate::support::printed(&error).contains("text/"), "{error}");
    }
    let error = post().send::<Accented>().await.unwrap_err();
    assert!(error.is_build() && error.to_string().contains("`accept`"), "{error}");
    assert_eq!(seen.count(), 0);
}

#[tokio::test]
async fn takes_headers_as_text_or_typed() {
    let typed = (HeaderName::from_static("x-b"), HeaderValue::from_static("2"));
    let (seen, client) = client("http://localhost", |builder| {
        builder.header("X-A", "1").header(&typed.0, &typed.1).user_agent(HeaderValue::from_static("mine/1"))
    });
    let request = client.request(Method::GET, "/").header("X-C", String::from("3")).header(typed.0, 4);
    request.header(AUTHORIZATION, "Bearer t").send::<()>().await.unwrap();
    let sent = seen.only();
    for (name, value) in [("x-a", "1"), ("x-b", "4"), ("x-c", "3"), ("user-agent", "mine/1 kestra-auth/0.1.0")] {
        assert_eq!(sent.headers()[name], value, "{name}");
    }
    assert!(sent.headers()[AUTHORIZATION].is_sensitive());
}

#[test]
fn debug_output_shows_no_values() {
    let client = client_builder("http://MARK:MARK@localhost/MARK").build().unwrap();
    let credential = Credential::header("X-Mark", "MARK").unwrap();
    let options = CallOptions::new().header("X-A", "MARK").bearer_token("MARK").idempotency_key("MARK");
    let request = client
        .request(Method::POST, "/MARK?MARK")
        .query("MARK", "MARK")
        .header("X-A", "MARK")
        .json("MARK")
        .options(options.clone());
    let builder = client_builder("http://MARK@localhost/MARK").header("X-A", "MARK");
    let shown = format!("{client:?} {credential:?} {options:?} {request:?} {builder:?}");
    assert!(!shown.contains("MARK"), "{shown}");
}

/// The read timeout works in the transport, so it needs a real connection.
#[tokio::test]
async fn read_timeouts_cover_the_body() {
    let server = Server::start(|_| Reply::Hang(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc".to_vec())).await;
    for client in [
        client_builder(&server.base).read_timeout(Duration::from_millis(50)),
        reqwest_builder(&server.base).reqwest(|builder| builder.read_timeout(Duration::from_millis(50))),
    ] {
        let error = HelloClient::new(client.build().unwrap()).text().await.unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
    }
}

/// With the second closure alone, the request would bypass the proxy of the first.
#[tokio::test]
async fn applies_all_closures_over_the_transport() {
    let proxy = Server::always(json_response("1")).await;
    let url = proxy.base.clone();
    let client = reqwest_builder("http://example.invalid")
        .reqwest(move |builder| builder.proxy(reqwest::Proxy::all(url).unwrap()))
        .reqwest(|builder| builder.pool_max_idle_per_host(0))
        .build()
        .unwrap();
    HelloClient::new(client).hello().await.unwrap();
    assert_eq!(proxy.only().target(), "http://example.invalid/hello");
}

#[tokio::test]
async fn never_lets_the_transport_follow_redirects() {
    let server = Server::always(raw_response("302 Found", &[("location", "http://127.0.0.1:1/")], b"")).await;
    let client = reqwest_builder(&server.base)
        .reqwest(|builder| builder.redirect(reqwest::redirect::Policy::limited(5)).referer(true))
        .build()
        .unwrap();
    assert!(HelloClient::new(client).hello().await.unwrap_err().is_redirect());
}

#[tokio::test]
async fn reports_a_refused_connection_without_its_address() {
    let base = format!("http://{}", std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap());
    let error = HelloClient::new(client_builder(&base).build().unwrap()).hello().await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert!(!crate::support::printed(&error).contains("127.0.0.1"));
}

#[test]
fn block_on_needs_no_runtime_and_rejects_being_inside_one() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let server = runtime.block_on(Server::always(json_response("\"text\"")));
    let hello = HelloClient::new(server.client());
    for _ in 0..2 {
        assert_eq!(&*block_on(hello.text()).unwrap(), "\"text\"");
    }
    let inside = runtime.block_on(async { block_on(hello.text()) });
    assert!(inside.unwrap_err().is_build());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn sends_requests_that_no_trait_declares() {
    let (seen, client) = client("http://localhost/base", |builder| builder.bearer_token("t"));
    let request = client.request(Method::PUT, "/a b/%2F?x=1").query("n m", &Some("é")).header("X-A", "1").json(&[1]);
    let _: Value = request.send().await.unwrap();
    let purge = Method::from_bytes(b"PURGE").unwrap();
    let _: Result<Text, _> = client.request(purge, "/").body("text/plain", "body").send().await;
    let all = seen.all();
    assert_eq!(all[0].method(), Method::PUT);
    assert_eq!(all[0].uri(), "http://localhost/base/a%20b/%2F?x=1&n%20m=%C3%A9");
    assert_eq!(
        (&all[0].headers()["x-a"], &all[0].headers()["authorization"]),
        (&"1".parse().unwrap(), &"Bearer t".parse().unwrap())
    );
    assert_eq!((all[1].method().as_str(), all[1].uri().path()), ("PURGE", "/base/"));
    for path in ["", "a", "/a/../b", "/%2e%2e", "/a//b", "/a#b", "/a?b c", "/a\u{e9}?\u{e9}"] {
        let error = client.request(Method::GET, path).send::<()>().await.unwrap_err();
        assert!(
            error.is_build() && error.to_string().starts_with("Client::request (GET …): invalid path: "),
            "{path}: {error}"
        );
    }
    for request in
        [client.request(Method::GET, "/").header("host", "x"), client.request(Method::GET, "/").header("a b", "x")]
    {
        assert!(request.send::<()>().await.unwrap_err().is_build());
    }
    assert_eq!(seen.all().len(), 2);
}

#[tokio::test]
async fn treats_api_keys_and_authorization_headers_as_credentials() {
    let key = || Credential::header("X-Api-Key", "key").unwrap();
    let (seen, with_key) = client("https://h", |builder| builder.credential(key()));
    let (_, with_header) = client("https://h", |builder| builder.header("Authorization", "Token t"));
    HelloClient::new(with_key).hello().await.unwrap();
    let all = seen.all();
    let sent = &all[0].headers()["x-api-key"];
    assert!(sent == "key" && sent.is_sensitive());
    assert!(format!("{with_header:?}").find("Token").is_none());
    for builder in
        [client_builder("http://h").credential(key()), client_builder("http://h").header("Authorization", "Token t")]
    {
        assert!(builder.build().unwrap_err().to_string().contains("allow_plain_http"));
    }
    for invalid in [Credential::header("host", "x"), Credential::header("a b", "x"), Credential::header("x", "")] {
        assert!(invalid.unwrap_err().is_build());
    }
}
