//! Many calls at once to a server that fails some of them in random ways: the books balance, and nothing is left over.
//!
//! The long form is not part of the ordinary run:
//! `cargo test -p kestra-auth-tests --test it -- --ignored --nocapture a_million_calls`.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures_util::{StreamExt as _, stream};
use kestra_auth::{Error, ErrorKind, Json, Retry, api};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;

use crate::support::client_builder;

/// Longer than a call takes on a slow machine, and shorter than the server stalls.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(5);
const STALL: Duration = Duration::from_secs(8);
/// One call in so many is a POST, which must not be repeated.
const WRITES: u64 = 10;

#[api]
trait Soaked {
    #[get("/{id}")]
    async fn read(&self, id: u64) -> Result<Json<u64>, Error>;

    #[post("/{id}")]
    async fn write(&self, id: u64, #[json] body: u64) -> Result<Json<u64>, Error>;
}

/// What the server has seen.
struct Books {
    /// How many requests of each call have arrived.
    arrived: Vec<AtomicU8>,
    /// How many requests were not responded to well.
    failed: AtomicU64,
    requests: AtomicU64,
    connections: AtomicUsize,
}

/// Counts a connection for as long as it is open.
struct Open(Arc<Books>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::SeqCst);
    }
}

/// `SplitMix64` (Steele, Lea and Flood, 2014) without state: a number as random as its input is different.
fn scramble(number: u64) -> u64 {
    let mut mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

async fn serve(stream: TcpStream, books: &Books) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    loop {
        let Some((id, length)) = read_head(&mut stream).await? else { return Ok(()) };
        let number = books.requests.fetch_add(1, Ordering::SeqCst);
        books.arrived[usize::try_from(id).unwrap()].fetch_add(1, Ordering::SeqCst);
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await?;
        let random = scramble(number);
        if random % 100 < 5 {
            books.failed.fetch_add(1, Ordering::SeqCst);
            if !fail(&mut stream, random / 100).await? {
                return Ok(());
            }
            continue;
        }
        let body = id.to_string();
        // Some connections end although nothing is wrong, announced or not.
        let (end, header) = ((random / 100) % 200, if random.is_multiple_of(2) { "connection: close\r\n" } else { "" });
        let header = if end == 0 { header } else { "" };
        let response = format!("HTTP/1.1 200 OK\r\n{header}content-length: {}\r\n\r\n{body}", body.len());
        stream.write_all(response.as_bytes()).await?;
        if end == 0 {
            return Ok(());
        }
    }
}

/// Reads the head of a request, and returns the number in its path and the length of its body.
async fn read_head(stream: &mut BufReader<TcpStream>) -> io::Result<Option<(u64, usize)>> {
    let (mut id, mut length, mut line) = (None, 0, String::new());
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        if line == "\r\n" {
            return Ok(id.map(|id| (id, length)));
        }
        if id.is_none() {
            id = line.split(['/', ' ']).nth(2).and_then(|id| id.parse().ok());
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
}

/// Fails in one of several ways, and returns whether the connection stays open.
async fn fail(stream: &mut BufReader<TcpStream>, random: u64) -> io::Result<bool> {
    let sent: &[u8] = match random % 9 {
        0 => b"",
        1 => {
            stream.get_ref().set_zero_linger()?;
            b""
        }
        2 => b"HTTP/1.1 200 OK\r\ncontent-le",
        3 => b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n1",
        4 => b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n12",
        5 => b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 0\r\ncontent-length: 4\r\n\r\nbusy",
        6 => b"HTTP/1.1 429 Too Many Requests\r\nretry-after: 0\r\ncontent-length: 0\r\n\r\n",
        7 => b"not HTTP at all\r\n\r\n",
        _ if random.is_multiple_of(7) => {
            tokio::time::sleep(STALL).await;
            b""
        }
        _ => b"HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
    };
    stream.write_all(sent).await?;
    Ok(matches!(random % 9, 5 | 6))
}

async fn start(calls: u64) -> (String, Arc<Books>, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let books = Arc::new(Books {
        arrived: std::iter::repeat_with(AtomicU8::default).take(usize::try_from(calls).unwrap()).collect(),
        failed: AtomicU64::new(0),
        requests: AtomicU64::new(0),
        connections: AtomicUsize::new(0),
    });
    let shared = Arc::clone(&books);
    let task = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            shared.connections.fetch_add(1, Ordering::SeqCst);
            let open = Open(Arc::clone(&shared));
            tokio::spawn(async move {
                let _ = serve(stream, &open.0).await;
            });
        }
    });
    (base, books, task)
}

/// The memory that this process holds, in KiB, where the system says so.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// What the client has seen.
#[derive(Default)]
struct Reports {
    calls: AtomicU64,
    attempts: AtomicU64,
    failures: AtomicU64,
}

async fn call(client: &SoakedClient, id: u64) -> Result<(), Error> {
    let is_write = id.is_multiple_of(WRITES);
    let result = if is_write { client.write(id, id).await } else { client.read(id).await };
    result.map(|found| assert_eq!(found.0, id, "the response of another call"))
}

