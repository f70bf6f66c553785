//! What a client contributes to each of its calls.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use super::layers::Pipeline;
use super::limits::Limits;
use crate::client::base_url::BaseUrl;
use crate::client::credential::Credential;
use crate::client::options::CallOptions;

/// Everything that a [`Client`](crate::Client) consists of. It is cheap to clone.
///
/// It is here, below the client, so that calls and streams do not depend on the client's methods.
#[derive(Clone)]
pub(crate) struct ClientState {
    pub(crate) shared: Arc<Shared>,
    pub(crate) base: Arc<BaseUrl>,
    pub(crate) credential: Option<Credential>,
    pub(crate) options: Option<Arc<CallOptions>>,
    /// The headers of all calls. They are here, because not all of them are kept at another origin.
    pub(crate) headers: Arc<HeaderMap>,
}

/// What clients with another base URL, credential or options have in common.
pub(crate) struct Shared {
    pub(crate) pipeline: Pipeline,
    /// Whether the transport has its own time limits.
    pub(crate) needs_timers: bool,
    pub(crate) timeout: Option<Duration>,
    pub(crate) limits: Limits,
    pub(crate) allow_plain_http: bool,
}
