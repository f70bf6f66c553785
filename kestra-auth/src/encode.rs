//! From a value to the characters of a request.

pub(crate) mod header;
pub(crate) mod percent;
mod probe;
mod refuse;
pub(crate) mod scalar;
mod show;
pub(crate) mod sink;
pub(crate) mod target;
pub(crate) mod tree;

pub(crate) use probe::is_none;

use std::fmt;

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use scalar::Scalar;
pub use show::{Shown, ViaFunction, ViaOptionalText, ViaSequenceOfText, ViaText, With};
use sink::Sink;

/// Why a value cannot be sent where its parameter stands. The value itself is in none of them.
#[derive(Clone, Copy, Debug, PartialEq)]
#[doc(hidden)]
pub enum Fault {
    None,
    Sequence,
    NestedSequence,
    Tuple,
    Map,
    Variant,
    Bytes,
    NotFinite,
    NoText,
    Empty,
    DotSegment,
    Header,
    Cookie,
    NotEncoded,
    Slash,
    Nested,
    NoFields,
    NoPair,
    Own,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => {
                "is `None`, and the path has no room for nothing: write `{name?}` in the path, or pass a value"
            }
            Self::Sequence => "is a sequence, and here stands one value: join it, or make it `#[query]`",
            Self::NestedSequence => "is a sequence of sequences: pass one level",
            Self::Tuple => "is a tuple or an array of fixed length: pass a slice, or a string",
            Self::Map => "is a struct or a map: pass its fields as parameters of their own",
            Self::Variant => "is an enum's variant with fields: pass a plain variant, or a string",
            Self::Bytes => "is bytes: pass a string",
            Self::NotFinite => "is no finite number",
            Self::NoText => "is a unit struct: pass a value",
            Self::Empty => "is empty, which would change the path",
            Self::DotSegment => "makes a segment `.` or `..`, which would change the path",
            Self::Header => "has a byte that a header cannot have, as a line break or a control character",
            Self::Cookie => {
                "has a byte that a cookie cannot have, as a space, a quote, a comma, a semicolon or a backslash"
            }
            Self::NotEncoded => "is not encoded, as its attribute says: it has a character that no query can hold",
            Self::Slash => "has a slash, and stands in one segment: write `{**name}` in the path for several",
            Self::Nested => "has a struct or a map inside: pass its fields flat, or name a style for nested ones",
            Self::NoFields => "is no struct, no map and no sequence of pairs",
            Self::NoPair => "has an element that is no pair of a name and a value",
            Self::Own => "could not be serialized: its own `Serialize` refused",
        })
    }
}

impl std::error::Error for Fault {}

impl serde::ser::Error for Fault {
    /// The message may hold the value, so it is dropped.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::Own
    }
}

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
