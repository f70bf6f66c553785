//! Compares the fields of a form and the parts of a multipart body with the properties of its schema.

use syn::LitStr;

use super::direction::Direction;
use super::expected::{Encoding, Expected};
use super::json_type::JsonType;
use super::media_type::{essence, range_contains};
use super::mismatch::{EndpointMismatches, Mismatch};
use super::operations::{MediaType, Operation};
use super::pointer::Pointer;
use super::properties::{Properties, Property};
use super::schema::Schema;
use super::spelled_type::SpelledType;
use super::type_check::Subject;
use super::type_shape::{TypeShape, is_option, type_shape};
use super::value_check::ValueCheck;
use crate::model::{Endpoint, Param};
use crate::parse::mismatch_kind::MismatchKind;
use crate::parse::param_kind::{ParamKind, ValueEncoder};
use crate::suggest;

pub(super) struct FormCheck<'c> {
    endpoint: &'c Endpoint<'c>,
    operation: &'c Operation<'c>,
    values: &'c ValueCheck<'c>,
    mismatches: &'c EndpointMismatches<'c>,
    /// `field` or `part`.
    word: &'static str,
    content: MediaType<'c>,
    properties: Properties<'c>,
}

impl<'c> FormCheck<'c> {
    /// Returns the comparison for an endpoint that sends fields or parts; `None` if the document says nothing of them.
    pub(super) fn new(
        endpoint: &'c Endpoint<'c>,
        operation: &'c Operation<'c>,
        values: &'c ValueCheck<'c>,
    ) -> Option<Self> {
        let (word, media) = endpoint.params.iter().find_map(|param| match param.kind {
            ParamKind::Field { .. } => Some(("field", "application/x-www-form-urlencoded")),
            ParamKind::Part { .. } => Some(("part", "multipart/form-data")),
            _ => None,
        })?;
        let contents = operation.request_body()?.contents;
        let content = contents.into_iter().find(|content| range_contains(content.name, media))?;
        let schema = content.schema?;
        let properties = schema.properties();
        let is_described = properties.known.iter().any(|property| property.is_described);
        let mismatches = values.mismatches;
        is_described.then_some(Self { endpoint, operation, values, mismatches, word, content, properties })
    }

    pub(super) fn check(&self) {
        let sent: Vec<&Param<'_>> = self.endpoint.params.iter().filter(|param| is_sent(param)).collect();
        let is_sent = |property: &&Property<'_>| sent.iter().any(|param| param.name == property.name);
        let required = self.properties.known.iter().filter(|property| property.required);
        let mut missing = required.filter(|property| !property.schema.is_read_only() && !is_sent(property));
        for param in &sent {
            match self.properties.find(&param.name) {
                Some(property) => self.check_property(param, property),
                None if self.properties.is_open => {}
                // A required property that nothing sends is probably the new name of this one: that is one mismatch.
                None => self.report_unknown(param, missing.next()),
            }
        }
        for property in missing {
            let (word, name) = (self.word, property.name);
            let mismatch = Mismatch {
                what: format!("missing required {word} `{name}`"),
                help: format!("add an argument with `#[{word}(\"{name}\")]`"),
                pointer: self.pointer(),
            };
            self.mismatches.report_named(MismatchKind::Required, name, &self.endpoint.item.sig.ident, mismatch);
        }
    }

    /// Where the form is. The schema itself is found by a search through the document, which would be too slow.
    fn pointer(&self) -> Pointer {
        self.operation.pointer().key("requestBody").key("content").key(self.content.name)
    }

