use super::{DOCUMENT, Reported, TRAIT, TestDocument, change, only, reported};
use crate::parse::mismatch_kind::MismatchKind::{self, *};

/// A change of the document, and the mismatch that it causes.
struct Drift {
    from: &'static str,
    to: &'static str,
    kind: MismatchKind,
    token: &'static str,
    message: &'static str,
    pointer: &'static str,
}

macro_rules! drifts {
    ($($kind:ident: $from:literal => $to:literal, at $token:literal, $message:literal, $pointer:literal;)*) => {
        &[$(Drift {
            from: $from,
            to: $to,
            kind: $kind,
            token: $token,
            message: $message,
            pointer: $pointer,
        }),*]
    };
}

const SEARCH: &str = "paths./api/v1/{tenant}/flows/search.get";
const FLOW: &str = "paths./api/v1/{tenant}/flows/{namespace}/{id}";

#[rustfmt::skip]
const DRIFTS: &[Drift] = drifts! {
    Path: "/api/v1/{tenant}/flows/search:" => "/api/v1/{tenant}/flows/find:",
        at "\"/main/flows/search\"", "the document has no path `/api/v1/main/flows/search`", "paths";
    Verb: "/api/v1/{tenant}/flows:\n    post" => "/api/v1/{tenant}/flows:\n    put",
        at "post", "expected `PUT` for `/api/v1/{tenant}/flows`, found `POST`", "paths./api/v1/{tenant}/flows";
    Parameter: "name: page\n" => "name: pageNumber\n",
        at "page", "the operation has no `query` parameter `page`", "{search}.parameters";
    Parameter: "name: q\n" => "name: text\n",
        at "text", "the operation has no `query` parameter `q`; it requires `text`", "{search}.parameters";
    Location: "name: q\n          in: query" => "name: q\n          in: header",
        at "text", "expected `header` parameter `q`, found `query` parameter", "{search}.parameters[0].in";
    Location: "name: X-Reason\n          in: header" => "name: X-Reason\n          in: query",
        at "reason", "expected `query` parameter `X-Reason`, found `header` parameter", "{search}.parameters[5].in";
    Format: "          schema: {type: string} # q" => "          schema: {type: array, items: {type: string}}",
        at "&", "expected `q` as a list that repeats its name", "{search}.parameters[0]";
    Format: "explode: false" => "explode: true",
        at "&", "expected `ids` as a list that repeats its name", "{search}.parameters[2]";
    Format: "style: form\n          explode: false" => "style: pipeDelimited\n          explode: false",
        at "&", "expected `ids` as a list joined by `|`", "{search}.parameters[2]";
    Format: "style: form\n          explode: false" => "style: spaceDelimited\n          explode: false",
        at "&", "expected `ids` as a list joined by ` `", "{search}.parameters[2]";
    Format: "schema: {type: array, items: {type: string}} # ids" => "schema: {type: string}",
        at "&", "expected `ids` as a single value", "{search}.parameters[2]";
    Format: "name: filter\n          in: query\n          style: deepObject" => "name: filter\n          in: query",
        at "&", "expected `filter` as a single value", "{search}.parameters[3]";
    Required: "name: page\n          in: query" => "name: page\n          in: query\n          required: true",
        at "Option", "the `query` parameter `page` is required, and an `Option` may omit it",
        "{search}.parameters[1].required";
    Required: "parameters: # of flow" =>
            "parameters:\n        - {name: mode, in: query, required: true, schema: {type: string}}",
        at "flow", "missing required `query` parameter `mode`", "{flow}.get.parameters[0]";
    Required: "parameters: # of flow" =>
            "parameters:\n        - {name: X-Mode, in: header, required: true, schema: {type: string}}",
        at "flow", "missing required `header` parameter `X-Mode`", "{flow}.get.parameters[0]";
    MediaType: "application/x-yaml: {} # body" => "application/json: {}",
        at "\"application/x-yaml\"", "expected a request body of type `application/json`, found `application/x-yaml`",
        "paths./api/v1/{tenant}/flows.post.requestBody.content";
    Body: "      requestBody: # create" => "      x-body:",
        at "source", "the operation has no request body", "paths./api/v1/{tenant}/flows.post";
    Body: "parameters: # of flow" =>
            "requestBody: {required: true, content: {application/json: {}}}\n      parameters:",
        at "flow", "missing required request body of type `application/json`", "{flow}.get.requestBody";
    Required: "required: false # update" => "required: true",
        at "Option", "the request body is required, and an `Option` may omit it", "{flow}.put.requestBody.required";
    Response: "text/csv: {}" => "application/json: {}",
        at "\"text/csv\"", "expected a response of type `application/json`, found `text/csv`", "{search}.responses";
    Type: "name: page\n          in: query\n          schema: {type: integer}" =>
            "name: page\n          in: query\n          schema: {type: boolean}",
        at "Option", "expected `page` as `boolean`, found `u32`", "{search}.parameters[1].schema";
    Status: "'410': {} # gone" => "'409': {}",
        at "410", "the operation has no response with the status 410", "{flow}.get.responses";
    Credential: "security: [] # auths" => "security: [{basic: []}]",
        at "anonymous", "the operation requires a credential, and `anonymous` sends none",
        "paths./api/v1/auths.get.security";
};

