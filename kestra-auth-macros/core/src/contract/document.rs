//! A document as one expansion sees it. Everything else of the contract borrows from it.

use std::any::Any;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proc_macro2::TokenStream;
use quote::quote;

use super::manifest;
use super::paths::Paths;
use super::pointer::{Pointer, Step};
use super::reference;
use super::session;
use super::source::{Source, SourceFile};
use super::swagger;
use super::value::Value;
use super::version::Version;
use crate::diagnostics::Diagnostics;
use crate::parse::contract::DocumentPath;

pub(crate) struct Document {
    source: Arc<Source>,
    /// The `Cargo.toml` that names the document.
    manifest: Option<PathBuf>,
    /// The references that could not be followed, each once.
    unresolved: RefCell<Vec<Unresolved>>,
}

#[derive(PartialEq)]
struct Unresolved {
    reference: String,
    file: usize,
    /// The address of the object with the reference.
    id: usize,
}

/// A value together with its document, so that references can be followed.
#[derive(Clone, Copy)]
pub(crate) struct Node<'d> {
    pub(crate) document: &'d Document,
    pub(crate) value: &'d Value,
    /// The index of the file.
    file: usize,
}

impl Document {
    /// Opens the document at a path that is relative to the directory of the crate's `Cargo.toml`.
    pub(crate) fn open(path: &DocumentPath, diagnostics: &Diagnostics) -> Option<Self> {
        let opened = match path {
            DocumentPath::Given(path) => Self::load(&manifest::directory().join(path.value()), &path.value()),
            DocumentPath::Default(_) => manifest::default_document(&manifest::path()).and_then(|name| {
                let opened = Self::load(&manifest::directory().join(&name), &name)?;
                Ok(Self { manifest: Some(manifest::path()), ..opened })
            }),
        };
        // Every trait and model with this document has the same error.
        let report = |error: String| {
            if session::needs(error.clone()) {
                diagnostics.report(path, error);
            }
        };
        opened.map_err(report).ok()
    }

    /// Opens the document at a path under the name that messages have for it.
    pub(crate) fn load(path: &Path, name: &str) -> Result<Self, String> {
        Ok(Self { source: Source::load(path, name)?, manifest: None, unresolved: RefCell::default() })
    }

    /// Reads a document that is not in a file.
    pub(crate) fn read(bytes: &[u8], name: &str) -> Result<Self, String> {
        Ok(Self { source: Source::of_bytes(bytes, name)?, manifest: None, unresolved: RefCell::default() })
    }

    /// Whether every reference that was needed could be followed; otherwise what is wrong with each.
    pub(crate) fn unresolved(&self) -> Vec<String> {
        self.unresolved.borrow().iter().map(|unresolved| self.unresolved_message(unresolved)).collect()
    }

    pub(crate) fn version(&self) -> Version {
        self.source.version
    }

    pub(crate) fn paths(&self) -> &Paths {
        &self.source.paths
    }

    /// The name under `components.schemas` of the value with an address.
    pub(super) fn schema_name(&self, id: usize) -> Option<&str> {
        let schemas = self.source.files[0].root.get("components")?.get("schemas")?.entries();
        let index_of = |(index, (_, value)): (usize, &(String, Value))| (address(value), index);
        let names = self.source.schema_names.get_or_init(|| schemas.iter().enumerate().map(index_of).collect());
        names.get(&id).map(|index| schemas[*index].0.as_str())
    }

    /// Returns what is kept with the document, created when it is first asked for.
    pub(super) fn memo<T: Any + Send + Sync>(&self, create: impl FnOnce() -> T) -> Arc<T> {
        self.source.memo.get(create)
    }

