//! What a client contributes to each of its calls.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use http::header::USER_AGENT;

use super::layers::Pipeline;
use super::limits::Limits;
use crate::client::base_url::BaseUrl;
use crate::client::credential::default_credential::DefaultCredential;
use crate::client::options::CallOptions;
use crate::endpoint::Endpoint;
use crate::observe::observation::Observation;
use crate::observe::observers::Observers;
use crate::retry::Retry;

/// Everything that a [`Client`](crate::Client) consists of. It is cheap to clone.
///
/// It is here, below the client, so that calls and streams do not depend on the client's methods.
#[derive(Clone)]
pub(crate) struct ClientState {
    pub(crate) shared: Arc<Shared>,
    pub(crate) base: Arc<BaseUrl>,
    pub(crate) credential: Option<DefaultCredential>,
    pub(crate) options: Option<Arc<CallOptions>>,
    /// The headers of all calls. They are here, because not all of them are kept at another origin.
    pub(crate) headers: Arc<HeaderMap>,
}

impl ClientState {
    /// Starts observing a call, if anyone is interested in it.
    pub(crate) fn observe(&self, endpoint: &'static Endpoint) -> Option<Observation> {
        Observation::begin(&self.shared.observers, endpoint, &self.base)
    }

    /// Returns the state of a client for the requests of a credential source: with the same transport and limits, but
    /// without anything that is meant for the calls of this client.
    pub(crate) fn bare(&self) -> Self {
        let user_agent = self.headers.get(USER_AGENT).cloned();
        Self {
            shared: Arc::new(self.shared.without_layers()),
            base: Arc::clone(&self.base),
            credential: None,
            options: None,
            headers: Arc::new(user_agent.into_iter().map(|value| (USER_AGENT, value)).collect()),
        }
    }
}

/// What clients with another base URL, credential or options have in common.
pub(crate) struct Shared {
    pub(crate) pipeline: Pipeline,
    /// Whether the transport has its own time limits.
    pub(crate) needs_timers: bool,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: Option<Arc<Retry>>,
    pub(crate) limits: Limits,
    pub(crate) allow_plain_http: bool,
    pub(crate) observers: Arc<Observers>,
}

impl Shared {
    fn without_layers(&self) -> Self {
        let observers = Arc::new(self.observers.without_on_call());
        Self { pipeline: self.pipeline.for_credentials(), retry: self.retry.clone(), observers, ..*self }
    }
}
