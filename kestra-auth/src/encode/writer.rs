//! The interface between values, which write scalars, and the parts of a request, which take them.

use std::fmt;

use http::HeaderValue;

use super::error::EncodeError;

/// Takes the scalars of a parameter. Each location of a request implements it, and decides whether it takes no scalar
/// or several.
pub trait ValueWriter {
    /// Writes a scalar.
    ///
    /// # Errors
    /// If the scalar is not allowed at this location.
    fn text(&mut self, text: &str) -> Result<(), EncodeError>;

    /// Writes a value that is not there.
    ///
    /// # Errors
    /// If this location needs a value.
    fn none(&mut self) -> Result<(), EncodeError> {
        Ok(())
    }

    /// Starts a sequence. It is called once, before the items.
    ///
    /// # Errors
    /// If this location takes one value only.
    fn begin_sequence(&mut self) -> Result<(), EncodeError>;

    /// Marks what is written from here on as a secret.
    fn mark_sensitive(&mut self) {}

    /// Writes the value of a header.
    ///
    /// # Errors
    /// As [`text`](Self::text), and if the value is not ASCII text.
    fn header_value(&mut self, value: &HeaderValue) -> Result<(), EncodeError> {
        self.text(value.to_str().map_err(|_| EncodeError::InvalidHeaderValue)?)
    }
}

impl fmt::Debug for dyn ValueWriter + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ValueWriter")
    }
}
