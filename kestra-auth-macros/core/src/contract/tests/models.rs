use super::{DOCUMENT, Reported, TestDocument, change, expand_model, only, reported};

#[test]
fn accepts_what_the_document_allows() {
    assert_eq!(reported(TestDocument::new(DOCUMENT).expand_models()), []);
}

#[test]
fn reports_each_mismatch_once_at_its_token() {
    for (from, to, expected, start) in [
        ("lastName: {type: string}", "surname: {type: string}", "last_name", "the schema has no property `lastName`\n"),
        (
            "required: [firstName, lastName]",
            "required: [firstName, lastName, locale]",
            "User",
            "missing required field `locale`",
        ),
        (
            "required: [firstName, lastName]",
            "required: [firstName, lastName, nick]",
            "Option",
            "the field `nick` is required, and an `Option` may omit it",
        ),
        (
            "loginPassword: {type: boolean}",
            "passwordLogin: {type: boolean}",
            "login_password",
            "the schema has no property `loginPassword`",
        ),
        (
            "enum: [RUNNING, DONE]",
            "enum: [RUNNING, DONE, PAUSED]",
            "State",
            "values not covered by a variant: `PAUSED`\n",
        ),
        (
            "enum: [RUNNING, DONE]",
            "enum: [RUNNING, DONE, PAUSED, FAILED]",
            "State",
            "values not covered by a variant: `PAUSED`, `FAILED`\n",
        ),
        ("enum: [ASC, DESC]", "enum: [ASC, DOWN]", "Desc", "the schema has no value `DESC`"),
        (
            "loginPassword: {type: boolean}",
            "loginPassword: {type: string}",
            "Option",
            "expected the field `loginPassword` as `string`, found `bool`\n",
        ),
        ("required: [id]", "required: []", "String", "the field `id` may be missing in a response"),
        (
            "id: {type: string}",
            "id: {type: string, nullable: true}",
            "String",
            "the field `id` may be null in a response",
        ),
        ("id: {type: string}", "id: {type: [string, 'null']}", "String", "the field `id` may be null in a response"),
        ("    Auth:", "    Authentication:", "\"Auth\"", "the document has no schema `Auth`"),
    ] {
        let document = TestDocument::new(&change(DOCUMENT, from, to));
        let Reported { token, message } = only(reported(document.expand_models()));
        assert_eq!(token, expected, "{from} -> {to}");
        assert!(message.starts_with(start), "{from} -> {to}: {message}");
        let note = format!("\nnote: {}: components.schemas", document.path().display());
        assert!(message.contains(&note), "{message}");
    }
}

#[test]
fn leaves_other_types_to_the_compiler() {
    for (from, to, start) in [
        ("labels: {type: object}", "labels: {type: string}", "expected the field `tags` as `string`, found {found}"),
        (
            "ratio: {type: integer, nullable: true}",
            "ratio: {type: string, nullable: true}",
            "expected the field `ratio` as `string`, found {found}",
        ),
    ] {
        let expand = |document: &str| TestDocument::new(document).expand_models();
        let tokens = expand(&change(DOCUMENT, from, to));
        assert_eq!(reported(tokens.clone()), []);
        assert!(tokens.to_string().contains(start), "{from} -> {to}");
        assert!(!expand(DOCUMENT).to_string().contains(start), "{from} -> {to}");
    }
}

#[test]
fn rejects_wrong_arguments() {
    for (attribute, expected, start) in [
        ("", "User", "missing `#[contract(…)]` on `User`"),
        ("#[contract(response = \"User\")]", "contract", "missing path of the OpenAPI document"),
        ("#[contract(openapi = \"a.yaml\")]", "contract", "missing `request` or `response` in `#[contract(…)]`"),
        (
            "#[contract(openapi = \"a.yaml\", request = \"User\", response = \"User\")]",
            "response",
            "`request` and `response` exclude each other",
        ),
        (
            "#[contract(openapi = \"a.yaml\", reponse = \"User\")]",
            "reponse",
            "unknown argument `reponse` of `#[contract]`",
        ),
        (
            "#[contract(openapi = \"nowhere.yaml\", response = \"User\")]",
            "\"nowhere.yaml\"",
            "cannot find the document",
        ),
    ] {
        let expanded = expand_model(&format!("{attribute} struct User {{ id: String }}"));
        let Reported { token, message } = only(reported(expanded));
        assert_eq!(token, expected, "{attribute}");
        assert!(message.starts_with(start), "{attribute}: {message}");
    }
}

#[test]
fn generated_impls_are_automatically_derived() {
    let tokens = TestDocument::new(DOCUMENT).expand_models().to_string();
    assert_eq!(tokens.matches("impl ").count(), tokens.matches("# [automatically_derived] impl ").count());
    assert_eq!(tokens.matches("impl ").count(), 4);
}
