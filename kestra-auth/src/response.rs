//! A response and what an endpoint's method can make of it.

pub(crate) mod binary;
pub(crate) mod call_result;
pub(crate) mod from_response;
pub(crate) mod json;
pub(crate) mod json_body;
pub(crate) mod link;
mod link_header;
pub(crate) mod optional;
pub(crate) mod response_body;
pub(crate) mod text;

use std::fmt;

use bytes::Bytes;
use http::header::LINK;
use http::{HeaderMap, StatusCode};

use crate::body::Body;
use crate::call::execution::Received;
#[cfg(feature = "stream")]
use crate::call::stream_origin::StreamOrigin;
use crate::error::Error;
use crate::json::error::DecodeError;
use link::Link;

/// A response whose body has been read as `T`, with its status and headers.
///
/// As the result of an endpoint, it gives access to what `T` alone does not show:
///
/// ```
/// # #[derive(serde::Deserialize)]
/// # pub struct Flow;
/// # use kestra_auth::{Error, Response, api};
/// #[api]
/// pub trait FlowApi {
///     #[get("/flows")]
///     async fn list(&self) -> Result<Response<Vec<Flow>>, Error>;
/// }
/// ```
///
/// A test double builds one:
///
/// ```
/// # use http::StatusCode;
/// use kestra_auth::Response;
///
/// let created = Response::new("id").with_status(StatusCode::CREATED);
/// assert_eq!(created.status(), StatusCode::CREATED);
/// assert_eq!(created.into_body(), "id");
/// ```
#[derive(Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    /// The URL that sent the response, which relative links are resolved against.
    url: Option<String>,
    /// The call that the response belongs to, for results that are read as a stream.
    #[cfg(feature = "stream")]
    origin: Option<Box<StreamOrigin>>,
    body: T,
}

impl<T> Response<T> {
    /// Builds a response with status 200 and no headers.
    #[must_use]
    pub fn new(body: T) -> Self {
        Self {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            url: None,
            #[cfg(feature = "stream")]
            origin: None,
            body,
        }
    }

    /// Sets the status.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Sets the headers, replacing all it has.
    #[must_use]
    pub fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.headers = headers;
        self
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns what the body was read as.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Returns what the body was read as, by value.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }

    /// Returns the link with this relation type, such as `next`, from the `Link` header
    /// ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288#section-3)).
    ///
    /// A relative link is resolved against the URL that sent the response.
    ///
    /// ```
    /// use http::header::{HeaderMap, HeaderValue, LINK};
    /// use kestra_auth::Response;
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert(LINK, HeaderValue::from_static("</flows?page=2>; rel=\"next\""));
    /// let page = Response::new(()).with_headers(headers);
    /// assert_eq!(page.link("next").unwrap().as_str(), "/flows?page=2");
    /// assert!(page.link("prev").is_none());
    /// ```
    #[must_use]
    pub fn link(&self, relation: &str) -> Option<Link> {
        Link::find(&self.headers, self.url.as_deref(), relation)
    }

    /// Converts the body, keeping status and headers.
    #[must_use]
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            status: self.status,
            headers: self.headers,
            url: self.url,
            #[cfg(feature = "stream")]
            origin: self.origin,
            body: convert(self.body),
        }
    }

    /// Copies the status, the headers and what links are resolved against.
    pub(crate) fn head(&self) -> Response<()> {
        let url = self.url.as_ref().filter(|_| self.headers.contains_key(LINK)).cloned();
        Response { url, ..Response::new(()).with_status(self.status).with_headers(self.headers.clone()) }
    }

    /// Returns what a stream needs to know about its call.
    #[cfg(feature = "stream")]
    pub(crate) fn origin(&self) -> Option<&StreamOrigin> {
        self.origin.as_deref()
    }

    /// Takes what a stream needs to know about its call.
    #[cfg(feature = "stream")]
    pub(crate) fn take_origin(&mut self) -> Option<Box<StreamOrigin>> {
        self.origin.take()
    }

    /// Takes the headers.
    #[cfg(feature = "stream")]
    pub(crate) fn take_headers(&mut self) -> HeaderMap {
        std::mem::take(&mut self.headers)
    }
}

impl Response<Body> {
    pub(crate) fn from_received(received: Received) -> Self {
        let (parts, body) = (*received.response).into_parts();
        #[cfg(feature = "stream")]
        let origin = received.origin.map(|mut origin| {
            origin.attempts = received.attempts;
            origin
        });
        Self {
            status: parts.status,
            headers: parts.headers,
            url: received.url,
            #[cfg(feature = "stream")]
            origin,
            body,
        }
    }
}

impl Response<Bytes> {
    /// Adds this response to the error that decoding its body has caused.
    pub(crate) fn into_error(self, error: DecodeError) -> Error {
        let error = Error::from_decode(error, Some(self.status), &self.headers).with_status(self.status);
        error.with_headers(self.headers).with_body(self.body)
    }
}

impl<T> From<http::Response<T>> for Response<T> {
    /// Drops the HTTP version and the extensions.
    fn from(response: http::Response<T>) -> Self {
        let (parts, body) = response.into_parts();
        Self::new(body).with_status(parts.status).with_headers(parts.headers)
    }
}

impl<T> From<Response<T>> for http::Response<T> {
    fn from(response: Response<T>) -> Self {
        let mut converted = Self::new(response.body);
        *converted.status_mut() = response.status;
        *converted.headers_mut() = response.headers;
        converted
    }
}

/// Shows the status and the number of headers, because the body may be secret, and servers choose the headers.
impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &self.headers.len())
            .finish_non_exhaustive()
    }
}
