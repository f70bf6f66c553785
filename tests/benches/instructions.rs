//! What a call costs: instructions of `AuthApiClient` compared to handwritten calls on reqwest.
//!
//! `cargo bench -p kestra-auth-tests --bench instructions` runs both under callgrind, over one connection to a server
//! in another process. The calls are `index`, `forgotten_password` and `create_from_invitation`, in equal parts. It
//! prints (I(4,000 calls) - I(1,000 calls)) / 3,000 for each, and the ratio, and the same with `Retry::standard()`. Without valgrind it prints that it is
//! skipped.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, reason = "a program for developers")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};

use kestra_auth::{AuthApi, AuthApiClient, AuthMethods, Client, ClientBuilder, InvitationUserRequest, Retry};
use reqwest::header::ACCEPT;
use serde_json::Value;

const FEW: u32 = 1_000;
const MANY: u32 = 4_000;

fn main() {
    let args: Vec<String> = std::env::args().filter(|arg| arg != "--bench").collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [_, "server"] => serve(),
        [_, "idiom", base, calls] => run(idiom(base, calls.parse().unwrap())),
        [_, "client", base, calls] => run(client(Client::builder(base), calls.parse().unwrap())),
        [_, "retry", base, calls] => {
            run(client(Client::builder(base).retry(Retry::standard()), calls.parse().unwrap()));
        }
        [program] => compare(program),
        _ => println!("usage: instructions [server | idiom BASE CALLS | client BASE CALLS | retry BASE CALLS]"),
    }
}

fn compare(program: &str) {
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("skipped: valgrind is not installed");
        return;
    }
    let mut server = Command::new(program).arg("server").stdout(Stdio::piped()).spawn().unwrap();
    let mut base = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut base).unwrap();
    let per_call = |kind: &str| {
        let [few, many] = [FEW, MANY].map(|calls| count(program, kind, base.trim(), calls));
        f64::from(u32::try_from(many - few).unwrap()) / f64::from(MANY - FEW)
    };
    let (idiom, client, retry) = (per_call("idiom"), per_call("client"), per_call("retry"));
    server.kill().unwrap();
    server.wait().unwrap();
    println!("by hand on reqwest: {idiom:.0} instructions a call");
    println!("AuthApiClient:      {client:.0} instructions a call");
    println!("ratio:              {:.3}", client / idiom);
    println!("with retries:       {retry:.0} instructions a call");
    println!("ratio:              {:.3} of AuthApiClient", retry / client);
}

/// Callgrind's total for this many calls.
fn count(program: &str, kind: &str, base: &str, calls: u32) -> u64 {
    let out =
        std::env::var("CALLGRIND_OUT").map_or_else(|_| "/dev/null".to_owned(), |out| format!("{out}.{kind}.{calls}"));
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", &format!("--callgrind-out-file={out}"), program, kind, base, &calls.to_string()])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{text}");
    text.lines().find_map(|line| line.split("Collected : ").nth(1)).unwrap().trim().parse().unwrap()
}

fn run(future: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future);
}

async fn client(builder: ClientBuilder, calls: u32) {
    let auth = AuthApiClient::new(builder.build().unwrap());
    let user = InvitationUserRequest::new("Ada", "Lovelace", "correct horse");
    for call in 0..calls {
        match call % 3 {
            0 => drop(auth.index().await.unwrap()),
            1 => drop(auth.forgotten_password("ada@example.com").await.unwrap()),
            _ => drop(auth.create_from_invitation("2b8a41c5-7f", &user).await.unwrap()),
        }
    }
}

async fn idiom(base: &str, calls: u32) {
    let client = reqwest::Client::new();
    let user = InvitationUserRequest::new("Ada", "Lovelace", "correct horse");
    for call in 0..calls {
        match call % 3 {
            0 => {
                let request = client.get(format!("{base}/api/v1/auths")).header(ACCEPT, "application/json");
                drop(request.send().await.unwrap().error_for_status().unwrap().json::<AuthMethods>().await.unwrap());
            }
            1 => {
                let request = client
                    .get(format!("{base}/api/v1/forgotten-password"))
                    .query(&[("username", "ada@example.com")])
                    .header(ACCEPT, "application/json");
                drop(request.send().await.unwrap().error_for_status().unwrap().json::<Value>().await.unwrap());
            }
            _ => {
                let request = client
                    .post(format!("{base}/api/v1/invitation/create/{}", "2b8a41c5-7f"))
                    .header(ACCEPT, "application/json")
                    .json(&user);
                drop(request.send().await.unwrap().error_for_status().unwrap().json::<Value>().await.unwrap());
            }
        }
    }
}

/// Responds to every request alike, on any number of connections.
fn serve() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    for stream in listener.incoming() {
        std::thread::spawn(move || respond(stream.unwrap()));
    }
}

fn respond(stream: TcpStream) {
    const METHODS: &str = r#"{"loginPassword":true,"mailsEnabled":true,"passwordless":false,"oauths":["google"]}"#;
    const OBJECT: &str = r#"{"status":"ok","id":"5f0c7e2a"}"#;
    stream.set_nodelay(true).unwrap();
    let mut writer = stream.try_clone().unwrap();
    let mut reader = BufReader::new(stream);
    loop {
        let (mut first, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line == "\r\n" {
                break;
            }
            first.push_str(&line);
        }
        reader.read_exact(&mut vec![0; length]).unwrap();
        let body = if first.starts_with("GET /api/v1/auths ") { METHODS } else { OBJECT };
        let head =
            format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
        writer.write_all(format!("{head}{body}").as_bytes()).unwrap();
    }
}
