//! Where a value is in a document, as messages show it: `openapi.yaml: paths./api/v1/auths.get.parameters[2]`.

use std::fmt::{self, Write as _};

#[derive(Clone, Debug)]
pub(crate) struct Pointer {
    document: String,
    steps: String,
}

impl Pointer {
    /// The pointer to the root of a document, under the name that the user gave it.
    pub(crate) fn root(document: &str) -> Self {
        Self { document: document.to_owned(), steps: String::new() }
    }

    /// The pointer to the value of a key.
    pub(crate) fn key(mut self, key: &str) -> Self {
        if !self.steps.is_empty() {
            self.steps.push('.');
        }
        self.steps.push_str(key);
        self
    }

    /// The pointer to an item of an array.
    pub(crate) fn index(mut self, index: usize) -> Self {
        // Writing to a `String` cannot fail.
        let _ = write!(self.steps, "[{index}]");
        self
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.document, self.steps)
    }
}
