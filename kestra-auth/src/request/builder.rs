//! Requests that no trait declares.

use std::future::Future;

use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Method};
use serde::Serialize;

use super::Request;
use super::reader::reads;
use crate::body::into_body::IntoBody;
use crate::client::Client;
use crate::client::options::CallOptions;
use crate::encode::param_value::ParamValue;
use crate::encode::percent;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::headers;
use crate::response::from_response::FromResponse;

impl Client {
    /// Starts a request that no trait declares.
    ///
    /// The path follows that of the base URL and is written like a template without placeholders: what a segment
    /// cannot contain is encoded, and `%XX` is kept. An invalid path is reported by
    /// [`RequestBuilder::send`].
    ///
    /// ```no_run
    /// # async fn example(client: kestra_auth::Client) -> Result<(), kestra_auth::Error> {
    /// use kestra_auth::http::Method;
    /// use serde_json::Value;
    ///
    /// let found: Value = client.request(Method::GET, "/api/v1/flows/search").query("q", "hello").send().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder<'_> {
        RequestBuilder::new(self, method, path)
    }
}

/// Builds a request that no trait declares; see [`Client::request`].
///
/// The request is sent like that of a declared endpoint, with the same rules for base URL, credential, headers, layers,
/// redirects, limits and errors.
#[derive(Debug)]
#[must_use]
pub struct RequestBuilder<'c> {
    request: Request<'c>,
}

/// The endpoint of an undeclared request. Its path may hold values, so the template hides it.
const fn undeclared(method: &'static str) -> Endpoint {
    Endpoint::__new("Client", "request", method).__path("…")
}

static GET: Endpoint = undeclared("GET");
static HEAD: Endpoint = undeclared("HEAD");
static POST: Endpoint = undeclared("POST");
static PUT: Endpoint = undeclared("PUT");
static PATCH: Endpoint = undeclared("PATCH");
static DELETE: Endpoint = undeclared("DELETE");
static OPTIONS: Endpoint = undeclared("OPTIONS");
static OTHER: Endpoint = undeclared("");

impl<'c> RequestBuilder<'c> {
    fn new(client: &'c Client, method: Method, path: &str) -> Self {
        let known = [&GET, &HEAD, &POST, &PUT, &PATCH, &DELETE, &OPTIONS];
        let endpoint = known.into_iter().find(|endpoint| endpoint.method() == method.as_str()).unwrap_or(&OTHER);
        let mut request = Request::new(client, endpoint);
        if endpoint.method().is_empty() {
            request.method = Some(method);
        }
        if let Err(reason) = write_path(&mut request, path) {
            request.report(|| format!("invalid path: {reason}"));
        }
        Self { request }
    }

    /// Adds a query parameter. `None` is left out, and a sequence repeats the name.
    pub fn query<Via, T: ParamValue<Via> + ?Sized>(mut self, name: &str, value: &T) -> Self {
        self.request.query_named(name, value);
        self
    }

    /// Adds a header, which replaces those that the options and the client set under the same name.
    ///
    /// Adding several headers with one name sends all of them. `Authorization` is marked as sensitive.
    pub fn header(mut self, name: impl TryInto<HeaderName>, value: impl TryInto<HeaderValue>) -> Self {
        match headers::parse(name, value) {
            Ok((name, value)) => {
                if let Err(message) = headers::append(&mut self.request.headers, name, value) {
                    self.request.report(|| message);
                }
            }
            Err(message) => self.request.report(|| message),
        }
        self
    }

    /// Sets a JSON body.
    pub fn json<T: Serialize + ?Sized>(mut self, value: &T) -> Self {
        self.request.json(value);
        self
    }

    /// Sets a body and its media type.
    pub fn body(mut self, media_type: impl TryInto<HeaderValue>, value: impl IntoBody) -> Self {
        match headers::parse_media_type(CONTENT_TYPE.as_str(), media_type) {
            Ok(media_type) => self.request.set_raw_body(media_type, value),
            Err(message) => self.request.report(|| message),
        }
        self
    }

    /// Sets the options of this call, which override those of the client.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.request.options(options);
        self
    }

    /// Sends the request, and reads the response as `T`: any type that an endpoint can return.
    ///
    /// # Errors
    /// As a declared endpoint. An invalid path, parameter, header or body is an error of kind
    /// [`Build`](crate::ErrorKind::Build), and nothing is sent.
    pub fn send<T: FromResponse>(self) -> impl Future<Output = Result<T, Error>> + Send + use<'c, T> {
        self.request.send(reads())
    }
}

/// Writes a path with an optional query.
///
/// # Errors
/// The reason why the path is invalid.
fn write_path(request: &mut Request<'_>, path: &str) -> Result<(), &'static str> {
    if !path.starts_with('/') {
        return Err("it does not start with `/`");
    }
    if path.contains('#') {
        return Err("it has a fragment, which is not sent to servers");
    }
    // Each segment is checked as a value would be, because the path may have been put together from values.
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    let last = path.matches('/').count();
    for (index, segment) in path.split('/').enumerate().skip(1) {
        if percent::is_dot_segment(segment) {
            return Err("it has a segment `.` or `..`, which would change the path");
        }
        if segment.is_empty() && index < last {
            return Err("it has an empty segment");
        }
        let out = request.url.text();
        out.push('/');
        percent::encode_remaining(segment, out);
    }
    match query {
        Some(query) if !percent::is_valid_query(query) => {
            Err("its query has a character that must be percent-encoded; use `query` to encode it")
        }
        Some(query) => {
            request.url.begin_pair().push_str(query);
            Ok(())
        }
        None => Ok(()),
    }
}
