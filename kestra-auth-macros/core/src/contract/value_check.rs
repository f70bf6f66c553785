//! Compares the types of path, query, header and cookie parameters with their schemas.

use super::expected::{Encoding, Expected};
use super::json_type::JsonType;
use super::mismatch::EndpointMismatches;
use super::parameters::{Parameter, ParameterLocation, ParameterValue};
use super::paths;
use super::pointer::Pointer;
use super::reference::percent_decode;
use super::schema::Schema;
use super::type_check::{Checked, CompilerChecks, Subject};
use super::type_shape::{TypeShape, type_shape};
use crate::model::{Api, Endpoint, Param};
use crate::parse::attributes::is_cfg;
use crate::parse::param_kind::{ParamKind, QueryStyle, ValueEncoder};

pub(super) struct ValueCheck<'c> {
    pub(super) api: &'c Api<'c>,
    pub(super) endpoint: &'c Endpoint<'c>,
    pub(super) checks: &'c CompilerChecks,
    pub(super) mismatches: &'c EndpointMismatches<'c>,
}

impl ValueCheck<'_> {
    /// Compares each parameter that the document describes.
    pub(super) fn check_parameters(&self, known: &[Parameter<'_>], path: &str) {
        let names = self.path_names(path);
        for param in &self.endpoint.params {
            let Some((location, name)) = value_parameter(param, &names) else { continue };
            let same = |known: &&Parameter<'_>| known.location == location && location.is_same_name(known.name, &name);
            let Some(known) = known.iter().find(same) else { continue };
            // An object is sent as several parameters, or in a form that only its type knows.
            let is_object = |schema: &Schema<'_>| schema.types().contains(&JsonType::Object);
            let Some(schema) = known.schema.filter(|schema| !is_object(schema)) else { continue };
            if is_other_format(param, known) {
                continue;
            }
            self.check_text(param, schema, known.name, known.pointer.clone().key("schema"));
        }
    }

    /// Compares a value that is sent as text.
    pub(super) fn check_text(&self, param: &Param<'_>, schema: Schema<'_>, name: &str, pointer: Pointer) {
        let expected = Expected::of(schema, Encoding::Text).or_item();
        // A list in a path is one text.
        if !(matches!(param.kind, ParamKind::Path { .. }) && expected.is_any_scalar()) {
            self.check(param, &expected, &Subject::named(name, pointer));
        }
    }

    pub(super) fn check(&self, param: &Param<'_>, expected: &Expected, subject: &Subject) {
        self.checks.check(&self.checked(param), expected, subject, self.mismatches);
    }

    fn checked<'t>(&'t self, param: &'t Param<'_>) -> Checked<'t> {
        let cfgs = self.endpoint.item.attrs.iter().filter(|attribute| is_cfg(attribute));
        Checked {
            ty: param.ty,
            asked: param.ty,
            is_concrete: self.api.is_concrete(self.endpoint, param.ty),
            cfgs: cfgs.chain(param.cfgs.iter().copied()).collect(),
        }
    }

    /// The document's name of each placeholder of the endpoint: the one at the same position of the path.
    fn path_names(&self, path: &str) -> Vec<(String, String)> {
        let template = self.api.template_text(self.endpoint);
        let variants = paths::variants(&template);
        let mut names = Vec::new();
        for variant in variants {
            let (own, documented): (Vec<&str>, Vec<&str>) = (variant.split('/').collect(), path.split('/').collect());
            // The path of a server may come first.
            let Some(skipped) = own.len().checked_sub(documented.len()) else { continue };
            for (own, documented) in own.iter().skip(skipped).zip(&documented) {
                if let (Some(own), Some(documented)) = (placeholder(own), placeholder(documented)) {
                    names.push((own.to_owned(), documented.to_owned()));
                }
            }
        }
        names
    }
}

/// Whether a list is sent as one value or the reverse, which is a mismatch of another kind.
fn is_other_format(param: &Param<'_>, known: &Parameter<'_>) -> bool {
    let has_format = known.location != ParameterLocation::Path;
    has_format
        && match type_shape(param.ty) {
            TypeShape::Scalar => matches!(known.value, ParameterValue::List),
            TypeShape::Sequence => matches!(known.value, ParameterValue::Single),
            TypeShape::Unknown => false,
        }
}

/// The name of the placeholder that is all of a segment.
fn placeholder(segment: &str) -> Option<&str> {
    let name = segment.strip_prefix('{')?.strip_suffix('}')?;
    let name = name.strip_suffix('?').unwrap_or(name);
    Some(name.trim_start_matches('*')).filter(|name| !name.contains(['{', '}']))
}

/// The location and the name of a parameter whose value is one or several texts that its type determines.
fn value_parameter(param: &Param<'_>, names: &[(String, String)]) -> Option<(ParameterLocation, String)> {
    match &param.kind {
        ParamKind::Path { encoded: false, encoder: ValueEncoder::Serialize } => {
            let (_, name) = names.iter().find(|(own, _)| *own == param.name)?;
            Some((ParameterLocation::Path, name.clone()))
        }
        ParamKind::Query { style: QueryStyle::Repeated | QueryStyle::Joined(_), encoder: ValueEncoder::Serialize } => {
            Some((ParameterLocation::Query, percent_decode(&param.name)))
        }
        ParamKind::Header { encoder: ValueEncoder::Serialize, .. } => {
            Some((ParameterLocation::Header, param.name.clone()))
        }
        ParamKind::Cookie { encoder: ValueEncoder::Serialize } => Some((ParameterLocation::Cookie, param.name.clone())),
        _ => None,
    }
}
