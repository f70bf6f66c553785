//! Finds what in a document cannot be generated, or contradicts itself.

use std::collections::HashMap;

use super::lines::{line_of, line_with};
use super::models::Models;
use super::options::Options;
use super::schemas;
use super::traits::{self, LeftOut};
use crate::contract::document::{Document, Node};
use crate::contract::operations::Operation;
use crate::contract::parameters::ParameterLocation;
use crate::contract::value::Value;

/// What was found in a document.
#[derive(Clone, Debug)]
pub struct Report {
    /// The problems, in the order of the document.
    pub problems: Vec<Problem>,
    /// How many operations the document has.
    pub operations: usize,
}

/// Something that cannot be generated, or that contradicts itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub what: String,
    /// Where it is.
    pub location: String,
    /// The line, from 1, if the layout of the document shows it.
    pub line: Option<usize>,
}

/// Checks a document with this text.
pub(super) fn check(document: &Document, text: &str) -> Result<Report, String> {
    let operations = traits::operations(document);
    let mut problems = Vec::new();
    let mut add = |what: String, location: String, line: Option<usize>| {
        let problem = Problem { what, location, line };
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    };
    let mut left_out = Vec::new();
    traits::read(document, &operations, &mut Models::new(document), &Options::default(), &mut left_out)?;
    for LeftOut { location, reason, path, verb } in left_out {
        add(reason, location, line_of(text, &["paths", &path, &verb]));
    }
    let mut ids: HashMap<&str, String> = HashMap::new();
    for operation in &operations {
        let pointer = operation.pointer().to_string();
        let line = line_of(text, &["paths", operation.path, operation.verb]);
        let mut add = |what: String, location: String| add(what, location, line);
        if let Some(id) = operation.id()
            && let Some(first) = ids.insert(id, pointer.clone())
        {
            add(format!("duplicate `operationId` `{id}`, which is that of {first}"), pointer.clone());
        }
        check_placeholders(operation, &pointer, &mut add);
        check_security(document, operation, &pointer, &mut add);
        if operation.responses().is_empty() {
            add("the operation describes no response".to_owned(), pointer);
        }
    }
    if let Some(components) = document.root().get("components") {
        for (name, schema) in components.entries("schemas") {
            let line = line_of(text, &["components", "schemas", name]);
            check_required(name, schema, &mut |what, location| add(what, location, line));
        }
    }
    // Following every reference above has shown which of them lead nowhere.
    for message in document.unresolved() {
        let (what, location) = message.split_once("\nnote: ").unwrap_or((&message, ""));
        let reference = what.split('`').nth(1).unwrap_or_default();
        add(what.to_owned(), location.to_owned(), line_with(text, reference));
    }
    Ok(Report { problems, operations: operations.len() })
}

/// Each placeholder of the path is a parameter, and each parameter of the path has a placeholder.
fn check_placeholders(operation: &Operation<'_>, pointer: &str, add: &mut impl FnMut(String, String)) {
    let placeholders: Vec<&str> = operation.path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
    let parameters = operation.parameters();
    let declared = parameters.iter().filter(|parameter| parameter.location == ParameterLocation::Path);
    let declared: Vec<&str> = declared.map(|parameter| parameter.name).collect();
    let clean = |name: &str| name.trim_matches(['+', '*', ' ']).split([':', '=']).next().unwrap_or(name).to_owned();
    for name in &placeholders {
        if !declared.iter().any(|other| clean(other) == clean(name)) {
            add(format!("the placeholder `{{{name}}}` has no parameter"), pointer.to_owned());
        }
    }
    for name in declared {
        if !placeholders.iter().any(|other| clean(other) == clean(name)) {
            add(format!("the path parameter `{name}` has no placeholder"), pointer.to_owned());
        }
    }
}

/// Each security scheme that an operation names exists.
fn check_security(document: &Document, operation: &Operation<'_>, pointer: &str, add: &mut impl FnMut(String, String)) {
    let schemes = document.root().get("components").map(|components| components.entries("securitySchemes"));
    let schemes = schemes.unwrap_or_default();
    let Some(security) = operation.node.get("security") else { return };
    for (name, _) in security.value.items().iter().flat_map(Value::entries) {
        if !schemes.iter().any(|(scheme, _)| scheme == name) {
            add(format!("unknown security scheme `{name}`"), pointer.to_owned());
        }
    }
}

/// Each required property of a struct is described.
fn check_required(name: &str, schema: Node<'_>, add: &mut impl FnMut(String, String)) {
    if !schemas::is_struct(schema) {
        return;
    }
    for required in schemas::members(schema).into_iter().flat_map(schemas::required) {
        if schemas::property(schema, required).is_none() {
            add(
                format!("the schema `{name}` requires `{required}`, which it does not describe"),
                schema.pointer().to_string(),
            );
        }
    }
}
