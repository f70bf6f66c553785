//! Schemas that share parts and lead back to themselves. The time to compare them grows with their size.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{TestDocument, expand_model, reported};
use crate::contract::document::Document;
use crate::contract::schema::{Schema, names};

/// Far more than the linear time, and far less than the exponential one.
const LIMIT: Duration = Duration::from_secs(20);

fn document(schemas: &str) -> TestDocument {
    TestDocument::new(&format!("openapi: 3.1.0\ncomponents:\n  schemas:\n{schemas}"))
}

/// Everything that is asked about each schema, as text.
fn describe(document: &Document, mut names: Vec<&str>, is_reversed: bool) -> Vec<String> {
    names.sort_unstable();
    if is_reversed {
        names.reverse();
    }
    let mut described: Vec<String> = names
        .into_iter()
        .filter_map(|name| Some((name, Schema::named(document, name)?)))
        .map(|(name, schema)| {
            let properties = schema.properties();
            let known = properties.known.iter();
            let known: Vec<String> = known
                .map(|property| {
                    format!(
                        "{}{}{:?}",
                        property.name,
                        property.required,
                        (property.schemas().map(Schema::types).collect::<Vec<_>>(), property.is_nullable())
                    )
                })
                .collect();
            let (types, values) = (schema.types(), schema.enum_values());
            let items = schema.items().map(Schema::types);
            format!("{name}: {types:?} {} {values:?} {items:?} {known:?} {}", schema.is_nullable(), properties.is_open)
        })
        .collect();
    described.sort_unstable();
    described
}

fn takes_little_time(schemas: &str) {
    let file = document(schemas);
    let start = Instant::now();
    let document = Document::load(file.path(), "api.yaml").unwrap();
    let first = names(&document).into_iter().take(10).collect();
    describe(&document, first, false);
    assert!(start.elapsed() < LIMIT, "{:?} for {} bytes", start.elapsed(), schemas.len());
}

/// A base that lists its subtypes, each of which extends it.
fn hierarchy(subtypes: usize) -> String {
    let list: Vec<String> = (0..subtypes).map(|index| format!("{{$ref: '#/components/schemas/S{index}'}}")).collect();
    let mut text = format!(
        "    Base: {{type: object, required: [id], properties: {{id: {{type: string}}, next: {{$ref: '#/components/schemas/Base'}}}}, oneOf: [{}]}}\n",
        list.join(", ")
    );
    for index in 0..subtypes {
        let _ = writeln!(
            text,
            "    S{index}: {{allOf: [{{$ref: '#/components/schemas/Base'}}, {{required: [p{index}], properties: {{p{index}: {{$ref: '#/components/schemas/Base'}}}}}}]}}"
        );
    }
    text
}

#[test]
fn a_base_may_list_the_schemas_that_extend_it() {
    takes_little_time(&hierarchy(100));
    let file = document(&hierarchy(3));
    let path = file.path().display();
    let count = |name: &str, direction: &str, fields: &str| {
        let item = format!("#[contract(openapi = \"{path}\", {direction} = {name:?})] struct M {{ {fields} }}");
        reported(expand_model(&item)).len()
    };
    assert_eq!(count("S1", "request", "id: String, p1: Box<M>"), 0);
    assert_eq!(count("S1", "request", "p1: Box<M>"), 1);
    // What another subtype has is not part of this one.
    assert_eq!(count("S1", "response", "id: String, p2: Option<Box<M>>"), 1);
    assert_eq!(count("Base", "response", "id: String, p2: Option<Box<M>>"), 0);
}

#[test]
fn layers_that_share_all_parts_take_linear_time() {
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let mut text = String::new();
        for layer in 0..300 {
            for side in ["a", "b", "c"] {
                let parts =
                    ["a", "b", "c"].map(|next| format!("{{$ref: '#/components/schemas/L{}{next}'}}", layer + 1));
                let _ = writeln!(
                    text,
                    "    L{layer}{side}: {{{keyword}: [{}], properties: {{p{layer}{side}: {{type: string}}}}}}",
                    parts.join(", ")
                );
            }
        }
        text.push_str("    L300a: {type: object}\n    L300b: {type: object}\n    L300c: {type: object}\n");
        takes_little_time(&text);
    }
}

