//! The path and the parameters that fill it.

use syn::ext::IdentExt;

use crate::diagnostics::Diagnostics;
use crate::model::{Endpoint, Kind};
use crate::parse::request_line::Path;
use crate::suggest;

/// Every placeholder has a parameter, every path parameter a placeholder, each exactly one.
pub(super) fn placeholders(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let Some((text, template)) = endpoint.verb.template() else { return };
    let names = template.placeholders();
    let pairs = pairs(endpoint, &names);
    let mut bound: Vec<&str> = Vec::new();
    for (index, param) in endpoint.params.iter().enumerate() {
        let Kind::Path { placeholder, at, .. } = &param.kind else { continue };
        if bound.contains(&&**placeholder) {
            let message =
                format!("the placeholder `{{{placeholder}}}` has a parameter already\nhelp: remove one of the two");
            diagnostics.at(*at, message);
        } else if !names.contains(&&**placeholder) {
            let remedy = match pairs.iter().find(|(stray, _)| *stray == index) {
                Some((_, meant)) => format!("; did you mean `{{{meant}}}`?\nhelp: write `#[path(\"{meant}\")]`"),
                None if names.is_empty() => "\nhelp: write `#[query]`".to_owned(),
                None => format!("\nhelp: write one of the path's placeholders, {}", suggest::list(&names)),
            };
            let message =
                format!("the path has no placeholder `{{{placeholder}}}`{remedy}, or `{{{placeholder}}}` in the path");
            diagnostics.at(*at, message);
        }
        bound.push(placeholder);
    }
    let is_broken = endpoint.params.iter().any(|param| matches!(param.kind, Kind::Broken));
    let is_free = |name: &&str| !bound.contains(name) && !pairs.iter().any(|(_, meant)| meant == name);
    for name in names.iter().copied().filter(is_free).filter(|_| !is_broken) {
        let remedy = if endpoint.params.iter().any(|param| param.name.unraw() == name) {
            format!("remove the attribute before the argument `{name}`, which sends it elsewhere")
        } else if syn::parse_str::<syn::Ident>(name).is_ok() {
            format!("add the argument `{name}: &str`")
        } else {
            format!("add `#[path(\"{name}\")] argument: &str`")
        };
        let message =
            format!("the placeholder `{{{name}}}` has no parameter\nhelp: {remedy}, or remove it from the path");
        diagnostics.spanned(text, message);
    }
}

/// Arguments that have no place, and the placeholders without a parameter that they were meant for: the near one,
/// or, where as many are left of both, the next one.
pub(super) fn pairs<'a>(endpoint: &Endpoint<'_>, names: &[&'a str]) -> Vec<(usize, &'a str)> {
    let mut free = names.to_vec();
    let mut strays = Vec::new();
    for (index, param) in endpoint.params.iter().enumerate() {
        match &param.kind {
            Kind::Path { placeholder, .. } if names.contains(&&**placeholder) => {
                free.retain(|name| name != placeholder);
            }
            Kind::Path { placeholder, .. } => strays.push((index, placeholder.clone())),
            Kind::Unannotated => strays.push((index, param.name.unraw().to_string())),
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

/// An argument that is neither in the path nor has an attribute would be dropped silently.
pub(super) fn parameters(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let names = endpoint.verb.template().map(|(_, template)| template.placeholders()).unwrap_or_default();
    let pairs = pairs(endpoint, &names);
    for (index, param) in endpoint.params.iter().enumerate() {
        if !matches!(param.kind, Kind::Unannotated) {
            continue;
        }
        let name = param.name.unraw().to_string();
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
        diagnostics.spanned(param.name, message);
    }
}

/// A `#[url]` parameter is the whole target; without one, there is a path.
pub(super) fn target(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let verb = &endpoint.verb;
    let url = endpoint.params.iter().find(|param| matches!(param.kind, Kind::Url));
    match (&verb.path, url) {
        (Path::Missing, None) => {
            let method = if verb.word == "http" { format!("{}, ", verb.method) } else { String::new() };
            let message = format!(
                "`#[{0}]` has no path\nhelp: write `#[{0}({method}\"/path\")]`, or take the whole target as `#[url] link: &Link`",
                verb.word
            );
            diagnostics.spanned(&verb.word, message);
        }
        (Path::Given(text, _), Some(_)) => {
            diagnostics
                .spanned(text, "a `#[url]` parameter is the whole target\nhelp: remove the path, or the parameter");
        }
        (Path::Missing, Some(_)) => {
            for param in &endpoint.params {
                if let Kind::Path { at, .. } = &param.kind {
                    diagnostics.at(*at, "a method with a `#[url]` parameter has no path\nhelp: remove this parameter");
                }
            }
        }
        _ => {}
    }
}

/// An argument that `cfg` takes away would silently shorten the path.
pub(super) fn cfg_in_path(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    for param in endpoint.params.iter().filter(|param| matches!(param.kind, Kind::Path { .. })) {
        if let Some(cfg) = param.cfgs.first() {
            diagnostics.spanned(cfg.path(), "a path parameter under `#[cfg]` would make another path\nhelp: write two methods, each with a `#[cfg]`");
        }
    }
}
