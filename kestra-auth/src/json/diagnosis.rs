//! Why a document does not match a type, without a word of the document.
//!
//! The errors of `serde_json` quote the values they stumble over, so they cannot be shown. After a failure, and only
//! then, the document is read again by a deserializer that tracks the path to each value, and whose error takes
//! nothing from serde but what the *type* expected. Names of struct fields come from the type and are shown; keys of
//! maps come from the server and are shown as `*`.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::context::{Context, LeftOut};
use super::error::{DecodeError, Failure, Subject};
use super::tracking;
use super::type_error::TypeError;

/// How many bytes are read to find the field of an error.
const MAX_READ_AGAIN: usize = 4 << 20;

/// Returns the error for a document that `T` rejected with `error`.
///
/// If a crate of the build enables `arbitrary_precision`, `serde_json` hides the numbers from types that find them in a copy of
/// what comes, as untagged enums and flattened structs do. These are read here after all.
pub(super) fn explain<T: DeserializeOwned>(
    text: &[u8],
    error: serde_json::Error,
    subject: Subject,
) -> Result<T, DecodeError> {
    // The error may have a copy of a value as large as the document, so it goes before the document is read again.
    let syntax = SyntaxError::new(&error);
    let position = match (error.line(), error.column()) {
        // Parts of a value that have been buffered, as those of an untagged enum, have no position.
        (0, _) => String::new(),
        (line, column) => format!(" (line {line}, column {column})"),
    };
    drop(error);
    let context = Context::default();
    let (path, reason) = match read::<T>(text, &context).map_err(|error| locate::<T>(text, error)) {
        Err(error) => (error.path(), error.reason().map(str::to_owned)),
        Ok(value) if context.has_plain_numbers() => return Ok(value),
        // What the type accepts depends on the deserializer.
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
    Err(DecodeError::new(failure, message + &position))
}

fn read<T: DeserializeOwned>(text: &[u8], context: &Context) -> Result<T, TypeError> {
    let mut document = serde_json::Deserializer::from_slice(text);
    let value = tracking::read(PhantomData::<T>, &mut document, context)?;
    document.end().map(|()| value).map_err(|_| TypeError::unreadable())
}

/// Adds the field to an error in an object that the type reads from a copy, such as an internally tagged enum.
///
/// It is the field that the type misses when the document is read without it. Its name is known from the type then. Other
/// fields are not found, because nothing distinguishes their names from those that the server has chosen.
fn locate<T: DeserializeOwned>(text: &[u8], error: TypeError) -> TypeError {
    let Some(object) = error.object().filter(|_| text.len() <= MAX_READ_AGAIN) else { return error };
    let without = |entry| {
        let context = Context::without(LeftOut { object, entry });
        let missing = read::<T>(text, &context).err().and_then(|error| error.missing());
        (missing, context.left_out())
    };
    // Without any field, the type misses the tag.
    let (tag, _) = without(None);
    for entry in 0..MAX_READ_AGAIN / text.len().max(1) {
        let (missing, key) = without(Some(entry));
        // No entries are left.
        let Some(key) = key else { break };
        if let Some(field) = missing
            && field == key
            && missing != tag
        {
            return error.at_field(field);
        }
    }
    error
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
