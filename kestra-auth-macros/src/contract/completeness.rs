//! Whether a trait has all operations of a tag; what is missing is printed ready to paste.

use std::fmt::Write as _;

use super::document::Document;
use super::operations::{Operation, Parameter, essence};
use crate::attr::contract::Contract;
use crate::errors::Errors;
use crate::words::snake_case;

pub(super) fn check(contract: &Contract, document: &'static Document, declared: &[Operation], errors: &Errors) {
    let (Some(complete), Some(tag)) = (&contract.complete, &contract.tag) else { return };
    let wanted = tag.value();
    let all = document.places.iter().flat_map(|place| Operation::all(document, place));
    let tagged: Vec<Operation> = all.filter(|operation| operation.has_tag(&wanted)).collect();
    if tagged.is_empty() {
        errors.spanned(tag, format!("no operation of `{}` has the tag `{wanted}`", document.shown));
        return;
    }
    let is_declared = |operation: &&Operation| {
        declared.iter().any(|declared| declared.path == operation.path && declared.verb == operation.verb)
    };
    let missing: Vec<&Operation> = tagged.iter().filter(|operation| !is_declared(operation)).collect();
    if missing.is_empty() {
        return;
    }
    let methods: String = missing.iter().map(|operation| method(operation)).collect();
    let count = match missing.len() {
        1 => "an operation".to_owned(),
        many => format!("{many} operations"),
    };
    errors.spanned(
        complete,
        format!("{count} of the tag `{wanted}` of `{}` not declared; ready to paste:\n{methods}", document.shown),
    );
}

/// An operation as a method of a trait, with types that take whatever comes.
fn method(operation: &Operation) -> String {
    let mut method = String::new();
    // Writing to a `String` does not fail.
    if let Some(summary) = operation.summary() {
        let _ = writeln!(method, "\n    /// {}", summary.lines().next().unwrap_or_default().trim());
    } else {
        method.push('\n');
    }
    let _ = writeln!(method, "    #[{}(\"{}\")]", operation.verb, operation.path);
    let name = operation.id().map_or_else(|| format!("{}_{}", operation.verb, operation.path), str::to_owned);
    let mut arguments = vec!["&self".to_owned()];
    arguments.extend(placeholders(operation.path).map(|name| argument("path", name, "&str")));
    for parameter in operation.parameters().iter().filter(|parameter| parameter.place != "path") {
        arguments.extend(parameter_argument(parameter));
    }
    arguments.extend(operation.body().map(|(_, media)| body(media.first().copied().unwrap_or("application/json"))));
    let _ = writeln!(
        method,
        "    async fn {}({}) -> Result<{}, Error>;",
        snake_case(&name),
        arguments.join(", "),
        answer(&operation.answers())
    );
    method
}

fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

fn argument(word: &str, name: &str, ty: &str) -> String {
    let own = snake_case(name);
    match (word, own == name) {
        ("path", true) => format!("{own}: {ty}"),
        ("query", true) => format!("#[query] {own}: {ty}"),
        _ => format!("#[{word}(\"{name}\")] {own}: {ty}"),
    }
}

fn parameter_argument(parameter: &Parameter) -> Option<String> {
    let (name, own) = (parameter.name, snake_case(parameter.name));
    if parameter.place == "header" && matches!(&*name.to_ascii_lowercase(), "accept" | "content-type" | "authorization")
    {
        return None;
    }
    if parameter.is_deep {
        return Some(format!("#[query(\"{name}\", deep_object)] {own}: &serde_json::Value"));
    }
    if parameter.fields.is_some() {
        return Some(format!("#[query(flatten)] {own}: &serde_json::Value"));
    }
    let ty = match (parameter.is_list, parameter.required) {
        (true, _) => "&[&str]",
        (false, true) => "&str",
        (false, false) => "Option<&str>",
    };
    let joined = match parameter.separator.filter(|_| parameter.is_list && parameter.place == "query") {
        Some(",") => Some("csv"),
        Some("%20") => Some("ssv"),
        Some(_) => Some("pipes"),
        None => None,
    };
    Some(match joined {
        Some(joined) => format!("#[query(\"{name}\", {joined})] {own}: {ty}"),
        None => argument(parameter.place, name, ty),
    })
}

fn body(media: &str) -> String {
    match essence(media).as_str() {
        "application/json" => "#[json] body: &serde_json::Value".to_owned(),
        "application/x-www-form-urlencoded" => "#[form] form: &[(&str, &str)]".to_owned(),
        "multipart/form-data" => "#[multipart] form: kestra_auth::multipart::Form".to_owned(),
        json if json.ends_with("+json") => format!("#[json(\"{json}\")] body: &serde_json::Value"),
        "*/*" => "#[body(\"application/octet-stream\")] body: kestra_auth::Body".to_owned(),
        other => format!("#[body(\"{other}\")] body: &str"),
    }
}

fn answer(media: &[&str]) -> &'static str {
    let is_json = |media: &&str| essence(media).ends_with("json") || essence(media) == "*/*";
    match media {
        [] => "()",
        media if media.iter().any(is_json) => "serde_json::Value",
        media if media.iter().any(|media| essence(media) == "text/event-stream") => {
            "kestra_auth::EventStream<kestra_auth::Event>"
        }
        media if media.iter().all(|media| essence(media).starts_with("text/")) => "kestra_auth::Text",
        _ => "kestra_auth::Binary",
    }
}
