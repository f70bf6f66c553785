//! What reading a response costs: a list of JSON objects in about 1 KB, 100 KB and 10 MB, read by a trait's method,
//! with reqwest's `json()`, and with `serde_json::from_slice` from memory.
//!
//! `cargo bench -p kestra-auth-benches --bench responses` prints the median of the times, over one connection to a server
//! in another process, and the instructions that callgrind counts, without those of the kernel. Without valgrind it
//! leaves these out.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, reason = "a program for developers")]

use std::hint::black_box;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use kestra_auth::{Client, Error, api};
use kestra_auth_benches::callgrind::{self, Caller};
use kestra_auth_benches::server::Server;
use serde::Deserialize;

#[api]
trait Flows {
    #[get("/{count}")]
    async fn list(&self, count: usize) -> Result<Vec<Flow>, Error>;
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read by serde alone")]
struct Flow {
    id: String,
    namespace: String,
    revision: u32,
    disabled: bool,
    labels: Vec<String>,
}

/// A response of about this size.
struct Size {
    name: &'static str,
    /// How many objects it has.
    count: usize,
    /// How many responses are read for the times.
    timed: u32,
    /// How many responses callgrind sees read, in two runs.
    counted: [u32; 2],
}

const SIZES: [Size; 3] = [
    Size { name: "1 KB", count: 9, timed: 3_000, counted: [200, 1_200] },
    Size { name: "100 KB", count: 900, timed: 500, counted: [20, 80] },
    Size { name: "10 MB", count: 90_000, timed: 20, counted: [1, 3] },
];

/// Ours first, which the others are compared with.
const READERS: [&str; 3] = ["ours", "reqwest", "slice"];

fn main() {
    let args: Vec<String> = std::env::args().filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [_, "server"] => serve().unwrap(),
        [program] => compare(program),
        [_, reader, url, times] => drop(read(reader, url, times.parse().unwrap())),
        _ => println!("usage: responses [server | ours URL TIMES | reqwest URL TIMES | slice URL TIMES]"),
    }
}

fn compare(program: &str) {
    let server = Server::start(Path::new(program)).unwrap();
    println!("| response | measure | trait | reqwest's `json()` | `from_slice` | to reqwest | to `from_slice` |");
    println!("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
    for Size { name, count, timed, counted } in &SIZES {
        let url = format!("{}/{count}", server.base);
        let times = READERS.map(|reader| median(read(reader, &url, *timed)).as_secs_f64() * 1e6);
        print_row(name, "time in µs", times);
        if callgrind::is_installed() {
            let [few, many] = *counted;
            let instructions = READERS.map(|reader| {
                let caller = Caller { program: program.into(), kind: Some(reader) };
                let total = |times| callgrind::total(&caller, &url, times).unwrap();
                let difference = u32::try_from(total(many).saturating_sub(total(few))).unwrap();
                f64::from(difference) / f64::from(many - few)
            });
            print_row(name, "instructions", instructions);
        }
    }
}

fn print_row(size: &str, measure: &str, [ours, reqwest, slice]: [f64; 3]) {
    let (to_reqwest, to_slice) = (ours / reqwest, ours / slice);
    println!("| {size} | {measure} | {ours:.0} | {reqwest:.0} | {slice:.0} | {to_reqwest:.3} | {to_slice:.3} |");
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Reads a response this many times, and returns how long each of them took.
fn read(reader: &str, url: &str, times: u32) -> Vec<Duration> {
    let (base, count) = url.rsplit_once('/').unwrap();
    let count = count.parse().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let flows = FlowsClient::new(Client::builder(base).build().unwrap());
        let reqwest = reqwest::Client::new();
        let bytes = reqwest.get(url).send().await.unwrap().bytes().await.unwrap();
        let mut elapsed = Vec::new();
        for _ in 0..times {
            let start = Instant::now();
            let list: Vec<Flow> = match reader {
                "ours" => flows.list(count).await.unwrap(),
                "reqwest" => reqwest.get(url).send().await.unwrap().json().await.unwrap(),
                _ => serde_json::from_slice(&bytes).unwrap(),
            };
            assert_eq!(list.len(), count);
            black_box(list);
            elapsed.push(start.elapsed());
        }
        elapsed
    })
}

/// Prints a URL, and responds with as many objects as the path says.
fn serve() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}", listener.local_addr()?);
    for stream in listener.incoming() {
        let stream = stream?;
        std::thread::spawn(move || respond(stream));
    }
    Ok(())
}

fn respond(stream: TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut writer = stream.try_clone()?;
    let mut lines = BufReader::new(stream).lines();
    let mut last = (0, Vec::new());
    while let Some(first) = lines.next() {
        let first = first?;
        while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
        let path = first.split(' ').nth(1).unwrap_or_default();
        let count = path.trim_start_matches('/').parse().unwrap_or_default();
        if last.0 != count {
            last = (count, response(count));
        }
        writer.write_all(&last.1)?;
    }
    Ok(())
}

fn response(count: usize) -> Vec<u8> {
    let flow = |id| {
        format!(
            r#"{{"id":"flow-{id}","namespace":"company.team","revision":{},"disabled":false,"labels":["owner:\u0041da","prod"]}}"#,
            id % 100
        )
    };
    let body = format!("[{}]", (0..count).map(flow).collect::<Vec<_>>().join(","));
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
    (head + &body).into_bytes()
}
