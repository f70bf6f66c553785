//! What is generated for a small document that has one of each form.

use expect_test::expect_file;

use super::*;

fn document(text: &str) -> Document {
    Document::read(text.as_bytes(), "openapi.yaml").unwrap()
}

/// Generates code for a document of which only the paths and the schemas matter.
fn generated(paths: &str, schemas: &str) -> String {
    let text = format!("openapi: 3.1.0\ninfo: {{title: T}}\npaths: {paths}\ncomponents: {{schemas: {schemas}}}\n");
    generate(&document(&text), &Options::default()).unwrap().source
}

/// Generates the models that a response of this schema needs.
fn response(schema: &str, schemas: &str) -> String {
    let content = format!("{{'200': {{content: {{application/json: {{schema: {schema}}}}}}}}}");
    generated(&format!("{{/x: {{get: {{operationId: read, responses: {content}}}}}}}"), schemas)
}

#[test]
fn reads_like_written_by_hand() {
    let options = Options { contract: ContractDocument::Path("openapi.yaml".to_owned()), ..Options::default() };
    let generated = generate(&document(include_str!("tests/flows.yaml")), &options).unwrap();
    assert_eq!(generated.left_out, []);
    expect_file!["tests/flows.txt"].assert_eq(&generated.source);
}

#[test]
fn chosen_operations_reach_only_their_models() {
    let document = document(include_str!("tests/flows.yaml"));
    let options = Options { tags: vec!["access".to_owned()], ..Options::default() };
    let generated = generate(&document, &options).unwrap();
    assert_eq!((generated.operations, generated.models), (3, 0));
    let options = Options { operations: vec!["Flows_get".to_owned()], ..Options::default() };
    assert!(generate(&document, &options).unwrap().source.contains("pub struct Flow {"));
    let options = Options { tags: vec!["Flow".to_owned()], ..Options::default() };
    assert!(generate(&document, &options).unwrap_err().contains("did you mean `Flows`?"));
}

#[test]
fn dates_and_uuids_have_the_types_of_a_crate() {
    let paths = "{/x: {get: {operationId: read, parameters: [{name: since, in: query, schema: {type: string, format: \
                 date-time}}], responses: {'200': {content: {application/json: {schema: {$ref: \
                 '#/components/schemas/Run'}}}}}}}}";
    let schemas = "{Run: {required: [id], properties: {id: {type: string, format: uuid}, at: {type: string, format: \
                   date-time}, day: {type: string, format: date}}}}";
    let text = format!("openapi: 3.1.0\ninfo: {{title: T}}\npaths: {paths}\ncomponents: {{schemas: {schemas}}}\n");
    let source =
        |dates| generate(&document(&text), &Options { dates, uuids: true, ..Options::default() }).unwrap().source;
    let chrono = source(Dates::Chrono);
    for part in ["since: Option<chrono::DateTime<chrono::Utc>>", "id: uuid::Uuid", "day: Option<chrono::NaiveDate>"] {
        assert!(chrono.contains(part), "{part} in {chrono}");
    }
    let time = source(Dates::Time);
    for part in [
        "#[query(with = \"time::serde::rfc3339::option::serialize\")] since: Option<time::OffsetDateTime>",
        "#[serde(default, with = \"time::serde::rfc3339::option\")]",
        "day: Option<String>",
    ] {
        assert!(time.contains(part), "{part} in {time}");
    }
}

#[test]
fn a_schema_that_contains_itself_is_boxed_once() {
    let source = response(
        "{$ref: '#/components/schemas/A'}",
        "{A: {properties: {b: {$ref: '#/components/schemas/B'}}}, B: {properties: {a: {$ref: \
         '#/components/schemas/A'}, all: {type: array, items: {$ref: '#/components/schemas/B'}}}}}",
    );
    assert!(source.contains("pub b: Option<B>,") && source.contains("pub a: Option<Box<A>>,"), "{source}");
    assert!(source.contains("pub all: Option<Vec<B>>,"), "{source}");
}