#[test]
fn long_chains_and_rings_overflow_no_stack() {
    for (part, end) in [
        ("{$ref: '#/components/schemas/C{}'}", "{type: string}"),
        ("{allOf: [{$ref: '#/components/schemas/C{}'}]}", "{type: string}"),
        ("{oneOf: [{$ref: '#/components/schemas/C{}'}]}", "{$ref: '#/components/schemas/C0'}"),
        ("{$ref: '#/components/schemas/C{}'}", "{$ref: '#/components/schemas/C0'}"),
        ("{type: array, items: {$ref: '#/components/schemas/C{}'}}", "{$ref: '#/components/schemas/C0'}"),
    ] {
        let mut text = String::new();
        for index in 0..2000 {
            let _ = writeln!(text, "    C{index}: {}", part.replace("{}", &(index + 1).to_string()));
        }
        let _ = writeln!(text, "    C2000: {end}");
        let file = document(&text);
        let document = Document::load(file.path(), "api.yaml").unwrap();
        let schema = Schema::named(&document, "C0").unwrap();
        let start = Instant::now();
        let _ =
            (schema.types(), schema.enum_values(), schema.properties().known.len(), schema.items().map(Schema::types));
        assert!(start.elapsed() < LIMIT, "{part}: {:?}", start.elapsed());
    }
}

/// A schema whose parts are any of six.
fn schema() -> impl Strategy<Value = String> {
    let reference = (0..6u8).prop_map(|index| format!("{{$ref: '#/components/schemas/S{index}'}}"));
    let leaf = prop_oneof![
        reference.clone(),
        Just("{type: string}".to_owned()),
        Just("{type: [integer, 'null']}".to_owned()),
        Just("{type: 'null'}".to_owned()),
        Just("{enum: [a, b]}".to_owned()),
        Just("{const: c}".to_owned()),
        Just("{}".to_owned()),
        Just("true".to_owned()),
    ];
    let parts = prop::collection::vec(leaf.clone(), 1..4);
    let keywords = prop_oneof![
        parts.clone().prop_map(|parts| format!("allOf: [{}]", parts.join(", "))),
        parts.clone().prop_map(|parts| format!("oneOf: [{}]", parts.join(", "))),
        parts.prop_map(|parts| format!("anyOf: [{}]", parts.join(", "))),
        leaf.clone().prop_map(|part| format!("properties: {{a: {part}, b: {{type: string}}}}")),
        leaf.clone().prop_map(|part| format!("items: {part}")),
        leaf.clone().prop_map(|part| format!("additionalProperties: {part}")),
        (0..6u8).prop_map(|index| format!("$ref: '#/components/schemas/S{index}'")),
        Just("required: [a, z]".to_owned()),
        Just("type: object".to_owned()),
        Just("nullable: true".to_owned()),
    ];
    prop_oneof![
        leaf,
        prop::collection::btree_map(0..10u8, keywords, 0..4)
            .prop_map(|parts| format!("{{{}}}", parts.into_values().collect::<Vec<_>>().join(", "))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is known of a schema does not depend on what was asked before.
    #[test]
    fn any_graph_of_schemas_is_described(schemas in prop::collection::vec(schema(), 6)) {
        let text: String = schemas.iter().enumerate().fold(String::new(), |text, (index, schema)| {
            format!("{text}    S{index}: {schema}\n")
        });
        let file = document(&text);
        let loaded = Document::load(file.path(), "api.yaml").unwrap();
        let described = describe(&loaded, names(&loaded), false);
        let other = document(&text);
        let loaded = Document::load(other.path(), "api.yaml").unwrap();
        prop_assert_eq!(described, describe(&loaded, names(&loaded), true));
    }

    /// No text makes the reader or the comparison panic.
    #[test]
    fn any_text_is_a_document_or_an_error(text in "(openapi|swagger|paths|components|schemas|get|/a|3.1.0|2.0|[ \\n\\t:{}\\[\\],'\"&*!|>#%-]){0,30}") {
        let file = TestDocument::new(&text);
        let item = "trait A { #[get(\"/a\")] async fn a(&self) -> R; }";
        let _ = file.expand("", "", item);
    }
}
