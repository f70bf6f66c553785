//! References: [`$ref`](https://spec.openapis.org/oas/v3.1.0#reference-object) to values of the same document or of
//! another file.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write as _;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::pointer::{Pointer, Step};
use super::value::Value;

/// The file of a reference and the pointer inside it.
pub(super) fn split(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

/// Whether a reference leads to a URL, which a compiler does not read.
pub(super) fn is_url(reference: &str) -> bool {
    split(reference).0.contains("://")
}

/// The value that a fragment leads to: a JSON pointer that is percent-encoded
/// ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901#section-6)), or the name of an anchor.
pub(super) fn find<'d>(root: &'d Value, fragment: &str) -> Option<&'d Value> {
    // Nearly every reference is without escapes, and references are followed over and over.
    let fragment = if fragment.contains('%') { Cow::Owned(percent_decode(fragment)) } else { Cow::Borrowed(fragment) };
    if fragment.is_empty() {
        return Some(root);
    }
    let Some(pointer) = fragment.strip_prefix('/') else {
        return descend(root, &mut |value| value.get_str("$anchor") == Some(&*fragment)).map(|(value, _)| value);
    };
    pointer.split('/').try_fold(root, child)
}

/// The value that one step of a JSON pointer leads to.
fn child<'d>(value: &'d Value, step: &str) -> Option<&'d Value> {
    match value {
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => value.get(&unescaped(step)),
    }
}

/// The key that a step of a JSON pointer names.
pub(super) fn unescaped(step: &str) -> Cow<'_, str> {
    if step.contains('~') { Cow::Owned(step.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(step) }
}

/// The characters of a JSON pointer that a fragment encodes
/// ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.5)).
const ENCODED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`');

/// The reference to a value of the document that contains it. An item of a list is known by its name, as a parameter
/// is: the next version of the document may have something else at its index.
pub(super) fn to_value(root: &Value, value: &Value) -> Option<String> {
    let (_, steps) = descend(root, &mut |found| std::ptr::eq(found, value))?;
    let (mut reference, mut parent) = ("#".to_owned(), root);
    for step in steps.into_iter().rev() {
        let (key, next) = match step {
            Step::Key(key) => (key, parent.get(key)?),
            Step::Index(index) => {
                let item = parent.items().get(index)?;
                let name = item.get_str("name")?;
                index_of(parent.items(), name)?;
                (name, item)
            }
        };
        let key = key.replace('~', "~0").replace('/', "~1");
        // Writing to a `String` cannot fail.
        let _ = write!(reference, "/{}", utf8_percent_encode(&key, ENCODED));
        parent = next;
    }
    Some(reference)
}

/// The index of the only item of a list with a name.
pub(super) fn index_of(items: &[Value], name: &str) -> Option<usize> {
    let mut named = items.iter().enumerate().filter(|(_, item)| item.get_str("name") == Some(name));
    let (index, _) = named.next()?;
    named.next().is_none().then_some(index)
}

/// Where the first value that fits is below `root`, which `pointer` leads to.
pub(super) fn locate(root: &Value, pointer: Pointer, mut fits: impl FnMut(&Value) -> bool) -> Pointer {
    let found = descend(root, &mut fits);
    let steps = found.map(|(_, steps)| steps).unwrap_or_default();
    steps.into_iter().rev().fold(pointer, |pointer, step| match step {
        Step::Key(key) => pointer.key(key),
        Step::Index(index) => pointer.index(index),
    })
}

/// The first value that fits, in the document's order, with the steps that lead to it, from the last to the first.
fn descend<'d>(value: &'d Value, fits: &mut impl FnMut(&Value) -> bool) -> Option<(&'d Value, Vec<Step<'d>>)> {
    if fits(value) {
        return Some((value, Vec::new()));
    }
    let children = value.entries().iter().map(|(key, child)| (Step::Key(key), child));
    let items = value.items().iter().enumerate().map(|(index, child)| (Step::Index(index), child));
    for (step, child) in children.chain(items) {
        if let Some((found, mut steps)) = descend(child, fits) {
            steps.push(step);
            return Some((found, steps));
        }
    }
    None
}

/// The references of a document to other files, each once.
pub(super) fn to_files(root: &Value) -> Vec<&str> {
    let mut files = Vec::new();
    let mut seen = HashSet::new();
    let mut values = vec![root];
    while let Some(value) = values.pop() {
        if let Some(reference) = value.get_str("$ref") {
            let file = split(reference).0;
            if !file.is_empty() && !is_url(reference) && seen.insert(file) {
                files.push(file);
            }
        }
        values.extend(value.items());
        values.extend(value.entries().iter().map(|(_, child)| child));
    }
    files
}

pub(super) fn percent_decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
