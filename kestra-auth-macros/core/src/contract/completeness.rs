//! Checks that a trait declares all operations of a tag, and prints the missing ones ready to paste.

use super::document::Document;
use super::method_text;
use super::mismatch::Mismatch;
use super::operations::Operation;
use crate::diagnostics::Diagnostics;
use crate::parse::contract::Contract;
use crate::suggest;

pub(super) fn check(contract: &Contract, document: &Document, declared: &[Operation<'_>], diagnostics: &Diagnostics) {
    let (Some(complete), Some(tag)) = (&contract.complete, &contract.tag) else { return };
    let wanted = tag.value();
    let operations: Vec<Operation<'_>> =
        document.paths().iter().flat_map(|item| Operation::all(document, item)).collect();
    let pointer = document.pointer().key("paths");
    let tagged = operations.iter().filter(|operation| operation.tags().any(|tag| tag == wanted));
    let tagged: Vec<&Operation<'_>> = tagged.collect();
    if tagged.is_empty() {
        let mut known: Vec<&str> = operations.iter().flat_map(Operation::tags).collect();
        known.sort_unstable();
        known.dedup();
        let what = format!("no operation has the tag `{wanted}`{}", suggest::did_you_mean(&wanted, &known));
        diagnostics.report(tag, Mismatch { what, help: "write a tag of the document".to_owned(), pointer });
        return;
    }
    let is_declared = |operation: &Operation<'_>| {
        declared.iter().any(|declared| declared.path == operation.path && declared.verb == operation.verb)
    };
    let missing: Vec<&Operation<'_>> = tagged.into_iter().filter(|operation| !is_declared(operation)).collect();
    if missing.is_empty() {
        return;
    }
    let methods: String = missing.iter().map(|operation| method_text::method(operation)).collect();
    let what = format!("missing operations with the tag `{wanted}`");
    diagnostics.report(complete, Mismatch { what, help: format!("add to the trait\n{methods}"), pointer });
}
