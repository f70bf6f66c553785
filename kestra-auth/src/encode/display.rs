//! Values that are sent as something else than what their `Serialize` says.

use std::fmt::{self, Display};

use super::error::Fault;
use super::param_value::ParamValue;
use super::scalar::Scalar;
use super::writer::Sink;

/// `#[query(display)]`: the value's `Display`, also of what is inside an `Option` or a sequence.
pub struct Shown<'a, T: ?Sized>(pub &'a T);

#[derive(Debug)]
#[doc(hidden)]
pub struct ViaText;
#[derive(Debug)]
#[doc(hidden)]
pub struct ViaOptionalText;
#[derive(Debug)]
#[doc(hidden)]
pub struct ViaSequenceOfText;
#[derive(Debug)]
#[doc(hidden)]
pub struct ViaFunction;

impl<T: Display + ?Sized> ParamValue<ViaText> for Shown<'_, T> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        sink.text(&self.0.to_string())
    }
}

impl<T: Display> ParamValue<ViaOptionalText> for Shown<'_, Option<T>> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        match self.0 {
            Some(value) => sink.text(&value.to_string()),
            None => sink.none(),
        }
    }
}

impl<T: Display> ParamValue<ViaSequenceOfText> for Shown<'_, [T]> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        sink.begin_sequence()?;
        self.0.iter().try_for_each(|value| sink.text(&value.to_string()))
    }
}

impl<T: Display> ParamValue<ViaSequenceOfText> for Shown<'_, Vec<T>> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        Shown(self.0.as_slice()).write(sink)
    }
}

impl<T: Display> ParamValue<ViaSequenceOfText> for Shown<'_, &[T]> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        Shown(*self.0).write(sink)
    }
}

impl<T: ?Sized> fmt::Debug for Shown<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shown")
    }
}

/// `#[query(with = "path::to::function")]`: what the function writes, which has the form of serde's
/// [`serialize_with`](https://serde.rs/field-attrs.html#serialize_with).
pub struct With<'a, T: ?Sized, F> {
    value: &'a T,
    function: F,
}

impl<'a, T: ?Sized, F: Fn(&T, Scalar<'_>) -> Result<(), Fault>> With<'a, T, F> {
    /// The value, and what writes it.
    pub const fn new(value: &'a T, function: F) -> Self {
        Self { value, function }
    }
}

impl<T: ?Sized, F: Fn(&T, Scalar<'_>) -> Result<(), Fault>> ParamValue<ViaFunction> for With<'_, T, F> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        (self.function)(self.value, Scalar::new(sink))
    }
}

impl<T: ?Sized, F> fmt::Debug for With<'_, T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("With")
    }
}
