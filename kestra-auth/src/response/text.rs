//! The body as text.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use encoding_rs::{Encoding, UTF_8};

use super::Response;
use super::from_response::FromResponse;
use crate::error::Error;
use crate::media_type::MediaType;

/// The body as text, decoded with the charset in the response's `Content-Type`, or else as UTF-8.
///
/// A byte order mark takes precedence over the charset, and an unknown charset is ignored. Malformed text is not an error: it is replaced by U+FFFD, as browsers do
/// ([WHATWG](https://encoding.spec.whatwg.org/#decode)).
///
/// ```
/// use kestra_auth::Text;
///
/// let text = Text::from("id: hello");
/// assert!(text.starts_with("id:"));
/// assert_eq!(text.into_inner(), "id: hello");
/// ```
///
/// It does not implement `Display`, so that a text that may be secret is only printed on purpose, as `&*text`.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(pub String);

impl Text {
    /// Returns the text as a string slice.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the text.
    #[must_use]
    pub fn into_inner(self) -> String {
        self.0
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

/// Shows the length, because the text may be secret.
impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} bytes)", self.0.len())
    }
}

impl FromResponse for Text {
    const ACCEPT: &'static str = "text/*, */*;q=0.5";
    type Body = Bytes;

    fn from_response(response: Response<Bytes>) -> Result<Self, Error> {
        let charset = MediaType::of(response.headers()).and_then(|found| found.charset);
        // Browsers ignore an unknown charset, too.
        let encoding = charset.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(UTF_8);
        // A byte order mark takes precedence over the charset, as WHATWG specifies.
        let (text, _, _) = encoding.decode(response.body());
        Ok(Self(text.into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use http::header::CONTENT_TYPE;

    use super::*;

    fn text(content_type: Option<&'static str>, body: &'static [u8]) -> Result<Text, Error> {
        let content_type = content_type.map(|value| (CONTENT_TYPE, HeaderValue::from_static(value)));
        let response = Response::new(Bytes::from_static(body)).with_headers(content_type.into_iter().collect());
        Text::from_response(response)
    }

    #[test]
    fn decodes_the_charset_of_the_response() {
        assert_eq!(text(None, "é".as_bytes()).unwrap(), "é");
        assert_eq!(text(Some("text/plain; charset=iso-8859-1"), b"\xe9").unwrap(), "é");
        assert_eq!(text(Some("text/plain; charset=utf-8"), b"a\xffb").unwrap(), "a\u{fffd}b");
        assert_eq!(text(Some("text/plain; charset=\"ISO-8859-1"), b"\xe9").unwrap(), "é");
        assert_eq!(text(Some("text/plain; charset=utf-16le"), b"a\0").unwrap(), "a");
        assert_eq!(text(Some("text/plain; charset=latin1"), b"\xef\xbb\xbf\xc3\xa9").unwrap(), "é");
    }

    #[test]
    fn ignores_a_charset_that_browsers_ignore() {
        for content_type in ["text/plain; charset=martian", "text/plain; charset='latin1'", "charset=latin1", "a; b"] {
            assert_eq!(text(Some(content_type), "é".as_bytes()).unwrap(), "é", "{content_type}");
        }
    }
}
