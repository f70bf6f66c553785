//! The values of path, query, header, cookie and form parameters.

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use super::error::Fault;
use super::scalar::Scalar;
use super::writer::Sink;

/// A value of a path, query or header parameter.
///
/// Not for implementing: it is there for every [`Serialize`] that comes out as a scalar (outside of the path
/// also as an `Option` or a sequence of scalars), for [`SecretString`] and for [`HeaderValue`]. `Via` is found
/// by inference.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as a parameter",
    label = "not a value of a path, query or header parameter",
    note = "a parameter is anything that implements `serde::Serialize`, a `SecretString` or a `HeaderValue`",
    note = "write `#[derive(serde::Serialize)]` on the type or on the type inside of it, or pass a string; with `display` it \
            needs `std::fmt::Display` instead"
)]
pub trait ParamValue<Via> {
    #[doc(hidden)]
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Fault>;
}

#[derive(Debug)]
#[doc(hidden)]
pub struct ViaSerialize;
#[derive(Debug)]
#[doc(hidden)]
pub struct ViaSecret;
#[derive(Debug)]
#[doc(hidden)]
pub struct ViaHeaderValue;

impl<T: Serialize + ?Sized> ParamValue<ViaSerialize> for T {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        self.serialize(Scalar::new(sink))
    }
}

impl ParamValue<ViaSecret> for SecretString {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        sink.mark_sensitive();
        sink.text(self.expose_secret())
    }
}

impl ParamValue<ViaHeaderValue> for HeaderValue {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
        sink.header_value(self)
    }
}

/// The shapes around a value that serde does not know.
macro_rules! shapes {
    ($via:ident) => {
        impl<T: ParamValue<$via> + ?Sized> ParamValue<$via> for &T {
            fn write(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
                (**self).write(sink)
            }
        }

        impl<T: ParamValue<$via>> ParamValue<$via> for Option<T> {
            fn write(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
                match self {
                    Some(value) => value.write(sink),
                    None => sink.none(),
                }
            }
        }

        impl<T: ParamValue<$via>> ParamValue<$via> for [T] {
            fn write(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
                sink.begin_sequence()?;
                self.iter().try_for_each(|value| value.write(sink))
            }
        }

        impl<T: ParamValue<$via>> ParamValue<$via> for Vec<T> {
            fn write(&self, sink: &mut dyn Sink) -> Result<(), Fault> {
                self.as_slice().write(sink)
            }
        }
    };
}

shapes!(ViaSecret);
shapes!(ViaHeaderValue);
