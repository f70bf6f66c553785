//! What an endpoint costs to compile: `#[api]` traits compared to handwritten functions on reqwest.
//!
//! `cargo bench -p kestra-auth-benches --bench compile_time` writes crates with 100, 500 and 1,000 endpoints (ten per
//! trait, with one model; half of them GET with path and query, half POST with path, query and JSON) and builds their
//! dependencies. Then it touches each crate, and times checking it and building a program that calls every endpoint
//! once. It prints the medians of five runs and the ratios, which must be at most 1.3 for 500 endpoints and should be
//! 1.0. Other numbers of endpoints can be given as arguments.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, reason = "a program for developers")]

#[path = "compile_time/source.rs"]
mod source;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use source::Kind;

const SIZES: [usize; 3] = [100, 500, 1000];
const RUNS: usize = 5;
/// The highest ratio allowed for 500 endpoints.
const LIMIT: f64 = 1.3;

fn main() {
    let given: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if given.is_empty() { SIZES.to_vec() } else { given };
    let workspace = Workspace::write(&sizes);
    if !workspace.cargo("check", &package(Kind::Models, sizes[0])) {
        println!("skipped: the generated crates do not build here; see {}", workspace.folder.display());
        return;
    }
    println!("endpoints  command  models only  by hand  #[api]  ratio  ratio without the models");
    let mut limit_holds = true;
    for command in ["check", "build"] {
        for &size in &sizes {
            let [models, by_hand, declared] = [Kind::Models, Kind::ByHand, Kind::Declared].map(|kind| {
                let name = package(kind, size);
                workspace.median(command, &name)
            });
            let ratio = declared.as_secs_f64() / by_hand.as_secs_f64();
            let net = declared.saturating_sub(models).as_secs_f64() / by_hand.saturating_sub(models).as_secs_f64();
            println!(
                "{size:>9}  {command:<7}  {:>9.2} s  {:>5.2} s  {:>4.2} s  {ratio:>5.2}  {net:>5.2}",
                models.as_secs_f64(),
                by_hand.as_secs_f64(),
                declared.as_secs_f64(),
            );
            limit_holds &= size != 500 || ratio <= LIMIT;
        }
    }
    println!("{}", if limit_holds { "within the limit" } else { "over the limit of 1.3 for 500 endpoints" });
}

fn package(kind: Kind, size: usize) -> String {
    format!("{}-{size}", kind.name())
}

struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    fn write(sizes: &[usize]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile-time");
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"*-[0-9]*\"]\n").unwrap();
        // Dependencies have the versions that this repository is built with.
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        for &size in sizes {
            for kind in [Kind::Models, Kind::ByHand, Kind::Declared] {
                let package = package(kind, size);
                let src = folder.join(&package).join("src");
                fs::create_dir_all(&src).unwrap();
                fs::write(folder.join(&package).join("Cargo.toml"), source::manifest(&package, root)).unwrap();
                fs::write(src.join("lib.rs"), source::library(kind, size)).unwrap();
                fs::write(src.join("main.rs"), source::program(kind, size)).unwrap();
            }
        }
        Self { folder }
    }

    fn cargo(&self, command: &str, package: &str) -> bool {
        // A check covers only the library; a build includes the calls.
        let target = if command == "check" { "--lib" } else { "--bins" };
        let status = Command::new(env!("CARGO"))
            .args([command, "--offline", "--quiet", "-p", package, target])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .stdout(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    }

    /// The median time for the crate itself; its dependencies are built before.
    fn median(&self, command: &str, package: &str) -> Duration {
        assert!(self.cargo(command, package), "{package} does not build");
        let source = self.folder.join(package).join("src/lib.rs");
        let mut times: Vec<Duration> = (0..RUNS)
            .map(|_| {
                let text = fs::read(&source).unwrap();
                fs::write(&source, text).unwrap();
                let begun = Instant::now();
                assert!(self.cargo(command, package));
                begun.elapsed()
            })
            .collect();
        times.sort_unstable();
        times[RUNS / 2]
    }
}
