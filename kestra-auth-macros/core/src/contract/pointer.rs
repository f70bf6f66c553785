//! Where a value is in a document, as messages show it: `openapi.yaml: paths./api/v1/auths.get.parameters[2]`.

use std::fmt::{self, Write as _};

#[derive(Clone, Debug)]
pub(crate) struct Pointer {
    document: String,
    steps: String,
    is_swagger: bool,
}

/// What the steps to a value are in Swagger 2.0, by what they are in its translation.
const IN_SWAGGER: [(&str, &str); 4] = [
    ("components.schemas", "definitions"),
    ("components.parameters", "parameters"),
    ("components.responses", "responses"),
    ("components.securitySchemes", "securityDefinitions"),
];

impl Pointer {
    /// The pointer to the root of a document, under the name that the user gave it.
    pub(crate) fn root(document: &str, is_swagger: bool) -> Self {
        Self { document: document.to_owned(), steps: String::new(), is_swagger }
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

    fn in_swagger(&self) -> String {
        for (translated, own) in IN_SWAGGER {
            if let Some(rest) = self.steps.strip_prefix(translated) {
                return format!("{own}{rest}");
            }
        }
        match self.steps.split_once(".requestBody") {
            // The request body is one or more of the parameters.
            Some((operation, _)) => format!("{operation}.parameters"),
            None => self.steps.clone(),
        }
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps = if self.is_swagger { &self.in_swagger() } else { &self.steps };
        match steps.as_str() {
            "" => f.write_str(&self.document),
            steps => write!(f, "{}: {steps}", self.document),
        }
    }
}
