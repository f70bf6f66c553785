//! The mutations of models.

use super::In::{self, Document, Trait as Model};
use crate::contract::tests::{Reported, TestDocument, change, expand_model, reported};
use crate::parse::mismatch_kind::MismatchKind::{self, Property, Required, Type, Value};

pub(crate) const DOCUMENT: &str = "openapi: 3.1.0
components:
  schemas:
    Flow: # flow
      type: object
      required: [id, name, size] # flow
      properties:
        id: {type: string}
        name: {type: string}
        size: {type: integer, format: int64}
        ratio: {type: number}
        tags: {type: array, items: {type: string}}
        counts: {type: object, additionalProperties: {type: integer}}
    NewFlow: # new
      type: object
      required: [name, size] # new
      properties:
        name: {type: string}
        size: {type: integer}
        note: {type: string}
        draft: {type: boolean}
    State: {type: string, enum: [OPEN, DONE]} # state
    Sort: {type: string, enum: [ASC, DESC]} # sort
";

const MODELS: &str = "#[contract(openapi = \"DOCUMENT\", response = \"Flow\")]
struct Flow {
    id: String,
    name: String,
    size: i64,
    ratio: Option<f64>,
    tags: Option<Vec<String>>,
    counts: Option<HashMap<String, u64>>,
}
---
#[contract(openapi = \"DOCUMENT\", request = \"NewFlow\")]
struct NewFlow {
    name: String,
    size: u32,
    note: Option<String>,
    draft: Option<bool>,
}
---
#[contract(openapi = \"DOCUMENT\", response = \"State\")]
#[serde(rename_all = \"UPPERCASE\")]
enum State {
    Open,
    Done,
}
---
#[contract(openapi = \"DOCUMENT\", request = \"Sort\")]
#[serde(rename_all = \"UPPERCASE\")]
enum Sort {
    Asc,
    Desc,
}
";

#[rustfmt::skip]
pub(crate) const MUTATIONS: &[(MismatchKind, In, &str, &str, &str)] = &[
    (Property, Document, "        ratio: {", "        part: {", "ratio"),
    (Property, Document, "        tags: {", "        labels: {", "tags"),
    (Property, Document, "        counts: {", "        totals: {", "counts"),
    (Property, Document, "        note: {", "        remark: {", "note"),
    (Property, Document, "        draft: {", "        isDraft: {", "draft"),
    (Property, Model, "    ratio: Option<f64>", "    ration: Option<f64>", "ration"),
    (Property, Model, "    tags: Option<", "    tag: Option<", "tag"),
    (Property, Model, "    counts: Option<", "    #[serde(rename = \"count\")]\n    counts: Option<", "counts"),
    (Property, Model, "    note: Option<String>", "    notes: Option<String>", "notes"),
    (Property, Model, "    id: String,", "    id: String, more: Option<u8>,", "more"),
    (Property, Model, "    draft: Option<bool>", "    is_draft: Option<bool>", "is_draft"),

    (Required, Document, "required: [id, name, size] # flow", "required: [name, size]", "String"),
    (Required, Document, "required: [id, name, size] # flow", "required: [id, size]", "String"),
    (Required, Document, "required: [id, name, size] # flow", "required: [id, name]", "i64"),
    (Required, Document, "id: {type: string}", "id: {type: [string, 'null']}", "String"),
    (Required, Document, "size: {type: integer, format: int64}", "size: {type: [integer, 'null'], format: int64}", "i64"),
    (Required, Document, "required: [name, size] # new", "required: [name, size, note]", "Option"),
    (Required, Document, "required: [name, size] # new", "required: [name, size, draft]", "Option"),
    (Required, Document, "required: [name, size] # new", "required: [name, size, kind]", "NewFlow"),
    (Required, Model, "    ratio: Option<f64>", "    ratio: f64", "f64"),
    (Required, Model, "    tags: Option<Vec<String>>", "    tags: Vec<String>", "Vec"),
    (Required, Model, "    name: String,\n    size: u32", "    name: Option<String>,\n    size: u32", "Option"),
    (Required, Model, "    size: u32,\n", "", "NewFlow"),

    (Type, Document, "id: {type: string}", "id: {type: integer}", "String"),
    (Type, Document, "ratio: {type: number}", "ratio: {type: boolean}", "Option"),
    (Type, Document, "items: {type: string}", "items: {type: integer}", "Option"),
    (Type, Document, "additionalProperties: {type: integer}", "additionalProperties: {type: string}", "Option"),
    (Type, Document, "draft: {type: boolean}", "draft: {type: string}", "Option"),
    (Type, Document, "tags: {type: array, items: {type: string}}", "tags: {type: string}", "Option"),
    (Type, Model, "size: i64", "size: i32", "i32"),
    (Type, Model, "id: String", "id: u64", "u64"),
    (Type, Model, "ratio: Option<f64>", "ratio: Option<i64>", "Option"),
    (Type, Model, "Option<Vec<String>>", "Option<Vec<bool>>", "Option"),
    (Type, Model, "Option<HashMap<String, u64>>", "Option<Vec<u64>>", "Option"),
    (Type, Model, "size: u32", "size: f64", "f64"),

    (Value, Document, "enum: [OPEN, DONE]", "enum: [OPEN, DONE, PAUSED]", "State"),
    (Value, Document, "enum: [OPEN, DONE]", "enum: [OPEN, CLOSED]", "State"),
    (Value, Document, "enum: [OPEN, DONE]", "enum: [open, DONE]", "State"),
    (Value, Document, "{type: string, enum: [OPEN, DONE]}", "{oneOf: [{const: OPEN}, {const: DONE}, {const: LOST}]}", "State"),
    (Value, Document, "enum: [ASC, DESC]", "enum: [ASC]", "Desc"),
    (Value, Document, "enum: [ASC, DESC]", "enum: [UP, DESC]", "Asc"),
    (Value, Document, "enum: [ASC, DESC]", "const: DESC", "Asc"),
    (Value, Model, "    Done,\n", "", "State"),
    (Value, Model, "    Done,\n", "    #[serde(rename = \"FINISHED\")]\n    Done,\n", "State"),
    (Value, Model, "    Desc,\n", "    Desc,\n    Up,\n", "Up"),
    (Value, Model, "    Asc,\n", "    Ascending,\n", "Ascending"),
];

fn check(document: &str, models: &str) -> Vec<Reported> {
    let document = TestDocument::new(document);
    let models = models.replace("DOCUMENT", &document.path().to_string_lossy());
    models.split("---").flat_map(|model| reported(expand_model(model))).collect()
}

#[test]
fn accepts_what_the_document_allows() {
    assert_eq!(check(DOCUMENT, MODELS), []);
}

#[test]
fn finds_each_mutation_once_at_its_token() {
    let mut wrong = Vec::new();
    for (kind, place, from, to, token) in MUTATIONS {
        let found = match place {
            Document => check(&change(DOCUMENT, from, to), MODELS),
            Model => check(DOCUMENT, &change(MODELS, from, to)),
        };
        let help = format!("expect({})", kind.word());
        let is_found = |found: &Reported| found.token.starts_with(token) && found.message.contains(&help);
        if found.len() != 1 || !found.iter().all(is_found) {
            wrong.push(format!("{}: {from} -> {to}: {found:#?}", kind.word()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_kind_of_models_has_ten_mutations() {
    for wanted in [Property, Required, Type, Value] {
        let count = MUTATIONS.iter().filter(|(kind, ..)| kind.word() == wanted.word()).count();
        assert!(count >= 10, "{count} mutations of the kind `{}`", wanted.word());
    }
}
