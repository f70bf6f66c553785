//! Cookie parameters.

use super::error::EncodeError;
use super::writer::ValueWriter;

/// Writes a cookie, once for each item of a sequence
/// ([RFC 6265, section 4.1.1](https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1)).
pub(crate) struct CookieWriter<'a> {
    /// The value of the `Cookie` header so far.
    pub(crate) cookies: &'a mut String,
    pub(crate) name: &'static str,
}

impl ValueWriter for CookieWriter<'_> {
    fn text(&mut self, text: &str) -> Result<(), EncodeError> {
        // A semicolon in a value would start another cookie.
        if !text.bytes().all(is_cookie_octet) {
            return Err(EncodeError::InvalidCookieValue);
        }
        if !self.cookies.is_empty() {
            self.cookies.push_str("; ");
        }
        self.cookies.push_str(self.name);
        self.cookies.push('=');
        self.cookies.push_str(text);
        Ok(())
    }

    fn begin_sequence(&mut self) -> Result<(), EncodeError> {
        Ok(())
    }
}

/// The RFC's `cookie-octet`.
fn is_cookie_octet(byte: u8) -> bool {
    matches!(byte, b'!'..=b'~') && !b"\",;\\".contains(&byte)
}
