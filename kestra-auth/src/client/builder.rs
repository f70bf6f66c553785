//! How a client is put together.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, USER_AGENT};
use http::{HeaderMap, HeaderValue};
use secrecy::SecretString;
use tower_layer::Layer;
use tower_service::Service;
use url::Url;

use super::{Client, Inner};
use crate::body::Body;
use crate::call::limits::Limits;
use crate::call::redirect::{Core, CoreCall};
use crate::client::base_url::BaseUrl;
use crate::client::credential::Credential;
use crate::encode::header;
use crate::error::conversion::from_transport;
use crate::error::{BoxError, Error};
use crate::transport::{Next, Transport, reqwest};

pub(crate) const DEFAULT_USER_AGENT: &str = concat!("kestra-auth/", env!("CARGO_PKG_VERSION"));

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const READ_TIMEOUT: Duration = Duration::from_secs(60);
const LIMIT: u64 = 32 << 20;
const ERROR_LIMIT: u64 = 64 << 10;
const LINE_LIMIT: u64 = 1 << 20;

type Wrap = Box<dyn FnOnce(Next) -> Next + Send>;
type Configure = Box<dyn FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send>;

/// Builds a [`Client`]; see [`Client::builder`].
#[must_use]
pub struct ClientBuilder {
    base: String,
    headers: HeaderMap,
    credential: Option<Credential>,
    timeout: Option<Duration>,
    connect_timeout: Duration,
    read_timeout: Duration,
    limits: Limits,
    allow_plain_http: bool,
    allowed: Vec<String>,
    layers: Vec<Wrap>,
    attempt_layers: Vec<Wrap>,
    configure: Option<Configure>,
    transport: Option<Next>,
    mistake: Option<Error>,
}

impl ClientBuilder {
    pub(super) fn new(base: &str) -> Self {
        Self {
            base: base.to_owned(),
            headers: HeaderMap::new(),
            credential: None,
            timeout: None,
            connect_timeout: CONNECT_TIMEOUT,
            read_timeout: READ_TIMEOUT,
            limits: Limits { answer: LIMIT, error: ERROR_LIMIT, line: LINE_LIMIT },
            allow_plain_http: false,
            allowed: Vec::new(),
            layers: Vec::new(),
            attempt_layers: Vec::new(),
            configure: None,
            transport: None,
            mistake: None,
        }
    }

    /// User and password ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)), for every call that does not
    /// say otherwise, and to the base's origin alone.
    pub fn basic_auth(self, user: impl Into<SecretString>, password: impl Into<SecretString>) -> Self {
        self.identity(Credential::basic(user, password))
    }

    /// A token ([RFC 6750](https://www.rfc-editor.org/rfc/rfc6750)), for every call that does not say
    /// otherwise, and to the base's origin alone.
    pub fn bearer_token(self, token: impl Into<SecretString>) -> Self {
        self.identity(Credential::bearer(token))
    }

    /// Any other credential, for every call that does not say otherwise, and to the base's origin alone.
    pub fn credential(self, credential: Credential) -> Self {
        self.identity(Ok(credential))
    }

    fn identity(mut self, credential: Result<Credential, Error>) -> Self {
        match credential {
            Ok(credential) => self.credential = Some(credential),
            Err(mistake) => self.note(mistake),
        }
        self
    }

