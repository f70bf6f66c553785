//! What it costs to compare code with a document: each trait and each model that is generated for it is expanded with
//! and without the contract.
//!
//! `cargo bench --profile dev -p kestra-auth-macros-core --features openapi,multipart,stream --bench contract`
//! measures it without optimizations, which is how a compiler runs macros. The document has 500 operations, unless the
//! arguments name others.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, reason = "a program for developers")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use kestra_auth_macros_core::generate::{ContractDocument, Options, generate_file};
use kestra_auth_macros_core::{derive_contract, expand_api};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, Item, Meta};

/// The operations of the document that is written if none is given.
const OPERATIONS: usize = 500;

fn main() {
    let given: Vec<PathBuf> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).map(PathBuf::from).collect();
    println!("document                 operations  models  without    first     with  in all");
    if given.is_empty() {
        let path = std::env::temp_dir().join(format!("kestra-auth-bench-{}.yaml", std::process::id()));
        fs::write(&path, document()).unwrap();
        measure(&path);
        fs::remove_file(&path).unwrap();
    }
    for path in &given {
        measure(path);
    }
}

/// Prints the time without the contract, until the document is read, and of all that follows.
fn measure(path: &Path) {
    let absolute = fs::canonicalize(path).unwrap().to_string_lossy().into_owned();
    let options = Options { contract: ContractDocument::Path(absolute), ..Options::default() };
    let generated = generate_file(path, &options).unwrap();
    let items = syn::parse_file(&generated.source).unwrap().items;
    let traits = |has_contract: bool| {
        let declared = items.iter().filter_map(|item| match item {
            Item::Trait(item) => Some(item),
            _ => None,
        });
        let mut expanded = Duration::ZERO;
        for mut item in declared.cloned() {
            let at = item.attrs.iter().position(|attribute| attribute.path().is_ident("api")).unwrap();
            let args = arguments(&item.attrs.remove(at), has_contract);
            let tokens = item.into_token_stream();
            expanded += timed(|| expand_api(args, &tokens));
        }
        expanded
    };
    let without = traits(false);
    let models = items.iter().filter(|item| matches!(item, Item::Struct(_) | Item::Enum(_)));
    let mut models: Vec<TokenStream> =
        models.map(ToTokens::to_token_stream).filter(|item| item.to_string().contains("contract (")).collect();
    let first = models.pop().map_or(Duration::ZERO, |model| timed(|| derive_contract(model)));
    let with = traits(true) + models.into_iter().map(|model| timed(|| derive_contract(model))).sum();
    println!(
        "{:<24} {:>10} {:>7} {:>5} ms {:>5} ms {:>5} ms {:>4} ms",
        path.file_name().unwrap_or_default().display(),
        generated.operations,
        generated.models,
        without.as_millis(),
        first.as_millis(),
        with.as_millis(),
        (first + with).as_millis(),
    );
}

fn timed(expand: impl FnOnce() -> TokenStream) -> Duration {
    let start = Instant::now();
    let tokens = expand();
    let elapsed = start.elapsed();
    assert!(!tokens.to_string().contains("compile_error"), "{tokens}");
    elapsed
}

/// The arguments of `#[api(…)]`, with or without `openapi`.
fn arguments(attribute: &Attribute, has_contract: bool) -> TokenStream {
    let Meta::List(list) = &attribute.meta else { return TokenStream::new() };
    if has_contract {
        return list.tokens.clone();
    }
    let text = list.tokens.to_string();
    let kept = text.split(" , ").filter(|argument| !argument.starts_with("openapi"));
    kept.collect::<Vec<_>>().join(", ").parse().unwrap()
}

/// A document whose operations have parameters, a body, a result and an error each, with a schema for every two.
fn document() -> String {
    let mut text = String::from("openapi: 3.1.0\ninfo: {title: Bench, version: '1'}\npaths:\n");
    for number in 0..OPERATIONS {
        let (tag, schema) = (number / 10, number / 2);
        let _ = write!(
            text,
            "  /items{number}/{{id}}:
    post:
      operationId: item{number}
      tags: [Tag{tag}]
      summary: Changes item {number}.
      parameters:
        - {{name: id, in: path, required: true, schema: {{type: string}}}}
        - {{name: page, in: query, schema: {{type: integer, format: int32}}}}
        - {{name: order, in: query, schema: {{type: string, enum: [asc, desc]}}}}
      requestBody:
        required: true
        content: {{application/json: {{schema: {{$ref: '#/components/schemas/Item{schema}'}}}}}}
      responses:
        '200': {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Page{schema}'}}}}}}}}
        '404': {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Problem'}}}}}}}}
"
        );
    }
    text.push_str(
        "components:\n  schemas:\n    Problem: {type: object, required: [code], properties: {code: {type: integer}}}\n",
    );
    for number in 0..OPERATIONS / 2 {
        let next = (number + 1) % (OPERATIONS / 2);
        let _ = write!(
            text,
            "    Page{number}:
      type: object
      required: [items, total]
      properties:
        items: {{type: array, items: {{$ref: '#/components/schemas/Item{number}'}}}}
        total: {{type: integer, format: int64}}
    Item{number}:
      type: object
      required: [id, kind, size{number}]
      properties:
        id: {{type: string, description: The id of the item.}}
        kind: {{type: string, enum: [file, folder, link]}}
        size{number}: {{type: integer, format: int64}}
        tags: {{type: array, items: {{type: string}}}}
        labels: {{type: object, additionalProperties: {{type: string}}}}
        next: {{$ref: '#/components/schemas/Item{next}'}}
"
        );
    }
    text
}
