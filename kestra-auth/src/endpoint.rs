//! What is known of an endpoint before it is called.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

/// An endpoint as its trait declares it.
///
/// It is what errors, layers and metrics identify a call by: it has the name of the operation and its path
/// *template*, and never a value of a call.
///
/// `#[api]` declares one for each method. A layer finds it in the extensions of the request:
///
/// ```
/// # use kestra_auth::{Body, Endpoint, http};
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
    retry: RetryMode,
    redirects: Redirects,
    anonymous: bool,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
    limit: Option<u64>,
    /// Constant headers of trait and method.
    headers: &'static [(&'static str, &'static str)],
    /// Statuses that are read as `None`, from `none(…)` and `also(…)`.
    absent: &'static [u16],
    idempotency_header: Option<&'static str>,
    /// The data of the event that ends a stream of events.
    end: Option<&'static str>,
}

/// Whether the server may process a request of an endpoint several times.
///
/// A method declares it with `retry = "never"` or `retry = "idempotent"`; the default follows from its verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryMode {
    /// Each request has an effect, so another attempt is made only if the server has not processed the last one.
    Never,
    /// Several requests have the same effect as one
    /// ([RFC 9110, section 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2)), so another attempt is made
    /// after a lost connection, too.
    Idempotent,
}

/// Which redirects a call follows.
///
/// [`ClientBuilder::allow_redirects_to`](crate::ClientBuilder::allow_redirects_to) documents the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Redirects {
    /// Redirects within the origin of the base URL.
    Origin,
    /// No redirects.
    None,
    /// All redirects of GET and HEAD. Outside the origin of the base URL, the request carries no credential, no cookie
    /// and none of the caller's headers.
    Any,
}

impl Endpoint {
    /// Returns the name of the trait, such as `AuthApi`.
    #[must_use]
    pub const fn api(&self) -> &'static str {
        self.api
    }

    /// Returns the name of the trait's method, such as `request_code`.
    #[must_use]
    pub const fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the HTTP method, such as `GET`.
    #[must_use]
    pub const fn method(&self) -> &'static str {
        self.method
    }

    /// Returns the path template that follows the base URL, such as `/api/v1/request-code/{email}`.
    #[must_use]
    pub const fn template(&self) -> &'static str {
        self.template
    }

    /// Returns whether the server may process a request several times.
    #[must_use]
    pub const fn retry(&self) -> RetryMode {
        self.retry
    }

    /// Returns which redirects a call follows.
    #[must_use]
    pub const fn redirects(&self) -> Redirects {
        self.redirects
    }

    /// Returns the time limit that the trait declares.
    #[must_use]
    pub const fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// Returns the time limit that the trait declares for each attempt.
    #[must_use]
    pub const fn attempt_timeout(&self) -> Option<Duration> {
        self.attempt_timeout
    }

    /// Returns how long the server may be silent, if the trait declares it.
    #[must_use]
    pub const fn read_timeout(&self) -> Option<Duration> {
        self.read_timeout
    }

    /// Returns the size limit, in bytes, that the trait declares for the body of a response.
    #[must_use]
    pub const fn limit(&self) -> Option<u64> {
        self.limit
    }

    /// Returns whether calls carry no credential of the client.
    #[must_use]
    pub const fn is_anonymous(&self) -> bool {
        self.anonymous
    }

    /// Returns the header in which calls send an idempotency key.
    #[must_use]
    pub const fn idempotency_header(&self) -> Option<&'static str> {
        self.idempotency_header
    }

    /// Returns the constant headers, with names in lower case.
    pub(crate) const fn headers(&self) -> &'static [(&'static str, &'static str)] {
        self.headers
    }

    /// Returns whether a response with this status is read as `None`.
    pub(crate) fn is_absent(&self, status: StatusCode) -> bool {
        self.absent.contains(&status.as_u16())
    }

    #[cfg(feature = "stream")]
    pub(crate) const fn end_of_events(&self) -> Option<&'static str> {
        self.end
    }
}

/// For generated code only: it declares endpoints in statics, whose initializers are constant.
#[doc(hidden)]
impl Endpoint {
    #[must_use]
    pub const fn __new(api: &'static str, operation: &'static str, method: &'static str) -> Self {
        // The idempotent methods of RFC 9110, section 9.2.2, but for TRACE, which clients do not send.
        let retry = match method.as_bytes() {
            b"GET" | b"HEAD" | b"PUT" | b"DELETE" | b"OPTIONS" => RetryMode::Idempotent,
            _ => RetryMode::Never,
        };
        Self {
            api,
            operation,
            method,
            template: "",
            retry,
            redirects: Redirects::Origin,
            anonymous: false,
            timeout: None,
            attempt_timeout: None,
            read_timeout: None,
            limit: None,
            headers: &[],
            absent: &[],
            idempotency_header: None,
            end: None,
        }
    }

    #[must_use]
    pub const fn __path(mut self, template: &'static str) -> Self {
        self.template = template;
        self
    }

    #[must_use]
    pub const fn __retry(mut self, retry: RetryMode) -> Self {
        self.retry = retry;
        self
    }

    #[must_use]
    pub const fn __redirects(mut self, redirects: Redirects) -> Self {
        self.redirects = redirects;
        self
    }

    #[must_use]
    pub const fn __anonymous(mut self) -> Self {
        self.anonymous = true;
        self
    }

    #[must_use]
    pub const fn __timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    #[must_use]
    pub const fn __attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    #[must_use]
    pub const fn __read_timeout(mut self, timeout: Duration) -> Self {
        self.read_timeout = Some(timeout);
        self
    }

    #[must_use]
    pub const fn __limit(mut self, bytes: u64) -> Self {
        self.limit = Some(bytes);
        self
    }

    #[must_use]
    pub const fn __headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    #[must_use]
    pub const fn __absent(mut self, statuses: &'static [u16]) -> Self {
        self.absent = statuses;
        self
    }

    #[must_use]
    pub const fn __idempotency_key(mut self, header: &'static str) -> Self {
        self.idempotency_header = Some(header);
        self
    }

    #[must_use]
    pub const fn __end(mut self, data: &'static str) -> Self {
        self.end = Some(data);
        self
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
