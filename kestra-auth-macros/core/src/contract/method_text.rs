//! Parts of operations as Rust source: the arguments and results that a help suggests.

use super::json_type::JsonType;
use super::media_type::{essence, is_json};
use super::operations::Operation;
use super::parameters::{CollectionFormat, Parameter, ParameterLocation, ParameterValue};
use super::schema::Schema;
use crate::parse::rename_all::snake_case;
use crate::parse::verb_attribute::VERBS;

/// The attribute of a verb without its path: `get`, or `http(COPY)`.
pub(super) fn verb(operation: &Operation<'_>) -> String {
    let method = operation.method();
    let own = VERBS.into_iter().find(|verb| method == verb.to_uppercase());
    own.map_or_else(|| format!("http({method})"), str::to_owned)
}

/// A query, header or cookie parameter as an argument.
pub(super) fn argument(parameter: &Parameter<'_>) -> String {
    let own = snake_case(parameter.name);
    if parameter.format == CollectionFormat::DeepObject {
        return format!("{} {own}: &serde_json::Value", attribute(parameter));
    }
    let is_list = match &parameter.value {
        ParameterValue::Exploded(_) => return format!("#[query(flatten)] {own}: &serde_json::Value"),
        ParameterValue::List => true,
        ParameterValue::Any | ParameterValue::Single | ParameterValue::Mixed(_) => false,
    };
    let items = parameter.schema.and_then(|schema| if is_list { schema.items() } else { Some(schema) });
    let value = items.map_or("&str", value_type);
    let ty = match (is_list, parameter.required) {
        (true, _) => format!("&[{value}]"),
        (false, true) => value.to_owned(),
        (false, false) => format!("Option<{value}>"),
    };
    if is_list && parameter.format != CollectionFormat::Repeated {
        return format!("{} {own}: {ty}", attribute(parameter));
    }
    plain_argument(parameter.location, parameter.name, &ty)
}

/// A type for one value of a parameter.
fn value_type(schema: Schema<'_>) -> &'static str {
    match schema.types().as_slice() {
        [JsonType::Integer] => "i64",
        [JsonType::Number] => "f64",
        [JsonType::Boolean] => "bool",
        _ => "&str",
    }
}

/// The attribute of a parameter, with its name and format: `#[query("ids", csv)]`.
pub(super) fn attribute(parameter: &Parameter<'_>) -> String {
    let word = parameter.format.word().filter(|_| parameter.location == ParameterLocation::Query);
    let word = word.map(|word| format!(", {word}")).unwrap_or_default();
    format!("#[{}(\"{}\"{word})]", parameter.location, parameter.name)
}

/// An argument whose attribute has no name where the argument's own name is the same.
fn plain_argument(location: ParameterLocation, name: &str, ty: &str) -> String {
    let own = snake_case(name);
    match (location, own == name) {
        (ParameterLocation::Path, true) => format!("{own}: {ty}"),
        (ParameterLocation::Query, true) => format!("#[query] {own}: {ty}"),
        _ => format!("#[{location}(\"{name}\")] {own}: {ty}"),
    }
}

/// A request body as an argument.
pub(super) fn body_argument(media_types: &[&str]) -> String {
    let media = essence(media_types.first().copied().unwrap_or("application/json"));
    match media.as_str() {
        "application/json" => "#[json] body: &serde_json::Value".to_owned(),
        "application/x-www-form-urlencoded" => "#[form] form: &[(&str, &str)]".to_owned(),
        "multipart/form-data" => "#[multipart] form: kestra_auth::multipart::Form".to_owned(),
        json if json.ends_with("+json") => format!("#[json(\"{json}\")] body: &serde_json::Value"),
        "*/*" => "#[body(\"application/octet-stream\")] body: kestra_auth::Body".to_owned(),
        other => format!("#[body(\"{other}\")] body: &str"),
    }
}

/// The result type that reads a response.
pub(super) fn result(media_types: &[&str]) -> &'static str {
    match media_types {
        [] => "()",
        media if media.iter().any(|media| is_json(media)) => "serde_json::Value",
        media if media.iter().any(|media| essence(media) == "text/event-stream") => {
            "kestra_auth::EventStream<kestra_auth::Event>"
        }
        media if media.iter().all(|media| essence(media).starts_with("text/")) => "kestra_auth::Text",
        _ => "kestra_auth::Binary",
    }
}
