//! The mutation matrix of what the macro leaves to the compiler: methods that are tied to models, over schemas of every
//! form. Each wrong signature is found once, at its token, and each right one is silent.

use super::*;
use crate::parse::mismatch_kind::MismatchKind::{self, *};

const DOCUMENT: &str = "openapi: 3.1.0
info: {title: Signatures, version: '1'}
paths:
  /flows/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: integer, format: int64}}
      - {$ref: '#/components/parameters/Page'}
      - {name: sort, in: query, schema: {$ref: '#/components/schemas/Sort'}}
      - {name: ids, in: query, schema: {type: array, items: {$ref: '#/components/schemas/Id'}}}
      - {name: flag, in: query, schema: {oneOf: [{type: boolean}, {type: 'null'}]}}
      - {name: ratio, in: header, schema: {allOf: [{$ref: '#/components/schemas/Ratio'}], description: A ratio.}}
    get:
      responses:
        2XX: {$ref: '#/components/responses/Flow'}
        '404': {content: {application/problem+json: {schema: {$ref: '#/components/schemas/Problem'}}}}
    put:
      requestBody: {$ref: '#/components/requestBodies/Flow'}
      responses: {default: {content: {application/json: {schema: {$ref: '#/components/schemas/Flow'}}}}}
  /flows:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Flow'}}}}}}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/NewFlow'}}}}}
      responses: {'200': {content: {application/json: {schema: {oneOf: [{$ref: '#/components/schemas/Flow'}, {type: 'null'}]}}}}}
  /union:
    get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Either'}}}}}}
  /map:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, additionalProperties: {$ref: '#/components/schemas/Task'}}}}}}}
  /base:
    get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/BigFlow'}}}}}}
  /page:
    get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/FlowPage'}}}}}}
  /inline:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, description: One., required: [at], properties: {at: {type: string}}}}}}}}
  /stream:
    get: {responses: {'200': {content: {application/x-ndjson: {schema: {$ref: '#/components/schemas/Task'}}}}}}
  /state:
    get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/State'}}}}}}
  /form:
    post:
      requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, required: [sort], properties: {sort: {$ref: '#/components/schemas/Sort'}, count: {type: [integer, 'null']}}}}}}
      responses: {'204': {}}
  /part:
    post:
      requestBody: {content: {multipart/form-data: {schema: {type: object, required: [meta], properties: {meta: {$ref: '#/components/schemas/NewFlow'}, file: {type: string, format: binary}}}}}}
      responses: {'204': {}}
components:
  parameters:
    Page: {name: page, in: query, schema: {type: integer}}
  responses:
    Flow: {content: {application/json: {schema: {$ref: '#/components/schemas/Flow'}}}}
  requestBodies:
    Flow: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewFlow'}}}}
  schemas:
    Flow: {type: object, required: [id, name], properties: {id: {type: string}, name: {type: string}, task: {$ref: '#/components/schemas/Task'}}}
    BigFlow: {allOf: [{$ref: '#/components/schemas/Flow'}, {type: object, required: [size], properties: {size: {type: integer}}}]}
    NewFlow: {type: object, required: [name], properties: {name: {type: string}}}
    NewTask: {type: object, required: [kind], properties: {kind: {type: string}}}
    Task: {type: object, required: [kind], properties: {kind: {type: string}}}
    Either: {oneOf: [{$ref: '#/components/schemas/Flow'}, {$ref: '#/components/schemas/Task'}]}
    FlowPage: {type: object, required: [items], properties: {items: {type: array, items: {$ref: '#/components/schemas/Flow'}}}}
    TaskPage: {type: object, required: [items], properties: {items: {type: array, items: {$ref: '#/components/schemas/Task'}}}}
    Problem: {type: object, required: [code], properties: {code: {type: integer}}}
    Sort: {type: string, enum: [asc, desc]}
    State: {type: string, enum: [open, done]}
    Id: {type: integer}
    Ratio: {type: number}
";

