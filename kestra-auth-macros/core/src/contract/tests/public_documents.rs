//! Writes the traits and the models that a document suggests, each operation and schema as a user might spell it, and
//! checks that nothing is reported. The documents are not part of the repository:
//!
//! ```sh
//! DOCUMENTS=path/to/documents cargo test -p kestra-auth-macros-core --all-features public_documents -- --ignored --nocapture
//! ```

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::{expand, expand_model, reported};
use crate::contract::document::Document;
use crate::contract::json_type::JsonType;
use crate::contract::media_type::essence;
use crate::contract::operations::Operation;
use crate::contract::parameters::{CollectionFormat, Parameter, ParameterLocation, ParameterValue};
use crate::contract::schema::{Schema, names};
use crate::parse::rename_all::snake_case;

/// How a parameter that may be one value or a list is written.
#[derive(Clone, Copy, PartialEq)]
enum Spelling {
    Single,
    List,
}

#[test]
#[ignore = "needs documents that are not part of the repository"]
fn public_documents() {
    let folder = std::env::var("DOCUMENTS").expect("`DOCUMENTS` names a folder or a document");
    let mut failed = 0;
    for path in documents(Path::new(&folder)) {
        failed += check(&path);
    }
    assert_eq!(failed, 0, "some traits and models had mismatches");
}

fn documents(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let mut paths: Vec<PathBuf> = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    paths
}

/// Prints a line for a document, and what is reported for it. Returns the number of errors.
fn check(path: &Path) -> usize {
    let start = Instant::now();
    let document = match Document::load(path, &path.to_string_lossy()) {
        Ok(document) => document,
        Err(error) => {
            println!("{}: {error}", path.display());
            return 1;
        }
    };
    let read = start.elapsed();
    let operations: Vec<Operation<'_>> =
        document.paths().iter().flat_map(|item| Operation::all(&document, item)).collect();
    let mut errors = Vec::new();
    let mut methods = 0;
    for chunk in traits(&operations) {
        for spelling in [Spelling::Single, Spelling::List] {
            let written: String =
                chunk.iter().enumerate().map(|(index, operation)| method(operation, index, spelling)).collect();
            methods += chunk.len();
            let tokens = expand(&format!("openapi = {path:?}"), &format!("trait A {{ {written} }}"));
            errors.extend(reported(tokens).into_iter().map(|error| format!("{}: {}", error.token, error.message)));
        }
    }
    let schemas = names(&document);
    for name in &schemas {
        let Some(schema) = Schema::named(&document, name) else { continue };
        for direction in ["request", "response"] {
            let Some(item) = model(name, schema, direction, path) else { continue };
            errors.extend(
                reported(expand_model(&item)).into_iter().map(|error| format!("{}: {}", error.token, error.message)),
            );
        }
    }
    println!(
        "{} {:?} {} operations {methods} methods {} schemas: {} errors, read in {read:?}, {:?} in all",
        path.file_name().unwrap_or_default().display(),
        document.version(),
        operations.len(),
        schemas.len(),
        errors.len(),
        start.elapsed(),
    );
    for error in errors.iter().take(20) {
        println!("    {}", error.replace('\n', "\n        "));
    }
    errors.len()
}

/// The operations by trait. Those that differ only in what their path has after `#` cannot be in one.
fn traits<'o, 'd>(operations: &'o [Operation<'d>]) -> Vec<Vec<&'o Operation<'d>>> {
    let mut traits: Vec<Vec<&Operation<'_>>> = vec![Vec::new()];
    let mut seen = HashSet::new();
    for operation in operations {
        let shape: String =
            sent_path(operation).split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect();
        let is_new = seen.insert((operation.method(), shape));
        if !is_new {
            traits.insert(0, vec![operation]);
        } else if let Some(last) = traits.last_mut().filter(|last| last.len() < 50) {
            last.push(operation);
        } else {
            traits.push(vec![operation]);
        }
    }
    traits
}

fn method(operation: &Operation<'_>, index: usize, spelling: Spelling) -> String {
    let mut text = String::new();
    let end = operation.path.find(['#', '?']).unwrap_or(operation.path.len());
    let path = template(&operation.path[..end]);
    let verb = match operation.verb {
        verb @ ("get" | "put" | "post" | "delete" | "options" | "head" | "patch") => format!("#[{verb}({path:?}"),
        _ => format!("#[http({}, {path:?}", operation.method()),
    };
    let body = body(operation);
    let allow = if body.is_some() && matches!(operation.verb, "get" | "head") { ", allow_body" } else { "" };
    let deprecated = if operation.is_deprecated() { ", expect(deprecated)" } else { "" };
    let _ = write!(text, "{verb}{allow}{deprecated})] async fn m{index}(&self");
    let mut seen = HashSet::new();
    let parameters = operation.parameters();
    for name in placeholders(&path) {
        let is_same = |known: &&Parameter<'_>| {
            known.location == ParameterLocation::Path && snake_case(known.name).trim_start_matches("r#") == name
        };
        let ty = parameters.iter().find(is_same).map_or("&str".to_owned(), |known| argument_type(known, spelling));
        if seen.insert(name.clone()) {
            let _ = write!(
                text,
                ", #[path({name:?})] p{}: {}",
                seen.len(),
                ty.trim_start_matches("Option<").trim_end_matches('>')
            );
        }
    }
    for (index, parameter) in parameters.iter().enumerate() {
        if parameter.location != ParameterLocation::Path && !parameter.location.is_ignored(parameter.name) {
            let _ =
                write!(text, ", {} a{index}: {}", attribute(parameter, spelling), argument_type(parameter, spelling));
        }
    }
    if let Some(body) = body {
        let _ = write!(text, ", {body}");
    }
    text.push_str(") -> Result<Output, Error>;\n");
    text
}

