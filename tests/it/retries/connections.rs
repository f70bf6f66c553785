//! Connections that are lost, over sockets.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use kestra_auth::{Credential, CredentialFuture, CredentialRequest, CredentialSource};
use tokio::net::TcpListener;

use super::*;
use crate::faults::server::{FaultServer, Step, send};

use crate::support::client_builder;

const GOOD: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1\r\n\r\n7";

/// A server that answers one request on its first connection well, and then runs these steps.
async fn after_one_response(steps: Vec<Step>) -> FaultServer {
    let mut script = vec![Step::Read, send(GOOD)];
    script.extend(steps);
    FaultServer::start(vec![script]).await
}

fn client(server: &FaultServer) -> JobsClient {
    JobsClient::new(client_builder(&server.base).build().unwrap())
}

#[tokio::test]
async fn repeats_an_idempotent_request_once_if_an_idle_connection_was_closed() {
    for end in [vec![Step::Read], vec![Step::Read, Step::Reset], vec![Step::ReadHead, Step::Reset]] {
        for _ in 0..20 {
            let server = after_one_response(end.clone()).await;
            let client = client(&server);
            assert_eq!(client.list().await.unwrap(), 7);
            assert_eq!(client.text().await.unwrap().0, "good");
            assert_eq!(server.arrived().len(), 3);
        }
    }
}

#[tokio::test]
async fn repeats_nothing_else_without_rules() {
    // The server may have processed these.
    let server = after_one_response(vec![Step::Read]).await;
    let posting = client(&server);
    assert_eq!(posting.list().await.unwrap(), 7);
    let error = posting.create("a").await.unwrap_err();
    assert!(error.is_connect() && error.may_have_reached_server() && error.attempts() == 1, "{error:?}");
    assert_eq!(server.arrived().len(), 2);
    let server = after_one_response(vec![Step::Read]).await;
    let mailing = client(&server);
    assert_eq!(mailing.list().await.unwrap(), 7);
    assert_eq!(mailing.send_mail().await.unwrap_err().attempts(), 1);
    assert_eq!(server.arrived().len(), 2);

    // A new connection was not closed while it was idle.
    let server = FaultServer::start(vec![vec![Step::Read], vec![Step::Read]]).await;
    let error = client(&server).list().await.unwrap_err();
    assert!(error.is_connect() && error.attempts() == 1, "{error:?}");
    assert_eq!(server.arrived().len(), 1);

    // A response has arrived.
    let broken = send("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n7");
    let server = after_one_response(vec![Step::Read, broken]).await;
    let reading = client(&server);
    assert_eq!(reading.list().await.unwrap(), 7);
    assert!(reading.list().await.unwrap_err().is_body());
    assert_eq!(server.arrived().len(), 2);
}

#[tokio::test]
async fn repeats_only_once_without_rules() {
    let server = FaultServer::start(vec![vec![Step::Read, send(GOOD), Step::Read], vec![Step::Read], vec![Step::Read]]);
    let server = server.await;
    let client = client(&server);
    assert_eq!(client.list().await.unwrap(), 7);
    let error = client.list().await.unwrap_err();
    assert!(error.is_connect() && error.attempts() == 2, "{error:?}");
    assert_eq!(server.arrived().len(), 3);
}

/// Each of them is a connection that an earlier response came from, so the next one may work.
#[tokio::test]
async fn repeats_an_idempotent_request_until_the_connection_is_a_new_one() {
    let stale = vec![Step::Read, Step::Pause(millis(100)), send(GOOD), Step::Read];
    let server = FaultServer::start(vec![stale; 5]).await;
    let client = client(&server);
    for result in futures_util::future::join_all((0..5).map(|_| client.list())).await {
        assert_eq!(result.unwrap(), 7);
    }
    assert_eq!(client.text().await.unwrap().0, "good");
    assert_eq!(server.arrived().len(), 5 + 5 + 1);
}

