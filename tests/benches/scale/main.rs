//! Many calls at once on one client: memory for each call in flight, and throughput compared to handwritten code.
//!
//! `cargo bench -p kestra-auth-benches --bench scale` runs each client in a process of its own, with one thread, against
//! a server in another process. Memory is by how much the resident memory of the client grows for each of 10,000 calls
//! that the server does not respond to yet, each on its own connection; the first row has no connections. Throughput,
//! and the time that the processor works for a call, are those of the best of 20 runs, in which the clients take turns,
//! because other programs only make runs slower. More connections than the limit of open files allows are skipped with
//! a line. `-- CALLS` makes another number of calls for each run of the throughput than 10,000.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, reason = "a program for developers")]

mod clients;

use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use kestra_auth_benches::counts;
use kestra_auth_benches::server::{self, Server};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use clients::{Canned, Client, Hyper, Ours, OursOnHyper, Reqwest};

const IN_FLIGHT: usize = 10_000;
const CONCURRENCY: [usize; 5] = [1, 8, 64, 512, 4_096];
const CALLS: usize = 10_000;
const RUNS: usize = 20;
/// Files that a process needs for anything but its connections.
const OTHER_FILES: u64 = 50;

/// The argument of this program and the name of each client.
const CLIENTS: [(&str, &str); 4] = [
    ("hyper", "hyper by hand"),
    ("ours-hyper", "kestra-auth on hyper"),
    ("reqwest", "reqwest by hand"),
    ("ours", "kestra-auth on reqwest"),
];

fn main() -> ExitCode {
    let files = rlimit::increase_nofile_limit(u64::MAX).unwrap_or(u64::MAX);
    let args: Vec<String> = std::env::args().filter(|arg| arg != "--bench").collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        [_, "server"] => server::serve().unwrap(),
        [_, "memory", client, base] => match *client {
            "canned" => memory::<Canned>(base),
            "hyper" => memory::<Hyper>(base),
            "reqwest" => memory::<Reqwest>(base),
            "ours-hyper" => memory::<OursOnHyper>(base),
            _ => memory::<Ours>(base),
        },
        [_, "throughput", client, base, concurrency, calls] => {
            let (concurrency, calls) = (concurrency.parse().unwrap(), calls.parse().unwrap());
            match *client {
                "hyper" => throughput::<Hyper>(base, concurrency, calls),
                "reqwest" => throughput::<Reqwest>(base, concurrency, calls),
                "ours-hyper" => throughput::<OursOnHyper>(base, concurrency, calls),
                _ => throughput::<Ours>(base, concurrency, calls),
            }
        }
        [program] => measure(program, CALLS, files),
        [program, calls] => measure(program, calls.parse().unwrap(), files),
        _ => {
            println!("usage: scale [CALLS]");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn measure(program: &str, calls: usize, files: u64) {
    let server = Server::start(Path::new(program)).unwrap();
    let fits = |connections: usize| connections as u64 + OTHER_FILES <= files;
    println!("{}\n", counts::compiler().unwrap());
    println!("| client | bytes per call in flight |\n| --- | ---: |");
    for (client, name) in [("canned", "kestra-auth without a connection")].iter().chain(&CLIENTS) {
        if resident().is_none() {
            println!("skipped: there is no /proc/self/status with VmRSS here");
            break;
        }
        if !fits(IN_FLIGHT) {
            println!("skipped: {IN_FLIGHT} connections, because {files} files can be open");
            break;
        }
        println!("| {name} | {} |", output(program, &["memory", client, &server.base]));
    }
    println!("\n| concurrency | client | calls per second | of by hand | processor time per call | of by hand |");
    println!("| ---: | --- | ---: | ---: | ---: | ---: |");
    for concurrency in CONCURRENCY {
        if !fits(concurrency) {
            println!("skipped: {concurrency} connections, because {files} files can be open");
            continue;
        }
        let mut best = CLIENTS.map(|_| (0.0_f64, f64::MAX));
        for _ in 0..RUNS {
            for ((client, _), (rate, time)) in CLIENTS.iter().zip(&mut best) {
                let [concurrency, calls] = [concurrency, calls].map(|number| number.to_string());
                let text = output(program, &["throughput", client, &server.base, &concurrency, &calls]);
                let (this_rate, this_time) = text.split_once(' ').unwrap();
                *rate = rate.max(this_rate.parse().unwrap());
                *time = time.min(this_time.parse().unwrap());
            }
        }
        for ((_, name), (index, (rate, time))) in CLIENTS.iter().zip(best.iter().enumerate()) {
            // Each client follows the handwritten code that it is compared to.
            let (rate_by_hand, time_by_hand) = best[index & !1];
            let ratios = (rate / rate_by_hand, time / time_by_hand);
            println!("| {concurrency} | {name} | {rate:.0} | {:.2} | {time:.1} µs | {:.2} |", ratios.0, ratios.1);
        }
    }
}

fn output(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// The resident memory of this process, in bytes.
fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<usize>().ok()? << 10)
}

/// The time that the processor has worked for the first thread of this process, in microseconds.
fn processor_time() -> f64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|first| first.parse::<f64>().ok());
    nanoseconds.map_or(f64::NAN, |nanoseconds| nanoseconds / 1e3)
}

fn block_on(future: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future);
}

/// Prints how many bytes a call in flight takes.
fn memory<C: Client>(base: &str) {
    block_on(async {
        let client = Arc::new(C::connect(&format!("{base}/hold")));
        // The first calls allocate what is shared.
        let mut calls = start(&client, 100);
        client.wait_for(base, 100).await;
        let before = resident().unwrap();
        calls.extend(start(&client, IN_FLIGHT));
        client.wait_for(base, 100 + IN_FLIGHT).await;
        println!("{}", (resident().unwrap() - before) / IN_FLIGHT);
        C::release(base);
        // Each task panics if its call fails.
        for call in calls {
            call.await.unwrap();
        }
    });
}

fn start<C: Client>(client: &Arc<C>, count: usize) -> Vec<tokio::task::JoinHandle<()>> {
    let call = |client: Arc<C>| async move { client.index().await };
    (0..count).map(|_| tokio::spawn(call(Arc::clone(client)))).collect()
}

/// Prints how many calls succeed in a second, and for how long the processor works for one, in microseconds.
fn throughput<C: Client>(base: &str, concurrency: usize, calls: usize) {
    block_on(async {
        let client = Arc::new(C::connect(base));
        let barrier = Arc::new(Barrier::new(concurrency + 1));
        let left = Arc::new(AtomicUsize::new(calls));
        let mut tasks = JoinSet::new();
        for _ in 0..concurrency {
            let (client, barrier, left) = (Arc::clone(&client), Arc::clone(&barrier), Arc::clone(&left));
            tasks.spawn(async move {
                // Connects, which does not count.
                client.index().await;
                barrier.wait().await;
                while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok() {
                    client.index().await;
                }
            });
        }
        barrier.wait().await;
        let (begun, worked) = (Instant::now(), processor_time());
        while let Some(task) = tasks.join_next().await {
            task.unwrap();
        }
        let calls = f64::from(u32::try_from(calls).unwrap());
        println!("{} {}", calls / begun.elapsed().as_secs_f64(), (processor_time() - worked) / calls);
    });
}
