//! The facts of an endpoint that do not depend on a call.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

/// An endpoint as its trait declares it: for errors, layers and metrics, which want its name and its path
/// *template*, never a value.
///
/// `#[api]` makes one for each method. A layer finds it in the request's extensions:
///
/// ```
/// # use kestra_auth::{Body, Endpoint};
/// fn operation(request: &http::Request<Body>) -> Option<&'static str> {
///     request.extensions().get::<&'static Endpoint>().map(|endpoint| endpoint.operation())
/// }
/// ```
#[derive(Clone, Copy)]
pub struct Endpoint {
    api: &'static str,
    operation: &'static str,
    method: &'static str,
    template: &'static str,
    retry: Retry,
    redirects: Redirects,
    anonymous: bool,
    timeout: Option<Duration>,
    limit: Option<u64>,
    headers: &'static [(&'static str, &'static str)],
    /// Statuses of an answer that is not there.
    absent: &'static [u16],
    idempotency_header: Option<&'static str>,
    /// The data of the event that ends a stream of events.
    end: Option<&'static str>,
}

/// When a call may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Retry {
    /// Never: the server acts on it each time.
    Never,
    /// When the call failed in a way that another attempt may mend, for sending it twice does what sending it
    /// once does ([RFC 9110, section 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2)).
    Idempotent,
}

/// Which redirects are followed; [`ClientBuilder::allow_redirects_to`](crate::ClientBuilder::allow_redirects_to)
/// tells the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Redirects {
    /// Within the base's origin.
    Origin,
    /// None.
    None,
    /// GET and HEAD anywhere, without credential, cookie or given header outside of the base's origin.
    Any,
}

impl Endpoint {
    /// An endpoint with the defaults of its method.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(api: &'static str, operation: &'static str, method: &'static str, template: &'static str) -> Self {
        let retry = match method.as_bytes() {
            b"GET" | b"HEAD" | b"PUT" | b"DELETE" | b"OPTIONS" => Retry::Idempotent,
            _ => Retry::Never,
        };
        Self {
            api,
            operation,
            method,
            template,
            retry,
            redirects: Redirects::Origin,
            anonymous: false,
            timeout: None,
            limit: None,
            headers: &[],
            absent: &[],
            idempotency_header: None,
            end: None,
        }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn redirects(mut self, redirects: Redirects) -> Self {
        self.redirects = redirects;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn anonymous(mut self) -> Self {
        self.anonymous = true;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn limit(mut self, bytes: u64) -> Self {
        self.limit = Some(bytes);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn absent(mut self, statuses: &'static [u16]) -> Self {
        self.absent = statuses;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn idempotency_key(mut self, header: &'static str) -> Self {
        self.idempotency_header = Some(header);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn end(mut self, data: &'static str) -> Self {
        self.end = Some(data);
        self
    }

    /// The trait's name: `AuthApi`.
    #[must_use]
    pub const fn api(&self) -> &'static str {
        self.api
    }

    /// The method's name: `request_code`.
    #[must_use]
    pub const fn operation(&self) -> &'static str {
        self.operation
    }

    /// The HTTP method: `GET`.
    #[must_use]
    pub const fn method(&self) -> &'static str {
        self.method
    }

    /// The path template behind the client's base: `/api/v1/request-code/{email}`.
    #[must_use]
    pub const fn template(&self) -> &'static str {
        self.template
    }

    /// When a call may be sent again.
    #[must_use]
    pub const fn retries(&self) -> Retry {
        self.retry
    }

    /// Whether the client's credential is left out.
    #[must_use]
    pub const fn is_anonymous(&self) -> bool {
        self.anonymous
    }

    pub(crate) fn is_absent(&self, status: StatusCode) -> bool {
        self.absent.contains(&status.as_u16())
    }

    pub(crate) const fn idempotency_header(&self) -> Option<&'static str> {
        self.idempotency_header
    }

    #[cfg(feature = "stream")]
    pub(crate) const fn end_of_events(&self) -> Option<&'static str> {
        self.end
    }

    pub(crate) const fn redirect_policy(&self) -> Redirects {
        self.redirects
    }

    pub(crate) const fn own_timeout(&self) -> Option<Duration> {
        self.timeout
    }

    pub(crate) const fn own_limit(&self) -> Option<u64> {
        self.limit
    }

    pub(crate) const fn own_headers(&self) -> &'static [(&'static str, &'static str)] {
        self.headers
    }
}

/// `AuthApi::request_code (GET /api/v1/request-code/{email})`
impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { api, operation, method, template, .. } = self;
        write!(f, "{api}::{operation} ({method} {template})")
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({self})")
    }
}
