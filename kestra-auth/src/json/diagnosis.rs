//! Why JSON does not fit a type, without a word of what it holds.
//!
//! The errors of `serde_json` quote the values they stumble over, so they cannot be shown. After a failure, and only
//! then, the body is read once more by a deserializer that notes where it is and whose error takes from serde
//! nothing but what the *type* expected. The names of a struct's fields are the type's and are shown; the keys
//! of a map are the server's and show as `*`.

mod deserializer;

use std::fmt::{self, Write as _};

use serde::de::{DeserializeOwned, Expected, Unexpected};
use serde_json::Value;

use crate::error::{Error, ErrorKind};
use deserializer::Node;

/// The error of a body that `T` refused with `error`.
pub(crate) fn explain<T: DeserializeOwned>(body: &[u8], error: &serde_json::Error) -> Error {
    let (line, column) = (error.line(), error.column());
    let what = match serde_json::from_slice::<Value>(body) {
        Ok(value) => match T::deserialize(Node::new(&value)) {
            Err(misfit) => misfit.to_string(),
            // A mistake that is gone from a `Value`, as a field that stands twice.
            Ok(_) => "the JSON does not fit the result's type".to_owned(),
        },
        Err(error) if error.is_eof() => "the JSON ends too early".to_owned(),
        Err(_) => "the body is no JSON".to_owned(),
    };
    Error::new(ErrorKind::Decode, format!("{what} (line {line}, column {column})"))
}

/// A step from a value to one inside of it.
#[derive(Debug)]
enum Step {
    Field(&'static str),
    Key,
    Index(usize),
}

#[derive(Debug)]
struct Misfit {
    what: String,
    /// From the inside out.
    steps: Vec<Step>,
}

impl Misfit {
    fn new(what: String) -> Self {
        Self { what, steps: Vec::new() }
    }

    fn under(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for step in self.steps.iter().rev() {
            // Writing to a `String` does not fail.
            let _ = match step {
                Step::Field(name) if path.is_empty() => write!(path, "{name}"),
                Step::Field(name) => write!(path, ".{name}"),
                Step::Key if path.is_empty() => write!(path, "*"),
                Step::Key => write!(path, ".*"),
                Step::Index(index) => write!(path, "[{index}]"),
            };
        }
        path
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path().as_str() {
            "" => write!(f, "the JSON does not fit the result's type: {}", self.what),
            path => write!(f, "the JSON does not fit the result's type at `{path}`: {}", self.what),
        }
    }
}

impl std::error::Error for Misfit {}

impl serde::de::Error for Misfit {
    /// The message may hold a value.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::new("its own `Deserialize` refused".to_owned())
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {expected}, found {}", kind(unexpected)))
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {expected}, found {} that does not fit", kind(unexpected)))
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {expected}, found {length} elements"))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("an unknown variant; the type has {}", names(expected)))
    }

    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("an unknown field; the type has {}", names(expected)))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(format!("the field `{field}` is missing"))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(format!("the field `{field}` stands twice"))
    }
}

fn kind(unexpected: Unexpected<'_>) -> &'static str {
    match unexpected {
        Unexpected::Bool(_) => "a boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "an integer",
        Unexpected::Float(number) if number.fract() == 0.0 => "a number that does not fit",
        Unexpected::Float(_) => "a number with a fraction",
        Unexpected::Char(_) | Unexpected::Str(_) => "a string",
        Unexpected::Bytes(_) => "bytes",
        Unexpected::Unit | Unexpected::Option => "null",
        Unexpected::Seq => "an array",
        Unexpected::Map => "an object",
        _ => "something else",
    }
}

fn names(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    if quoted.is_empty() { "none".to_owned() } else { quoted.join(", ") }
}

#[cfg(test)]
mod tests;
