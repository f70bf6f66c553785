//! Documents, each read once a compilation: a proc macro lives as long as the compiler that runs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::SystemTime;

use super::paths::Places;
use super::value::Node;

pub(crate) struct Document {
    /// As the user wrote it.
    pub(crate) shown: String,
    file: PathBuf,
    pub(crate) root: Node,
    pub(crate) places: Places,
}

/// A node and the document that it stands in, for references.
#[derive(Clone, Copy)]
pub(crate) struct At {
    pub(crate) document: &'static Document,
    pub(crate) node: &'static Node,
}

struct Cached {
    file: PathBuf,
    /// Length and time: a changed document is another one.
    stamp: (u64, Option<SystemTime>),
    document: Result<&'static Document, String>,
    /// Whether the compiler has been told of it.
    named: bool,
}

static CACHE: Mutex<Vec<Cached>> = Mutex::new(Vec::new());

impl Document {
    pub(crate) fn open(file: &Path, shown: &str) -> Result<&'static Self, String> {
        let Ok(metadata) = fs::metadata(file) else {
            return Err(format!("no document `{shown}`: a path is relative to the folder of the crate's Cargo.toml"));
        };
        let stamp = (metadata.len(), metadata.modified().ok());
        // A panic elsewhere while the lock was held leaves the list as it was.
        let mut cache = CACHE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(cached) = cache.iter().find(|cached| cached.file == file && cached.stamp == stamp) {
            return cached.document.clone();
        }
        let document = Self::read(file, shown);
        cache.push(Cached { file: file.to_owned(), stamp, document: document.clone(), named: false });
        document
    }

    fn read(file: &Path, shown: &str) -> Result<&'static Self, String> {
        let text =
            fs::read_to_string(file).map_err(|error| format!("the document `{shown}` cannot be read: {error}"))?;
        let root: Node = if text.trim_start().starts_with('{') {
            serde_json::from_str(&text).map_err(|error| format!("the document `{shown}` is no JSON: {error}"))?
        } else {
            serde_norway::from_str(&text).map_err(|error| format!("the document `{shown}` is no YAML: {error}"))?
        };
        let places = Places::of(&root);
        // The document lives as long as the compiler; so do references into it.
        Ok(Box::leak(Box::new(Self { shown: shown.to_owned(), file: file.to_owned(), root, places })))
    }

    pub(crate) fn at(&'static self, node: &'static Node) -> At {
        At { document: self, node }
    }
}

impl At {
    pub(crate) fn get(self, key: &str) -> Option<Self> {
        self.node.get(key).map(|node| self.document.at(node).resolved())
    }

    /// What a `$ref` refers to, here or in another document; the node itself where that is not to be found.
    pub(crate) fn resolved(self) -> Self {
        let mut at = self;
        for _ in 0..32 {
            let Some(reference) = at.node.text_of("$ref") else { return at };
            let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
            let document = if file.is_empty() { Some(at.document) } else { sibling(at.document, file) };
            let Some(next) = document.and_then(|document| Some(document.at(find(&document.root, pointer)?))) else {
                return at;
            };
            at = next;
        }
        at
    }

    pub(crate) fn items(self, key: &str) -> Vec<Self> {
        let list = self.get(key).map_or(&[][..], |list| list.node.items());
        list.iter().map(|node| self.document.at(node).resolved()).collect()
    }

    pub(crate) fn entries(self, key: &str) -> Vec<(&'static str, Self)> {
        let Some(map) = self.get(key) else { return Vec::new() };
        map.node.entries().iter().map(|(key, node)| (key.as_str(), map.document.at(node).resolved())).collect()
    }
}

fn sibling(document: &Document, file: &str) -> Option<&'static Document> {
    let folder = document.file.parent()?;
    let shown = Path::new(&document.shown).parent()?.join(file);
    Document::open(&folder.join(file), &shown.to_string_lossy()).ok()
}

/// A JSON pointer, percent-encoded as fragments are ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901#section-6)).
fn find(root: &'static Node, pointer: &str) -> Option<&'static Node> {
    pointer.split('/').skip(1).try_fold(root, |node, step| {
        let step = percent_decode(step).replace("~1", "/").replace("~0", "~");
        match node {
            Node::List(items) => items.get(step.parse::<usize>().ok()?),
            _ => node.get(&step),
        }
    })
}

pub(super) fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escape = after.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        if let Some(byte) = escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The documents that were read and not named yet: a change in one of them makes the compiler run again, and once
/// a compilation is enough to say so.
pub(crate) fn files() -> Vec<String> {
    let mut cache = CACHE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut files = Vec::new();
    for cached in cache.iter_mut().filter(|cached| cached.document.is_ok() && !cached.named) {
        cached.named = true;
        files.push(cached.file.to_string_lossy().into_owned());
    }
    files
}
