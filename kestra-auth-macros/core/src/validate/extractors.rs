//! The arguments of handlers, as in axum's `Path(id): Path<u32>`, and what they are for a client.

use quote::ToTokens;
use syn::{GenericArgument, Pat, PatType, PathArguments, Type};

use crate::spans::text_of;

/// Says what to write instead of a pattern.
pub(super) fn pattern(typed: &PatType) -> String {
    let names = bound_names(&typed.pat);
    match (&*names, &*typed.ty) {
        ([name], ty) => argument(name, ty).unwrap_or_else(|| format!("write `{name}: {}`", text(ty))),
        (names, ty) if !names.is_empty() => match inner(ty).map_or(ty, |(_, inner)| inner) {
            Type::Tuple(tuple) if tuple.elems.len() == names.len() => {
                let arguments = names.iter().zip(&tuple.elems).map(|(name, ty)| format!("`{name}: {}`", text(ty)));
                format!("write {}", arguments.collect::<Vec<_>>().join(", "))
            }
            _ => "write an argument for each name, as in `name: T`".to_owned(),
        },
        (_, ty) => format!("write a name, as in `name: {}`", text(ty)),
    }
}

/// Says what to write instead of an argument whose type is that of an extractor.
pub(super) fn argument(name: &str, ty: &Type) -> Option<String> {
    let (extractor, inner) = inner(ty)?;
    let inner = match inner {
        Type::Reference(reference) => text(&reference.elem),
        other => text(other),
    };
    match &*extractor {
        "Path" => Some(format!("write `{name}: {inner}`, and `{{{name}}}` in the path")),
        "Query" => Some(format!("write `#[query(flatten)] {name}: &{inner}`")),
        "Json" => Some(format!("write `#[json] {name}: &{inner}`")),
        "Form" => Some(format!("write `#[form] {name}: &{inner}`")),
        "TypedHeader" => Some(format!("write `#[header(\"X-Name\")] {name}: {inner}`")),
        "State" | "Extension" => Some("remove it: an endpoint has no state".to_owned()),
        _ => None,
    }
}

/// Returns the name of a generic type, and its one argument.
fn inner(ty: &Type) -> Option<(String, &Type)> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.iter().collect::<Vec<_>>().as_slice() {
        [GenericArgument::Type(inner)] => Some((last.ident.to_string(), inner)),
        _ => None,
    }
}

/// Returns the names that a pattern binds.
pub(super) fn bound_names(pat: &Pat) -> Vec<String> {
    match pat {
        Pat::Ident(pattern) => vec![pattern.ident.to_string()],
        Pat::TupleStruct(pattern) => pattern.elems.iter().flat_map(bound_names).collect(),
        Pat::Tuple(pattern) => pattern.elems.iter().flat_map(bound_names).collect(),
        Pat::Struct(pattern) => pattern.fields.iter().flat_map(|field| bound_names(&field.pat)).collect(),
        Pat::Reference(pattern) => bound_names(&pattern.pat),
        Pat::Paren(pattern) => bound_names(&pattern.pat),
        _ => Vec::new(),
    }
}

fn text(ty: &Type) -> String {
    text_of(ty.to_token_stream())
}
