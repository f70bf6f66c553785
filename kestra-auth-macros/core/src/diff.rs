//! Compares two versions of a document: which changes break a client, and what is new.
//!
//! It has no rules of its own for what breaks. The traits and models of a client, which were written or generated for
//! the old version, are compared with the new one as the contract compares them; what the macro would leave to the
//! compiler is evaluated from the files.

mod changes;
mod check;
mod modules;
mod sources;
mod text;
mod types;

use std::path::{Path, PathBuf};

use crate::contract::document::Document;
use crate::contract::manifest;
use crate::contract::mismatch::Mismatch;
use crate::contract::pointer::Pointer;
use crate::generate::lines::nearest_line;
use crate::generate::{self, ContractDocument, LeftOut, Options};
use crate::parse::contract::DocumentPath;
use crate::parse::mismatch_kind::MismatchKind;
use changes::Addition;
use check::{Checked, Problem, What};
use sources::Sources;

/// What changed between two versions of a document.
#[derive(Clone, Debug, Default)]
pub struct Diff {
    /// What the new version no longer allows.
    pub breaks: Vec<Break>,
    /// The operations that the new version deprecates. The compiler warns of them.
    pub deprecated: Vec<Break>,
    /// What only the new version has.
    pub added: Vec<Change>,
    /// What only the old version has.
    pub removed: Vec<Change>,
    /// How many traits were compared.
    pub traits: usize,
    /// How many models were compared.
    pub models: usize,
    /// The mismatches with the new version that there were with the old one.
    pub known: usize,
    /// The types of other crates, which were not compared.
    pub elsewhere: Vec<String>,
    /// What else was not compared, and why.
    pub notes: Vec<String>,
}

/// Something of a client that the new version does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// The method or the model: `FlowsApi::search`, `Flow`.
    pub item: String,
    /// The operation: `GET /api/v1/flows`.
    pub operation: Option<String>,
    /// The kind of mismatch, as `expect(…)` names it.
    pub kind: Option<&'static str>,
    /// The name on the wire of what it is at: a parameter or a property.
    pub name: Option<String>,
    /// What is wrong.
    pub what: String,
    /// What to write instead.
    pub help: Option<String>,
    /// The file, the line and the column of the token, from 1, if the files of a client were compared.
    pub token: Option<(String, usize, usize)>,
    /// Where the new version says so.
    pub location: Location,
    /// What the old version has there.
    pub old: Option<String>,
    /// What the new version has there.
    pub new: Option<String>,
}

/// Something that only one version has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// `operation`, `parameter`, `property` or `value`.
    pub kind: &'static str,
    /// As in `` `x` of `Flow` ``.
    pub what: String,
    /// Where it is in that version.
    pub location: Location,
}

/// A position in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The document and the pointer.
    pub pointer: String,
    /// The line, from 1, or that of the nearest value around it, if the layout of the document shows it.
    pub line: Option<usize>,
}

/// A document and its text.
struct Version {
    document: Document,
    text: String,
    path: PathBuf,
}

/// Compares the documents in two files, either of which may be on standard input, for `-`. Without paths of Rust files
/// or directories, the client is what would be generated for the old version.
///
/// # Errors
/// If a document or a file cannot be read.
pub fn diff_files(old: &Path, new: &Path, using: &[PathBuf]) -> Result<Diff, String> {
    let is_standard = |path: &Path| path.as_os_str() == "-";
    if is_standard(old) && is_standard(new) {
        return Err("both documents are `-`\nhelp: write the path of a file for one of them".to_owned());
    }
    let (old, new) = (Version::open(old)?, Version::open(new)?);
    let mut diff = if using.is_empty() { generated(&old, &new)? } else { with_files(&old, &new, using)? };
    diff.added = changes(&new, &old);
    diff.removed = changes(&old, &new);
    diff.notes.extend(new.document.unresolved().into_iter().map(|message| format!("warning: {message}")));
    Ok(diff)
}

/// Compares the client that would be generated for the old version.
fn generated(old: &Version, new: &Version) -> Result<Diff, String> {
    let options = Options { contract: ContractDocument::Path(GENERATED_FOR.to_owned()), ..Options::default() };
    let generated = generate::generate(&old.document, &options)?;
    let sources = Sources::of_text(&generated.source, GENERATED_FOR)?;
    let of_old = check::check(&sources, &old.document, &|_, _| true);
    let mut diff = report(check::check(&sources, &new.document, &|_, _| true), &of_old, (old, new), None);
    let left_out = generated.left_out.iter();
    diff.notes
        .extend(left_out.map(|LeftOut { reason, location, .. }| format!("not compared: {reason}\nnote: {location}")));
    Ok(diff)
}

/// The path of the document in generated code.
const GENERATED_FOR: &str = "openapi.yaml";

