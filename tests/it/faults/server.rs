//! A server whose every step is scripted, down to where the bytes of a response are split.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use kestra_auth::{CallOptions, ClientBuilder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// Limits that no test reaches, so that a wrong script ends.
const MAX_TIME: Duration = Duration::from_secs(120);
const MAX_REQUEST: usize = 1 << 20;
const GOOD: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 6\r\n\r\n\"good\"";

/// One step of a [`Script`].
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Reads a request, head and body, and records it.
    Read,
    /// Reads the head of a request, leaves its body unread, and records it.
    ReadHead,
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Sends what has arrived last, without what would end a header or a string, between these bytes.
    Echo(&'static str, &'static str),
    /// Sends these bytes one by one, each in a segment, with a pause after each.
    Drip(Vec<u8>, Duration),
    /// Sends these bytes until the client closes the connection.
    Endless(Vec<u8>),
    /// Waits.
    Pause(Duration),
    /// Ends the direction from server to client, and waits until the client closes the other.
    HalfClose,
    /// Closes the connection with a reset instead of an orderly end.
    Reset,
    /// Keeps the connection open, without sending anything, until the client closes it.
    Hang,
}

/// What the server does on one connection. After the last step the connection is closed.
pub(crate) type Script = Vec<Step>;

/// Returns whether a script sends so much that it takes the time of others that run beside it.
pub(crate) fn is_flood(script: &Script) -> bool {
    script.iter().any(|step| match step {
        Step::Endless(_) => true,
        Step::Send(bytes) => bytes.len() > 20_000,
        _ => false,
    })
}

/// Returns whether a script leaves the client waiting for longer than the limits of [`Limits::SHORT`].
pub(crate) fn stalls(script: &Script) -> bool {
    const LONG: Duration = Duration::from_secs(1);
    script.iter().any(|step| match step {
        Step::Hang => true,
        Step::Pause(pause) => *pause > LONG,
        Step::Drip(bytes, pause) => *pause * u32::try_from(bytes.len()).unwrap() > LONG,
        _ => false,
    })
}

/// The time limits of a client. Only calls that are meant to exceed them get short ones, so that a slow machine does not
/// change what the others end with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) read_timeout: Duration,
    pub(crate) timeout: Duration,
    /// A call that takes longer, although these limits have passed, does not end.
    pub(crate) hangs: Duration,
}

impl Limits {
    pub(crate) const SHORT: Self = Self::new(3_000, 8_000);
    pub(crate) const LONG: Self = Self::new(60_000, 120_000);

    const fn new(read_timeout: u64, timeout: u64) -> Self {
        let millis = Duration::from_millis;
        Self { read_timeout: millis(read_timeout), timeout: millis(timeout), hangs: millis(timeout + 30_000) }
    }

    pub(crate) fn set(self, builder: ClientBuilder) -> ClientBuilder {
        builder.read_timeout(self.read_timeout).timeout(self.timeout)
    }

    /// Options of a call that is not meant to exceed any limit.
    pub(crate) fn none() -> CallOptions {
        CallOptions::new().read_timeout(Self::LONG.read_timeout).timeout(Self::LONG.timeout)
    }
}

pub(crate) fn send(bytes: impl AsRef<[u8]>) -> Step {
    Step::Send(bytes.as_ref().to_vec())
}

/// A server on a free port of this machine, which stops when it is dropped.
pub(crate) struct FaultServer {
    pub(crate) base: String,
    arrived: Arc<Mutex<Vec<Vec<u8>>>>,
    task: JoinHandle<()>,
}

