//! The parameters of an operation: where each is sent and how its value is serialized.

use std::fmt;

use super::document::Node;
use super::pointer::Pointer;
use super::schema::{self, JsonType, Properties};
use crate::parse::param_kind::Separator;

/// A [parameter](https://spec.openapis.org/oas/v3.1.0#parameter-object) of the document.
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) location: ParameterLocation,
    pub(crate) required: bool,
    pub(crate) value: ParameterValue,
    pub(crate) format: CollectionFormat,
    pub(crate) pointer: Pointer,
}

/// OpenAPI's `in`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ParameterLocation {
    Path,
    Query,
    Header,
    Cookie,
}

/// The headers that the client itself determines. OpenAPI ignores parameters of these names
/// ([`name`](https://spec.openapis.org/oas/v3.1.0#parameter-object)).
const IGNORED_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// What a parameter's schema says about its value.
pub(crate) enum ParameterValue {
    /// The schema does not restrict the type.
    Any,
    Single,
    List,
    /// An object that is sent as one parameter per property.
    Exploded(Properties),
}

/// How the items of a list, or the properties of an object, are sent: OpenAPI's
/// [`style`](https://spec.openapis.org/oas/v3.1.0#style-values) and `explode`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum CollectionFormat {
    /// `name=a&name=b`
    Repeated,
    /// `name=a,b`
    Joined(Separator),
    /// `name[key]=value`
    DeepObject,
}

impl Parameter {
    /// The parameter of the document; `None` if its location has no counterpart in a trait.
    pub(crate) fn parse(node: Node, pointer: Pointer) -> Option<Self> {
        let location = ParameterLocation::parse(node.value.get_str("in")?)?;
        // A parameter with `content` has no schema and is sent as a single text.
        let schema = node.get("schema");
        let style = node.value.get_str("style").unwrap_or_else(|| location.default_style());
        let explode = node.value.get_bool("explode").unwrap_or(style == "form");
        Some(Self {
            name: node.value.get_str("name")?,
            location,
            required: node.value.get_bool("required") == Some(true),
            value: schema.map_or(ParameterValue::Any, |schema| ParameterValue::of(schema, style, explode)),
            format: CollectionFormat::of(style, explode),
            pointer,
        })
    }
}

impl ParameterLocation {
    fn parse(word: &str) -> Option<Self> {
        [Self::Path, Self::Query, Self::Header, Self::Cookie].into_iter().find(|location| location.as_str() == word)
    }

    /// The location's name, in OpenAPI and as the attribute of an argument.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }

    fn default_style(self) -> &'static str {
        match self {
            Self::Query | Self::Cookie => "form",
            Self::Path | Self::Header => "simple",
        }
    }

    /// Whether two names are the same parameter here: only header names ignore case.
    pub(crate) fn is_same_name(self, left: &str, right: &str) -> bool {
        if self == Self::Header { left.eq_ignore_ascii_case(right) } else { left == right }
    }

    /// Whether the contract ignores parameters of this name.
    pub(crate) fn is_ignored(self, name: &str) -> bool {
        self == Self::Header && IGNORED_HEADERS.iter().any(|ignored| ignored.eq_ignore_ascii_case(name))
    }
}

impl fmt::Display for ParameterLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl ParameterValue {
    fn of(schema: Node, style: &str, explode: bool) -> Self {
        let types = schema::types(schema);
        let is_only = |wanted| types.iter().all(|found| *found == wanted);
        if types.is_empty() {
            Self::Any
        } else if is_only(JsonType::Array) {
            Self::List
        } else if style == "form" && explode && is_only(JsonType::Object) {
            Self::Exploded(schema::properties(schema))
        } else {
            Self::Single
        }
    }

    /// The properties that are sent as parameters.
    pub(crate) fn properties(&self) -> Option<&Properties> {
        match self {
            Self::Exploded(properties) => Some(properties),
            Self::Any | Self::Single | Self::List => None,
        }
    }
}

impl CollectionFormat {
    fn of(style: &str, explode: bool) -> Self {
        match style {
            "deepObject" => Self::DeepObject,
            "spaceDelimited" if !explode => Self::Joined(Separator::Space),
            "pipeDelimited" if !explode => Self::Joined(Separator::Pipe),
            "form" | "simple" if !explode => Self::Joined(Separator::Comma),
            _ => Self::Repeated,
        }
    }

    /// The word in `#[query(…)]`; `None` if the attribute needs none.
    pub(crate) fn word(self) -> Option<&'static str> {
        match self {
            Self::Repeated => None,
            Self::Joined(Separator::Comma) => Some("csv"),
            Self::Joined(Separator::Space) => Some("ssv"),
            Self::Joined(Separator::Tab) => Some("tsv"),
            Self::Joined(Separator::Pipe) => Some("pipes"),
            Self::DeepObject => Some("deep_object"),
        }
    }
}
