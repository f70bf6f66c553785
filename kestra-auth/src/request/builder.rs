//! A request that no trait declares.

use std::future::Future;

use http::Method;
use serde::Serialize;

use super::RequestBuilder;
use super::reader::reads;
use crate::body::into_body::IntoBody;
use crate::client::Client;
use crate::client::options::CallOptions;
use crate::encode::param_value::ParamValue;
use crate::encode::percent;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::response::from_response::FromResponse;

/// A request of [`Client::request`], which goes the same way as a declared one: base, credential, headers, layers,
/// redirects, limits and errors.
#[derive(Debug)]
#[must_use]
pub struct FreeRequest<'c> {
    request: RequestBuilder<'c>,
}

/// The endpoint of requests that have none: their paths may hold values, and so are not shown.
const fn undeclared(method: &'static str) -> Endpoint {
    Endpoint::new("Client", "request", method, "…")
}

static GET: Endpoint = undeclared("GET");
static HEAD: Endpoint = undeclared("HEAD");
static POST: Endpoint = undeclared("POST");
static PUT: Endpoint = undeclared("PUT");
static PATCH: Endpoint = undeclared("PATCH");
static DELETE: Endpoint = undeclared("DELETE");
static OPTIONS: Endpoint = undeclared("OPTIONS");
static OTHER: Endpoint = undeclared("");

impl<'c> FreeRequest<'c> {
    pub(crate) fn new(client: &'c Client, method: Method, path: &str) -> Self {
        let known = [&GET, &HEAD, &POST, &PUT, &PATCH, &DELETE, &OPTIONS];
        let endpoint = known.into_iter().find(|endpoint| endpoint.method() == method.as_str()).unwrap_or(&OTHER);
        let mut request = RequestBuilder::new(client, endpoint);
        if endpoint.method().is_empty() {
            request.method = Some(method);
        }
        if let Err(why) = write_path(&mut request, path) {
            request.note(|| format!("the path {why}"));
        }
        Self { request }
    }

    /// A query parameter, as `#[query("name")]` has it: `None` is left out, a sequence repeats the name.
    pub fn query<Via, T: ParamValue<Via> + ?Sized>(mut self, name: &str, value: &T) -> Self {
        self.request.query_named(name, value);
        self
    }

    /// A header, as `#[header("name")]` has it.
    pub fn header<Via, T: ParamValue<Via> + ?Sized>(mut self, name: &str, value: &T) -> Self {
        self.request.header_named(name, value);
        self
    }

    /// A JSON body, as `#[json]` has it.
    pub fn json<T: Serialize + ?Sized>(mut self, value: &T) -> Self {
        self.request.json(value);
        self
    }

    /// A raw body of a media type, as `#[body("…")]` has it.
    pub fn body(mut self, media_type: &'static str, value: impl IntoBody) -> Self {
        self.request.body(media_type, value);
        self
    }

    /// Options of this call, over the client's.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.request.options(options);
        self
    }

    /// Sends, and reads the answer as `T`: anything that a declared method can return.
    ///
    /// # Errors
    /// As a declared method's.
    pub fn send<T: FromResponse>(self) -> impl Future<Output = Result<T, Error>> + Send + use<'c, T> {
        self.request.send(reads())
    }
}

/// The path as a template without placeholders: what a segment may hold and `%XX` stays, the rest is encoded.
fn write_path(request: &mut RequestBuilder<'_>, path: &str) -> Result<(), &'static str> {
    if !path.starts_with('/') {
        return Err("does not start with `/`");
    }
    if path.contains('#') {
        return Err("has a fragment, which never reaches a server");
    }
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    let last = path.matches('/').count();
    for (index, segment) in path.split('/').enumerate().skip(1) {
        if percent::is_dot_segment(segment) {
            return Err("has a segment `.` or `..`, which would name another path");
        }
        if segment.is_empty() && index < last {
            return Err("has an empty segment");
        }
        let out = request.target.text();
        out.push('/');
        percent::encode_rest(segment, out);
    }
    match query {
        Some(query) if !percent::is_query(query) => Err("has a query that is not encoded: pass it by `query`"),
        Some(query) => {
            request.target.begin_pair().push_str(query);
            Ok(())
        }
        None => Ok(()),
    }
}