/// The path without what is not sent.
fn sent_path<'d>(operation: &Operation<'d>) -> &'d str {
    operation.path.split('#').next().unwrap_or(operation.path)
}

/// The path with placeholders whose names are valid in a template.
fn template(path: &str) -> String {
    let mut template = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else { break };
        let name = snake_case(name);
        let _ = write!(template, "{}{{{}}}", encoded(before), name.trim_start_matches("r#"));
        rest = behind;
    }
    template + &encoded(rest)
}

/// What a template may not contain is percent-encoded, as a user would have to.
fn encoded(literal: &str) -> String {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "/-._~!$&'()*+,;=:@%".contains(c);
    literal.chars().fold(String::new(), |text, c| match c {
        c if is_allowed(c) => text + &c.to_string(),
        c => c.to_string().bytes().fold(text, |text, byte| format!("{text}%{byte:02X}")),
    })
}

fn placeholders(template: &str) -> Vec<String> {
    template.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect()
}

fn is_list(parameter: &Parameter<'_>, spelling: Spelling) -> bool {
    match &parameter.value {
        ParameterValue::List => true,
        ParameterValue::Mixed(mixed) => mixed.list && (spelling == Spelling::List || !mixed.single),
        ParameterValue::Any => spelling == Spelling::List,
        ParameterValue::Single | ParameterValue::Exploded(_) => false,
    }
}

fn attribute(parameter: &Parameter<'_>, spelling: Spelling) -> String {
    let (location, name) = (parameter.location, parameter.name);
    if location != ParameterLocation::Query {
        return format!("#[{location}({name:?})]");
    }
    let is_object = match &parameter.value {
        ParameterValue::Mixed(mixed) => mixed.object && (spelling == Spelling::List || !mixed.single && !mixed.list),
        _ => parameter.is_object(),
    };
    match parameter.format {
        CollectionFormat::DeepObject if is_object => format!("#[query({name:?}, deep_object)]"),
        CollectionFormat::Joined(_) if is_list(parameter, spelling) || is_object => {
            format!("#[query({name:?}, {})]", parameter.format.word().unwrap_or_default())
        }
        _ if matches!(parameter.value, ParameterValue::Exploded(_)) => "#[query(flatten)]".to_owned(),
        _ => format!("#[query({name:?})]"),
    }
}

fn argument_type(parameter: &Parameter<'_>, spelling: Spelling) -> String {
    let types = parameter.schema.map(Schema::types).unwrap_or_default();
    let item = if is_list(parameter, spelling) {
        let items = parameter.schema.and_then(Schema::items).map(Schema::types).unwrap_or_default();
        return format!("&[{}]", scalar(&items));
    } else if matches!(parameter.value, ParameterValue::Exploded(_)) || parameter.is_object() {
        "&Object".to_owned()
    } else {
        scalar(&types).to_owned()
    };
    if parameter.required { item } else { format!("Option<{item}>") }
}

fn scalar(types: &[JsonType]) -> &'static str {
    match types {
        [JsonType::Integer] => "i64",
        [JsonType::Number] => "f64",
        [JsonType::Boolean] => "bool",
        [JsonType::String] => "&str",
        _ => "Foreign",
    }
}

fn body(operation: &Operation<'_>) -> Option<String> {
    let body = operation.request_body()?;
    let media = body.media_types.first().map_or("application/json".to_owned(), |media| essence(media));
    Some(match media.as_str() {
        "application/json" => "#[json] body: &Body".to_owned(),
        "application/x-www-form-urlencoded" => "#[form] body: &Body".to_owned(),
        "multipart/form-data" => "#[multipart] body: Form".to_owned(),
        json if json.ends_with("+json") => format!("#[json({json:?})] body: &Body"),
        "*/*" => "#[body(\"application/octet-stream\")] body: Bytes".to_owned(),
        range if range.ends_with("/*") => format!("#[body({:?})] body: Bytes", range.replace('*', "plain")),
        other => format!("#[body({other:?})] body: Bytes"),
    })
}

/// A model with a field for each property, or with a variant for each value.
fn model(name: &str, schema: Schema<'_>, direction: &str, path: &Path) -> Option<String> {
    let attribute = format!("#[contract(openapi = {path:?}, {direction} = {name:?})]");
    let values = schema.enum_values();
    if !values.is_empty() {
        let variants = values.iter().enumerate().map(|(at, value)| format!("#[serde(rename = {value:?})] V{at}, "));
        return Some(format!("{attribute} enum M {{ {} }}", variants.collect::<String>()));
    }
    if schema.types() != [JsonType::Object] {
        return None;
    }
    let mut fields = String::new();
    for (at, property) in schema.properties().known.iter().enumerate() {
        let skipped =
            if direction == "request" { property.schema.is_read_only() } else { property.schema.is_write_only() };
        if skipped {
            continue;
        }
        let ty = "serde_json::Value";
        let ty = if property.required && !property.is_nullable() { ty.to_owned() } else { format!("Option<{ty}>") };
        let required = property.required && direction == "request";
        let ty = if required { "serde_json::Value".to_owned() } else { ty };
        let _ = write!(fields, "#[serde(rename = {:?})] f{at}: {ty}, ", property.name);
    }
    Some(format!("{attribute} struct M {{ {fields} }}"))
}
