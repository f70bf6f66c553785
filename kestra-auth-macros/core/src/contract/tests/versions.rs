use super::{Reported, TestDocument, only, reported};

/// The same API in Swagger 2.0 and in OpenAPI 3.
const SWAGGER: &str = "
swagger: '2.0'
host: api.example.com
basePath: /v1
schemes: [https]
consumes: [application/json]
produces: [application/json]
parameters:
  limit: {name: limit, in: query, type: integer, required: true}
  user: {name: user, in: body, required: true, schema: {$ref: '#/definitions/User'}}
definitions:
  User:
    type: object
    required: [name]
    properties:
      name: {type: string}
      nick: {type: string, x-nullable: true}
      state: {type: string, enum: [ON, OFF]}
securityDefinitions:
  basic: {type: basic}
paths:
  /users:
    parameters:
      - {name: X-Trace, in: header, type: string}
    get:
      parameters:
        - {$ref: '#/parameters/limit'}
        - {name: ids, in: query, type: array, items: {type: string}, collectionFormat: csv}
        - {name: tags, in: query, type: array, items: {type: string}, collectionFormat: multi}
        - {name: rows, in: query, type: array, items: {type: string}, collectionFormat: tsv}
      responses:
        200: {description: ok, schema: {type: array, items: {$ref: '#/definitions/User'}}}
    post:
      parameters:
        - {$ref: '#/parameters/user'}
      responses:
        201: {description: ok}
  /users/{id}/photo:
    put:
      consumes: [multipart/form-data]
      parameters:
        - {name: id, in: path, type: string, required: true}
        - {name: photo, in: formData, type: file, required: true}
      responses:
        204: {description: ok}
  /login:
    post:
      consumes: [application/x-www-form-urlencoded]
      security: [{basic: []}]
      parameters:
        - {name: name, in: formData, type: string, required: true}
      responses:
        200: {description: ok, schema: {type: file}}
  /plain:
    post:
      consumes: [text/plain]
      parameters:
        - {name: text, in: body, schema: {type: string}}
      responses:
        200: {description: ok}
";

const METHODS: &[&str] = &[
    "#[get(\"/users\")] async fn list(&self, #[query] limit: u32, #[query(\"ids\", csv)] ids: &[&str], \
     #[query] tags: &[&str], #[query(\"rows\", tsv)] rows: &[&str], #[header(\"X-Trace\")] trace: Option<&str>) -> R;",
    "#[post(\"/v1/users\")] async fn create(&self, #[json] user: &User) -> R;",
    "#[put(\"/users/{id}/photo\")] async fn photo(&self, id: &str, #[part] photo: Bytes) -> R;",
    "#[post(\"/login\")] async fn login(&self, #[field] name: &str) -> R;",
    "#[post(\"/plain\")] async fn plain(&self, #[body(\"text/plain\")] text: &str) -> R;",
];

fn check(methods: &str) -> Vec<Reported> {
    reported(TestDocument::new(SWAGGER).expand("", "", &format!("trait A {{ {methods} }}")))
}

#[test]
fn swagger_is_translated() {
    assert_eq!(check(&METHODS.concat()), []);
}

#[rustfmt::skip]
#[test]
fn mismatches_with_swagger_point_into_the_document() {
    for (index, from, to, token, message, pointer) in [
        (0, "limit: u32", "limit: Option<u32>", "Option", "the `query` parameter `limit` is required",
            "paths./users.get.parameters[0].required"),
        (0, "\"ids\", csv", "\"ids\", pipes", "&", "expected `ids` as a list joined by `,`",
            "paths./users.get.parameters[1]"),
        (0, "\"rows\", tsv", "\"rows\", ssv", "&", "expected `rows` as a list joined by a tab",
            "paths./users.get.parameters[3]"),
        (0, "#[query] tags", "#[query(\"tags\", csv)] tags", "&", "expected `tags` as a list that repeats its name",
            "paths./users.get.parameters[2]"),
        (1, "#[json] user: &User", "", "create", "missing required request body of type `application/json`",
            "paths./users.post.parameters"),
        (1, "#[json] user", "#[form] user", "user", "expected a request body of type `application/json`",
            "paths./users.post.parameters"),
        (3, "\"/login\"", "\"/login\", anonymous", "anonymous", "the operation requires a credential",
            "paths./login.post.security"),
    ] {
        let method = METHODS[index].replacen(from, to, 1);
        let Reported { token: found, message: text } = only(check(&method));
        assert!(found.starts_with(token), "{method}: {found}");
        assert!(text.starts_with(message) && text.ends_with(&format!(": {pointer}")), "{method}: {text}");
    }
}