/// Compares the client in files.
fn with_files(old: &Version, new: &Version, using: &[PathBuf]) -> Result<Diff, String> {
    let sources = Sources::of_paths(using)?;
    let named = |path: &DocumentPath, file: usize| named_document(&sources, path, file);
    let versions = [old, new].map(|version| std::fs::canonicalize(&version.path).ok());
    let is_version = |path: &DocumentPath, file: usize| {
        let named = named(path, file);
        named.is_some() && versions.contains(&named)
    };
    let of_old = check::check(&sources, &old.document, &is_version);
    let is_named = of_old.traits + of_old.models > 0;
    // If no trait or model names one of the two files, they are copies of the document that all of them name.
    let is_of_document =
        |path: &DocumentPath, file: usize| if is_named { is_version(path, file) } else { named(path, file).is_some() };
    let of_old = if is_named { of_old } else { check::check(&sources, &old.document, &is_of_document) };
    let checked = check::check(&sources, &new.document, &is_of_document);
    if checked.traits + checked.models == 0 {
        return Err("no trait and no model names the document\nhelp: write `openapi` in `#[api(…)]`".to_owned());
    }
    Ok(report(checked, &of_old, (old, new), Some(&sources)))
}

/// The file of the document that a trait or a model names.
fn named_document(sources: &Sources, path: &DocumentPath, file: usize) -> Option<PathBuf> {
    let directory = sources.files[file].manifest.clone();
    let name = match path {
        DocumentPath::Given(path) => path.value(),
        DocumentPath::Default(_) => manifest::default_document(&directory.as_ref()?.join("Cargo.toml")).ok()?,
    };
    let path = directory.unwrap_or_default().join(name);
    Some(std::fs::canonicalize(&path).unwrap_or(path))
}

/// What the comparison with the new version has found, except for what that with the old one had, too.
fn report(mut checked: Checked, of_old: &Checked, (old, new): (&Version, &Version), sources: Option<&Sources>) -> Diff {
    let before = checked.problems.len();
    checked.problems.retain(|problem| !of_old.problems.iter().any(|known| known.is_same(problem)));
    let mut diff = Diff {
        traits: checked.traits,
        models: checked.models,
        known: before - checked.problems.len(),
        elsewhere: checked.elsewhere.into_iter().collect(),
        ..Diff::default()
    };
    for problem in &checked.problems {
        let is_deprecated = matches!(problem.what, What::Mismatch { kind: MismatchKind::Deprecated, .. });
        let list = if is_deprecated { &mut diff.deprecated } else { &mut diff.breaks };
        list.push(Break::of(problem, old, new, sources));
    }
    if !checked.invalid.is_empty() {
        let names: Vec<String> = checked.invalid.iter().map(|name| format!("`{name}`")).collect();
        diff.notes.push(format!(
            "not compared, because of errors of their own: {}\nhelp: run `cargo check`",
            names.join(", ")
        ));
    }
    if checked.others > 0 {
        let others = if checked.others == 1 { "trait or model" } else { "traits and models" };
        diff.notes.push(format!("not compared: {} {others} with another document, or none", checked.others));
    }
    diff
}

fn changes(version: &Version, other: &Version) -> Vec<Change> {
    let additions = changes::additions(&version.document, &other.document).into_iter();
    let changes =
        additions.map(|Addition { kind, what, pointer }| Change { kind, what, location: version.location(&pointer) });
    changes.collect()
}

impl Version {
    fn open(path: &Path) -> Result<Self, String> {
        let (document, text) = generate::open_with_text(path)?;
        Ok(Self { document, text, path: path.to_owned() })
    }

    fn location(&self, pointer: &Pointer) -> Location {
        let own = pointer.in_file();
        let linked = self.document.text_of(pointer.document());
        let line = nearest_line(linked.as_deref().unwrap_or(&self.text), &own.steps());
        Location { pointer: pointer.to_string(), line }
    }

    /// The value at a pointer, unless it is long.
    fn value_at(&self, pointer: &Pointer) -> Option<String> {
        self.document.node_at(pointer).map_or_else(|| Some("nothing".to_owned()), text::of_node)
    }
}

impl Break {
    fn of(problem: &Problem, old: &Version, new: &Version, sources: Option<&Sources>) -> Self {
        let token = sources.map(|sources| (sources.files[problem.file].name.clone(), problem.line, problem.column));
        let (item, operation) = (problem.item.clone(), problem.operation.clone());
        match &problem.what {
            What::Mismatch { kind, name, mismatch } => {
                let Mismatch { what, help, pointer } = mismatch;
                let before = old.value_at(&text::counterpart(pointer, &new.document, &old.document));
                let after = new.value_at(pointer);
                let has_changed = before.is_some() && after.is_some() && before != after;
                Self {
                    item,
                    operation,
                    kind: Some(kind.word()),
                    name: name.clone(),
                    what: what.clone(),
                    help: Some(help.clone()),
                    token,
                    location: new.location(pointer),
                    old: before.filter(|_| has_changed),
                    new: after.filter(|_| has_changed),
                }
            }
            What::Error(message) => {
                let (what, rest) = message.split_once("\nhelp: ").unwrap_or((message, ""));
                let (help, note) = rest.split_once("\nnote: ").unwrap_or((rest, ""));
                let help = help.lines().next().map(str::to_owned);
                let location = Location { pointer: note.to_owned(), line: None };
                let (what, kind, name) = (what.to_owned(), None, None);
                Self { item, operation, kind, name, what, help, token, location, old: None, new: None }
            }
        }
    }
}

#[cfg(test)]
mod tests;
