//! The values of path, query, header, cookie and form parameters.

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use super::error::EncodeError;
use super::scalar::ScalarSerializer;
use super::writer::ValueWriter;

/// A value of a path, query, header, cookie or form parameter.
///
/// It is implemented for everything that [`Serialize`] writes as a scalar, for [`SecretString`] and for
/// [`HeaderValue`], and for an `Option` and a sequence of these. `None` and `null` are skipped in a sequence. Outside of one,
/// they leave the parameter out, and are an error where the path requires a value. The compiler infers `Via`.
///
/// This trait is sealed: it cannot be implemented for other types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as a parameter",
    label = "not a value of a path, query, header, cookie or form parameter",
    note = "a parameter is anything that implements `serde::Serialize`, a `SecretString` or a `HeaderValue`",
    note = "write `#[derive(serde::Serialize)]` on the type or on the type inside it, or pass a string; with `display` it \
            needs `std::fmt::Display` instead"
)]
pub trait ParamValue<Via>: Sealed<Via> {
    #[doc(hidden)]
    fn write(&self, writer: &mut dyn ValueWriter) -> Result<(), EncodeError>;
}

#[expect(unnameable_types, reason = "seals `ParamValue`")]
pub trait Sealed<Via> {}

// Which implementation applies. Without these parameters, the implementation for `Serialize` would overlap with the
// others, because a later version of a foreign type may implement `Serialize`.
#[derive(Debug)]
#[doc(hidden)]
pub struct ViaSerialize;
#[derive(Debug)]
#[doc(hidden)]
pub struct ViaSecret;
#[derive(Debug)]
#[doc(hidden)]
pub struct ViaHeaderValue;

impl<T: Serialize + ?Sized> Sealed<ViaSerialize> for T {}

impl<T: Serialize + ?Sized> ParamValue<ViaSerialize> for T {
    fn write(&self, writer: &mut dyn ValueWriter) -> Result<(), EncodeError> {
        self.serialize(ScalarSerializer::new(writer))
    }
}

impl Sealed<ViaSecret> for SecretString {}

impl ParamValue<ViaSecret> for SecretString {
    fn write(&self, writer: &mut dyn ValueWriter) -> Result<(), EncodeError> {
        writer.mark_sensitive();
        writer.text(self.expose_secret())
    }
}

impl Sealed<ViaHeaderValue> for HeaderValue {}

impl ParamValue<ViaHeaderValue> for HeaderValue {
    fn write(&self, writer: &mut dyn ValueWriter) -> Result<(), EncodeError> {
        writer.header_value(self)
    }
}

/// References, options and sequences of a value that serde does not know.
macro_rules! containers {
    ($via:ident) => {
        impl<T: ParamValue<$via> + ?Sized> Sealed<$via> for &T {}

        impl<T: ParamValue<$via> + ?Sized> ParamValue<$via> for &T {
            fn write(&self, writer: &mut dyn ValueWriter) -> Result<(), EncodeError> {
                (**self).write(writer)
            }
        }

        impl<T: ParamValue<$via>> Sealed<$via> for Option<T> {}

        impl<T: ParamValue<$via>> ParamValue<$via> for Option<T> {
            fn write(&self, writer: &mut dyn ValueWriter) -> Result<(), EncodeError> {
                match self {
                    Some(value) => value.write(writer),
                    None => writer.none(),
                }
            }
        }

        impl<T: ParamValue<$via>> Sealed<$via> for [T] {}

        impl<T: ParamValue<$via>> ParamValue<$via> for [T] {
            fn write(&self, writer: &mut dyn ValueWriter) -> Result<(), EncodeError> {
                writer.begin_sequence()?;
                self.iter().try_for_each(|value| value.write(writer))
            }
        }

        impl<T: ParamValue<$via>> Sealed<$via> for Vec<T> {}

        impl<T: ParamValue<$via>> ParamValue<$via> for Vec<T> {
            fn write(&self, writer: &mut dyn ValueWriter) -> Result<(), EncodeError> {
                self.as_slice().write(writer)
            }
        }
    };
}

containers!(ViaSecret);
containers!(ViaHeaderValue);
