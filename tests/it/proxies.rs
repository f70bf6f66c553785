//! Whether a request uses a proxy depends on its URL, and not on the base URL that the client was built with.

use kestra_auth::{Error, api};

use crate::support::{Server, client_builder, json_response};

#[api]
trait Hello {
    #[get("/hello")]
    async fn hello(&self) -> Result<u8, Error>;
}

#[tokio::test]
async fn requests_to_this_machine_never_use_a_proxy() {
    let proxy = Server::always(json_response("1")).await;
    let local = Server::always(json_response("2")).await;
    let port = local.base.rsplit_once(':').unwrap().1;
    for base in ["http://remote.invalid", &local.base] {
        let client = client_builder(base).proxy(&proxy.base);
        let client = client.allow_plain_http().bearer_token("MARK").build().unwrap();
        let before = proxy.seen().len();
        for (base, expected) in [
            ("http://remote.invalid".to_owned(), 1),
            (local.base.clone(), 2),
            (format!("http://localhost:{port}"), 2),
            ("http://evil.localhost".to_owned(), 1),
        ] {
            let called = HelloClient::new(client.with_base(&base).unwrap()).hello().await;
            assert_eq!(called.unwrap(), expected, "{base}");
        }
        let targets: Vec<_> = proxy.seen()[before..].iter().map(|request| request.target().to_owned()).collect();
        assert_eq!(targets, ["http://remote.invalid/hello", "http://evil.localhost/hello"]);
    }
}

/// The environment belongs to the process, so the test that sets it runs in one of its own.
#[tokio::test]
async fn the_environment_is_obeyed_for_each_request() {
    const CHILD: &str = "KESTRA_AUTH_TEST_LOCAL";
    if let Ok(local) = std::env::var(CHILD) {
        let client = client_builder("http://remote.invalid").bearer_token("MARK").allow_plain_http().build().unwrap();
        assert_eq!(HelloClient::new(client.clone()).hello().await.unwrap(), 1);
        assert_eq!(HelloClient::new(client.with_base(&local).unwrap()).hello().await.unwrap(), 2);
        let client = client_builder(&local).build().unwrap();
        let remote = client.with_base("http://remote.invalid").unwrap();
        assert_eq!(HelloClient::new(remote).hello().await.unwrap(), 1);
        return;
    }
    let proxy = Server::always(json_response("1")).await;
    let local = Server::always(json_response("2")).await;
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "proxies::the_environment_is_obeyed_for_each_request"]);
    child.env(CHILD, &local.base).env("http_proxy", &proxy.base).env_remove("no_proxy").env_remove("NO_PROXY");
    let output = tokio::task::spawn_blocking(move || child.output()).await.unwrap().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!((proxy.seen().len(), local.seen().len()), (2, 1));
}
