//! The versions of OpenAPI that can be read.

use super::swagger;
use super::value::Value;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Version {
    /// [Swagger 2.0](https://spec.openapis.org/oas/v2.0), which is translated while it is read.
    Swagger2,
    /// [OpenAPI 3.0](https://spec.openapis.org/oas/v3.0.4)
    OpenApi30,
    /// [OpenAPI 3.1](https://spec.openapis.org/oas/v3.1.1) or [3.2](https://spec.openapis.org/oas/v3.2.0)
    OpenApi31,
}

const HELP: &str = "use a document of OpenAPI 3.0, 3.1 or 3.2, or of Swagger 2.0";

impl Version {
    /// The version of a document; the error says what it is instead.
    pub(super) fn of(root: &Value, name: &str) -> Result<Self, String> {
        let unsupported = |found: &str| format!("unsupported version `{found}` of the document `{name}`\nhelp: {HELP}");
        if let Some(found) = root.get("openapi").and_then(Value::scalar) {
            // Without quotes, YAML reads `3.1` as a number.
            let mut parts = found.split('.');
            return match (parts.next(), parts.next()) {
                (Some("3"), Some("0") | None) => Ok(Self::OpenApi30),
                (Some("3"), Some("1" | "2")) => Ok(Self::OpenApi31),
                _ => Err(unsupported(&format!("openapi: {found}"))),
            };
        }
        if let Some(found) = root.get("swagger").and_then(Value::scalar) {
            return match found.as_str() {
                "2.0" | "2" => Ok(Self::Swagger2),
                _ => Err(unsupported(&format!("swagger: {found}"))),
            };
        }
        for key in ["swaggerVersion", "asyncapi", "arazzo", "overlay", "raml"] {
            if let Some(found) = root.get(key).and_then(Value::scalar) {
                return Err(unsupported(&format!("{key}: {found}")));
            }
        }
        let found = match root {
            Value::Null => "an empty file".to_owned(),
            Value::Array(_) => "a list".to_owned(),
            Value::Object(_) => match root.entries() {
                [] => "an empty object".to_owned(),
                [(key, _), ..] => format!("an object that starts with `{key}`"),
            },
            Value::Bool(_) | Value::Number(_) | Value::String(_) => "text".to_owned(),
        };
        Err(format!(
            "expected `openapi` or `swagger` with a version in the document `{name}`, found {found}\nhelp: {HELP}"
        ))
    }

    pub(super) fn translate(self, root: &mut Value) {
        if self == Self::Swagger2 {
            swagger::translate(root);
        }
    }

    /// Whether the keywords beside the `$ref` of a schema count, as in
    /// [JSON Schema](https://spec.openapis.org/oas/v3.1.1#schema-object). Before 3.1, they are ignored.
    pub(crate) fn has_reference_siblings(self) -> bool {
        self == Self::OpenApi31
    }
}
