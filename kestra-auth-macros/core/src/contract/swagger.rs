//! Translates [Swagger 2.0](https://spec.openapis.org/oas/v2.0) into the form of OpenAPI 3, so that nothing else has to
//! know of it. What the translation moves keeps its index, so that pointers into the document stay right.

use super::paths::VERBS;
use super::value::Value;

const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// The keywords of a parameter that are those of its schema in OpenAPI 3.
const SCHEMA_KEYWORDS: [&str; 18] = [
    "type",
    "format",
    "items",
    "default",
    "enum",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "multipleOf",
    "x-nullable",
    "x-enumNames",
];

/// Where the parts of a document are after the translation, by where they were.
const MOVED: [(&str, &str); 4] = [
    ("/definitions", "/components/schemas"),
    ("/parameters", "/components/parameters"),
    ("/responses", "/components/responses"),
    ("/securityDefinitions", "/components/securitySchemes"),
];

/// The media types that an operation reads and writes unless it says otherwise.
struct Defaults {
    consumes: Option<Value>,
    produces: Option<Value>,
    /// The parameters that references lead to, as they were.
    parameters: Value,
}

pub(super) fn translate(root: &mut Value) {
    let defaults = Defaults {
        consumes: root.take("consumes"),
        produces: root.take("produces"),
        parameters: root.get("parameters").cloned().unwrap_or(Value::Null),
    };
    let servers = Value::Array(vec![Value::from([("url", Value::String(server(root)))])]);
    root.set("servers", servers);
    if let Some(mut paths) = root.take("paths") {
        paths.entries_mut().for_each(|(_, item)| defaults.translate_path_item(item));
        root.set("paths", paths);
    }
    let mut components = Value::from([]);
    for (from, to) in MOVED {
        let Some(mut moved) = root.take(&from[1..]) else { continue };
        for (_, part) in moved.entries_mut() {
            match from {
                "/parameters" => translate_parameter(part),
                "/responses" => translate_response(part, defaults.produces.as_ref()),
                "/securityDefinitions" => translate_security(part),
                _ => {}
            }
        }
        components.set(to.trim_start_matches("/components/"), moved);
    }
    root.set("components", components);
}

/// The fragment of a reference that is the bare name of a schema, as early documents have it.
pub(super) fn bare_name(reference: &str) -> Option<String> {
    let is_bare = !reference.contains(['#', '/', '.']);
    is_bare.then(|| format!("/components/schemas/{reference}"))
}

/// The fragment of a reference after the translation.
pub(super) fn moved_fragment(fragment: &str) -> String {
    let moved = MOVED.iter().find_map(|(from, to)| {
        let rest = fragment.strip_prefix(from).filter(|rest| rest.starts_with('/'))?;
        Some(format!("{to}{rest}"))
    });
    moved.unwrap_or_else(|| fragment.to_owned())
}

fn server(root: &Value) -> String {
    let path = root.get_str("basePath").unwrap_or_default();
    let Some(host) = root.get_str("host") else { return path.to_owned() };
    let scheme = root.get("schemes").and_then(|schemes| schemes.items().first()?.as_str()).unwrap_or("https");
    format!("{scheme}://{host}{path}")
}

impl Defaults {
    fn translate_path_item(&self, item: &mut Value) {
        let shared = item.get("parameters").cloned().unwrap_or(Value::Null);
        for (key, operation) in item.entries_mut() {
            if VERBS.contains(&key) {
                self.translate_operation(operation, &shared);
            }
        }
        translate_parameters(item);
    }

    fn translate_operation(&self, operation: &mut Value, shared: &Value) {
        let consumes = operation.take("consumes").or_else(|| self.consumes.clone());
        let produces = operation.take("produces").or_else(|| self.produces.clone());
        let own = operation.get("parameters").map_or(&[][..], Value::items);
        let body = self.request_body(own, shared.items(), consumes.as_ref());
        if let Some(body) = body {
            operation.set("requestBody", body);
        }
        translate_parameters(operation);
        for (key, responses) in operation.entries_mut() {
            if key == "responses" {
                responses.entries_mut().for_each(|(_, response)| translate_response(response, produces.as_ref()));
            }
        }
    }

    /// The request body that parameters in `body` and `formData` are.
    fn request_body(&self, own: &[Value], shared: &[Value], consumes: Option<&Value>) -> Option<Value> {
        let all: Vec<&Value> = own.iter().chain(shared).map(|parameter| self.resolved(parameter)).collect();
        if let Some(body) = all.iter().find(|parameter| parameter.get_str("in") == Some("body")) {
            let media_type = match body.get("schema") {
                Some(schema) => Value::from([("schema", schema.clone())]),
                None => Value::from([]),
            };
            let required = Value::Bool(body.get_bool("required") == Some(true));
            let content = content(consumes, &media_type, &["application/json", "*/*"]);
            return Some(Value::from([("required", required), ("content", content)]));
        }
        let fields: Vec<&Value> =
            all.into_iter().filter(|parameter| parameter.get_str("in") == Some("formData")).collect();
        (!fields.is_empty()).then(|| form(&fields, consumes))
    }