    pub(crate) fn root(&self) -> Node<'_> {
        self.root_of(0)
    }

    /// A node for a value that no document contains.
    pub(crate) fn nothing(&self) -> Node<'_> {
        Node { value: &Value::Null, ..self.root() }
    }

    pub(crate) fn pointer(&self) -> Pointer {
        self.pointer_to(0)
    }

    /// The text of a file that the document refers to.
    pub(crate) fn text_of(&self, name: &str) -> Option<String> {
        let file = self.source.files.iter().skip(1).find(|file| file.name == name)?;
        std::fs::read_to_string(&file.path).ok()
    }

    /// The value at a pointer, which may lead through references.
    pub(crate) fn node_at(&self, pointer: &Pointer) -> Option<Node<'_>> {
        let file = self.source.files.iter().position(|file| file.name == pointer.document()).unwrap_or(0);
        pointer
            .steps()
            .into_iter()
            .try_fold(self.root_of(file), |node, step| node.step(step).or_else(|| node.resolved().step(step)))
    }

    fn root_of(&self, file: usize) -> Node<'_> {
        Node { document: self, value: &self.source.files[file].root, file }
    }

    fn pointer_to(&self, file: usize) -> Pointer {
        Pointer::root(&self.source.files[file].name, file == 0 && self.version() == Version::Swagger2)
    }

    /// Reports the references that could not be followed, at the path of the document.
    pub(crate) fn report_unresolved(&self, path: &DocumentPath, diagnostics: &Diagnostics) {
        for unresolved in self.unresolved.borrow().iter() {
            let message = self.unresolved_message(unresolved);
            if session::needs(message.clone()) {
                diagnostics.report(path, message);
            }
        }
    }

    fn unresolved_message(&self, Unresolved { reference, file, id }: &Unresolved) -> String {
        let root = self.root_of(*file);
        let pointer = reference::locate(root.value, self.pointer_to(*file), |value| address(value) == *id);
        let (why, help) = if reference::is_url(reference) {
            ("documents are read from files only", "vendor it: save the document as a file, and refer to its path")
        } else if self.source.linked(*file, reference::split(reference).0).is_none() {
            ("the file cannot be read", "correct the path of the file, which is relative to this document")
        } else if self.follow(*file, reference).is_some() {
            ("it leads back to itself", "refer to a value")
        } else {
            ("the document has no such value", "correct the reference")
        };
        format!("cannot follow the reference `{reference}`: {why}\nhelp: {help}\nnote: {pointer}")
    }

    /// The value that a reference in a file leads to.
    fn follow(&self, from: usize, reference: &str) -> Option<Node<'_>> {
        let (name, fragment) = reference::split(reference);
        if self.version() == Version::Swagger2
            && let Some(schema) = swagger::bare_name(reference).and_then(|name| find(self.root(), &name))
        {
            return Some(schema);
        }
        let file = self.source.linked(from, name)?;
        let is_translated = file == 0 && self.version() == Version::Swagger2;
        let fragment = if is_translated { &swagger::moved_fragment(fragment) } else { fragment };
        find(self.root_of(file), fragment)
    }

    /// Makes the compiler run again when the document changes. Each is included once per compilation, because every
    /// `include_bytes!` costs time.
    pub(crate) fn rebuild_on_change(&self) -> TokenStream {
        let files = self.source.files.iter().map(|SourceFile { path, .. }| path);
        let paths = files.chain(&self.manifest).map(|path| path.to_string_lossy());
        let files = paths.filter(|path| session::needs(format!("watch {path}")));
        quote!(#(const _: &[u8] = ::core::include_bytes!(#files);)*)
    }
}

impl<'d> Node<'d> {
    /// The value of a key, behind its references.
    pub(crate) fn get(self, key: &str) -> Option<Self> {
        self.child(key).map(Self::resolved)
    }

    /// The value of a key, which may be a reference.
    pub(crate) fn child(self, key: &str) -> Option<Self> {
        self.value.get(key).map(|value| Self { value, ..self })
    }

    fn step(self, step: Step<'_>) -> Option<Self> {
        match step {
            Step::Key(key) => self.child(key),
            Step::Index(index) => self.value.items().get(index).map(|value| self.with(value)),
        }
    }

