//! What is decided about a call besides its request.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::authentication::Authentication;
use super::limits::Limits;
use crate::body::plan::Plan;
use crate::client::base_url::BaseUrl;
use crate::endpoint::RetryMode;
use crate::observe::progress::Progress;
use crate::retry::Retry;

/// What all attempts of a call have in common. It crosses the layers, so it is cheap to clone.
#[derive(Clone)]
pub(crate) struct CallContext {
    pub(super) authentication: Authentication,
    pub(super) base: Arc<BaseUrl>,
    pub(super) plan: Plan,
    pub(super) limits: Limits,
    /// How long an attempt may take, including redirects and what is read of the response.
    pub(super) attempt_timeout: Option<Duration>,
    /// When the time limit of the call ends.
    pub(super) deadline: Option<Instant>,
    pub(super) retry: RetryContext,
    /// What is noted about the call, if anyone is interested.
    pub(super) progress: Option<Arc<Progress>>,
}

/// Whether attempts are repeated.
#[derive(Clone)]
pub(crate) struct RetryContext {
    /// The rules, if the client or the call has any.
    pub(super) policy: Option<Arc<Retry>>,
    pub(super) mode: RetryMode,
    /// Whether the request has an idempotency key, by which the server recognizes a repeated request.
    pub(super) has_key: bool,
}

impl RetryContext {
    /// Returns whether a request is sent again, after this many attempts, if a used connection is lost.
    ///
    /// The server closed it while it was idle, and the request crossed that on the wire. Whatever the rules are, a new
    /// connection works, or fails for a reason of its own.
    pub(super) fn repeats_on_another_connection(&self, attempts: u32) -> bool {
        self.mode == RetryMode::Idempotent
            && self.policy.as_ref().is_none_or(|policy| attempts < policy.most_attempts())
    }
}
