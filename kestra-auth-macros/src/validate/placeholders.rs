//! Placeholders and the parameters that fill them.

use syn::ext::IdentExt;

use crate::diagnostics::Diagnostics;
use crate::model::{Endpoint, is_identifier};
use crate::parse::param_kind::ParamKind;
use crate::suggest;

/// Every placeholder has a parameter, every path parameter a placeholder, each exactly one.
pub(super) fn placeholders(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let Some((text, template)) = endpoint.verb.template() else { return };
    let names = template.placeholders();
    let pairs = pairs(endpoint, &names);
    let mut bound: Vec<&str> = Vec::new();
    for (index, param) in endpoint.params.iter().enumerate() {
        let (ParamKind::Path { .. }, placeholder) = (&param.kind, &param.name) else { continue };
        if bound.contains(&&**placeholder) {
            let message =
                format!("the placeholder `{{{placeholder}}}` has a parameter already\nhelp: remove one of the two");
            diagnostics.report_at(param.name_span(), message);
        } else if !names.contains(&&**placeholder) {
            let remedy = match pairs.iter().find(|(stray, _)| *stray == index) {
                Some((_, meant)) => format!("; did you mean `{{{meant}}}`?\nhelp: write `#[path(\"{meant}\")]`"),
                None if names.is_empty() => "\nhelp: write `#[query]`".to_owned(),
                None => format!("\nhelp: write one of the path's placeholders, {}", suggest::list(&names)),
            };
            let message =
                format!("the path has no placeholder `{{{placeholder}}}`{remedy}, or `{{{placeholder}}}` in the path");
            diagnostics.report_at(param.name_span(), message);
        }
        bound.push(placeholder);
    }
    let is_broken = endpoint.params.iter().any(|param| matches!(param.kind, ParamKind::Invalid));
    let is_free = |name: &&str| !bound.contains(name) && !pairs.iter().any(|(_, meant)| meant == name);
    for name in names.iter().copied().filter(is_free).filter(|_| !is_broken) {
        let remedy = if endpoint.params.iter().any(|param| param.ident.unraw() == name) {
            format!("remove the attribute before the argument `{name}`, which sends it elsewhere")
        } else if is_identifier(name) {
            format!("add the argument `{name}: &str`")
        } else {
            format!("add `#[path(\"{name}\")] argument: &str`")
        };
        let message =
            format!("the placeholder `{{{name}}}` has no parameter\nhelp: {remedy}, or remove it from the path");
        diagnostics.report(text, message);
    }
}

/// An argument that is neither in the path nor has an attribute would be dropped silently.
pub(super) fn unannotated(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let names = endpoint.verb.template().map(|(_, template)| template.placeholders()).unwrap_or_default();
    let pairs = pairs(endpoint, &names);
    for (index, param) in endpoint.params.iter().enumerate() {
        if !matches!(param.kind, ParamKind::Unannotated) {
            continue;
        }
        let name = &param.name;
        let message = match pairs.iter().find(|(stray, _)| *stray == index) {
            Some((_, meant)) => format!(
                "`{name}` is no placeholder of the path; did you mean `{meant}`?\n\
                 help: rename the argument, or write `#[path(\"{meant}\")] {name}`"
            ),
            None => format!(
                "`{name}` has no place in the request\nhelp: write `#[query]`, `#[header(\"…\")]` or `#[json]` before it, \
                 or `{{{name}}}` in the path"
            ),
        };
        diagnostics.report(param.ident, message);
    }
}

/// Arguments that have no place, and the placeholders without a parameter that they were meant for: the near one,
/// or, where as many are left of both, the next one.
fn pairs<'a>(endpoint: &Endpoint<'_>, names: &[&'a str]) -> Vec<(usize, &'a str)> {
    let mut free = names.to_vec();
    let mut strays = Vec::new();
    for (index, param) in endpoint.params.iter().enumerate() {
        match &param.kind {
            ParamKind::Path { .. } if names.contains(&&*param.name) => free.retain(|name| *name != param.name),
            ParamKind::Path { .. } | ParamKind::Unannotated => strays.push((index, &param.name)),
            _ => {}
        }
    }
    let mut pairs = Vec::new();
    strays.retain(|(index, stray)| {
        let Some(near) = suggest::near(stray, &free) else { return true };
        free.retain(|name| *name != near);
        pairs.push((*index, near));
        false
    });
    if free.len() == strays.len() {
        pairs.extend(strays.into_iter().zip(free).map(|((index, _), name)| (index, name)));
    }
    pairs
}
