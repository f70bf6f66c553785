//! The parameters of an operation: where each is sent and how its value is serialized.

use std::fmt;

use super::document::Node;
use super::json_type::JsonType;
use super::pointer::Pointer;
use super::properties::Properties;
use super::schema::Schema;
use crate::parse::param_kind::Separator;

/// A [parameter](https://spec.openapis.org/oas/v3.1.0#parameter-object) of the document.
pub(crate) struct Parameter<'d> {
    pub(crate) name: &'d str,
    pub(crate) location: ParameterLocation,
    pub(crate) required: bool,
    pub(crate) value: ParameterValue<'d>,
    /// `None` for a parameter with `content`, which is sent as a single text.
    pub(crate) schema: Option<Schema<'d>>,
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
pub(crate) enum ParameterValue<'d> {
    /// The schema does not restrict the type.
    Any,
    Single,
    List,
    /// An object that is sent as one parameter per property.
    Exploded(Properties<'d>),
    /// One of several types: a value or a list, a text or an object.
    Mixed(Mixed<'d>),
}

/// What a parameter may be.
pub(crate) struct Mixed<'d> {
    pub(crate) single: bool,
    pub(crate) list: bool,
    pub(crate) object: bool,
    /// The properties of an object that is sent as one parameter per property.
    exploded: Option<Properties<'d>>,
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

impl<'d> Parameter<'d> {
    /// The parameter of the document; `None` if its location has no counterpart in a trait.
    pub(crate) fn parse(node: Node<'d>, pointer: Pointer) -> Option<Self> {
        let word = node.value.get_str("in")?;
        let required = node.value.get_bool("required") == Some(true);
        let name = node.value.get_str("name")?;
        // The whole query as one value
        // ([`querystring`](https://spec.openapis.org/oas/v3.2.0#parameter-locations)).
        if word == "querystring" {
            let content = node.entries("content");
            let schema = content.first().and_then(|(_, content)| Schema::under(*content, "schema"));
            let value = ParameterValue::Exploded(schema.map_or_else(Properties::any, Schema::properties));
            let (location, format) = (ParameterLocation::Query, CollectionFormat::Repeated);
            return Some(Self { name, location, required, value, schema, format, pointer });
        }
        let location = ParameterLocation::parse(word)?;
        let schema = Schema::under(node, "schema");
        let style = node.value.get_str("style").unwrap_or_else(|| location.default_style());
        let explode = node.value.get_bool("explode").unwrap_or(style == "form" || style == "cookie");
        let value = schema.map_or(ParameterValue::Any, |schema| ParameterValue::of(schema, style, explode));
        let format = CollectionFormat::of(style, explode);
        Some(Self { name, location, required, value, schema, format, pointer })
    }
}

impl Parameter<'_> {
    /// Whether its value is an object.
    pub(crate) fn is_object(&self) -> bool {
        self.schema.is_some_and(|schema| schema.types() == [JsonType::Object])
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

impl<'d> ParameterValue<'d> {
    fn of(schema: Schema<'d>, style: &str, explode: bool) -> Self {
        let types = schema.types();
        let [list, object] = [JsonType::Array, JsonType::Object].map(|wanted| types.contains(&wanted));
        let single = types.iter().any(|found| !matches!(found, JsonType::Array | JsonType::Object));
        let is_exploded = style == "form" && explode;
        match (single, list, object) {
            (false, false, false) => Self::Any,
            (false, true, false) => Self::List,
            (false, false, true) if is_exploded => Self::Exploded(schema.properties()),
            (false, false, true) | (true, false, false) => Self::Single,
            _ => {
                let exploded = (object && is_exploded).then(|| schema.properties());
                Self::Mixed(Mixed { single, list, object, exploded })
            }
        }
    }

    /// The properties that are sent as parameters.
    pub(crate) fn properties(&self) -> Option<&Properties<'d>> {
        match self {
            Self::Exploded(properties) => Some(properties),
            Self::Mixed(mixed) => mixed.exploded.as_ref(),
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
            "tabDelimited" if !explode => Self::Joined(Separator::Tab),
            "form" | "simple" | "cookie" if !explode => Self::Joined(Separator::Comma),
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
