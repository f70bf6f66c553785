//! The observation of a call, which ends with a report.

use std::mem;
use std::sync::Arc;

use http_body::Body as _;

use super::observers::Observers;
use super::progress::Progress;
use super::report::CallOutcome;
use super::spans::CallSpan;
use crate::body::Body;
use crate::body::observed::ObserveBody;
use crate::body::plan::Plan;
use crate::client::base_url::BaseUrl;
use crate::endpoint::Endpoint;
use crate::error::Error;

/// The observation of a call. The report is made when the last clone is dropped.
#[derive(Clone)]
pub(crate) struct Observation(Arc<Guard>);

struct Guard(Arc<Progress>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.report();
    }
}

impl Observation {
    /// Starts observing a call, if anyone is interested in it.
    pub(crate) fn begin(observers: &Arc<Observers>, endpoint: &'static Endpoint, base: &BaseUrl) -> Option<Self> {
        let span = CallSpan::new(endpoint, base);
        if observers.is_empty() && span.is_none() {
            return None;
        }
        Some(Self(Arc::new(Guard(Arc::new(Progress::new(Arc::clone(observers), endpoint, span))))))
    }

    pub(crate) fn progress(&self) -> &Arc<Progress> {
        &self.0.0
    }

    /// Returns the span of the call.
    #[cfg(feature = "tracing")]
    pub(crate) fn span(&self) -> tracing::Span {
        self.progress().span()
    }

    /// Takes note of the result of the call. A stream that is part of it decides the outcome later.
    pub(crate) fn end(self, error: Option<&Error>) {
        let has_stream = Arc::strong_count(&self.0) > 1;
        match error {
            Some(error) => self.progress().conclude_with(error),
            None if has_stream => {}
            None => self.progress().conclude(CallOutcome::Success),
        }
    }
}

/// Keeps the observation of a call until the end of the stream that is its result.
struct StreamedResult(Observation);

impl ObserveBody for StreamedResult {
    fn chunk(&mut self, _: usize) {}

    fn end(&mut self, error: Option<&Error>) {
        let outcome = error.map_or(CallOutcome::Success, |error| CallOutcome::Error(error.kind()));
        self.0.progress().conclude(outcome);
    }
}

/// Takes note of the error that a call ends with, if the call is observed.
pub(crate) fn fail(observation: Option<&Observation>, error: Error) -> Error {
    if let Some(observation) = observation {
        observation.progress().conclude_with(&error);
    }
    error
}

/// Takes note of a successful response, if the call is observed. If it is read as a stream, the observation goes on until
/// the end of that.
pub(crate) fn attach(observation: Option<&Observation>, response: &mut http::Response<Body>, plan: Plan) {
    let Some(observation) = observation else { return };
    observation.progress().head(response.status());
    let body = response.body_mut();
    if plan == Plan::Stream && !body.is_end_stream() {
        *body = mem::take(body).observed_by(StreamedResult(observation.clone()));
    }
}
