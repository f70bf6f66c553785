//! `#[derive(Contract)]`: compares a model with a schema, by the names that serde gives its fields.
//!
//! A request is compared with what the server requires, a response with what it may send. Where a function
//! serializes a field, or its type belongs to another crate, its JSON type is not compared.

pub(crate) mod arguments;
mod fields;
mod member;
pub(crate) mod model;
pub(crate) mod model_shape;
mod serde_attributes;
mod shaped_impl;
mod variants;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields};

use super::document::Document;
use super::mismatch::{self, Log, Mismatch};
use super::schema::{self, Schema};
use super::session;
use super::type_check::CompilerChecks;
use crate::diagnostics::Diagnostics;
use crate::suggest;
use arguments::Arguments;
use model::Model;
use serde_attributes::SerdeAttributes;

/// Expands `#[derive(Contract)]`.
pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let input = match syn::parse2::<DeriveInput>(item) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let diagnostics = Diagnostics::new();
    let checks =
        Arguments::parse(&input, &diagnostics).map(|args| check(&input, &args, &diagnostics)).unwrap_or_default();
    // The checks of the compiler are independent of the errors and find further mismatches.
    let diagnostics = diagnostics.finish();
    quote!(#diagnostics #checks)
}

fn check(input: &DeriveInput, args: &Arguments, diagnostics: &Diagnostics) -> TokenStream {
    if session::is_dependency() {
        return TokenStream::new();
    }
    let Some(document) = Document::open(&args.document, diagnostics) else { return TokenStream::new() };
    let (log, checks) = (Log::of_errors(diagnostics), CompilerChecks::new(args.private()));
    let shaped = compare(input, args, &document, (&checks, &log), shaped_impl::expand);
    document.report_unresolved(&args.document, diagnostics);
    let rebuild = document.rebuild_on_change();
    let checks = checks.finish();
    quote!(#shaped #checks #rebuild)
}

/// Compares a model with its schema. Returns what a function makes of the model, unless the document lacks the schema.
pub(crate) fn compare<'m, T>(
    input: &'m DeriveInput,
    args: &'m Arguments,
    document: &'m Document,
    (checks, log): (&'m CompilerChecks, &'m Log<'m>),
    read: impl FnOnce(&Model<'m>) -> T,
) -> Option<T> {
    let name = args.schema.value();
    let Some((schema, pointer)) = Schema::of_model(document, &name) else {
        let mismatch = Mismatch {
            what: format!(
                "the document has no schema `{name}`{}",
                suggest::did_you_mean(&name, &schema::names(document))
            ),
            help: "write the name of a schema under `components.schemas`".to_owned(),
            pointer: document.pointer().key("components").key("schemas"),
        };
        log.diagnostics.report(&args.schema, mismatch);
        return None;
    };
    let serde = SerdeAttributes::of(&input.attrs, args.direction);
    let model = Model { input, args, schema, pointer, serde, log, checks };
    let read = read(&model);
    match &input.data {
        // A newtype is what it contains.
        Data::Struct(data) if !model.serde.is_transparent => match &data.fields {
            Fields::Named(fields) => fields::check(&model, fields),
            Fields::Unnamed(_) | Fields::Unit => {}
        },
        Data::Enum(data) => variants::check(&model, data),
        Data::Struct(_) | Data::Union(_) => {}
    }
    mismatch::report_unused(&args.expects, "model", &model.pointer, log.diagnostics);
    Some(read)
}