#[test]
fn accepts_what_the_document_allows() {
    assert_eq!(TestDocument::new(DOCUMENT).check(TRAIT), []);
}

#[test]
fn reports_each_mismatch_once_at_its_token() {
    for drift in DRIFTS {
        let document = TestDocument::new(&change(DOCUMENT, drift.from, drift.to));
        let Reported { token, message } = only(document.check(TRAIT));
        assert!(message.starts_with(drift.message), "{} -> {}: {message}", drift.from, drift.to);
        assert!(token.starts_with(drift.token), "{} -> {}: {token}", drift.from, drift.to);
        let pointer = drift.pointer.replace("{search}", SEARCH).replace("{flow}", FLOW);
        let note = format!("\nnote: {}: {pointer}", document.path().display());
        assert!(message.ends_with(&note), "{message}");
        let help = format!("or allow the mismatch with `expect({})` in `#[", drift.kind.word());
        assert!(message.contains(&help), "{message}");
    }
}

/// `expect(…)` on one endpoint silences the mismatch, and every other endpoint has nothing to silence.
#[test]
fn expect_silences_each_kind() {
    for drift in DRIFTS {
        let document = TestDocument::new(&change(DOCUMENT, drift.from, drift.to));
        let expect = format!("expect({})", drift.kind.word());
        let silenced = with_expect(&expect).into_iter().filter(|item| document.check(item).is_empty());
        assert_eq!(silenced.count(), 1, "{} -> {}: {expect}", drift.from, drift.to);
    }
    for word in MismatchKind::WORDS {
        let has_drift = DRIFTS.iter().any(|drift| drift.kind.word() == *word);
        // The compiler finds the others.
        let is_of_models = [Property, Value].iter().any(|kind| kind.word() == *word);
        let is_compilers = [Deprecated, Model].iter().any(|kind| kind.word() == *word);
        assert!(has_drift || is_of_models || is_compilers, "no drift of the kind `{word}`");
    }
}

#[test]
fn rejects_an_expectation_that_silences_nothing() {
    let document = TestDocument::new(DOCUMENT);
    for word in MismatchKind::WORDS {
        for item in with_expect(&format!("expect({word})")) {
            let Reported { token, message } = only(document.check(&item));
            assert_eq!(token, *word);
            assert!(message.starts_with(&format!("unused `expect({word})`")), "{message}");
        }
    }
}

#[test]
fn the_reference_lists_every_kind() {
    let reference = include_str!("../../../../../kestra-auth/src/api.md");
    for word in MismatchKind::WORDS {
        assert!(reference.contains(&format!("\n| `{word}` | ")), "`{word}` has no row in the reference");
    }
}

#[test]
fn suggests_a_kind_of_mismatch() {
    let item = with_expect("expect(paramter)").swap_remove(0);
    let Reported { token, message } = only(TestDocument::new(DOCUMENT).check(&item));
    assert_eq!(token, "paramter");
    assert!(message.contains("did you mean `parameter`?"), "{message}");
}

/// The trait with an argument added to each verb in turn.
fn with_expect(expect: &str) -> Vec<String> {
    let lines: Vec<&str> = TRAIT.lines().collect();
    // Attributes of arguments are indented further.
    let is_verb = |line: &str| line.starts_with("    #[");
    let verbs = lines.iter().enumerate().filter(|(_, line)| is_verb(line));
    let changed = verbs.map(|(index, line)| {
        let mut lines = lines.clone();
        let verb = line.replace(")]", &format!(", {expect})]"));
        lines[index] = &verb;
        lines.join("\n")
    });
    changed.collect()
}

