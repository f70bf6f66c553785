//! The settings of the default transport, and their errors, which appear when the client is built. TLS is in
//! `faults::tls`.

use std::error::Error as _;
use std::net::{AddrParseError, IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::Method;
use kestra_auth::transport::{Next, reqwest};
use kestra_auth::{CallOptions, Client, ClientBuilder, Error, api};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::support::{
    Server, client_builder, json_response, on_tested_transport, printed, raw_response, reqwest_builder,
};

fn remote() -> ClientBuilder {
    client_builder("http://kestra.test")
}

async fn get(client: &Client) -> Result<u8, Error> {
    client.request(Method::GET, "/").send().await
}

async fn call(builder: ClientBuilder) -> Result<u8, Error> {
    get(&builder.build().unwrap()).await
}

fn address(server: &Server) -> SocketAddr {
    server.base.strip_prefix("http://").unwrap().parse().unwrap()
}

#[tokio::test]
async fn sends_the_credentials_of_a_proxy_to_the_proxy_only() {
    let proxy = Server::always(json_response("1")).await;
    let local = Server::always(json_response("2")).await;
    let client = remote().proxy(&proxy.base.replace("//", "//user:p%40ss@")).build().unwrap();
    assert_eq!(get(&client).await.unwrap(), 1);
    assert_eq!(get(&client.with_base(&local.base).unwrap()).await.unwrap(), 2);
    let request = proxy.only();
    assert_eq!(request.target(), "http://kestra.test/");
    assert_eq!(request.header("proxy-authorization"), Some("Basic dXNlcjpwQHNz"));
    assert_eq!(request.header("authorization"), None);
    assert_eq!(local.only().header("proxy-authorization"), None);
    assert!(!format!("{client:?}").contains("user"));
}

/// The proxy sees the host, and nothing of the request.
#[tokio::test]
async fn https_passes_a_proxy_in_a_tunnel() {
    let proxy = Server::always(raw_response("200 OK", &[], b"")).await;
    let builder = client_builder("https://kestra.test/MARK").proxy(&proxy.base.replace("//", "//user:pass@"));
    call(builder.bearer_token("MARK").header("x-own", "MARK")).await.unwrap_err();
    let request = proxy.only();
    assert_eq!((request.method(), request.target()), ("CONNECT", "kestra.test:443"));
    assert_eq!(request.header("proxy-authorization"), Some("Basic dXNlcjpwYXNz"));
    assert!(!String::from_utf8(request.bytes()).unwrap().contains("MARK"), "{request:?}");
}

#[tokio::test]
async fn the_last_proxy_counts() {
    let proxy = Server::always(json_response("1")).await;
    let other = Server::always(json_response("2")).await;
    let server = Server::always(json_response("3")).await;
    assert_eq!(call(remote().proxy(&proxy.base).proxy(&other.base)).await.unwrap(), 2);
    let of_closure = reqwest::Proxy::all(&proxy.base).unwrap();
    let builder =
        reqwest_builder("http://kestra.test").reqwest(move |builder| builder.proxy(of_closure)).proxy(&other.base);
    assert_eq!(call(builder).await.unwrap(), 2);
    let builder = remote().proxy(&proxy.base).no_proxy().resolve("kestra.test", address(&server));
    assert_eq!(call(builder).await.unwrap(), 3);
}

#[tokio::test]
async fn a_scheme_can_be_left_out_of_a_proxy() {
    let proxy = Server::always(json_response("1")).await;
    assert_eq!(call(remote().proxy(&address(&proxy).to_string())).await.unwrap(), 1);
}

#[tokio::test]
async fn a_resolved_host_keeps_its_name() {
    let server = Server::always(json_response("1")).await;
    let builder = remote().no_proxy().resolve("KESTRA.test", address(&server));
    assert_eq!(call(builder).await.unwrap(), 1);
    assert_eq!(server.only().header("host"), Some("kestra.test"));
}

#[tokio::test]
async fn the_addresses_of_a_host_are_tried_in_order() {
    let server = Server::always(json_response("1")).await;
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let builder = remote().no_proxy().resolve("kestra.test", unused).resolve("kestra.test", address(&server));
    assert_eq!(call(builder.resolve("other.test", unused)).await.unwrap(), 1);
}

/// Starts a server that keeps connections open. Returns its URL and the number of connections so far.
async fn persistent_server() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(async move {
                let mut head = [0; 4096];
                while stream.read(&mut head).await.is_ok_and(|length| length > 0) {
                    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n1").await;
                }
            });
        }
    });
    (base, connections)
}

#[tokio::test]
async fn unused_connections_are_closed_after_the_idle_timeout() {
    for (timeout, pause, expected) in [
        (None, Duration::ZERO, 1),
        (Some(Duration::ZERO), Duration::ZERO, 3),
        (Some(Duration::from_millis(20)), Duration::from_millis(60), 3),
        (Some(Duration::MAX), Duration::from_millis(60), 1),
    ] {
        let (base, connections) = persistent_server().await;
        let builder = client_builder(&base);
        let builder = match timeout {
            None => builder,
            Some(timeout) => builder.pool_idle_timeout(timeout),
        };
        let client = builder.build().unwrap();
        for _ in 0..3 {
            assert_eq!(get(&client).await.unwrap(), 1);
            tokio::time::sleep(pause).await;
        }
        assert_eq!(connections.load(Ordering::SeqCst), expected, "{timeout:?}");
    }
}

#[tokio::test]
async fn speaks_http2_without_asking() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut connection = h2::server::handshake(stream).await.unwrap();
        while let Some(Ok((_, mut respond))) = connection.accept().await {
            let mut body = respond.send_response(http::Response::new(()), false).unwrap();
            body.send_data(Bytes::from_static(b"2"), true).unwrap();
        }
    });
    assert_eq!(call(client_builder(&base).http2_prior_knowledge()).await.unwrap(), 2);
}

