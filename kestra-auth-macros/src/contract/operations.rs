//! An operation of the document: references resolved, parameters of path and operation put together.

use super::document::{At, Document};
use super::paths::Place;
use super::schema;
use super::value::Node;

pub(crate) struct Operation {
    pub(crate) path: &'static str,
    pub(crate) verb: &'static str,
    at: At,
    item: At,
}

/// A parameter as the document has it.
#[expect(clippy::struct_excessive_bools, reason = "the document's own words, each on its own")]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    /// `query`, `header`, `cookie` or `path`.
    pub(crate) place: &'static str,
    pub(crate) required: bool,
    pub(crate) is_list: bool,
    /// Whether the document says what it is.
    pub(crate) is_told: bool,
    /// How a list is joined: `None` repeats the name.
    pub(crate) separator: Option<&'static str>,
    /// The fields of an object that is sent field by field; `None` for anything else.
    pub(crate) fields: Option<schema::Fields>,
    pub(crate) is_deep: bool,
}

impl Operation {
    /// The operations of a path.
    pub(crate) fn all(document: &'static Document, place: &'static Place) -> Vec<Self> {
        let paths = document.root.get("paths").map_or(&[][..], Node::entries);
        let Some((_, item)) = paths.get(place.index) else { return Vec::new() };
        let item = document.at(item).resolved();
        let verbs = super::paths::VERBS.into_iter();
        verbs.filter_map(|verb| Some(Self { path: &place.path, verb, at: item.get(verb)?, item })).collect()
    }

    /// `openapi.yaml: paths./api/v1/auths.get`
    pub(crate) fn place(&self) -> String {
        format!("{}: paths.{}.{}", self.item.document.shown, self.path, self.verb)
    }

    pub(crate) fn parameters(&self) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = self.at.items("parameters").into_iter().filter_map(parameter).collect();
        for wide in self.item.items("parameters").into_iter().filter_map(parameter) {
            // The operation's own replaces the path's.
            if !parameters.iter().any(|own| own.name == wide.name && own.place == wide.place) {
                parameters.push(wide);
            }
        }
        parameters
    }

    /// Whether a body is required, and its media types; `None` where there is no body.
    pub(crate) fn body(&self) -> Option<(bool, Vec<&'static str>)> {
        let body = self.at.get("requestBody")?;
        let media = body.entries("content").into_iter().map(|(media, _)| media).collect();
        Some((body.node.flag("required") == Some(true), media))
    }

    /// The media types of successful answers.
    pub(crate) fn answers(&self) -> Vec<&'static str> {
        let answers = self.at.entries("responses");
        let success: Vec<_> = answers.iter().filter(|(status, _)| status.starts_with('2')).collect();
        let chosen = if success.is_empty() {
            answers.iter().filter(|(status, _)| *status == "default").collect()
        } else {
            success
        };
        let mut media: Vec<&str> = Vec::new();
        for (_, answer) in chosen {
            media.extend(answer.entries("content").into_iter().map(|(media, _)| media));
        }
        media
    }

    /// Whether it answers nobody without a credential.
    pub(crate) fn needs_credential(&self) -> bool {
        let root = self.item.document.at(&self.item.document.root);
        let security = self.at.get("security").or_else(|| root.get("security"));
        security.is_some_and(|security| {
            let ways = security.node.items();
            !ways.is_empty() && ways.iter().all(|way| !way.entries().is_empty())
        })
    }

    /// Names that carry a credential, as `X-Api-Key`.
    pub(crate) fn key_names(&self) -> Vec<&'static str> {
        let root = self.item.document.at(&self.item.document.root);
        let schemes =
            root.get("components").map(|components| components.entries("securitySchemes")).unwrap_or_default();
        schemes.into_iter().filter_map(|(_, scheme)| scheme.node.text_of("name")).collect()
    }

    pub(crate) fn is_deprecated(&self) -> bool {
        self.at.node.flag("deprecated") == Some(true)
    }

    pub(crate) fn has_tag(&self, tag: &str) -> bool {
        self.at.get("tags").is_some_and(|tags| tags.node.items().iter().any(|found| found.text() == Some(tag)))
    }

    pub(crate) fn id(&self) -> Option<&'static str> {
        self.at.node.text_of("operationId")
    }

    pub(crate) fn summary(&self) -> Option<&'static str> {
        self.at.node.text_of("summary").or_else(|| self.at.node.text_of("description"))
    }
}

fn parameter(at: At) -> Option<Parameter> {
    let (name, place) = (at.node.text_of("name")?, at.node.text_of("in")?);
    // A parameter of `content` is one text, whatever is in it.
    let schema = at.get("schema");
    let style = at.node.text_of("style").unwrap_or(if matches!(place, "query" | "cookie") { "form" } else { "simple" });
    let explode = at.node.flag("explode").unwrap_or(style == "form");
    let is_list = schema.is_some_and(schema::is_array);
    let is_object = schema.is_some_and(schema::is_object);
    let separator = match style {
        "spaceDelimited" if !explode => Some("%20"),
        "pipeDelimited" if !explode => Some("%7C"),
        "form" | "simple" if !explode => Some(","),
        _ => None,
    };
    Some(Parameter {
        name,
        place,
        required: at.node.flag("required") == Some(true),
        is_list,
        is_told: schema.is_some_and(|schema| !schema::types(schema).is_empty()),
        separator,
        fields: schema.filter(|_| is_object && explode && style == "form").map(schema::fields),
        is_deep: style == "deepObject",
    })
}

/// `type/subtype` in lower case, without parameters.
pub(crate) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a range of the document, as `application/*`, allows a media type.
pub(crate) fn allows(range: &str, media: &str) -> bool {
    let (range, media) = (essence(range), essence(media));
    range == media
        || range == "*/*"
        || range.strip_suffix("/*").is_some_and(|kind| media.split('/').next() == Some(kind))
}
