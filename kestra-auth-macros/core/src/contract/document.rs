//! OpenAPI documents. A proc macro lives as long as the compiler that runs it, so each document is parsed once per
//! compilation, however many traits and models refer to it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;

use super::paths::Paths;
use super::pointer::Pointer;
use super::value::Value;
use crate::diagnostics::Diagnostics;

pub(crate) struct Document {
    /// The path as the user wrote it.
    pub(crate) name: String,
    file: PathBuf,
    pub(crate) root: Value,
    pub(crate) paths: Paths,
}

/// A value together with its document, so that references can be followed.
#[derive(Clone, Copy)]
pub(crate) struct Node {
    pub(crate) document: &'static Document,
    pub(crate) value: &'static Value,
}

struct Cached {
    file: PathBuf,
    stamp: Stamp,
    document: Result<&'static Document, String>,
    /// Whether an expansion of this compilation includes the file already.
    is_watched: bool,
}

/// Length and time of modification: a document that changes is parsed again.
type Stamp = (u64, Option<SystemTime>);

static CACHE: Mutex<Vec<Cached>> = Mutex::new(Vec::new());

/// How many references may lead to one another; a cycle ends there.
const MAX_REFERENCES: usize = 32;

impl Document {
    /// Opens the document at a path that is relative to the directory of the crate's `Cargo.toml`.
    pub(crate) fn open(path: &LitStr, diagnostics: &Diagnostics) -> Option<&'static Self> {
        let name = path.value();
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
        Self::load(&Path::new(&manifest).join(&name), &name).map_err(|error| diagnostics.report(path, error)).ok()
    }

    pub(super) fn load(file: &Path, name: &str) -> Result<&'static Self, String> {
        let Ok(metadata) = fs::metadata(file) else {
            return Err(format!(
                "cannot find the document `{name}`\n\
                 help: write a path that is relative to the directory of the crate's `Cargo.toml`"
            ));
        };
        let stamp = (metadata.len(), metadata.modified().ok());
        // A panic while the lock was held leaves the list as it was.
        let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cached) = cache.iter().find(|cached| cached.file == file && cached.stamp == stamp) {
            return cached.document.clone();
        }
        let document = Self::parse(file, name);
        cache.push(Cached { file: file.to_owned(), stamp, document: document.clone(), is_watched: false });
        document
    }

    fn parse(file: &Path, name: &str) -> Result<&'static Self, String> {
        let text = fs::read_to_string(file).map_err(|error| {
            format!("cannot read the document `{name}`: {error}\nhelp: write the path of a YAML or JSON file in UTF-8")
        })?;
        let invalid = |format: &str, error: &dyn std::fmt::Display| {
            format!("invalid {format} in the document `{name}`: {error}\nhelp: correct the document")
        };
        let root: Value = if text.trim_start().starts_with('{') {
            serde_json::from_str(&text).map_err(|error| invalid("JSON", &error))?
        } else {
            serde_norway::from_str(&text).map_err(|error| invalid("YAML", &error))?
        };
        let paths = Paths::of(&root);
        // The cache lives until the process ends, and so do the references into its documents.
        Ok(Box::leak(Box::new(Self { name: name.to_owned(), file: file.to_owned(), root, paths })))
    }

    pub(crate) fn node(&'static self, value: &'static Value) -> Node {
        Node { document: self, value }
    }

    pub(crate) fn root(&'static self) -> Node {
        self.node(&self.root)
    }

    pub(crate) fn pointer(&self) -> Pointer {
        Pointer::root(&self.name)
    }

    /// The document of a reference from this one.
    fn sibling(&self, file: &str) -> Option<&'static Self> {
        let directory = self.file.parent()?;
        let name = Path::new(&self.name).parent()?.join(file);
        Self::load(&directory.join(file), &name.to_string_lossy()).ok()
    }
}

impl Node {
    pub(crate) fn get(self, key: &str) -> Option<Self> {
        self.value.get(key).map(|value| self.document.node(value).resolved())
    }

    /// The target of a `$ref`, in this document or another one; the node itself if it has none or cannot be
    /// resolved.
    pub(crate) fn resolved(self) -> Self {
        let mut node = self;
        for _ in 0..MAX_REFERENCES {
            let Some(reference) = node.value.get_str("$ref") else { return node };
            let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
            let document = if file.is_empty() { Some(node.document) } else { node.document.sibling(file) };
            let Some(next) = document.and_then(|document| Some(document.node(find(&document.root, pointer)?))) else {
                return node;
            };
            node = next;
        }
        node
    }

    /// The items of an array under a key, with references resolved.
    pub(crate) fn items(self, key: &str) -> Vec<Self> {
        let Some(array) = self.get(key) else { return Vec::new() };
        array.value.items().iter().map(|value| array.document.node(value).resolved()).collect()
    }

    /// The entries of an object under a key, with references resolved.
    pub(crate) fn entries(self, key: &str) -> Vec<(&'static str, Self)> {
        let Some(object) = self.get(key) else { return Vec::new() };
        let entries = object.value.entries().iter();
        entries.map(|(key, value)| (key.as_str(), object.document.node(value).resolved())).collect()
    }
}

/// Follows a JSON pointer that is percent-encoded as in a URI fragment
/// ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901#section-6)).
fn find(root: &'static Value, pointer: &str) -> Option<&'static Value> {
    pointer.split('/').skip(1).try_fold(root, |value, step| {
        let step = percent_decode(step).replace("~1", "/").replace("~0", "~");
        match value {
            Value::Array(items) => items.get(step.parse::<usize>().ok()?),
            _ => value.get(&step),
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

/// Makes the compiler run again when a document changes. Each document is included once per compilation, because
/// every `include_bytes!` costs time.
pub(crate) fn rebuild_on_change() -> TokenStream {
    let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut files = Vec::new();
    for cached in cache.iter_mut().filter(|cached| cached.document.is_ok() && !cached.is_watched) {
        cached.is_watched = true;
        files.push(cached.file.to_string_lossy().into_owned());
    }
    quote!(#(const _: &[u8] = ::core::include_bytes!(#files);)*)
}
