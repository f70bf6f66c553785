//! Errors of the default transport say what happened, and whether the call may have had an effect.

use std::error::Error as _;
use std::net::TcpListener;
use std::time::Duration;

use futures_util::{StreamExt, stream};
use http::Method;
use kestra_auth::{ApiError, Body, Error, ErrorKind};

use crate::support::{Reply, Server, client_builder, json_response, printed, raw_response, reqwest_builder};

async fn post(base: &str) -> Error {
    let client = client_builder(base).read_timeout(Duration::from_millis(100)).build().unwrap();
    client.request(Method::POST, "/MARK").body("text/plain", "MARK").send::<()>().await.unwrap_err()
}

fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

#[tokio::test]
async fn a_refused_connection_did_not_reach_the_server() {
    let error = post(&format!("http://{}", free_address())).await;
    assert!(error.is_connect() && !error.may_have_reached_server(), "{error:?}");
    assert!(!error.is_tls() && !error.is_dns() && !error.is_protocol());
}

#[tokio::test]
async fn a_lost_connection_may_have_reached_the_server() {
    for bytes in [&b""[..], b"HTTP/1.1 200 OK\r\nx-MARK"] {
        let error = post(&Server::always(bytes.to_vec()).await.base).await;
        assert!(error.is_connect() && error.may_have_reached_server(), "{error:?}");
        assert!(error.to_string().contains("lost"), "{error}");
    }
    let silent = Server::start(|_| Reply::Hang(Vec::new())).await;
    let error = post(&silent.base).await;
    assert!(error.is_timeout() && error.may_have_reached_server(), "{error:?}");
    let error: ApiError<u8> = error.into();
    assert!(error.may_have_reached_server() && !error.is_tls() && !error.is_dns() && !error.is_protocol());
}

#[tokio::test]
async fn an_attempt_after_a_redirect_follows_one_that_reached_the_server() {
    let address = free_address();
    let server =
        Server::always(raw_response("307 Temporary Redirect", &[("location", &format!("http://{address}/"))], b""));
    let server = server.await;
    let client = client_builder(&server.base).allow_redirects_to(&format!("http://{address}")).build().unwrap();
    let error = client.request(Method::POST, "/").json(&1).send::<()>().await.unwrap_err();
    assert!(error.is_connect() && error.may_have_reached_server(), "{error:?}");
}

#[tokio::test]
async fn a_response_that_is_not_http_has_its_own_kind() {
    for bytes in [&b"SSH-2.0-MARK\r\n"[..], b"MARK MARK\r\n\r\n", b"HTTP/1.1 MARK\r\n\r\n", b"\x15\x03\x01\0\x02\x02"] {
        let error = post(&Server::always(bytes.to_vec()).await.base).await;
        assert_eq!(error.kind(), ErrorKind::Protocol, "{error:?}");
        assert!(
            error.is_protocol() && error.may_have_reached_server() && !printed(&error).contains("MARK"),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn a_host_without_an_address_is_a_dns_error() {
    let error = post("http://MARK.invalid").await;
    assert!(error.is_dns() && error.is_connect() && !error.may_have_reached_server(), "{error:?}");
    assert!(error.to_string().ends_with("could not resolve the host name"), "{error}");
    assert!(!printed(&error).to_lowercase().contains("mark"), "{}", printed(&error));
}

#[tokio::test]
async fn a_server_without_tls_is_a_tls_error() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut hello = [0; 64];
            let _ = stream.read(&mut hello).await;
            let _ = stream.write_all(b"HTTP/1.1 400 MARK\r\n\r\n").await;
        }
    });
    let error = post(&base).await;
    assert!(error.is_tls() && error.is_connect() && !error.may_have_reached_server(), "{error:?}");
    assert!(error.source().is_none() && !printed(&error).contains("MARK"), "{}", printed(&error));
}

