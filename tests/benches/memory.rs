//! How much memory a stream holds: by how much the peak of the client's process grows.
//!
//! `cargo bench -p kestra-auth-benches --bench memory --features memory` downloads 1 GiB, uploads 1 GiB and reads
//! 100,000 events, from and to a server in another process. It also reads 30 MiB of JSON that does not match its type,
//! and JSON that is compressed and endless. Each of these has its own client process, and the program prints by how much
//! the peak of that process (`VmHWM`) grew. It fails at 16 MiB, for JSON at 3 times the body, and for endless JSON at
//! 64 MiB. Without `/proc` it prints that it is skipped.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, reason = "a program for developers")]

use std::convert::Infallible;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::{StreamExt, stream};
use kestra_auth::{Body, ByteStream, Client, Error, Event, EventStream, api};

const SIZE: u64 = 1 << 30;
const CHUNK: usize = 64 << 10;
const EVENTS: u64 = 100_000;
/// The JSON that does not match its type.
const JSON_SIZE: usize = 30 << 20;
const HEAD: &str = "HTTP/1.1 200 OK\r\nconnection: close\r\n";
/// What is done, and by how many KiB the peak may grow.
const WORK: [(&str, u64); 5] = [
    ("download", 16 << 10),
    ("upload", 16 << 10),
    ("events", 16 << 10),
    ("mismatch", 3 * (JSON_SIZE as u64 >> 10)),
    ("endless", 64 << 10),
];

#[api]
trait Streams {
    #[get("/download")]
    async fn download(&self) -> Result<ByteStream, Error>;

    #[put("/upload")]
    async fn upload(&self, #[body("application/octet-stream")] body: Body) -> Result<u64, Error>;

    #[get("/events")]
    async fn events(&self) -> Result<EventStream<Event>, Error>;

    #[get("/mismatch")]
    async fn mismatch(&self) -> Result<Vec<Item>, Error>;

    #[get("/endless", limit = "16 MiB")]
    async fn endless(&self) -> Result<Vec<Item>, Error>;
}

#[derive(serde::Deserialize)]
struct Item {
    #[allow(dead_code, reason = "read by serde alone")]
    id: u32,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [_, "server"] => serve(),
        [_, "client", base, work] => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(client(base, work));
            ExitCode::SUCCESS
        }
        [program] => measure(program),
        _ => {
            println!("usage: memory [server | client BASE {}]", WORK.map(|(work, _)| work).join("|"));
            ExitCode::FAILURE
        }
    }
}

