//! Generates a test for each case in `wire-cases.json`. Path templates are parsed at compile time, so each case needs
//! a trait.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "an invalid case must stop the build")]

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use serde_json::Value;

/// What this generator can write and the macro does not support: nothing at present. Cases that need one of these are
/// skipped with a message.
const UNSUPPORTED: [&str; 0] = [];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=wire-cases.json");
    let text = fs::read_to_string("wire-cases.json").expect("`wire-cases.json` exists");
    let cases: Vec<Value> = serde_json::from_str(&text).expect("`wire-cases.json` holds a JSON array");
    let mut tests = String::new();
    let mut skipped = String::new();
    for case in &cases {
        match needs(case) {
            None => write_test(&mut tests, case),
            Some(needs) => writeln!(skipped, "    ({:?}, {needs:?}),", text_of(case, "name")).unwrap(),
        }
    }
    let out = env::var_os("OUT_DIR").expect("cargo sets `OUT_DIR`");
    fs::write(Path::new(&out).join("wire.rs"), tests).expect("`OUT_DIR` is writable");
    fs::write(Path::new(&out).join("wire_skipped.rs"), format!("&[\n{skipped}]")).expect("`OUT_DIR` is writable");
}

/// The first unsupported feature that a case needs.
fn needs(case: &Value) -> Option<&'static str> {
    let wanted: Vec<String> = arguments(case).iter().flat_map(features).collect();
    UNSUPPORTED.into_iter().find(|word| wanted.iter().any(|wanted| wanted == word))
}

fn features(argument: &Value) -> Vec<String> {
    let kind = text_of(argument, "kind");
    let mut features = match kind {
        "query_pairs" => vec!["query(flatten)".to_owned()],
        "query" => argument["style"].as_str().map(|style| format!("query({style})")).into_iter().collect(),
        _ => vec![kind.to_owned()],
    };
    if argument["encoded"] == true {
        let kind = if kind == "query_pairs" { "query" } else { kind };
        features.push(format!("{kind}(encoded)"));
    }
    features
}

fn arguments(case: &Value) -> &[Value] {
    case["args"].as_array().map_or(&[], Vec::as_slice)
}

fn text_of<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_else(|| panic!("`{field}` is missing in {value}"))
}

/// A parameter of the trait's method, and the argument that the test passes.
struct Parameter {
    attribute: String,
    ty: String,
    value: String,
}

fn write_test(out: &mut String, case: &Value) {
    let name = text_of(case, "name");
    let base = case["trait_base"].as_str().map(|base| format!("base = {base:?}")).unwrap_or_default();
    let parameters = parameters(case);
    let mut declared = String::new();
    let values: Vec<&str> = parameters.iter().map(|parameter| parameter.value.as_str()).collect();
    let values = values.join(", ");
    for (index, Parameter { attribute, ty, .. }) in parameters.iter().enumerate() {
        write!(declared, ", {attribute} argument_{index}: {ty}").unwrap();
    }
    let function = name.replace('-', "_").to_lowercase();
    let verb = verb(case, parameters.iter().any(|parameter| parameter.attribute.starts_with("#[json")));
    write!(
        out,
        "#[::tokio::test]
async fn {function}() {{
    #[::kestra_auth::api({base})]
    trait Case {{
        {verb}
        async fn call(&self{declared}) -> ::core::result::Result<(), ::kestra_auth::Error>;
    }}
    crate::check({name:?}, async |client| CaseClient::new(client).call({values}).await).await;
}}
"
    )
    .unwrap();
}

/// Writes the verb, as in `#[get("/path", headers("Name: value"))]`.
fn verb(case: &Value, has_body: bool) -> String {
    let method = text_of(case, "method");
    let word = match method {
        "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS" => format!("{}(", method.to_lowercase()),
        other => format!("http({other}, "),
    };
    let constants = arguments(case).iter().filter(|argument| argument["kind"] == "static_header");
    let constants: Vec<String> = constants
        .map(|header| format!("{:?}", format!("{}: {}", text_of(header, "name"), text_of(header, "value"))))
        .collect();
    let headers = if constants.is_empty() { String::new() } else { format!(", headers({})", constants.join(", ")) };
    let allow_body = if has_body && matches!(method, "GET" | "HEAD") { ", allow_body" } else { "" };
    format!("#[{word}{:?}{headers}{allow_body})]", text_of(case, "template"))
}

