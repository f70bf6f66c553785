//! What a call costs: instructions of `AuthApiClient` compared to handwritten code.
//!
//! ```sh
//! cargo bench -p kestra-auth-benches --bench instructions            # print the table
//! cargo bench -p kestra-auth-benches --bench instructions -- peers   # with the crates in the folder `peers`
//! cargo bench -p kestra-auth-benches --bench instructions -- check   # compare with `counts.txt`
//! ```
//!
//! Each client makes the same calls under callgrind, `index`, `forgotten_password` and `create_from_invitation` in equal
//! parts, over one connection to a server in another process. The result is (I(4,000 calls) - I(1,000 calls)) / 3,000; for
//! `check`, which is to end soon, (I(1,500 calls) - I(500 calls)) / 1,000.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, reason = "a program for developers")]

mod by_hand;
mod ours;
mod peers;

use std::io;
use std::path::Path;
use std::process::ExitCode;

use kestra_auth_benches::callgrind::{self, Caller, Calls};
use kestra_auth_benches::counts::{self, Count};
use kestra_auth_benches::server::{self, Server};

/// What is called with.
struct Kind {
    /// The argument of this program.
    argument: &'static str,
    name: &'static str,
    /// What its stored count is relative to.
    by_hand: Option<&'static str>,
}

const HYPER: &str = "hyper by hand";
const IDIOM: &str = "reqwest by hand, the usual idiom";

const KINDS: [Kind; 6] = [
    Kind { argument: "hyper", name: HYPER, by_hand: None },
    Kind { argument: "ours-hyper", name: "kestra-auth on hyper", by_hand: Some(HYPER) },
    Kind { argument: "leanest", name: "reqwest by hand, lean", by_hand: None },
    Kind { argument: "idiom", name: IDIOM, by_hand: None },
    Kind { argument: "ours", name: "kestra-auth on reqwest", by_hand: Some(IDIOM) },
    Kind { argument: "ours-retry", name: "kestra-auth on reqwest, with retries", by_hand: Some(IDIOM) },
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().filter(|arg| arg != "--bench").collect();
    let succeeded = match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [_, "server"] => server::serve().is_ok(),
        [program] => print_table(program, Vec::new()),
        [program, "peers"] => print_table(program, peers::build().unwrap()),
        [program, "check"] => check(program),
        [_, kind, base, calls] => {
            run(kind, base, calls.parse().unwrap());
            true
        }
        _ => {
            println!("usage: instructions [peers | check | server | KIND BASE CALLS]");
            false
        }
    };
    if succeeded { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run(kind: &str, base: &str, calls: u32) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        match kind {
            "hyper" => by_hand::hyper(base, calls).await,
            "leanest" => by_hand::leanest(base, calls).await,
            "idiom" => by_hand::idiom(base, calls).await,
            "ours-hyper" => ours::on_hyper(base, calls).await,
            "ours" => ours::on_reqwest(base, calls).await,
            "ours-retry" => ours::with_retries(base, calls).await,
            unknown => println!("unknown client `{unknown}`"),
        }
    });
}

/// Prints what all kinds and these peers take, the fewest instructions first.
fn print_table(program: &str, peers: Vec<peers::Peer>) -> bool {
    let mut names: Vec<String> = KINDS.iter().map(|kind| kind.name.to_owned()).collect();
    let mut callers: Vec<Caller> = KINDS.iter().map(|kind| caller(program, kind)).collect();
    for peer in peers {
        names.push(peer.name);
        callers.push(Caller { program: peer.program, kind: None });
    }
    let Some(results) = measure(program, &callers, callgrind::MANY) else { return true };
    let value = |name| Some(*results[names.iter().position(|other| other == name)?].as_ref().ok()?);
    let (hyper, idiom) = (value(HYPER).unwrap_or(f64::NAN), value(IDIOM).unwrap_or(f64::NAN));
    let mut rows: Vec<_> = names.iter().zip(&results).collect();
    rows.sort_by(|(_, left), (_, right)| {
        let [left, right] = [left, right].map(|result| *result.as_ref().unwrap_or(&f64::MAX));
        left.total_cmp(&right)
    });
    println!("{}\n", counts::compiler().unwrap());
    println!("| client | instructions per call | of hyper by hand | of reqwest by hand |");
    println!("| --- | ---: | ---: | ---: |");
    for (name, result) in rows {
        match result {
            Ok(count) => println!("| {name} | {count:.0} | {:.3} | {:.3} |", count / hyper, count / idiom),
            Err(error) => println!("| {name} | {error} | | |"),
        }
    }
    results.iter().all(Result::is_ok)
}

/// Compares with the stored counts what `AuthApiClient` takes, relative to handwritten code.
fn check(program: &str) -> bool {
    let compared = |kind: &&Kind| kind.by_hand.is_some() || KINDS.iter().any(|other| other.by_hand == Some(kind.name));
    let kinds: Vec<&Kind> = KINDS.iter().filter(compared).collect();
    let callers: Vec<Caller> = kinds.iter().map(|kind| caller(program, kind)).collect();
    let Some(results) = measure(program, &callers, callgrind::FEW) else { return true };
    let counts: Vec<Count> = kinds
        .iter()
        .zip(results)
        .map(|(kind, result)| Count { name: kind.name, value: result.unwrap(), by_hand: kind.by_hand })
        .collect();
    counts::check("instructions", &counts).unwrap()
}

fn caller(program: &str, kind: &Kind) -> Caller {
    Caller { program: program.into(), kind: Some(kind.argument) }
}

/// `None` without valgrind.
fn measure(program: &str, callers: &[Caller], calls: Calls) -> Option<Vec<io::Result<f64>>> {
    if !callgrind::is_installed() {
        println!("skipped: valgrind is not installed");
        return None;
    }
    let server = Server::start(Path::new(program)).unwrap();
    Some(callgrind::instructions_per_call(callers, &server.base, calls))
}
