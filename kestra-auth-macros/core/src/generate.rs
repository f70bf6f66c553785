//! Generates traits and models from a document: what a careful person would write by hand.
//!
//! First, the operations are read as methods, and the schemas that they reach as models (`methods`, `models`). Once
//! all is read, `plan` decides what depends on the whole: which way a model is sent, what it is called, what is boxed.
//! Then `render` writes the source text.

mod arguments;
mod bodies;
mod check;
mod completion;
mod docs;
mod existing;
pub(crate) mod lines;
mod methods;
mod models;
mod naming;
mod options;
mod paths;
mod plan;
mod render;
mod results;
mod scalars;
mod schemas;
mod structs;
mod traits;
mod types;
mod unions;

#[cfg(test)]
mod tests;

use std::fs;
use std::io::Read;
use std::path::Path;

use crate::contract::document::Document;
use crate::contract::manifest;
use models::Models;
use plan::Plan;
use render::Writer;

pub use check::{Problem, Report};
pub(crate) use completion::{Completion, Unfinished, complete};
pub use existing::{Difference, compare};
pub use options::{ContractDocument, Dates, Options};
pub use traits::LeftOut;

/// Generated code.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The source text of the file.
    pub source: String,
    /// The operations that have no method.
    pub left_out: Vec<LeftOut>,
    /// What is wrong with each reference that could not be followed; what it leads to is any value.
    pub unresolved: Vec<String>,
    /// How many operations have a method.
    pub operations: usize,
    /// How many models there are.
    pub models: usize,
    /// The dependencies of the code, as arguments of `cargo add`.
    pub dependencies: Vec<String>,
}

/// Generates traits and models for operations of the document in a file, or on standard input for `-`.
///
/// # Errors
/// If the document cannot be read, or an option names something that it does not have.
pub fn generate_file(path: &Path, options: &Options) -> Result<Generated, String> {
    generate(&open(path)?, options)
}

/// Reports what in the document in a file, or on standard input for `-`, cannot be generated or contradicts itself.
///
/// # Errors
/// If the document cannot be read.
pub fn check_file(path: &Path) -> Result<Report, String> {
    let (document, text) = open_with_text(path)?;
    check::check(&document, &text)
}

/// Opens a document and reads its text, for the lines of messages.
pub(crate) fn open_with_text(path: &Path) -> Result<(Document, String), String> {
    if path.as_os_str() == "-" {
        let bytes = standard_input()?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        return Ok((Document::read(&bytes, "-")?, text));
    }
    Ok((open(path)?, fs::read_to_string(path).unwrap_or_default()))
}

/// Returns the path of the document that a `Cargo.toml` names for all traits and models of its crate.
#[must_use]
pub fn manifest_document(manifest: &Path) -> Option<String> {
    manifest::default_document(manifest).ok()
}

fn open(path: &Path) -> Result<Document, String> {
    if path.as_os_str() != "-" {
        let name = path.to_string_lossy();
        if fs::metadata(path).is_err() {
            return Err(format!("cannot find the document `{name}`\nhelp: write the path of a file in YAML or JSON"));
        }
        return Document::load(path, &name);
    }
    Document::read(&standard_input()?, "-")
}

fn standard_input() -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|error| format!("cannot read the document from standard input: {error}"))?;
    Ok(bytes)
}

/// Generates traits and models for operations of a document.
pub(crate) fn generate(document: &Document, options: &Options) -> Result<Generated, String> {
    let all = traits::operations(document);
    let mut models = Models::new(document);
    let mut left_out = Vec::new();
    let traits = traits::read(document, &all, &mut models, options, &mut left_out)?;
    let plan = Plan::new(&traits, &mut models);
    let mut writer = Writer::new(&models, &plan, options);
    let items = writer.items(&traits);
    let dependencies = writer.dependencies();
    let source = render::format(&header(document, options), &items)
        .map_err(|error| format!("generated code that is not valid Rust: {error}\nhelp: report this document"))?;
    let operations = traits.iter().map(|created| created.methods.len()).sum();
    let unresolved = document.unresolved();
    Ok(Generated { source, left_out, unresolved, operations, models: plan.order.len(), dependencies })
}

/// The first lines of a file, which say where it came from.
fn header(document: &Document, options: &Options) -> String {
    let info = document.root().get("info");
    let text = |key: &str| info.and_then(|info| info.value.get_str(key)).map(str::trim).unwrap_or_default();
    let title = docs::lines(None, Some(text("title"))).join(" ");
    let title = title.trim_end_matches('.');
    let version = text("version");
    let version = if version.is_empty() { String::new() } else { format!(", version `{version}`") };
    let from = options.contract.path().map(|path| format!(", from `{path}`")).unwrap_or_default();
    format!("//! {}{version}{from}.\n", if title.is_empty() { "A client" } else { title })
}
