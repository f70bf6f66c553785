//! Runs `cargo check` once for all cases and keeps what the compiler reported, as data.
//!
//! `trybuild` compares texts alone, which differ between the compiler's releases. The package that is checked here has
//! the dependencies of this one and a program for each case. It is built where `trybuild` builds its own package, and
//! with the same flags, so that dependencies are built once.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::cases::{self, Case};

/// The flags that `trybuild` compiles its cases with.
const RUSTFLAGS: &str = r#"["--cfg", "trybuild", "--verbose", "-A", "dead_code", "--diagnostic-width=140"]"#;

/// What the compiler reported for each program, by its name.
static REPORTED: LazyLock<BTreeMap<String, Vec<Diagnostic>>> = LazyLock::new(check_all);

#[derive(Debug, Deserialize)]
pub(crate) struct Diagnostic {
    pub(crate) message: String,
    level: String,
    spans: Vec<Span>,
    children: Vec<Self>,
}

#[derive(Debug, Deserialize)]
struct Span {
    is_primary: bool,
    line_start: usize,
    column_start: usize,
    label: Option<String>,
}

impl Diagnostic {
    /// Whether this is an error in the code; rustc adds one that counts them.
    pub(crate) fn is_error(&self) -> bool {
        self.level == "error" && !self.message.starts_with("aborting due to ")
    }

    /// The line and the column where it starts.
    pub(crate) fn start(&self) -> Option<(usize, usize)> {
        let span = self.spans.iter().find(|span| span.is_primary)?;
        Some((span.line_start, span.column_start))
    }

    pub(crate) fn line(&self) -> Option<usize> {
        self.start().map(|(line, _)| line)
    }

    /// The message, the labels in the code, and the notes.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let labels = self.spans.iter().filter_map(|span| span.label.as_deref());
        let notes = self.children.iter().map(|child| child.message.as_str());
        std::iter::once(self.message.as_str()).chain(labels).chain(notes)
    }
}

/// A line of `cargo check --message-format=json`, as far as it is read here.
#[derive(Deserialize)]
struct Line {
    reason: String,
    target: Option<Target>,
    message: Option<Diagnostic>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

/// What the compiler reported for a case.
pub(crate) fn diagnostics(case: &Case) -> impl Iterator<Item = &'static Diagnostic> {
    REPORTED.get(&case.program()).into_iter().flatten()
}

/// What `rustc -vV` prints.
pub(crate) fn version() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("-vV").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The folder in which `trybuild` builds.
pub(crate) fn target() -> PathBuf {
    #[derive(Deserialize)]
    struct Metadata {
        target_directory: PathBuf,
    }
    let output = cargo().args(["metadata", "--no-deps", "--offline", "--format-version=1"]).output().unwrap();
    let metadata: Metadata = serde_json::from_slice(&output.stdout).unwrap();
    metadata.target_directory.join("tests/trybuild")
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Puts the OpenAPI documents of the cases where a package with this folder looks for them.
pub(crate) fn provide_documents(package: &Path) {
    fs::create_dir_all(package).unwrap();
    for document in fs::read_dir(cases::root().join("contract")).unwrap() {
        let document = document.unwrap();
        fs::copy(document.path(), package.join(document.file_name())).unwrap();
    }
}

fn check_all() -> BTreeMap<String, Vec<Diagnostic>> {
    let target = target();
    let package = target.join("kestra-auth-ui");
    provide_documents(&package);
    fs::write(package.join("Cargo.toml"), manifest()).unwrap();
    fs::copy(cases::root().join("../Cargo.lock"), package.join("Cargo.lock")).unwrap();
    let output = cargo()
        .args(["check", "--offline", "--quiet", "--bins", "--keep-going", "--message-format=json"])
        .args(["--target", &host(), "--config", &format!("build.rustflags={RUSTFLAGS}")])
        .current_dir(&package)
        .env_remove("RUSTFLAGS")
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .output()
        .unwrap();
    let mut reported = BTreeMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let Line { reason, target: Some(target), message } = serde_json::from_str(line).unwrap() else { continue };
        if matches!(reason.as_str(), "compiler-artifact" | "compiler-message") {
            reported.entry(target.name).or_insert_with(Vec::new).extend(message);
        }
    }
    // A case that is not in the output was not compiled.
    for case in cases::passing().iter().chain(&cases::failing()) {
        let is_compiled = reported.contains_key(&case.program());
        assert!(is_compiled, "{} was not compiled: {}", case.name, String::from_utf8_lossy(&output.stderr));
    }
    reported
}

fn host() -> String {
    let version = version();
    version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}

/// The package with a program for each case.
fn manifest() -> String {
    let root = cases::root();
    let workspace = root.parent().unwrap();
    let own = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let shared = fs::read_to_string(workspace.join("Cargo.toml")).unwrap();
    let shared = section(&shared, "workspace.dependencies");
    // `trybuild` leaves itself out, and its features would have dependencies built again.
    let own = section(&own, "dev-dependencies").replace("trybuild.workspace = true\n", "");
    let mut manifest = format!(
        "[package]\nname = \"kestra-auth-ui\"\nedition = \"2024\"\n\n[workspace]\nresolver = \"3\"\n\n\
         [workspace.dependencies]\n{}\n[dependencies]\n{}\n",
        shared.replace("path = \"", &format!("path = \"{}/", workspace.display())),
        own,
    );
    for case in cases::passing().iter().chain(&cases::failing()) {
        write!(manifest, "[[bin]]\nname = '{}'\npath = '{}'\n", case.program(), case.path.display()).unwrap();
    }
    manifest
}

/// The lines of a section of a manifest.
fn section<'a>(manifest: &'a str, name: &str) -> &'a str {
    let (_, rest) = manifest.split_once(&format!("\n[{name}]\n")).unwrap();
    rest.split_once("\n[").map_or(rest, |(section, _)| section)
}
