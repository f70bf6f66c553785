//! What joins the items of a sequence into one value.

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

    /// Returns whether an item contains the separator, so that servers would read two items. The comma is an exception:
    /// it is sent bare between the items and encoded inside them.
    pub(crate) fn splits(self, item: &str) -> bool {
        match self {
            Self::Comma => false,
            Self::Space => item.contains(' '),
            Self::Tab => item.contains('\t'),
            Self::Pipe => item.contains('|'),
        }
    }
}