    /// Another value of the same file.
    pub(crate) fn with(self, value: &'d Value) -> Self {
        Self { value, ..self }
    }

    /// The address of the value, which tells it from all others of the document.
    pub(crate) fn id(self) -> usize {
        address(self.value)
    }

    /// The value that a JSON pointer leads to, through references on the way, and where it is. A step may be the name of
    /// a parameter instead of its index.
    pub(super) fn at(self, fragment: &str) -> Option<(Self, Pointer)> {
        let fragment = reference::percent_decode(fragment);
        let start = (self, self.pointer());
        fragment.strip_prefix('/')?.split('/').try_fold(start, |(node, pointer), step| {
            let (node, key) = (node.resolved(), reference::unescaped(step));
            match node.value {
                Value::Array(items) => {
                    let index = step.parse().ok().or_else(|| reference::index_of(items, &key))?;
                    Some((node.step(Step::Index(index))?, pointer.index(index)))
                }
                _ => Some((node.step(Step::Key(&key))?, pointer.key(&key))),
            }
        })
    }

    /// A reference that leads to the value, in the document itself. A search finds it, as for a pointer.
    pub(crate) fn reference(self) -> Option<String> {
        let is_in_document = self.file == 0;
        is_in_document.then(|| reference::to_value(self.document.root().value, self.value)).flatten()
    }

    /// Where the value is. A search through the document finds it, so this is for messages.
    pub(crate) fn pointer(self) -> Pointer {
        let pointer = self.document.pointer_to(self.file);
        reference::locate(self.document.root_of(self.file).value, pointer, |value| std::ptr::eq(value, self.value))
    }

    /// The target of a `$ref`, in this document or another file; the node itself if it has none or cannot be
    /// resolved.
    pub(crate) fn resolved(self) -> Self {
        self.resolved_while(|_| true)
    }

    /// Follows references while they fit.
    pub(super) fn resolved_while(self, fits: impl Fn(Self) -> bool) -> Self {
        let (mut node, mut slow, mut steps) = (self, self, 0usize);
        while node.value.get_str("$ref").is_some() && fits(node) {
            let Some(next) = node.target() else { return node };
            node = next;
            steps += 1;
            // In a cycle, a second walk at half the speed meets the first one.
            if steps.is_multiple_of(2) {
                slow = slow.target().unwrap_or(slow);
                if slow.id() == node.id() {
                    node.report_unresolved();
                    return node.document.nothing();
                }
            }
        }
        node
    }

    /// The value that a `$ref` leads to, which may be another reference. What cannot be followed is reported.
    pub(super) fn target(self) -> Option<Self> {
        let target = self.document.follow(self.file, self.value.get_str("$ref")?);
        if target.is_none() {
            self.report_unresolved();
        }
        target
    }

    fn report_unresolved(self) {
        let reference = self.value.get_str("$ref").unwrap_or_default().to_owned();
        let unresolved = Unresolved { reference, file: self.file, id: self.id() };
        let mut list = self.document.unresolved.borrow_mut();
        if !list.contains(&unresolved) {
            list.push(unresolved);
        }
    }

    /// The items of an array under a key, with references resolved.
    pub(crate) fn items(self, key: &str) -> Vec<Self> {
        let Some(array) = self.get(key) else { return Vec::new() };
        array.value.items().iter().map(|value| array.with(value).resolved()).collect()
    }

    /// The entries of an object under a key, with references resolved.
    pub(crate) fn entries(self, key: &str) -> Vec<(&'d str, Self)> {
        let Some(object) = self.get(key) else { return Vec::new() };
        object.value.entries().iter().map(|(key, value)| (key.as_str(), object.with(value).resolved())).collect()
    }
}

fn find<'d>(root: Node<'d>, fragment: &str) -> Option<Node<'d>> {
    reference::find(root.value, fragment).map(|value| root.with(value))
}

fn address(value: &Value) -> usize {
    std::ptr::from_ref(value).addr()
}