fn parameters(case: &Value) -> Vec<Parameter> {
    let arguments = arguments(case);
    let mut parameters: Vec<_> =
        arguments.iter().filter_map(|argument| parameter(argument, text_of(case, "template"))).collect();
    let pairs: Vec<&Value> = arguments.iter().filter(|argument| argument["kind"] == "query_pairs").collect();
    if !pairs.is_empty() {
        let encoded = if pairs.iter().any(|pair| pair["encoded"] == true) { ", encoded" } else { "" };
        let pairs: Vec<(&str, &Value)> = pairs.iter().map(|pair| (text_of(pair, "name"), &pair["value"])).collect();
        parameters.push(pairs_parameter(format!("#[query(flatten{encoded})]"), &pairs));
    }
    parameters
}

fn parameter(argument: &Value, template: &str) -> Option<Parameter> {
    let kind = text_of(argument, "kind");
    let encoded = if argument["encoded"] == true { ", encoded" } else { "" };
    let (attribute, (ty, value)) = match kind {
        "path" => {
            let name = text_of(argument, "name");
            let typed = typed(&argument["value"]);
            let optional = template.contains(&format!("{{{name}?}}")) && !argument["value"].is_null();
            (format!("#[path({name:?}{encoded})]"), if optional { some(typed) } else { typed })
        }
        "query" => {
            let style = argument["style"].as_str().map(|style| format!(", {style}")).unwrap_or_default();
            (format!("#[query({:?}{style}{encoded})]", text_of(argument, "name")), typed(&argument["value"]))
        }
        "header" | "field" | "cookie" => {
            let style = argument["style"].as_str().map(|style| format!(", {style}")).unwrap_or_default();
            (format!("#[{kind}({:?}{style})]", text_of(argument, "name")), typed(&argument["value"]))
        }
        "json" => {
            let media = argument["media"].as_str().map(|media| format!("({media:?})")).unwrap_or_default();
            (format!("#[json{media}]"), json(&argument["value"]))
        }
        "form" => {
            let pairs = argument["pairs"].as_array().expect("a form has pairs");
            let pairs: Vec<(&str, &Value)> =
                pairs.iter().map(|pair| (pair[0].as_str().expect("a name"), &pair[1])).collect();
            return Some(pairs_parameter("#[form]".to_owned(), &pairs));
        }
        "static_header" | "query_pairs" => return None,
        other => panic!("no such kind of argument: {other}"),
    };
    Some(Parameter { attribute, ty, value })
}

/// Writes a parameter of pairs; a value that is a list becomes one pair for each of its items.
fn pairs_parameter(attribute: String, pairs: &[(&str, &Value)]) -> Parameter {
    let mut items = String::new();
    for (name, value) in pairs {
        for value in value.as_array().map_or(std::slice::from_ref(*value), Vec::as_slice) {
            write!(items, "({name:?}, {}), ", optional_text(value)).unwrap();
        }
    }
    Parameter { attribute, ty: "&[(&str, ::core::option::Option<&str>)]".to_owned(), value: format!("&[{items}]") }
}

fn optional_text(value: &Value) -> String {
    match value.as_str() {
        Some(text) => format!("::core::option::Option::Some({text:?})"),
        None => "::core::option::Option::None".to_owned(),
    }
}

fn json(value: &Value) -> (String, String) {
    if value.is_null() {
        return ("::core::option::Option<&str>".to_owned(), "::core::option::Option::None".to_owned());
    }
    let text = value.to_string();
    ("&::serde_json::Value".to_owned(), format!("&::serde_json::from_str({text:?}).unwrap()"))
}

/// Writes the type of a value and the expression for it.
fn typed(value: &Value) -> (String, String) {
    let own = |ty: &str, expression: String| (ty.to_owned(), expression);
    match value {
        Value::Null => own("::core::option::Option<&str>", "::core::option::Option::None".to_owned()),
        Value::Bool(value) => own("bool", value.to_string()),
        Value::String(text) => own("&str", format!("{text:?}")),
        Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(number), ..) => own("i64", format!("{number}_i64")),
            (None, Some(number), _) => own("u64", format!("{number}_u64")),
            (None, None, number) => own("f64", format!("{:?}_f64", number.expect("a number"))),
        },
        Value::Array(items) => {
            let has_nulls = items.iter().any(Value::is_null);
            let item_type = items.iter().find(|item| !item.is_null()).map_or("&str".to_owned(), |item| typed(item).0);
            let ty = if has_nulls { format!("::core::option::Option<{item_type}>") } else { item_type };
            let items = items.iter().map(|item| match typed(item) {
                typed if has_nulls && !item.is_null() => some(typed).1,
                (_, expression) => expression,
            });
            (format!("&[{ty}]"), format!("&[{}]", items.collect::<Vec<_>>().join(", ")))
        }
        Value::Object(_) => panic!("no parameter is an object: {value}"),
    }
}

fn some((ty, expression): (String, String)) -> (String, String) {
    (format!("::core::option::Option<{ty}>"), format!("::core::option::Option::Some({expression})"))
}
