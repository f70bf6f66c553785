//! What is known of a call so far.

use std::mem;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use tokio::time::Instant;

use super::observers::Observers;
use super::report::{CallOutcome, CallReport};
use super::sent::Sent;
use super::spans::{CallSpan, RequestSpan};
use crate::client::base_url::BaseUrl;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::headers;
use crate::transport::wire_request::WireRequest;

/// What is known of a call so far. Whatever takes part in the call shares it, on both sides of the layers.
pub(crate) struct Progress {
    observers: Arc<Observers>,
    endpoint: &'static Endpoint,
    started: Instant,
    pub(super) bytes_sent: AtomicU64,
    pub(super) bytes_received: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    attempts: u32,
    /// How many requests were sent, which includes those that follow redirects.
    requests: u32,
    /// Whether the attempt has sent a request, which the next one follows a redirect of.
    has_sent: bool,
    status: Option<StatusCode>,
    time_to_head: Option<Duration>,
    outcome: Option<CallOutcome>,
    call: CallSpan,
    /// The span of the last request, while its attempt goes on.
    request: RequestSpan,
}

impl Progress {
    pub(super) fn new(observers: Arc<Observers>, endpoint: &'static Endpoint, call: CallSpan) -> Self {
        Self {
            observers,
            endpoint,
            started: Instant::now(),
            bytes_sent: AtomicU64::new(0),
            bytes_received: AtomicU64::new(0),
            state: Mutex::new(State { call, ..State::default() }),
        }
    }

    /// Returns the span of the call, in which everything happens that belongs to the call.
    #[cfg(feature = "tracing")]
    pub(crate) fn span(&self) -> tracing::Span {
        self.with(|state| state.call.span())
    }

    /// Takes note of the start of an attempt.
    pub(crate) fn begin_attempt(&self) {
        self.with(|state| {
            state.attempts += 1;
            (state.status, state.time_to_head, state.has_sent) = (None, None, false);
        });
    }

    /// Takes note of the end of an attempt, which is that of reading the response, unless that is a stream.
    pub(crate) fn end_attempt(&self, error: Option<&Error>) {
        let span = self.with(|state| mem::take(&mut state.request));
        if let Some(error) = error {
            span.fail(error.kind());
        }
    }

    /// Takes note of the head of a response, from the server or from a layer.
    pub(crate) fn head(&self, status: StatusCode) {
        let elapsed = self.started.elapsed();
        self.with(|state| {
            state.status = Some(status);
            state.time_to_head.get_or_insert(elapsed);
        });
    }

    /// Takes note of the outcome, unless it is already known.
    pub(crate) fn conclude(&self, outcome: CallOutcome) {
        self.with(|state| {
            state.outcome.get_or_insert(outcome);
        });
    }

    /// Takes note of the error that is the outcome, unless that is already known.
    pub(crate) fn conclude_with(&self, error: &Error) {
        self.with(|state| {
            if state.outcome.is_none() {
                state.outcome = Some(CallOutcome::Error(error.kind()));
                state.status = error.status();
            }
        });
    }

    /// Starts the span of a request.
    pub(super) fn begin_request(&self, request: &WireRequest<'_>, base: &BaseUrl) -> RequestSpan {
        self.with(|state| {
            let sent = Sent { requests: state.requests, follows_redirect: state.has_sent };
            let span = RequestSpan::new(&state.call, &self.observers, request, base, sent);
            state.requests += 1;
            (state.time_to_head, state.has_sent) = (None, true);
            state.request = span.clone();
            span
        })
    }

    /// Adds the headers that propagate the context of a trace, within the origin of the base URL.
    pub(super) fn propagate(&self, request: &mut WireRequest<'_>, base: &BaseUrl) {
        let Some(propagate) = &self.observers.propagate else { return };
        if request.is_public() || !base.is_home(request.url) {
            return;
        }
        let mut added = HeaderMap::new();
        propagate(&mut added);
        headers::remove_credentials(&mut added);
        headers::remove_connection_headers(&mut added);
        // There are few of them, and what the caller sets counts for more.
        let _ = headers::fill(&mut request.headers, &added);
    }

    /// Makes the report.
    pub(super) fn report(&self) {
        let state = self.with(mem::take);
        let outcome = state.outcome.unwrap_or(CallOutcome::Canceled);
        if let CallOutcome::Error(kind) = outcome {
            // A time limit of the call has ended the attempt.
            state.request.fail(kind);
        }
        state.call.end(outcome, state.status);
        let report = CallReport {
            endpoint: self.endpoint,
            outcome,
            status: state.status,
            attempts: state.attempts,
            elapsed: self.started.elapsed(),
            time_to_head: state.time_to_head,
            bytes_sent: self.bytes_sent.load(Ordering::Relaxed),
            bytes_received: self.bytes_received.load(Ordering::Relaxed),
        };
        for on_call in &self.observers.on_call {
            on_call(&report);
        }
    }

    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        // Nothing panics while it is locked.
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
