//! Compares the query, header and cookie parameters of an endpoint with those of its operation.

use super::method_text;
use super::mismatch::{EndpointMismatches, Mismatch};
use super::operations::Operation;
use super::parameters::{CollectionFormat, Parameter, ParameterLocation, ParameterValue};
use super::reference::percent_decode;
use super::type_shape::{TypeShape, is_option, type_shape};
use crate::model::{Api, Endpoint, Param};
use crate::parse::contract::Contract;
use crate::parse::mismatch_kind::MismatchKind;
use crate::parse::param_kind::{ParamKind, QueryStyle, Separator};
use crate::suggest;

pub(super) struct ParameterCheck<'c> {
    api: &'c Api<'c>,
    contract: &'c Contract,
    endpoint: &'c Endpoint<'c>,
    operation: &'c Operation<'c>,
    mismatches: &'c EndpointMismatches<'c>,
    /// The parameters of the document.
    known: Vec<Parameter<'c>>,
    /// The parameters of the endpoint.
    sent: Vec<Sent<'c>>,
}

/// A parameter that the endpoint sends, by its name on the wire.
struct Sent<'c> {
    param: &'c Param<'c>,
    location: ParameterLocation,
    name: String,
}

/// What the document has for a parameter of the endpoint.
enum Match<'c> {
    /// The document does not describe the parameter itself and allows it: a property of an object, a credential or
    /// a header that OpenAPI ignores.
    Allowed,
    Same(&'c Parameter<'c>),
    /// The name exists in another location.
    Elsewhere(&'c Parameter<'c>),
    Unknown,
}

impl<'c> ParameterCheck<'c> {
    pub(super) fn new(
        api: &'c Api<'c>,
        endpoint: &'c Endpoint<'c>,
        contract: &'c Contract,
        operation: &'c Operation<'c>,
        mismatches: &'c EndpointMismatches<'c>,
    ) -> Self {
        let known = operation.parameters();
        let sent = endpoint.params.iter().filter_map(Sent::of).collect();
        Self { api, contract, endpoint, operation, mismatches, known, sent }
    }

    pub(super) fn check(&self) {
        for sent in &self.sent {
            match self.find(sent) {
                Match::Allowed => {}
                Match::Same(known) => {
                    self.check_format(sent, known);
                    self.check_always_sent(sent, known);
                }
                Match::Elsewhere(known) => self.report_location(sent, known),
                Match::Unknown => self.report_unknown(sent),
            }
        }
        self.check_missing();
    }

    /// Whether one of the endpoint's parameters carries the API key of the document.
    pub(super) fn sends_api_key(&self) -> bool {
        let keys = self.operation.api_key_names();
        self.sent.iter().any(|sent| keys.iter().any(|key| sent.location.is_same_name(key, &sent.name)))
    }

