//! Building a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::SecretString;
use tower_layer::Layer;
use tower_service::Service;
use url::Url;

use crate::body::Body;
use crate::call::authentication::check_confidential;
use crate::call::client_state::{ClientState, Shared};
use crate::call::layers::{self, AddLayer, Pipeline};
use crate::call::limits::Limits;
use crate::call::redirect::RedirectFollower;
use crate::client::Client;
use crate::client::base_url::BaseUrl;
use crate::client::credential::Credential;
use crate::error::{BoxError, Error};
use crate::headers::{self, DEFAULT_USER_AGENT};
use crate::transport::reqwest_clients::{ReqwestClients, Setting};
use crate::transport::reqwest_transport::ReqwestTransport;
use crate::transport::service::Next;
use crate::transport::{Transport, reqwest};

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
    credential: Option<Credential>,
    timeout: Option<Duration>,
    connect_timeout: Duration,
    read_timeout: Duration,
    limits: Limits,
    allow_plain_http: bool,
    allowed_origins: Vec<String>,
    layers: Vec<AddLayer>,
    attempt_layers: Vec<AddLayer>,
    settings: Vec<Setting>,
    transport: Option<Next>,
    /// The error of the first invalid setting.
    error: Option<Error>,
}

impl ClientBuilder {
    fn new(base: &str) -> Self {
        Self {
            base: base.to_owned(),
            headers: HeaderMap::new(),
            credential: None,
            timeout: None,
            connect_timeout: DEFAULT_CONNECT_TIMEOUT,
            read_timeout: DEFAULT_READ_TIMEOUT,
            limits: DEFAULT_LIMITS,
            allow_plain_http: false,
            allowed_origins: Vec::new(),
            layers: Vec::new(),
            attempt_layers: Vec::new(),
            settings: Vec::new(),
            transport: None,
            error: None,
        }
    }

    /// Sets user and password ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)) as the credential of all calls
    /// that do not set another.
    ///
    /// It is sent to the origin of the base URL only.
    pub fn basic_auth(self, user: impl Into<SecretString>, password: impl Into<SecretString>) -> Self {
        self.set_credential(Credential::basic(user, password))
    }

    /// Sets a bearer token ([RFC 6750](https://www.rfc-editor.org/rfc/rfc6750)) as the credential of all calls that do
    /// not set another.
    ///
    /// It is sent to the origin of the base URL only.
    pub fn bearer_token(self, token: impl Into<SecretString>) -> Self {
        self.set_credential(Credential::bearer(token))
    }

    /// Sets the credential of all calls that do not set another.
    ///
    /// It is sent to the origin of the base URL only.
    pub fn credential(self, credential: Credential) -> Self {
        self.set_credential(Ok(credential))
    }

    fn set_credential(mut self, credential: Result<Credential, Error>) -> Self {
        match credential {
            Ok(credential) => self.credential = Some(credential),
            Err(error) => self.report(error),
        }
        self
    }

    /// Adds a header to all requests that do not set one of the same name.
    ///
    /// Adding several headers with one name sends all of them. The `Authorization` header becomes the credential, with
    /// everything that protects one. [`Credential::header`] does the same for an API key in another header.
    pub fn header(mut self, name: impl TryInto<HeaderName>, value: impl TryInto<HeaderValue>) -> Self {
        match headers::parse(name, value) {
            // As a default header, it would follow the client to another base URL.
            Ok((AUTHORIZATION, value)) => return self.set_credential(Credential::from_value(AUTHORIZATION, value)),
            Ok((name, value)) => {
                if let Err(message) = headers::append(&mut self.headers, name, value) {
                    self.report(Error::build(message));
                }
            }
            Err(message) => self.report(Error::build(message)),
        }
        self
    }

    /// Sets the `User-Agent` header. The default is the name and version of this crate.
    pub fn user_agent(mut self, value: impl TryInto<HeaderValue>) -> Self {
        match headers::parse_value(USER_AGENT.as_str(), value) {
            Ok(value) => {
                self.headers.insert(USER_AGENT, value);
            }
            Err(message) => self.report(Error::build(message)),
        }
        self
    }

