//! What a request or a trait has once.

use std::cell::OnceCell;
use std::collections::HashMap;

use quote::ToTokens;
use syn::LitStr;

use crate::diagnostics::Diagnostics;
use crate::model::{Api, Endpoint, Param};
use crate::parse::attributes::is_cfg;
use crate::parse::param_kind::{ParamKind, QueryStyle};
use crate::parse::path_template::Piece;
use crate::parse::result_type::{self, name_of, response_type};
use crate::parse::value_type::ValueType;
use crate::spans::text_of;

/// No two parameters set the same name, and none sets one of the literal query.
pub(super) fn parameters(endpoint: &Endpoint<'_>, diagnostics: &Diagnostics) {
    let template = endpoint.verb.template();
    let literal: Vec<&str> = template.iter().flat_map(|(_, template)| template.query_names()).collect();
    let mut seen = Vec::new();
    for param in endpoint.params.iter().filter(|param| param.cfgs.is_empty()) {
        let (what, name, span) = match &param.kind {
            ParamKind::Query { style: QueryStyle::Flattened | QueryStyle::FlattenedEncoded, .. } => continue,
            ParamKind::Query { .. } => ("query parameter", &*param.name, param.name_span()),
            ParamKind::Header { .. } => ("header", &*param.name, param.name_span()),
            ParamKind::Cookie { .. } => ("cookie", &*param.name, param.name_span()),
            ParamKind::Field { .. } => ("form field", &*param.name, param.name_span()),
            ParamKind::Headers => ("parameter", "#[headers]", param.ident.span()),
            ParamKind::Options => ("parameter", "#[options]", param.ident.span()),
            ParamKind::Url => ("parameter", "#[url]", param.ident.span()),
            _ => continue,
        };
        if seen.contains(&(what, name)) {
            let help = match param.kind {
                ParamKind::Headers => "remove one of the two, and put all headers into one map",
                ParamKind::Options | ParamKind::Url | ParamKind::Cookie { .. } => "remove one of the two",
                _ => "remove one of the two, or take a sequence, `&[T]`",
            };
            let written = param.given_name.as_ref().map_or(name.to_owned(), LitStr::value);
            diagnostics.report_at(span, format!("duplicate {what} `{written}`\nhelp: {help}"));
        } else if what == "query parameter" && literal.contains(&name) {
            let message = format!(
                "duplicate query parameter `{name}`, which is in the path as well\nhelp: remove it from the path, or \
                 rename the parameter"
            );
            diagnostics.report_at(span, message);
        }
        seen.push((what, name));
    }
}

/// No two methods send the same request, which is likely a copy that was not edited, unless one says that it is not.
pub(super) fn endpoints(api: &Api<'_>, diagnostics: &Diagnostics) {
    let repeated = repeated_endpoints(api);
    for (endpoint, first) in &repeated {
        if let (Some((text, _)), None) = (endpoint.verb.template(), &endpoint.verb.args.allow_duplicate) {
            let message = format!(
                "duplicate endpoint: `{first}` sends `{} {}` as well\nhelp: correct the path, or distinguish the two by a \
                 parameter, the body, a constant header or `accept`",
                endpoint.verb.method,
                text.value()
            );
            diagnostics.report(text, message);
        }
    }
    for endpoint in api.endpoints() {
        let is_repeated = repeated.iter().any(|(other, _)| std::ptr::eq(*other, endpoint));
        if let Some(allow) = endpoint.verb.args.allow_duplicate.as_ref().filter(|_| !is_repeated) {
            let message =
                "unexpected `allow_duplicate`: no method before this one sends the same request\nhelp: remove it";
            diagnostics.report(allow, message);
        }
    }
}

/// An endpoint, and what distinguishes its request, once that is asked for.
type Candidate<'e, 'a> = (&'e Endpoint<'a>, OnceCell<Vec<String>>);

