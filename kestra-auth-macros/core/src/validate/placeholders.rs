//! Placeholders and the parameters that fill them.

use syn::ext::IdentExt;

use crate::diagnostics::Diagnostics;
use crate::model::{Endpoint, Param, is_identifier};
use crate::parse::method_attributes::MethodAttribute;
use crate::parse::param_kind::ParamKind;
use crate::parse::path_template::Template;
use crate::parse::request_line::VerbPath;
use crate::suggest;
use crate::validate::{extractors, headers};

/// Every path parameter has a placeholder, and no other parameter has the same one.
pub(super) fn path_parameters(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let Some((_, template)) = endpoint.verb.template() else { return };
    let names = template.placeholders();
    let pairs = pairs(endpoint, &names);
    let mut bound: Vec<&str> = Vec::new();
    for (index, param) in endpoint.params.iter().enumerate() {
        let (ParamKind::Path { .. }, placeholder) = (&param.kind, &param.name) else { continue };
        if bound.contains(&&**placeholder) {
            let message =
                format!("duplicate parameter for placeholder `{{{placeholder}}}`\nhelp: remove one of the two");
            diagnostics.report_at(param.name_span(), message);
        } else if !names.contains(&&**placeholder) {
            let (hint, help) = match pairs.iter().find(|(stray, _)| *stray == index) {
                Some((_, meant)) => (format!("; did you mean `{{{meant}}}`?"), format!("write `#[path(\"{meant}\")]`")),
                None if names.is_empty() => (String::new(), "write `#[query]`".to_owned()),
                None => (String::new(), format!("write one of the placeholders, {}", suggest::list(&names))),
            };
            let message = format!(
                "unknown placeholder `{{{placeholder}}}`{hint}\nhelp: {help}, or `{{{placeholder}}}` in the path"
            );
            diagnostics.report_at(param.name_span(), message);
        }
        bound.push(placeholder);
    }
}

/// Every placeholder has a parameter.
pub(super) fn placeholders(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let Some((text, template)) = endpoint.verb.template() else { return };
    let names = template.placeholders();
    let pairs = pairs(endpoint, &names);
    let is_meant = |name: &str| pairs.iter().any(|(_, meant)| *meant == name);
    let mut free: Vec<&str> = unbound(endpoint, &names).into_iter().filter(|name| !is_meant(name)).collect();
    // A parameter that is invalid itself may be meant for a placeholder: the one of its name, or else any. A pattern may be
    // meant for as many as it has names.
    let invalid = endpoint.params.iter().filter(|param| matches!(param.kind, ParamKind::Invalid));
    let mut claims: Vec<Vec<String>> = invalid.map(|param| vec![param.name.clone()]).collect();
    claims.extend(endpoint.patterns.iter().map(|pattern| extractors::bound_names(&pattern.pat)));
    for names in claims {
        let before = free.len();
        free.retain(|name| !names.iter().any(|claimed| claimed == name));
        let unmatched = names.len().max(1).saturating_sub(before - free.len());
        free.truncate(free.len().saturating_sub(unmatched));
    }
    for name in free {
        let help = if endpoint.params.iter().any(|param| param.ident.unraw() == name) {
            format!("remove the attribute of the argument `{name}`, which sends it elsewhere")
        } else if is_identifier(name) {
            format!("add the argument `{name}: &str`")
        } else {
            format!("add `#[path(\"{name}\")] argument: &str`")
        };
        let message =
            format!("missing parameter for placeholder `{{{name}}}`\nhelp: {help}, or remove the placeholder");
        diagnostics.report(text, message);
    }
}

/// Every argument is part of the request: it would be dropped silently otherwise.
pub(super) fn unannotated(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let names = endpoint.verb.template().map(|(_, template)| template.placeholders()).unwrap_or_default();
    let pairs = pairs(endpoint, &names);
    let mut reported: Vec<(usize, &Param<'_>)> =
        endpoint.params.iter().enumerate().filter(|(_, param)| matches!(param.kind, ParamKind::Unannotated)).collect();
    let (explained_names, any) = explained(endpoint);
    for name in explained_names {
        if let Some(at) = reported.iter().position(|(_, param)| param.name == name) {
            reported.remove(at);
        }
    }
    for (index, param) in reported.into_iter().skip(any) {
        let name = &param.name;
        let message = if let Some((_, meant)) = pairs.iter().find(|(stray, _)| *stray == index) {
            format!(
                "`{name}` is not a placeholder of the path; did you mean `{meant}`?\n\
                 help: rename the argument, or write `#[path(\"{meant}\")] {name}`"
            )
        } else {
            let help = extractors::argument(name, param.ty).unwrap_or_else(|| {
                format!("write `#[query]`, `#[header(\"…\")]` or `#[json]` before it, or `{{{name}}}` in the path")
            });
            format!("the argument `{name}` is not part of the request\nhelp: {help}")
        };
        diagnostics.report(param.ident, message);
    }
}

/// Returns the names of the arguments that an error elsewhere is about, and how many others there are whose names are
/// not known.
fn explained(endpoint: &Endpoint<'_>) -> (Vec<String>, usize) {
    let mut named = headers::variables(endpoint);
    let mut any = match &endpoint.verb.path {
        VerbPath::Invalid(Some(template)) => open_placeholders(endpoint, template),
        _ => 0,
    };
    for attribute in &endpoint.item.attrs {
        if let MethodAttribute::Param(word) = MethodAttribute::classify(attribute)
            && !matches!(word, "header" | "headers")
        {
            any += 1;
        }
    }
    if endpoint.item.sig.receiver().is_none() {
        named.extend(["client", "this"].map(str::to_owned));
    }
    (named, any)
}

/// Returns how many placeholders of an invalid path have no parameter yet.
fn open_placeholders(endpoint: &Endpoint<'_>, template: &Template) -> usize {
    let variables = template.query_variables.iter().map(String::as_str);
    let names: Vec<&str> = template.placeholders().into_iter().chain(variables).collect();
    let is_argument = |name: &&str| endpoint.params.iter().any(|param| param.ident.unraw() == name);
    unbound(endpoint, &names).into_iter().filter(|name| !is_argument(name)).count() + template.unnamed
}

/// Returns the placeholders that no path parameter is for.
fn unbound<'a>(endpoint: &Endpoint<'_>, names: &[&'a str]) -> Vec<&'a str> {
    let is_bound = |name: &str| {
        endpoint.params.iter().any(|param| matches!(param.kind, ParamKind::Path { .. }) && param.name == name)
    };
    names.iter().copied().filter(|name| !is_bound(name)).collect()
}

/// Pairs arguments that are not part of the request with the placeholders they were meant for: the one with a near
/// name, or the next one if as many are left of both.
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
