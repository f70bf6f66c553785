//! What a document has at a pointer, in one line.

use crate::contract::document::{Document, Node};
use crate::contract::pointer::{Pointer, Step};
use crate::contract::value::Value;

/// Longer text would not be read.
const MAX_LENGTH: usize = 160;

/// What describes a value for people.
const DOCS: [&str; 5] = ["description", "summary", "title", "example", "examples"];

/// A value in YAML's flow style without docs, unless it is long; instead of a reference alone, what it leads to.
pub(super) fn of_node(node: Node<'_>) -> Option<String> {
    let mut text = String::new();
    write(node.resolved().value, false, &mut text);
    (text.len() <= MAX_LENGTH).then_some(text)
}

/// Writes a value. The keys of a map are names that the document chooses.
fn write(value: &Value, is_map: bool, text: &mut String) {
    if text.len() > MAX_LENGTH {
        return;
    }
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(_) | Value::Number(_) => text.push_str(&value.scalar().unwrap_or_default()),
        Value::String(string) => text.push_str(&quoted(string)),
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                write(item, false, text);
            }
            text.push(']');
        }
        Value::Object(_) => {
            text.push('{');
            let is_shown =
                |(key, _): &&(String, Value)| is_map || !(DOCS.contains(&key.as_str()) || key.starts_with("x-"));
            for (index, (key, value)) in value.entries().iter().filter(is_shown).enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                text.extend([&quoted(key), ": "]);
                write(value, key == "properties", text);
            }
            text.push('}');
        }
    }
}

/// Text in one line, quoted where YAML requires it.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_-/.$".contains(c);
    let is_word = !text.is_empty() && text.chars().all(is_plain) && !text.starts_with('-');
    let means_else = text.parse::<f64>().is_ok() || ["true", "false", "null"].contains(&text);
    if is_word && !means_else { text.to_owned() } else { format!("'{}'", text.replace('\'', "''").replace('\n', " ")) }
}

/// The pointer to the same in another version: an item of a list may have another index there.
pub(super) fn counterpart(pointer: &Pointer, document: &Document, other: &Document) -> Pointer {
    let root = other.pointer();
    let is_own = pointer.document() == document.pointer().document();
    let start = if is_own { root.clone() } else { Pointer::root(pointer.document(), false) };
    let mut own = Pointer::root(pointer.document(), false);
    let mut found = start;
    for step in pointer.steps() {
        found = match step {
            Step::Key(key) => found.key(key),
            Step::Index(index) => {
                let wanted = document.node_at(&own.clone().index(index)).map(Node::resolved);
                let items = other.node_at(&found).map(|node| node.value.items().len()).unwrap_or_default();
                let same = (0..items).find(|other_index| {
                    let item = other.node_at(&found.clone().index(*other_index)).map(Node::resolved);
                    let names = |node: Option<Node<'_>>| {
                        let text = |key| node.and_then(|node| node.value.get_str(key).map(str::to_owned));
                        (text("name"), text("in"))
                    };
                    names(item) == names(wanted) && names(item).0.is_some()
                });
                found.index(same.unwrap_or(usize::MAX))
            }
        };
        own = match step {
            Step::Key(key) => own.key(key),
            Step::Index(index) => own.index(index),
        };
    }
    found
}