#[test]
fn malformed_certificates_are_named_when_building() {
    let pem = |label: &str| format!("-----BEGIN {label}-----\nTUFSSw==\n-----END {label}-----\n");
    let builder = || client_builder("https://localhost");
    let mut builders = vec![
        (builder().root_certificates_pem("MARK"), "root certificates"),
        (builder().root_certificates_pem(pem("CERTIFICATE")), "root certificates"),
        (builder().client_identity_pem("MARK"), "client identity"),
        (builder().client_identity_pem(pem("CERTIFICATE")), "client identity"),
        (builder().client_identity_pem(pem("CERTIFICATE") + &pem("PRIVATE KEY")), "client identity"),
    ];
    // With native-tls, reqwest itself parses the certificate at once.
    if let Ok(certificate) = reqwest::Certificate::from_pem(pem("CERTIFICATE").as_bytes()) {
        let builder =
            reqwest_builder("https://localhost").reqwest(move |builder| builder.tls_certs_only([certificate]));
        builders.push((builder, "ClientBuilder::reqwest"));
    }
    for (builder, name) in builders {
        let error = builder.build().unwrap_err();
        assert!(error.is_build() && error.to_string().contains(name), "{error}");
        assert!(!printed(&error).contains("MARK") && !printed(&error).contains("TUFS"), "{error}");
    }
}

#[tokio::test]
async fn says_of_each_method_why_a_redirect_is_not_followed() {
    for (status, method, words) in [
        ("301 Moved Permanently", Method::POST, "changes POST to GET"),
        ("302 Found", Method::DELETE, "a DELETE request is repeated only after 307 and 308"),
        ("301 Moved Permanently", Method::PUT, "a PUT request is repeated only after 307 and 308"),
        ("303 See Other", Method::DELETE, "which is read with GET"),
        ("302 Found", "MARK".parse().unwrap(), "the method is repeated only after 307 and 308"),
    ] {
        let server = Server::always(raw_response(status, &[("location", "/end")], b"")).await;
        let error = server.client().request(method.clone(), "/").send::<()>().await.unwrap_err();
        assert!(error.is_redirect() && error.to_string().ends_with(words), "{error}");
        assert!(!printed(&error).contains("MARK"), "{error}");
    }
}

#[tokio::test]
async fn the_largest_durations_do_not_panic() {
    let server = Server::always(json_response("1")).await;
    for duration in [Duration::MAX, Duration::from_secs(u64::MAX)] {
        let builder = client_builder(&server.base).timeout(duration).connect_timeout(duration).read_timeout(duration);
        let found: u8 = builder.build().unwrap().request(Method::GET, "/").send().await.unwrap();
        assert_eq!(found, 1);
    }
}

const READ_LIMIT: Duration = Duration::from_secs(1);

/// A stream of parts, with a pause before each.
fn slow_body(parts: usize, pause: Duration) -> Body {
    let parts = stream::iter(0..parts).then(move |_| async move {
        tokio::time::sleep(pause).await;
        Ok::<_, std::io::Error>("part")
    });
    Body::from_stream(parts)
}

#[tokio::test]
async fn a_steady_upload_may_take_longer_than_the_read_time_limit() {
    let server = Server::always(json_response("1")).await;
    let client = client_builder(&server.base).read_timeout(READ_LIMIT).build().unwrap();
    // Nobody waits for the server while the caller's stream pauses, however long that takes.
    for (parts, pause) in [(10, READ_LIMIT / 5), (2, READ_LIMIT * 2)] {
        let body = slow_body(parts, pause);
        let _: u8 = client.request(Method::POST, "/").body("text/plain", body).send().await.unwrap();
        assert_eq!(server.seen().last().unwrap().text(), "part".repeat(parts));
    }
    let large = "x".repeat(1 << 19);
    let _: u8 = client.request(Method::POST, "/").body("text/plain", large.clone()).send().await.unwrap();
    let request = server.seen().pop().unwrap();
    assert_eq!((request.text().len(), request.header("content-length")), (1 << 19, Some("524288")));
}

#[tokio::test]
async fn a_silent_server_ends_an_upload() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let client = client_builder(&base).read_timeout(READ_LIMIT).build().unwrap();
    // The server accepts the connection, takes what fits into the buffers of the system, and reads nothing.
    let endless = Body::from_stream(stream::repeat_with(|| Ok::<_, std::io::Error>(vec![0; 1 << 16])));
    for body in [endless, Body::from("x".repeat(1 << 20)), slow_body(2, READ_LIMIT / 10)] {
        let call = client.request(Method::POST, "/").body("text/plain", body).send::<()>();
        let error = tokio::time::timeout(READ_LIMIT * 20, call).await.unwrap().unwrap_err();
        assert!(error.is_timeout() && error.may_have_reached_server(), "{error:?}");
    }
}