    /// A header of every request that does not set one of its name; several calls with one name send several.
    ///
    /// `Authorization` given so is the credential, with all that guards one. For a key in another header there is
    /// [`Credential::header`].
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match header::parse(name, value) {
            Ok((AUTHORIZATION, _)) => return self.identity(Credential::header(name, value)),
            Ok((name, value)) => {
                self.headers.append(name, value);
            }
            Err(mistake) => self.note(Error::build(mistake)),
        }
        self
    }

    /// The `User-Agent`; by default this crate's name and version.
    pub fn user_agent(mut self, value: &str) -> Self {
        self.headers.remove(USER_AGENT);
        self.header("user-agent", value)
    }

    /// How long a call may take, redirects and the answer's body included; by default as long as it needs.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How long a connection may take to be made; by default 10 s. For the default transport.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long the server may send nothing, before an answer and within it; by default 60 s. For the default
    /// transport.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.read_timeout = timeout;
        self
    }

    /// How large an answer may be, in bytes, after decompression; by default 32 MiB.
    pub fn limit(mut self, bytes: u64) -> Self {
        self.limits.answer = bytes;
        self
    }

    /// How much of an error's body is kept, in bytes; by default 64 KiB.
    pub fn error_limit(mut self, bytes: u64) -> Self {
        self.limits.error = bytes;
        self
    }

    /// How long one line of JSON or one event of a stream may be, in bytes; by default 1 MiB.
    pub fn line_limit(mut self, bytes: u64) -> Self {
        self.limits.line = bytes;
        self
    }

    /// A layer around each call: outside of redirects, before the credential is added. The first one added is
    /// the outermost.
    pub fn layer<L, B>(mut self, layer: L) -> Self
    where
        L: Layer<Next> + Send + 'static,
        L::Service: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
        <L::Service as Service<http::Request<Body>>>::Future: Send + 'static,
        <L::Service as Service<http::Request<Body>>>::Error: Into<BoxError>,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        self.layers.push(Box::new(move |next| Next::from_service(layer.layer(next))));
        self
    }

    /// A layer around each request on the wire: inside of redirects, with the credential in sight. The first
    /// one added is the outermost.
    pub fn attempt_layer<L, B>(mut self, layer: L) -> Self
    where
        L: Layer<Next> + Send + 'static,
        L::Service: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
        <L::Service as Service<http::Request<Body>>>::Future: Send + 'static,
        <L::Service as Service<http::Request<Body>>>::Error: Into<BoxError>,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        self.attempt_layers.push(Box::new(move |next| Next::from_service(layer.layer(next))));
        self
    }

    /// Configures the default transport: proxies, certificates, HTTP versions, TLS backends. Redirects and
    /// `Referer` stay off in it, since this crate follows redirects by stricter rules.
    pub fn reqwest(
        mut self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + 'static,
    ) -> Self {
        self.configure = Some(Box::new(configure));
        self
    }

    /// Another transport: any service of `http` requests, as one in memory for tests. It must not follow
    /// redirects by itself.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use kestra_auth::{AuthApi, AuthApiClient, Body, Client};
    ///
    /// let server = tower::service_fn(|request: http::Request<Body>| async move {
    ///     assert_eq!(request.uri().path(), "/api/v1/auths");
    ///     Ok::<_, std::io::Error>(http::Response::new(Body::from(r#"{"loginPassword": true}"#)))
    /// });
    /// let auth = AuthApiClient::new(Client::builder("http://localhost").transport(server).build()?);
    /// assert_eq!(auth.index().await?.login_password, Some(true));
    /// # Ok(())
    /// # }
    /// ```
    pub fn transport<S, B>(mut self, service: S) -> Self
    where
        S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
        S::Future: Send + 'static,
        S::Error: Into<BoxError>,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        self.transport = Some(Next::from_service(service));
        self
    }

    /// Lets the credential go over plain http to a host that is not this machine, readable to all on the way.
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }

    /// Lets redirects lead to another origin, `https://host:port`, without credential, cookie or given header.
    ///
    /// By default a redirect is followed within the base's origin, and from http to https on its host, where
    /// both ports are the default ones, at most ten times in a call. GET and HEAD follow 301, 302, 303, 307
    /// and 308; other methods follow 307 and 308, if their body can be sent again, and never become a GET.
    pub fn allow_redirects_to(mut self, origin: &str) -> Self {
        match Url::parse(origin) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => {
                self.allowed.push(url.origin().ascii_serialization());
            }
            _ => self.note(Error::build("an origin of `allow_redirects_to` is no http or https URL")),
        }
        self
    }

    /// Checks everything and makes the client.
    ///
    /// # Errors
    /// Of kind [`Build`](crate::ErrorKind::Build): if the base is no absolute http or https URL, or has a query
    /// or a fragment; if a header or a credential cannot be sent; if a credential would go over plain http to a
    /// host that is not this machine, unless [`allow_plain_http`](Self::allow_plain_http) says so; if the
    /// default transport cannot be set up.
    pub fn build(mut self) -> Result<Client, Error> {
        if let Some(mistake) = self.mistake {
            return Err(mistake);
        }
        let (base, user_info) = BaseUrl::parse(&self.base)?;
        let credential = self.credential.take().or(user_info);
        if credential.is_some() {
            check_private(&base, self.allow_plain_http)?;
        }
        self.headers.entry(USER_AGENT).or_insert(HeaderValue::from_static(DEFAULT_USER_AGENT));
        let transport = match self.transport {
            Some(next) => Transport::Service(next),
            None => {
                Transport::Default(default_transport(&base, self.configure, self.connect_timeout, self.read_timeout)?)
            }
        };
        let transport = match wrap(self.attempt_layers, || Next::from_transport(transport.clone())) {
            Some(next) => Transport::Service(next),
            None => transport,
        };
        let core = Arc::new(Core { transport, allowed: self.allowed });
        let layered = wrap(self.layers, || Next::new(CoreCall(Arc::clone(&core))));
        let inner = Inner {
            core,
            layered,
            headers: self.headers,
            timeout: self.timeout,
            limits: self.limits,
            allow_plain_http: self.allow_plain_http,
        };
        Ok(Client { inner: Arc::new(inner), base: Arc::new(base), credential, options: None })
    }

    fn note(&mut self, mistake: Error) {
        self.mistake.get_or_insert(mistake);
    }
}

/// The first layer ends up outermost.
fn wrap(layers: Vec<Wrap>, inner: impl FnOnce() -> Next) -> Option<Next> {
    if layers.is_empty() {
        return None;
    }
    Some(layers.into_iter().rev().fold(inner(), |next, layer| layer(next)))
}

pub(super) fn check_private(base: &BaseUrl, allow_plain_http: bool) -> Result<(), Error> {
    if base.is_private() || allow_plain_http {
        return Ok(());
    }
    Err(Error::build(
        "the credential would go over plain http to a host that is not this machine, readable to all on the way: \
         use https, or `ClientBuilder::allow_plain_http`",
    ))
}

fn default_transport(
    base: &BaseUrl,
    configure: Option<Configure>,
    connect_timeout: Duration,
    read_timeout: Duration,
) -> Result<reqwest::Client, Error> {
    let mut builder = reqwest::Client::builder().connect_timeout(connect_timeout).read_timeout(read_timeout);
    if base.is_loopback() {
        // A proxy of the environment has no way to this machine, and must not see what is meant for it.
        builder = builder.no_proxy();
    }
    if let Some(configure) = configure {
        builder = configure(builder);
    }
    let builder = builder.redirect(reqwest::redirect::Policy::none()).referer(false);
    builder.build().map_err(|error| from_transport(&error))
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").finish_non_exhaustive()
    }
}
