//! Values that are not sent as their `Serialize` implementation writes them: `display` and `with = "…"`.

use std::fmt::{self, Display};

use super::error::EncodeError;
use super::param_value::{ParamValue, Sealed};
use super::scalar::ScalarSerializer;
use super::writer::ValueWriter;

/// A parameter with `display`, which is sent as its `Display` output. This includes the value of an `Option` and the
/// items of a sequence.
pub struct Displayed<'a, T: ?Sized>(pub &'a T);

#[derive(Debug)]
#[doc(hidden)]
pub struct ViaDisplay;
#[derive(Debug)]
#[doc(hidden)]
pub struct ViaOptionalDisplay;
#[derive(Debug)]
#[doc(hidden)]
pub struct ViaDisplaySequence;
#[derive(Debug)]
#[doc(hidden)]
pub struct ViaFunction;

impl<T: Display + ?Sized> Sealed<ViaDisplay> for Displayed<'_, T> {}

impl<T: Display + ?Sized> ParamValue<ViaDisplay> for Displayed<'_, T> {
    fn write(&self, writer: &mut dyn ValueWriter) -> Result<(), EncodeError> {
        writer.text(&self.0.to_string())
    }
}

impl<T: Display> Sealed<ViaOptionalDisplay> for Displayed<'_, Option<T>> {}

impl<T: Display> ParamValue<ViaOptionalDisplay> for Displayed<'_, Option<T>> {
    fn write(&self, writer: &mut dyn ValueWriter) -> Result<(), EncodeError> {
        match self.0 {
            Some(value) => writer.text(&value.to_string()),
            None => writer.none(),
        }
    }
}

/// `&[T]` and `Vec<T>` are sequences of their own, because a parameter of these types is passed by reference.
macro_rules! sequences {
    ($($type:ty),*) => {$(
        impl<T: Display> Sealed<ViaDisplaySequence> for Displayed<'_, $type> {}

        impl<T: Display> ParamValue<ViaDisplaySequence> for Displayed<'_, $type> {
            fn write(&self, writer: &mut dyn ValueWriter) -> Result<(), EncodeError> {
                writer.begin_sequence()?;
                self.0.iter().try_for_each(|item| writer.text(&item.to_string()))
            }
        }
    )*};
}

sequences!([T], &[T], Vec<T>);

/// Shows nothing, because the value may be secret.
impl<T: ?Sized> fmt::Debug for Displayed<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Displayed")
    }
}

/// A parameter with `with = "path::to::function"`, which is sent as the function writes it.
///
/// The function has the form of serde's
/// [`serialize_with`](https://serde.rs/field-attrs.html#serialize_with).
pub struct With<'a, T: ?Sized, F> {
    value: &'a T,
    function: F,
}

impl<'a, T: ?Sized, F: Fn(&T, ScalarSerializer<'_>) -> Result<(), EncodeError>> With<'a, T, F> {
    /// Joins a value with the function that writes it.
    pub const fn new(value: &'a T, function: F) -> Self {
        Self { value, function }
    }
}

impl<T: ?Sized, F: Fn(&T, ScalarSerializer<'_>) -> Result<(), EncodeError>> Sealed<ViaFunction> for With<'_, T, F> {}

impl<T: ?Sized, F: Fn(&T, ScalarSerializer<'_>) -> Result<(), EncodeError>> ParamValue<ViaFunction> for With<'_, T, F> {
    fn write(&self, writer: &mut dyn ValueWriter) -> Result<(), EncodeError> {
        (self.function)(self.value, ScalarSerializer::new(writer))
    }
}

/// Shows nothing, because the value may be secret.
impl<T: ?Sized, F> fmt::Debug for With<'_, T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("With")
    }
}
