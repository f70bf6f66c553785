//! The mistakes of one trait, all of them, in source order.
//!
//! A stage that finds a mistake notes it here and goes on; whoever owns the list has to `finish` it, so
//! that no mistake can be found and then forgotten.

use std::cell::RefCell;
use std::fmt::Display;
use std::thread;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

pub(crate) struct Diagnostics {
    /// `None` once finished.
    list: RefCell<Option<Vec<syn::Error>>>,
}

impl Diagnostics {
    pub(crate) fn new() -> Self {
        Self { list: RefCell::new(Some(Vec::new())) }
    }

    /// A mistake that covers `tokens`.
    pub(crate) fn report(&self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// A mistake at one place.
    pub(crate) fn report_at(&self, span: Span, message: impl Display) {
        self.push(syn::Error::new(span, message));
    }

    pub(crate) fn push(&self, error: syn::Error) {
        if let Some(list) = self.list.borrow_mut().as_mut() {
            list.extend(error);
        }
    }

    #[cfg(feature = "openapi")]
    pub(crate) fn is_empty(&self) -> bool {
        self.list.borrow().as_ref().is_none_or(Vec::is_empty)
    }

    /// `compile_error!` for each mistake, in source order; `None` if there is none.
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
        debug_assert!(
            thread::panicking() || self.list.borrow().is_none(),
            "the list of mistakes was dropped before it was finished"
        );
    }
}