#[tokio::test]
async fn closures_can_fail() {
    let parse = |text: &'static str| {
        reqwest_builder("http://kestra.test").try_reqwest(move |builder| {
            let address: IpAddr = text.parse()?;
            Ok::<_, AddrParseError>(builder.local_address(address).no_proxy())
        })
    };
    let server = Server::always(json_response("1")).await;
    assert_eq!(call(parse("127.0.0.1").resolve("kestra.test", address(&server))).await.unwrap(), 1);
    let error = parse("MARK").build().unwrap_err();
    assert!(error.is_build() && error.source().unwrap().is::<AddrParseError>(), "{error:?}");
    assert!(error.to_string().contains("`ClientBuilder::try_reqwest`"), "{error}");
    let failing = reqwest_builder("http://kestra.test")
        .try_reqwest(|builder| Ok::<_, reqwest::Error>(builder.proxy(reqwest::Proxy::all("http://MARK:MARK")?)));
    let error = failing.build().unwrap_err();
    assert!(error.is_build() && error.source().is_none(), "{error:?}");
}

#[test]
fn errors_name_the_setting_and_no_value() {
    let elsewhere = SocketAddr::from(([203, 0, 113, 7], 80));
    for (builder, expected) in [
        (remote().proxy("http://user:MARK@"), "invalid proxy: "),
        (remote().proxy("ftp://MARK"), "invalid proxy: "),
        (remote().resolve("http://MARK", elsewhere), "invalid host for `resolve`"),
        (remote().resolve("", elsewhere), "invalid host for `resolve`"),
        (remote().resolve("127.0.0.1", elsewhere), "invalid host for `resolve`"),
        (remote().resolve("LOCALHOST", elsewhere), "invalid address for `resolve`"),
        (remote().user_agent("MARK\n"), "`user-agent`"),
    ] {
        let error = builder.build().unwrap_err();
        assert!(error.is_build() && error.to_string().contains(expected), "{error}");
        assert!(!printed(&error).contains("MARK") && !printed(&error).contains("203"), "{error}");
    }
}

/// The environment belongs to the process, so the test that reads it runs in one of its own.
#[tokio::test]
async fn settings_come_from_the_environment() {
    const PREFIX: &str = "KESTRA_AUTH_TEST_OWN";
    if std::env::var_os(format!("{PREFIX}_URL")).is_some() {
        let from_env = || on_tested_transport(ClientBuilder::from_env(PREFIX));
        assert_eq!(call(from_env().allow_plain_http()).await.unwrap(), 1);
        let overridden = from_env().allow_plain_http().bearer_token("other");
        assert_eq!(call(overridden).await.unwrap(), 1);
        return;
    }
    let proxy = Server::always(json_response("1")).await;
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "configuration::settings_come_from_the_environment"]);
    for (name, value) in
        [("URL", "http://kestra.test/api/"), ("USER", "ada"), ("PASSWORD", "p"), ("PROXY", &proxy.base)]
    {
        child.env(format!("{PREFIX}_{name}"), value);
    }
    let output = tokio::task::spawn_blocking(move || child.output()).await.unwrap().unwrap();
    assert!(output.status.success(), "{output:?}");
    let seen = proxy.seen();
    let authorization: Vec<_> = seen.iter().filter_map(|request| request.header("authorization")).collect();
    assert_eq!(authorization, ["Basic YWRhOnA=", "Bearer other"]);
    assert_eq!(seen[0].target(), "http://kestra.test/api/");
}

#[api]
trait Slow {
    #[get("/hasty", read_timeout = "100ms")]
    async fn hasty(&self, #[options] options: CallOptions) -> Result<u8, Error>;

    #[get("/")]
    async fn plain(&self, #[options] options: CallOptions) -> Result<u8, Error>;
}

#[tokio::test]
async fn the_narrowest_level_decides_how_long_the_server_may_be_silent() {
    const SHORT: Duration = Duration::from_millis(100);
    const LONG: Duration = Duration::from_secs(10);
    // The server is silent for a while in the middle of the body.
    let server = slow_server(Duration::from_millis(400)).await;
    let layer = || tower::layer::layer_fn(|next: Next| next);
    for layers in [0, 1, 2] {
        for (of_client, hasty, of_call, fails) in [
            (LONG, false, None, false),
            (SHORT, false, None, true),
            (LONG, true, None, true),
            (LONG, true, Some(LONG), false),
            (LONG, false, Some(SHORT), true),
            (SHORT, false, Some(LONG), false),
        ] {
            let builder = client_builder(&server).read_timeout(of_client);
            let builder = match layers {
                0 => builder,
                1 => builder.layer(layer()),
                _ => builder.layer(layer()).attempt_layer(layer()),
            };
            let slow = SlowClient::new(builder.build().unwrap());
            let options = of_call.map_or(CallOptions::new(), |limit| CallOptions::new().read_timeout(limit));
            let result = if hasty { slow.hasty(options).await } else { slow.plain(options).await };
            let case = format!("{layers} {of_client:?} {hasty} {of_call:?}");
            match result {
                Ok(value) => assert!(value == 12 && !fails, "{case}"),
                Err(error) => assert!(error.is_timeout() && fails, "{case}: {error}"),
            }
        }
    }
}

/// Starts a server that pauses within each response. Returns its URL.
async fn slow_server(pause: Duration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let _ = stream.read(&mut [0; 4096]).await;
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n1").await;
                tokio::time::sleep(pause).await;
                let _ = stream.write_all(b"2").await;
            });
        }
    });
    base
}
