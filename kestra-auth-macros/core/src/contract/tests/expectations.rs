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

const MODEL: &str = "openapi: 3.0.4
components:
  schemas:
    User: {type: object, required: [name], properties: {name: {type: string}, age: {type: integer}}}
    State: {type: string, enum: [ON, OFF, IDLE]}";

fn check_model(direction: &str, schema: &str, expect: &str, item: &str) -> Vec<Reported> {
    let document = TestDocument::new(MODEL);
    let path = document.path().display();
    let expect = if expect.is_empty() { String::new() } else { format!(", expect({expect})") };
    reported(super::expand_model(&format!(
        "#[contract(openapi = \"{path}\", {direction} = {schema:?}{expect})] {item}"
    )))
}

#[test]
fn fields_and_variants_expect_mismatches() {
    for (direction, schema, token, help, item, expect) in [
        ("response", "User", "nick", "property", "struct M { name: String, EXPECT nick: Option<String> }", "property"),
        ("response", "User", "u32", "required", "struct M { EXPECT age: u32 }", "required"),
        ("response", "User", "Option", "type", "struct M { EXPECT age: Option<String> }", "type"),
        ("request", "User", "Option", "required", "struct M { EXPECT name: Option<String> }", "required(\"name\")"),
        ("request", "State", "Out", "value", "#[serde(rename_all = \"UPPERCASE\")] enum M { On, EXPECT Out }", "value"),
    ] {
        let without = only(check_model(direction, schema, "", &item.replace("EXPECT", "")));
        assert!(without.token.starts_with(token), "{item}: {without:?}");
        assert!(
            without.message.contains(&format!("allow the mismatch with `#[contract(expect({help}))]`")),
            "{without:?}"
        );
        let own = item.replace("EXPECT", &format!("#[contract(expect({expect}))]"));
        assert_eq!(check_model(direction, schema, "", &own), [], "{own}");
        assert_eq!(check_model(direction, schema, expect, &item.replace("EXPECT", "")), [], "{item}");
        let unused = item.replace("EXPECT", "#[contract(expect(body))]");
        let errors = check_model(direction, schema, "", &unused);
        assert!(errors.iter().any(|error| error.message.starts_with("unused `expect(body)`")), "{errors:?}");
    }
}

#[test]
fn a_model_expects_what_has_no_field() {
    assert_eq!(only(check_model("request", "User", "", "struct M { age: u8 }")).token, "M");
    assert_eq!(check_model("request", "User", "required(\"name\")", "struct M { age: u8 }"), []);
    let state = "#[serde(rename_all = \"UPPERCASE\")] enum M { On }";
    let Reported { message, .. } = only(check_model("response", "State", "value(\"OFF\")", state));
    assert!(message.starts_with("values not covered by a variant: `IDLE`\n"), "{message}");
    assert_eq!(check_model("response", "State", "value(\"OFF\", \"IDLE\")", state), []);
    assert_eq!(check_model("response", "State", "value", state), []);
}

#[test]
fn only_expectations_are_arguments_of_a_member() {
    for (attribute, start) in [
        ("#[contract(openapi = \"a\")]", "unknown argument `openapi` of `#[contract]`"),
        ("#[contract]", "expected a list in `#[contract(…)]`"),
        ("#[contract(expect(requird))]", "unknown argument `requird` of `expect(…)`; did you mean `required`?"),
    ] {
        let Reported { message, .. } =
            only(check_model("response", "User", "", &format!("struct M {{ {attribute} name: String }}")));
        assert!(message.starts_with(start), "{message}");
    }
}
