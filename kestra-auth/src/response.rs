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

use http::{HeaderMap, StatusCode};

use crate::call::redirect::ResponseUrl;
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
    body: T,
}

impl<T> Response<T> {
    /// Builds a response with status 200 and no headers.
    #[must_use]
    pub fn new(body: T) -> Self {
        Self { status: StatusCode::OK, headers: HeaderMap::new(), url: None, body }
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
        let Self { status, headers, url, body } = self;
        Response { status, headers, url, body: convert(body) }
    }
}

impl Response<()> {
    /// Copies everything but the body.
    pub(crate) fn head_of<B>(response: &http::Response<B>) -> Self {
        let url = response.extensions().get::<ResponseUrl>().map(|url| url.0.clone());
        Self { status: response.status(), headers: response.headers().clone(), url, body: () }
    }
}

/// Shows the status and the names of the headers, because their values and the body may be secret.
impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
