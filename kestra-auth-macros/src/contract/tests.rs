//! Drifts, each a single change of the document: one finding, at its token; and what must stay silent.

use std::path::PathBuf;
use std::str::FromStr;

use proc_macro2::{TokenStream, TokenTree};

const DOCUMENT: &str = include_str!("tests/document.yaml");
const TRAIT: &str = include_str!("tests/trait.txt");
const MODELS: &str = include_str!("tests/models.txt");

/// Writes a document of its own and gives its path.
fn write(name: &str, text: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("kestra-auth-{}-{name}.yaml", std::process::id()));
    std::fs::write(&path, text).unwrap();
    path
}

/// The tokens and messages of all errors in an expansion.
fn errors(tokens: TokenStream) -> Vec<(String, String)> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut errors = Vec::new();
    for window in trees.windows(3) {
        if let [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Group(group)] = window
            && name == "compile_error"
        {
            let message: syn::LitStr = syn::parse2(group.stream()).unwrap();
            errors.push((name.span().source_text().unwrap_or_default(), message.value()));
        }
    }
    errors
}

fn expand_trait(arguments: &str, item: &str) -> Vec<(String, String)> {
    let (arguments, item) = (TokenStream::from_str(arguments).unwrap(), TokenStream::from_str(item).unwrap());
    errors(crate::api::expand(arguments, &item))
}

fn of_trait(name: &str, document: &str, item: &str) -> Vec<(String, String)> {
    let path = write(name, document);
    let errors =
        expand_trait(&format!("base = \"/api/v1\", openapi(path = {path:?}, client_sends(\"X-Tenant\"))"), item);
    std::fs::remove_file(path).unwrap();
    errors
}

fn of_models(name: &str, document: &str, models: &str) -> (Vec<(String, String)>, String) {
    let path = write(name, document);
    let mut all = (Vec::new(), String::new());
    for model in models.replace("DOCUMENT", &path.to_string_lossy()).split("---") {
        let tokens = super::model_check::expand(TokenStream::from_str(model).unwrap());
        all.1 += &tokens.to_string();
        all.0.extend(errors(tokens));
    }
    std::fs::remove_file(path).unwrap();
    all
}

