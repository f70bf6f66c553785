//! What a parameter becomes in the request.

use syn::{LitStr, Path};

/// The attributes of parameters.
pub(crate) const PARAM_ATTRIBUTES: [&str; 13] = [
    "path",
    "query",
    "header",
    "headers",
    "cookie",
    "json",
    "form",
    "field",
    "multipart",
    "part",
    "body",
    "options",
    "url",
];

/// What a parameter becomes in the request. Its name on the wire is in [`Param`](crate::model::Param).
pub(crate) enum ParamKind {
    /// The value of a placeholder.
    Path {
        encoded: bool,
        encoder: ValueEncoder,
    },
    Query {
        style: QueryStyle,
        encoder: ValueEncoder,
    },
    Header {
        /// Whether the items of a sequence are joined by commas. Otherwise, the header is repeated.
        joined: bool,
        sensitive: bool,
        encoder: ValueEncoder,
    },
    Headers,
    Cookie {
        encoder: ValueEncoder,
    },
    Json {
        media_type: Option<LitStr>,
    },
    Form {
        nesting: Option<FormNesting>,
    },
    Field {
        joined: Option<Separator>,
        encoder: ValueEncoder,
    },
    Multipart,
    Part {
        json: bool,
        file_name: Option<LitStr>,
        media_type: Option<LitStr>,
    },
    Body {
        media_type: LitStr,
    },
    /// Options of the call.
    Options,
    /// The whole target of the request.
    Url,
    /// Has no attribute and is not named like a placeholder.
    Unannotated,
    /// Has an attribute that cannot be parsed, which is reported already.
    Invalid,
}

impl ParamKind {
    /// Returns the attribute of a parameter, without what is in its parentheses.
    pub(crate) fn attribute(&self) -> &'static str {
        match self {
            Self::Path { .. } => "path",
            Self::Query { .. } => "query",
            Self::Header { .. } => "header",
            Self::Headers => "headers",
            Self::Cookie { .. } => "cookie",
            Self::Options => "options",
            Self::Url => "url",
            Self::Unannotated | Self::Invalid => "",
            body => body.body_attribute().unwrap_or_default(),
        }
    }

    /// Returns the attribute of a parameter that is in the body of the request.
    pub(crate) fn body_attribute(&self) -> Option<&'static str> {
        match self {
            Self::Json { .. } => Some("json"),
            Self::Form { .. } => Some("form"),
            Self::Field { .. } => Some("field"),
            Self::Multipart => Some("multipart"),
            Self::Part { .. } => Some("part"),
            Self::Body { .. } => Some("body"),
            Self::Path { .. }
            | Self::Query { .. }
            | Self::Header { .. }
            | Self::Headers
            | Self::Cookie { .. }
            | Self::Options
            | Self::Url
            | Self::Unannotated
            | Self::Invalid => None,
        }
    }
}

/// What turns a value into text.
#[derive(Default)]
pub(crate) enum ValueEncoder {
    /// Its `Serialize` implementation.
    #[default]
    Serialize,
    /// Its `Display` implementation.
    Display,
    /// A function of the user's.
    With(Path),
}

/// How a query parameter is written.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum QueryStyle {
    /// `name=a&name=b`
    Repeated,
    /// `name=a,b`
    Joined(Separator),
    Encoded,
    Flattened,
    FlattenedEncoded,
    DeepObject,
    Flag,
}

/// What joins the items of a sequence into one value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Separator {
    Comma,
    Space,
    Tab,
    Pipe,
}

impl Separator {
    /// The words that stand for the separators in an attribute.
    pub(crate) const WORDS: [&'static str; 4] = ["csv", "ssv", "tsv", "pipes"];

    /// Returns the separator that a word stands for.
    pub(crate) fn named(word: &str) -> Option<Self> {
        Some(match word {
            "csv" => Self::Comma,
            "ssv" => Self::Space,
            "tsv" => Self::Tab,
            "pipes" => Self::Pipe,
            _ => return None,
        })
    }
}

/// How a form writes structs inside of structs.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum FormNesting {
    Brackets,
    Dots,
}