fn measure(program: &str) -> ExitCode {
    if peak().is_none() {
        println!("skipped: there is no /proc/self/status with VmHWM here");
        return ExitCode::SUCCESS;
    }
    let mut server = Command::new(program).arg("server").stdout(Stdio::piped()).spawn().unwrap();
    let mut base = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut base).unwrap();
    let mut all_hold = true;
    for (work, limit) in WORK {
        let output = Command::new(program).args(["client", base.trim(), work]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        print!("{text}");
        let grown = text.split("grew by ").nth(1).and_then(|rest| rest.split(' ').next()?.parse::<u64>().ok());
        all_hold &= output.status.success() && grown.is_some_and(|grown| grown < limit);
    }
    server.kill().unwrap();
    server.wait().unwrap();
    println!("{}", if all_hold { "all within their limits" } else { "over a limit" });
    if all_hold { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The peak memory of this process, in KiB.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

async fn client(base: &str, work: &str) {
    let streams = StreamsClient::new(Client::builder(base).build().unwrap());
    // A first stream allocates the connection, the client and what allocators keep, which must not count.
    let mut first = streams.events().await.unwrap();
    for _ in 0..100 {
        first.next().await.unwrap().unwrap();
    }
    drop(first);
    let before = peak().unwrap();
    let begun = Instant::now();
    let what = match work {
        "download" => download(&streams).await,
        "upload" => upload(&streams).await,
        "mismatch" => mismatch(&streams).await,
        "endless" => endless(&streams).await,
        _ => events(&streams).await,
    };
    let (grown, seconds) = (peak().unwrap() - before, begun.elapsed().as_secs_f64());
    println!("{work}: {what} in {seconds:.1} s; the peak of {before} KiB grew by {grown} KiB");
}

async fn download(streams: &StreamsClient) -> String {
    let mut chunks = streams.download().await.unwrap();
    assert_eq!(chunks.size(), Some(SIZE));
    let mut length = 0;
    while let Some(chunk) = chunks.next().await {
        length += chunk.unwrap().len() as u64;
    }
    assert_eq!(length, SIZE);
    format!("{length} bytes")
}

async fn upload(streams: &StreamsClient) -> String {
    let count = usize::try_from(SIZE).unwrap() / CHUNK;
    // Each chunk is allocated separately, as a file's chunks are.
    let chunks =
        stream::iter(0..count).map(|number| Ok::<_, Infallible>(Bytes::from(vec![number.to_le_bytes()[0]; CHUNK])));
    let arrived = streams.upload(Body::sized(SIZE, chunks)).await.unwrap();
    assert_eq!(arrived, SIZE);
    format!("{arrived} bytes")
}

async fn events(streams: &StreamsClient) -> String {
    let mut events = streams.events().await.unwrap();
    let mut count = 0;
    while let Some(event) = events.next().await {
        assert_eq!(event.unwrap().id.unwrap(), count.to_string());
        count += 1;
    }
    assert_eq!(count, EVENTS);
    format!("{count} events")
}

async fn mismatch(streams: &StreamsClient) -> String {
    let error = streams.mismatch().await.map(drop).unwrap_err();
    assert!(error.to_string().contains(".id`: expected u32, found a string"), "{error}");
    assert_eq!(error.message(), None);
    format!("an error that keeps {} bytes", error.body().len())
}

async fn endless(streams: &StreamsClient) -> String {
    let error = streams.endless().await.map(drop).unwrap_err();
    assert!(error.is_body(), "{error:?}");
    error.to_string()
}

fn serve() -> ! {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    loop {
        let (stream, _) = listener.accept().unwrap();
        std::thread::spawn(move || respond(stream));
    }
}

/// Responds to one request. A client that disconnects early does not matter.
fn respond(stream: TcpStream) -> Option<()> {
    let mut out = stream.try_clone().ok()?;
    let mut reader = BufReader::new(stream);
    let mut target = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        if target.is_empty() {
            line.split(' ').nth(1)?.clone_into(&mut target);
        }
    }
    match target.as_str() {
        "/download" => {
            write!(out, "{HEAD}content-length: {SIZE}\r\n\r\n").ok()?;
            let chunk = vec![7; CHUNK];
            for _ in 0..SIZE / CHUNK as u64 {
                out.write_all(&chunk).ok()?;
            }
        }
        "/upload" => {
            let arrived = std::io::copy(&mut reader.take(SIZE), &mut std::io::sink()).ok()?.to_string();
            write!(out, "{HEAD}content-type: application/json\r\ncontent-length: {}\r\n\r\n{arrived}", arrived.len())
                .ok()?;
        }
        "/mismatch" => {
            let item = br#"{"id":1,"name":"a name that is not read","tags":["a","b"]},"#;
            let end = br#"{"id":"x"}]"#;
            let count = (JSON_SIZE - end.len()) / item.len();
            write!(out, "{HEAD}content-length: {}\r\n\r\n[", 1 + count * item.len() + end.len()).ok()?;
            out.write_all(&item.repeat(count)).ok()?;
            out.write_all(end).ok()?;
        }
        "/endless" => {
            write!(out, "{HEAD}content-encoding: gzip\r\n\r\n").ok()?;
            let mut out = GzEncoder::new(out, Compression::best());
            let blanks = vec![b' '; CHUNK];
            while out.write_all(&blanks).is_ok() {}
        }
        _ => {
            write!(out, "{HEAD}content-type: text/event-stream\r\n\r\n").ok()?;
            for number in 0..EVENTS {
                write!(out, "id: {number}\ndata: {{\"number\": {number}}}\ndata: second line\n\n").ok()?;
            }
        }
    }
    Some(())
}