fn change(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

#[test]
fn what_the_document_allows_is_silent() {
    assert_eq!(of_trait("silent", DOCUMENT, TRAIT), []);
    assert_eq!(of_models("silent-models", DOCUMENT, MODELS).0, []);
}

#[test]
fn a_document_may_be_json() {
    let node: serde_json::Value = serde_norway::from_str(DOCUMENT).unwrap();
    assert_eq!(of_trait("json", &node.to_string(), TRAIT), []);
}

/// What is changed in the document, into what; the token of the finding, and what it says.
const DRIFTS: &[(&str, &str, &str, &str)] = &[
    ("/api/v1/{tenant}/flows/search:", "/api/v1/{tenant}/flows/find:", "\"/main/flows/search\"", "has no path"),
    ("/api/v1/{tenant}/flows:\n    post", "/api/v1/{tenant}/flows:\n    put", "post", "has no POST: it has `PUT`"),
    ("name: page\n", "name: pageNumber\n", "page", "no query parameter `page`"),
    ("name: q\n", "name: text\n", "text", "it requires `text`"),
    ("name: q\n          in: query", "name: q\n          in: header", "text", "is a header parameter, not a query one"),
    (
        "name: X-Reason\n          in: header",
        "name: X-Reason\n          in: query",
        "reason",
        "is a query parameter, not a header one",
    ),
    (
        "          schema: {type: string} # q",
        "          schema: {type: array, items: {type: string}}",
        "&",
        "a list that repeats its name",
    ),
    ("explode: false", "explode: true", "&", "repeats its name"),
    ("style: form\n          explode: false", "style: pipeDelimited\n          explode: false", "&", "joined by `|`"),
    ("schema: {type: array, items: {type: string}} # ids", "schema: {type: string}", "&", "`ids` is one value"),
    (
        "name: filter\n          in: query\n          style: deepObject",
        "name: filter\n          in: query",
        "&",
        "one value",
    ),
    (
        "name: page\n          in: query",
        "name: page\n          in: query\n          required: true",
        "Option",
        "is required: pass it always",
    ),
    (
        "parameters: # of flow",
        "parameters:\n        - {name: mode, in: query, required: true, schema: {type: string}}",
        "flow",
        "`mode` is required and not sent",
    ),
    (
        "parameters: # of flow",
        "parameters:\n        - {name: X-Mode, in: header, required: true, schema: {type: string}}",
        "flow",
        "`X-Mode` is required and not sent",
    ),
    (
        "application/x-yaml: {} # body",
        "application/json: {}",
        "\"application/x-yaml\"",
        "the body is `application/json`",
    ),
    ("      requestBody: # create", "      x-body:", "source", "has no body"),
    (
        "parameters: # of flow",
        "requestBody: {required: true, content: {application/json: {}}}\n      parameters:",
        "flow",
        "has a body, `application/json`",
    ),
    ("required: false # update", "required: true", "Option", "the body is required"),
    ("text/csv: {}", "application/json: {}", "\"text/csv\"", "answers `application/json`"),
    ("security: [] # auths", "security: [{basic: []}]", "anonymous", "needs a credential"),
];

#[test]
fn drifts_of_operations() {
    for (from, to, token, says) in DRIFTS.iter().copied() {
        let found = of_trait("drift", &change(DOCUMENT, from, to), TRAIT);
        let [(found_token, message)] = found.as_slice() else { panic!("{from} -> {to}: {found:?}") };
        assert!(message.contains(says), "{from} -> {to}: {message}");
        assert!(message.contains(".yaml: paths"), "{message}");
        assert!(found_token == token || found_token.starts_with(token), "{from} -> {to}: {found_token}");
    }
}

#[test]
fn drifts_that_types_tell() {
    let warned = |document: &str| {
        let path = write("outside", document);
        let arguments = TokenStream::from_str(&format!("base = \"/api/v1\", openapi = {path:?}")).unwrap();
        let tokens = crate::api::expand(
            arguments,
            &TokenStream::from_str("trait A { #[get(\"/auths\")] async fn index(&self) -> Result<Answer, Error>; }")
                .unwrap(),
        );
        std::fs::remove_file(path).unwrap();
        tokens.to_string()
    };
    let plain = warned(DOCUMENT);
    assert!(!plain.contains("check_answer") && !plain.contains("is deprecated"));
    assert!(
        warned(&change(DOCUMENT, "operationId: auths", "deprecated: true")).contains("the operation is deprecated")
    );
    assert!(
        warned(&change(DOCUMENT, "application/json: {} # auths", "text/csv: {}"))
            .contains("the operation answers `text/csv`")
    );
}

#[test]
fn expectations() {
    let drifted = change(DOCUMENT, "name: page\n", "name: pageNumber\n");
    let expects =
        |kind: &str| TRAIT.replace("\"/main/flows/search\"", &format!("\"/main/flows/search\", expect({kind})"));
    assert_eq!(of_trait("expect", &drifted, &expects("parameter")), []);
    let unused = of_trait("unused", DOCUMENT, &expects("parameter"));
    assert!(
        matches!(unused.as_slice(), [(token, message)] if token == "parameter" && message.contains("nothing to silence")),
        "{unused:?}"
    );
    let wrong = of_trait("kind", DOCUMENT, &expects("paramter"));
    assert!(matches!(wrong.as_slice(), [(_, message)] if message.contains("did you mean `parameter`?")), "{wrong:?}");
}

/// An `anonymous` method that sends the key by a parameter has its credential.
#[test]
fn a_key_by_parameter() {
    let document = "paths: {/a: {get: {security: [{key: []}], responses: {}}}}
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Api-Key}}}";
    let with = "trait A { #[get(\"/a\", anonymous)] async fn a(&self, #[header(\"X-Api-Key\")] k: &str) -> R; }";
    let without = "trait A { #[get(\"/a\", anonymous)] async fn a(&self) -> R; }";
    let path = write("key", document);
    assert_eq!(expand_trait(&format!("openapi = {path:?}"), with), []);
    assert_eq!(expand_trait(&format!("openapi = {path:?}"), without).len(), 1);
    std::fs::remove_file(path).unwrap();
}

#[test]
fn twins_and_what_is_missing() {
    let twins = "trait A {
        #[cfg(v1)] #[get(\"/old\")] async fn index(&self) -> Result<(), Error>;
        #[cfg(not(v1))] #[get(\"/auths\")] async fn index(&self) -> Result<Value, Error>;
    }";
    assert_eq!(of_trait("twins", DOCUMENT, twins), []);
    let path = write("complete", DOCUMENT);
    let arguments = format!("base = \"/api/v1\", openapi(path = {path:?}, tag = \"Flows\", complete)");
    let found =
        expand_trait(&arguments, "trait A { #[get(\"/auths\")] async fn index(&self) -> Result<Value, Error>; }");
    std::fs::remove_file(path).unwrap();
    let [(token, message)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(token, "complete");
    for line in [
        "5 operations of the tag `Flows`",
        "    /// Search flows\n    #[get(\"/api/v1/{tenant}/flows/search\")]",
        "async fn search_flows(&self, tenant: &str, #[query(\"q\")] q: &str",
        "#[query(\"ids\", csv)] ids: &[&str]",
        "#[query(\"filter\", deep_object)] filter: &serde_json::Value",
        "#[body(\"application/x-yaml\")] body: &str",
        "-> Result<kestra_auth::Text, Error>",
    ] {
        let line = line.replace("#[query(\"q\")] q", "#[query] q");
        assert!(message.contains(&line), "{line} in {message}");
    }
    // The methods that are printed are right by the same rules.
    let pasted = format!("trait A {{ {} }}", message.split_once("paste:\n").unwrap().1);
    let path = write("pasted", DOCUMENT);
    assert_eq!(
        expand_trait(
            &format!("openapi(path = {path:?}, tag = \"Flows\", complete, client_sends(\"X-Tenant\"))"),
            &pasted
        ),
        []
    );
    std::fs::remove_file(path).unwrap();
}

