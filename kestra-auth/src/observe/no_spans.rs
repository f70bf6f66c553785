//! Stands in for the spans without the feature `tracing`.
#![expect(clippy::unused_self, reason = "has the form of the spans")]

use http::StatusCode;

use super::observers::Observers;
use super::report::CallOutcome;
use super::sent::Sent;
use crate::client::base_url::BaseUrl;
use crate::endpoint::Endpoint;
use crate::error::kind::ErrorKind;
use crate::transport::wire_request::WireRequest;

#[derive(Default)]
pub(super) struct CallSpan;

impl CallSpan {
    pub(super) fn new(_: &'static Endpoint, _: &BaseUrl) -> Self {
        Self
    }

    pub(super) fn is_none(&self) -> bool {
        true
    }

    pub(super) fn end(self, _: CallOutcome, _: Option<StatusCode>) {}
}

#[derive(Clone, Default)]
pub(super) struct RequestSpan;

impl RequestSpan {
    pub(super) fn new(_: &CallSpan, _: &Observers, _: &WireRequest<'_>, _: &BaseUrl, _: Sent) -> Self {
        Self
    }

    pub(super) fn in_scope<T>(&self, run: impl FnOnce() -> T) -> T {
        run()
    }

    pub(super) fn enter_while<F: Future>(&self, future: F) -> F {
        future
    }

    pub(super) fn head(&self, _: StatusCode) {}

    pub(super) fn fail(&self, _: ErrorKind) {}
}