impl FaultServer {
    /// Starts a server that runs one script for each connection, and serves all later connections well.
    pub(crate) async fn start(scripts: Vec<Script>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&arrived);
        let task = tokio::spawn(async move {
            let mut scripts = scripts.into_iter();
            while let Ok((stream, _)) = listener.accept().await {
                // Without this, the system may join bytes that a script sends separately.
                let _ = stream.set_nodelay(true);
                let connection = Connection { stream, unread: Vec::new(), arrived: Arc::clone(&log) };
                let script = scripts.next();
                tokio::spawn(async move {
                    let _ = match script {
                        Some(script) => timeout(MAX_TIME, connection.run(script)).await,
                        None => timeout(MAX_TIME, connection.serve_well()).await,
                    };
                });
            }
        });
        Self { base, arrived, task }
    }

    /// The requests that arrived, byte for byte as far as they were read.
    pub(crate) fn arrived(&self) -> Vec<Vec<u8>> {
        self.arrived.lock().unwrap().clone()
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Connection {
    stream: TcpStream,
    /// Bytes that have been received and belong to the next request.
    unread: Vec<u8>,
    arrived: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Connection {
    async fn run(mut self, script: Script) -> io::Result<()> {
        for step in script {
            match step {
                Step::Read => self.read(true).await?,
                Step::ReadHead => self.read(false).await?,
                Step::Send(bytes) => self.stream.write_all(&bytes).await?,
                Step::Echo(before, after) => {
                    let echo = format!("{before}{}{after}", self.last_request());
                    self.stream.write_all(echo.as_bytes()).await?;
                }
                Step::Drip(bytes, pause) => {
                    for byte in bytes {
                        self.stream.write_all(&[byte]).await?;
                        sleep(pause).await;
                    }
                }
                Step::Endless(bytes) => loop {
                    self.stream.write_all(&bytes).await?;
                },
                Step::Pause(pause) => sleep(pause).await,
                Step::HalfClose => {
                    self.stream.shutdown().await?;
                    self.discard().await?;
                }
                Step::Reset => {
                    self.stream.set_zero_linger()?;
                    return Ok(());
                }
                Step::Hang => self.discard().await?,
            }
        }
        Ok(())
    }

    /// The last request, in one line without quotes and backslashes.
    fn last_request(&self) -> String {
        let arrived = self.arrived.lock().unwrap();
        let request = arrived.last().map(|request| String::from_utf8_lossy(request).into_owned()).unwrap_or_default();
        request.replace(|char: char| char.is_control() || "\"\\<>".contains(char), " ").trim().to_owned()
    }

    async fn serve_well(mut self) -> io::Result<()> {
        loop {
            self.read(true).await?;
            self.stream.write_all(GOOD).await?;
        }
    }

    /// Reads until the client closes the connection.
    async fn discard(&mut self) -> io::Result<()> {
        let mut buffer = [0; 4096];
        while self.stream.read(&mut buffer).await? > 0 {}
        Ok(())
    }

    /// Reads a head and, if asked to, a body of the length that the head declares.
    async fn read(&mut self, with_body: bool) -> io::Result<()> {
        let head = loop {
            if let Some(at) = self.unread.windows(4).position(|window| window == b"\r\n\r\n") {
                break at + 4;
            }
            self.receive().await?;
        };
        let end = if with_body { head + content_length(&self.unread[..head]) } else { head };
        // Recorded before the rest arrives, because the client has sent this request, even if it breaks off now.
        let index = {
            let mut arrived = self.arrived.lock().unwrap();
            arrived.push(self.unread[..head].to_vec());
            arrived.len() - 1
        };
        while self.unread.len() < end {
            self.receive().await?;
        }
        self.arrived.lock().unwrap()[index] = self.unread.drain(..end).collect();
        Ok(())
    }

    async fn receive(&mut self) -> io::Result<()> {
        if self.stream.read_buf(&mut self.unread).await? == 0 || self.unread.len() > MAX_REQUEST {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(())
    }
}

fn content_length(head: &[u8]) -> usize {
    let head = String::from_utf8_lossy(head).to_lowercase();
    let value = head.split("\r\ncontent-length:").nth(1).and_then(|rest| rest.split("\r\n").next());
    value.map_or(0, |value| value.trim().parse().unwrap())
}
