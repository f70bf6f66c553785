//! What only the parts together can get wrong. Each rule is a function; its ui case bears its name.

use std::collections::HashMap;

use syn::ext::IdentExt;
use syn::{GenericParam, Type};

use crate::ast::{Api, Endpoint, Item, Kind};
use crate::attr::param::QueryForm;
use crate::attr::verb::Path;
use crate::errors::Errors;
use crate::words;

pub(crate) fn check(api: &Api<'_>, errors: &Errors) {
    client_name(api, errors);
    trait_words(api, errors);
    trait_attributes(api, errors);
    names_twice(api, errors);
    for endpoint in api.endpoints() {
        reserved_name(endpoint, errors);
        placeholders(endpoint, errors);
        parameters(endpoint, errors);
        argument_twice(endpoint, errors);
        bound_twice(endpoint, errors);
        target(endpoint, errors);
        cfg_in_path(endpoint, errors);
        bodies(endpoint, errors);
    }
    declared_twice(api, errors);
    dynamic(api, errors);
}

fn client_name(api: &Api<'_>, errors: &Errors) {
    let name = &api.item.ident;
    if api.args.client.is_none() && name.to_string().ends_with("Client") {
        errors.spanned(
            name,
            format!(
                "the client would be called `{}`\nhelp: name it with `#[api(client = Name)]`, or rename the trait",
                api.client
            ),
        );
    }
    if let Some(client) = api.args.client.as_ref().filter(|client| *client == name) {
        errors.spanned(client, format!("the trait itself is called `{client}`\nhelp: give the client another name"));
    }
}

/// Words before `trait` that an API cannot have.
fn trait_words(api: &Api<'_>, errors: &Errors) {
    if let Some(token) = &api.item.unsafety {
        errors.spanned(token, "an API trait is not `unsafe`\nhelp: remove the word");
    }
    let methods = api.endpoints().map(|endpoint| &endpoint.item.sig.generics);
    for param in std::iter::once(&api.item.generics).chain(methods).flat_map(|generics| &generics.params) {
        if let GenericParam::Type(param) = param
            && param.ident == "_"
        {
            errors.spanned(&param.ident, "a generic parameter has no name\nhelp: write one, as in `T`");
        }
    }
}

/// Attributes of the trait that would do the same work again.
fn trait_attributes(api: &Api<'_>, errors: &Errors) {
    for attribute in api.item.attrs.iter().filter(|attribute| crate::attr::is_meant_for_traits(attribute)) {
        let path = attribute.path();
        let message = if path.segments.last().is_some_and(|last| last.ident == "api") {
            "`#[api]` stands on this trait twice\nhelp: remove one, and write the arguments of both into the other"
        } else {
            "`#[async_trait]` boxes what `#[api]` leaves unboxed\nhelp: remove it; for `dyn`, write `#[api(dyn)]`"
        };
        errors.spanned(path, message);
    }
}

/// Two methods of one name. Twins under `cfg` are meant.
fn names_twice(api: &Api<'_>, errors: &Errors) {
    let mut seen = Vec::new();
    for item in &api.item.items {
        let syn::TraitItem::Fn(method) = item else { continue };
        if method.attrs.iter().any(crate::attr::is_cfg) {
            continue;
        }
        let name = &method.sig.ident;
        if seen.contains(&name) {
            errors.spanned(name, format!("`{name}` is a method of this trait already\nhelp: rename one of the two"));
        }
        seen.push(name);
    }
}

/// What comes from `ApiClient`: an endpoint of such a name would make each call ambiguous.
fn reserved_name(endpoint: &Endpoint<'_>, errors: &Errors) {
    let name = &endpoint.item.sig.ident;
    if name == "with_options" || name == "__with_client" {
        let message = format!("`{name}` is a method of every client, by `ApiClient`\nhelp: rename the endpoint");
        errors.spanned(name, message);
    }
}

/// Two arguments of one name.
fn argument_twice(endpoint: &Endpoint<'_>, errors: &Errors) {
    let mut seen = Vec::new();
    for param in endpoint.params.iter().filter(|param| param.cfgs.is_empty()) {
        if seen.contains(&param.name) {
            let message =
                format!("`{}` is an argument of this method already\nhelp: rename one of the two", param.name);
            errors.spanned(param.name, message);
        }
        seen.push(param.name);
    }
}

