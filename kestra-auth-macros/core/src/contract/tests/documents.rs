use super::{DOCUMENT, Reported, TRAIT, TestDocument, expand, only, reported};

/// Two endpoints: the document is reported once per trait.
const TWO: &str = "trait A { #[get(\"/a\")] async fn a(&self) -> R; #[get(\"/b\")] async fn b(&self) -> R; }";

#[test]
fn reads_json() {
    let document: serde_json::Value = serde_norway::from_str(DOCUMENT).unwrap();
    assert_eq!(TestDocument::new(&document.to_string()).check(TRAIT), []);
}

#[test]
fn rejects_a_missing_document() {
    let Reported { token, message } = only(reported(expand("openapi = \"nowhere.yaml\"", TWO)));
    assert_eq!(token, "\"nowhere.yaml\"");
    assert!(message.starts_with("cannot find the document `nowhere.yaml`"), "{message}");
}

#[test]
fn rejects_a_directory() {
    let Reported { message, .. } = only(reported(expand("openapi = \"src\"", TWO)));
    assert!(message.starts_with("cannot read the document `src`: "), "{message}");
}

#[test]
fn rejects_invalid_yaml_and_json() {
    for (text, message) in
        [("paths: [", "invalid YAML in the document"), ("{\"paths\": [", "invalid JSON in the document")]
    {
        let document = TestDocument::new(text);
        let Reported { message: found, .. } = only(reported(document.expand("", "", TWO)));
        assert!(found.starts_with(message), "{found}");
    }
}

#[test]
fn follows_references_to_other_documents() {
    let other = TestDocument::new(
        "components: {parameters: {q: {name: q, in: query, required: true, schema: {type: string}}}}",
    );
    let name = other.path().file_name().unwrap().to_string_lossy().into_owned();
    let document = TestDocument::new(&format!(
        "openapi: 3.0.4\npaths: {{/a: {{get: {{parameters: [{{$ref: '{name}#/components/parameters/q'}}], responses: {{}}}}}}}}"
    ));
    let item = "trait A { #[get(\"/a\")] async fn a(&self) -> R; }";
    let Reported { token, message } = only(reported(document.expand("", "", item)));
    assert_eq!(token, "a");
    assert!(message.starts_with("missing required `query` parameter `q`"), "{message}");
}

/// The README shows what the compiler prints when a client of Kestra 1.x meets the document of 2.x.
#[test]
fn the_readme_shows_the_message() {
    let readme = include_str!("../../../../../README.md");
    let block = |language: &str, start: &str| {
        let from = &readme[readme.find(&format!("```{language}\n{start}")).unwrap()..];
        from.lines().skip(1).take_while(|line| *line != "```").collect::<Vec<_>>().join("\n")
    };
    let code = block("rust,ignore", "#[api(openapi");
    let file = syn::parse_file(&code).unwrap();
    let [syn::Item::Trait(item)] = file.items.as_slice() else { panic!("expected one trait in the README") };
    let mut item = item.clone();
    item.attrs.clear();
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/../../kestra-auth/openapi/kestra-2.yaml");
    let expanded = expand(&format!("openapi = {document:?}"), &quote::quote!(#item).to_string());
    let Reported { token, message } = only(reported(expanded));
    assert_eq!(token, "get");
    let shown = block("text", "error: expected");
    for line in message.replace(document, "openapi/kestra-2.yaml").lines() {
        assert!(shown.contains(line), "{line}");
    }
}