#[test]
fn schemas_that_only_lead_to_themselves_are_any_value() {
    let list =
        response("{$ref: '#/components/schemas/A'}", "{A: {type: array, items: {$ref: '#/components/schemas/A'}}}");
    assert!(list.contains("Result<Vec<Value>, Error>"), "{list}");
    let all = response("{$ref: '#/components/schemas/A'}", "{A: {allOf: [{$ref: '#/components/schemas/A'}]}}");
    assert!(all.contains("Result<Value, Error>"), "{all}");
}

#[test]
fn alternatives_become_the_simplest_type_that_holds_them() {
    for (schema, expected) in [
        ("{anyOf: [{type: string}, {type: 'null'}]}", "Result<Json<Option<String>>, Error>"),
        ("{anyOf: [{type: string}, {enum: [a, b]}]}", "Result<Json<String>, Error>"),
        ("{oneOf: [{const: a}, {const: b}]}", "Result<ReadResponse, Error>"),
        ("{oneOf: [{type: integer}, {type: number}]}", "Result<f64, Error>"),
        ("{type: [integer, 'null']}", "Result<Option<i64>, Error>"),
        ("{oneOf: [{type: integer}, {type: string}]}", "Integer(i64),\n    String(String),"),
        ("{type: [integer, string]}", "Integer(i64),\n    String(String),"),
        ("{oneOf: [{type: integer}, {}]}", "Result<Value, Error>"),
        ("{allOf: [{type: string}, {maxLength: 3}]}", "Result<Json<String>, Error>"),
        ("{type: object}", "Result<HashMap<String, Value>, Error>"),
        ("{type: integer, minimum: 0}", "Result<u64, Error>"),
        ("{type: integer, minimum: -9223372036854776000}", "Result<i64, Error>"),
        ("{enum: [1, 2]}", "Result<i64, Error>"),
    ] {
        let source = response(schema, "{}");
        assert!(source.contains(expected), "{schema}: {source}");
    }
}

#[test]
fn a_tagged_struct_that_is_used_elsewhere_keeps_its_tag() {
    let source = response(
        "{properties: {one: {$ref: '#/components/schemas/Cat'}, any: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: \
         '#/components/schemas/Dog'}]}}}",
        "{Cat: {required: [kind], properties: {kind: {const: cat}, lives: {type: integer}}}, Dog: {required: [kind], \
         properties: {kind: {const: dog}}}}",
    );
    assert!(source.contains("#[serde(tag = \"kind\", rename_all = \"lowercase\")]"), "{source}");
    assert!(source.contains("Cat(CatVariant),") && source.contains("Dog(Dog),"), "{source}");
    assert!(source.contains("pub struct Cat {\n    pub kind: "), "{source}");
}

#[test]
fn a_part_of_all_of_may_only_require_properties() {
    let source = response(
        "{allOf: [{$ref: '#/components/schemas/A'}, {required: [x]}]}",
        "{A: {type: object, properties: {x: {type: string}}}}",
    );
    assert!(source.contains("pub struct ReadResponse {\n    pub x: String,"), "{source}");
}

#[test]
fn keywords_beside_a_reference_restrict_it() {
    let schemas = "{A: {type: object, properties: {x: {type: string}, y: {type: string}}}}";
    let schema = "{properties: {a: {$ref: '#/components/schemas/A', required: [x]}}}";
    let source = response(schema, schemas);
    assert!(source.contains("pub struct ReadResponseA {\n    pub x: String,"), "{source}");
    // Before version 3.1, they are ignored.
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: T}}\npaths: {{/x: {{get: {{operationId: read, responses: {{'200': {{content: \
         {{application/json: {{schema: {schema}}}}}}}}}}}}}}}\ncomponents: {{schemas: {schemas}}}\n"
    );
    let source = generate(&document(&text), &Options::default()).unwrap().source;
    assert!(source.contains("pub a: Option<A>,"), "{source}");
}

