//! Why a value cannot be sent as a parameter.

use std::fmt;

use super::separator::Separator;

/// Why a value cannot be sent as a parameter. The message never contains the value.
///
/// The message follows the location and the name of the parameter, as in "path parameter `id` is empty, …".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(hidden)]
pub enum EncodeError {
    None,
    Sequence,
    NestedSequence,
    ItemWithSeparator(Separator),
    EncodedItemWithComma,
    HeaderItemWithComma,
    Tuple,
    Map,
    VariantWithFields,
    Bytes,
    NotFinite,
    UnitStruct,
    EmptySegment,
    DotSegment,
    InvalidHeaderValue,
    InvalidCookieValue,
    NotEncoded,
    Slash,
    Nested,
    NotFields,
    NotPair,
    Custom,
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => {
                "is `None`, but its placeholder needs a value; write `{name?}` in the path to make it optional"
            }
            Self::Sequence => {
                "is a sequence, but `{**name}` takes one value; join the items by slashes, or write `{name}` in the path \
                 to join them by commas"
            }
            Self::NestedSequence => "is a sequence of sequences; pass a sequence of single values",
            // A comma is encoded.
            Self::ItemWithSeparator(Separator::Comma | Separator::Space) => {
                "has an item that contains a space, which separates the items; use another separator, or none to repeat \
                 the name"
            }
            Self::ItemWithSeparator(Separator::Tab) => {
                "has an item that contains a tab, which separates the items; use another separator, or none to repeat the \
                 name"
            }
            Self::ItemWithSeparator(Separator::Pipe) => {
                "has an item that contains `|`, which separates the items; use another separator, or none to repeat the \
                 name"
            }
            Self::EncodedItemWithComma => {
                "has an item that contains a comma, which separates the items; encode it as `%2C`"
            }
            Self::HeaderItemWithComma => {
                "has an item that contains a comma, which separates the items; leave out `csv` to repeat the header"
            }
            Self::Tuple => "is a tuple or an array of fixed length; pass a slice or a string",
            Self::Map => "is a struct or a map; pass each of its fields as a parameter",
            Self::VariantWithFields => "is an enum variant with fields; pass a variant without fields or a string",
            Self::Bytes => "is a byte array; pass a string",
            Self::NotFinite => "is not a finite number",
            Self::UnitStruct => "is a unit struct; pass a value",
            Self::EmptySegment => "is empty, which would change the path",
            Self::DotSegment => "makes the path segment `.` or `..`, which would change the path",
            Self::InvalidHeaderValue => {
                "has a byte that headers cannot have, such as a line break or a control character"
            }
            Self::InvalidCookieValue => {
                "has a byte that cookies cannot have, such as a space, a comma, a semicolon, a backslash, or a quote that \
                 is not around the whole value"
            }
            Self::NotEncoded => {
                "is not encoded, although it is declared as `encoded`: it has a character that a query cannot contain"
            }
            Self::Slash => "contains a slash, but is a single path segment; write `{**name}` in the path for several",
            Self::Nested => "contains a struct or a map; pass its fields directly, or use a style for nested values",
            Self::NotFields => "is not a struct, a map or a sequence of pairs",
            Self::NotPair => "has an element that is not a pair of a name and a value",
            Self::Custom => "was rejected by its own `Serialize` implementation",
        })
    }
}

impl std::error::Error for EncodeError {}

impl serde::ser::Error for EncodeError {
    /// Drops the message, because it may contain the value.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::Custom
    }
}
