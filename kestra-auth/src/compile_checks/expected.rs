//! Whether a type is what a schema allows.

use super::message::Message;
use super::shape::{Expected, Model, Scalar, Shape};

/// How a type relates to a schema.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fit {
    Fits,
    /// The type is of another kind.
    OtherType,
    /// The type is a model of another schema.
    OtherModel,
}

/// The bit of a list, after those of the scalars.
const LIST: u16 = 1 << 13;
/// The bit of an object.
const OBJECT: u16 = 1 << 14;

impl Expected<'_> {
    /// Compares a type.
    const fn fit(&self, shape: &Shape) -> Fit {
        if self.is_any {
            return Fit::Fits;
        }
        let (inner, expected) = match shape {
            Shape::Unknown | Shape::Unit | Shape::Raw => return Fit::Fits,
            Shape::Scalar(scalar) => return fits_if(self.scalars & bit(*scalar) != 0),
            Shape::Model(model) => return self.fit_model(model),
            Shape::Optional(inner) | Shape::Stream(inner) => return self.fit(inner),
            Shape::List(inner) => (inner, self.list),
            Shape::Map(inner) => (inner, self.map),
        };
        match expected {
            Some(expected) => expected.fit(inner),
            None => Fit::OtherType,
        }
    }

    const fn fit_model(&self, model: &Model) -> Fit {
        let list = if self.list.is_some() { LIST } else { 0 };
        let object = if self.map.is_some() { OBJECT } else { 0 };
        if model.kinds != 0 && model.kinds & (self.scalars | list | object) == 0 {
            return Fit::OtherType;
        }
        if !self.holds_values_of(model) {
            return Fit::OtherType;
        }
        let is_scalar = model.kinds != 0 && model.kinds & (LIST | OBJECT) == 0;
        let is_of_other_document = self.document != model.document;
        let Some((own, _)) = self.schemas.split_first() else { return Fit::Fits };
        // Schemas without a name repeat each other with small differences, and one model may be for several.
        let are_unnamed = is_unnamed(*own) && is_unnamed(model.schema);
        if is_scalar || is_of_other_document || model.is_open || are_unnamed {
            return Fit::Fits;
        }
        if !model.parameters.is_empty() {
            return fit_generic(model, *own);
        }
        let mut index = 0;
        while index < self.schemas.len() {
            if self.schemas[index] == model.schema {
                return Fit::Fits;
            }
            index += 1;
        }
        Fit::OtherModel
    }

    /// Whether what is sent has only values of the document, and what is read can hold all of them.
    const fn holds_values_of(&self, model: &Model) -> bool {
        if self.values.is_empty() || model.values.is_empty() {
            return true;
        }
        if self.is_read {
            model.has_other || contains_all(model.values, self.values)
        } else {
            contains_all(self.values, model.values)
        }
    }
}

/// Whether this is the digest of a schema without a name, which is even.
const fn is_unnamed(schema: u64) -> bool {
    schema.is_multiple_of(2)
}

/// Compares a generic model with the schema of this digest.
const fn fit_generic(model: &Model, schema: u64) -> Fit {
    let mut index = 0;
    while index < model.instances.len() {
        let instance = &model.instances[index];
        if instance.schema == schema {
            let mut parameter = 0;
            while parameter < instance.parameters.len() {
                match instance.parameters[parameter].fit(&model.parameters[parameter].1) {
                    Fit::Fits => {}
                    Fit::OtherType | Fit::OtherModel => return Fit::OtherModel,
                }
                parameter += 1;
            }
            return Fit::Fits;
        }
        index += 1;
    }
    if is_unnamed(schema) { Fit::Fits } else { Fit::OtherModel }
}

const fn fits_if(fits: bool) -> Fit {
    if fits { Fit::Fits } else { Fit::OtherType }
}

const fn bit(scalar: Scalar) -> u16 {
    1 << scalar as u16
}

/// Mostly, both lists are in the same order. The search therefore starts after the last hit: some enumerations have more
/// than a thousand values, and the compiler reports evaluations that take long as errors.
const fn contains_all(all: &[&str], wanted: &[&str]) -> bool {
    let (mut index, mut start) = (0, 0);
    while index < wanted.len() {
        match position_from(start, all, wanted[index]) {
            Some(found) => start = found + 1,
            None => return false,
        }
        index += 1;
    }
    true
}

/// Searches from an index to the end, and then from the beginning.
const fn position_from(start: usize, all: &[&str], wanted: &str) -> Option<usize> {
    let mut step = 0;
    while step < all.len() {
        let index = (start + step) % all.len();
        if is_same(all[index].as_bytes(), wanted.as_bytes()) {
            return Some(index);
        }
        step += 1;
    }
    None
}

/// `==` is not const.
const fn is_same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut index = 0;
    while index < left.len() {
        if left[index] != right[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// Fails the compilation at the caller if a type is not what a schema allows. `{found}` in the message is what the type
/// is, and `{kind}` what `expect(…)` calls the mismatch. Either kind may be allowed.
#[track_caller]
pub const fn check_type(
    shape: Shape,
    expected: &Expected<'_>,
    message: &str,
    reports_other_type: bool,
    reports_other_model: bool,
) {
    let kind = match expected.fit(&shape) {
        Fit::OtherType if reports_other_type => "type",
        Fit::OtherModel if reports_other_model => "model",
        Fit::Fits | Fit::OtherType | Fit::OtherModel => return,
    };
    Message::new(message, kind, &shape).reject();
}

/// Fails the compilation at the caller if the items of a stream are not what the schema of a stream allows, or the
/// value that anything else reads is not what the schema of a value does.
#[track_caller]
pub const fn check_result(
    shape: Shape,
    value: &Expected<'_>,
    item: &Expected<'_>,
    message: &str,
    reports_other_type: bool,
    reports_other_model: bool,
) {
    let expected = if shape.is_stream() { item } else { value };
    check_type(shape, expected, message, reports_other_type, reports_other_model);
}

/// Fails the compilation at the caller if a result needs a body, and the response has none.
#[track_caller]
pub const fn check_no_body(shape: Shape, message: &str) {
    match shape {
        Shape::Unknown | Shape::Unit | Shape::Optional(_) => {}
        Shape::Raw | Shape::Scalar(_) | Shape::List(_) | Shape::Map(_) | Shape::Stream(_) | Shape::Model(_) => {
            Message::new(message, "", &shape).reject();
        }
    }
}
