//! Connections that are lost, over sockets.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

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

/// What a server of HTTP/2 does with the first requests.
#[derive(Clone, Copy, Debug)]
enum Ending {
    Refused,
    /// GOAWAY with the last stream that it has processed: none.
    GoAwayBefore,
    /// GOAWAY that includes the request, and then the connection closes.
    GoAwayAfter,
    Canceled,
}

/// Starts a server that ends the first `times` requests, and counts all.
async fn http2_server(ending: Ending, times: usize) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let count = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&count);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let counter = Arc::clone(&counter);
            tokio::spawn(async move {
                match ending {
                    Ending::GoAwayBefore | Ending::GoAwayAfter if counter.load(Ordering::SeqCst) < times => {
                        counter.fetch_add(1, Ordering::SeqCst);
                        go_away(stream, u8::from(matches!(ending, Ending::GoAwayAfter))).await
                    }
                    _ => serve_http2(stream, ending, times, &counter).await,
                }
            });
        }
    });
    (base, count)
}

async fn serve_http2(stream: tokio::net::TcpStream, ending: Ending, times: usize, count: &AtomicUsize) -> Option<()> {
    let mut connection = h2::server::handshake(stream).await.ok()?;
    while let Some(Ok((_, mut respond))) = connection.accept().await {
        let reason = if matches!(ending, Ending::Refused) { h2::Reason::REFUSED_STREAM } else { h2::Reason::CANCEL };
        if count.fetch_add(1, Ordering::SeqCst) < times {
            respond.send_reset(reason);
        } else if let Ok(mut body) = respond.send_response(http::Response::new(()), false) {
            let _ = body.send_data(Bytes::from_static(b"7"), true);
        }
    }
    Some(())
}

/// Reads a request, and sends GOAWAY with this last stream before the connection ends.
async fn go_away(mut stream: tokio::net::TcpStream, last: u8) -> Option<()> {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    // SETTINGS, and the acknowledgment of the client's.
    stream.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0]).await.ok()?;
    let mut received = Vec::new();
    // The preface has 24 bytes; HEADERS is frame type 1.
    while !has_headers(received.get(24..).unwrap_or_default()) {
        if stream.read_buf(&mut received).await.ok()? == 0 {
            return None;
        }
    }
    stream.write_all(&[0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, last, 0, 0, 0, 0]).await.ok()?;
    tokio::time::sleep(millis(20)).await;
    Some(())
}

fn has_headers(mut frames: &[u8]) -> bool {
    while let [a, b, c, kind, ..] = frames {
        if *kind == 1 {
            return true;
        }
        let length = u32::from_be_bytes([0, *a, *b, *c]) as usize;
        frames = frames.get(9 + length..).unwrap_or_default();
    }
    false
}

async fn http2_client(ending: Ending, times: usize, retry: Option<Retry>) -> (JobsClient, Arc<AtomicUsize>) {
    let (base, count) = http2_server(ending, times).await;
    let builder = client_builder(&base).http2_prior_knowledge();
    let builder = match retry {
        Some(retry) => builder.retry(retry),
        None => builder,
    };
    (JobsClient::new(builder.build().unwrap()), count)
}

#[tokio::test]
async fn repeats_what_http2_says_is_not_processed() {
    let quick = || Some(Retry::standard().delays(millis(1), millis(1)));
    for ending in [Ending::Refused, Ending::GoAwayBefore] {
        let (client, count) = http2_client(ending, 2, quick()).await;
        assert_eq!(client.create("a").await.unwrap(), 7, "{ending:?}");
        assert_eq!(count.load(Ordering::SeqCst), 3, "{ending:?}");
        let (client, count) = http2_client(ending, 9, quick()).await;
        let error = client.create("a").await.unwrap_err();
        assert!(
            error.is_connect() && !error.may_have_reached_server() && error.attempts() == 3,
            "{ending:?}: {error:?}"
        );
        assert_eq!(count.load(Ordering::SeqCst), 3, "{ending:?}");
        let (client, count) = http2_client(ending, 1, None).await;
        assert!(!client.create("a").await.unwrap_err().may_have_reached_server(), "{ending:?}");
        assert_eq!(count.load(Ordering::SeqCst), 1, "{ending:?}");
    }
}

#[tokio::test]
async fn does_not_repeat_what_http2_may_have_processed() {
    for ending in [Ending::Canceled, Ending::GoAwayAfter] {
        let (client, count) = http2_client(ending, 1, Some(Retry::standard())).await;
        let error = client.create("a").await.unwrap_err();
        assert!(
            error.is_connect() && error.may_have_reached_server() && error.attempts() == 1,
            "{ending:?}: {error:?}"
        );
        assert_eq!(count.load(Ordering::SeqCst), 1, "{ending:?}");
        let (client, _) = http2_client(ending, 1, Some(Retry::standard())).await;
        assert_eq!(client.list().await.unwrap(), 7, "{ending:?}");
    }
}
