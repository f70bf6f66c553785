//! Bodies that are no JSON: text and bytes.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use encoding_rs::{Encoding, UTF_8};

use super::FromResponse;
use crate::error::Error;
use crate::media_type;

/// The body as text, by the charset that the answer names, UTF-8 without one
/// ([WHATWG's decode](https://encoding.spec.whatwg.org/#decode): what is malformed becomes U+FFFD).
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Text(pub String);

impl FromResponse for Text {
    const ACCEPT: &'static str = "text/*, */*;q=0.5";
    type Body = Bytes;

    fn from_response(response: http::Response<Bytes>) -> Result<Self, Error> {
        let label = media_type::charset(response.headers());
        let encoding = match label {
            Some(label) => {
                Encoding::for_label(label.as_bytes()).ok_or_else(|| Error::decode("the answer's charset is unknown"))?
            }
            None => UTF_8,
        };
        let (text, _, _) = encoding.decode(response.body());
        Ok(Self(text.into_owned()))
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Shows the length; the text may be secret.
impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} bytes)", self.0.len())
    }
}

/// The body as bytes.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Binary(pub Bytes);

impl FromResponse for Binary {
    const ACCEPT: &'static str = "application/octet-stream, */*;q=0.5";
    type Body = Bytes;

    fn from_response(response: http::Response<Bytes>) -> Result<Self, Error> {
        Ok(Self(response.into_body()))
    }
}

impl Deref for Binary {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Binary> for Bytes {
    fn from(binary: Binary) -> Self {
        binary.0
    }
}

/// Shows the length; the bytes may be secret.
impl fmt::Debug for Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Binary({} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use http::header::CONTENT_TYPE;

    use super::*;

    fn text(content_type: Option<&'static str>, body: &'static [u8]) -> Result<String, Error> {
        let mut response = http::Response::new(Bytes::from_static(body));
        if let Some(value) = content_type {
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(value));
        }
        Text::from_response(response).map(|text| text.0)
    }

    #[test]
    fn charsets() {
        assert_eq!(text(None, "é".as_bytes()).unwrap(), "é");
        assert_eq!(text(Some("text/plain; charset=iso-8859-1"), b"\xe9").unwrap(), "é");
        assert_eq!(text(Some("text/plain; charset=utf-8"), b"a\xffb").unwrap(), "a\u{fffd}b");
        assert!(text(Some("text/plain; charset=martian"), b"a").unwrap_err().is_decode());
    }
}
