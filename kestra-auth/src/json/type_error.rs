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

/// A longer path is cut off.
const MAX_STEPS: usize = 16;

/// A value that does not match its type. Of what serde reports, only what the *type* expected is kept.
#[derive(Debug)]
pub(super) struct TypeError {
    /// `None` if the document could not be read.
    reason: Option<String>,
    /// From the innermost to the outermost.
    steps: Vec<Step>,
    /// The field that is missing.
    missing: Option<&'static str>,
    /// The number of the object that the error comes from, if it is not known where in the object.
    object: Option<usize>,
}

impl TypeError {
    pub(super) fn new(reason: String) -> Self {
        Self { reason: Some(reason), steps: Vec::new(), missing: None, object: None }
    }

    /// Builds the error of a document that could not be read any further.
    pub(super) fn unreadable() -> Self {
        Self { reason: None, steps: Vec::new(), missing: None, object: None }
    }

    /// Adds the step that leads to the value, while the error returns through the values around it.
    pub(super) fn inside(mut self, step: Option<Step>) -> Self {
        self.steps.extend(step);
        self
    }

    /// Notes that the error comes from an object, unless it is known where in it.
    pub(super) fn in_object(mut self, object: usize) -> Self {
        if self.steps.is_empty() && self.missing.is_none() && self.reason.is_some() {
            self.object.get_or_insert(object);
        }
        self
    }

    /// Adds the step within that object.
    pub(super) fn at_field(mut self, field: &'static str) -> Self {
        self.steps.insert(0, Step::Field(field));
        self
    }

    pub(super) fn object(&self) -> Option<usize> {
        self.object
    }

    pub(super) fn missing(&self) -> Option<&'static str> {
        self.missing
    }

    /// Returns how the value differs from its type, or `None` if the document could not be read.
    pub(super) fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// Returns the JSON path, as `labels.*[1]`; empty for the whole document.
    pub(super) fn path(&self) -> String {
        let mut path = String::new();
        for (index, step) in self.steps.iter().rev().enumerate() {
            if index == MAX_STEPS {
                path.push('…');
                break;
            }
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
        f.write_str(self.reason().unwrap_or("the JSON cannot be read"))
    }
}

impl std::error::Error for TypeError {}

impl serde::de::Error for TypeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        // The message is written by the type's author and may quote the value, so it is dropped. Only what derived
        // implementations say is recognized by how it starts.
        let derived = DERIVED.iter().find(|(start, _)| starts_with(&message, start));
        let reason = derived.map_or("rejected by the `Deserialize` implementation of the type", |(_, reason)| reason);
        Self::new(reason.to_owned())
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
        Self { missing: Some(field), ..Self::new(format!("missing field `{field}`")) }
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(format!("duplicate field `{field}`"))
    }
}

/// How messages of derived implementations start, and what is said instead.
const DERIVED: [(&str, &str); 2] = [
    ("data did not match any variant of untagged enum ", "no variant of the untagged enum matches"),
    ("no variant of enum ", "no variant of the flattened enum is present"),
];

/// Returns whether a message starts with `start`. The rest, which may be as long as the document, is not written out.
fn starts_with(message: &impl fmt::Display, start: &str) -> bool {
    struct Rest<'a>(&'a str);

    impl fmt::Write for Rest<'_> {
        fn write_str(&mut self, part: &str) -> fmt::Result {
            if let Some(rest) = self.0.strip_prefix(part) {
                self.0 = rest;
                return Ok(());
            }
            if part.starts_with(self.0) {
                self.0 = "";
            }
            // Nothing more needs to be seen.
            Err(fmt::Error)
        }
    }

    let mut rest = Rest(start);
    // An error only means that enough has been seen.
    let _ = write!(rest, "{message}");
    rest.0.is_empty()
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
