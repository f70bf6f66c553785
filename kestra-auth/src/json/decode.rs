//! Decoding a document into any type that implements serde's `DeserializeOwned`.

use serde::de::DeserializeOwned;

use super::error::{DecodeError, Failure, Subject};
use super::{diagnosis, unit};

/// Marks a text as UTF-8. JSON allows parsers to ignore it
/// ([RFC 8259](https://www.rfc-editor.org/rfc/rfc8259#section-8.1)).
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Decodes a whole document; an empty one reads as `null`.
pub(crate) fn decode<T: DeserializeOwned>(text: &[u8], subject: Subject) -> Result<T, DecodeError> {
    let text = skip_byte_order_mark(text);
    if is_blank(text) {
        return serde_json::from_slice(b"null")
            .map_err(|_| DecodeError::new(Failure::Empty, format!("the {subject} is empty")));
    }
    // The error of `serde_json` quotes values, so it is only a reason to look for a message that does not.
    serde_json::from_slice(text).or_else(|error| diagnosis::explain::<T>(text, error, subject))
}

/// Decodes a response body, for a result type that reads JSON.
///
/// The body does not matter where the type is `()`, or `Option<()>` for anything but an empty body or `null`.
pub(crate) fn decode_body<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    if !is_null(body)
        && let Some(unit) = unit::unit_value()
    {
        return Ok(unit);
    }
    decode(body, Subject::ResponseBody)
}

/// Whether a body holds no value: it is blank, or `null`.
pub(crate) fn is_null(body: &[u8]) -> bool {
    matches!(skip_byte_order_mark(body).trim_ascii(), b"" | b"null")
}

/// Whether a text consists of white space only.
pub(crate) fn is_blank(text: &[u8]) -> bool {
    skip_byte_order_mark(text).trim_ascii().is_empty()
}

/// Returns the text without the byte order mark that it may start with.
pub(crate) fn skip_byte_order_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text)
}

#[cfg(test)]
mod tests;