    fn find(&self, sent: &Sent<'_>) -> Match<'_> {
        let Sent { location, name, .. } = sent;
        if location.is_ignored(name) {
            return Match::Allowed;
        }
        let in_location = || self.known.iter().filter(|known| known.location == *location);
        if let Some(known) = in_location().find(|known| location.is_same_name(known.name, name)) {
            return Match::Same(known);
        }
        let is_property = in_location()
            .filter_map(|known| known.value.properties())
            .any(|properties| properties.is_open || properties.find(name).is_some());
        if is_property || self.operation.api_key_names().iter().any(|key| location.is_same_name(key, name)) {
            return Match::Allowed;
        }
        // The other location may be the header, whose names ignore case.
        let elsewhere = self.known.iter().find(|known| known.name.eq_ignore_ascii_case(name));
        elsewhere.map_or(Match::Unknown, Match::Elsewhere)
    }

    fn report_unknown(&self, sent: &Sent<'_>) {
        let Sent { location, name, .. } = sent;
        let known: Vec<&Parameter<'_>> = self.known.iter().filter(|known| known.location == *location).collect();
        // A required parameter that is not sent is probably the new name of this one.
        let required = self.missing().into_iter().find(|known| known.location == *location);
        let names: Vec<&str> = known.iter().map(|known| known.name).collect();
        let near = suggest::near(name, &names).and_then(|near| known.iter().find(|known| known.name == near).copied());
        let hint = match (required, near) {
            (Some(required), _) => format!("; it requires `{}`", required.name),
            (None, Some(near)) => format!("; did you mean `{}`?", near.name),
            (None, None) => String::new(),
        };
        let help = match required.or(near) {
            Some(meant) => format!("write `{}`", method_text::attribute(meant)),
            None => "remove the parameter".to_owned(),
        };
        let mismatch = Mismatch {
            what: format!("the operation has no `{location}` parameter `{name}`{hint}"),
            help,
            pointer: self.operation.pointer().key("parameters"),
        };
        self.mismatches.report_named(MismatchKind::Parameter, name, sent.param.ident, mismatch);
    }

    fn report_location(&self, sent: &Sent<'_>, known: &Parameter<'_>) {
        let location = sent.location;
        let help = match known.location {
            ParameterLocation::Path => format!("write `{{{}}}` in the path", known.name),
            ParameterLocation::Query | ParameterLocation::Header | ParameterLocation::Cookie => {
                format!("write `{}`", method_text::attribute(known))
            }
        };
        let mismatch = Mismatch {
            what: format!("expected `{}` parameter `{}`, found `{location}` parameter", known.location, known.name),
            help,
            pointer: known.pointer.clone().key("in"),
        };
        self.mismatches.report_named(MismatchKind::Location, known.name, sent.param.ident, mismatch);
    }

    /// Reports a list or an object that is serialized differently from the document.
    fn check_format(&self, sent: &Sent<'_>, known: &Parameter<'_>) {
        let shape = type_shape(sent.param.ty);
        let is_same = match sent.query_style() {
            Some(style) => is_same_style(style, shape, known),
            None => is_same_shape(shape, known, false),
        };
        if !is_same {
            let (expected, help) = expected_format(known, matches!(known.value, ParameterValue::List));
            let mismatch = Mismatch {
                what: format!("expected `{}` as {expected}", known.name),
                help,
                pointer: known.pointer.clone(),
            };
            self.mismatches.report_named(MismatchKind::Format, known.name, sent.param.ty, mismatch);
        }
    }

    fn check_always_sent(&self, sent: &Sent<'_>, known: &Parameter<'_>) {
        if known.required && is_option(sent.param.ty) {
            let mismatch = Mismatch {
                what: format!(
                    "the `{}` parameter `{}` is required, and an `Option` may omit it",
                    known.location, known.name
                ),
                help: "remove `Option`".to_owned(),
                pointer: known.pointer.clone().key("required"),
            };
            self.mismatches.report_named(MismatchKind::Required, known.name, sent.param.ty, mismatch);
        }
    }

    /// Reports the required parameters that are not sent, except for those that are sent under an unknown name:
    /// these are reported there.
    fn check_missing(&self) {
        let unknown = self.sent.iter().filter(|sent| matches!(self.find(sent), Match::Unknown));
        let mut renamed: Vec<ParameterLocation> = unknown.map(|sent| sent.location).collect();
        for known in self.missing() {
            if let Some(index) = renamed.iter().position(|location| *location == known.location) {
                renamed.swap_remove(index);
                continue;
            }
            let mismatch = Mismatch {
                what: format!("missing required `{}` parameter `{}`", known.location, known.name),
                help: format!(
                    "add the argument `{}`, or `client_sends(\"{}\")` in `openapi(…)` if a layer sends it",
                    method_text::argument(known),
                    known.name
                ),
                pointer: known.pointer.clone(),
            };
            let method = &self.endpoint.item.sig.ident;
            self.mismatches.report_named(MismatchKind::Required, known.name, method, mismatch);
        }
    }

    /// The required parameters that nothing sends: no argument in any location, no constant and no layer.
    fn missing(&self) -> Vec<&Parameter<'_>> {
        let template = self.endpoint.verb.template().and_then(|(_, template)| template.query.as_deref());
        let literals = template.unwrap_or_default().split('&');
        let literals: Vec<String> =
            literals.map(|pair| percent_decode(pair.split('=').next().unwrap_or(pair))).collect();
        let is_missing = |known: &&Parameter<'_>| {
            let Parameter { location, name, .. } = known;
            let is_constant = match location {
                ParameterLocation::Header => self.constant_headers().any(|header| location.is_same_name(header, name)),
                ParameterLocation::Query => literals.iter().any(|literal| literal == name),
                ParameterLocation::Path | ParameterLocation::Cookie => false,
            };
            let is_sent = is_constant
                || self.sent.iter().any(|sent| sent.location.is_same_name(&sent.name, name))
                || self.endpoint.params.iter().any(|param| may_send_any(param, *location))
                || self.contract.client_sends.iter().any(|sent| location.is_same_name(sent, name));
            known.required
                && *location != ParameterLocation::Path
                && known.value.properties().is_none()
                && !location.is_ignored(name)
                && !is_sent
        };
        self.known.iter().filter(is_missing).collect()
    }

    fn constant_headers(&self) -> impl Iterator<Item = &str> {
        let args = &self.endpoint.verb.args;
        let key = args.idempotency_key.as_ref().map(|key| key.header.as_str());
        args.headers.iter().chain(&self.api.args.headers).map(|header| header.name.as_str()).chain(key)
    }
}

