//! Decoding a document into any type that implements serde's `DeserializeOwned`.

use serde::de::DeserializeOwned;

use super::error::{DecodeError, Subject};
use super::{diagnosis, unit};
use crate::media_type;

/// Decodes a whole document; an empty one reads as `null`.
pub(crate) fn decode<T: DeserializeOwned>(text: &[u8], subject: Subject) -> Result<T, DecodeError> {
    let text = if is_blank(text) { b"null" } else { text };
    // The error of `serde_json` quotes values, so it is only a reason to look for a message that does not.
    serde_json::from_slice(text).map_err(|error| diagnosis::explain::<T>(text, &error, subject))
}

/// Decodes a response body of the given media type, for a result type that reads JSON.
///
/// The body does not matter where the type is `()`, or `Option<()>` for anything but an empty body or `null`.
pub(crate) fn decode_body<T: DeserializeOwned>(body: &[u8], media_type: Option<&str>) -> Result<T, DecodeError> {
    if is_null(body) {
        // Servers give all kinds of media types to empty bodies, so it does not count here.
        return decode(body, Subject::ResponseBody);
    }
    if let Some(unit) = unit::unit_value() {
        return Ok(unit);
    }
    reject_other_media_type(body, media_type)?;
    decode(body, Subject::ResponseBody)
}

/// Rejects a body whose media type is known and not JSON, because its syntax errors would only mislead.
///
/// # Errors
/// If there is a body, and it has another media type.
pub(crate) fn reject_other_media_type(body: &[u8], media_type: Option<&str>) -> Result<(), DecodeError> {
    match media_type {
        Some(essence) if !media_type::is_json(essence) && !is_blank(body) => {
            Err(DecodeError::new(format!("the response body is {}, not JSON", printable(essence))))
        }
        _ => Ok(()),
    }
}

/// Whether a body holds no value: it is blank, or `null`.
pub(crate) fn is_null(body: &[u8]) -> bool {
    matches!(body.trim_ascii(), b"" | b"null")
}

fn is_blank(text: &[u8]) -> bool {
    text.trim_ascii().is_empty()
}

/// Returns how a message names a media type, which comes from the server and so is only quoted if it looks like one.
fn printable(essence: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/+.-".contains(c);
    if essence.len() <= 64 && essence.chars().all(is_plain) {
        format!("`{essence}`")
    } else {
        "of another media type".to_owned()
    }
}

#[cfg(test)]
mod tests;
