//! A schema, as far as it can contradict a type: through references, `allOf`, `oneOf` and `anyOf`, with `null` in
//! the way of OpenAPI 3.0 and in that of 3.1.

use super::document::At;
use super::value::Node;

/// What a schema says of an object.
#[derive(Default)]
pub(crate) struct Fields {
    pub(crate) known: Vec<Field>,
    /// Whether there may be others.
    pub(crate) open: bool,
}

pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    /// Whether it is more than a name in a list of required ones.
    pub(crate) described: bool,
    pub(crate) schema: At,
}

/// How deep schemas go into one another; a cycle ends there.
const DEPTH: usize = 16;

pub(crate) fn is_array(at: At) -> bool {
    is_all(at, "array")
}

pub(crate) fn is_object(at: At) -> bool {
    is_all(at, "object")
}

fn is_all(at: At, wanted: &str) -> bool {
    let types = types(at);
    !types.is_empty() && types.iter().all(|found| *found == wanted)
}

/// The types that a value may have, `null` apart; empty where the schema does not say.
pub(crate) fn types(at: At) -> Vec<&'static str> {
    types_within(at, DEPTH)
}

/// Whether `null` is a value of it.
pub(crate) fn is_nullable(at: At) -> bool {
    is_nullable_within(at, DEPTH)
}

fn types_within(at: At, depth: usize) -> Vec<&'static str> {
    let at = at.resolved();
    let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
    let own: Vec<&'static str> = match at.node.get("type") {
        Some(Node::Text(found)) => vec![found.as_str()],
        Some(Node::List(found)) => found.iter().filter_map(Node::text).collect(),
        _ => Vec::new(),
    };
    let own: Vec<_> = own.into_iter().filter(|found| *found != "null").collect();
    if !own.is_empty() {
        return own;
    }
    for part in at.items("allOf") {
        let found = types_within(part, depth);
        if !found.is_empty() {
            return found;
        }
    }
    let mut all: Vec<&'static str> = Vec::new();
    for part in alternatives(at).into_iter().filter(|part| !is_null(*part)) {
        let found = types_within(part, depth);
        if found.is_empty() {
            return Vec::new();
        }
        all.extend(found);
    }
    if all.is_empty() && at.node.get("properties").is_some() {
        all.push("object");
    }
    all
}

fn alternatives(at: At) -> Vec<At> {
    at.items("oneOf").into_iter().chain(at.items("anyOf")).collect()
}

fn is_null(at: At) -> bool {
    at.node.text_of("type") == Some("null")
}

fn is_nullable_within(at: At, depth: usize) -> bool {
    let at = at.resolved();
    let Some(depth) = depth.checked_sub(1) else { return false };
    at.node.flag("nullable") == Some(true)
        || is_null(at)
        || at.node.get("type").is_some_and(|types| types.items().iter().any(|found| found.text() == Some("null")))
        || alternatives(at).into_iter().any(|part| is_nullable_within(part, depth))
        || (at.node.get("type").is_none() && {
            let parts = at.items("allOf");
            !parts.is_empty() && parts.into_iter().all(|part| is_nullable_within(part, depth))
        })
}

/// The values of an enumeration of strings.
pub(crate) fn values(at: At) -> Vec<&'static str> {
    let at = at.resolved();
    let own: Vec<_> = at.node.get("enum").map_or(&[][..], Node::items).iter().filter_map(Node::text).collect();
    if !own.is_empty() {
        return own;
    }
    at.items("allOf").into_iter().chain(alternatives(at)).flat_map(values).collect()
}

pub(crate) fn fields(at: At) -> Fields {
    let mut fields = Fields::default();
    collect(at, DEPTH, &mut fields);
    fields
}

fn collect(at: At, depth: usize, fields: &mut Fields) {
    let at = at.resolved();
    let Some(depth) = depth.checked_sub(1) else {
        fields.open = true;
        return;
    };
    let required = required(at);
    for (name, schema) in at.entries("properties") {
        fields.add(Field { name, required: required.contains(&name), described: true, schema });
    }
    for part in at.items("allOf") {
        let mut inherited = Fields::default();
        collect(part, depth, &mut inherited);
        fields.open |= inherited.open;
        inherited.known.into_iter().for_each(|field| fields.add(field));
    }
    // `required` may name what a part of `allOf` describes, or nothing does.
    for name in required {
        fields.add(Field { name, required: true, described: false, schema: at.document.at(&Node::Null) });
    }
    let alternatives: Vec<At> = alternatives(at).into_iter().filter(|part| !is_null(*part)).collect();
    collect_alternatives(&alternatives, depth, fields);
    let described = !at.node.get("properties").map_or(&[][..], Node::entries).is_empty()
        || at.node.get("allOf").is_some()
        || !alternatives.is_empty();
    fields.open |= match at.node.get("additionalProperties") {
        Some(Node::Bool(open)) => *open,
        Some(_) => true,
        None => !described,
    };
}

/// Of `oneOf` and `anyOf`: a field is required if each of them requires it.
fn collect_alternatives(alternatives: &[At], depth: usize, fields: &mut Fields) {
    let described: Vec<Fields> = alternatives
        .iter()
        .map(|part| {
            let mut fields = Fields::default();
            collect(*part, depth, &mut fields);
            fields
        })
        .collect();
    for alternative in &described {
        fields.open |= alternative.open;
        for field in &alternative.known {
            let required = described.iter().all(|other| other.find(field.name).is_some_and(|field| field.required));
            fields.add(Field { name: field.name, required, described: field.described, schema: field.schema });
        }
    }
}

impl Fields {
    pub(crate) fn find(&self, name: &str) -> Option<&Field> {
        self.known.iter().find(|field| field.name == name)
    }

    fn add(&mut self, field: Field) {
        match self.known.iter_mut().find(|known| known.name == field.name) {
            Some(known) => {
                known.required |= field.required;
                if !known.described {
                    (known.described, known.schema) = (field.described, field.schema);
                }
            }
            None => self.known.push(field),
        }
    }
}

fn required(at: At) -> Vec<&'static str> {
    at.node.get("required").map_or(&[][..], Node::items).iter().filter_map(Node::text).collect()
}

/// The schema of a name under `components.schemas`, or of a JSON pointer.
pub(crate) fn named(document: &'static super::document::Document, name: &str) -> Option<At> {
    let schemas = document.at(&document.root).get("components")?.get("schemas")?;
    schemas.node.get(name).map(|node| schemas.document.at(node).resolved())
}

/// The names of all schemas.
pub(crate) fn names(document: &'static super::document::Document) -> Vec<&'static str> {
    let components = document.at(&document.root).get("components");
    let schemas = components.and_then(|components| components.get("schemas"));
    schemas.map_or(&[][..], |schemas| schemas.node.entries()).iter().map(|(name, _)| name.as_str()).collect()
}

/// Whether only answers have it.
pub(crate) fn is_read_only(at: At) -> bool {
    at.resolved().node.flag("readOnly") == Some(true)
}
