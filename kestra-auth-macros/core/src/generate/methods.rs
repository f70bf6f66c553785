//! Operations as methods of a trait.

use super::arguments::{self, Argument};
use super::bodies;
use super::docs;
use super::models::{Context, Models};
use super::naming::{Scope, pascal_case};
use super::options::Options;
use super::paths;
use super::results::{self, Output};
use super::types::Type;
use crate::contract::operations::Operation;

/// An operation as a method, before its name is chosen.
pub(super) struct Method<'d> {
    pub(super) docs: Vec<String>,
    /// In upper case.
    pub(super) verb: String,
    /// The path with its placeholders named like arguments.
    pub(super) path: String,
    pub(super) deprecated: bool,
    pub(super) anonymous: bool,
    pub(super) never_retry: bool,
    /// The headers that are the same in every call.
    pub(super) headers: Vec<String>,
    pub(super) arguments: Vec<Argument<'d>>,
    pub(super) output: Output,
    /// What the document says about the body of an error.
    pub(super) error: Option<Type>,
}

/// Reads an operation; `Err` is why it cannot be a method.
pub(super) fn read<'d>(
    operation: &Operation<'d>,
    name: &str,
    models: &mut Models<'d>,
    options: &Options,
) -> Result<Method<'d>, String> {
    let context = Context::root(pascal_case(name));
    // Clippy rejects the last three.
    let mut scope = Scope::with(&["self", "foo", "baz", "quux"]);
    let mut path = paths::template(operation.path, &mut scope)?;
    let (pairs, headers) = arguments::constants(operation);
    path.add_query(&pairs);
    let mut arguments = arguments::read(operation, &path.placeholders, &context, models, &mut scope);
    arguments.extend(bodies::read(operation, &context, models, &mut scope));
    let (output, error) = results::read(operation, &context, models, options);
    let node = operation.node.value;
    let id = operation.id().unwrap_or_default();
    Ok(Method {
        docs: docs::lines(node.get_str("summary"), node.get_str("description")),
        verb: operation.method(),
        path: path.text,
        deprecated: operation.is_deprecated(),
        anonymous: operation.is_public(),
        never_retry: options.never_retry.iter().any(|wanted| wanted == id),
        headers,
        arguments,
        output,
        error,
    })
}