    fn resolved<'v>(&'v self, parameter: &'v Value) -> &'v Value {
        let name = parameter.get_str("$ref").and_then(|reference| reference.strip_prefix("#/parameters/"));
        name.and_then(|name| self.parameters.get(name)).unwrap_or(parameter)
    }
}

fn form(fields: &[&Value], consumes: Option<&Value>) -> Value {
    let mut properties = Value::from([]);
    let mut encoding = Value::from([]);
    let mut required = Vec::new();
    let has_file = fields.iter().any(|field| field.get_str("type") == Some("file"));
    for field in fields {
        let Some(name) = field.get_str("name") else { continue };
        let mut field = (*field).clone();
        if field.get_bool("required") == Some(true) {
            required.push(Value::from(name));
        }
        let name = name.to_owned();
        let schema = take_schema(&mut field);
        if schema.get_str("type") == Some("array") {
            let (style, explode) = style(field.get_str("collectionFormat"), "form");
            encoding.set(&name, Value::from([("style", Value::from(style)), ("explode", Value::Bool(explode))]));
        }
        properties.set(&name, schema);
    }
    let is_required = Value::Bool(!required.is_empty());
    let schema = Value::from([
        ("type", Value::from("object")),
        ("properties", properties),
        ("required", Value::Array(required)),
    ]);
    let media_type = Value::from([("schema", schema), ("encoding", encoding)]);
    // A form has no other media types, whatever the rest of the document reads.
    let is_form = |media: &&Value| matches!(media.as_str(), Some(FORM | MULTIPART));
    let consumes: Vec<Value> = consumes.map_or(&[][..], Value::items).iter().filter(is_form).cloned().collect();
    let consumes = Some(Value::Array(consumes)).filter(|media| !media.items().is_empty());
    let fallback: &[&str] = if has_file { &[MULTIPART] } else { &[FORM, MULTIPART] };
    Value::from([("required", is_required), ("content", content(consumes.as_ref(), &media_type, fallback))])
}

/// The same media type object under each name.
fn content(names: Option<&Value>, media_type: &Value, fallback: &[&str]) -> Value {
    let given: Vec<&str> = names.map_or(&[][..], Value::items).iter().filter_map(Value::as_str).collect();
    let names = if given.is_empty() { fallback } else { &given };
    Value::Object(names.iter().map(|name| ((*name).to_owned(), media_type.clone())).collect())
}

fn translate_parameters(holder: &mut Value) {
    for (key, parameters) in holder.entries_mut() {
        if key == "parameters" {
            parameters.items_mut().iter_mut().for_each(translate_parameter);
        }
    }
}

fn translate_parameter(parameter: &mut Value) {
    let location = parameter.get_str("in").unwrap_or_default().to_owned();
    // A parameter in `body` has a schema already, and one in `formData` is part of the request body.
    if !matches!(location.as_str(), "query" | "header" | "path") {
        return;
    }
    let schema = take_schema(parameter);
    if schema.get_str("type") == Some("array") {
        let default = if location == "query" { "form" } else { "simple" };
        let (style, explode) = style(parameter.get_str("collectionFormat"), default);
        parameter.set("style", Value::from(style));
        parameter.set("explode", Value::Bool(explode));
    }
    parameter.set("schema", schema);
}

/// The [`collectionFormat`](https://spec.openapis.org/oas/v2.0#parameter-object) as `style` and `explode`.
fn style(format: Option<&str>, default: &'static str) -> (&'static str, bool) {
    match format {
        Some("multi") => ("form", true),
        Some("ssv") => ("spaceDelimited", false),
        Some("tsv") => ("tabDelimited", false),
        Some("pipes") => ("pipeDelimited", false),
        _ => (default, false),
    }
}

fn take_schema(parameter: &mut Value) -> Value {
    let taken = SCHEMA_KEYWORDS.into_iter().filter_map(|keyword| Some((keyword.to_owned(), parameter.take(keyword)?)));
    let mut schema = Value::Object(taken.collect());
    if schema.get_str("type") == Some("file") {
        schema = Value::from([("type", Value::from("string")), ("format", Value::from("binary"))]);
    }
    schema
}

fn translate_response(response: &mut Value, produces: Option<&Value>) {
    let Some(mut schema) = response.take("schema") else { return };
    if schema.get_str("type") == Some("file") {
        schema = Value::from([("type", Value::from("string")), ("format", Value::from("binary"))]);
    }
    let media_type = Value::from([("schema", schema)]);
    response.set("content", content(produces, &media_type, &["application/json", "*/*"]));
}

fn translate_security(scheme: &mut Value) {
    if scheme.get_str("type") == Some("basic") {
        scheme.set("type", Value::from("http"));
        scheme.set("scheme", Value::from("basic"));
    }
}
