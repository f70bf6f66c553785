//! Why a document does not match a type, without a word of the document.
//!
//! The errors of `serde_json` quote the values they stumble over, so they cannot be shown. After a failure, and only
//! then, the document is read again by a deserializer that tracks the path to each value, and whose error takes
//! nothing from serde but what the *type* expected. Names of struct fields come from the type and are shown; keys of
//! maps come from the server and are shown as `*`.

use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::error::{DecodeError, Failure, Subject};
use super::tracking::{HeldError, TrackingDeserializer};

/// Returns the error for a document that `T` rejected with `error`.
pub(super) fn explain<T: DeserializeOwned>(text: &[u8], error: serde_json::Error, subject: Subject) -> DecodeError {
    // The error may have a copy of a value as large as the document, so it goes before the document is read again.
    let syntax = SyntaxError::new(&error);
    let position = match (error.line(), error.column()) {
        // Parts of a value that have been buffered, as those of an untagged enum, have no position.
        (0, _) => String::new(),
        (line, column) => format!(" (line {line}, column {column})"),
    };
    drop(error);
    let held = HeldError::default();
    let mut document = serde_json::Deserializer::from_slice(text);
    let (path, reason) = match T::deserialize(TrackingDeserializer::new(&mut document, &held)) {
        Err(error) => (error.path(), error.reason().map(str::to_owned)),
        // What follows the value is wrong, or what the type accepts depends on the deserializer.
        Ok(_) => (String::new(), None),
    };
    let at = if path.is_empty() { path } else { format!(" at `{path}`") };
    let invalid = |reason: &str| (Failure::Mismatch, format!("invalid {subject}{at}: {reason}"));
    let (failure, message) = match (reason, syntax) {
        (Some(reason), _) => invalid(&reason),
        (None, SyntaxError::None) => invalid("the JSON does not match the type"),
        (None, SyntaxError::TooDeep) => invalid("nested too deeply: the limit is 128 levels"),
        (None, SyntaxError::OutOfRange) => invalid("a number is out of range"),
        (None, SyntaxError::Ended) => (Failure::Mismatch, format!("the {subject} ends in the middle of the JSON")),
        (None, SyntaxError::Invalid) => (Failure::Syntax, format!("the {subject} is not valid JSON")),
    };
    DecodeError::new(failure, message + &position)
}

/// What `serde_json` found wrong with a document, apart from its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SyntaxError {
    None,
    Ended,
    TooDeep,
    OutOfRange,
    Invalid,
}

impl SyntaxError {
    fn new(error: &serde_json::Error) -> Self {
        match error.classify() {
            Category::Data | Category::Io => Self::None,
            Category::Eof => Self::Ended,
            // These messages are constant, and the only way to distinguish between errors of this category.
            Category::Syntax => match error.to_string() {
                message if message.starts_with("recursion limit exceeded") => Self::TooDeep,
                message if message.starts_with("number out of range") => Self::OutOfRange,
                _ => Self::Invalid,
            },
        }
    }
}

#[cfg(test)]
mod tests;