const UNAUTHORIZED: &str = "HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n";
const REDIRECT: &str = "HTTP/1.1 307 Temporary Redirect\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n";

/// A source of credentials that are all different.
struct Numbered(AtomicUsize);

impl CredentialSource for Numbered {
    fn credential(&self, _: CredentialRequest) -> CredentialFuture<'_> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Ok(Credential::bearer(format!("t{number}"))?) })
    }
}

#[tokio::test]
async fn repeats_what_is_lost_after_a_credential_was_renewed() {
    let rejecting = vec![Step::Read, send(UNAUTHORIZED), Step::Read];
    for (before, attempts) in [(vec![], 3), (vec![vec![Step::Read, send(GOOD), Step::Read]], 4)] {
        let server = FaultServer::start([before.clone(), vec![rejecting.clone()]].concat()).await;
        let reports = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&reports);
        let builder = client_builder(&server.base).credential_source(Numbered(AtomicUsize::new(0)));
        let builder = builder.on_call(move |report| log.lock().unwrap().push(report.attempts()));
        let client = JobsClient::new(builder.build().unwrap());
        for _ in &before {
            assert_eq!(client.list().await.unwrap(), 7);
        }
        assert_eq!(client.text().await.unwrap().0, "good");
        assert_eq!(reports.lock().unwrap().last(), Some(&attempts));
        let arrived = server.arrived();
        let tokens: Vec<_> =
            arrived.iter().map(|request| String::from_utf8_lossy(request).contains("Bearer t1")).collect();
        assert_eq!(tokens[tokens.len() - 3..], [false, true, true]);
    }
}

#[tokio::test]
async fn repeats_what_is_lost_after_a_redirect() {
    let server = FaultServer::start(vec![vec![Step::Read, send(REDIRECT), Step::Read]]).await;
    assert_eq!(client(&server).text().await.unwrap().0, "good");
    assert_eq!(server.arrived().len(), 3);
    // The first connection is lost before the redirect, the second one after it.
    let second = vec![Step::Read, send(REDIRECT), Step::Read];
    let server = FaultServer::start(vec![vec![Step::Read, send(GOOD), Step::Read], second]).await;
    let client = client(&server);
    assert_eq!(client.list().await.unwrap(), 7);
    assert_eq!(client.text().await.unwrap().0, "good");
    assert_eq!(server.arrived().len(), 5);
}

/// As in browsers, the whole head of the response counts. hyper does not say whether a part of it has arrived.
#[tokio::test]
async fn repeats_only_an_idempotent_request_whose_head_broke_off() {
    let partial = vec![Step::Read, send("HTTP/1.1 200 OK\r\ncontent-le")];
    let server = after_one_response(partial.clone()).await;
    let reading = client(&server);
    assert_eq!(reading.list().await.unwrap(), 7);
    assert_eq!(reading.text().await.unwrap().0, "good");
    assert_eq!(server.arrived().len(), 3);
    let server = after_one_response(partial).await;
    let posting = client(&server);
    assert_eq!(posting.list().await.unwrap(), 7);
    assert_eq!(posting.create("a").await.unwrap_err().attempts(), 1);
    assert_eq!(posting.text().await.unwrap().0, "good");
    assert_eq!(server.arrived().len(), 3);
}

#[tokio::test]
async fn never_means_never() {
    let server = after_one_response(vec![Step::Read]).await;
    let client = JobsClient::new(client_builder(&server.base).retry(Retry::never()).build().unwrap());
    assert_eq!(client.list().await.unwrap(), 7);
    assert_eq!(client.list().await.unwrap_err().attempts(), 1);
}

#[tokio::test]
async fn a_closed_idle_connection_does_not_wait() {
    let server = after_one_response(vec![Step::Read]).await;
    let retry = Retry::standard().delays(Duration::from_secs(600), Duration::from_secs(600)).budget(0, 0);
    let client = JobsClient::new(client_builder(&server.base).retry(retry).build().unwrap());
    assert_eq!(client.list().await.unwrap(), 7);
    assert_eq!(client.text().await.unwrap().0, "good");
}

