use super::{DOCUMENT, Reported, TRAIT, TestDocument, change, expand, only, reported};

const TWO: &str = "openapi: 3.1.0
paths: {/a: {get: {parameters: [{name: p, in: query, required: true}, {name: X-Q, in: header, required: true}]}}}";

fn check(arguments: &str, expect: &str) -> Vec<Reported> {
    let document = TestDocument::new(TWO);
    let expect = if expect.is_empty() { String::new() } else { format!(", expect({expect})") };
    let item = format!("trait A {{ #[get(\"/a\"{expect})] async fn a(&self) -> R; }}");
    reported(expand(&format!("openapi = {:?} {arguments}", document.path()), &item))
}

#[test]
fn a_name_narrows_an_expectation() {
    assert_eq!(check("", "").len(), 2);
    assert_eq!(check("", "required"), []);
    assert_eq!(check("", "required(\"p\", \"x-q\")"), []);
    let Reported { message, .. } = only(check("", "required(\"p\")"));
    assert!(message.starts_with("missing required `header` parameter `X-Q`"), "{message}");
}

#[test]
fn an_expectation_may_be_on_the_trait() {
    assert_eq!(check(", expect(required)", ""), []);
    assert_eq!(check(", expect(required(\"p\"))", "required(\"X-Q\")"), []);
    assert_eq!(only(check(", expect(required(\"p\"))", "")).token, "a");
}

#[test]
fn an_unused_name_is_an_error_at_it() {
    let Reported { token, message } = only(check(", expect(required)", "required(\"z\")"));
    assert_eq!(token, "\"z\"");
    assert!(
        message.starts_with("unused `expect(required(\"z\"))`: the endpoint has no mismatch of this kind at `z`"),
        "{message}"
    );
    let Reported { token, message } = only(check(", expect(required, body)", ""));
    assert_eq!(token, "body");
    assert!(message.starts_with("unused `expect(body)`: the trait has no mismatch of this kind\n"), "{message}");
}

#[test]
fn names_are_strings() {
    let errors = check("", "required(p)");
    assert!(errors.iter().any(|error| error.message.starts_with("expected a string literal, found `p`")), "{errors:?}");
}

/// Editors expand an item again on every change, in any order.
#[test]
fn an_expansion_does_not_depend_on_those_before() {
    let document = TestDocument::new(DOCUMENT);
    let arguments = format!("base = \"/api/v1\", openapi(path = {:?}, client_sends(\"X-Tenant\"))", document.path());
    let first = expand(&arguments, TRAIT).to_string();
    assert!(first.contains("include_bytes"), "{first}");
    document.expand_models();
    assert_eq!(expand(&arguments, TRAIT).to_string(), first);
    // A document that changes is read again, and one that becomes what it was says what it said.
    std::fs::write(document.path(), change(DOCUMENT, "operationId: auths", "deprecated: true")).unwrap();
    assert_ne!(expand(&arguments, TRAIT).to_string(), first);
    std::fs::write(document.path(), format!("{DOCUMENT}\n")).unwrap();
    assert_eq!(expand(&arguments, TRAIT).to_string(), first);
    // So does an error.
    let missing = || expand("openapi = \"nowhere.yaml\"", TRAIT).to_string();
    assert_eq!(missing(), missing());
}
