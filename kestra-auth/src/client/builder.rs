//! Building a client. The settings are in the folder, by topic.

mod credentials;
mod environment;
mod headers;
mod layers;
mod limits;
mod observers;
mod transport;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::USER_AGENT;
use http::{HeaderMap, HeaderValue};
use url::Url;

use crate::call::attempts::Attempts;
use crate::call::authentication::check_confidential;
use crate::call::client_state::{ClientState, Shared};
use crate::call::layers::{AddLayer, Pipeline, apply as apply_layers};
use crate::call::limits::Limits;
use crate::call::redirect::RedirectFollower;
use crate::client::Client;
use crate::client::base_url::BaseUrl;
use crate::client::credential::Credential;
use crate::client::credential::default_credential::DefaultCredential;
use crate::client::credential::source::{CredentialSource, with_source};
use crate::error::Error;
use crate::headers::user_agent;
use crate::observe::observers::Observers;
use crate::retry::Retry;
use crate::retry::budget::Budget;
use crate::transport::Transport;
#[cfg(feature = "hyper")]
use crate::transport::hyper_transport::HyperTransport;
use crate::transport::reqwest_clients::ReqwestClients;
use crate::transport::reqwest_transport::ReqwestTransport;
use crate::transport::service::Next;
use crate::transport::settings::Settings;

const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const DEFAULT_READ_TIMEOUT: Duration = Duration::from_secs(60);
/// reqwest adds time limits to the current time and panics if the sum overflows.
const LONGEST_TIMEOUT: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);
const DEFAULT_LIMITS: Limits = Limits { response: 32 << 20, error: 64 << 10, line: 1 << 20 };

impl Client {
    /// Starts building a client for the server at `base`: an http or https URL whose path prefixes the path of every
    /// request.
    ///
    /// User info in the URL becomes the credential. An invalid URL is reported by [`ClientBuilder::build`].
    pub fn builder(base: &str) -> ClientBuilder {
        ClientBuilder::new(base)
    }
}

/// Builds a [`Client`]; see [`Client::builder`].
///
/// An invalid setting is reported by [`build`](Self::build).
#[must_use]
pub struct ClientBuilder {
    base: String,
    headers: HeaderMap,
    /// The application's part of the `User-Agent`.
    user_agent: Option<HeaderValue>,
    credential: Option<CredentialSetting>,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    connect_timeout: Duration,
    read_timeout: Duration,
    retry: Option<Retry>,
    limits: Limits,
    allow_plain_http: bool,
    allowed_origins: Vec<String>,
    layers: Vec<AddLayer>,
    attempt_layers: Vec<AddLayer>,
    settings: Settings,
    transport: Option<Next>,
    #[cfg(feature = "hyper")]
    uses_hyper: bool,
    observers: Observers,
    /// The error of the first invalid setting.
    error: Option<Error>,
}

/// The credential of all calls that do not set another.
enum CredentialSetting {
    Fixed(Credential),
    Source(Arc<dyn CredentialSource>),
}

impl ClientBuilder {
    fn new(base: &str) -> Self {
        Self {
            base: base.to_owned(),
            headers: HeaderMap::new(),
            user_agent: None,
            credential: None,
            timeout: None,
            attempt_timeout: None,
            connect_timeout: DEFAULT_CONNECT_TIMEOUT,
            read_timeout: DEFAULT_READ_TIMEOUT,
            retry: None,
            limits: DEFAULT_LIMITS,
            allow_plain_http: false,
            allowed_origins: Vec::new(),
            layers: Vec::new(),
            attempt_layers: Vec::new(),
            settings: Settings::default(),
            transport: None,
            #[cfg(feature = "hyper")]
            uses_hyper: false,
            observers: Observers::default(),
            error: None,
        }
    }

    /// Allows redirects to another origin, such as `https://host:port`. They carry no credential, no cookie and none
    /// of the caller's headers.
    ///
    /// Without this, a redirect is followed within the origin of the base URL, and from http to https on the same host
    /// if both use their default ports. A call follows at most ten redirects. GET and HEAD follow the statuses 301,
    /// 302, 303, 307 and 308. Other methods follow 307 and 308 only, if their body can be repeated, and never change to
    /// GET.
    pub fn allow_redirects_to(mut self, origin: &str) -> Self {
        match Url::parse(origin) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => {
                self.allowed_origins.push(url.origin().ascii_serialization());
            }
            _ => self.report(Error::build("invalid origin for `allow_redirects_to`: expected an http or https URL")),
        }
        self
    }

    /// Checks the settings and builds the client.
    ///
    /// # Errors
    /// Of kind [`Build`](crate::ErrorKind::Build):
    ///
    /// - if the base URL is not an absolute http or https URL, or has a query or a fragment
    /// - if a header, a credential or a setting of the credential source is invalid
    /// - if a credential would be sent over plain http to another machine, unless
    ///   [`allow_plain_http`](Self::allow_plain_http) allows it
    /// - if the default transport cannot be set up
    pub fn build(mut self) -> Result<Client, Error> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let (base, user_info) = BaseUrl::parse(&self.base)?;
        // Base URLs often come from a configuration file, and a credential that is set in the program is more specific.
        let credential = self.credential.or(user_info.map(CredentialSetting::Fixed));
        if credential.is_some() {
            check_confidential(&base, self.allow_plain_http)?;
        }
        self.headers.entry(USER_AGENT).or_insert_with(|| user_agent(self.user_agent.as_ref()));
        let transport = match self.transport {
            Some(service) => Transport::Service(service),
            #[cfg(feature = "hyper")]
            None if self.uses_hyper => {
                Transport::Hyper(HyperTransport::new(&base, self.connect_timeout, self.read_timeout, self.settings)?)
            }
            None => Transport::Reqwest(ReqwestTransport::new(ReqwestClients::new(
                &base,
                self.connect_timeout,
                self.read_timeout,
                self.settings,
            )?)),
        };
        // The layers around reqwest hide it, but it still needs its timers.
        let needs_timers = transport.needs_timers();
        let transport = match apply_layers(self.attempt_layers, || transport.clone().into_next()) {
            Some(layered) => Transport::Service(layered),
            None => transport,
        };
        let follower = RedirectFollower { transport, allowed_origins: self.allowed_origins };
        // Calls may have rules although the client has none.
        let budget = Arc::new(Budget::new(self.retry.as_ref().unwrap_or(&Retry::standard()).rate()));
        let shared = Shared {
            pipeline: Pipeline::new(Attempts { follower, budget }, self.layers),
            needs_timers,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            retry: self.retry.map(Arc::new),
            limits: self.limits,
            allow_plain_http: self.allow_plain_http,
            observers: Arc::new(self.observers),
        };
        let mut state = ClientState {
            shared: Arc::new(shared),
            base: Arc::new(base),
            credential: None,
            options: None,
            headers: Arc::new(self.headers),
        };
        match credential {
            Some(CredentialSetting::Fixed(credential)) => state.credential = Some(DefaultCredential::Fixed(credential)),
            Some(CredentialSetting::Source(source)) => state = with_source(&state, source)?,
            None => {}
        }
        Ok(Client::from_state(state))
    }

    fn report(&mut self, error: Error) {
        self.error.get_or_insert(error);
    }
}

/// Shows no setting, because base URL, headers and credential may be secret.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").finish_non_exhaustive()
    }
}
