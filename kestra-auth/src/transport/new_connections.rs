//! Whether a request opens a connection, or uses one that is open already.
//!
//! What is hard here: reqwest does not say which connection it uses. But it opens connections while the future of a
//! request is polled, so a layer around its connector can tell that future.

use std::cell::Cell;
use std::task::{Context, Poll};

use tower_layer::Layer;
use tower_service::Service;

thread_local! {
    /// Whether a connection has been opened since this was last set.
    static OPENED: Cell<bool> = const { Cell::new(false) };
}

/// A layer around reqwest's connector.
#[derive(Clone, Copy)]
pub(super) struct NoteNewConnections;

impl<S> Layer<S> for NoteNewConnections {
    type Service = NotingConnector<S>;

    fn layer(&self, connector: S) -> NotingConnector<S> {
        NotingConnector(connector)
    }
}

#[derive(Clone)]
pub(super) struct NotingConnector<S>(S);

impl<S: Service<R>, R> Service<R> for NotingConnector<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, target: R) -> S::Future {
        OPENED.set(true);
        self.0.call(target)
    }
}

/// Polls the future of a request. Returns whether it has opened a connection meanwhile.
pub(super) fn note<T>(poll: impl FnOnce() -> T) -> (T, bool) {
    OPENED.set(false);
    let polled = poll();
    (polled, OPENED.get())
}
