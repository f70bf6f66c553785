//! Connections with HTTP/2 that are lost, or that the server closes.

use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::net::TcpListener;

use super::*;
use crate::faults::http2::server::{self as frames, Server, Step, data, go_away, head};
use crate::support::client_builder;

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
                        go_away_after_a_request(stream, u8::from(matches!(ending, Ending::GoAwayAfter))).await
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
async fn go_away_after_a_request(mut stream: tokio::net::TcpStream, last: u8) -> Option<()> {
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

/// A server whose first connection works once, then reads this many other requests, and ends them with these steps.
async fn after_one_response(others: usize, steps: impl IntoIterator<Item = Step>) -> Server {
    let first = [head(200, 0), data("\"first\"", frames::END_STREAM)];
    let others = std::iter::repeat_n(Step::Read, others);
    Server::start(first.into_iter().chain(others).chain(steps).collect()).await
}

fn client(server: &Server) -> JobsClient {
    JobsClient::new(client_builder(&server.base).http2_prior_knowledge().build().unwrap())
}

/// What ends the requests after the first one, together with their connection, and whether it says that they were not
/// processed.
fn ends_of_a_connection() -> Vec<(&'static str, Vec<Step>, bool)> {
    let last = u32::MAX >> 1;
    vec![
        ("closes", vec![], false),
        ("closes inside a frame", vec![Step::Send(b"\0\0\x10\x01\x04\0\0\0\x03\x88".to_vec())], false),
        ("goes away without processing them", vec![go_away(1, 0)], true),
        ("goes away with an error, without processing them", vec![go_away(1, 11)], true),
        ("goes away twice, without processing them", vec![go_away(last, 0), go_away(1, 0)], true),
        ("goes away, and may have processed them", vec![go_away(last, 0)], false),
        ("goes away with an error, and may have processed them", vec![go_away(last, 2)], false),
    ]
}

#[tokio::test]
async fn repeats_an_idempotent_request_once_if_a_used_connection_was_closed() {
    for (name, end, _) in ends_of_a_connection() {
        for _ in 0..20 {
            let server = after_one_response(1, end.clone()).await;
            let client = client(&server);
            assert_eq!(client.text().await.unwrap().0, "first");
            let second = client.text().await;
            assert_eq!(second.unwrap_or_else(|error| panic!("{name}: {error:?}")).0, "good");
            assert_eq!(server.arrived.load(Ordering::SeqCst), 3, "{name}");
        }
    }
}

#[tokio::test]
async fn repeats_all_idempotent_requests_of_a_used_connection_that_was_closed() {
    for (name, end, _) in ends_of_a_connection() {
        let server = after_one_response(20, end).await;
        let client = client(&server);
        assert_eq!(client.text().await.unwrap().0, "first");
        for result in futures_util::future::join_all((0..20).map(|_| client.text())).await {
            assert_eq!(result.unwrap_or_else(|error| panic!("{name}: {error:?}")).0, "good");
        }
        assert_eq!(server.arrived.load(Ordering::SeqCst), 41, "{name}");
    }
}

/// The request may be sent before, while or after the client sees that the connection ends.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_crosses_the_end_of_its_connection_is_repeated() {
    for delay in 0..100 {
        for end in [vec![], vec![go_away(1, 0)]] {
            let server = after_one_response(0, end).await;
            let client = client(&server);
            // The end may even cross the first response, on a connection that is new.
            let Ok(first) = client.text().await else { continue };
            assert_eq!(first.0, "first");
            let start = std::time::Instant::now();
            while start.elapsed() < Duration::from_micros(4 * delay) {
                std::hint::spin_loop();
            }
            assert_eq!(client.text().await.unwrap_or_else(|error| panic!("{delay} {error:?}")).0, "good");
        }
    }
}

/// It shares the connection if the client has not seen its end yet.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_call_after_one_that_failed_with_its_connection_succeeds() {
    for end in [vec![], vec![go_away(0, 0)], vec![go_away(0, 11)], vec![go_away(1, 0)], vec![go_away(1, 2)]] {
        for _ in 0..40 {
            let server = Server::start(end.clone()).await;
            let client = client(&server);
            assert!(client.text().await.unwrap_err().is_connect());
            assert_eq!(client.text().await.unwrap_or_else(|error| panic!("{end:?}: {error:?}")).0, "good");
        }
    }
}

#[tokio::test]
async fn repeats_nothing_else_without_rules() {
    for (name, end, is_unprocessed) in ends_of_a_connection() {
        let server = after_one_response(1, end).await;
        let client = client(&server);
        assert_eq!(client.text().await.unwrap().0, "first");
        let error = client.create("a").await.unwrap_err();
        assert!(error.is_connect() && error.attempts() == 1, "{name}: {error:?}");
        assert_eq!(error.may_have_reached_server(), !is_unprocessed, "{name}");
        assert_eq!(server.arrived.load(Ordering::SeqCst), 2, "{name}");
    }
    // The connection goes on, so the request was not lost with it.
    for code in [2, 7, 8, 11] {
        let reset = frames::frame(frames::RST_STREAM, 0, 3, u32::to_be_bytes(code));
        let server = after_one_response(1, [reset, Step::Hang]).await;
        let client = client(&server);
        assert_eq!(client.text().await.unwrap().0, "first");
        let error = client.text().await.unwrap_err();
        assert!(error.is_connect() && error.attempts() == 1, "{code}: {error:?}");
    }
    // A new connection was not closed while it was idle.
    for end in [vec![], vec![go_away(0, 0)], vec![go_away(1, 0)]] {
        let server = Server::start(end.clone()).await;
        let error = client(&server).text().await.unwrap_err();
        assert!(error.is_connect() && error.attempts() == 1, "{end:?}: {error:?}");
    }
}
