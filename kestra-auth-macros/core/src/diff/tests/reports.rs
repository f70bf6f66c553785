//! What a report says.

use super::*;

const OLD: &str = "openapi: 3.0.3
info:
  title: Flows
paths:
  /flows:
    get:
      operationId: list
      parameters:
        - name: page
          in: query
          schema:
            type: integer
        - name: q
          in: query
          schema: {type: string}
      responses:
        '200':
          content:
            application/json:
              schema:
                type: array
                items: {$ref: '#/components/schemas/Flow'}
  /gone:
    delete:
      operationId: gone
      responses: {'204': {description: Gone}}
components:
  schemas:
    Flow:
      type: object
      required: [id]
      properties:
        id: {type: string}
        state: {$ref: '#/components/schemas/State'}
    State:
      type: string
      enum: [OPEN, DONE]
";

fn changed(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(OLD.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

#[test]
fn nothing_is_reported_of_the_same_document() {
    let diff = diff(OLD, OLD);
    assert_eq!((diff.breaks, diff.deprecated, diff.added, diff.removed), Default::default());
    assert_eq!((diff.traits, diff.models), (1, 2));
}

#[test]
fn a_break_says_what_was_and_what_is_at_which_line() {
    let diff = diff(OLD, &changed(&[("            type: integer\n", "            type: boolean\n")]));
    let [found] = diff.breaks.as_slice() else { panic!("{diff:#?}") };
    assert_eq!((found.item.as_str(), found.operation.as_deref()), ("FlowsApi::list", Some("GET /flows")));
    assert_eq!((found.kind, found.name.as_deref()), (Some("type"), Some("page")));
    assert_eq!((found.old.as_deref(), found.new.as_deref()), (Some("{type: integer}"), Some("{type: boolean}")));
    assert_eq!(found.location.pointer, "new.yaml: paths./flows.get.parameters[0].schema");
    assert_eq!(found.location.line, Some(11));
}

#[test]
fn a_parameter_is_compared_with_the_one_of_its_name() {
    let before = "        - name: page\n          in: query\n          schema:\n            type: integer\n";
    let diff = diff(OLD, &changed(&[(before, ""), ("schema: {type: string}\n", "schema: {type: boolean}\n")]));
    let found = diff.breaks.iter().find(|found| found.name.as_deref() == Some("q")).unwrap();
    assert_eq!((found.old.as_deref(), found.new.as_deref()), (Some("{type: string}"), Some("{type: boolean}")));
}

#[test]
fn what_only_one_version_has_is_listed() {
    let new = changed(&[
        ("  /gone:\n    delete:", "  /here:\n    delete:"),
        ("        id: {type: string}\n", "        id: {type: string}\n        size: {type: integer}\n"),
        ("enum: [OPEN, DONE]", "enum: [OPEN, LOST]"),
        ("        - name: q\n          in: query\n", "        - name: X-Trace\n          in: header\n"),
    ]);
    let diff = diff(OLD, &new);
    let list = |changes: &[Change]| -> Vec<String> {
        changes
            .iter()
            .map(|change| format!("{} {} {}", change.kind, change.what, change.location.line.unwrap()))
            .collect()
    };
    assert_eq!(
        list(&diff.added),
        [
            "parameter `X-Trace` (header) of `GET /flows` 13",
            "property `size` of `Flow` 34",
            "value `LOST` of `State` 38",
            "operation `DELETE /here` 24",
        ]
    );
    assert_eq!(
        list(&diff.removed),
        ["parameter `q` (query) of `GET /flows` 13", "value `DONE` of `State` 37", "operation `DELETE /gone` 24",]
    );
}

#[test]
fn a_deprecated_operation_breaks_nothing() {
    let diff = diff(OLD, &changed(&[("operationId: list\n", "operationId: list\n      deprecated: true\n")]));
    assert_eq!(diff.breaks, []);
    assert_eq!(diff.deprecated[0].what, "the operation is deprecated");
    assert_eq!(diff.deprecated[0].location.line, Some(8));
}

#[test]
fn a_schema_that_is_gone_is_an_error_of_its_model() {
    let diff = diff(OLD, &changed(&[("    State:\n", "    Status:\n"), ("schemas/State'", "schemas/Status'")]));
    let gone = diff.breaks.iter().find(|found| found.item == "State").unwrap();
    assert_eq!((gone.kind, gone.operation.as_deref()), (None, None));
    assert!(gone.what.starts_with("the document has no schema `State`"), "{}", gone.what);
}

#[test]
fn pointers_into_swagger_are_as_the_file_has_them() {
    let old = "swagger: '2.0'\npaths:\n  /a:\n    get:\n      parameters:\n        - {name: x, in: query, type: string}\n      \
               responses: {'204': {description: x}}\n";
    let diff = diff(old, &old.replace("type: string", "type: boolean"));
    assert_eq!(diff.breaks[0].location.line, Some(6));
}
