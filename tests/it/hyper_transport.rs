//! What differs on the transport on hyper, whichever transport the other tests run on.

use http::Method;
use kestra_auth::{Body, Client, ClientBuilder, Error};

use crate::support::{Server, client_builder, in_memory, json_response, printed};

async fn get(builder: ClientBuilder) -> Result<u8, Error> {
    builder.build().unwrap().request(Method::GET, "/").send().await
}

#[tokio::test]
async fn is_used_whenever_it_is_set() {
    let server = Server::always(json_response("1")).await;
    assert_eq!(get(Client::builder(&server.base).hyper()).await.unwrap(), 1);
    // A transport of the caller's replaces both.
    let (seen, service) = in_memory(|_| http::Response::new(Body::from("2")));
    assert_eq!(get(Client::builder("http://kestra.test").transport(service).hyper()).await.unwrap(), 2);
    assert_eq!((seen.count(), server.seen().len()), (1, 1));
}

#[test]
fn rejects_closures_over_the_builder_of_reqwest() {
    let builder = || Client::builder("http://kestra.test");
    for (builder, method) in [
        (builder().reqwest(|builder| builder).hyper(), "`ClientBuilder::reqwest`"),
        (builder().hyper().reqwest(|builder| builder.user_agent("MARK")), "`ClientBuilder::reqwest`"),
        (builder().hyper().try_reqwest(Ok::<_, Error>), "`ClientBuilder::try_reqwest`"),
    ] {
        let error = builder.build().unwrap_err();
        assert!(error.is_build() && error.to_string().contains(method), "{error}");
        assert!(error.to_string().contains("`ClientBuilder::hyper`") && !printed(&error).contains("MARK"), "{error}");
    }
}

/// The environment belongs to the process, so the test that sets it runs in one of its own.
#[tokio::test]
async fn an_unsupported_proxy_of_the_environment_is_an_error() {
    const CHILD: &str = "KESTRA_AUTH_TEST_SOCKS";
    if std::env::var_os(CHILD).is_some() {
        let server = Server::always(json_response("1")).await;
        // This machine is reached without a proxy.
        assert_eq!(get(Client::builder(&server.base).hyper()).await.unwrap(), 1);
        let address: std::net::SocketAddr = server.base.strip_prefix("http://").unwrap().parse().unwrap();
        let remote = || Client::builder("http://kestra.test").resolve("kestra.test", address).hyper();
        let error = get(remote()).await.unwrap_err();
        assert!(error.is_build() && error.to_string().contains("unsupported proxy in the environment"), "{error}");
        assert!(!printed(&error).contains("MARK"), "{error}");
        assert_eq!(get(remote().no_proxy()).await.unwrap(), 1);
        return;
    }
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "hyper_transport::an_unsupported_proxy_of_the_environment_is_an_error"]);
    child.env(CHILD, "1").env("all_proxy", "socks5://MARK:MARK@127.0.0.1:1");
    for name in ["ALL_PROXY", "http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY"] {
        child.env_remove(name);
    }
    let output = tokio::task::spawn_blocking(move || child.output()).await.unwrap().unwrap();
    assert!(output.status.success(), "{output:?}");
}

/// A layer can write the host in a way that URL parsers normalize.
#[tokio::test]
async fn no_proxy_sees_a_request_to_this_machine_however_it_is_spelled() {
    let proxy = Server::always(json_response("1")).await;
    let local = Server::always(json_response("2")).await;
    let port = local.base.rsplit_once(':').unwrap().1.to_owned();
    for host in ["LOCALHOST", "127.1", "0x7f000001", "127.0.0.2"] {
        let url = format!("http://{host}:{port}/");
        let layer = tower::layer::layer_fn(move |next: kestra_auth::transport::Next| {
            let url = url.clone();
            tower::util::MapRequest::new(next, move |mut request: http::Request<Body>| {
                *request.uri_mut() = url.parse().unwrap();
                request
            })
        });
        let builders = [|| client_builder("http://kestra.test"), || Client::builder("http://kestra.test").hyper()];
        for (builder, is_inside) in builders.into_iter().flat_map(|builder| [(builder, true), (builder, false)]) {
            let builder = builder().proxy(&proxy.base.replace("//", "//user:pass@"));
            let layered = if is_inside { builder.attempt_layer(layer.clone()) } else { builder.layer(layer.clone()) };
            let _ = get(layered).await;
        }
    }
    assert_eq!(proxy.seen().len(), 0);
    assert!(local.seen().len() >= 12, "{:?}", local.seen());
    assert!(local.seen().iter().all(|request| request.header("proxy-authorization").is_none()));
}

/// Only the proxy that a request passes gets its credential.
#[tokio::test]
async fn the_credential_of_a_proxy_is_sent_with_each_request_that_it_forwards() {
    let proxy = Server::always(json_response("1")).await;
    let local = Server::always(json_response("2")).await;
    let builder = Client::builder("http://kestra.test").proxy(&proxy.base.replace("//", "//user:pass@")).hyper();
    let client = builder.build().unwrap();
    for base in ["http://kestra.test", "http://other.test:81/prefix", &local.base] {
        let _: u8 = client.with_base(base).unwrap().request(Method::GET, "/").send().await.unwrap();
    }
    let sent: Vec<_> = proxy.seen().iter().map(|request| request.header("proxy-authorization").is_some()).collect();
    assert_eq!(sent, [true, true]);
    assert_eq!(local.only().header("proxy-authorization"), None);
}