    /// Sets how long a call may take, including redirects and the body of the response. By default, there is no
    /// limit.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets how long connecting may take. The default is 10 seconds.
    ///
    /// This has an effect on the default transport only.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout.min(LONGEST_TIMEOUT);
        self
    }

    /// Sets how long the server may be silent, both before and within a response. The default is 60 seconds. An upload
    /// may take longer, as long as the server accepts more of it.
    ///
    /// This has an effect on the default transport only.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.read_timeout = timeout.min(LONGEST_TIMEOUT);
        self
    }

    /// Sets how large the body of a response may be, in bytes after decompression. The default is 32 MiB.
    pub fn limit(mut self, bytes: u64) -> Self {
        self.limits.response = bytes;
        self
    }

    /// Sets how much of its response body an error keeps, in bytes after decompression. The default is 64 KiB.
    pub fn error_limit(mut self, bytes: u64) -> Self {
        self.limits.error = bytes;
        self
    }

    /// Sets how long a line or an event of a stream may be, in bytes. The default is 1 MiB.
    pub fn line_limit(mut self, bytes: u64) -> Self {
        self.limits.line = bytes;
        self
    }

    /// Adds a layer that runs once for each call: before the credential is attached and before redirects are followed.
    ///
    /// The layer that is added first is the outermost.
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

    /// Adds a layer that runs for each request on the wire: after the credential is attached, and again for each
    /// redirect.
    ///
    /// The layer that is added first is the outermost.
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

    /// Configures the default transport: proxies, certificates, HTTP versions, TLS backends.
    ///
    /// Several closures are applied in the order in which they are added, and each may be called several times, because
    /// there is more than one reqwest client. Redirects, the `Referer` header and retries stay off, because this crate
    /// follows redirects itself, with stricter rules, and sends nothing twice. Requests to this machine (`localhost`,
    /// 127.0.0.0/8 and `[::1]`) are never sent through a proxy.
    ///
    /// Default headers stay at the origin of the base URL. For other origins, a closure that sets them is left out; if
    /// it sets something else, too, requests to other origins fail. [`header`](Self::header) has no such limits.
    pub fn reqwest(
        self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Clone + Send + 'static,
    ) -> Self {
        self.set_transport("a closure of `ClientBuilder::reqwest`", configure)
    }

    /// Trusts the authorities of these certificates, in PEM form, in addition to those that the system trusts.
    ///
    /// This has an effect on the default transport only. Malformed certificates are reported by [`build`](Self::build).
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn root_certificates_pem(mut self, pem: impl AsRef<[u8]>) -> Self {
        match reqwest::Certificate::from_pem_bundle(pem.as_ref()) {
            Ok(certificates) if !certificates.is_empty() => {
                self.set_transport("the root certificates", |builder| builder.tls_certs_merge(certificates))
            }
            _ => {
                self.report(Error::build("invalid root certificates: expected certificates in PEM form"));
                self
            }
        }
    }

    /// Sets the certificate that identifies the caller, followed by its private key, in PEM form.
    ///
    /// This has an effect on the default transport only. A malformed identity is reported by [`build`](Self::build).
    #[cfg(feature = "rustls")]
    pub fn client_identity_pem(mut self, pem: impl AsRef<[u8]>) -> Self {
        if let Ok(identity) = reqwest::Identity::from_pem(pem.as_ref()) {
            return self.set_transport("the client identity", |builder| builder.identity(identity));
        }
        self.report(Error::build("invalid client identity: expected a certificate and its private key in PEM form"));
        self
    }

    fn set_transport(
        mut self,
        label: &'static str,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Clone + Send + 'static,
    ) -> Self {
        self.settings.push(Setting { label, configure: Box::new(configure) });
        self
    }

    /// Replaces the default transport with a service of `http` requests, such as an in-memory transport for tests.
    ///
    /// The service must not follow redirects.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use kestra_auth::{AuthApi, AuthApiClient, Body, Client, http};
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

    /// Allows credentials to be sent over plain http to another machine, where everyone on the way can read them.
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
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
    /// - if a header or a credential is invalid
    /// - if a credential would be sent over plain http to another machine, unless
    ///   [`allow_plain_http`](Self::allow_plain_http) allows it
    /// - if the default transport cannot be set up
    pub fn build(mut self) -> Result<Client, Error> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let (base, user_info) = BaseUrl::parse(&self.base)?;
        // Base URLs often come from a configuration file, and a credential that is set in the program is more specific.
        let credential = self.credential.or(user_info);
        if credential.is_some() {
            check_confidential(&base, self.allow_plain_http)?;
        }
        self.headers.entry(USER_AGENT).or_insert(HeaderValue::from_static(DEFAULT_USER_AGENT));
        let transport = match self.transport {
            Some(service) => Transport::Service(service),
            None => Transport::Reqwest(ReqwestTransport::new(ReqwestClients::new(
                &base,
                self.connect_timeout,
                self.read_timeout,
                self.settings,
            )?)),
        };
        // The layers around reqwest hide it, but it still needs its timers.
        let needs_timers = transport.needs_timers();
        let transport = match layers::apply(self.attempt_layers, || transport.clone().into_next()) {
            Some(layered) => Transport::Service(layered),
            None => transport,
        };
        let follower = RedirectFollower { transport, allowed_origins: self.allowed_origins };
        let shared = Shared {
            pipeline: Pipeline::new(follower, self.layers),
            needs_timers,
            timeout: self.timeout,
            limits: self.limits,
            allow_plain_http: self.allow_plain_http,
        };
        Ok(Client::from_state(ClientState {
            shared: Arc::new(shared),
            base: Arc::new(base),
            credential,
            options: None,
            headers: Arc::new(self.headers),
        }))
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
