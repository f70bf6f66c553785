//! The operations of a document: references are resolved, and the parameters of the path item are merged with the
//! operation's own.

use super::document::{Document, Node};
use super::parameters::Parameter;
use super::paths::{PathItem, VERBS};
use super::pointer::Pointer;
use super::value::Value;

/// An [operation](https://spec.openapis.org/oas/v3.1.0#operation-object) of the document.
pub(crate) struct Operation {
    pub(crate) path: &'static str,
    pub(crate) verb: &'static str,
    node: Node,
    path_item: Node,
}

/// The request body of an operation.
pub(crate) struct RequestBody {
    pub(crate) required: bool,
    pub(crate) media_types: Vec<&'static str>,
}

impl Operation {
    /// The operations of a path.
    pub(crate) fn all(document: &'static Document, path: &'static PathItem) -> Vec<Self> {
        let paths = document.root.get("paths").map_or(&[][..], Value::entries);
        let Some((_, path_item)) = paths.get(path.index) else { return Vec::new() };
        let path_item = document.node(path_item).resolved();
        let operation = |verb| path_item.get(verb).map(|node| Self { path: &path.path, verb, node, path_item });
        VERBS.into_iter().filter_map(operation).collect()
    }

    pub(crate) fn pointer(&self) -> Pointer {
        self.path_pointer().key(self.verb)
    }

    fn path_pointer(&self) -> Pointer {
        self.path_item.document.pointer().key("paths").key(self.path)
    }

    pub(crate) fn parameters(&self) -> Vec<Parameter> {
        let mut parameters = parameters_of(self.node, &self.pointer());
        for shared in parameters_of(self.path_item, &self.path_pointer()) {
            // The operation's own parameter overrides that of the path item.
            if !parameters.iter().any(|own| own.name == shared.name && own.location == shared.location) {
                parameters.push(shared);
            }
        }
        parameters
    }

    pub(crate) fn request_body(&self) -> Option<RequestBody> {
        let body = self.node.get("requestBody")?;
        let media_types = body.entries("content").into_iter().map(|(media, _)| media).collect();
        Some(RequestBody { required: body.value.get_bool("required") == Some(true), media_types })
    }

    /// The media types of successful responses.
    pub(crate) fn response_media_types(&self) -> Vec<&'static str> {
        let responses = self.node.entries("responses");
        let successful: Vec<_> = responses.iter().filter(|(status, _)| status.starts_with('2')).collect();
        let chosen = if successful.is_empty() {
            responses.iter().filter(|(status, _)| *status == "default").collect()
        } else {
            successful
        };
        let content = chosen.into_iter().flat_map(|(_, response)| response.entries("content"));
        content.map(|(media, _)| media).collect()
    }

    /// Whether every alternative of [`security`](https://spec.openapis.org/oas/v3.1.0#security-requirement-object)
    /// requires a credential. An empty alternative makes it optional.
    pub(crate) fn requires_credential(&self) -> bool {
        let security = self.node.get("security").or_else(|| self.path_item.document.root().get("security"));
        security.is_some_and(|security| {
            let alternatives = security.value.items();
            !alternatives.is_empty() && alternatives.iter().all(|alternative| !alternative.entries().is_empty())
        })
    }

    /// The names of the headers, query parameters and cookies that carry an API key, such as `X-Api-Key`.
    pub(crate) fn api_key_names(&self) -> Vec<&'static str> {
        let components = self.path_item.document.root().get("components");
        let schemes = components.map(|components| components.entries("securitySchemes")).unwrap_or_default();
        schemes.into_iter().filter_map(|(_, scheme)| scheme.value.get_str("name")).collect()
    }

    pub(crate) fn is_deprecated(&self) -> bool {
        self.node.value.get_bool("deprecated") == Some(true)
    }

    pub(crate) fn tags(&self) -> impl Iterator<Item = &'static str> {
        let tags = self.node.value.get("tags").map_or(&[][..], Value::items);
        tags.iter().filter_map(Value::as_str)
    }

    pub(crate) fn id(&self) -> Option<&'static str> {
        self.node.value.get_str("operationId")
    }

    pub(crate) fn summary(&self) -> Option<&'static str> {
        self.node.value.get_str("summary").or_else(|| self.node.value.get_str("description"))
    }
}

fn parameters_of(node: Node, pointer: &Pointer) -> Vec<Parameter> {
    let pointer = pointer.clone().key("parameters");
    let nodes = node.items("parameters").into_iter().enumerate();
    nodes.filter_map(|(index, node)| Parameter::parse(node, pointer.clone().index(index))).collect()
}
