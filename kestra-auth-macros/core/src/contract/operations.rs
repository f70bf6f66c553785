//! The operations of a document: references are resolved, and the parameters of the path item are merged with the
//! operation's own.

use super::document::{Document, Node};
use super::parameters::Parameter;
use super::paths::{PathItem, VERBS};
use super::pointer::Pointer;
use super::schema::Schema;
use super::value::Value;

/// An [operation](https://spec.openapis.org/oas/v3.1.0#operation-object) of the document.
pub(crate) struct Operation<'d> {
    pub(crate) path: &'d str,
    /// The key of the operation, such as `get`, or its method as `additionalOperations` writes it.
    pub(crate) verb: &'d str,
    pub(crate) node: Node<'d>,
    path_item: Node<'d>,
    is_additional: bool,
}

/// The request body of an operation.
pub(crate) struct RequestBody<'d> {
    pub(crate) required: bool,
    pub(crate) media_types: Vec<&'d str>,
    pub(crate) contents: Vec<MediaType<'d>>,
}

/// A [response](https://spec.openapis.org/oas/v3.1.0#response-object) of an operation.
pub(crate) struct Response<'d> {
    /// The key: a status, a range of them such as `2XX`, or `default`.
    pub(crate) status: &'d str,
    pub(crate) contents: Vec<MediaType<'d>>,
}

/// The content of a body in one [media type](https://spec.openapis.org/oas/v3.1.0#media-type-object).
pub(crate) struct MediaType<'d> {
    pub(crate) name: &'d str,
    pub(crate) schema: Option<Schema<'d>>,
    /// The schema of each item of a stream
    /// ([`itemSchema`](https://spec.openapis.org/oas/v3.2.0#media-type-object)).
    pub(crate) item_schema: Option<Schema<'d>>,
    pub(crate) node: Node<'d>,
}

impl<'d> Operation<'d> {
    /// The operations of a path.
    pub(crate) fn all(document: &'d Document, path: &'d PathItem) -> Vec<Self> {
        let root = document.root();
        let paths = root.value.get("paths").map_or(&[][..], Value::entries);
        let Some((_, path_item)) = paths.get(path.index) else { return Vec::new() };
        // A path item may have operations beside its reference.
        let own = root.with(path_item);
        let path_item = own.resolved();
        let named = |verb: &'static str| {
            let node = own.get(verb).or_else(|| path_item.get(verb))?;
            Some(Self { path: &path.path, verb, node, path_item, is_additional: false })
        };
        let mut operations: Vec<Self> = VERBS.into_iter().filter_map(named).collect();
        for (verb, node) in path_item.entries("additionalOperations") {
            operations.push(Self { path: &path.path, verb, node, path_item, is_additional: true });
        }
        operations
    }

    /// The method on the wire.
    pub(crate) fn method(&self) -> String {
        if self.is_additional { self.verb.to_owned() } else { self.verb.to_uppercase() }
    }

    pub(crate) fn pointer(&self) -> Pointer {
        let path = self.path_pointer();
        if self.is_additional { path.key("additionalOperations").key(self.verb) } else { path.key(self.verb) }
    }

    fn document(&self) -> &'d Document {
        self.path_item.document
    }

    fn path_pointer(&self) -> Pointer {
        self.document().pointer().key("paths").key(self.path)
    }

    pub(crate) fn parameters(&self) -> Vec<Parameter<'d>> {
        let mut parameters = parameters_of(self.node, &self.pointer());
        for shared in parameters_of(self.path_item, &self.path_pointer()) {
            // The operation's own parameter overrides that of the path item.
            if !parameters.iter().any(|own| own.name == shared.name && own.location == shared.location) {
                parameters.push(shared);
            }
        }
        parameters
    }

    pub(crate) fn request_body(&self) -> Option<RequestBody<'d>> {
        let body = self.node.get("requestBody")?;
        let contents = MediaType::all(body);
        let media_types = contents.iter().map(|content| content.name).collect();
        Some(RequestBody { required: body.value.get_bool("required") == Some(true), media_types, contents })
    }

    /// The responses that the document lists.
    pub(crate) fn responses(&self) -> Vec<Response<'d>> {
        let responses = self.node.entries("responses").into_iter().filter(|(status, _)| !status.starts_with("x-"));
        responses.map(|(status, node)| Response { status, contents: MediaType::all(node) }).collect()
    }

    /// The responses that are a success: those with a status 2xx, or `default` if there are none.
    pub(crate) fn successes(&self) -> Vec<Response<'d>> {
        let (mut successes, others): (Vec<_>, Vec<_>) =
            self.responses().into_iter().partition(|response| response.status.starts_with('2'));
        if successes.is_empty() {
            successes.extend(others.into_iter().filter(|response| response.status == "default"));
        }
        successes
    }

    /// The media types of successful responses.
    pub(crate) fn response_media_types(&self) -> Vec<&'d str> {
        self.successes().iter().flat_map(|response| &response.contents).map(|content| content.name).collect()
    }

    /// Whether every alternative of [`security`](https://spec.openapis.org/oas/v3.1.0#security-requirement-object)
    /// requires a credential. An empty alternative makes it optional.
    pub(crate) fn requires_credential(&self) -> bool {
        let security = self.node.get("security").or_else(|| self.document().root().get("security"));
        security.is_some_and(|security| {
            let alternatives = security.value.items();
            !alternatives.is_empty() && alternatives.iter().all(|alternative| !alternative.entries().is_empty())
        })
    }

    /// The names of the headers, query parameters and cookies that carry an API key, such as `X-Api-Key`.
    pub(crate) fn api_key_names(&self) -> Vec<&'d str> {
        let components = self.document().root().get("components");
        let schemes = components.map(|components| components.entries("securitySchemes")).unwrap_or_default();
        schemes.into_iter().filter_map(|(_, scheme)| scheme.value.get_str("name")).collect()
    }

    /// Whether the operation itself says that it needs no credential.
    pub(crate) fn is_public(&self) -> bool {
        self.node
            .get("security")
            .is_some_and(|security| matches!(security.value, Value::Array(list) if list.is_empty()))
    }

    pub(crate) fn is_deprecated(&self) -> bool {
        self.node.value.get_bool("deprecated") == Some(true)
    }

    pub(crate) fn tags(&self) -> impl Iterator<Item = &'d str> {
        let tags = self.node.value.get("tags").map_or(&[][..], Value::items);
        tags.iter().filter_map(Value::as_str)
    }

    pub(crate) fn id(&self) -> Option<&'d str> {
        self.node.value.get_str("operationId")
    }
}

impl<'d> MediaType<'d> {
    /// The content of a request body or a response.
    fn all(body: Node<'d>) -> Vec<Self> {
        let contents = body.entries("content").into_iter().map(|(name, node)| Self {
            name,
            schema: Schema::under(node, "schema"),
            item_schema: Schema::under(node, "itemSchema"),
            node,
        });
        contents.collect()
    }
}

fn parameters_of<'d>(node: Node<'d>, pointer: &Pointer) -> Vec<Parameter<'d>> {
    let pointer = pointer.clone().key("parameters");
    let nodes = node.items("parameters").into_iter().enumerate();
    nodes.filter_map(|(index, node)| Parameter::parse(node, pointer.clone().index(index))).collect()
}
