//! A mutation matrix: for each kind of mismatch that the macro itself finds, single changes of a small document or of
//! a signature. Each is found once, at its token; what is changed in the other direction stays silent.

pub(crate) mod models;

use super::{Reported, TestDocument, change, reported};
use crate::parse::mismatch_kind::MismatchKind::{self, *};

pub(crate) const DOCUMENT: &str = include_str!("matrix/document.yaml");
const TRAIT: &str = include_str!("matrix/trait.txt");

/// Where the change is.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum In {
    Document,
    Trait,
}

use In::{Document, Trait};

pub(crate) type Mutation = (MismatchKind, In, &'static str, &'static str, &'static str);

/// The kind, what is changed, from what, to what, and the token of the error.
#[rustfmt::skip]
pub(crate) const MUTATIONS: &[Mutation] = &[
    (Path, Document, "  /tags:\n", "  /tag:\n", "\"/tags\""),
    (Path, Document, "  /lines:\n", "  /lines/all:\n", "\"/lines\""),
    (Path, Document, "  /login:\n", "  /log-in:\n", "\"/login\""),
    (Path, Document, "  /upload:\n", "  /uploads:\n", "\"/upload\""),
    (Path, Document, "  /count:\n", "  /counts:\n", "\"/count\""),
    (Path, Trait, "\"/count\"", "\"/cuont\"", "\"/cuont\""),
    (Path, Trait, "\"/upload\"", "\"/upload/\"", "\"/upload/\""),
    (Path, Trait, "\"/login\"", "\"/v1/login\"", "\"/v1/login\""),
    (Path, Trait, "\"/tags\"", "\"/flows/tags/all\"", "\"/flows/tags/all\""),
    (Path, Trait, "\"/lines\"", "\"/line\"", "\"/line\""),

    (Verb, Document, "  /count:\n    get:", "  /count:\n    post:", "get"),
    (Verb, Document, "  /login:\n    post:", "  /login:\n    put:", "post"),
    (Verb, Document, "  /upload:\n    post:", "  /upload:\n    patch:", "post"),
    (Verb, Document, "  /tags:\n    get:", "  /tags:\n    head:", "get"),
    (Verb, Document, "    delete: # flow", "    patch:", "delete"),
    (Verb, Document, "    put: # flow", "    patch:", "put"),
    (Verb, Trait, "#[delete(", "#[patch(", "patch"),
    (Verb, Trait, "#[get(\"/count\"", "#[options(\"/count\"", "options"),
    (Verb, Trait, "#[get(\"/tags\"", "#[delete(\"/tags\"", "delete"),
    (Verb, Trait, "#[get(\"/lines\"", "#[patch(\"/lines\"", "patch"),

    (Parameter, Document, "name: page,", "name: number,", "page"),
    (Parameter, Document, "name: sort,", "name: order,", "sort"),
    (Parameter, Document, "name: ids,", "name: keys,", "ids"),
    (Parameter, Document, "name: X-Dry-Run,", "name: X-Dry,", "dry_run"),
    (Parameter, Document, "name: session,", "name: sid,", "session"),
    (Parameter, Trait, "#[query] page", "#[query(\"pages\")] page", "page"),
    (Parameter, Trait, "#[header(\"X-Dry-Run\")]", "#[header(\"X-Run\")]", "dry_run"),
    (Parameter, Trait, "#[cookie(\"session\")]", "#[cookie(\"sesion\")]", "session"),
    (Parameter, Trait, "#[field(\"user\")]", "#[field(\"usr\")]", "\"usr\""),
    (Parameter, Trait, "#[field(\"age\")]", "#[field(\"years\")]", "\"years\""),
    (Parameter, Trait, "#[part(\"file\")]", "#[part(\"file2\")]", "\"file2\""),
    (Parameter, Trait, "#[part(\"note\", media = \"text/plain\")]", "#[part(\"notes\", media = \"text/plain\")]", "\"notes\""),
    (Parameter, Document, "note: {type: string}", "remark: {type: string}", "\"note\""),
    (Parameter, Document, "age: {type: integer}", "years: {type: integer}", "\"age\""),

    (Location, Document, "{name: page, in: query", "{name: page, in: header", "page"),
    (Location, Document, "{name: page, in: query", "{name: page, in: cookie", "page"),
    (Location, Document, "{name: sort, in: query", "{name: sort, in: header", "sort"),
    (Location, Document, "{name: ids, in: query", "{name: ids, in: header", "ids"),
    (Location, Document, "{name: X-Dry-Run, in: header", "{name: X-Dry-Run, in: query", "dry_run"),
    (Location, Document, "{name: session, in: cookie", "{name: session, in: query", "session"),
    (Location, Trait, "#[query] page", "#[header(\"page\")] page", "page"),
    (Location, Trait, "#[query] page", "#[cookie(\"page\")] page", "page"),
    (Location, Trait, "#[header(\"X-Dry-Run\")]", "#[query(\"X-Dry-Run\")]", "dry_run"),
    (Location, Trait, "#[cookie(\"session\")]", "#[header(\"session\")]", "session"),

    (Format, Document, "{name: page, in: query, schema: {type: integer}}", "{name: page, in: query, schema: {type: array, items: {type: integer}}}", "Option"),
    (Format, Document, "explode: false, schema: {type: array, items: {type: integer}}", "schema: {type: array, items: {type: integer}}", "&"),
    (Format, Document, "explode: false, schema: {type: array, items: {type: integer}}", "style: pipeDelimited, explode: false, schema: {type: array, items: {type: integer}}", "&"),
    (Format, Document, "explode: false, schema: {type: array, items: {type: integer}}", "style: spaceDelimited, explode: false, schema: {type: array, items: {type: integer}}", "&"),
    (Format, Document, "explode: false, schema: {type: array, items: {type: integer}}", "schema: {type: integer}", "&"),
    (Format, Trait, "#[query(csv)] ids", "#[query] ids", "&"),
    (Format, Trait, "#[query(csv)] ids", "#[query(pipes)] ids", "&"),
    (Format, Trait, "#[query(csv)] ids", "#[query(ssv)] ids", "&"),
    (Format, Trait, "#[query(csv)] ids: &[u64]", "#[query] ids: u64", "u64"),
    (Format, Trait, "page: Option<u32>", "page: &[u32]", "&"),
    (Format, Trait, "#[part(\"note\", media = \"text/plain\")] note: Option<&str>", "#[part(\"note\", media = \"text/plain\")] note: &[&str]", "&"),

    (Required, Document, "{name: page, in: query,", "{name: page, in: query, required: true,", "Option"),
    (Required, Document, "{name: session, in: cookie,", "{name: session, in: cookie, required: true,", "Option"),
    (Required, Document, "parameters: # list", "parameters:\n        - {name: q, in: query, required: true, schema: {type: string}}", "list"),
    (Required, Document, "parameters: # list", "parameters:\n        - {name: X-Tenant, in: header, required: true, schema: {type: string}}", "list"),
    (Required, Document, "required: [user]", "required: [user, realm]", "login"),
    (Required, Document, "required: [user]", "required: [user, age]", "Option"),
    (Required, Document, "required: [file]", "required: [file, note]", "Option"),
    (Required, Document, "required: [file]", "required: [file, kind]", "upload"),
    (Required, Document, "required: false # replace", "required: true", "Option"),
    (Required, Trait, "#[field(\"user\")] user: &str", "#[field(\"user\")] user: Option<&str>", "Option"),
    (Required, Trait, "#[field(\"user\")] user: &str,", "", "login"),
    (Required, Trait, "#[part(\"file\")] file: Vec<u8>,", "", "upload"),

    (Body, Document, "      requestBody: # create", "      x-body:", "flow"),
    (Body, Document, "      requestBody: # replace", "      x-body:", "flow"),
    (Body, Document, "      requestBody: # login", "      x-body:", "user"),
    (Body, Document, "      requestBody: # upload", "      x-body:", "file"),
    (Body, Document, "  /count:\n    get:", "  /count:\n    get:\n      requestBody: {required: true, content: {application/json: {}}}", "count"),
    (Body, Document, "  /tags:\n    get:", "  /tags:\n    get:\n      requestBody: {required: true, content: {text/plain: {}}}", "tags"),
    (Body, Document, "    delete: # flow", "    delete:\n      requestBody: {required: true, content: {application/json: {}}}", "delete"),
    (Body, Trait, "#[json] flow: &[NewFlow]", "", "create"),
    (Body, Trait, "delete(&self, id: u64)", "delete(&self, id: u64, #[json] body: &Value)", "body"),
    (Body, Trait, "delete(&self, id: u64)", "delete(&self, id: u64, #[body(\"text/plain\")] body: &str)", "body"),

    (MediaType, Document, "application/json: # create", "application/scim+json:", "flow"),
    (MediaType, Document, "application/json: # create", "application/xml:", "flow"),
    (MediaType, Document, "application/json: # replace", "text/csv:", "flow"),
    (MediaType, Document, "application/x-www-form-urlencoded:", "application/json:", "user"),
    (MediaType, Document, "multipart/form-data:", "application/octet-stream:", "file"),
    (MediaType, Document, "file: {contentType: '*/*'}", "note: {contentType: text/html}", "\"text/plain\""),
    (MediaType, Trait, "#[json] flow: &[NewFlow]", "#[json(\"application/scim+json\")] flow: &[NewFlow]", "\"application/scim+json\""),
    (MediaType, Trait, "#[json] flow: &[NewFlow]", "#[body(\"application/xml\")] flow: &str", "\"application/xml\""),
    (MediaType, Trait, "#[json] flow: Option<&Value>", "#[form] flow: Option<&Value>", "flow"),
    (MediaType, Trait, "#[json] flow: Option<&Value>", "#[body(\"text/csv\")] flow: Option<&str>", "\"text/csv\""),

    (Type, Document, "{name: page, in: query, schema: {type: integer}}", "{name: page, in: query, schema: {type: boolean}}", "Option"),
    (Type, Document, "schema: {type: string, enum: [ASC, DESC]}", "schema: {type: number}", "&"),
    (Type, Document, "schema: {type: array, items: {type: integer}}", "schema: {type: array, items: {type: boolean}}", "&"),
    (Type, Document, "{name: X-Dry-Run, in: header, schema: {type: boolean}}", "{name: X-Dry-Run, in: header, schema: {type: integer}}", "bool"),
    (Type, Document, "{name: id, in: path, required: true, schema: {type: integer}} # flow", "{name: id, in: path, required: true, schema: {type: string, enum: [a, b]}}", "u64"),
    (Type, Document, "{name: id, in: path, required: true, schema: {type: integer}} # flow", "{name: id, in: path, required: true, schema: {type: boolean}}", "u64"),
    (Type, Document, "age: {type: integer}", "age: {type: boolean}", "Option"),
    (Type, Document, "schema: {type: integer, format: int64} # count", "schema: {type: string}", "u64"),
    (Type, Document, "schema: {type: integer, format: int64} # count", "schema: {type: integer, minimum: -1}", "u64"),
    (Type, Document, "schema: {type: integer, format: int64} # count", "schema: {type: array, items: {type: integer}}", "u64"),
    (Type, Document, "schema: {type: array, items: {type: string}} # tags", "schema: {type: array, items: {type: integer}}", "Vec"),
    (Type, Document, "schema: {type: array, items: {type: string}} # tags", "schema: {type: string}", "Vec"),
    (Type, Document, "schema: {type: array, items: {type: string}} # tags", "schema: {type: object}", "Vec"),
    (Type, Document, "schema: {type: array, items: {type: object}} # create", "schema: {type: object}", "&"),
    (Type, Trait, "page: Option<u32>", "page: Option<&str>", "Option"),
    (Type, Trait, "page: Option<u32>", "page: f64", "f64"),
    (Type, Trait, "sort: &str", "sort: bool", "bool"),
    (Type, Trait, "sort: &str", "sort: u8", "u8"),
    (Type, Trait, "ids: &[u64]", "ids: &[&str]", "&"),
    (Type, Trait, "ids: &[u64]", "ids: Vec<bool>", "Vec"),
    (Type, Trait, "dry_run: bool", "dry_run: &str", "&"),
    (Type, Trait, "id: u64, #[header", "id: &str, #[header", "&"),
    (Type, Trait, "age: Option<u8>", "age: Option<&str>", "Option"),
    (Type, Trait, "Result<u64, Error>", "Result<u32, Error>", "u32"),
    (Type, Trait, "Result<u64, Error>", "Result<bool, Error>", "bool"),
    (Type, Trait, "Result<Vec<String>, Error>", "Result<Vec<u64>, Error>", "Vec"),
    (Type, Trait, "Result<Vec<String>, Error>", "Result<HashMap<String, String>, Error>", "HashMap"),
    (Type, Trait, "Result<Vec<String>, Error>", "Result<Vec<Vec<String>>, Error>", "Vec"),
    (Type, Trait, "flow: &[NewFlow]", "flow: &str", "&"),

    (Response, Document, "text/csv: {} # lines", "text/html: {}", "\"text/csv\""),
    (Response, Document, "text/csv: {} # lines", "application/json: {}", "\"text/csv\""),
    (Response, Document, "text/csv: {} # lines", "image/png: {}", "\"text/csv\""),
    (Response, Document, "'200': {content: {application/json: {schema: {type: integer, format: int64} # count\n        }}}", "'204': {}", "u64"),
    (Response, Document, "'200': {content: {application/json: {schema: {type: array, items: {type: string}} # tags\n        }}}", "'204': {}", "Vec"),
    (Response, Trait, "accept = \"text/csv\"", "accept = \"text/html\"", "\"text/html\""),
    (Response, Trait, "accept = \"text/csv\"", "accept = \"application/json\"", "\"application/json\""),
    (Response, Trait, "accept = \"text/csv\"", "accept = \"image/png\"", "\"image/png\""),
    (Response, Trait, "async fn delete(&self, id: u64) -> Result<()", "async fn delete(&self, id: u64) -> Result<u64", "u64"),
    (Response, Trait, "async fn delete(&self, id: u64) -> Result<()", "async fn delete(&self, id: u64) -> Result<Vec<String>", "Vec"),
    (Response, Trait, "async fn delete(&self, id: u64) -> Result<()", "async fn delete(&self, id: u64) -> Result<HashMap<String, u8>", "HashMap"),

    (Status, Document, "'404': {}\n        '410': {}", "'404': {}", "410"),
    (Status, Document, "'410': {}", "'409': {}", "410"),
    (Status, Document, "'410': {}", "'5XX': {}", "410"),
    (Status, Document, "'304': {}", "'204': {}", "304"),
    (Status, Document, "'304': {}", "'4XX': {}", "304"),
    (Status, Trait, "none(404, 410)", "none(404, 410, 418)", "418"),
    (Status, Trait, "none(404, 410)", "none(404, 409)", "409"),
    (Status, Trait, "none(404, 410)", "none(500)", "500"),
    (Status, Trait, "also(304)", "also(300)", "300"),
    (Status, Trait, "also(304)", "also(304, 303)", "303"),

    (Credential, Document, "security: [] # count", "security: [{key: []}]", "anonymous"),
    (Credential, Document, "security: [] # count", "x-security: []", "anonymous"),
    (Credential, Document, "security: [] # count", "security: [{key: []}, {basic: []}]", "anonymous"),
    (Credential, Document, "security: [{}, {key: []}] # tags", "security: [{key: []}]", "anonymous"),
    (Credential, Document, "security: [{}, {key: []}] # tags", "security: [{basic: []}]", "anonymous"),
    (Credential, Document, "security: [{}, {key: []}] # tags", "x-security: []", "anonymous"),
    (Credential, Trait, "#[get(\"/lines\"", "#[get(\"/lines\", anonymous", "anonymous"),
    (Credential, Trait, "#[post(\"/login\"", "#[post(\"/login\", anonymous", "anonymous"),
    (Credential, Trait, "#[post(\"/upload\"", "#[post(\"/upload\", anonymous", "anonymous"),
    (Credential, Trait, "#[delete(\"/flows/{id}\"", "#[delete(\"/flows/{id}\", anonymous", "anonymous"),
];

fn check(document: &str, item: &str) -> Vec<Reported> {
    reported(TestDocument::new(document).expand("", "", item))
}

#[test]
fn accepts_what_the_document_allows() {
    assert_eq!(check(DOCUMENT, TRAIT), []);
}

#[test]
fn finds_each_mutation_once_at_its_token() {
    let mut wrong = Vec::new();
    for (kind, place, from, to, token) in MUTATIONS {
        let found = match place {
            Document => check(&change(DOCUMENT, from, to), TRAIT),
            Trait => check(DOCUMENT, &change(TRAIT, from, to)),
        };
        let help = format!("allow the mismatch with `expect({})`", kind.word());
        let is_found = |found: &Reported| found.token.starts_with(token) && found.message.contains(&help);
        if found.len() != 1 || !found.iter().all(is_found) {
            wrong.push(format!("{}: {from} -> {to}: {found:#?}", kind.word()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_kind_has_ten_mutations() {
    for word in MismatchKind::WORDS {
        // The compiler finds the first two, and the other two are of models.
        if [Model, Deprecated, Property, Value].iter().any(|kind| kind.word() == *word) {
            continue;
        }
        let count = MUTATIONS.iter().filter(|(kind, ..)| kind.word() == *word).count();
        assert!(count >= 10, "{count} mutations of the kind `{word}`");
    }
}

/// The README promises what is compared, and that is what the mutations and the programs in `tests/ui` show.
#[test]
fn the_readme_promises_every_kind_and_no_other() {
    let readme = include_str!("../../../../../README.md");
    let (_, promise) = readme.split_once("What compiles matches the document").unwrap();
    let (promise, _) = promise.split_once("A model fits").unwrap();
    let named = |word: &str| promise.contains(&format!("`{word}`)"));
    let missing: Vec<_> = MismatchKind::WORDS.iter().filter(|word| !named(word)).collect();
    assert!(missing.is_empty(), "the README does not mention {missing:?}");
    let words = promise.split("(`").skip(1).filter_map(|rest| rest.split("`)").next());
    let unknown: Vec<_> = words.filter(|word| !MismatchKind::WORDS.contains(word)).collect();
    assert!(unknown.is_empty(), "no mismatch has the kind {unknown:?}");
}

/// What the README says is not compared, with a change of it that stays silent.
#[rustfmt::skip]
const NOT_COMPARED: &[(&str, In, &str, &str)] = &[
    ("types of other crates", Trait, "page: Option<u32>", "page: chrono::NaiveDate"),
    ("types of other crates", Trait, "Result<Vec<String>, Error>", "Result<Vec<uuid::Uuid>, Error>"),
    ("`serde_json::Value`", Trait, "Result<u64, Error>", "Result<serde_json::Value, Error>"),
    ("`serde_json::Value`", Trait, "flow: &[NewFlow]", "flow: &serde_json::Value"),
    ("type parameters", Trait, "Result<u64, Error>", "Result<T, Error>"),
    ("type parameters", Trait, "page: Option<u32>", "page: Option<&T>"),
    ("`oneOf` or `anyOf`", Document, "schema: {type: integer, format: int64} # count", "schema: {oneOf: [{type: integer}, {type: string}]}"),
    ("`oneOf` or `anyOf`", Document, "{name: page, in: query, schema: {type: integer}}", "{name: page, in: query, schema: {anyOf: [{type: boolean}, {type: integer}]}}"),
    ("free-form objects", Document, "schema: {type: array, items: {type: string}} # tags", "schema: {}"),
    ("`flatten`", Trait, "#[query] page: Option<u32>", "#[query(flatten)] page: &Page"),
    ("`#[headers]`", Trait, "#[header(\"X-Dry-Run\")] dry_run: bool", "#[headers] headers: &HeaderMap"),
    ("`#[multipart]`", Trait, "#[part(\"file\")] file: Vec<u8>,\n        #[part(\"note\", media = \"text/plain\")] note: Option<&str>,", "#[multipart] form: Form,"),
    ("lengths", Document, "user: {type: string}", "user: {type: string, maxLength: 3}"),
    ("patterns", Document, "user: {type: string}", "user: {type: string, pattern: '^a+$'}"),
    ("bounds", Document, "age: {type: integer}", "age: {type: integer, minimum: 18, maximum: 99}"),
    ("formats of text", Document, "user: {type: string}", "user: {type: string, format: email}"),
    ("headers of responses", Document, "'410': {}", "'410': {headers: {X-Reason: {required: true, schema: {type: integer}}}}"),
];

#[test]
fn what_the_readme_excludes_is_not_compared() {
    let readme = include_str!("../../../../../README.md");
    let (_, excluded) = readme.split_once("and it does not compare:").unwrap();
    let (excluded, _) = excluded.split_once("[What breaks a client]").unwrap();
    for (words, place, from, to) in NOT_COMPARED {
        assert!(excluded.contains(words), "the README does not mention {words}");
        let found = match place {
            Document => check(&change(DOCUMENT, from, to), TRAIT),
            Trait => check(DOCUMENT, &change(TRAIT, from, to)),
        };
        assert_eq!(found, [], "{from} -> {to}");
    }
}

/// The catalogue has 213 changes, and the page lists each once.
#[test]
fn the_page_of_breaking_changes_lists_each_once() {
    let page = include_str!("../../../../../docs/breaking-changes.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").nth(1));
    let mut rules: Vec<&str> = rows.flat_map(|row| row.split(", ")).filter(|rule| rule.starts_with('`')).collect();
    assert_eq!(rules.len(), 213);
    rules.sort_unstable();
    rules.dedup();
    assert_eq!(rules.len(), 213);
}

/// Changes that break nothing.
#[rustfmt::skip]
pub(crate) const ALLOWED: &[(In, &str, &str)] = &[
    (Document, "{name: page, in: query, schema: {type: integer}}", "{name: page, in: query, schema: {type: string}}"),
    (Document, "{name: page, in: query, schema: {type: integer}}", "{name: page, in: query, schema: {type: number}}"),
    (Document, "{name: page, in: query, schema: {type: integer}}", "{name: page, in: query, schema: {}}"),
    (Document, "{name: page, in: query, schema: {type: integer}}", "{name: page, in: query, schema: {anyOf: [{type: integer}, {type: boolean}]}}"),
    (Document, "{name: page, in: query, schema: {type: integer}}", "{name: page, in: query, schema: {type: [integer, 'null']}}"),
    (Document, "{name: page, in: query, schema: {type: integer}}", "{name: page, in: query, schema: {type: integer, format: int32, minimum: -5}}"),
    (Document, "{name: page, in: query, schema: {type: integer}}", "{name: page, in: query, schema: {type: string, enum: ['1', '2']}}"),
    (Document, "schema: {type: integer, format: int64} # count", "schema: {type: integer}"),
    (Document, "schema: {type: integer, format: int64} # count", "schema: {oneOf: [{type: integer}, {type: string}]}"),
    (Document, "schema: {type: integer, format: int64} # count", "schema: {}"),
    (Document, "schema: {type: integer, format: int64} # count", "schema: {allOf: [{type: integer}], nullable: true}"),
    (Document, "schema: {type: array, items: {type: string}} # tags", "schema: {type: array}"),
    (Document, "schema: {type: array, items: {type: string}} # tags", "schema: {type: array, items: {anyOf: [{type: string}, {type: integer}]}}"),
    (Document, "schema: {type: array, items: {type: string}} # tags", "schema: {type: array, items: {type: string, enum: [a, b]}}"),
    (Document, "'410': {}", "'4XX': {}"),
    (Document, "'410': {}", "default: {}"),
    (Document, "note: {type: string}", "note: {type: integer}"),
    (Document, "user: {type: string}", "user: {type: string, format: uuid}"),
    (Trait, "page: Option<u32>", "page: Option<i8>"),
    (Trait, "page: Option<u32>", "page: T"),
    (Trait, "sort: &str", "sort: String"),
    (Trait, "sort: &str", "sort: Sort"),
    (Trait, "Result<u64, Error>", "Result<i64, Error>"),
    (Trait, "Result<u64, Error>", "Result<f64, Error>"),
    (Trait, "Result<u64, Error>", "Result<serde_json::Value, Error>"),
    (Trait, "Result<u64, Error>", "Result<(), Error>"),
    (Trait, "Result<Vec<String>, Error>", "Result<HashSet<Box<str>>, Error>"),
    (Trait, "Result<Vec<String>, Error>", "Result<Vec<Tag>, Error>"),
    (Trait, "Result<Vec<String>, Error>", "Result<Rows, Error>"),
];

#[test]
fn accepts_changes_that_break_nothing() {
    for (place, from, to) in ALLOWED {
        let found = match place {
            Document => check(&change(DOCUMENT, from, to), TRAIT),
            Trait => check(DOCUMENT, &change(TRAIT, from, to)),
        };
        assert_eq!(found, [], "{from} -> {to}");
    }
}
