//! What an endpoint's method can return.

pub(crate) mod json;
pub(crate) mod link;
pub(crate) mod optional;
pub(crate) mod text;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::body::Body;
use crate::body::plan::Plan;
use crate::call::redirect::AnswerUrl;
use crate::error::Error;
use crate::json::unit;
use link::Link;

/// The return type of an endpoint's method: `Result<T, E>`, under any alias.
///
/// Not for implementing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the result of an endpoint",
    label = "expected `Result<T, E>`",
    note = "an endpoint returns `Result<T, E>`, where `T` is what the answer holds and `E` is `kestra_auth::Error` \
            or any type with `From<kestra_auth::Error>`"
)]
pub trait CallResult {
    /// What the answer holds.
    type Output;
    #[doc(hidden)]
    fn from_result(result: Result<Self::Output, Error>) -> Self;
}

impl<T, E: From<Error>> CallResult for Result<T, E> {
    type Output = T;

    fn from_result(result: Result<T, Error>) -> Self {
        result.map_err(E::from)
    }
}

/// Reads a successful answer.
///
/// It is there for everything that implements serde's `DeserializeOwned`, as JSON, for `()`, which drops the
/// body, and for this crate's own types. A type of your own that is no `Deserialize` may implement it:
///
/// ```
/// use bytes::Bytes;
/// use kestra_auth::{Error, FromResponse};
///
/// /// The lines of a text.
/// struct Lines(Vec<String>);
///
/// impl FromResponse for Lines {
///     const ACCEPT: &'static str = "text/plain";
///     type Body = Bytes;
///
///     fn from_response(response: http::Response<Bytes>) -> Result<Self, Error> {
///         let text = std::str::from_utf8(response.body()).map_err(|_| Error::decode("the text is not UTF-8"))?;
///         Ok(Self(text.lines().map(str::to_owned).collect()))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from an answer",
    label = "neither JSON by serde nor one of kestra-auth's results",
    note = "to read JSON, write `#[derive(serde::Deserialize)]` on the type, or on the type inside of it",
    note = "to read another body, return `Text` or `Binary`, on their own or as `Response<Text>`; `()` drops the body"
)]
pub trait FromResponse: Sized {
    /// The `Accept` of the request, unless the method says another.
    const ACCEPT: &'static str;

    /// [`Bytes`] for the whole body, within the limit of answers, or [`Body`](crate::Body) as it comes.
    type Body: AnswerBody;

    /// Reads an answer of a successful status.
    ///
    /// # Errors
    /// If the answer is not what the type wants, as [`Error::decode`].
    fn from_response(response: http::Response<Self::Body>) -> Result<Self, Error>;

    #[doc(hidden)]
    #[must_use]
    fn plan() -> Plan {
        Self::Body::PLAN
    }

    #[doc(hidden)]
    #[must_use]
    fn accept() -> &'static str {
        Self::ACCEPT
    }

    #[doc(hidden)]
    fn from_answer(answer: http::Response<Body>) -> Result<Self, Error> {
        Self::from_response(answer.map(Self::Body::from_body))
    }

    /// `None` for an answer that says by its body that there is nothing.
    #[doc(hidden)]
    fn from_answer_or_null(answer: http::Response<Body>) -> Result<Option<Self>, Error> {
        Self::from_answer(answer).map(Some)
    }
}

/// How an answer's body reaches [`FromResponse`]: as [`Bytes`] or as [`Body`](crate::Body).
///
/// Not for implementing.
pub trait AnswerBody {
    #[doc(hidden)]
    const PLAN: Plan;
    #[doc(hidden)]
    fn from_body(body: Body) -> Self;
}

impl AnswerBody for Bytes {
    const PLAN: Plan = Plan::Buffer;

    fn from_body(body: Body) -> Self {
        body.into_bytes()
    }
}

impl AnswerBody for Body {
    const PLAN: Plan = Plan::Stream;

    fn from_body(body: Body) -> Self {
        body
    }
}

impl<T: DeserializeOwned> FromResponse for T {
    const ACCEPT: &'static str = "application/json";
    type Body = Bytes;

    fn from_response(response: http::Response<Bytes>) -> Result<Self, Error> {
        json::from_response(&response)
    }

    fn plan() -> Plan {
        if unit::is_unit::<T>() { Plan::Discard } else { Plan::Buffer }
    }

    fn from_answer_or_null(answer: http::Response<Body>) -> Result<Option<Self>, Error> {
        if unit::is_unit::<T>() {
            return T::from_answer(answer).map(Some);
        }
        json::from_response(&answer.map(Bytes::from_body))
    }

    fn accept() -> &'static str {
        if unit::is_unit::<T>() { "*/*" } else { Self::ACCEPT }
    }
}

/// An answer with its status and headers.
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
    /// The URL that answered, where links are relative to it.
    url: Option<String>,
    body: T,
}

impl<T> Response<T> {
    /// An answer of status 200 without headers: for fakes.
    pub fn new(body: T) -> Self {
        Self { status: StatusCode::OK, headers: HeaderMap::new(), url: None, body }
    }

    /// This answer with another status.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// This answer with other headers.
    #[must_use]
    pub fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.headers = headers;
        self
    }

    /// The link of this relation, as `next`
    /// ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288)), made absolute by the URL that answered.
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
    pub fn link(&self, relation: &str) -> Option<Link> {
        Link::find(&self.headers, self.url.as_deref(), relation)
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// What the answer holds.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// This answer with what `convert` makes of what it holds.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Response<U> {
        let Self { status, headers, url, body } = self;
        Response { status, headers, url, body: convert(body) }
    }

    /// What the answer holds, on its own.
    pub fn into_body(self) -> T {
        self.body
    }
}

impl Response<()> {
    /// All of an answer but its body.
    fn head<B>(response: &http::Response<B>) -> Self {
        let url = response.extensions().get::<AnswerUrl>().map(|url| url.0.clone());
        Self { status: response.status(), headers: response.headers().clone(), url, body: () }
    }
}

/// Shows the status and the names of the headers; what the answer holds may be secret.
impl<T> std::fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

impl<T: FromResponse> FromResponse for Response<T> {
    const ACCEPT: &'static str = T::ACCEPT;
    type Body = T::Body;

    fn from_response(response: http::Response<T::Body>) -> Result<Self, Error> {
        let head = Response::head(&response);
        T::from_response(response).map(|body| head.map(|()| body))
    }

    fn plan() -> Plan {
        T::plan()
    }

    fn accept() -> &'static str {
        T::accept()
    }
}
