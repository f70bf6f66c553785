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
        if !is_cookie_value(text) {
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

/// Returns whether a text is the RFC's `cookie-value`, which may be in quotes. They belong to the value, so they are sent
/// back as `Set-Cookie` delivered them.
fn is_cookie_value(text: &str) -> bool {
    let unquoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    unquoted.unwrap_or(text).bytes().all(is_cookie_octet)
}

/// Returns whether a byte is the RFC's `cookie-octet`.
fn is_cookie_octet(byte: u8) -> bool {
    matches!(byte, b'!'..=b'~') && !b"\",;\\".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookie_values_are_those_of_rfc_6265() {
        let octets: String = (0..=u8::MAX).filter(|byte| is_cookie_octet(*byte)).map(char::from).collect();
        // The ranges as the RFC has them.
        let ranges = [0x21..=0x21, 0x23..=0x2b, 0x2d..=0x3a, 0x3c..=0x5b, 0x5d..=0x7e_u8];
        assert_eq!(octets, ranges.into_iter().flatten().map(char::from).collect::<String>());
        for value in ["", &octets, &format!("\"{octets}\""), "\"\"", "a=b==", "v1|x%20y"] {
            assert!(is_cookie_value(value), "{value}");
        }
        for value in
            ["a b", "\"a b\"", "a,b", "a;b", "a\\b", "\"", "\"a", "a\"", "a\"b", "\"\"\"", "\u{e9}", "\0", "a\r\nb"]
        {
            assert!(!is_cookie_value(value), "{value:?}");
        }
    }
}
