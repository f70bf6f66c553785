//! The bodies of an observed call.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::progress::Progress;
use super::spans::RequestSpan;
use crate::body::observed::ObserveBody;
use crate::error::Error;

/// Counts the bytes of a request body.
pub(super) struct Upload(pub(super) Arc<Progress>);

impl ObserveBody for Upload {
    fn chunk(&mut self, size: usize) {
        self.0.bytes_sent.fetch_add(size as u64, Ordering::Relaxed);
    }

    fn end(&mut self, _: Option<&Error>) {}
}

/// Counts the bytes of a response body, and keeps the span of its request until its end.
pub(super) struct Download {
    pub(super) progress: Arc<Progress>,
    pub(super) span: RequestSpan,
}

impl ObserveBody for Download {
    fn chunk(&mut self, size: usize) {
        self.progress.bytes_received.fetch_add(size as u64, Ordering::Relaxed);
    }

    fn end(&mut self, error: Option<&Error>) {
        if let Some(error) = error {
            self.span.fail(error.kind());
        }
    }
}