/// Expands one endpoint, for what the macro leaves to the compiler.
fn expand_auths(document: &str) -> String {
    let item = "trait A { #[get(\"/auths\")] async fn index(&self) -> Result<Auths, Error>; }";
    TestDocument::new(document).expand("base = \"/api/v1\",", "", item).to_string()
}

#[test]
fn leaves_nothing_to_the_compiler_for_json() {
    let tokens = expand_auths(DOCUMENT);
    assert!(!tokens.contains("check_response") && !tokens.contains("__deprecated"), "{tokens}");
}

#[test]
fn warns_of_a_deprecated_operation() {
    let tokens = expand_auths(&change(DOCUMENT, "operationId: auths", "deprecated: true"));
    assert!(tokens.contains("the operation is deprecated\\nhelp: "), "{tokens}");
}

#[test]
fn leaves_other_media_types_to_the_compiler() {
    let tokens = expand_auths(&change(DOCUMENT, "application/json: {} # auths", "text/csv: {}"));
    assert!(tokens.contains("expected a result that reads `text/csv`"), "{tokens}");
}

#[test]
fn an_api_key_in_a_parameter_is_a_credential() {
    let document = TestDocument::new(
        "openapi: 3.0.4
paths: {/a: {get: {security: [{key: []}], responses: {}}}}
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Api-Key}}}",
    );
    let with = "trait A { #[get(\"/a\", anonymous)] async fn a(&self, #[header(\"X-Api-Key\")] k: &str) -> R; }";
    let without = "trait A { #[get(\"/a\", anonymous)] async fn a(&self) -> R; }";
    assert_eq!(reported(document.expand("", "", with)), []);
    assert_eq!(only(reported(document.expand("", "", without))).token, "anonymous");
}

/// Methods of one name under different `cfg`s may be for different servers.
#[test]
fn skips_twins() {
    let twins = "trait A {
        #[cfg(v1)] #[get(\"/old\")] async fn index(&self) -> Result<(), Error>;
        #[cfg(not(v1))] #[get(\"/auths\")] async fn index(&self) -> Result<Value, Error>;
    }";
    assert_eq!(TestDocument::new(DOCUMENT).check(twins), []);
}

const INDEX: &str = "trait A { #[get(\"/auths\")] async fn index(&self) -> Result<Value, Error>; }";

#[test]
fn complete_prints_what_is_missing() {
    let document = TestDocument::new(DOCUMENT);
    let openapi = ", tag = \"Flows\", complete";
    let Reported { token, message } = only(reported(document.expand("base = \"/api/v1\",", openapi, INDEX)));
    assert_eq!(token, "complete");
    for line in [
        "missing operations with the tag `Flows`\nhelp: add to the trait\n",
        "    /// Search flows.\n    #[get(\"/{tenant}/flows/search\")]",
        "        tenant: &str,\n        #[query] q: &str,\n",
        "#[query(csv)] ids: &[",
        "#[query(deep_object)] filter: ",
        "#[body(\"application/x-yaml\")] body: &str",
        "-> Result<Text, Error>",
    ] {
        assert!(message.contains(line), "{line} in {message}");
    }
    // The printed methods are valid by the same rules.
    let (_, methods) = message.split_once("trait\n").unwrap();
    let (methods, models) = methods.split_once("and these models:").unwrap();
    assert!(models.contains("pub struct "), "{models}");
    let openapi = ", tag = \"Flows\", complete, client_sends(\"X-Tenant\")";
    assert_eq!(reported(document.expand("base = \"/api/v1\",", openapi, &format!("trait A {{ {methods} }}"))), []);
}

#[test]
fn complete_suggests_a_tag() {
    let openapi = ", tag = \"Flow\", complete";
    let expanded = TestDocument::new(DOCUMENT).expand("base = \"/api/v1\",", openapi, INDEX);
    let Reported { token, message } = only(reported(expanded));
    assert_eq!(token, "\"Flow\"");
    assert!(message.starts_with("no operation has the tag `Flow`; did you mean `Flows`?"), "{message}");
}