const SOURCE: &str = "#[api(openapi = \"d\")]
trait Flows {
    #[get(\"/flows/{id}\")]
    async fn flow(&self, id: Number, #[query] page: Option<Number>, #[query] sort: Option<Sort>, #[query] ids: &[Number], #[query] flag: Option<Flag>, #[header(\"ratio\")] ratio: Option<Real>) -> Result<Flow, ApiError<Problem>>;
    #[put(\"/flows/{id}\")]
    async fn replace(&self, id: u64, #[json] flow: &NewFlow) -> Result<Stored, Error>;
    #[get(\"/flows\")]
    async fn list(&self) -> Result<Response<Vec<Flow>>, Error>;
    #[post(\"/flows\")]
    async fn create(&self, #[json] flows: &[NewFlow]) -> Result<Option<Flow>, Error>;
    #[get(\"/union\")]
    async fn union(&self) -> Result<Task, Error>;
    #[get(\"/map\")]
    async fn map(&self) -> Result<HashMap<String, Task>, Error>;
    #[get(\"/base\")]
    async fn base(&self) -> Result<BigFlow, Error>;
    #[get(\"/page\")]
    async fn page(&self) -> Result<Page<Flow>, Error>;
    #[get(\"/inline\")]
    async fn inline(&self) -> Result<Inline, Error>;
    #[get(\"/stream\")]
    async fn stream(&self) -> Result<JsonLines<Task>, Error>;
    #[get(\"/state\")]
    async fn state(&self) -> Result<State, Error>;
    #[post(\"/form\")]
    async fn form(&self, #[field] sort: Sort, #[field] count: Option<Number>) -> Result<(), Error>;
    #[post(\"/part\")]
    async fn part(&self, #[part(\"meta\", json)] meta: &NewFlow, #[part(\"file\")] file: Vec<u8>) -> Result<(), Error>;
}
type Number = u64;
type Text = String;
type Flag = bool;
type Real = f64;
type Stored = Flow;
type Flowing = Vec<Flow>;
#[derive(Contract)] #[contract(openapi = \"d\", response = \"Flow\")]
struct Flow { id: String, name: String, task: Option<Task> }
#[derive(Contract)] #[contract(openapi = \"d\", response = \"BigFlow\")]
struct BigFlow { size: u32 }
#[derive(Contract)] #[contract(openapi = \"d\", request = \"NewFlow\")]
struct NewFlow { name: String }
#[derive(Contract)] #[contract(openapi = \"d\", request = \"NewTask\")]
struct NewTask { kind: String }
#[derive(Contract)] #[contract(openapi = \"d\", response = \"Task\")]
struct Task { kind: String }
#[derive(Contract)] #[contract(openapi = \"d\", response = \"FlowPage\")]
struct Page<T> { items: Vec<T> }
#[derive(Contract)] #[contract(openapi = \"d\", response = \"Problem\")]
struct Problem { code: u32 }
#[derive(Contract)] #[contract(openapi = \"d\", request = \"Sort\")] #[serde(rename_all = \"lowercase\")]
enum Sort { Asc, Desc }
#[derive(Contract)] #[contract(openapi = \"d\", response = \"State\")] #[serde(rename_all = \"lowercase\")]
enum State { Open, Done }
#[derive(Contract)] #[contract(openapi = \"d\", response = \"#/paths/~1inline/get/responses/200/content/application~1json/schema\")]
struct Inline { at: String }
";

/// The kind, what is changed in the source, from what to what, and the token of the mismatch.
#[rustfmt::skip]
const WRONG: &[(MismatchKind, &str, &str, &str)] = &[
    (Model, "Result<Flow, ApiError", "Result<Task, ApiError", "Task"),
    (Model, "Result<Flow, ApiError", "Result<Response<Task>, ApiError", "Response"),
    (Model, "Result<Flow, ApiError", "Result<Box<Inline>, ApiError", "Box"),
    (Model, "ApiError<Problem>", "ApiError<Flow>", "Flow"),
    (Model, "Result<Stored", "Result<Problem", "Problem"),
    (Model, "flow: &NewFlow", "flow: &NewTask", "&"),
    (Model, "Result<Response<Vec<Flow>>", "Result<Response<Vec<Task>>", "Response"),
    (Model, "Result<Response<Vec<Flow>>", "Result<Vec<Box<Problem>>", "Vec"),
    (Model, "flows: &[NewFlow]", "flows: &[NewTask]", "&"),
    (Model, "flows: &[NewFlow]", "flows: Vec<&NewTask>", "Vec"),
    (Model, "Result<Option<Flow>", "Result<Option<Problem>", "Option"),
    (Model, "async fn union(&self) -> Result<Task", "async fn union(&self) -> Result<Problem", "Problem"),
    (Model, "HashMap<String, Task>", "HashMap<String, Problem>", "HashMap"),
    (Model, "Result<BigFlow", "Result<Task", "Task"),
    (Model, "Result<Page<Flow>", "Result<Page<Task>", "Page"),
    (Model, "Result<Inline", "Result<Problem", "Problem"),
    (Model, "JsonLines<Task>", "JsonLines<Flow>", "JsonLines"),
    (Model, "meta: &NewFlow", "meta: &NewTask", "&"),
    (Model, "Result<Option<Flow>", "Result<Option<Inline>", "Option"),
    (Type, "id: Number, #[query]", "id: Text, #[query]", "Text"),
    (Type, "page: Option<Number>", "page: Option<Text>", "Option"),
    (Type, "page: Option<Number>", "page: Option<Flag>", "Option"),
    (Type, "page: Option<Number>", "page: Option<Sort>", "Option"),
    (Type, "sort: Option<Sort>", "sort: Option<State>", "Option"),
    (Type, "sort: Option<Sort>", "sort: Option<Flag>", "Option"),
    (Type, "ids: &[Number]", "ids: &[Text]", "&"),
    (Type, "flag: Option<Flag>", "flag: Option<Number>", "Option"),
    (Type, "ratio: Option<Real>", "ratio: Option<Text>", "Option"),
    (Type, "Result<Flow, ApiError", "Result<Flowing, ApiError", "Flowing"),
    (Type, "Result<Flow, ApiError", "Result<Number, ApiError", "Number"),
    (Type, "Result<Flow, ApiError", "Result<Json<Vec<Flow>>, ApiError", "Json"),
    (Type, "Result<Response<Vec<Flow>>", "Result<Response<Flow>", "Response"),
    (Type, "Result<Response<Vec<Flow>>", "Result<Flow", "Flow"),
    (Type, "flow: &NewFlow", "flow: &[NewFlow]", "&"),
    (Type, "flow: &NewFlow", "flow: &Text", "&"),
    (Type, "flows: &[NewFlow]", "flows: &NewFlow", "&"),
    (Type, "HashMap<String, Task>", "Vec<Task>", "Vec"),
    (Type, "HashMap<String, Task>", "HashMap<String, Number>", "HashMap"),
    (Type, "Result<Page<Flow>", "Result<Vec<Flow>", "Vec"),
    (Type, "async fn state(&self) -> Result<State", "async fn state(&self) -> Result<Sort", "Sort"),
    (Type, "async fn state(&self) -> Result<State", "async fn state(&self) -> Result<Flow", "Flow"),
    (Type, "#[field] sort: Sort", "#[field] sort: State", "State"),
    (Type, "count: Option<Number>", "count: Option<Text>", "Option"),
    (Type, "meta: &NewFlow", "meta: &[NewFlow]", "&"),
    (Type, "ApiError<Problem>", "ApiError<Vec<Problem>>", "Vec"),
    (Response, "-> Result<(), Error>;\n    #[post(\"/part\")]", "-> Result<Flow, Error>;\n    #[post(\"/part\")]", "Flow"),
];

/// What is right, too.
#[rustfmt::skip]
const RIGHT: &[(&str, &str)] = &[
    ("Result<Flow, ApiError", "Result<Box<Flow>, ApiError"),
    ("Result<Flow, ApiError", "Result<Option<Stored>, ApiError"),
    ("Result<Flow, ApiError", "Result<Response<Json<Flow>>, ApiError"),
    ("Result<Flow, ApiError", "Result<serde_json::Value, ApiError"),
    ("Result<Flow, ApiError", "Result<(), ApiError"),
    ("ApiError<Problem>", "Error"),
    ("ApiError<Problem>", "ApiError<serde_json::Value>"),
    ("id: Number, #[query]", "id: i8, #[query]"),
    ("page: Option<Number>", "page: Number"),
    ("#[query] page: Option<Number>, ", ""),
    ("sort: Option<Sort>", "sort: &str"),
    ("sort: Option<Sort>", "sort: Text"),
    ("ids: &[Number]", "ids: Vec<u8>"),
    ("ratio: Option<Real>", "ratio: Option<Number>"),
    ("Result<Response<Vec<Flow>>", "Result<Flowing"),
    ("Result<Response<Vec<Flow>>", "Result<VecDeque<Flow>"),
    ("flows: &[NewFlow]", "flows: Vec<NewFlow>"),
    ("async fn union(&self) -> Result<Task", "async fn union(&self) -> Result<Flow"),
    // A response has all that the model reads.
    ("Result<BigFlow", "Result<Flow"),
    ("async fn map(&self) -> Result<HashMap<String, Task>", "async fn map(&self) -> Result<BTreeMap<String, Task>"),
    ("async fn state(&self) -> Result<State", "async fn state(&self) -> Result<Text"),
    ("count: Option<Number>", "count: Number"),
];

/// The problems of the source, and the text where each is.
fn problems(source: &str) -> Vec<(MismatchKind, String)> {
    let document = Document::read(DOCUMENT.as_bytes(), "d").unwrap();
    let sources = Sources::of_text(source, "src.rs").unwrap();
    let checked = check::check(&sources, &document, &|_, _| true);
    assert!(checked.invalid.is_empty(), "{:?} in {source}", checked.invalid);
    let problems = checked.problems.into_iter().map(|problem| {
        let line = source.lines().nth(problem.line - 1).unwrap();
        match problem.what {
            What::Mismatch { kind, .. } => (kind, line[problem.column - 1..].to_owned()),
            What::Error(message) => panic!("{message}"),
        }
    });
    problems.collect()
}

fn changed(from: &str, to: &str) -> String {
    assert!(SOURCE.contains(from), "{from}");
    SOURCE.replacen(from, to, 1)
}

#[test]
fn right_signatures_are_silent() {
    assert_eq!(problems(SOURCE), []);
    for (from, to) in RIGHT {
        assert_eq!(problems(&changed(from, to)), [], "{from} -> {to}");
    }
}

#[test]
fn each_wrong_signature_is_found_once_at_its_token() {
    let mut wrong = Vec::new();
    for (kind, from, to, token) in WRONG {
        let found = problems(&changed(from, to));
        let is_found = matches!(found.as_slice(), [(found, text)] if found == kind && text.starts_with(token));
        if !is_found {
            wrong.push(format!("{}: {from} -> {to}: {found:?}", kind.word()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the compiler warns of, where the name of the method is.
#[test]
fn each_deprecated_operation_is_found_at_its_method() {
    let mut count = 0;
    for verb in ["    get:", "    put:", "    post:"] {
        for (at, _) in DOCUMENT.match_indices(verb) {
            let (before, after) = DOCUMENT.split_at(at + verb.len());
            let document = match after.strip_prefix(" {") {
                Some(after) => format!("{before} {{deprecated: true, {after}"),
                None => format!("{before}\n      deprecated: true{after}"),
            };
            let document = Document::read(document.as_bytes(), "d").unwrap();
            let sources = Sources::of_text(SOURCE, "src.rs").unwrap();
            let problems = check::check(&sources, &document, &|_, _| true).problems;
            let [problem] = problems.as_slice() else { panic!("{} problems", problems.len()) };
            assert!(matches!(&problem.what, What::Mismatch { kind: Deprecated, .. }));
            let line = SOURCE.lines().nth(problem.line - 1).unwrap();
            assert!(line[..problem.column - 1].ends_with("async fn "), "{line}");
            count += 1;
        }
    }
    assert!(count >= 10, "{count} deprecated operations");
}

#[test]
fn models_have_ten_mutations() {
    for wanted in [Model, Type] {
        let count = WRONG.iter().filter(|(kind, ..)| kind.word() == wanted.word()).count();
        assert!(count >= 10, "{count} mutations of the kind `{}`", wanted.word());
    }
}
