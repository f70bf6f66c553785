//! The page of breaking changes: for each rule that it lists as compared, a change that the client of the old version
//! does not survive. What breaks nothing is accepted.

use super::*;

const DOCUMENT: &str = "openapi: 3.1.0
info: {title: Rules, version: '1'}
paths:
  /items/{id}:
    get:
      operationId: read
      parameters: # read
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: page, in: query, schema: {type: integer}}
        - {name: sort, in: query, schema: {type: string, enum: [asc, desc]}}
        - {name: X-Kind, in: header, schema: {type: [string, integer]}}
      responses:
        '200': {content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}} # read
  /items:
    post:
      operationId: create
      requestBody: # create
        content: {application/json: {schema: {$ref: '#/components/schemas/NewItem'}}} # create
      responses:
        '200': {content: {application/json: {schema: {type: string}}}} # create
  /tags:
    put:
      operationId: tag
      requestBody: {required: true, content: {application/json: {schema: {type: array, items: {type: string}}}}} # tag
      responses:
        '200': {content: {application/json: {schema: {type: integer, format: int32}}}} # tag
  /state:
    get:
      operationId: state
      responses:
        '200': {content: {application/json: {schema: {$ref: '#/components/schemas/State'}}}}
    put:
      operationId: set
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
      responses:
        '200': {content: {application/json: {schema: {type: object, required: [ok], properties: {ok: {type: boolean}}}}}} # set
components:
  schemas:
    Item:
      type: object
      required: [name, size] # item
      properties:
        name: {type: string} # item
        size: {type: integer, format: int32} # item
        kind: {type: string, enum: [file, link]} # item
        mark: {const: item} # item
    NewItem:
      type: object
      required: [name] # new
      properties:
        name: {type: string} # new
        size: {type: integer} # new
        kind: {type: string, enum: [file, link]} # new
        mark: {const: new} # new
    State: {const: open}
    Order: {type: string, enum: [up, down]}
";

/// The rules, and a change that they report, from what to what.
#[rustfmt::skip]
const RULES: &[(&[&str], &str, &str)] = &[
    (&["api-path-removed-before-sunset", "api-path-removed-without-deprecation"], "  /tags:\n", "  /labels:\n"),
    (&["api-removed-before-sunset", "api-removed-without-deprecation"], "    put:\n      operationId: tag", "    patch:\n      operationId: tag"),
    (&["new-request-path-parameter"], "  /items/{id}:\n    get:\n      operationId: read\n      parameters: # read\n", "  /items/{id}/{part}:\n    get:\n      operationId: read\n      parameters:\n        - {name: part, in: path, required: true, schema: {type: string}}\n"),
    (&["new-required-request-parameter"], "parameters: # read\n", "parameters:\n        - {name: q, in: query, required: true, schema: {type: string}}\n"),
    (&["new-required-request-default-parameter-to-existing-path"], "parameters: # read\n", "parameters:\n        - {name: q, in: query, required: true, schema: {type: string, default: a}}\n"),
    (&["request-parameter-became-required"], "{name: page, in: query,", "{name: page, in: query, required: true,"),
    (&["request-parameter-removed-before-sunset"], "        - {name: page, in: query, schema: {type: integer}}\n", ""),
    (&["request-body-added-required"], "operationId: state\n", "operationId: state\n      requestBody: {required: true, content: {application/json: {schema: {type: string}}}}\n"),
    (&["request-body-became-required"], "requestBody: # create\n", "requestBody:\n        required: true\n"),
    (&["request-body-removed"], "      requestBody: # create\n", "      x-body:\n"),
    (&["request-body-media-type-removed"], "content: {application/json: {schema: {$ref: '#/components/schemas/NewItem'}}} # create", "content: {application/xml: {}}"),
    (&["response-media-type-removed"], "{content: {application/json: {schema: {type: string}}}} # create", "{content: {text/csv: {}}}"),
    (&["request-body-type-changed"], "{type: array, items: {type: string}}}}} # tag", "{type: object}}}}"),
    (&["request-body-list-of-types-narrowed"], "{type: array, items: {type: string}}}}} # tag", "{type: [string, integer]}}}}"),
    (&["request-parameter-type-changed"], "{name: page, in: query, schema: {type: integer}}", "{name: page, in: query, schema: {type: boolean}}"),
    (&["request-parameter-list-of-types-narrowed"], "{name: page, in: query, schema: {type: integer}}", "{name: page, in: query, schema: {type: [boolean, 'null']}}"),
    (&["request-property-type-changed"], "name: {type: string} # new", "name: {type: integer}"),
    (&["request-property-list-of-types-narrowed"], "name: {type: string} # new", "name: {type: [integer, boolean]}"),
    (&["response-body-type-changed"], "{content: {application/json: {schema: {type: string}}}} # create", "{content: {application/json: {schema: {type: object}}}}"),
    (&["response-body-list-of-types-widened", "response-body-type-generalized"], "{type: integer, format: int32}}}} # tag", "{type: number}}}}"),
    (&["response-property-type-changed"], "name: {type: string} # item", "name: {type: array, items: {type: string}}"),
    (&["response-property-list-of-types-widened", "response-property-type-generalized"], "size: {type: integer, format: int32} # item", "size: {type: number}"),
    (&["new-required-request-property"], "required: [name] # new\n      properties:\n", "required: [name, more]\n      properties:\n        more: {type: string}\n"),
    (&["new-required-request-property-with-default"], "required: [name] # new\n      properties:\n", "required: [name, more]\n      properties:\n        more: {type: string, default: a}\n"),
    (&["request-property-became-required"], "required: [name] # new", "required: [name, size]"),
    (&["request-property-became-required-with-default"], "required: [name] # new\n      properties:\n        name: {type: string} # new\n        size: {type: integer} # new", "required: [name, size]\n      properties:\n        name: {type: string}\n        size: {type: integer, default: 1}"),
    (&["response-property-became-nullable"], "name: {type: string} # item", "name: {type: [string, 'null']}"),
    (&["response-property-became-optional"], "required: [name, size] # item", "required: [size]"),
    (&["response-required-property-removed"], "required: [name, size] # item\n      properties:\n        name: {type: string} # item\n        size: {type: integer, format: int32} # item\n", "required: [name]\n      properties:\n        name: {type: string}\n"),
    (&["request-body-enum-value-removed"], "enum: [up, down]", "enum: [up]"),
    (&["request-parameter-enum-value-removed"], "enum: [asc, desc]", "enum: [asc]"),
    (&["request-property-enum-value-removed"], "kind: {type: string, enum: [file, link]} # new", "kind: {type: string, enum: [file]}"),
    (&["request-property-const-changed"], "mark: {const: new} # new", "mark: {const: other}"),
    (&["response-property-const-changed"], "mark: {const: item} # item", "mark: {const: other}"),
    (&["request-body-const-changed"], "Order: {type: string, enum: [up, down]}", "Order: {const: up}"),
    (&["response-body-const-changed"], "State: {const: open}", "State: {const: lost}"),
    // In part.
    (&["response-success-status-removed"], "'200': {content: {application/json: {schema: {type: string}}}} # create", "'204': {}"),
    (&["response-property-max-increased"], "size: {type: integer, format: int32} # item", "size: {type: integer, format: int64}"),
    (&["response-body-max-increased"], "{type: integer, format: int32}}}} # tag", "{type: integer, maximum: 5000000000}}}}"),
    (&["request-property-became-not-nullable"], "required: [name] # new", "required: [name, kind]"),
];

