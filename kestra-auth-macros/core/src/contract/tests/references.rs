use super::{Reported, TestDocument, expand_model, only, reported};
use crate::contract::document::Document;
use crate::contract::schema::Schema;

/// Expands a method whose operation has one parameter, which is the reference.
fn check(reference: &str, more: &str) -> Vec<Reported> {
    let document = TestDocument::new(&format!(
        "openapi: 3.1.0\npaths: {{/a: {{get: {{parameters: [{{$ref: '{reference}'}}]}}}}}}\n{more}"
    ));
    reported(document.expand("", "", "trait A { #[get(\"/a\")] async fn a(&self, #[query] q: &str) -> R; }"))
        .into_iter()
        .filter(|error| error.token != "q")
        .collect()
}

#[test]
fn references_that_lead_nowhere_are_errors_at_the_document() {
    for (reference, why, help) in [
        ("#/components/parameters/Page", "the document has no such value", "correct the reference"),
        ("#/paths/~1a/get/parameters/3", "the document has no such value", "correct the reference"),
        ("#anchor", "the document has no such value", "correct the reference"),
        ("missing.yaml#/a", "the file cannot be read", "correct the path of the file"),
        ("https://example.com/api.yaml#/a", "documents are read from files only", "vendor it: save the document"),
        ("#/components/parameters/Loop", "it leads back to itself", "refer to a value"),
    ] {
        let more = "components: {parameters: {Loop: {$ref: '#/components/parameters/Pool'}, Pool: {$ref: '#/components/parameters/Loop'}}}";
        let Reported { token, message } = only(check(reference, more));
        assert!(token.ends_with(".yaml\""), "{token}");
        if !message.contains("it leads back") {
            assert!(
                message.starts_with(&format!("cannot follow the reference `{reference}`: {why}\nhelp: {help}")),
                "{message}"
            );
            assert!(message.ends_with(": paths./a.get.parameters[0]"), "{message}");
        }
        assert!(message.contains(why), "{message}");
    }
}

#[test]
fn only_references_that_are_needed_have_to_lead_somewhere() {
    let more =
        "components: {schemas: {A: {$ref: 'https://example.com/a.yaml'}}, parameters: {q: {name: q, in: query}}}";
    assert_eq!(check("#/components/parameters/q", more), []);
}

#[test]
fn references_lead_to_anchors_and_encoded_names() {
    let more = "components: {parameters: {'a/b c': {$anchor: here, name: q, in: query}}}";
    for reference in ["#/components/parameters/a~1b%20c", "#here"] {
        assert_eq!(check(reference, more), [], "{reference}");
    }
}

/// Files refer to each other, and to themselves by name.
#[test]
fn references_lead_through_files() {
    let directory = std::env::temp_dir().join(format!("kestra-auth-references-{}", std::process::id()));
    std::fs::create_dir_all(directory.join("parts")).unwrap();
    let write = |name: &str, text: &str| std::fs::write(directory.join(name), text).unwrap();
    write(
        "api.yaml",
        "openapi: 3.1.0\npaths: {/a: {$ref: 'parts/a.yaml'}}\ncomponents: {parameters: {q: {name: q, in: query, required: true}}}",
    );
    write("parts/a.yaml", "get: {parameters: [{$ref: '../api.yaml#/components/parameters/q'}, {$ref: './p.json#/r'}]}");
    write(
        "parts/p.json",
        "{\"r\": {\"$ref\": \"#/s\"}, \"s\": {\"name\": \"r\", \"in\": \"query\", \"required\": true}}",
    );
    let path = directory.join("api.yaml");
    let expand = || {
        let item = "trait A { #[get(\"/a\")] async fn a(&self) -> R; }";
        reported(super::expand(&format!("openapi = {path:?}"), item))
    };
    let messages: Vec<String> = expand().into_iter().map(|error| error.message).collect();
    let missing = |name: &str| {
        messages.iter().any(|text| text.starts_with(&format!("missing required `query` parameter `{name}`")))
    };
    assert!(messages.len() == 2 && missing("q") && missing("r"), "{messages:?}");
    // A change of any of the files is seen.
    write("parts/p.json", "{\"r\": {\"name\": \"r\", \"in\": \"query\"}}");
    assert_eq!(expand().len(), 1);
    std::fs::remove_dir_all(&directory).unwrap();
}

const UNNAMED: &str = "openapi: 3.1.0
paths:
  /flows:
    parameters:
      - {name: page, in: query, schema: {type: integer}}
      - {name: sort, in: query, schema: {type: string, enum: [asc, desc]}}
    post:
      requestBody: {$ref: '#/components/requestBodies/Flow'}
      responses: {}
components:
  requestBodies:
    Flow:
      content:
        application/json:
          schema: {type: object, required: [id], properties: {id: {type: string}, a/b: {enum: [x]}}}
";

#[test]
fn a_model_may_refer_to_a_schema_without_a_name() {
    let document = TestDocument::new(UNNAMED);
    let path = document.path().display();
    let check = |reference: &str, item: &str| {
        reported(expand_model(&format!("#[contract(openapi = \"{path}\", request = \"{reference}\")] {item}")))
    };
    let body = "#/paths/~1flows/post/requestBody/content/application~1json/schema";
    let sort = "#/paths/~1flows/parameters/sort/schema";
    for (reference, item, token) in [
        (body, "struct Flow { id: String }", ""),
        (body, "struct Flow { id: u64 }", "u64"),
        (body, "struct Flow {}", "Flow"),
        (sort, "#[serde(rename_all = \"lowercase\")] enum Sort { Asc, Desc }", ""),
        (sort, "#[serde(rename_all = \"lowercase\")] enum Sort { Asc, Up }", "Up"),
        ("#/paths/~1flows/parameters/1/schema", "enum Sort { #[serde(rename = \"down\")] Down }", "Down"),
        ("#/components/requestBodies/Flow/content/application~1json/schema/properties/a~1b", "enum B { Y }", "Y"),
        ("#/paths/~1flows/parameters/order/schema", "enum Sort { Asc }", "\"#/paths/~1flows/parameters/order/schema\""),
    ] {
        let tokens: Vec<String> = check(reference, item).into_iter().map(|error| error.token).collect();
        let expected: Vec<&str> = Some(token).filter(|token| !token.is_empty()).into_iter().collect();
        assert_eq!(tokens, expected, "{reference} {item}");
    }
    let wrong = only(check(body, "struct Flow { id: u64 }"));
    assert!(
        wrong.message.ends_with("paths./flows.post.requestBody.content.application/json.schema.properties.id"),
        "{}",
        wrong.message
    );
}

#[test]
fn the_reference_to_a_schema_leads_back_to_it() {
    let document = Document::read(UNNAMED.as_bytes(), "api.yaml").unwrap();
    let reference = |name: &str| {
        let (schema, _) = Schema::of_model(&document, name)?;
        schema.node().reference()
    };
    for name in [
        "#/paths/~1flows/parameters/sort/schema",
        "#/components/requestBodies/Flow/content/application~1json/schema/properties/a~1b",
    ] {
        assert_eq!(reference(name).as_deref(), Some(name));
    }
    assert_eq!(
        reference("#/paths/~1flows/parameters/0/schema").as_deref(),
        Some("#/paths/~1flows/parameters/page/schema")
    );
}
