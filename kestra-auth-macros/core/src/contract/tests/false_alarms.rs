//! What documents contain that must not be taken for a mismatch, and the mismatch next to each.

use super::{TestDocument, expand_model, reported};

fn count(document: &str, item: &str) -> usize {
    reported(TestDocument::new(document).expand("", "", item)).len()
}

#[test]
fn parameters_may_have_several_shapes() {
    const LIST: &str = "{type: array, items: {type: string}}";
    for (schema, rest, argument, expected) in [
        // One value or a list.
        (format!("{{oneOf: [{{type: string}}, {LIST}]}}"), "", "#[query] p: &str", 0),
        (format!("{{anyOf: [{{type: string}}, {LIST}]}}"), "", "#[query] p: &[&str]", 0),
        (format!("{{anyOf: [{{type: string}}, {LIST}]}}"), ", explode: false", "#[query(csv)] p: &[&str]", 0),
        (format!("{{anyOf: [{{type: string}}, {LIST}]}}"), ", explode: false", "#[query] p: &[&str]", 1),
        (format!("{{anyOf: [{{type: string}}, {LIST}]}}"), "", "#[query(pipes)] p: &[&str]", 1),
        // An object or a scalar.
        ("{anyOf: [{type: object}, {type: integer}]}".into(), ", style: deepObject", "#[query] p: u32", 0),
        ("{anyOf: [{type: object}, {type: integer}]}".into(), ", style: deepObject", "#[query(deep_object)] p: &P", 0),
        ("{type: object}".into(), ", style: deepObject", "#[query] p: u32", 1),
        ("{type: string}".into(), ", style: deepObject", "#[query] p: &str", 0),
        // An object whose names and values are joined.
        ("{type: object}".into(), ", explode: false", "#[query(csv)] p: &[&str]", 0),
        ("{type: object}".into(), ", explode: false", "#[query] p: &str", 0),
        ("{type: object}".into(), ", explode: false", "#[query(pipes)] p: &[&str]", 1),
        ("{type: string}".into(), ", explode: false", "#[query(csv)] p: &[&str]", 1),
        // A list in the type of OpenAPI 3.1.
        ("{type: [string, array], items: {type: string}}".into(), "", "#[query] p: &str", 0),
        ("{type: ['null', array], items: {type: string}}".into(), "", "#[query] p: &str", 1),
        // An object that is one parameter for each property, or a text.
        ("{anyOf: [{type: object, properties: {a: {}}}, {type: string}]}".into(), "", "#[query] a: &str", 0),
        ("{anyOf: [{type: object, properties: {a: {}}}, {type: string}]}".into(), "", "#[query] b: &str", 1),
    ] {
        let argument = argument.replace("(csv)", "(\"p\", csv)").replace("(pipes)", "(\"p\", pipes)");
        let argument = argument.replace("(deep_object)", "(\"p\", deep_object)");
        let document = format!(
            "openapi: 3.1.0\npaths: {{/a: {{get: {{parameters: [{{name: p, in: query{rest}, schema: {schema}}}]}}}}}}"
        );
        let item = format!("trait A {{ #[get(\"/a\")] async fn a(&self, {argument}) -> R; }}");
        assert_eq!(count(&document, &item), expected, "{schema}{rest} {argument}");
    }
}

#[test]
fn servers_of_paths_and_operations_precede_the_path() {
    let document = "openapi: 3.1.0
servers: [{url: 'https://h/{stage}/v1', variables: {stage: {default: prod}}}]
paths:
  /a:
    servers: [{url: /upload}]
    get: {}
    post: {servers: [{url: 'https://files.example.com/files/'}]}
";
    for (path, expected) in [
        ("/a", 0),
        ("/prod/v1/a", 0),
        ("/test/v1/a", 0),
        ("/{stage}/v1/a", 0),
        ("/upload/a", 0),
        ("/files/a", 0),
        ("/other/a", 1),
        ("/v1/a", 1),
    ] {
        let argument = if path.contains("{stage}") { ", stage: &str" } else { "" };
        let item = format!("trait A {{ #[get({path:?})] async fn a(&self{argument}) -> R; }}");
        assert_eq!(count(document, &item), expected, "{path}");
    }
}

#[test]
fn paths_are_compared_after_decoding() {
    let document = "openapi: 3.1.0\npaths: {'/a b/{id}/(x)': {get: {}}, '/c%2Fd': {get: {}}, '/%7Btilde': {get: {}}}";
    for (path, expected) in [
        ("/a%20b/{id}/(x)", 0),
        ("/a%20b/{id}/%28x%29", 0),
        ("/c%2fd", 0),
        ("/%7btilde", 0),
        ("/c/d", 1),
        ("/a+b/{id}/(x)", 1),
    ] {
        let argument = if path.contains("{id}") { ", id: &str" } else { "" };
        let item = format!("trait A {{ #[get({path:?})] async fn a(&self{argument}) -> R; }}");
        assert_eq!(count(document, &item), expected, "{path}");
    }
}

