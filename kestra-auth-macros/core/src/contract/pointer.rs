//! Where a value is in a document, as messages show it: `openapi.yaml: paths./api/v1/auths.get.parameters[2]`.

use std::fmt::{self, Write as _};

#[derive(Clone, Debug)]
pub(crate) struct Pointer {
    document: String,
    /// Each step after its separator: one text costs less than a list, and most pointers are never shown.
    steps: String,
    is_swagger: bool,
}

/// A step from a value to one inside of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<'p> {
    Key(&'p str),
    Index(usize),
}

/// What separates steps. No key of a document has such a character.
const KEY: char = '\u{1f}';
const INDEX: char = '\u{1e}';

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
        self.steps.push(KEY);
        self.steps.push_str(key);
        self
    }

    /// The pointer to an item of an array.
    pub(crate) fn index(mut self, index: usize) -> Self {
        // Writing to a `String` cannot fail.
        let _ = write!(self.steps, "{INDEX}{index}");
        self
    }

    /// The name of the file.
    pub(crate) fn document(&self) -> &str {
        &self.document
    }

    /// The steps to the value as it is compared: a document of Swagger 2.0 is translated.
    pub(crate) fn steps(&self) -> Vec<Step<'_>> {
        steps(&self.steps)
    }

    /// The pointer as the file has it.
    pub(crate) fn in_file(&self) -> Self {
        if !self.is_swagger {
            return self.clone();
        }
        let steps = IN_SWAGGER.iter().find_map(|(translated, own)| {
            let rest = self.steps.strip_prefix(&format!("{KEY}{}", translated.replace('.', &KEY.to_string())))?;
            Some(format!("{KEY}{own}{rest}"))
        });
        let steps = steps.unwrap_or_else(|| match self.steps.split_once(&format!("{KEY}requestBody")) {
            // The request body is one or more of the parameters.
            Some((operation, _)) => format!("{operation}{KEY}parameters"),
            None => self.steps.clone(),
        });
        Self { steps, is_swagger: false, ..self.clone() }
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.document)?;
        for (index, step) in self.in_file().steps().into_iter().enumerate() {
            match (step, index) {
                (Step::Key(key), 0) => write!(f, ": {key}")?,
                (Step::Key(key), _) => write!(f, ".{key}")?,
                (Step::Index(item), _) => write!(f, "[{item}]")?,
            }
        }
        Ok(())
    }
}

fn steps(text: &str) -> Vec<Step<'_>> {
    let starts = text.match_indices([KEY, INDEX]);
    let ends = text.match_indices([KEY, INDEX]).map(|(at, _)| at).skip(1).chain([text.len()]);
    let steps = starts.zip(ends).map(|((start, separator), end)| {
        let step = &text[start + separator.len()..end];
        let index = if separator.starts_with(INDEX) { step.parse().ok() } else { None };
        index.map_or(Step::Key(step), Step::Index)
    });
    steps.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_steps_as_the_file_has_them() {
        let pointer = Pointer::root("a.yaml", false).key("paths").key("/a.b").key("get").key("parameters").index(2);
        assert_eq!(pointer.to_string(), "a.yaml: paths./a.b.get.parameters[2]");
        assert_eq!(
            pointer.steps()[1..],
            [Step::Key("/a.b"), Step::Key("get"), Step::Key("parameters"), Step::Index(2)]
        );
        let swagger = |pointer: Pointer| pointer.to_string();
        let root = || Pointer::root("a.yaml", true);
        assert_eq!(swagger(root().key("components").key("schemas").key("A")), "a.yaml: definitions.A");
        assert_eq!(
            swagger(root().key("paths").key("/a").key("put").key("requestBody")),
            "a.yaml: paths./a.put.parameters"
        );
        assert_eq!(swagger(root()), "a.yaml");
    }
}
