//! Checks that a trait declares all operations of a tag, and prints the missing ones ready to paste.

use std::fs;
use std::path::PathBuf;

use syn::Item;
use syn::ext::IdentExt;

use super::document::Document;
use super::mismatch::Mismatch;
use super::operations::Operation;
use crate::diagnostics::Diagnostics;
use crate::generate::{self, Completion, ContractDocument, Unfinished};
use crate::model::Api;
use crate::parse::contract::{Contract, DocumentPath};
use crate::suggest;

pub(super) fn check(
    api: &Api<'_>,
    contract: &Contract,
    document: &Document,
    declared: &[Operation<'_>],
    diagnostics: &Diagnostics,
) {
    let (Some(complete), Some(tag)) = (&contract.complete, &contract.tag) else { return };
    let wanted = tag.value();
    let operations: Vec<Operation<'_>> =
        document.paths().iter().flat_map(|item| Operation::all(document, item)).collect();
    let pointer = document.pointer().key("paths");
    let tagged = operations.iter().filter(|operation| operation.tags().any(|tag| tag == wanted));
    let tagged: Vec<&Operation<'_>> = tagged.collect();
    if tagged.is_empty() {
        let mut known: Vec<&str> = operations.iter().flat_map(Operation::tags).collect();
        known.sort_unstable();
        known.dedup();
        let what = format!("no operation has the tag `{wanted}`{}", suggest::did_you_mean(&wanted, &known));
        diagnostics.report(tag, Mismatch { what, help: "write a tag of the document".to_owned(), pointer });
        return;
    }
    let is_declared = |operation: &Operation<'_>| {
        declared.iter().any(|declared| declared.path == operation.path && declared.verb == operation.verb)
    };
    let missing: Vec<&Operation<'_>> = tagged.into_iter().filter(|operation| !is_declared(operation)).collect();
    if missing.is_empty() {
        return;
    }
    let source = SourceFile::of(api);
    let unfinished = Unfinished {
        name: api.item.ident.to_string(),
        base: api.args.base.as_ref().map(|base| base.text.value().trim_end_matches('/').to_owned()).unwrap_or_default(),
        rename_all: api.args.rename_all,
        methods: api.endpoints().map(|endpoint| endpoint.item.sig.ident.unraw().to_string()).collect(),
        models: source.as_ref().map(SourceFile::models).unwrap_or_default(),
        contract: match &contract.path {
            DocumentPath::Given(path) => ContractDocument::Path(path.value()),
            DocumentPath::Default(_) => ContractDocument::Manifest,
        },
    };
    let help = match generate::complete(document, &missing, operations_tag(&missing, &wanted), &unfinished) {
        Ok(completion) => help(&completion, source.as_ref()),
        Err(error) => error,
    };
    let what = format!("missing operations with the tag `{wanted}`");
    diagnostics.report(complete, Mismatch { what, help, pointer });
}

/// The tag as the document has it, which lives as long.
fn operations_tag<'d>(operations: &[&Operation<'d>], wanted: &str) -> &'d str {
    operations.iter().flat_map(|operation| operation.tags()).find(|tag| *tag == wanted).unwrap_or_default()
}

/// What to add, or the file that has it.
fn help(completion: &Completion, source: Option<&SourceFile>) -> String {
    if let Some(written) = source.and_then(|source| source.write(&completion.file)) {
        return format!("move what the trait lacks from `{written}`");
    }
    let models = &completion.models;
    let models = if models.is_empty() { String::new() } else { format!("\nand these models:\n\n{models}") };
    format!("add to the trait\n\n{}{models}", completion.methods)
}

/// The file of a trait, where the compiler gives it.
struct SourceFile {
    path: PathBuf,
    text: String,
}

impl SourceFile {
    fn of(api: &Api<'_>) -> Option<Self> {
        let path = api.item.ident.span().local_file()?;
        let text = fs::read_to_string(&path).ok()?;
        Some(Self { path, text })
    }

    /// The names of the structs and enums in the file.
    fn models(&self) -> Vec<String> {
        let items = syn::parse_file(&self.text).map(|file| file.items).unwrap_or_default();
        let names = items.iter().filter_map(|item| match item {
            Item::Struct(item) => Some(item.ident.to_string()),
            Item::Enum(item) => Some(item.ident.to_string()),
            _ => None,
        });
        names.collect()
    }

    /// Writes code to a file beside this one, if the user asks for it.
    fn write(&self, code: &str) -> Option<String> {
        if std::env::var_os("KESTRA_AUTH_WRITE").is_none_or(|value| value != "1") {
            return None;
        }
        // Cargo compiles no file with this name.
        let path = self.path.with_extension("missing.rs");
        fs::write(&path, code).ok()?;
        Some(path.display().to_string())
    }
}
