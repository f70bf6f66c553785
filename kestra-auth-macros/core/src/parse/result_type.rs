//! The result type of an endpoint, as far as its tokens show what it is.

use syn::{GenericArgument, PathArguments, Type};

/// The types of this crate that are not read as JSON.
const WRAPPERS: [&str; 5] = ["Text", "Binary", "ByteStream", "JsonLines", "EventStream"];

/// Returns the type of the response in the result type: `Flow` in `Result<Response<Option<Flow>>, Error>`.
pub(crate) fn response_type(output: &Type) -> &Type {
    inner(output, |name| name.ends_with("Result") || matches!(name, "Option" | "Response"))
}

/// Returns the name of a response type that is not read as JSON.
pub(crate) fn wrapper(output: &Type) -> Option<String> {
    name_of(response_type(output)).filter(|name| WRAPPERS.contains(&&**name))
}

/// Returns the type of the response if it is an `Option` of a type that is not read as JSON.
pub(crate) fn optional_wrapper(output: &Type) -> Option<&Type> {
    let response = inner(output, |name| name.ends_with("Result") || name == "Response");
    let is_optional = name_of(response).is_some_and(|name| name == "Option") && wrapper(response).is_some();
    is_optional.then_some(response)
}

/// Returns the name of a type, without its path and its generic arguments.
pub(crate) fn name_of(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        Type::Reference(reference) => name_of(&reference.elem),
        _ => None,
    }
}

/// Returns the first type argument, and its own, as long as the name of the type is in question.
fn inner(ty: &Type, is_outer: impl Fn(&str) -> bool) -> &Type {
    let mut ty = ty;
    while let Some(argument) = first_argument(ty).filter(|_| name_of(ty).is_some_and(|name| is_outer(&name))) {
        ty = argument;
    }
    ty
}

fn first_argument(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_through_results_responses_and_options() {
        for (output, wrapped, is_optional) in [
            ("Result<Text, Error>", Some("Text"), false),
            ("Result<Option<kestra_auth::Text>, Error>", Some("Text"), true),
            ("io::Result<Response<Option<EventStream<u8>>>>", Some("EventStream"), true),
            ("Result<Option<Flow>, Error>", None, false),
            ("Result<Vec<Text>, Error>", None, false),
            ("Result<Option<Vec<Text>>, Error>", None, false),
        ] {
            let output: Type = syn::parse_str(output).unwrap();
            assert_eq!(wrapper(&output).as_deref(), wrapped);
            assert_eq!(optional_wrapper(&output).is_some(), is_optional);
        }
    }
}
