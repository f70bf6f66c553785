//! The client that API traits share, and its builder.

mod builder;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use tokio::runtime::Handle;

use crate::answer;
use crate::base::Base;
use crate::credential::Credential;
use crate::options::CallOptions;
use crate::redirect::{Context, Core};
use crate::response::Plan;
use crate::transport::{Next, Outgoing, Transport};
use crate::{Body, Error};

pub use builder::ClientBuilder;
pub(crate) use builder::DEFAULT_USER_AGENT;

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
    options: Option<Arc<CallOptions>>,
}

struct Inner {
    core: Arc<Core>,
    /// The core under the layers of a call, where there are any.
    layered: Option<Next>,
    headers: HeaderMap,
    credential: Option<Credential>,
    timeout: Option<Duration>,
    limit: u64,
    error_limit: u64,
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
        Self { inner: Arc::clone(&self.inner), options: Some(Arc::new(options)) }
    }

    pub(crate) fn base(&self) -> &Base {
        &self.inner.core.base
    }

    pub(crate) fn options(&self) -> Option<&CallOptions> {
        self.options.as_deref()
    }

    pub(crate) fn default_headers(&self) -> &HeaderMap {
        &self.inner.headers
    }

    pub(crate) fn credential(&self) -> Option<&Credential> {
        self.inner.credential.as_ref()
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
        plan: Plan,
    ) -> Result<http::Response<Body>, Error> {
        let endpoint = outgoing.endpoint;
        let options = self.options();
        let inner = &*self.inner;
        let limit = options.and_then(|options| options.limit).or(endpoint.own_limit()).unwrap_or(inner.limit);
        let timeout = options.and_then(|options| options.timeout).or(endpoint.own_timeout()).or(inner.timeout);
        if (timeout.is_some() || matches!(inner.core.transport, Transport::Default(_)))
            && Handle::try_current().is_err()
        {
            return Err(Error::build(
                "there is no tokio runtime here: call it inside of one, as under `#[tokio::main]`",
            ));
        }
        let call = async {
            let response = match &inner.layered {
                None => inner.core.call(outgoing, context).await?,
                Some(next) => next.send(outgoing, context).await?,
            };
            answer::read(response, plan, limit, inner.error_limit).await
        };
        match timeout {
            None => call.await,
            Some(timeout) => tokio::time::timeout(timeout, call).await.map_err(|_| Error::timeout())?,
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
