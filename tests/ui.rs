//! What the compiler says to a wrong trait, and that it says nothing to a right one.
//!
//! A case of `ui/fail` begins with the rule it breaks, and marks with `//~` the lines where an error has to
//! stand. It has one error, unless its first line ends in another number. To write what the compiler says anew:
//! `TRYBUILD=overwrite cargo test -p kestra-auth-tests --test ui`, and read every line that changed.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "the helpers of tests are no `#[test]` themselves")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The words of the compiler around ours change between its releases.
const BLESSED_WITH: &str = "rustc 1.95.";

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    let version = Command::new("rustc").arg("--version").output().unwrap();
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    if version.starts_with(BLESSED_WITH) {
        cases.compile_fail("ui/fail/*/*.rs");
    } else {
        eprintln!("skipped: what {} says may differ from what {BLESSED_WITH} said", version.trim());
    }
}

/// As many errors as the case says, each on a line that it marks, and on each of these lines one.
#[test]
fn an_error_stands_where_its_mistake_stands() {
    let mut wrong = Vec::new();
    for case in cases() {
        let marked: BTreeSet<usize> =
            case.source.lines().enumerate().filter(|(_, line)| line.ends_with("//~")).map(|(at, _)| at + 1).collect();
        let errors = errors(&case.stderr);
        let lines: BTreeSet<usize> = errors.iter().map(|error| error.line).collect();
        if errors.len() != case.expected || lines != marked {
            wrong.push(format!("{}: {} errors on {lines:?}, not on {marked:?}", case.name, errors.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One grammar: lower case, no full stop, and a line that says what to write.
#[test]
fn a_message_says_what_to_write() {
    let mut wrong = Vec::new();
    for case in cases() {
        for error in errors(&case.stderr).into_iter().filter(|error| error.is_ours) {
            let [fault, remedy @ ..] = error.message.as_slice() else { continue };
            let is_lower = fault.starts_with(|first: char| first.is_lowercase() || first == '`');
            let has_stop = error.message.iter().any(|line| line.ends_with('.'));
            let has_help = matches!(remedy, [help] if help.starts_with("help: "));
            if !is_lower || has_stop || !has_help {
                wrong.push(format!("{}: {:?}", case.name, error.message));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `docs/errors.md` has every message, and no other; names and values differ.
#[test]
fn the_page_of_errors_is_complete() {
    let page = fs::read_to_string(root().join("../docs/errors.md")).unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    let told: BTreeMap<String, &str> =
        rows.filter(|row| !matches!(*row, "message" | "---")).map(|row| (shape(row), row)).collect();
    let mut seen = BTreeMap::new();
    for case in cases() {
        for error in errors(&case.stderr) {
            seen.entry(shape(&error.message[0])).or_insert((case.name.clone(), error.message[0].clone()));
        }
    }
    let untold: Vec<_> = seen.iter().filter(|(shape, _)| !told.contains_key(*shape)).collect();
    let unseen: Vec<_> = told.iter().filter(|(shape, _)| !seen.contains_key(*shape)).collect();
    assert!(untold.is_empty() && unseen.is_empty(), "not in the page: {untold:#?}\nin no case: {unseen:#?}");
}

struct Case {
    name: String,
    source: String,
    stderr: String,
    expected: usize,
}

struct Error {
    /// The fault, and below it the remedy.
    message: Vec<String>,
    line: usize,
    /// Whether the words are the macro's, and not the compiler's.
    is_ours: bool,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for folder in fs::read_dir(root().join("ui/fail")).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                cases.push(case(&path));
            }
        }
    }
    assert!(cases.len() >= 120, "only {} cases were found", cases.len());
    cases
}

fn case(path: &Path) -> Case {
    let source = fs::read_to_string(path).unwrap();
    let stderr = fs::read_to_string(path.with_extension("stderr")).unwrap_or_default();
    let rule = source.lines().next().unwrap();
    assert!(rule.starts_with("// "), "{} does not begin with its rule", path.display());
    let number = rule.strip_suffix(" errors").and_then(|rule| rule.split(' ').next_back()?.parse().ok());
    Case { name: path.display().to_string(), expected: number.unwrap_or(1), source, stderr }
}

/// The errors in what the compiler says, in its order.
fn errors(stderr: &str) -> Vec<Error> {
    let mut errors = Vec::new();
    let mut lines = stderr.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(rest) = line.strip_prefix("error") else { continue };
        let (code, message) = rest.split_once(": ").unwrap();
        let mut message = vec![message.trim_start_matches("evaluation panicked: ").to_owned()];
        while let Some(more) = lines.next_if(|line| !line.trim_start().starts_with("-->")) {
            message.push(more.trim().to_owned());
        }
        let line = lines.peek().and_then(|place| place.rsplit(':').nth(1)?.parse().ok());
        let is_ours = code.is_empty() && !message[0].starts_with("cannot find ");
        errors.push(Error { message, line: line.unwrap(), is_ours });
    }
    errors
}

/// A message with `…` for what stands in backticks or quotes, one `…` for a list of such, and no suggestion.
fn shape(message: &str) -> String {
    let mut shape = String::new();
    let mut rest = message.split("; did you mean").next().unwrap();
    while let Some(start) = rest.find(['`', '"']) {
        let (before, from) = rest.split_at(start);
        let quote = &from[..1];
        let Some(end) = from[1..].find(quote) else { break };
        shape.push_str(before);
        shape.push('…');
        rest = &from[end + 2..];
    }
    shape.push_str(rest);
    while shape.contains("…, …") || shape.contains("… or …") {
        shape = shape.replace("…, …", "…").replace("… or …", "…");
    }
    shape
}
