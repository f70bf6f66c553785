//! Headers and cookies.

use syn::LitStr;

use crate::diagnostics::Diagnostics;
use crate::model::{Api, Endpoint, is_identifier};
use crate::parse::headers::{ConstantHeader, cookie_name};
use crate::parse::param_kind::ParamKind;

/// Headers that belong to the connection: a wrong one desynchronizes it, and HTTP/2 forbids some.
const CONNECTION: [&str; 6] = ["connection", "content-length", "host", "keep-alive", "transfer-encoding", "upgrade"];

/// A constant header is one that a trait can set, and is listed once.
pub(super) fn constant_headers(headers: &[ConstantHeader], diagnostics: &Diagnostics) {
    for (index, header) in headers.iter().enumerate() {
        let text = header.text.value();
        let name = text.split(':').next().unwrap_or_default();
        if let Some(message) = reserved(name) {
            diagnostics.report(&header.text, message);
        } else if let Some(variable) = variable(&header.value) {
            let message = format!(
                "unexpected variable `{{{variable}}}` in the header `{name}`, which is constant\n\
                 help: remove the header, and write `#[header(\"{name}\")] {variable}: &str`"
            );
            diagnostics.report(&header.text, message);
        } else if headers[..index].iter().any(|other| other.name == header.name && other.value == header.value) {
            let message = format!("duplicate header `{name}`\nhelp: remove one of the two");
            diagnostics.report(&header.text, message);
        }
    }
}

/// A header is one that an endpoint can set, and is set in one way.
pub(super) fn headers(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let args = &endpoint.verb.args;
    constant_headers(&args.headers, diagnostics);
    if let (Some(accept), true) = (&args.accept, args.headers.iter().any(|header| header.name == "accept")) {
        let message = "duplicate header `accept`, which is in `headers` as well\nhelp: remove one of the two";
        diagnostics.report(accept, message);
    }
    let params = endpoint.params.iter().filter(|param| matches!(param.kind, ParamKind::Header { .. }));
    for (param, span) in params.map(|param| (param, param.name_span())) {
        let written = param.given_name.as_ref().map(LitStr::value).unwrap_or_default();
        if let Some(message) = reserved(&written) {
            diagnostics.report_at(span, message);
        } else if args.idempotency_key.as_ref().is_some_and(|key| key.header == param.name) {
            let message = format!(
                "duplicate header `{written}`, which `idempotency_key` sets\nhelp: remove one of the two, or give the key \
                 of a call in its `CallOptions`"
            );
            diagnostics.report_at(span, message);
        }
    }
    if let Some(key) = &args.idempotency_key
        && let Some(message) = reserved(&key.header)
    {
        diagnostics.report_at(key.span, message);
    }
}

/// A constant `Authorization` is not on an anonymous endpoint, which would not send it.
pub(super) fn authorization(api: &Api<'_>, endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let args = &endpoint.verb.args;
    let of_trait = authorization_of(&api.args.headers);
    if let Some(header) = authorization_of(&args.headers) {
        if args.anonymous.is_some() || api.args.anonymous.is_some() {
            diagnostics.report(&header.text, ANONYMOUS_AUTHORIZATION);
        }
    } else if let (Some(_), Some(anonymous), None) = (of_trait, &args.anonymous, &api.args.anonymous) {
        let message = "`anonymous` and the constant header `Authorization` of the trait exclude each other\nhelp: remove \
                       `anonymous`, or move the header to the methods that send it";
        diagnostics.report(anonymous, message);
    }
}

/// A constant `Authorization` is not on an anonymous trait either.
pub(super) fn authorization_of_trait(api: &Api<'_>, diagnostics: &Diagnostics) {
    if let (Some(header), Some(_)) = (authorization_of(&api.args.headers), &api.args.anonymous) {
        diagnostics.report(&header.text, ANONYMOUS_AUTHORIZATION);
    }
}

const ANONYMOUS_AUTHORIZATION: &str =
    "unexpected constant header `Authorization`: `anonymous` sends no credential\nhelp: remove one of the two";

fn authorization_of(headers: &[ConstantHeader]) -> Option<&ConstantHeader> {
    headers.iter().find(|header| header.name == "authorization")
}

/// Cookies are given one by one, or as the header `Cookie`. With both, one would replace the other.
pub(super) fn cookies(api: &Api<'_>, endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let is_cookie = |header: &ConstantHeader| header.name == "cookie";
    let constant = endpoint.verb.args.headers.iter().chain(&api.args.headers).any(is_cookie);
    let param =
        endpoint.params.iter().any(|param| matches!(param.kind, ParamKind::Header { .. }) && param.name == "cookie");
    let Some(cookie) = endpoint.params.iter().find(|param| matches!(param.kind, ParamKind::Cookie { .. })) else {
        return;
    };
    if constant || param {
        let message = "`#[cookie]` and the header `Cookie` exclude each other\nhelp: remove the header, and take each \
                       cookie as `#[cookie]`";
        diagnostics.report_at(cookie.name_span(), message);
    }
}

/// The name of a cookie is valid if it is that of the argument, too.
pub(super) fn cookie_names(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let cookies = endpoint.params.iter().filter(|param| matches!(param.kind, ParamKind::Cookie { .. }));
    for param in cookies.filter(|param| param.given_name.is_none()) {
        if let Err(message) = cookie_name(&param.name) {
            let error = message.lines().next().unwrap_or_default();
            let help = "give the name of the cookie, as in `#[cookie(\"session_id\")]`";
            diagnostics.report(param.ident, format!("{error}\nhelp: {help}"));
        }
    }
}

/// Returns the variables in the constant headers of an endpoint. Arguments of these names are meant for them.
pub(super) fn variables(endpoint: &Endpoint<'_>) -> Vec<String> {
    endpoint.verb.args.headers.iter().filter_map(|header| variable(&header.value)).map(str::to_owned).collect()
}

/// Finds `{name}`, which looks like a placeholder.
fn variable(value: &str) -> Option<&str> {
    let (_, after) = value.split_once('{')?;
    let (name, _) = after.split_once('}')?;
    is_identifier(name).then_some(name)
}

/// Says why a header is not for a trait to set.
fn reserved(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    if lower == "content-type" {
        let message = "the header `Content-Type` is set by the body\nhelp: write the media type there, as in \
                       `#[json(\"application/scim+json\")]`";
        return Some(message.to_owned());
    }
    let is_reserved = CONNECTION.contains(&&*lower);
    is_reserved.then(|| format!("the header `{name}` is set by the transport\nhelp: remove it"))
}
