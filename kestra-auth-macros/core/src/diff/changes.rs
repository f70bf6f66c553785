//! What a document has that another version of it does not have: operations, parameters, properties and values.

use std::collections::HashSet;

use crate::contract::document::Document;
use crate::contract::operations::{MediaType, Operation};
use crate::contract::parameters::{Parameter, ParameterLocation};
use crate::contract::pointer::Pointer;
use crate::contract::schema::Schema;

/// Something that only one of the documents has.
pub(super) struct Addition {
    /// `operation`, `parameter`, `property` or `value`.
    pub(super) kind: &'static str,
    /// As in `` the property `x` of `Flow` ``, without the kind.
    pub(super) what: String,
    pub(super) pointer: Pointer,
}

/// Walks through what two documents have in common.
struct Walk<'d> {
    found: Vec<Addition>,
    /// The pairs of schemas that have been compared, or are being compared.
    seen: HashSet<(usize, usize)>,
    /// The pairs that are left to compare, each with its name and where it is.
    pending: Vec<(Schema<'d>, Schema<'d>, String, Pointer)>,
}

/// Returns what one document has and the other one does not have.
pub(super) fn additions(document: &Document, other: &Document) -> Vec<Addition> {
    let mut walk = Walk { found: Vec::new(), seen: HashSet::new(), pending: Vec::new() };
    for operation in document.paths().iter().flat_map(|item| Operation::all(document, item)) {
        let name = format!("{} {}", operation.method(), operation.path);
        let items = other.paths().find(operation.path).into_iter();
        let mut found = items.flat_map(|item| Operation::all(other, item));
        match found.find(|found| found.method() == operation.method()) {
            Some(found) => walk.compare_operations(&operation, &found, &name),
            None => walk.add("operation", format!("`{name}`"), operation.pointer()),
        }
        walk.finish();
    }
    walk.found
}

impl<'d> Walk<'d> {
    fn add(&mut self, kind: &'static str, what: String, pointer: Pointer) {
        if !self.found.iter().any(|found| found.kind == kind && found.what == what) {
            self.found.push(Addition { kind, what, pointer });
        }
    }

    fn compare_operations(&mut self, operation: &Operation<'d>, other: &Operation<'d>, name: &str) {
        let others = other.parameters();
        for parameter in operation.parameters() {
            let is_same = |found: &&Parameter<'_>| {
                found.location == parameter.location && found.location.is_same_name(found.name, parameter.name)
            };
            match others.iter().find(is_same) {
                // The name of a placeholder is not sent.
                None if parameter.location == ParameterLocation::Path => {}
                None => {
                    let required = if parameter.required { ", which is required" } else { "" };
                    let what = format!("`{}` ({}) of `{name}`{required}", parameter.name, parameter.location);
                    self.add("parameter", what, parameter.pointer);
                }
                Some(found) => {
                    let of = format!("the parameter `{}` of `{name}`", parameter.name);
                    self.push(parameter.schema, found.schema, of, parameter.pointer.key("schema"));
                }
            }
        }
        let pointer = operation.pointer();
        if let (Some(body), Some(found)) = (operation.request_body(), other.request_body()) {
            let of = format!("the request body of `{name}`");
            self.push_contents(&body.contents, &found.contents, &of, &pointer.clone().key("requestBody"));
        }
        let found = other.responses();
        for response in operation.responses() {
            if let Some(found) = found.iter().find(|found| found.status == response.status) {
                let of = format!("the response {} of `{name}`", response.status);
                let pointer = pointer.clone().key("responses").key(response.status);
                self.push_contents(&response.contents, &found.contents, &of, &pointer);
            }
        }
    }

    fn push_contents(&mut self, contents: &[MediaType<'d>], others: &[MediaType<'d>], of: &str, pointer: &Pointer) {
        for content in contents {
            let Some(other) = others.iter().find(|other| other.name == content.name) else { continue };
            let pointer = pointer.clone().key("content").key(content.name).key("schema");
            self.push(content.schema, other.schema, of.to_owned(), pointer);
        }
    }

    fn push(&mut self, schema: Option<Schema<'d>>, other: Option<Schema<'d>>, of: String, pointer: Pointer) {
        let (Some(schema), Some(other)) = (schema, other) else { return };
        if self.seen.insert((schema.id(), other.id())) {
            self.pending.push((schema, other, of, pointer));
        }
    }

    /// Compares the schemas that are left.
    fn finish(&mut self) {
        while let Some((schema, other, of, pointer)) = self.pending.pop() {
            let named = schema.name().map(|name| {
                (format!("`{name}`"), schema.document().pointer().key("components").key("schemas").key(name))
            });
            let (of, pointer) = named.unwrap_or((of, pointer));
            self.compare_schemas(schema, other, &of, &pointer);
        }
    }

    fn compare_schemas(&mut self, schema: Schema<'d>, other: Schema<'d>, of: &str, pointer: &Pointer) {
        let (values, others) = (schema.enum_values(), other.enum_values());
        if !others.is_empty() {
            for value in values.iter().filter(|value| !others.contains(value)) {
                self.add("value", format!("`{value}` of {of}"), pointer.clone().key("enum"));
            }
        }
        let (properties, others) = (schema.properties(), other.properties());
        for property in properties.known.iter().filter(|property| property.is_described) {
            let own = pointer.clone().key("properties").key(property.name);
            match others.find(property.name).filter(|found| found.is_described) {
                Some(found) => {
                    let of = format!("the property `{}` of {of}", property.name);
                    self.push(Some(property.schema), Some(found.schema), of, own);
                }
                // An object whose properties the other document does not describe says nothing about them.
                None if others.known.is_empty() => {}
                None => self.add("property", format!("`{}` of {of}", property.name), own),
            }
        }
        self.push(schema.items(), other.items(), format!("the items of {of}"), pointer.clone().key("items"));
        self.push(
            schema.additional(),
            other.additional(),
            format!("the values of {of}"),
            pointer.clone().key("additionalProperties"),
        );
    }
}