/// Makes the calls, and returns by how many KiB the memory grew after the first tenth of them.
#[expect(clippy::print_stdout, reason = "the long run is for developers, who read the numbers")]
async fn soak(calls: u64, at_once: usize) -> Option<u64> {
    let (base, books, server) = start(calls).await;
    let idle_tasks = Handle::current().metrics().num_alive_tasks();
    let reports = Arc::new(Reports::default());
    let seen = Arc::clone(&reports);
    let builder =
        client_builder(&base).retry(Retry::standard()).attempt_timeout(ATTEMPT_TIMEOUT).on_call(move |call| {
            seen.calls.fetch_add(1, Ordering::SeqCst);
            seen.attempts.fetch_add(call.attempts().into(), Ordering::SeqCst);
            seen.failures.fetch_add(u64::from(!call.outcome().is_success()), Ordering::SeqCst);
        });
    let client = SoakedClient::new(builder.build().unwrap());
    let begun = Instant::now();
    let (mut succeeded, mut failed, mut warm) = (0_u64, 0_u64, None);
    let mut results = stream::iter(0..calls)
        .map(|id| {
            let client = client.clone();
            async move { (id, call(&client, id).await) }
        })
        .buffer_unordered(at_once);
    while let Some((id, result)) = results.next().await {
        match result {
            Ok(()) => succeeded += 1,
            Err(error) => {
                failed += 1;
                let is_known = matches!(
                    error.kind(),
                    ErrorKind::Connect | ErrorKind::Body | ErrorKind::Status | ErrorKind::Protocol | ErrorKind::Timeout
                );
                assert!(is_known, "call {id}: {error:?}");
            }
        }
        if succeeded + failed == calls / 10 {
            warm = resident();
        }
    }
    let grown = warm.zip(resident()).map(|(before, after)| after.saturating_sub(before));
    drop(results);
    let elapsed = begun.elapsed();
    check_books(&books, &reports, (calls, succeeded, failed), elapsed);
    drop(client);
    check_left(&books, idle_tasks).await;
    server.abort();
    println!(
        "{calls} calls, {at_once} at once: {succeeded} succeeded, {failed} failed, {} attempts, {} failures of the \
         server, {:.1} s, {grown:?} KiB grown",
        reports.attempts.load(Ordering::SeqCst),
        books.failed.load(Ordering::SeqCst),
        elapsed.as_secs_f64(),
    );
    grown
}

/// Waits until connections and tasks have ended.
async fn check_left(books: &Books, idle_tasks: usize) {
    for left in [
        |books: &Books, _| books.connections.load(Ordering::SeqCst) > 0,
        |_: &Books, idle| Handle::current().metrics().num_alive_tasks() > idle,
    ] {
        let until = Instant::now() + STALL * 2;
        while left(books, idle_tasks) && Instant::now() < until {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let connections = books.connections.load(Ordering::SeqCst);
        let tasks = Handle::current().metrics().num_alive_tasks();
        assert!(!left(books, idle_tasks), "{connections} connections and {tasks} of {idle_tasks} tasks are left");
    }
}

fn check_books(books: &Books, reports: &Reports, (calls, succeeded, failed): (u64, u64, u64), elapsed: Duration) {
    assert_eq!(succeeded + failed, calls);
    assert_eq!(reports.calls.load(Ordering::SeqCst), calls);
    assert_eq!(reports.failures.load(Ordering::SeqCst), failed);
    let (attempts, requests) = (reports.attempts.load(Ordering::SeqCst), books.requests.load(Ordering::SeqCst));
    let arrived: u64 = books.arrived.iter().map(|count| u64::from(count.load(Ordering::SeqCst))).sum();
    assert_eq!(arrived, requests);
    // A request that finds its connection closed does not arrive.
    assert!(requests <= attempts, "{requests} requests of {attempts} attempts");
    for (id, count) in books.arrived.iter().enumerate() {
        let (count, is_write) = (count.load(Ordering::SeqCst), (id as u64).is_multiple_of(WRITES));
        assert!(count <= if is_write { 1 } else { 3 }, "{count} requests of call {id}");
    }
    // The budget: ten in a second, one for every five calls, and what it starts with.
    let extra = attempts - calls;
    let budget = (elapsed.as_secs() + 1) * 10 + calls / 5 + 100;
    assert!(extra > 0 && extra <= budget, "{extra} additional attempts, {budget} allowed");
    assert!(failed <= books.failed.load(Ordering::SeqCst), "a call fails without a failure of the server");
    assert!(succeeded > calls * 9 / 10, "{succeeded} of {calls} calls succeed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thousands_of_calls_balance() {
    soak(3_000, 64).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes"]
async fn a_million_calls_balance_in_flat_memory() {
    let grown = soak(1_000_000, 256).await;
    assert!(grown.is_none_or(|grown| grown < 16 << 10), "{grown:?} KiB");
}
