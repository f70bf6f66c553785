//! A server that speaks HTTP/2 frame by frame.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

pub(crate) const DATA: u8 = 0;
pub(crate) const HEADERS: u8 = 1;
pub(crate) const RST_STREAM: u8 = 3;
pub(crate) const SETTINGS: u8 = 4;
pub(crate) const PUSH_PROMISE: u8 = 5;
pub(crate) const PING: u8 = 6;
pub(crate) const GOAWAY: u8 = 7;
pub(crate) const WINDOW_UPDATE: u8 = 8;
pub(crate) const CONTINUATION: u8 = 9;
/// Also `ACK`, for SETTINGS and PING.
pub(crate) const END_STREAM: u8 = 1;
pub(crate) const END_HEADERS: u8 = 4;

#[derive(Clone, Debug)]
pub(crate) enum Step {
    Send(Vec<u8>),
    /// Reads another request.
    Read,
    Hang,
}

pub(crate) fn frame(kind: u8, flags: u8, stream: u32, payload: impl AsRef<[u8]>) -> Step {
    let payload = payload.as_ref();
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    Step::Send([&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat())
}

/// The head of a response with this status, whose index in the static table of HPACK is known
/// ([RFC 7541](https://www.rfc-editor.org/rfc/rfc7541#appendix-A)).
pub(crate) fn head(status: u16, flags: u8) -> Step {
    let index = [200, 204, 206, 304, 400, 404, 500].iter().position(|known| *known == status).unwrap();
    frame(HEADERS, END_HEADERS | flags, 1, [0x88 + u8::try_from(index).unwrap()])
}

/// A header that is written out.
pub(crate) fn literal(name: &str, value: &str) -> Vec<u8> {
    let length = |text: &str| u8::try_from(text.len()).unwrap();
    [&[0, length(name)], name.as_bytes(), &[length(value)], value.as_bytes()].concat()
}

pub(crate) fn head_with(name: &str, value: &str) -> Step {
    frame(HEADERS, END_HEADERS, 1, [vec![0x88], literal(name, value)].concat())
}

pub(crate) fn data(text: &str, flags: u8) -> Step {
    frame(DATA, flags, 1, text)
}

pub(crate) fn reset(code: u32) -> Step {
    frame(RST_STREAM, 0, 1, code.to_be_bytes())
}

pub(crate) fn go_away(last: u32, code: u32) -> Step {
    frame(GOAWAY, 0, 0, [&last.to_be_bytes()[..], &code.to_be_bytes(), b"MARK"].concat())
}

/// A server that reads one request on its first connection, follows the steps, and closes the connection. It responds to
/// all later requests with `"good"`.
pub(crate) struct Server {
    pub(crate) base: String,
    /// How many requests of a kind that acts have arrived, on all connections.
    pub(crate) arrived: Arc<AtomicUsize>,
    /// Closed when the first connection has ended.
    first_connection: Arc<Semaphore>,
}

impl Server {
    pub(crate) async fn start(steps: Vec<Step>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let arrived = Arc::new(AtomicUsize::new(0));
        let first_connection = Arc::new(Semaphore::new(0));
        let (count, first) = (Arc::clone(&arrived), Arc::clone(&first_connection));
        tokio::spawn(async move {
            let mut steps = Some(steps);
            while let Ok((stream, _)) = listener.accept().await {
                let (count, first) = (Arc::clone(&count), Arc::clone(&first));
                let steps = steps.take();
                tokio::spawn(async move {
                    match steps {
                        Some(steps) => {
                            let _ = fail(stream, steps, count).await;
                            first.close();
                        }
                        None => serve_well(stream, count).await,
                    }
                });
            }
        });
        Self { base, arrived, first_connection }
    }

    /// Waits until the first connection has ended.
    pub(crate) async fn first_connection_ends(&self) {
        // An error is what a closed semaphore returns.
        let _ = self.first_connection.acquire().await;
    }
}

async fn fail(mut stream: TcpStream, steps: Vec<Step>, count: Arc<AtomicUsize>) -> io::Result<()> {
    const MAX_TIME: Duration = Duration::from_secs(120);

    stream.set_nodelay(true)?;
    stream.read_exact(&mut [0; 24]).await?;
    let Step::Send(settings) = frame(SETTINGS, 0, 0, []) else { unreachable!() };
    let Step::Send(acknowledged) = frame(SETTINGS, END_STREAM, 0, []) else { unreachable!() };
    stream.write_all(&settings).await?;
    stream.write_all(&acknowledged).await?;
    for step in [Step::Read].into_iter().chain(steps) {
        match step {
            Step::Send(bytes) => stream.write_all(&bytes).await?,
            Step::Read => {
                read(&mut stream).await?;
                count.fetch_add(1, Ordering::SeqCst);
            }
            Step::Hang => {
                let mut sink = tokio::io::sink();
                let _ = tokio::time::timeout(MAX_TIME, tokio::io::copy(&mut stream, &mut sink)).await;
            }
        }
    }
    // Read to the end, because a reset could overtake what has been sent.
    stream.shutdown().await?;
    let _ = tokio::time::timeout(MAX_TIME, tokio::io::copy(&mut stream, &mut tokio::io::sink())).await;
    Ok(())
}

/// Reads a request to its end, or as much of it as fits the window.
async fn read(stream: &mut TcpStream) -> io::Result<()> {
    let mut room = 60_000_usize;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize;
        stream.read_exact(&mut vec![0; length]).await?;
        room = room.saturating_sub(if head[3] == DATA { length } else { 0 });
        if matches!(head[3], HEADERS | DATA) && head[4] & END_STREAM != 0 || room == 0 {
            return Ok(());
        }
    }
}

async fn serve_well(stream: TcpStream, count: Arc<AtomicUsize>) {
    let Ok(mut connection) = h2::server::handshake(stream).await else { return };
    while let Some(Ok((_request, mut respond))) = connection.accept().await {
        count.fetch_add(1, Ordering::SeqCst);
        if let Ok(mut body) = respond.send_response(http::Response::new(()), false) {
            let _ = body.send_data(Bytes::from_static(b"\"good\""), true);
        }
    }
}
