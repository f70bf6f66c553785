//! What the compiler reports for wrong traits, and that it reports nothing for right ones.
//!
//! A case in `ui/fail` or `ui/contract` starts with a comment that states the rule it breaks, and marks each line
//! that has an error with `//~`. It has one error, unless that comment ends in another number, as in `3 errors`. The
//! `.stderr` file beside a case holds what the compiler printed.
//!
//! On every compiler, each case must have that many errors, on the marked lines, with our words. What rustc prints
//! around them differs between its releases, so the whole text is compared only with the release that wrote the
//! files. To write them anew, run `TRYBUILD=overwrite cargo test -p kestra-auth-tests --test ui`, and read every line
//! that changed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helper functions of tests are not `#[test]` functions")]

mod cases;
mod compiler;
mod expected;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};

use cases::Case;
use compiler::Diagnostic;
use expected::{Expected, shape};

/// The release of rustc whose output the `.stderr` files hold.
const BLESSED_WITH: &str = "rustc 1.95.";

/// What the compiler prints for the failing cases, to the letter.
#[test]
fn prints_the_blessed_output() {
    let version = compiler::version();
    if !version.starts_with(BLESSED_WITH) {
        let version = version.lines().next().unwrap();
        skip(&format!("the full output of the compiler is compared with {BLESSED_WITH}x only, and this is {version}"));
        return;
    }
    compiler::provide_documents(&compiler::target().join("kestra-auth-tests"));
    let trybuild = trybuild::TestCases::new();
    trybuild.compile_fail("ui/fail/*/*.rs");
    trybuild.compile_fail("ui/contract/*.rs");
}

#[test]
fn reports_nothing_for_passing_cases() {
    let mut wrong = Vec::new();
    for case in cases::passing() {
        for diagnostic in compiler::diagnostics(&case) {
            wrong.push(format!("{}: {}", case.name, diagnostic.message));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The number of errors, the lines they are on, and our words, whatever the release of the compiler.
#[test]
fn reports_the_expected_errors() {
    if std::env::var_os("TRYBUILD").is_some() {
        skip("the expected errors are being written");
        return;
    }
    let mut wrong = Vec::new();
    for case in cases::failing() {
        let errors = errors(&case);
        let lines: BTreeSet<usize> = errors.iter().filter_map(|error| error.line()).collect();
        if errors.len() != case.errors || lines != case.marked {
            let (count, marked) = (errors.len(), &case.marked);
            wrong.push(format!("{}: {count} errors on lines {lines:?}, marked are {marked:?}", case.name));
        }
        for expected in case.expected() {
            if !errors.iter().any(|error| expected.is_met_by(error)) {
                let found: Vec<_> = errors.iter().map(|error| (error.start(), error.message.as_str())).collect();
                wrong.push(format!("{}: expected {expected:?}, found {found:?}", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Lower case, no final period, then `help:` lines, then `note:` lines.
#[test]
fn messages_follow_one_grammar() {
    let mut wrong = Vec::new();
    for case in cases::failing() {
        for expected in case.expected().iter().filter(|expected| expected.is_ours()) {
            if let Err(rule) = expected.check_grammar() {
                wrong.push(format!("{}: {rule}: {:?}", case.name, expected.message));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Both ways; names and values in backticks may differ.
#[test]
fn the_page_of_errors_lists_every_message_and_no_other() {
    let page = fs::read_to_string(cases::root().join("../docs/errors.md")).unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    let listed: BTreeMap<String, &str> =
        rows.filter(|row| !matches!(*row, "message" | "---")).map(|row| (shape(row), row)).collect();
    let mut reported = BTreeMap::new();
    for case in cases::failing() {
        for Expected { message, .. } in case.expected() {
            reported.entry(shape(&message[0])).or_insert((case.name.clone(), message[0].clone()));
        }
    }
    let unlisted: Vec<_> = reported.iter().filter(|(shape, _)| !listed.contains_key(*shape)).collect();
    let unreported: Vec<_> = listed.iter().filter(|(shape, _)| !reported.contains_key(*shape)).collect();
    assert!(
        unlisted.is_empty() && unreported.is_empty(),
        "not on the page: {unlisted:#?}\nin no case: {unreported:#?}"
    );
}

/// The errors that the compiler has just reported for a case.
fn errors(case: &Case) -> Vec<&'static Diagnostic> {
    compiler::diagnostics(case).filter(|diagnostic| diagnostic.is_error()).collect()
}

/// Reports what is not checked.
#[expect(clippy::explicit_write, reason = "`eprintln!` prints nothing in a test that passes")]
fn skip(reason: &str) {
    writeln!(io::stderr(), "skipped: {reason}").unwrap();
}
