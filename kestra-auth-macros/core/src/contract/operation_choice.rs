//! Which of several operations with the same method and path an endpoint calls. OpenAPI allows one operation for each,
//! so that documents tell further ones apart by what they write after `#` or `?`
//! ([path templating](https://spec.openapis.org/oas/v3.1.0#path-templating)).

use super::operations::Operation;
use super::reference::percent_decode;
use crate::model::{Api, Endpoint};
use crate::parse::rename_all::snake_case;

/// Returns the operation that the endpoint calls; `None` if nothing tells which of them it is.
pub(super) fn choose<'d>(
    api: &Api<'_>,
    endpoint: &Endpoint<'_>,
    mut candidates: Vec<Operation<'d>>,
) -> Option<Operation<'d>> {
    let is_plain = candidates.iter().all(|operation| tail(operation.path).is_none());
    let name = endpoint.item.sig.ident.to_string();
    let is_named = |operation: &Operation<'_>| operation.id().is_some_and(|id| snake_case(id) == name);
    let index = if candidates.len() < 2 {
        0
    } else if is_plain {
        // Paths that differ only in the names of their placeholders.
        let template = snake_case(&api.template_text(endpoint));
        let is_same = |operation: &Operation<'_>| template.ends_with(&snake_case(operation.path));
        only(&candidates, is_same).or_else(|| only(&candidates, is_named)).unwrap_or_default()
    } else {
        let sent = constants(api, endpoint);
        let is_sent = |operation: &Operation<'_>| {
            tail(operation.path).is_some_and(|tail| pairs(tail).all(|pair| sent.contains(&pair)))
        };
        only(&candidates, is_sent).or_else(|| only(&candidates, is_named))?
    };
    (index < candidates.len()).then(|| candidates.swap_remove(index))
}

/// The index of the only operation that fits.
fn only(candidates: &[Operation<'_>], fits: impl Fn(&Operation<'_>) -> bool) -> Option<usize> {
    let mut indices = (0..candidates.len()).filter(|index| fits(&candidates[*index]));
    indices.next().filter(|_| indices.next().is_none())
}

/// What a path has behind its segments.
fn tail(path: &str) -> Option<&str> {
    path.split_once(['#', '?']).map(|(_, tail)| tail).filter(|tail| !tail.is_empty())
}

/// The pairs of a query, decoded. A name that is a header's has any case.
fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    query.split('&').map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (percent_decode(name).to_ascii_lowercase(), percent_decode(value))
    })
}

/// The pairs of the template's query and the constant headers.
fn constants(api: &Api<'_>, endpoint: &Endpoint<'_>) -> Vec<(String, String)> {
    let query = endpoint.verb.template().and_then(|(_, template)| template.query.as_deref());
    let headers = endpoint.verb.args.headers.iter().chain(&api.args.headers);
    let headers = headers.map(|header| (header.name.clone(), header.value.clone()));
    query.into_iter().flat_map(pairs).chain(headers).collect()
}