/// Returns the methods that send the same request as one before them, with the name of that one. Under `cfg`, one of
/// the two is compiled.
pub(crate) fn repeated_endpoints<'e, 'a>(api: &'e Api<'a>) -> Vec<(&'e Endpoint<'a>, String)> {
    // What distinguishes two endpoints is looked for only where the paths are the same.
    let mut seen: HashMap<(&str, String), Vec<Candidate<'_, '_>>> = HashMap::new();
    let mut repeated = Vec::new();
    for endpoint in api.endpoints() {
        let Some((_, template)) = endpoint.verb.template() else { continue };
        if endpoint.item.attrs.iter().any(is_cfg) {
            continue;
        }
        let shape = template.pieces.iter().map(|piece| match piece {
            Piece::Literal(literal) => literal.clone(),
            Piece::Rest { .. } => "{**}".to_owned(),
            Piece::Value(_) | Piece::Optional(_) => "{}".to_owned(),
        });
        let shape: String = shape.chain(template.query.iter().map(|query| format!("?{query}"))).collect();
        let others = seen.entry((&endpoint.verb.method, shape)).or_default();
        let own = OnceCell::new();
        let is_same = |(other, theirs): &&Candidate<'_, '_>| {
            theirs.get_or_init(|| distinctions(other)) == own.get_or_init(|| distinctions(endpoint))
        };
        match others.iter().find(is_same) {
            Some((first, _)) => repeated.push((endpoint, first.item.sig.ident.to_string())),
            None => others.push((endpoint, own)),
        }
    }
    repeated
}

/// Returns what distinguishes the request of an endpoint from others of the same path and verb, in an order of its own.
///
/// Many APIs have such requests: searches by different keys, uploads in different media types, and all of GraphQL.
fn distinctions(endpoint: &Endpoint<'_>) -> Vec<String> {
    let args = &endpoint.verb.args;
    let mut parts: Vec<String> = endpoint.params.iter().filter_map(distinction).collect();
    parts.extend(args.headers.iter().map(|header| format!("header {}: {}", header.name, header.value)));
    parts.extend(args.accept.as_ref().map(|accept| format!("header accept: {}", accept.value())));
    parts.extend(args.anonymous.as_ref().map(ToString::to_string));
    if endpoint.params.iter().any(|param| param.kind.body_attribute().is_some()) {
        // What a body asks for decides what the response is, as in GraphQL.
        let response = endpoint.output.map(|output| text_of(response_type(output).to_token_stream()));
        parts.extend(response.map(|response| format!("response {response}")));
    } else {
        // These types ask for another media type than JSON.
        let wrapper = endpoint.output.and_then(result_type::wrapper);
        parts.extend(wrapper.map(|wrapper| format!("response {wrapper}")));
    }
    parts.sort_unstable();
    parts
}

/// Returns how a parameter distinguishes the request. Those in the path have no names on the wire.
fn distinction(param: &Param<'_>) -> Option<String> {
    let (name, kind) = (&param.name, param.kind.attribute());
    let ty = || text_of(ValueType::new(param.ty).whole.to_token_stream());
    let is_optional = if matches!(name_of(param.ty).as_deref(), Some("Option")) { "?" } else { "" };
    Some(match &param.kind {
        ParamKind::Query { style: QueryStyle::Flattened | QueryStyle::FlattenedEncoded, .. } => {
            format!("flatten {}", ty())
        }
        ParamKind::Query { .. }
        | ParamKind::Header { .. }
        | ParamKind::Cookie { .. }
        | ParamKind::Field { .. }
        | ParamKind::Part { .. } => format!("{kind} {name}{is_optional}"),
        ParamKind::Json { media_type } => {
            format!("{kind} {} {}", media_type.as_ref().map(LitStr::value).unwrap_or_default(), ty())
        }
        ParamKind::Body { media_type } => format!("{kind} {} {}", media_type.value(), ty()),
        ParamKind::Form { .. } | ParamKind::Multipart => format!("{kind} {}", ty()),
        ParamKind::Headers => kind.to_owned(),
        ParamKind::Path { .. } | ParamKind::Options | ParamKind::Url | ParamKind::Unannotated | ParamKind::Invalid => {
            return None;
        }
    })
}