/// Changes that break no client.
#[rustfmt::skip]
const ACCEPTED: &[(&str, &str)] = &[
    ("paths:\n", "paths:\n  /more:\n    get: {responses: {'200': {}}}\n"),
    ("parameters: # read\n", "parameters:\n        - {name: q, in: query, schema: {type: string}}\n"),
    ("{name: page, in: query, schema: {type: integer}}", "{name: page, in: query, schema: {type: number}}"),
    ("{name: page, in: query, schema: {type: integer}}", "{name: page, in: query, schema: {type: string}}"),
    ("enum: [asc, desc]", "enum: [asc, desc, none]"),
    ("schema: {type: string, enum: [asc, desc]}", "schema: {type: string}"),
    ("enum: [up, down]", "enum: [up, down, left]"),
    ("requestBody: {required: true, content: {application/json: {schema: {type: array", "requestBody: {required: false, content: {application/json: {schema: {type: array"),
    ("required: [name] # new\n      properties:\n", "required: [name]\n      properties:\n        more: {type: string}\n"),
    ("required: [name] # new", "required: []"),
    ("size: {type: integer} # new", "size: {type: number}"),
    ("name: {type: string} # new", "name: {type: [string, 'null']}"),
    ("required: [name, size] # item\n      properties:\n", "required: [name, size, more]\n      properties:\n        more: {type: string}\n"),
    ("required: [name, size] # item", "required: [name, size, kind]"),
    ("size: {type: integer, format: int32} # item", "size: {type: integer, format: int32, minimum: 5}"),
    ("'200': {content: {application/json: {schema: {type: string}}}} # create", "'200': {content: {application/json: {schema: {type: string, maxLength: 5}}}}\n        '404': {}"),
];

fn breaks(from: &str, to: &str) -> Vec<Break> {
    assert!(DOCUMENT.contains(from), "{from}");
    diff(DOCUMENT, &DOCUMENT.replacen(from, to, 1)).breaks
}

#[test]
fn each_rule_that_is_compared_breaks_the_client() {
    let silent = RULES.iter().filter(|(_, from, to)| breaks(from, to).is_empty());
    let silent: Vec<_> = silent.map(|(rules, ..)| *rules).collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn changes_that_break_no_client_are_accepted() {
    for (from, to) in ACCEPTED {
        assert_eq!(breaks(from, to), [], "{from} -> {to}");
    }
}

#[test]
fn the_page_lists_as_compared_what_breaks_the_client() {
    let page = include_str!("../../../../../docs/breaking-changes.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| yes | ")?.split(" | ").next());
    let listed: Vec<&str> = rows.flat_map(|row| row.split(", ")).map(|rule| rule.trim_matches('`')).collect();
    let tested: Vec<&str> = RULES.iter().flat_map(|(rules, ..)| rules.iter().copied()).collect();
    let untested: Vec<&&str> = listed.iter().filter(|rule| !tested.contains(rule)).collect();
    assert!(untested.is_empty(), "{untested:?}");
    assert!(tested.iter().all(|rule| page.contains(&format!("`{rule}`"))));
}
