use super::{Reported, TestDocument, only, reported};

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
