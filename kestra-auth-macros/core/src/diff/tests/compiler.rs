//! The circle: what `diff` reports of two versions is what the compiler reports of the code that is generated for the
//! old version and names the new one.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::pairs::{self, Pair};
use super::*;

/// A line, a column and what is wrong there.
type Found = BTreeSet<(usize, usize, String)>;

/// Code that was generated for an old version, and what is reported of it.
struct Generated {
    /// That of the pair, by which its module is named.
    index: usize,
    name: String,
    source: String,
    new: String,
    expected: Found,
}

/// The path of the document in generated code. Each pair has a module of this name.
fn document_name(index: usize) -> String {
    format!("p{index:03}.yaml")
}

/// Generates the code of a pair, and checks that it makes no difference whether `diff` generates it or reads it.
fn generate_pair(index: usize, pair: &Pair) -> Option<Generated> {
    let old = Version::of_text(&pair.old, "old.yaml");
    let new = Version::of_text(&pair.new, "new.yaml");
    let contract = ContractDocument::Path(document_name(index));
    let options = Options { contract, ..Options::default() };
    let source = generate::generate(&old.document, &options).unwrap().source;
    let sources = Sources::of_text(&source, "src.rs").unwrap();
    let before = check::check(&sources, &old.document, &|_, _| true);
    assert!(before.problems.is_empty(), "{}: the code that is generated does not fit the old version", pair.name);
    let checked = check::check(&sources, &new.document, &|_, _| true);
    let read = report(checked, &before, (&old, &new), Some(&sources));
    assert_eq!(read.notes, Vec::<String>::new(), "{}", pair.name);
    let generated = generated(&old, &new).unwrap();
    let names = |diff: &Diff| -> Vec<_> {
        let all = diff.breaks.iter().chain(&diff.deprecated);
        all.map(|found| (found.item.clone(), found.kind, found.name.clone())).collect()
    };
    assert_eq!(names(&read), names(&generated), "{}", pair.name);
    // The compiler follows references only where it needs them, and reports those that it cannot follow once.
    if !new.document.unresolved().is_empty() {
        return None;
    }
    let all = read.breaks.iter().chain(&read.deprecated);
    let expected = all.map(|found| {
        let (_, line, column) = found.token.clone().unwrap();
        (line, column, found.what.clone())
    });
    Some(Generated { index, name: pair.name.clone(), source, new: pair.new.clone(), expected: expected.collect() })
}

/// Compiles the code of all pairs in one crate.
struct Crate(PathBuf);

impl Crate {
    fn new() -> Self {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.join("target"), PathBuf::from);
        let directory = target.join("tests/circle");
        let _ = fs::remove_dir_all(directory.join("src"));
        fs::create_dir_all(directory.join("src")).unwrap();
        let manifest = format!(
            "[package]\nname = \"circle\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\nserde = {{ version = \"1\", \
             features = [\"derive\"] }}\nserde_json = \"1\"\nkestra-auth = {{ path = {:?}, default-features = false, features \
             = [\"multipart\", \"openapi\", \"stream\"] }}\n",
            workspace.join("kestra-auth")
        );
        fs::write(directory.join("Cargo.toml"), manifest).unwrap();
        fs::copy(workspace.join("Cargo.lock"), directory.join("Cargo.lock")).unwrap();
        Self(directory)
    }

    /// What the compiler reports of each module, by its index.
    fn check(&self, all: &[Generated]) -> Vec<Found> {
        let mut modules = "#![allow(dead_code)]\n".to_owned();
        for Generated { index, source, new, .. } in all {
            fs::write(self.0.join(document_name(*index)), new).unwrap();
            fs::write(self.0.join(format!("src/p{index:03}.rs")), source).unwrap();
            writeln!(modules, "mod p{index:03};").unwrap();
        }
        fs::write(self.0.join("src/lib.rs"), modules).unwrap();
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(["check", "--offline", "--quiet", "--message-format=json"])
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", self.0.join("target"))
            .output()
            .unwrap();
        let mut found = vec![Found::new(); BATCH];
        let mut is_compiled = false;
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            is_compiled |= line["target"]["name"] == "circle";
            if line["reason"] == "compiler-message" && line["target"]["name"] == "circle" {
                found_in(&line["message"], &mut found);
            }
        }
        assert!(is_compiled, "{}", String::from_utf8_lossy(&output.stderr));
        found
    }
}