#[test]
fn operations_with_the_same_request_are_allowed() {
    let operation = |id: &str| format!("{{get: {{operationId: {id}, responses: {{'200': {{description: A}}}}}}}}");
    let paths = format!(
        "{{'/a/{{id}}': {}, '/a/{{name}}': {}, '/b': {}, '/b#c': {}, '/a/b': {}}}",
        operation("byId"),
        operation("byName"),
        operation("b"),
        operation("type"),
        operation("ab")
    );
    let source = generated(&paths, "{}");
    for line in ["/a/{id}\")]", "/a/{name}\", allow_duplicate)]", "/b\")]", "/b\", allow_duplicate)]", "/a/b\")]"] {
        assert!(source.contains(&format!("#[get(\"{line}")), "{line} in {source}");
    }
}

#[test]
fn a_required_parameter_with_one_value_is_a_constant() {
    let parameter = |place: &str, name: &str, values: &str| {
        format!("{{name: {name}, in: {place}, required: true, schema: {{type: string, enum: {values}}}}}")
    };
    let operation = |parameters: &[String]| {
        format!("{{post: {{parameters: [{}], responses: {{'200': {{description: A}}}}}}}}", parameters.join(", "))
    };
    let headers = operation(&[parameter("header", "X-Target", "[List.v1]"), parameter("header", "X-Two", "[a, b]")]);
    let query = operation(&[parameter("query", "Version", "['1&2']"), parameter("query", "Action", "[List]")]);
    let source = generated(&format!("{{'/#list': {headers}, '/?Action=List': {query}}}"), "{}");
    for part in [
        "#[post(\"/\", headers(\"X-Target: List.v1\"))]",
        "#[header(\"X-Two\")] two: ",
        "#[post(\"/?Action=List&Version=1%262\")]",
    ] {
        assert!(source.contains(part), "{part} in {source}");
    }
}

#[test]
fn a_tag_that_is_a_number_leaves_it_to_the_order_of_the_variants() {
    let variant = |value: u8| {
        format!(
            "{{type: object, required: [kind, f{value}], properties: {{kind: {{type: integer, enum: [{value}]}}, f{value}: \
                 {{type: string}}}}}}"
        )
    };
    let source = response(
        "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind, \
         mapping: {'1': '#/components/schemas/A', '2': '#/components/schemas/B'}}}",
        &format!("{{A: {}, B: {}}}", variant(1), variant(2)),
    );
    assert!(source.contains("#[serde(untagged)]") && source.contains("pub kind: i64,"), "{source}");
}

#[test]
fn the_base_of_other_schemas_keeps_what_they_add() {
    let schemas = "{Pet: {type: object, required: [kind], discriminator: {propertyName: kind}, properties: {kind: {type: \
                   string}}}, Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {lives: {type: integer}}}]}}";
    let base = response("{$ref: '#/components/schemas/Pet'}", schemas);
    assert!(base.contains("#[serde(flatten)]\n    pub other: HashMap<String, Value>,"), "{base}");
    assert!(!response("{$ref: '#/components/schemas/Cat'}", schemas).contains("flatten"));
}

#[test]
fn parts_of_all_of_refine_each_other() {
    let source = response(
        "{allOf: [{$ref: '#/components/schemas/Page'}, {properties: {data: {type: array, items: {$ref: \
         '#/components/schemas/A'}}, links: {$ref: '#/components/schemas/A'}}}]}",
        "{A: {properties: {self: {type: string}}}, Page: {properties: {data: {type: array, items: {type: object}}, links: \
         {type: object}, next: {type: integer}}}}",
    );
    for part in ["pub data: Option<Vec<A>>,", "pub links: Option<A>,", "#[serde(rename = \"self\")]\n    pub self_: "] {
        assert!(source.contains(part), "{part} in {source}");
    }
}

