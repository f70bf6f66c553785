//! Why a value does not match a type, and at which JSON path.

use std::fmt::{self, Write as _};

use serde::de::{Expected, Unexpected};

/// A step from a value to one inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A field of a struct, whose name comes from the type.
    Field(&'static str),
    /// A key of a map. It comes from the server, so it is shown as `*`.
    Key,
    Index(usize),
}

/// A value that does not match its type. Of what serde reports, only what the *type* expected is kept.
#[derive(Debug)]
pub(super) struct TypeError {
    reason: String,
    /// From the innermost to the outermost.
    steps: Vec<Step>,
}

impl TypeError {
    pub(super) fn new(reason: String) -> Self {
        Self { reason, steps: Vec::new() }
    }

    /// Adds the step that leads to the value, while the error returns through the values around it.
    pub(super) fn inside(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    pub(super) fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns the JSON path, as `labels.*[1]`; empty for the whole document.
    pub(super) fn path(&self) -> String {
        let mut path = String::new();
        for step in self.steps.iter().rev() {
            let separator = if path.is_empty() { "" } else { "." };
            // Writing to a `String` does not fail.
            let _ = match step {
                Step::Field(name) => write!(path, "{separator}{name}"),
                Step::Key => write!(path, "{separator}*"),
                Step::Index(index) => write!(path, "[{index}]"),
            };
        }
        path
    }
}

impl fmt::Display for TypeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for TypeError {}

impl serde::de::Error for TypeError {
    fn custom<T: fmt::Display>(_: T) -> Self {
        // The message is written by the type's author and may quote the value, so it is dropped.
        Self::new("rejected by the `Deserialize` implementation of the type".to_owned())
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {expected}, found {}", kind(unexpected)))
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let kind = kind(unexpected);
        match unexpected {
            Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => {
                Self::new(format!("expected {expected}, found {kind} out of range"))
            }
            _ => Self::new(format!("expected {expected}, found {kind} with another value")),
        }
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        let plural = if length == 1 { "" } else { "s" };
        Self::new(format!("expected {expected}, found {length} element{plural}"))
    }

    // The names of variants and fields that are unknown come from the server, so only the known ones are shown.
    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("unknown variant, {}", one_of(expected, "the type has none")))
    }

    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("unknown field, {}", one_of(expected, "the type has none")))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(format!("missing field `{field}`"))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(format!("duplicate field `{field}`"))
    }
}

fn kind(unexpected: Unexpected<'_>) -> &'static str {
    match unexpected {
        Unexpected::Bool(_) => "a boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "an integer",
        Unexpected::Float(_) => "a floating-point number",
        Unexpected::Char(_) | Unexpected::Str(_) => "a string",
        Unexpected::Bytes(_) => "bytes",
        Unexpected::Unit | Unexpected::Option => "null",
        Unexpected::Seq => "an array",
        Unexpected::Map => "an object",
        _ => "another value",
    }
}

fn one_of(names: &[&str], none: &str) -> String {
    match names {
        [] => none.to_owned(),
        [name] => format!("expected `{name}`"),
        names => format!("expected one of `{}`", names.join("`, `")),
    }
}