#[test]
fn models_are_compared_with_definitions() {
    let document = TestDocument::new(SWAGGER);
    let expand = |fields: &str| {
        let path = document.path().display();
        super::expand_model(&format!(
            "#[contract(openapi = \"{path}\", response = \"User\")] struct User {{ {fields} }}"
        ))
    };
    assert_eq!(reported(expand("name: String, nick: Option<String>, state: Option<State>")), []);
    let Reported { token, message } = only(reported(expand("name: String, niick: Option<String>")));
    assert_eq!(token, "niick");
    assert!(
        message.contains("did you mean `nick`?") && message.ends_with(": definitions.User.properties"),
        "{message}"
    );
}

#[test]
fn versions_of_openapi_3_are_read() {
    for version in ["3.0.0", "3.0.4", "3.1.1", "'3.1'", "3.1", "3.2.0"] {
        let document = TestDocument::new(&format!("openapi: {version}\npaths: {{/a: {{get: {{}}}}}}"));
        assert_eq!(
            reported(document.expand("", "", "trait A { #[get(\"/a\")] async fn a(&self) -> R; }")),
            [],
            "{version}"
        );
    }
}

#[test]
fn other_documents_are_one_error() {
    let item = "trait A { #[get(\"/a\")] async fn a(&self) -> R; #[get(\"/b\")] async fn b(&self) -> R; }";
    for (text, message) in [
        ("openapi: 4.0.0", "unsupported version `openapi: 4.0.0` of the document"),
        ("openapi: 2.0", "unsupported version `openapi: 2` of the document"),
        ("swagger: '1.2'", "unsupported version `swagger: 1.2` of the document"),
        ("swaggerVersion: '1.2'", "unsupported version `swaggerVersion: 1.2` of the document"),
        ("asyncapi: 2.6.0", "unsupported version `asyncapi: 2.6.0` of the document"),
        ("paths: {}", "expected `openapi` or `swagger` with a version"),
        ("{\"info\": {}}", "expected `openapi` or `swagger` with a version"),
        ("<html></html>", "expected `openapi` or `swagger` with a version"),
        ("", "expected `openapi` or `swagger` with a version"),
        ("[]", "expected `openapi` or `swagger` with a version"),
    ] {
        let document = TestDocument::new(text);
        let Reported { token, message: found } = only(reported(document.expand("", "", item)));
        assert!(found.starts_with(message), "{text}: {found}");
        assert_eq!(token, format!("{:?}", document.path().to_string_lossy()));
    }
}

/// The methods beyond the verbs, and the query as one value.
#[test]
fn operations_of_openapi_32_are_found() {
    let document = TestDocument::new(
        "openapi: 3.2.0
paths:
  /a:
    query:
      requestBody: {required: true, content: {application/json: {}}}
    additionalOperations:
      COPY: {deprecated: false}
    get:
      parameters:
        - {name: all, in: querystring, content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {q: {type: string}}}}}}
",
    );
    let check = |method: &str| {
        reported(document.expand("", "", &format!("trait A {{ {method} async fn a(&self, #[json] b: &B) -> R; }}")))
    };
    assert_eq!(check("#[http(QUERY, \"/a\")]"), []);
    let Reported { token, message } = only(check("#[http(COPY, \"/a\")]"));
    assert_eq!(token, "b");
    assert!(message.ends_with("paths./a.additionalOperations.COPY"), "{message}");
    let Reported { token, message } = only(check("#[put(\"/a\")]"));
    assert_eq!(token, "put");
    assert!(message.contains("expected `GET`, `QUERY` or `COPY`"), "{message}");
    assert!(message.contains("`#[get]`, `#[http(QUERY)]` or `#[http(COPY)]`"), "{message}");
    let query = |name: &str| {
        let item = format!("trait A {{ #[get(\"/a\")] async fn a(&self, #[query] {name}: &str) -> R; }}");
        reported(document.expand("", "", &item)).len()
    };
    assert_eq!((query("q"), query("z")), (0, 1));
}
