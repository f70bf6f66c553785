//! What joins the items of a sequence into one value.

use super::error::EncodeError;

/// What joins the items of a sequence into one value, as OpenAPI's `explode: false` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// `csv`
    Comma,
    /// `ssv`
    Space,
    /// `tsv`
    Tab,
    /// `pipes`
    Pipe,
}

impl Separator {
    /// Returns the separator as it is sent in a query.
    pub(crate) const fn in_query(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::Space => "%20",
            Self::Tab => "%09",
            Self::Pipe => "%7C",
        }
    }

    /// Returns the separator as it is sent in a form.
    pub(crate) const fn in_form(self) -> &'static str {
        match self {
            Self::Space => "+",
            other => other.in_query(),
        }
    }

    /// Rejects an item that contains the separator, because servers would read two items.
    ///
    /// # Errors
    /// If the item contains it. The comma is an exception: it is sent bare between the items and encoded inside them.
    pub(crate) fn check_item(self, item: &str) -> Result<(), EncodeError> {
        let separator = match self {
            Self::Comma => return Ok(()),
            Self::Space => ' ',
            Self::Tab => '\t',
            Self::Pipe => '|',
        };
        if item.contains(separator) { Err(EncodeError::ItemWithSeparator(self)) } else { Ok(()) }
    }
}
