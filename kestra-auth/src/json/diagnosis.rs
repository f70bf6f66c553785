//! Why a document does not match a type, without a word of the document.
//!
//! The errors of `serde_json` quote the values they stumble over, so they cannot be shown. After a failure, and only
//! then, the document is read again by a deserializer that tracks the path to each value, and whose error takes
//! nothing from serde but what the *type* expected. Names of struct fields come from the type and are shown; keys of
//! maps come from the server and are shown as `*`.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::{DecodeError, Subject};
use super::value_deserializer::ValueDeserializer;

/// Returns the error for a document that `T` rejected with `error`.
pub(super) fn explain<T: DeserializeOwned>(text: &[u8], error: &serde_json::Error, subject: Subject) -> DecodeError {
    let what = match serde_json::from_slice::<Value>(text) {
        Ok(value) => match T::deserialize(ValueDeserializer::new(&value)) {
            Err(error) => match error.path().as_str() {
                "" => format!("invalid {subject}: {}", error.reason()),
                path => format!("invalid {subject} at `{path}`: {}", error.reason()),
            },
            // The error is not there in a `Value`, which keeps one of two fields with the same name.
            Ok(_) => format!("invalid {subject}: the JSON does not match the type"),
        },
        Err(error) if error.is_eof() => format!("the {subject} ends in the middle of the JSON"),
        Err(_) => format!("the {subject} is not valid JSON"),
    };
    DecodeError::new(format!("{what} (line {}, column {})", error.line(), error.column()))
}

#[cfg(test)]
mod tests;
