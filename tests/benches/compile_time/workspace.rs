//! The generated crates, and how they are built.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::source::{self, Kind};

const RUNS: usize = 5;
const CLEAN_RUNS: usize = 3;

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Measure {
    Check,
    Build,
    /// A check after a change to a file beside the traits.
    Beside,
    /// A check after a change that moves the traits by a line.
    Above,
}

impl Measure {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Build => "build",
            Self::Beside => "beside",
            Self::Above => "above",
        }
    }

    /// The highest ratio allowed for 500 endpoints.
    pub(crate) fn limit(self) -> f64 {
        match self {
            Self::Check | Self::Build => 1.0,
            Self::Beside | Self::Above => 1.2,
        }
    }

    fn is_incremental(self) -> bool {
        matches!(self, Self::Beside | Self::Above)
    }
}

pub(crate) struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    pub(crate) fn write(sizes: &[usize]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile-time");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n").unwrap();
        // Dependencies have the versions that this repository is built with.
        fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        for &size in sizes {
            for kind in [Kind::Models, Kind::ByHand, Kind::Declared] {
                let package = package(kind, size);
                let src = write_package(&folder, &package, &source::dependencies(&root()));
                fs::write(src.join("lib.rs"), source::library(kind, size)).unwrap();
                fs::write(src.join("beside.rs"), source::beside(0)).unwrap();
                fs::write(src.join("main.rs"), source::program(kind, size)).unwrap();
            }
        }
        for features in ["", "default"] {
            for (kind, dependency) in clean_dependencies(features) {
                let src = write_package(&folder, &clean_package(kind, features), &dependency);
                fs::write(src.join("lib.rs"), "").unwrap();
            }
        }
        Self { folder }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the generated crates compile.
    pub(crate) fn builds(&self, size: usize) -> bool {
        self.cargo(Measure::Check, &package(Kind::Models, size))
    }

    /// The median times for the crates themselves; their dependencies are built before.
    pub(crate) fn medians<const N: usize>(&self, measure: Measure, size: usize, kinds: [Kind; N]) -> [Duration; N] {
        let packages = kinds.map(|kind| package(kind, size));
        for package in &packages {
            assert!(self.cargo(measure, package), "{package} does not build");
        }
        medians(RUNS, &packages, |run, package| {
            self.change(measure, package, run);
            let begun = Instant::now();
            assert!(self.cargo(measure, package));
            begun.elapsed()
        })
    }

    /// The median times of clean builds of reqwest and of this crate.
    pub(crate) fn clean(&self, features: &str) -> [Duration; 2] {
        let packages = ["reqwest", "kestra-auth"].map(|kind| clean_package(kind, features));
        let target = self.folder.join("target-clean");
        let build = |package: &str| {
            drop(fs::remove_dir_all(&target));
            let begun = Instant::now();
            assert!(self.run(&["build", "-p", package], &target, false), "{package} does not build");
            begun.elapsed()
        };
        medians(CLEAN_RUNS, &packages, |_, package| build(package))
    }

    /// Changes a package such that it has to be compiled again.
    fn change(&self, measure: Measure, package: &str, run: usize) {
        let src = self.folder.join("crates").join(package).join("src");
        let library = fs::read_to_string(src.join("lib.rs")).unwrap();
        match measure {
            Measure::Check | Measure::Build => fs::write(src.join("lib.rs"), library).unwrap(),
            Measure::Beside => fs::write(src.join("beside.rs"), source::beside(run + 1)).unwrap(),
            Measure::Above => fs::write(src.join("lib.rs"), format!("\n{library}")).unwrap(),
        }
    }

    fn cargo(&self, measure: Measure, package: &str) -> bool {
        // A check covers only the library; a build includes the calls.
        let (command, target) = if measure == Measure::Build { ("build", "--bins") } else { ("check", "--lib") };
        let incremental = measure.is_incremental();
        let folder = self.folder.join(if incremental { "target-incremental" } else { "target" });
        self.run(&[command, "-p", package, target], &folder, incremental)
    }

    fn run(&self, args: &[&str], target: &Path, incremental: bool) -> bool {
        let status = Command::new(env!("CARGO"))
            .args(args)
            .args(["--offline", "--quiet"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_INCREMENTAL", if incremental { "1" } else { "0" })
            .stdout(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    }
}

/// The root of this repository.
fn root() -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.ancestors().nth(2).unwrap().to_owned()
}

fn package(kind: Kind, size: usize) -> String {
    format!("{}-{size}", kind.name())
}

fn clean_package(kind: &str, features: &str) -> String {
    format!("clean-{kind}-{}", if features.is_empty() { "none" } else { features })
}

/// The dependencies whose clean builds are compared.
fn clean_dependencies(features: &str) -> [(&'static str, String); 2] {
    let defaults = features == "default";
    let path = root().join("kestra-auth").display().to_string();
    [
        ("reqwest", format!("reqwest = {{ version = \"0.13\", default-features = {defaults} }}\n")),
        ("kestra-auth", format!("kestra-auth = {{ path = {path:?}, default-features = {defaults} }}\n")),
    ]
}

/// Writes the manifest of a package. Returns the folder of its source.
fn write_package(folder: &Path, package: &str, dependencies: &str) -> PathBuf {
    let folder = folder.join("crates").join(package);
    let src = folder.join("src");
    fs::create_dir_all(&src).unwrap();
    let mut manifest = String::new();
    writeln!(manifest, "[package]\nname = {package:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n")
        .unwrap();
    writeln!(manifest, "[dependencies]\n{dependencies}").unwrap();
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    src
}

/// Takes turns, so that what else the machine does affects all packages alike.
fn medians<const N: usize>(
    runs: usize,
    packages: &[String; N],
    measure: impl Fn(usize, &str) -> Duration,
) -> [Duration; N] {
    let mut times = [const { Vec::new() }; N];
    for run in 0..runs {
        for (package, times) in packages.iter().zip(&mut times) {
            times.push(measure(run, package));
        }
    }
    times.map(|mut times: Vec<Duration>| {
        times.sort_unstable();
        times[runs / 2]
    })
}