#[test]
fn a_reserved_or_repeated_id_gets_its_verb() {
    let operation = |verb: &str| format!("{verb}: {{operationId: clone, responses: {{'204': {{description: A}}}}}}");
    let source = generated(&format!("{{/a: {{{}, {}}}}}", operation("put"), operation("delete")), "{}");
    assert!(source.contains("async fn put_clone(") && source.contains("async fn delete_clone("), "{source}");
}

#[test]
fn alternatives_that_are_one_schema_are_one_variant() {
    let variant = |name: &str| {
        format!(
            "{{type: object, required: [kind, {name}], properties: {{kind: {{type: string}}, {name}: {{type: string}}}}}}"
        )
    };
    let source = response(
        "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}], \
         discriminator: {propertyName: kind}}",
        &format!("{{A: {}, B: {}, C: {{$ref: '#/components/schemas/B'}}}}", variant("a"), variant("b")),
    );
    assert!(source.contains("#[serde(tag = \"kind\")]") && !source.contains("alias"), "{source}");
}

#[test]
fn a_header_is_one_argument_in_any_case() {
    let header = |name: &str| format!("{{name: {name}, in: header, schema: {{type: string}}}}");
    let source = generated(
        &format!(
            "{{/a: {{get: {{operationId: a, parameters: [{}, {}], responses: {{'204': {{description: A}}}}}}}}}}",
            header("X-A"),
            header("x-a")
        ),
        "{}",
    );
    assert_eq!(source.matches("#[header").count(), 1, "{source}");
}

#[test]
fn an_id_may_start_with_a_digit() {
    let source = generated("{/a: {get: {operationId: 2.get-it, responses: {'204': {description: A}}}}}", "{}");
    assert!(source.contains("async fn call_2_get_it(&self)"), "{source}");
}

#[test]
fn names_that_collide_are_resolved() {
    let source = response(
        "{properties: {a: {$ref: '#/components/schemas/Error'}, b: {$ref: '#/components/schemas/foo'}, c: {$ref: \
         '#/components/schemas/Foo'}, type: {type: string}, Type: {type: string}, self: {type: string}}}",
        "{Error: {properties: {x: {type: string}}}, foo: {properties: {x: {type: string}}}, Foo: {properties: {y: {type: \
         string}}}}",
    );
    for part in ["struct ErrorBody", "struct Foo {", "struct FooModel {", "r#type:", "type_2:", "self_:"] {
        assert!(source.contains(part), "{part} in {source}");
    }
}

#[test]
fn reports_references_that_lead_nowhere() {
    let text = "openapi: 3.1.0\npaths: {/x: {get: {responses: {'200': {content: {application/json: {schema: {$ref: \
                'missing.yaml'}}}}}}}}\n";
    let generated = generate(&document(text), &Options::default()).unwrap();
    assert!(generated.source.contains("Result<Value, Error>"), "{}", generated.source);
    assert!(generated.unresolved[0].starts_with("cannot follow the reference `missing.yaml`"));
}

#[test]
fn an_invalid_document_is_an_error() {
    assert!(Document::read(b"{", "-").is_err());
    assert!(Document::read(b"openapi: 9.0.0", "-").is_err());
}

#[test]
fn finds_what_contradicts_itself() {
    let text = "openapi: 3.1.0\npaths:\n  /a/{x}:\n    get: {operationId: a, responses: {'200': {$ref: '#/nothing'}}}\n  \
                /a//b:\n    get: {operationId: a, security: [{t: []}]}\ncomponents:\n  schemas:\n    A: {required: [z], \
                properties: {y: {type: string}}}\n";
    let problems: Vec<String> =
        check::check(&document(text), text).unwrap().problems.into_iter().map(|found| found.what).collect();
    for expected in [
        "the path `/a//b` has an empty segment",
        "duplicate `operationId` `a`",
        "the placeholder `{x}` has no parameter",
        "unknown security scheme `t`",
        "the operation describes no response",
        "the schema `A` requires `z`, which it does not describe",
        "cannot follow the reference `#/nothing`",
    ] {
        assert!(problems.iter().any(|found| found.starts_with(expected)), "{expected} in {problems:?}");
    }
}
