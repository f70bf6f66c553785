//! The client that API traits share, and its builder.

pub(crate) mod base_url;
pub(crate) mod builder;
pub(crate) mod credential;
pub(crate) mod options;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Method};
use tokio::runtime::Handle;

use crate::body::Body;
use crate::body::plan::Plan;
use crate::call::limits::{self, Limits};
use crate::call::redirect::{Context, Core};
use crate::client::base_url::BaseUrl;
use crate::client::credential::Credential;
use crate::client::options::CallOptions;
use crate::error::Error;
use crate::request::builder::FreeRequest;
use crate::transport::{Next, Outgoing, Transport};

use builder::ClientBuilder;

/// Connections, credential and defaults that any number of API traits share. Cheap to clone.
///
/// ```
/// # fn main() -> Result<(), kestra_auth::Error> {
/// use kestra_auth::{AuthApiClient, Client};
///
/// let client = Client::builder("https://kestra.example.com").bearer_token("token").build()?;
/// let auth = AuthApiClient::new(client.clone());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
    base: Arc<BaseUrl>,
    credential: Option<Credential>,
    options: Option<Arc<CallOptions>>,
}

struct Inner {
    core: Arc<Core>,
    /// The core under the layers of a call, where there are any.
    layered: Option<Next>,
    headers: HeaderMap,
    timeout: Option<Duration>,
    limits: Limits,
    allow_plain_http: bool,
}

impl Client {
    /// Begins a client of the server at `base`: scheme, host, port and a path that prefixes every request's.
    ///
    /// User info in the base becomes the credential. Mistakes are errors of [`build`](ClientBuilder::build).
    pub fn builder(base: &str) -> ClientBuilder {
        ClientBuilder::new(base)
    }

    /// This client with options for all calls, over those it has. The connections are shared.
    #[must_use]
    pub fn with_options(&self, options: CallOptions) -> Self {
        let options = match &self.options {
            Some(wider) => options.over(wider),
            None => options,
        };
        Self { options: Some(Arc::new(options)), ..self.clone() }
    }

    /// A request for what no trait declares. The path is the base's, written as a template without placeholders:
    /// what a segment cannot hold is encoded, and a mistake in it is an error of the call.
    ///
    /// ```no_run
    /// # async fn example(client: kestra_auth::Client) -> Result<(), kestra_auth::Error> {
    /// use http::Method;
    /// use serde_json::Value;
    ///
    /// let found: Value = client.request(Method::GET, "/api/v1/flows/search").query("q", "hello").send().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: Method, path: &str) -> FreeRequest<'_> {
        FreeRequest::new(self, method, path)
    }

    /// This client at another base, over the same connections, with the same defaults. The credential goes along
    /// within the origin; another origin begins without one.
    ///
    /// # Errors
    /// As [`ClientBuilder::build`] for the base.
    pub fn with_base(&self, base: &str) -> Result<Self, Error> {
        let (base, user_info) = BaseUrl::parse(base)?;
        let kept = self.credential.clone().filter(|_| base.origin() == self.base.origin());
        let credential = user_info.or(kept);
        if credential.is_some() {
            builder::check_private(&base, self.inner.allow_plain_http)?;
        }
        Ok(Self { base: Arc::new(base), credential, ..self.clone() })
    }

    /// This client with another credential, over the same connections.
    ///
    /// # Errors
    /// If the credential would go over plain http to a host that is not this machine.
    ///
    /// ```
    /// # fn main() -> Result<(), kestra_auth::Error> {
    /// use kestra_auth::{Client, Credential};
    ///
    /// let client = Client::builder("http://localhost").build()?;
    /// let as_ada = client.with_credential(Credential::basic("ada", "correct horse")?)?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_credential(&self, credential: Credential) -> Result<Self, Error> {
        self.check_private()?;
        Ok(Self { credential: Some(credential), ..self.clone() })
    }

    pub(crate) fn base(&self) -> &BaseUrl {
        &self.base
    }

    pub(crate) fn shared_base(&self) -> Arc<BaseUrl> {
        Arc::clone(&self.base)
    }

    pub(crate) fn options(&self) -> Option<&CallOptions> {
        self.options.as_deref()
    }

    #[cfg(feature = "stream")]
    pub(crate) fn line_limit(&self) -> u64 {
        self.inner.limits.line
    }

    pub(crate) fn default_headers(&self) -> &HeaderMap {
        &self.inner.headers
    }

    pub(crate) fn credential(&self) -> Option<&Credential> {
        self.credential.as_ref()
    }

    /// # Errors
    /// If a credential would be readable on the way.
    pub(crate) fn check_private(&self) -> Result<(), Error> {
        builder::check_private(self.base(), self.inner.allow_plain_http)
    }

    /// Sends, within the call's time, and reads the answer as far as the plan wants it.
    pub(crate) async fn call(
        &self,
        outgoing: Outgoing,
        context: Context,
        options: Option<&CallOptions>,
        plan: Plan,
    ) -> Result<http::Response<Body>, Error> {
        let endpoint = outgoing.endpoint;
        let options = options.or(self.options());
        let inner = &*self.inner;
        let own_limit = options.and_then(|options| options.limit).or(endpoint.own_limit());
        let limits = Limits { answer: own_limit.unwrap_or(inner.limits.answer), ..inner.limits };
        let timeout = options.and_then(|options| options.timeout).or(endpoint.own_timeout()).or(inner.timeout);
        let needs_runtime = timeout.is_some() || matches!(inner.core.transport, Transport::Default(_));
        if needs_runtime && Handle::try_current().is_err() {
            return Err(Error::build(
                "there is no tokio runtime here: call it inside of one, as under `#[tokio::main]`",
            ));
        }
        let call = async {
            let response = self.exchange(outgoing, context).await?;
            limits::read(response, endpoint, plan, limits).await
        };
        match timeout {
            None => call.await,
            Some(timeout) => tokio::time::timeout(timeout, call).await.map_err(|_| Error::timeout())?,
        }
    }

    /// Through the layers, to the answer's head.
    pub(crate) async fn exchange(&self, outgoing: Outgoing, context: Context) -> Result<http::Response<Body>, Error> {
        match &self.inner.layered {
            None => self.inner.core.call(outgoing, context).await,
            Some(next) => next.send(outgoing, context).await,
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("origin", &self.base().origin()).finish_non_exhaustive()
    }
}

/// What every generated client can do; no method of it is inherent, so that none hides an endpoint of its name.
pub trait ApiClient: Clone + AsRef<Client> {
    /// This client with options for all its calls, over those it has. The connections are shared.
    ///
    /// ```
    /// # fn main() -> Result<(), kestra_auth::Error> {
    /// # use kestra_auth::{AuthApiClient, Client};
    /// use std::time::Duration;
    /// use kestra_auth::{ApiClient, CallOptions};
    ///
    /// let auth = AuthApiClient::new(Client::builder("http://localhost").build()?);
    /// let hasty = auth.with_options(CallOptions::new().timeout(Duration::from_millis(200)));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    fn with_options(&self, options: CallOptions) -> Self {
        self.__with_client(self.as_ref().with_options(options))
    }

    #[doc(hidden)]
    #[must_use]
    fn __with_client(&self, client: Client) -> Self;
}