fn found_in(message: &serde_json::Value, found: &mut [Found]) {
    let text = message["message"].as_str().unwrap();
    let Some(span) = message["spans"].as_array().unwrap().iter().find(|span| span["is_primary"] == true) else {
        return;
    };
    let file = span["file_name"].as_str().unwrap();
    let index = file.strip_prefix("src/p").and_then(|file| file.strip_suffix(".rs")?.parse::<usize>().ok());
    let Some(found) = index.and_then(|index| found.get_mut(index)) else { panic!("{message:#}") };
    let label = span["label"].as_str().unwrap_or_default();
    let text = text.strip_prefix("evaluation panicked: ").unwrap_or(text);
    let text = if text.starts_with("evaluation of") { label.trim_start_matches("evaluation panicked: ") } else { text };
    let text = text.split_once("): ").filter(|_| text.starts_with("use of deprecated")).map_or(text, |(_, note)| note);
    let text = match text.strip_prefix("use of deprecated") {
        Some(rest) => rest.split_once("`: ").map_or(rest, |(_, note)| note),
        None => text,
    };
    let what = text.split("\nhelp: ").next().unwrap_or(text).to_owned();
    let number = |key: &str| usize::try_from(span[key].as_u64().unwrap()).unwrap();
    found.insert((number("line_start"), number("column_start"), what));
}

/// How many pairs one crate has.
const BATCH: usize = 128;

/// Compiles, and compares with what was expected. Returns how many pairs were compiled, and
/// how many mismatches the compiler reported.
fn close(pairs: &[Pair]) -> (usize, usize) {
    let (mut count, mut mismatches, mut wrong) = (0, 0, Vec::new());
    for batch in pairs.chunks(BATCH) {
        let (compiled, found) = close_batch(batch, &mut wrong);
        count += compiled;
        mismatches += found;
        println!("{count} of {} pairs, {mismatches} mismatches, {} pairs differ", pairs.len(), wrong.len());
    }
    assert!(wrong.is_empty(), "{} of {count} pairs differ\n{}", wrong.len(), wrong.join("\n"));
    (count, mismatches)
}

fn close_batch(pairs: &[Pair], wrong: &mut Vec<String>) -> (usize, usize) {
    let all = pairs.iter().enumerate().filter_map(|(index, pair)| generate_pair(index, pair));
    let all: Vec<Generated> = all.collect();
    let reported = Crate::new().check(&all);
    for generated in &all {
        let reported = &reported[generated.index];
        if generated.expected != *reported {
            let only = |left: &Found, right: &Found| format!("{:#?}", left.difference(right).collect::<Vec<_>>());
            wrong.push(format!(
                "{}\nonly `diff`: {}\nonly the compiler: {}",
                generated.name,
                only(&generated.expected, reported),
                only(reported, &generated.expected),
            ));
        }
    }
    (all.len(), reported.iter().map(Found::len).sum())
}

/// What the generator writes for a document is what the contract accepts, whatever one change makes of the document.
#[test]
fn generated_code_fits_its_own_document() {
    let mut pairs = pairs::of_the_matrix();
    pairs.extend(pairs::of_all_positions("flows.yaml", include_str!("../../generate/tests/flows.yaml")));
    pairs.extend(pairs::of_all_positions("document.yaml", include_str!("../../contract/tests/document.yaml")));
    let mut wrong = Vec::new();
    for Pair { name, new, .. } in &pairs {
        let version = Version::of_text(new, "new.yaml");
        let options = Options { contract: ContractDocument::Path(GENERATED_FOR.to_owned()), ..Options::default() };
        let source = generate::generate(&version.document, &options).unwrap().source;
        let sources = Sources::of_text(&source, GENERATED_FOR).unwrap();
        let checked = check::check(&sources, &version.document, &|_, _| true);
        let found = report(checked, &Checked::default(), (&version, &version), None).breaks;
        wrong.extend(found.into_iter().map(|found| format!("{name}: `{}`: {}", found.item, found.what)));
    }
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), pairs.len());
}

#[test]
#[ignore = "compiles many crates: run it with `.ci/run circle`"]
fn the_compiler_reports_what_diff_reports() {
    let mut pairs = pairs::of_the_matrix();
    let mut others = pairs::of_all_positions("flows.yaml", include_str!("../../generate/tests/flows.yaml"));
    others.extend(pairs::of_all_positions("document.yaml", include_str!("../../contract/tests/document.yaml")));
    // All of them take many minutes.
    pairs.extend(others.into_iter().step_by(5));
    let (count, found) = close(&pairs);
    assert!(count > pairs.len() / 2 && found > count / 4, "{count} pairs with {found} mismatches");
}

/// The pairs `…_base.yaml` and `…_revision.yaml` in the folder that `PAIRS` names, in both directions.
#[test]
#[ignore = "needs a folder with pairs of documents"]
fn the_compiler_reports_what_diff_reports_of_a_folder() {
    let folder = std::env::var("PAIRS").expect("`PAIRS` names a folder");
    let pairs = pairs::in_folder(Path::new(&folder));
    println!("{} pairs", pairs.len());
    close(&pairs);
}