    fn report_unknown(&self, param: &Param<'_>, required: Option<&Property<'_>>) {
        let (word, name) = (self.word, param.name.as_str());
        let described = self.properties.known.iter().filter(|property| property.is_described);
        let names: Vec<&str> = described.map(|property| property.name).collect();
        let (hint, meant) = match (required, suggest::near(name, &names)) {
            (Some(required), _) => (format!("; it requires `{}`", required.name), Some(required.name)),
            (None, Some(near)) => (format!("; did you mean `{near}`?"), Some(near)),
            (None, None) => (String::new(), None),
        };
        let mismatch = Mismatch {
            what: format!("the request body has no {word} `{name}`{hint}"),
            help: meant
                .map_or_else(|| "remove the argument".to_owned(), |meant| format!("write `#[{word}(\"{meant}\")]`")),
            pointer: self.pointer(),
        };
        match &param.given_name {
            Some(given) => self.mismatches.report_named(MismatchKind::Parameter, name, given, mismatch),
            None => self.mismatches.report_named(MismatchKind::Parameter, name, param.ident, mismatch),
        }
    }

    fn check_property(&self, param: &Param<'_>, property: &Property<'_>) {
        let (word, name) = (self.word, property.name);
        if property.required && is_option(param.ty) {
            let mismatch = Mismatch {
                what: format!("the {word} `{name}` is required, and an `Option` may omit it"),
                help: "remove `Option`".to_owned(),
                pointer: self.pointer(),
            };
            self.mismatches.report_named(MismatchKind::Required, name, param.ty, mismatch);
        }
        if !property.is_described || property.is_ambiguous() {
            return;
        }
        match &param.kind {
            ParamKind::Field { encoder: ValueEncoder::Serialize, .. } => {
                self.values.check_text(param, property.schema, name, self.pointer());
            }
            ParamKind::Part { json, media_type, .. } => self.check_part(param, property, *json, media_type.as_ref()),
            _ => {}
        }
    }

    fn check_part(&self, param: &Param<'_>, property: &Property<'_>, json: bool, media_type: Option<&LitStr>) {
        let (schema, name) = (property.schema, property.name);
        self.check_media_type(param, name, json, media_type);
        let subject = Subject::named(name, self.pointer());
        if json {
            let expected = Expected::of(schema, Encoding::Json(Direction::Request));
            self.values.check(param, &expected, &subject);
        } else if type_shape(param.ty) == TypeShape::Sequence && is_single(param, schema) {
            let mismatch = Mismatch {
                what: format!("expected `{name}` as a single value"),
                help: format!("write `#[part(\"{name}\")]` with a single value"),
                pointer: self.pointer(),
            };
            self.mismatches.report_named(MismatchKind::Format, name, param.ty, mismatch);
        }
    }

    /// Compares the media type of a part with those of its `encoding`.
    fn check_media_type(&self, param: &Param<'_>, name: &str, json: bool, media_type: Option<&LitStr>) {
        let encoding = self.content.node.get("encoding").and_then(|encoding| encoding.get(name));
        let Some(documented) = encoding.and_then(|encoding| encoding.value.get_str("contentType")) else { return };
        let ranges: Vec<&str> = documented.split(',').map(str::trim).collect();
        let sent = match media_type {
            Some(media) => essence(&media.value()),
            None if json => "application/json".to_owned(),
            None => return,
        };
        if ranges.iter().any(|range| range_contains(range, &sent)) {
            return;
        }
        let mismatch = Mismatch {
            what: format!("expected the part `{name}` of type {}, found `{sent}`", suggest::list(&ranges)),
            help: format!("write `media = \"{}\"`", ranges.first().copied().unwrap_or_default()),
            pointer: self.pointer(),
        };
        match media_type {
            Some(media) => self.mismatches.report_named(MismatchKind::MediaType, name, media, mismatch),
            None => self.mismatches.report_named(MismatchKind::MediaType, name, param.ident, mismatch),
        }
    }
}

/// Whether a part holds one value, which a list of bytes is, too.
fn is_single(param: &Param<'_>, schema: Schema<'_>) -> bool {
    let types = schema.types();
    let is_bytes = match SpelledType::of(param.ty) {
        SpelledType::Optional(inner) => inner.is_bytes(),
        ty => ty.is_bytes(),
    };
    !types.is_empty() && !types.contains(&JsonType::Array) && !is_bytes
}

fn is_sent(param: &Param<'_>) -> bool {
    matches!(param.kind, ParamKind::Field { .. } | ParamKind::Part { .. })
}
