//! What is shared while a document is read.

use std::cell::{Cell, RefCell};

use serde::de::Error;

use super::type_error::TypeError;

/// What is shared while a document is read.
#[derive(Default)]
pub(super) struct Context {
    /// An error of the type, on its way around the inner deserializer.
    held: Cell<Option<TypeError>>,
    /// How many objects have been found.
    objects: Cell<usize>,
    /// Whether a number has been passed on as such, although `serde_json` had it as an object.
    has_plain_numbers: Cell<bool>,
    /// What is left out of the document.
    without: Option<LeftOut>,
    /// The key of the last entry that was left out.
    left_out: RefCell<Option<String>>,
}

/// Entries of an object that are read as if they were not there.
#[derive(Clone, Copy, Debug)]
pub(super) struct LeftOut {
    /// The number of the object.
    pub(super) object: usize,
    /// The index of the entry, or `None` for all of them.
    pub(super) entry: Option<usize>,
}

impl Context {
    pub(super) fn without(left_out: LeftOut) -> Self {
        Self { without: Some(left_out), ..Self::default() }
    }

    /// Replaces an error by an empty one that the inner deserializer can pass on.
    pub(super) fn hold<T, E: Error>(&self, result: Result<T, TypeError>) -> Result<T, E> {
        result.map_err(|error| {
            self.held.set(Some(error));
            E::custom("")
        })
    }

    /// Takes the error back. Without one, the inner deserializer could not read the document.
    pub(super) fn release<T, E>(&self, result: Result<T, E>) -> Result<T, TypeError> {
        result.map_err(|_| self.held.take().unwrap_or_else(TypeError::unreadable))
    }

    /// Returns how many objects have been found.
    pub(super) fn objects(&self) -> usize {
        self.objects.get()
    }

    pub(super) fn note_plain_number(&self) {
        self.has_plain_numbers.set(true);
    }

    pub(super) fn has_plain_numbers(&self) -> bool {
        self.has_plain_numbers.get()
    }

    /// Numbers an object.
    pub(super) fn count_object(&self) -> usize {
        self.objects.replace(self.objects.get() + 1)
    }

    /// Returns whether an entry is left out, and notes its key.
    pub(super) fn leaves_out(&self, object: usize, entry: usize, key: &str) -> bool {
        let leaves_out = self
            .without
            .is_some_and(|without| without.object == object && without.entry.is_none_or(|left_out| left_out == entry));
        if leaves_out {
            *self.left_out.borrow_mut() = Some(key.to_owned());
        }
        leaves_out
    }

    /// Returns the key of the last entry that was left out.
    pub(super) fn left_out(self) -> Option<String> {
        self.left_out.into_inner()
    }
}
