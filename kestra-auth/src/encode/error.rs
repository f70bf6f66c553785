//! Why a value cannot be sent as a parameter.

use std::fmt;

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