/// Documents of remote procedure calls tell their operations apart by what is never sent.
#[test]
fn paths_may_differ_only_behind_their_segments() {
    let document = "openapi: 3.1.0
paths:
  '/#X-Target=Get': {post: {operationId: GetThing}}
  '/#X-Target=Put': {post: {operationId: PutThing, requestBody: {required: true, content: {application/json: {}}}}}
  '/q?action=put': {post: {requestBody: {required: true, content: {application/json: {}}}}}
  '/q?action=get': {post: {}}
";
    for (method, expected) in [
        ("#[post(\"/\", headers(\"X-Target: Get\"))] async fn a(&self) -> R;", 0),
        ("#[post(\"/\", headers(\"X-Target: Put\"))] async fn a(&self) -> R;", 1),
        ("#[post(\"/\")] async fn get_thing(&self) -> R;", 0),
        ("#[post(\"/\")] async fn put_thing(&self) -> R;", 1),
        ("#[post(\"/\")] async fn put_thing(&self, #[json] body: &B) -> R;", 0),
        // Nothing tells which one it is.
        ("#[post(\"/\")] async fn other(&self) -> R;", 0),
        ("#[post(\"/q?action=get\")] async fn a(&self) -> R;", 0),
        ("#[post(\"/q?action=put\")] async fn a(&self) -> R;", 1),
    ] {
        assert_eq!(count(document, &format!("trait A {{ {method} }}")), expected, "{method}");
    }
}

fn count_model(schema: &str, direction: &str, item: &str) -> usize {
    let document = TestDocument::new(&format!(
        "openapi: 3.1.0\ncomponents: {{schemas: {{M: {schema}, Base: {{type: object, required: [id], properties: {{id: {{type: string}}}}}}}}}}"
    ));
    let path = document.path().display();
    reported(expand_model(&format!("#[contract(openapi = \"{path}\", {direction} = \"M\")] {item}"))).len()
}

#[test]
fn enumerations_may_be_open_or_made_of_constants() {
    for (schema, direction, variants, expected) in [
        ("{anyOf: [{type: string}, {enum: [a, b]}]}", "request", "C", 0),
        ("{anyOf: [{type: string}, {type: string, enum: [a, b]}]}", "response", "A", 0),
        ("{oneOf: [{const: a}, {const: b}]}", "request", "A, B", 0),
        ("{oneOf: [{const: a}, {const: b}]}", "request", "A, C", 1),
        ("{oneOf: [{const: a, title: A}, {const: b}, {type: 'null'}]}", "response", "A", 1),
        ("{type: string, enum: [a, true]}", "request", "A, True", 0),
        ("{type: string, enum: [a, null]}", "response", "A", 0),
        ("{allOf: [{enum: [a, b, c]}, {enum: [b, c, d]}]}", "request", "B, C", 0),
        ("{allOf: [{enum: [a, b, c]}, {enum: [b, c, d]}]}", "request", "A", 1),
        ("{enum: [1, 2]}", "response", "A", 0),
    ] {
        let item = format!("#[serde(rename_all = \"lowercase\")] enum M {{ {variants} }}");
        assert_eq!(count_model(schema, direction, &item), expected, "{schema} {direction} {variants}");
    }
}

#[test]
fn keywords_beside_a_reference_count_since_31() {
    const BASE: &str = "$ref: '#/components/schemas/Base'";
    for (schema, direction, fields, expected) in [
        (
            format!("{{{BASE}, properties: {{own: {{type: string}}}}}}"),
            "response",
            "id: String, own: Option<String>",
            0,
        ),
        (
            format!("{{{BASE}, properties: {{own: {{type: string}}}}}}"),
            "response",
            "id: String, other: Option<String>",
            1,
        ),
        (format!("{{{BASE}, properties: {{own: {{}}}}, required: [own]}}"), "request", "id: String, own: String", 0),
        (format!("{{{BASE}, properties: {{own: {{}}}}, required: [own]}}"), "request", "id: String", 1),
        (format!("{{{BASE}, description: text}}"), "request", "id: String", 0),
    ] {
        assert_eq!(count_model(&schema, direction, &format!("struct M {{ {fields} }}")), expected, "{schema} {fields}");
    }
}

/// A name that the schema requires exists, even if nothing describes it.
#[test]
fn a_required_name_is_a_property() {
    let schema = "{type: object, required: [a, b], properties: {a: {type: string}}}";
    assert_eq!(count_model(schema, "response", "struct M { a: String, b: String }"), 0);
    assert_eq!(count_model(schema, "request", "struct M { a: String, b: String }"), 0);
    assert_eq!(count_model(schema, "request", "struct M { a: String }"), 1);
    // Beside a property that no field has, it is the former name of that property.
    let renamed = "{type: object, required: [a], properties: {b: {type: string}}}";
    assert_eq!(count_model(renamed, "response", "struct M { a: String }"), 1);
}
