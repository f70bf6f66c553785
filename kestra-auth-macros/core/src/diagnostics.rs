//! Collects the errors of a trait, to report all of them in one compile, in source order.
//!
//! A stage reports an error here and goes on. The list panics in tests if it is dropped before it is finished, so that
//! no error can be reported and then forgotten.

use std::cell::RefCell;
use std::fmt::Display;
use std::thread;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// The errors that are reported so far.
pub(crate) struct Diagnostics {
    /// `None` once finished.
    list: RefCell<Option<Vec<syn::Error>>>,
}

impl Diagnostics {
    pub(crate) fn new() -> Self {
        Self { list: RefCell::new(Some(Vec::new())) }
    }

    /// Reports an error at `tokens`.
    pub(crate) fn report(&self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// Reports an error at `span`.
    pub(crate) fn report_at(&self, span: Span, message: impl Display) {
        self.push(syn::Error::new(span, message));
    }

    /// Adds errors of syn.
    pub(crate) fn push(&self, error: syn::Error) {
        if let Some(list) = self.list.borrow_mut().as_mut() {
            list.extend(error);
        }
    }

    #[cfg(feature = "openapi")]
    pub(crate) fn is_empty(&self) -> bool {
        self.list.borrow().as_ref().is_none_or(Vec::is_empty)
    }

    /// Returns the errors that have been reported since they were last asked for.
    #[cfg(feature = "openapi")]
    pub(crate) fn take(&self) -> Vec<syn::Error> {
        self.list.borrow_mut().as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Returns a `compile_error!` for each error, in source order, or `None` if there are none.
    pub(crate) fn finish(self) -> Option<TokenStream> {
        let mut list = self.list.take().unwrap_or_default();
        list.sort_by_key(|error| {
            let start = error.span().start();
            (start.line, start.column)
        });
        if list.is_empty() {
            return None;
        }
        Some(list.iter().map(syn::Error::to_compile_error).collect())
    }
}

impl Drop for Diagnostics {
    fn drop(&mut self) {
        debug_assert!(thread::panicking() || self.list.borrow().is_none(), "errors were reported and then dropped");
    }
}
