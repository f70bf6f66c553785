//! A server that costs little itself. Each bench runs it in another process, so that it is not part of what is measured.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;

const METHODS: &str = r#"{"loginPassword":true,"mailsEnabled":true,"passwordless":false,"oauths":["google"]}"#;
const OBJECT: &str = r#"{"status":"ok","id":"5f0c7e2a"}"#;
/// More connections than a bench opens at once.
const BACKLOG: u32 = 16_384;

/// A server in another process, which ends when this is dropped.
#[derive(Debug)]
pub struct Server {
    process: Child,
    /// The URL that the server listens at, without a path.
    pub base: String,
}

impl Server {
    /// Runs `program server`, which has to call [`serve`].
    ///
    /// # Errors
    /// If the program does not start or does not print its URL.
    pub fn start(program: &Path) -> io::Result<Self> {
        let mut process = Command::new(program).arg("server").stdout(Stdio::piped()).spawn()?;
        let mut base = String::new();
        let output = process.stdout.take().ok_or_else(|| io::Error::other("the server has no output"))?;
        BufReader::new(output).read_line(&mut base)?;
        Ok(Self { process, base: base.trim().to_owned() })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// Asks a server that runs [`serve`] to wait until this many requests are held.
///
/// # Errors
/// If the server does not respond.
pub fn wait_for_held(base: &str, count: usize) -> io::Result<()> {
    get(base, &format!("/held/{count}"))
}

/// Asks a server that runs [`serve`] to respond to the requests that it holds.
///
/// # Errors
/// If the server does not respond.
pub fn release_held(base: &str) -> io::Result<()> {
    get(base, "/release")
}

fn get(base: &str, path: &str) -> io::Result<()> {
    let address = base.trim_start_matches("http://");
    let mut stream = std::net::TcpStream::connect(address)?;
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\n\r\n")?;
    stream.read_exact(&mut [0])
}

/// Prints a URL, and responds to requests there until the process ends.
///
/// `GET /api/v1/auths` is responded to with authentication methods, every other request with a small JSON object. A
/// request whose path starts with `/hold/` is held until [`release_held`].
///
/// # Errors
/// If nothing can be listened to.
pub fn serve() -> io::Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let socket = TcpSocket::new_v4()?;
        socket.bind(([127, 0, 0, 1], 0).into())?;
        let listener: TcpListener = socket.listen(BACKLOG)?;
        writeln!(io::stdout(), "http://{}", listener.local_addr()?)?;
        let held = Arc::new(Held::default());
        loop {
            let (stream, _) = listener.accept().await?;
            let held = Arc::clone(&held);
            tokio::spawn(async move {
                // A client may close its connection at any time.
                respond(stream, &held).await.ok();
            });
        }
    })
}

/// The requests that are held.
#[derive(Default)]
struct Held {
    count: watch::Sender<usize>,
    /// How often they were released.
    releases: watch::Sender<usize>,
}

impl Held {
    /// Does what the target of the request asks for, before it is responded to.
    async fn before_response(&self, target: &str) {
        if target.starts_with("/hold/") {
            let mut releases = self.releases.subscribe();
            self.count.send_modify(|count| *count += 1);
            releases.changed().await.ok();
        } else if let Some(expected) = target.strip_prefix("/held/").and_then(|count| count.parse::<usize>().ok()) {
            self.count.subscribe().wait_for(|count| *count >= expected).await.ok();
        } else if target == "/release" {
            self.count.send_replace(0);
            self.releases.send_modify(|releases| *releases += 1);
        }
    }
}

async fn respond(mut stream: TcpStream, held: &Held) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = Vec::with_capacity(1024);
    loop {
        let Some(head_end) = read_until(&mut stream, &mut buffer, 0, b"\r\n\r\n").await? else { return Ok(()) };
        let request = String::from_utf8_lossy(&buffer[..head_end]).to_ascii_lowercase();
        let end = if let Some(length) = header(&request, "content-length") {
            let end = head_end + length.parse::<usize>().map_err(io::Error::other)?;
            while buffer.len() < end {
                if stream.read_buf(&mut buffer).await? == 0 {
                    return Ok(());
                }
            }
            end
        } else if header(&request, "transfer-encoding").is_some() {
            // No client here sends trailers, or a body that contains this.
            let Some(end) = read_until(&mut stream, &mut buffer, head_end - 2, b"\r\n0\r\n\r\n").await? else {
                return Ok(());
            };
            end
        } else {
            head_end
        };
        let target = request.split(' ').nth(1).unwrap_or_default();
        held.before_response(target).await;
        let body = if target == "/api/v1/auths" { METHODS } else { OBJECT };
        let response = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(response.as_bytes()).await?;
        buffer.drain(..end);
    }
}

/// Reads until the bytes from `start` on contain `mark`, and returns where it ends; `None` if the stream ends before.
async fn read_until(
    stream: &mut TcpStream,
    buffer: &mut Vec<u8>,
    start: usize,
    mark: &[u8],
) -> io::Result<Option<usize>> {
    loop {
        let found = buffer.get(start..).unwrap_or_default().windows(mark.len()).position(|window| window == mark);
        if let Some(position) = found {
            return Ok(Some(start + position + mark.len()));
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    }
}

/// The value of a header, in a request in lower case.
fn header<'a>(request: &'a str, name: &str) -> Option<&'a str> {
    request.lines().find_map(|line| Some(line.strip_prefix(name)?.strip_prefix(':')?.trim()))
}
