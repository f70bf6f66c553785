#![allow(clippy::redundant_closure_for_method_calls, reason = "a method alone is not general enough over lifetimes")]

use super::TestDocument;
use crate::contract::document::Document;
use crate::contract::json_type::JsonType::{self, *};
use crate::contract::schema::Schema;

/// The schemas that other schemas refer to.
const SHARED: &str = "
    Id: {type: string}
    Named: {type: object, required: [name], properties: {name: {type: string}}}
    Loop: {allOf: [{$ref: '#/components/schemas/Loop'}]}
    Nothing: {type: 'null'}";

/// Calls a function with the schema that is written in YAML.
fn with_schema<T>(schema: &str, check: impl FnOnce(Schema<'_>) -> T) -> T {
    let file = TestDocument::new(&format!("openapi: 3.1.0\ncomponents:\n  schemas:{SHARED}\n    Tested: {schema}"));
    let document = Document::load(file.path(), "api.yaml").unwrap();
    check(Schema::named(&document, "Tested").unwrap())
}

#[test]
fn types_are_those_of_all_parts_without_null() {
    for (schema, expected) in [
        ("{type: string}", vec![String]),
        ("{type: [integer, 'null']}", vec![Integer]),
        ("{$ref: '#/components/schemas/Id'}", vec![String]),
        ("{allOf: [{description: none}, {type: boolean}]}", vec![Boolean]),
        ("{oneOf: [{type: string}, {type: number}, {$ref: '#/components/schemas/Nothing'}]}", vec![String, Number]),
        ("{properties: {a: {}}}", vec![Object]),
        // Where one alternative may be anything, so may the whole.
        ("{anyOf: [{type: string}, {}]}", vec![]),
        ("{type: file}", vec![]),
        ("{$ref: '#/components/schemas/Loop'}", vec![]),
        ("{$ref: '#/components/schemas/Missing'}", vec![]),
        ("{}", vec![]),
    ] {
        let found: Vec<JsonType> = with_schema(schema, |schema| schema.types());
        assert_eq!(found, expected, "{schema}");
    }
}

#[test]
fn null_is_allowed_in_the_way_of_each_version() {
    for (schema, expected) in [
        ("{type: string, nullable: true}", true),
        ("{type: [string, 'null']}", true),
        ("{oneOf: [{type: string}, {type: 'null'}]}", true),
        ("{allOf: [{type: string, nullable: true}]}", true),
        ("{allOf: [{type: string, nullable: true}, {$ref: '#/components/schemas/Id'}]}", false),
        ("{type: string}", false),
        ("{$ref: '#/components/schemas/Loop'}", false),
        ("{}", false),
    ] {
        assert_eq!(with_schema(schema, |schema| schema.is_nullable()), expected, "{schema}");
    }
}

#[test]
fn properties_are_those_of_all_parts() {
    let named = "{$ref: '#/components/schemas/Named'}";
    for (schema, expected, is_open) in [
        ("{properties: {a: {}, b: {}}, required: [b]}".to_owned(), "a b!", false),
        ("{properties: {a: {}}, additionalProperties: true}".to_owned(), "a", true),
        ("{properties: {a: {}}, additionalProperties: {type: string}}".to_owned(), "a", true),
        (format!("{{allOf: [{named}, {{properties: {{a: {{}}}}, required: [a]}}]}}"), "name! a!", false),
        // `required` beside `allOf` applies to its parts.
        ("{allOf: [{properties: {a: {}}}], required: [a, z]}".to_owned(), "a! z?", false),
        // An alternative without the property makes it optional.
        (format!("{{oneOf: [{named}, {{properties: {{a: {{}}}}, required: [a]}}]}}"), "name a", false),
        (format!("{{oneOf: [{named}, {{type: 'null'}}]}}"), "name!", false),
        ("{type: object}".to_owned(), "", true),
        ("{$ref: '#/components/schemas/Loop'}".to_owned(), "", true),
    ] {
        let found = with_schema(&schema, |schema| {
            let found = schema.properties();
            let found_names = found.known.iter().map(|property| match (property.is_described, property.required) {
                (true, true) => format!("{}!", property.name),
                (true, false) => property.name.to_owned(),
                (false, _) => format!("{}?", property.name),
            });
            (found_names.collect::<Vec<_>>().join(" "), found.is_open)
        });
        assert_eq!(found, (expected.to_owned(), is_open), "{schema}");
    }
}

#[test]
fn enum_values_are_those_of_all_parts() {
    for (schema, expected) in [
        ("{type: string, enum: [A, B]}", vec!["A", "B"]),
        ("{oneOf: [{enum: [A]}, {enum: [B]}]}", vec!["A", "B"]),
        ("{allOf: [{enum: [A]}]}", vec!["A"]),
        ("{enum: [1, 2]}", vec![]),
        ("{type: string}", vec![]),
    ] {
        let found =
            with_schema(schema, |schema| schema.enum_values().iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(found, expected, "{schema}");
    }
}
