//! Who observes the calls of a client.

use std::sync::Arc;

use http::HeaderMap;

use super::report::CallReport;

/// A closure of [`ClientBuilder::on_call`](crate::ClientBuilder::on_call).
pub(crate) type OnCall = Arc<dyn Fn(&CallReport) + Send + Sync>;

/// A closure of [`ClientBuilder::propagate_context`](crate::ClientBuilder::propagate_context).
pub(crate) type Propagate = Arc<dyn Fn(&mut HeaderMap) + Send + Sync>;

/// Who observes the calls of a client.
#[derive(Clone, Default)]
pub(crate) struct Observers {
    pub(crate) on_call: Vec<OnCall>,
    pub(crate) propagate: Option<Propagate>,
    /// Whether spans have the URL.
    #[cfg(feature = "tracing")]
    pub(crate) traces_urls: bool,
}

impl Observers {
    /// Returns whether nobody observes the calls, but for spans.
    pub(super) fn is_empty(&self) -> bool {
        self.on_call.is_empty() && self.propagate.is_none()
    }

    /// Returns who observes the requests of a credential source, which are not calls of the client.
    pub(crate) fn without_on_call(&self) -> Self {
        Self { on_call: Vec::new(), ..self.clone() }
    }
}
