//! Requests, built from the parameters of a method.
//!
//! What is hard here: a generated method has neither `?` nor `match`. So building never fails: the first error is
//! kept, and the call returns it before anything is sent.

mod body;
pub(crate) mod builder;
mod cookies;
mod headers;
mod path;
mod query;
pub(crate) mod reader;

use std::fmt;
use std::future::Future;

use http::header::COOKIE;
use http::{HeaderMap, HeaderValue, Method};

use crate::body::Body;
use crate::body::plan::Plan;
use crate::call::client_state::ClientState;
use crate::call::execution::Received;
use crate::call::resolved::{Parameters, ResolvedCall};
use crate::client::Client;
use crate::client::options::CallOptions;
use crate::encode::form::FormBody;
use crate::encode::url::UrlBuilder;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::observe::observation;
use reader::Reader;

/// `http::Uri` cannot hold a longer URL, and few servers read one.
const MAX_URL_LENGTH: usize = 65_534;

/// A request that is being built. Generated methods build it with the methods of this type, and callers with
/// [`RequestBuilder`](crate::RequestBuilder).
pub struct Request<'c> {
    /// `None` in an implementation of an API that is not a client.
    client: Option<&'c Client>,
    endpoint: &'static Endpoint,
    /// The HTTP method, if the endpoint does not have it.
    method: Option<Method>,
    url: UrlBuilder,
    headers: HeaderMap,
    /// The value of the `Cookie` header.
    cookies: String,
    body: Body,
    form: Option<FormBody>,
    #[cfg(feature = "multipart")]
    multipart: Option<crate::multipart::Form>,
    options: Option<Box<CallOptions>>,
    /// The first error.
    error: Option<Error>,
}

impl<'c> Request<'c> {
    /// Starts a request without path and parameters.
    #[must_use]
    pub fn new(client: &'c Client, endpoint: &'static Endpoint) -> Self {
        /// Room for values and a query, so that most URLs take one allocation.
        const ROOM: usize = 64;
        let url = UrlBuilder::new(client.state().base.as_str(), endpoint.template().len() + ROOM);
        Self::with_url(Some(client), endpoint, url)
    }

    /// Starts the request of an implementation of an API that is not a client: the call ends with an error of kind
    /// [`Unimplemented`](crate::ErrorKind::Unimplemented).
    #[must_use]
    pub fn unimplemented(endpoint: &'static Endpoint) -> Self {
        Self::with_url(None, endpoint, UrlBuilder::new("", 0))
    }

    #[inline]
    fn with_url(client: Option<&'c Client>, endpoint: &'static Endpoint, url: UrlBuilder) -> Self {
        Self {
            client,
            endpoint,
            method: None,
            url,
            headers: HeaderMap::new(),
            cookies: String::new(),
            body: Body::empty(),
            form: None,
            #[cfg(feature = "multipart")]
            multipart: None,
            options: None,
            error: None,
        }
    }

    /// Sets the options of this call.
    pub fn options(&mut self, options: CallOptions) {
        self.options = Some(Box::new(options));
    }

    /// Sends the request, and reads the response as the result of the method.
    ///
    /// Nothing is sent before the future is polled.
    pub fn send<R>(self, reader: Reader<R>) -> impl Future<Output = R> + Send + use<'c, R> {
        let (client, endpoint) = (self.client.map(Client::state), self.endpoint);
        let call = self.resolve(reader.accept);
        async move {
            let received = execute(client, endpoint, call, reader.plan).await;
            reader.read(received, endpoint)
        }
    }

    /// Decides everything about the call. Its future then holds no more than a pointer to it, because a future is moved
    /// as a whole until it is polled.
    fn resolve(self, accept: &'static str) -> Result<Box<ResolvedCall<'c>>, Error> {
        let Some(client) = self.client else { return Err(Error::unimplemented(self.endpoint)) };
        ResolvedCall::new(client.state(), self.into_parameters(accept)?)
    }

    fn into_parameters(mut self, accept: &'static str) -> Result<Parameters, Error> {
        self.end_path();
        self.end_body();
        if let Some(error) = self.error {
            return Err(error);
        }
        let url = self.url.into_string();
        if url.len() > MAX_URL_LENGTH {
            return Err(Error::build(format!("the URL is longer than {MAX_URL_LENGTH} bytes")));
        }
        let mut headers = self.headers;
        if !self.cookies.is_empty() {
            // A request has one `Cookie` header, so the cookies of a header map go into it as well.
            let given = headers.get_all(COOKIE).iter().map(HeaderValue::as_bytes);
            let cookies = given.chain([self.cookies.as_bytes()]).collect::<Vec<_>>().join(&b"; "[..]);
            let mut value = HeaderValue::try_from(cookies).map_err(|_| Error::build("invalid `Cookie` header"))?;
            // Cookies often identify a session.
            value.set_sensitive(true);
            headers.insert(COOKIE, value);
        }
        Ok(Parameters {
            endpoint: self.endpoint,
            method: self.method,
            url,
            headers,
            body: self.body,
            options: self.options,
            accept,
        })
    }

    /// Keeps the first error. `message` must not contain a value.
    fn report(&mut self, message: impl FnOnce() -> String) {
        self.error.get_or_insert_with(|| Error::build(message()));
    }
}

/// Does what does not depend on the type of the result.
async fn execute(
    client: Option<&ClientState>,
    endpoint: &'static Endpoint,
    call: Result<Box<ResolvedCall<'_>>, Error>,
    plan: Plan,
) -> Result<Received, Error> {
    let observation = client.and_then(|client| client.observe(endpoint));
    match call {
        Ok(mut call) => call.send(plan, observation).await,
        Err(error) => Err(observation::fail(observation.as_ref(), error).at(endpoint)),
    }
}

/// Shows the endpoint, because everything else holds values.
impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("endpoint", self.endpoint).finish_non_exhaustive()
    }
}