#[tokio::test]
async fn repeats_what_breaks_off_on_the_wire() {
    let quick = Retry::standard().delays(millis(1), millis(1));
    for broken in [
        vec![Step::Read],
        vec![Step::Read, Step::Reset],
        vec![Step::Read, send("HTTP/1.1 200 OK\r\ncontent-le")],
        vec![Step::Read, send("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n\"go")],
        vec![Step::Read, send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\n\"go\r\n")],
        vec![Step::Read, send("HTTP/1.1 503 No\r\ncontent-length: 9\r\n\r\nst")],
    ] {
        let server = FaultServer::start(vec![broken.clone(), broken.clone()]).await;
        let client = JobsClient::new(client_builder(&server.base).retry(quick.clone()).build().unwrap());
        assert_eq!(client.text().await.unwrap().0, "good", "{broken:?}");
        assert_eq!(server.arrived().len(), 3, "{broken:?}");
        let server = FaultServer::start(vec![broken.clone()]).await;
        let client = JobsClient::new(client_builder(&server.base).retry(quick.clone()).build().unwrap());
        assert_eq!(client.create("a").await.unwrap_err().attempts(), 1, "{broken:?}");
        assert_eq!(server.arrived().len(), 1, "{broken:?}");
    }
    for permanent in ["SSH-2.0\r\n", "HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n"] {
        let server = FaultServer::start(vec![vec![Step::Read, send(permanent)]]).await;
        let client = JobsClient::new(client_builder(&server.base).retry(quick.clone()).build().unwrap());
        assert_eq!(client.text().await.unwrap_err().attempts(), 1);
    }
}

#[tokio::test]
async fn repeats_every_request_that_was_not_sent() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for base in [format!("http://{closed}"), "http://host.invalid".to_owned(), format!("https://{closed}")] {
        let builder = client_builder(&base).retry(Retry::standard().delays(millis(1), millis(1)));
        let client = JobsClient::new(builder.build().unwrap());
        for error in [client.create("a").await.unwrap_err(), client.send_mail().await.unwrap_err()] {
            assert!(!error.may_have_reached_server() && error.attempts() == 3, "{base}: {error:?}");
        }
        let error = JobsClient::new(client_builder(&base).build().unwrap()).list().await.unwrap_err();
        assert_eq!(error.attempts(), 1, "{base}: without rules, no other attempt follows");
    }
}

#[tokio::test]
async fn a_server_that_comes_back_is_found() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let retry = Retry::standard().attempts(100).delays(millis(5), millis(5));
    let client = JobsClient::new(client_builder(&format!("http://{address}")).retry(retry).build().unwrap());
    let call = client.create("a");
    let start = async {
        tokio::time::sleep(millis(50)).await;
        let listener = TcpListener::bind(address).await.unwrap();
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        let _ = tokio::io::AsyncReadExt::read(&mut stream, &mut request).await.unwrap();
        tokio::io::AsyncWriteExt::write_all(&mut stream, GOOD).await.unwrap();
    };
    assert_eq!(tokio::join!(call, start).0.unwrap(), 7);
}

#[tokio::test]
async fn lost_connections_count_as_attempts() {
    let stale = vec![Step::Read, Step::Pause(millis(100)), send(GOOD), Step::Read];
    let server = FaultServer::start(vec![stale; 5]).await;
    let retry = Retry::standard().attempts(4).delays(Duration::ZERO, Duration::ZERO);
    let client = JobsClient::new(client_builder(&server.base).retry(retry).build().unwrap());
    for result in futures_util::future::join_all((0..5).map(|_| client.list())).await {
        assert_eq!(result.unwrap(), 7);
    }
    assert_eq!(client.text().await.unwrap_err().attempts(), 4);
    assert_eq!(client.text().await.unwrap().0, "good");
}
