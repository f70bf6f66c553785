//! Compares one endpoint with its operation. Each mismatch is reported at the token that causes it.

use super::body_check;
use super::body_type;
use super::document::Document;
use super::form_check::FormCheck;
use super::method_text;
use super::mismatch::{EndpointMismatches, Mismatch};
use super::operation_choice;
use super::operations::Operation;
use super::parameter_check::ParameterCheck;
use super::paths;
use super::result_check::ResultCheck;
use super::type_check::CompilerChecks;
use super::value_check::ValueCheck;
use crate::model::{Api, Endpoint};
use crate::parse::contract::Contract;
use crate::parse::mismatch_kind::MismatchKind;
use crate::suggest;

/// Returns the operation of an endpoint, after reporting what the macro itself can compare.
pub(super) fn check<'d>(
    api: &Api<'_>,
    endpoint: &Endpoint<'_>,
    contract: &Contract,
    document: &'d Document,
    (checks, mismatches): (&CompilerChecks, &EndpointMismatches<'_>),
) -> Option<Operation<'d>> {
    let operation = find_operation(api, endpoint, document, mismatches)?;
    let parameters = ParameterCheck::new(api, endpoint, contract, &operation, mismatches);
    parameters.check();
    body_check::request_body(endpoint, &operation, mismatches);
    body_check::accept(endpoint, &operation, mismatches);
    let values = ValueCheck { api, endpoint, checks, mismatches };
    values.check_parameters(&operation.parameters(), operation.path);
    body_type::check(endpoint, &operation, &values);
    if let Some(form) = FormCheck::new(endpoint, &operation, &values) {
        form.check();
    }
    ResultCheck::new(endpoint, &operation, &values).check(document);
    let anonymous = endpoint.verb.args.anonymous.as_ref().or(api.args.anonymous.as_ref());
    if let Some(word) = anonymous.filter(|_| operation.requires_credential() && !parameters.sends_api_key()) {
        let mismatch = Mismatch {
            what: "the operation requires a credential, and `anonymous` sends none".to_owned(),
            help: "remove `anonymous`".to_owned(),
            pointer: operation.pointer().key("security"),
        };
        mismatches.report(MismatchKind::Credential, word, mismatch);
    }
    Some(operation)
}

fn find_operation<'d>(
    api: &Api<'_>,
    endpoint: &Endpoint<'_>,
    document: &'d Document,
    mismatches: &EndpointMismatches<'_>,
) -> Option<Operation<'d>> {
    let (text, _) = endpoint.verb.template()?;
    let mut path_items = Vec::new();
    for variant in paths::variants(&api.template_text(endpoint)) {
        let found = document.paths().find(&variant);
        if found.is_empty() {
            let near = document.paths().near(&variant);
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let mismatch = Mismatch {
                what: format!("the document has no path `{variant}`{hint}"),
                help: "correct the path".to_owned(),
                pointer: document.pointer().key("paths"),
            };
            mismatches.report(MismatchKind::Path, text, mismatch);
            return None;
        }
        if path_items.is_empty() {
            path_items = found;
        }
    }
    let path = &path_items.first()?.path;
    let operations = path_items.into_iter().flat_map(|item| Operation::all(document, item));
    let (candidates, others): (Vec<_>, Vec<_>) =
        operations.partition(|operation| operation.method() == endpoint.verb.method);
    if candidates.is_empty() {
        mismatches.report(MismatchKind::Verb, &endpoint.verb.word, unknown_verb(endpoint, document, path, &others));
    }
    operation_choice::choose(api, endpoint, candidates)
}

fn unknown_verb(endpoint: &Endpoint<'_>, document: &Document, path: &str, operations: &[Operation<'_>]) -> Mismatch {
    let upper: Vec<String> = operations.iter().map(Operation::method).collect();
    let attributes: Vec<String> =
        operations.iter().map(|operation| format!("#[{}]", method_text::verb(operation))).collect();
    let list = |words: &[String]| suggest::list(&words.iter().map(String::as_str).collect::<Vec<_>>());
    Mismatch {
        what: format!("expected {} for `{path}`, found `{}`", list(&upper), endpoint.verb.method),
        help: format!("write {}", list(&attributes)),
        pointer: document.pointer().key("paths").key(path),
    }
}
