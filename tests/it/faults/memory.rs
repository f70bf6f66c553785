//! How much memory a hostile response takes: by how much the peak of a process grows that makes one call.
//!
//! Each call runs in a process that the test starts from its own program, because other tests allocate as well.

use std::io::Write as _;
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;
use kestra_auth::{Error, Json, Text, api};

use super::server::{FaultServer, Step, send};

use crate::support::client_builder;

const LIMIT_KIB: u64 = 64 << 10;
/// How the started process knows the server.
const BASE: &str = "KESTRA_AUTH_TESTS_MEMORY_BASE";
const CLIENT: &str = "faults::memory::client";

#[api]
trait Hostile {
    #[get("/text")]
    async fn text(&self) -> Result<Text, Error>;

    #[get("/json")]
    async fn json(&self) -> Result<Json<u8>, Error>;
}

/// The peak memory of this process, in KiB.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// Not a test of its own: the program of the process that [`hostile_responses_take_little_memory`] starts.
#[tokio::test]
#[ignore = "started by another test"]
async fn client() {
    let Ok(base) = std::env::var(BASE) else { return };
    let client = HostileClient::new(client_builder(&base).build().unwrap());
    // A first call allocates the client's threads and buffers, which must not count.
    assert_eq!(&*client.text().await.unwrap(), "first");
    let before = peak().unwrap();
    let text = client.text().await.unwrap_err().kind();
    let json = client.json().await.unwrap_err().kind();
    println!("{text} {json} grew by {} KiB", peak().unwrap() - before);
}

/// Runs the client against a server that sends `hostile` to two requests.
async fn run(hostile: Vec<Step>) -> String {
    let first = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 5\r\n\r\nfirst";
    let hostile = [vec![Step::Read], hostile].concat();
    let server = FaultServer::start(vec![vec![Step::Read, send(first)], hostile.clone(), hostile]).await;
    let base = server.base.clone();
    let output = tokio::task::spawn_blocking(move || {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", CLIENT, "--ignored", "--nocapture"])
            .env(BASE, base)
            .output()
            .unwrap()
    });
    let output = output.await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_responses_take_little_memory() {
    if peak().is_none() {
        return;
    }
    let mut zeros = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..256 << 6 {
        zeros.write_all(&[b' '; 1 << 14]).unwrap();
    }
    let bomb = [b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n".as_slice(), &zeros.finish().unwrap()].concat();
    let headers = format!("x: {}\r\n", "a".repeat(47)).repeat(20_000);
    let cases = [
        ("an endless body", "body body", vec![send("HTTP/1.1 200 OK\r\n\r\n"), Step::Endless(vec![b' '; 1 << 16])]),
        ("a gzip bomb", "body body", vec![send(bomb)]),
        ("1 MB of headers", "protocol protocol", vec![send(format!("HTTP/1.1 200 OK\r\n{headers}\r\n"))]),
        (
            "one header of 1 MB",
            "protocol protocol",
            vec![send(format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "a".repeat(1 << 20)))],
        ),
        (
            "headers without end",
            "protocol protocol",
            vec![send("HTTP/1.1 200 OK\r\n"), Step::Endless(b"x: a\r\n".repeat(1000))],
        ),
        (
            "an endless body of an error",
            "status status",
            vec![send("HTTP/1.1 500 \r\n\r\n"), Step::Endless(vec![b' '; 1 << 16])],
        ),
    ];
    for (name, expected, hostile) in cases {
        let output = run(hostile).await;
        let (kinds, grown) = output.split_once(" grew by ").unwrap_or_else(|| panic!("{name}: {output}"));
        assert!(kinds.ends_with(expected), "{name}: {output}");
        let grown: u64 = grown.split(' ').next().unwrap().parse().unwrap();
        println!("{name}: {grown} KiB");
        assert!(grown < LIMIT_KIB, "{name} takes {grown} KiB");
    }
}
