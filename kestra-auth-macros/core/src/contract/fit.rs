//! Whether a type is what a schema allows, where a command knows the type from the files that it has read. Generated
//! code asks the compiler instead, which evaluates the same in `compile_checks` of the runtime.

use std::rc::Rc;

use super::expected::Expected;
use super::media_type::is_json;
use super::mismatch::Mismatch;
use super::model_check::model_shape::ModelShape;
use super::question::TypeMismatches;
use super::scalar::{LIST, OBJECT, Scalar};
use crate::parse::mismatch_kind::MismatchKind;

/// What a type is in JSON.
#[derive(Clone)]
pub(crate) enum Shape<'m> {
    /// Anything.
    Unknown,
    /// `()`, which reads nothing.
    Unit,
    /// The body itself, as text or bytes.
    Raw,
    Scalar(Scalar),
    List(Rc<Self>),
    Map(Rc<Self>),
    Optional(Rc<Self>),
    /// Values that are read as they arrive.
    Stream(Rc<Self>),
    Model(ModelType<'m>),
}

/// A type that derives `Contract`.
#[derive(Clone)]
pub(crate) struct ModelType<'m> {
    pub(crate) shape: Rc<ModelShape<'m>>,
    /// The properties that its type parameters determine.
    pub(crate) parameters: Vec<(String, Shape<'m>)>,
}

/// How a type relates to a schema.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fit {
    Fits,
    /// The type is of another kind.
    OtherType,
    /// The type is a model of another schema.
    OtherModel,
}

impl Fit {
    fn if_it(fits: bool) -> Self {
        if fits { Self::Fits } else { Self::OtherType }
    }
}

impl Shape<'_> {
    /// Whether the values are read as they arrive.
    pub(crate) fn is_stream(&self) -> bool {
        match self {
            Self::Stream(_) => true,
            Self::Optional(inner) => inner.is_stream(),
            _ => false,
        }
    }

    /// The shape itself if it is known, and that of a container of unknown values otherwise.
    pub(crate) fn or(self, container: Option<Self>) -> Self {
        match (self, container) {
            (Self::Unknown, Some(container)) => container,
            (known, _) => known,
        }
    }

    /// Whether it needs a body.
    pub(crate) fn needs_body(&self) -> bool {
        !matches!(self, Self::Unknown | Self::Unit | Self::Optional(_))
    }

    /// The type in words.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Unknown => "another type".to_owned(),
            Self::Unit => "`()`".to_owned(),
            Self::Raw => "the body as text or bytes".to_owned(),
            Self::Scalar(scalar) => format!("`{}`", scalar.name()),
            Self::Optional(inner) | Self::Stream(inner) => inner.text(),
            Self::List(inner) => format!("a list of {}", inner.text()),
            Self::Map(inner) => format!("a map of {}", inner.text()),
            Self::Model(model) => model.text(),
        }
    }
}

impl ModelType<'_> {
    fn text(&self) -> String {
        let parameters = self.parameters.iter().map(|(name, shape)| format!(" with {} as `{name}`", shape.text()));
        format!("`{}`{}", self.shape.name, parameters.collect::<String>())
    }
}

impl TypeMismatches {
    /// Returns the mismatch of a type with what a schema allows, if there is one that is not expected.
    pub(crate) fn of_shape(&self, shape: &Shape<'_>, expected: &Expected) -> Option<(MismatchKind, Mismatch)> {
        match expected.fit(shape) {
            Fit::Fits => None,
            Fit::OtherType => Some((MismatchKind::Type, self.other_type.clone()?)),
            Fit::OtherModel => Some((MismatchKind::Model, self.other_model.clone()?)),
        }
    }
}

/// Whether what a result accepts includes one of these media types.
pub(crate) fn reads(accept: &str, media_types: &[String]) -> bool {
    let reads = |media_type: &String| {
        // A range of the document, such as `text/*`, allows every media type of its kind.
        media_type.ends_with("/*")
            || accept.contains(media_type.as_str())
            || (accept.contains("json") && is_json(media_type))
    };
    accept.contains("*/*") || media_types.iter().any(reads)
}

impl Expected {
    fn fit(&self, shape: &Shape<'_>) -> Fit {
        if self.is_any() {
            return Fit::Fits;
        }
        let (inner, expected) = match shape {
            Shape::Unknown | Shape::Unit | Shape::Raw => return Fit::Fits,
            Shape::Scalar(scalar) => return Fit::if_it(self.allows(*scalar)),
            Shape::Model(model) => return self.fit_model(model),
            Shape::Optional(inner) | Shape::Stream(inner) => return self.fit(inner),
            Shape::List(inner) => (inner, self.list()),
            Shape::Map(inner) => (inner, self.map()),
        };
        expected.map_or(Fit::OtherType, |expected| expected.fit(inner))
    }

    fn fit_model(&self, model: &ModelType<'_>) -> Fit {
        let shape = &model.shape;
        let list = if self.list.is_some() { LIST } else { 0 };
        let object = if self.map.is_some() { OBJECT } else { 0 };
        if shape.kinds != 0 && shape.kinds & (self.scalars | list | object) == 0 {
            return Fit::OtherType;
        }
        if !self.holds_values_of(shape) {
            return Fit::OtherType;
        }
        let is_scalar = shape.kinds != 0 && shape.kinds & (LIST | OBJECT) == 0;
        let Some((document, schemas)) = &self.models else { return Fit::Fits };
        let Some(own) = schemas.first() else { return Fit::Fits };
        // Schemas without a name repeat each other with small differences, and one model may be for several.
        let are_unnamed = is_unnamed(*own) && is_unnamed(shape.schema);
        if is_scalar || *document != shape.document || shape.is_open || are_unnamed {
            return Fit::Fits;
        }
        if !model.parameters.is_empty() {
            return fit_generic(model, *own);
        }
        if schemas.contains(&shape.schema) { Fit::Fits } else { Fit::OtherModel }
    }

    /// Whether what is sent has only values of the document, and what is read can hold all of them.
    fn holds_values_of(&self, shape: &ModelShape<'_>) -> bool {
        let values = self.values.as_deref().unwrap_or_default();
        if values.is_empty() || shape.values.is_empty() {
            return true;
        }
        let contains_all = |all: &[String], wanted: &[String]| wanted.iter().all(|value| all.contains(value));
        if self.is_read {
            shape.has_other || contains_all(&shape.values, values)
        } else {
            contains_all(values, &shape.values)
        }
    }
}

/// Whether this is the digest of a schema without a name, which is even.
fn is_unnamed(schema: u64) -> bool {
    schema.is_multiple_of(2)
}

/// Compares a generic model with the schema of this digest.
fn fit_generic(model: &ModelType<'_>, schema: u64) -> Fit {
    let Some((_, expected)) = model.shape.instances.iter().find(|(instance, _)| *instance == schema) else {
        return if is_unnamed(schema) { Fit::Fits } else { Fit::OtherModel };
    };
    let mut parameters = expected.iter().zip(&model.parameters);
    let fits = parameters.all(|(expected, (_, shape))| expected.fit(shape) == Fit::Fits);
    if fits { Fit::Fits } else { Fit::OtherModel }
}