/// Every placeholder has a parameter, every path parameter a placeholder, each exactly one.
fn placeholders(endpoint: &Endpoint<'_>, errors: &Errors) {
    let Some((text, template)) = endpoint.verb.template() else { return };
    let names = template.placeholders();
    let pairs = pairs(endpoint, &names);
    let mut bound: Vec<&str> = Vec::new();
    for (index, param) in endpoint.params.iter().enumerate() {
        let Kind::Path { placeholder, at, .. } = &param.kind else { continue };
        if bound.contains(&&**placeholder) {
            let message =
                format!("the placeholder `{{{placeholder}}}` has a parameter already\nhelp: remove one of the two");
            errors.at(*at, message);
        } else if !names.contains(&&**placeholder) {
            let remedy = match pairs.iter().find(|(stray, _)| *stray == index) {
                Some((_, meant)) => format!("; did you mean `{{{meant}}}`?\nhelp: write `#[path(\"{meant}\")]`"),
                None if names.is_empty() => "\nhelp: write `#[query]`".to_owned(),
                None => format!("\nhelp: write one of the path's placeholders, {}", words::list(&names)),
            };
            let message =
                format!("the path has no placeholder `{{{placeholder}}}`{remedy}, or `{{{placeholder}}}` in the path");
            errors.at(*at, message);
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
        errors.spanned(text, message);
    }
}

/// Arguments that have no place, and the placeholders without a parameter that they were meant for: the near one,
/// or, where as many are left of both, the next one.
fn pairs<'a>(endpoint: &Endpoint<'_>, names: &[&'a str]) -> Vec<(usize, &'a str)> {
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
        let Some(near) = words::near(stray, &free) else { return true };
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
fn parameters(endpoint: &Endpoint<'_>, errors: &Errors) {
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
        errors.spanned(param.name, message);
    }
}

/// A name that two parameters set, and what a request has once.
fn bound_twice(endpoint: &Endpoint<'_>, errors: &Errors) {
    let mut seen = Vec::new();
    for param in endpoint.params.iter().filter(|param| param.cfgs.is_empty()) {
        let (what, name, at) = match &param.kind {
            Kind::Query { form: QueryForm::Flatten | QueryForm::FlattenEncoded, .. } => continue,
            Kind::Query { name, at, .. } => ("query parameter", &**name, *at),
            Kind::Header { name, at, .. } => ("header", &**name, *at),
            Kind::Cookie { name, at, .. } => ("cookie", &**name, *at),
            Kind::Field { name, at, .. } => ("form field", &**name, *at),
            Kind::Options => ("parameter", "#[options]", param.name.span()),
            Kind::Url => ("parameter", "#[url]", param.name.span()),
            _ => continue,
        };
        if seen.contains(&(what, name)) {
            let remedy = match param.kind {
                Kind::Options | Kind::Url => "remove one",
                _ => "remove one, or take a sequence, `&[T]`",
            };
            errors.at(at, format!("the {what} `{name}` is there already\nhelp: {remedy}"));
        }
        seen.push((what, name));
    }
}

/// A `#[url]` parameter is the whole target; without one, there is a path.
fn target(endpoint: &Endpoint<'_>, errors: &Errors) {
    let verb = &endpoint.verb;
    let url = endpoint.params.iter().find(|param| matches!(param.kind, Kind::Url));
    match (&verb.path, url) {
        (Path::Missing, None) => {
            let method = if verb.word == "http" { format!("{}, ", verb.method) } else { String::new() };
            let message = format!(
                "`#[{0}]` has no path\nhelp: write `#[{0}({method}\"/path\")]`, or take the whole target as `#[url] link: &Link`",
                verb.word
            );
            errors.spanned(&verb.word, message);
        }
        (Path::Given(text, _), Some(_)) => {
            errors.spanned(text, "a `#[url]` parameter is the whole target\nhelp: remove the path, or the parameter");
        }
        (Path::Missing, Some(_)) => {
            for param in &endpoint.params {
                if let Kind::Path { at, .. } = &param.kind {
                    errors.at(*at, "a method with a `#[url]` parameter has no path\nhelp: remove this parameter");
                }
            }
        }
        _ => {}
    }
}

/// An argument that `cfg` takes away would silently shorten the path.
fn cfg_in_path(endpoint: &Endpoint<'_>, errors: &Errors) {
    for param in endpoint.params.iter().filter(|param| matches!(param.kind, Kind::Path { .. })) {
        if let Some(cfg) = param.cfgs.first() {
            errors.spanned(cfg.path(), "a path parameter under `#[cfg]` would make another path\nhelp: write two methods, each with a `#[cfg]`");
        }
    }
}

/// One body at most, and none where it has no meaning.
fn bodies(endpoint: &Endpoint<'_>, errors: &Errors) {
    let verb = &endpoint.verb;
    let bodies: Vec<_> = endpoint.params.iter().filter_map(|param| Some((param, param.kind.body_word()?))).collect();
    if let Some((_, first)) = bodies.first() {
        for (param, word) in bodies.iter().skip(1).filter(|(param, _)| param.cfgs.is_empty()) {
            if first != word {
                let message = format!("a request has one body, and `#[{first}]` makes it\nhelp: remove one of the two");
                errors.spanned(param.name, message);
            } else if !matches!(*word, "field" | "part") {
                errors.spanned(
                    param.name,
                    "a request has one body, and this would be a second\nhelp: put both into one struct",
                );
            }
        }
    }
    match (bodies.first(), &verb.args.allow_body) {
        (Some((body, _)), None) if verb.is_bodyless() => {
            let message = format!(
                "a body on `{}` has no meaning that servers agree on\nhelp: use another verb, make it `#[query]`, \
                 or write `#[{}(\"…\", allow_body)]` where the server wants it",
                verb.method, verb.word
            );
            errors.spanned(body.name, message);
        }
        (None, Some(allow)) => errors.spanned(allow, "`allow_body` stands without a body\nhelp: remove it"),
        (Some(_), Some(allow)) if !verb.is_bodyless() => {
            errors.spanned(allow, format!("`{}` may have a body anyway\nhelp: remove `allow_body`", verb.method));
        }
        _ => {}
    }
}

/// What `dyn` cannot hold.
fn dynamic(api: &Api<'_>, errors: &Errors) {
    let Some(word) = &api.args.dynamic else { return };
    if let Some(param) = api.item.generics.params.first() {
        errors.spanned(param, format!("`{word}` cannot hold a generic trait\nhelp: remove the parameter, or `{word}`"));
    }
    for item in &api.items {
        match item {
            Item::Endpoint(endpoint) => {
                let generic =
                    endpoint.item.sig.generics.params.iter().find(|p| !matches!(p, GenericParam::Lifetime(_)));
                if let Some(param) = generic {
                    errors.spanned(
                        param,
                        format!("`{word}` cannot hold a generic method\nhelp: write a type in place of the parameter, or remove `{word}`"),
                    );
                }
                for cfg in endpoint.params.iter().filter_map(|param| param.cfgs.first()) {
                    let message = format!(
                        "`{word}` cannot hold a parameter under `cfg`\nhelp: write two methods under `cfg`, or remove `{word}`"
                    );
                    errors.spanned(cfg.path(), message);
                }
                for param in endpoint.params.iter().filter(|param| matches!(param.ty, Type::ImplTrait(_))) {
                    errors.spanned(
                        param.ty,
                        format!("`{word}` cannot hold an `impl` argument\nhelp: write a type in its place, or remove `{word}`"),
                    );
                }
            }
            Item::Provided(_) | Item::Refused => {}
        }
    }
}

/// Two methods for one request: one of them is a copy that was not edited. Twins under `cfg` are meant.
fn declared_twice(api: &Api<'_>, errors: &Errors) {
    let mut seen: HashMap<(String, String, Option<String>), String> = HashMap::new();
    for endpoint in api.endpoints() {
        let Some((text, template)) = endpoint.verb.template() else { continue };
        if endpoint.item.attrs.iter().any(crate::attr::is_cfg) {
            continue;
        }
        let shape = template.pieces.iter().map(|piece| match piece {
            crate::path::Piece::Literal(literal) => literal.clone(),
            crate::path::Piece::Rest { .. } => "{**}".to_owned(),
            crate::path::Piece::Value(_) | crate::path::Piece::Optional(_) => "{}".to_owned(),
        });
        let shape: String = shape.chain(template.query.iter().map(|query| format!("?{query}"))).collect();
        let accept = endpoint.verb.args.accept.as_ref().map(syn::LitStr::value);
        let name = endpoint.item.sig.ident.to_string();
        if let Some(first) = seen.get(&(endpoint.verb.method.clone(), shape.clone(), accept.clone())) {
            errors.spanned(
                text,
                format!(
                    "`{first}` is `{} {}` already\nhelp: mend the path, or tell them apart by `accept`",
                    endpoint.verb.method,
                    text.value()
                ),
            );
        } else {
            seen.insert((endpoint.verb.method.clone(), shape, accept), name);
        }
    }
}