#[test]
fn documents_that_are_not_there() {
    let item = "trait A { #[get(\"/a\")] async fn a(&self) -> R; #[get(\"/b\")] async fn b(&self) -> R; }";
    let found = expand_trait("openapi = \"nowhere.yaml\"", item);
    assert!(
        matches!(found.as_slice(), [(token, message)] if token == "\"nowhere.yaml\"" && message.contains("no document `nowhere.yaml`"))
    );
    let found = of_trait("broken", "paths: [", item);
    assert!(matches!(found.as_slice(), [(_, message)] if message.contains("is no YAML")), "{found:?}");
}

#[test]
fn references_to_other_documents() {
    let other =
        write("other", "components: {parameters: {q: {name: q, in: query, required: true, schema: {type: string}}}}");
    let name = other.file_name().unwrap().to_string_lossy().into_owned();
    let document = format!(
        "paths: {{/a: {{get: {{parameters: [{{$ref: '{name}#/components/parameters/q'}}], responses: {{}}}}}}}}"
    );
    let path = write("refers", &document);
    let found = expand_trait(&format!("openapi = {path:?}"), "trait A { #[get(\"/a\")] async fn a(&self) -> R; }");
    assert!(
        matches!(found.as_slice(), [(token, message)] if token == "a" && message.contains("`q` is required")),
        "{found:?}"
    );
    std::fs::remove_file(path).unwrap();
    std::fs::remove_file(other).unwrap();
}

#[test]
fn drifts_of_models() {
    for (from, to, token, says) in [
        ("lastName: {type: string}", "surname: {type: string}", "last_name", "no field `lastName`"),
        (
            "required: [firstName, lastName]",
            "required: [firstName, lastName, locale]",
            "User",
            "`locale` is required and not sent",
        ),
        (
            "required: [firstName, lastName]",
            "required: [firstName, lastName, nick]",
            "Option",
            "`nick` is required: send it always",
        ),
        (
            "loginPassword: {type: boolean}",
            "passwordLogin: {type: boolean}",
            "login_password",
            "no field `loginPassword`",
        ),
        ("enum: [RUNNING, DONE]", "enum: [RUNNING, DONE, PAUSED]", "State", "also has `PAUSED`"),
        ("enum: [ASC, DESC]", "enum: [ASC, DOWN]", "Desc", "no value `DESC`"),
        ("    Auth:", "    Authentication:", "\"Auth\"", "has no schema `Auth`"),
    ] {
        let (found, _) = of_models("model", &change(DOCUMENT, from, to), MODELS);
        let [(found_token, message)] = found.as_slice() else { panic!("{from} -> {to}: {found:?}") };
        assert!(message.contains(says) && found_token == token, "{from} -> {to}: {found_token}: {message}");
    }
    // What only the compiler can compare is handed to it.
    for (from, to, says) in [
        (
            "loginPassword: {type: boolean}",
            "loginPassword: {type: string}",
            "the field `loginPassword` is `string` in the document",
        ),
        ("required: [id]", "required: []", "the field `id` may be missing"),
        ("id: {type: string}", "id: {type: string, nullable: true}", "the field `id` may be null"),
        ("id: {type: string}", "id: {type: [string, 'null']}", "the field `id` may be null"),
    ] {
        let (found, tokens) = of_models("kind", &change(DOCUMENT, from, to), MODELS);
        assert_eq!(found, []);
        assert!(tokens.contains(says), "{from} -> {to}");
    }
}

/// What the README shows is what the compiler says: a client of Kestra 1.x meets the document of 2.x.
#[test]
fn the_drift_in_the_readme() {
    let readme = include_str!("../../../README.md");
    let block = |language: &str, start: &str| {
        let from = &readme[readme.find(&format!("```{language}\n{start}")).unwrap()..];
        from.lines().skip(1).take_while(|line| *line != "```").collect::<Vec<_>>().join("\n")
    };
    let code = block("rust,ignore", "#[api(openapi");
    let file = syn::parse_file(&code).unwrap();
    let [syn::Item::Trait(item)] = file.items.as_slice() else { panic!("the README has one trait there") };
    let mut item = item.clone();
    item.attrs.clear();
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/../kestra-auth/openapi/kestra-2.yaml");
    let found = expand_trait(&format!("openapi = {document:?}"), &quote::quote!(#item).to_string());
    let [(token, message)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(token, "get");
    let said = block("text", "error: `/api/v1/forgotten");
    for line in message.replace(document, "openapi/kestra-2.yaml").lines() {
        assert!(said.contains(line), "{line}");
    }
}
