//! The methods and models that a trait lacks.

use super::models::Models;
use super::options::{ContractDocument, Options};
use super::plan::Plan;
use super::render::{self, Writer};
use super::traits::Trait;
use crate::contract::document::Document;
use crate::contract::operations::Operation;
use crate::parse::rename_all::Case;

/// A trait to complete, and what its file has already.
pub(crate) struct Unfinished {
    pub(crate) name: String,
    /// The base as it is written, with placeholders of any name.
    pub(crate) base: String,
    pub(crate) rename_all: Option<Case>,
    pub(crate) methods: Vec<String>,
    /// The names of the structs and enums in the file.
    pub(crate) models: Vec<String>,
    pub(crate) contract: ContractDocument,
}

/// What a trait lacks.
pub(crate) struct Completion {
    /// The methods, indented as in the trait.
    pub(crate) methods: String,
    /// The models that the methods need and the file does not have.
    pub(crate) models: String,
    /// A file with both.
    pub(crate) file: String,
}

/// Generates the methods of operations that a trait does not declare, and their models.
pub(crate) fn complete<'d>(
    document: &'d Document,
    operations: &[&Operation<'d>],
    tag: &'d str,
    unfinished: &Unfinished,
) -> Result<Completion, String> {
    let options = Options { contract: unfinished.contract.clone(), ..Options::default() };
    let mut models = Models::new(document);
    let taken: Vec<&str> = unfinished.methods.iter().map(String::as_str).collect();
    let mut created =
        Trait::of(&unfinished.name, Some(tag), operations, &taken, &mut models, &options, &mut Vec::new());
    created.strip_base(&unfinished.base);
    created.rename_all = unfinished.rename_all;
    let traits = [created];
    let plan = Plan::new(&traits, &mut models);
    let mut writer = Writer::new(&models, &plan, &options);
    let items = writer.items(&traits);
    let invalid = |error: syn::Error| format!("generated code that is not valid Rust: {error}");
    let file = render::format("", &items).map_err(invalid)?;
    let methods = render::format("", &items[1..2]).map_err(invalid)?;
    let is_missing = |item: &&String| !unfinished.models.iter().any(|name| names(item, name));
    let models: Vec<String> = items[2..].iter().filter(is_missing).cloned().collect();
    Ok(Completion { methods: inside(&methods), models: render::format("", &models).map_err(invalid)?, file })
}

/// Whether an item is the struct or the enum of this name.
fn names(item: &str, name: &str) -> bool {
    ["struct", "enum"].iter().any(|word| item.contains(&format!("pub {word} {name} {{")))
}

/// The lines between the braces of a trait.
fn inside(text: &str) -> String {
    let lines = text.lines().skip_while(|line| !line.starts_with("pub trait ")).skip(1);
    lines.take_while(|line| *line != "}").flat_map(|line| [line, "\n"]).collect()
}