impl<'c> Sent<'c> {
    /// The parameter of an argument that names one.
    fn of(param: &'c Param<'c>) -> Option<Self> {
        let (location, name) = match &param.kind {
            ParamKind::Query { style: QueryStyle::Flattened | QueryStyle::FlattenedEncoded, .. } => return None,
            ParamKind::Query { .. } => (ParameterLocation::Query, percent_decode(&param.name)),
            ParamKind::Header { .. } => (ParameterLocation::Header, param.name.clone()),
            ParamKind::Cookie { .. } => (ParameterLocation::Cookie, param.name.clone()),
            _ => return None,
        };
        Some(Self { param, location, name })
    }

    fn query_style(&self) -> Option<QueryStyle> {
        match &self.param.kind {
            ParamKind::Query { style, .. } => Some(*style),
            _ => None,
        }
    }
}

/// Whether an argument may send parameters of any name in a location.
fn may_send_any(param: &Param<'_>, location: ParameterLocation) -> bool {
    match &param.kind {
        ParamKind::Query { style: QueryStyle::Flattened | QueryStyle::FlattenedEncoded, .. } => {
            location == ParameterLocation::Query
        }
        ParamKind::Headers | ParamKind::Options => location == ParameterLocation::Header,
        _ => false,
    }
}

/// Whether the document serializes a query parameter in this style.
fn is_same_style(style: QueryStyle, shape: TypeShape, known: &Parameter<'_>) -> bool {
    match style {
        QueryStyle::DeepObject => known.format == CollectionFormat::DeepObject,
        QueryStyle::Joined(separator) => match &known.value {
            ParameterValue::Any => true,
            ParameterValue::List => known.format == CollectionFormat::Joined(separator),
            ParameterValue::Mixed(mixed) => {
                (mixed.list || mixed.object) && known.format == CollectionFormat::Joined(separator)
            }
            // The names and values of an object, one after the other.
            ParameterValue::Single | ParameterValue::Exploded(_) => {
                known.format == CollectionFormat::Joined(separator) && known.is_object()
            }
        },
        QueryStyle::Repeated | QueryStyle::Encoded => is_same_shape(shape, known, true),
        QueryStyle::Flattened | QueryStyle::FlattenedEncoded | QueryStyle::Flag => is_same_shape(shape, known, false),
    }
}

/// Whether the document allows a value of this shape, if its items are sent one by one as `is_repeated` says.
fn is_same_shape(shape: TypeShape, known: &Parameter<'_>, is_repeated: bool) -> bool {
    let is_list_format = !is_repeated || !matches!(known.format, CollectionFormat::Joined(_));
    match (&known.value, shape) {
        // A type of unknown shape may serialize as the joined text.
        (ParameterValue::Any, _) | (ParameterValue::List, TypeShape::Unknown) => true,
        (ParameterValue::List, TypeShape::Sequence) => is_list_format,
        (ParameterValue::List, TypeShape::Scalar) | (ParameterValue::Exploded(_), TypeShape::Sequence) => false,
        (ParameterValue::Mixed(mixed), TypeShape::Sequence) => mixed.list && is_list_format,
        (ParameterValue::Mixed(mixed), TypeShape::Scalar | TypeShape::Unknown) => mixed.single || mixed.list,
        // The names and values of an object, joined by hand.
        (ParameterValue::Single, TypeShape::Sequence) => !is_repeated && known.is_object(),
        (ParameterValue::Single | ParameterValue::Exploded(_), _) => {
            known.format != CollectionFormat::DeepObject || !known.is_object()
        }
    }
}

/// How the document serializes a parameter, and what to write for it.
fn expected_format(known: &Parameter<'_>, is_list: bool) -> (&'static str, String) {
    let attribute = method_text::attribute(known);
    let with_sequence = format!("write `{attribute}` with a sequence, such as `&[T]`");
    match (known.format, is_list) {
        (CollectionFormat::DeepObject, _) => {
            ("an object with its keys in brackets", format!("write `{attribute}` with a struct or a map"))
        }
        (_, true) if known.location != ParameterLocation::Query => ("a list", with_sequence),
        (CollectionFormat::Repeated, true) => ("a list that repeats its name", with_sequence),
        (CollectionFormat::Joined(Separator::Comma), true) => ("a list joined by `,`", with_sequence),
        (CollectionFormat::Joined(Separator::Space), true) => ("a list joined by ` `", with_sequence),
        (CollectionFormat::Joined(Separator::Tab), true) => ("a list joined by a tab", with_sequence),
        (CollectionFormat::Joined(Separator::Pipe), true) => ("a list joined by `|`", with_sequence),
        (_, false) => (
            "a single value",
            format!("write `#[{}(\"{}\")]` with a single value, such as `&str`", known.location, known.name),
        ),
    }
}
