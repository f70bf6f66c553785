//! One request, built from left to right by a generated method, and sent.
//!
//! What is hard here: a generated method has no `?`. The first mistake is kept, what follows it does nothing,
//! and the call ends with it before anything is sent.

mod body;
pub(crate) mod builder;
mod params;
mod path;
pub(crate) mod reader;

use std::future::Future;

use http::header::{ACCEPT, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use crate::body::Body;
use crate::body::plan::Plan;
use crate::call::redirect::Context;
use crate::client::Client;
use crate::client::credential::Credential;
use crate::client::options::{CallOptions, Identity, fill};
use crate::encode::error::Fault;
use crate::encode::url::Target;
use crate::encode::writer::FormPairs;
use crate::endpoint::Endpoint;
use crate::error::Error;
#[cfg(feature = "stream")]
use crate::stream::context::Source;
use crate::transport::Outgoing;

use reader::Reader;

/// More than this `http::Uri` does not hold, nor would a server read it.
const MAX_URL: usize = 65_534;

/// A request of an endpoint, for generated methods.
#[derive(Debug)]
pub struct RequestBuilder<'c> {
    client: &'c Client,
    endpoint: &'static Endpoint,
    target: Target,
    /// Where the endpoint has none.
    method: Option<Method>,
    headers: HeaderMap,
    cookies: String,
    body: Body,
    form: Option<FormPairs>,
    #[cfg(feature = "multipart")]
    multipart: Option<crate::multipart::Form>,
    options: Option<Box<CallOptions>>,
    mistake: Option<Error>,
}

impl<'c> RequestBuilder<'c> {
    /// The request of a call, still without path and parameters.
    #[must_use]
    pub fn new(client: &'c Client, endpoint: &'static Endpoint) -> Self {
        /// Room for values and a query: one allocation for most URLs.
        const ROOM: usize = 64;
        Self {
            client,
            endpoint,
            target: Target::new(client.base().as_str(), endpoint.template().len() + ROOM),
            method: None,
            headers: HeaderMap::new(),
            cookies: String::new(),
            body: Body::empty(),
            form: None,
            #[cfg(feature = "multipart")]
            multipart: None,
            options: None,
            mistake: None,
        }
    }

    /// Options of this call, over the client's.
    pub fn options(&mut self, options: CallOptions) {
        self.options = Some(Box::new(options));
    }

    /// Sends, and reads the answer as the method's result says. Nothing is sent before the first poll.
    #[expect(clippy::manual_async_fn, reason = "the future is `Send` by its type, so that it is proven once")]
    pub fn send<R>(self, reader: Reader<R>) -> impl Future<Output = R> + Send + use<'c, R> {
        async move {
            let endpoint = self.endpoint;
            let answer = self.execute(reader.plan, reader.accept).await;
            reader.read(answer, endpoint)
        }
    }

    /// What does not depend on the result's type.
    async fn execute(self, plan: Plan, accept: &'static str) -> Result<http::Response<Body>, Error> {
        let (client, endpoint) = (self.client, self.endpoint);
        let answer = async {
            let (outgoing, context, options) = self.finish(accept)?;
            #[cfg(feature = "stream")]
            if plan == Plan::Stream {
                let source = Source::new(client, &outgoing, &context, options.as_deref());
                let mut answer = client.call(outgoing, context, options.as_deref(), plan).await?;
                answer.extensions_mut().insert(source);
                return Ok(answer);
            }
            client.call(outgoing, context, options.as_deref(), plan).await
        };
        answer.await.map_err(|error| error.at(endpoint))
    }

    fn finish(mut self, accept: &'static str) -> Result<(Outgoing, Context, Option<Box<CallOptions>>), Error> {
        self.end_path();
        self.end_body();
        if let Some(mistake) = self.mistake {
            return Err(mistake);
        }
        let Self { client, endpoint, target, method, mut headers, cookies, body, options: own, .. } = self;
        let own = own.map(|own| match client.options() {
            Some(wider) => Box::new(own.over(wider)),
            None => own,
        });
        let options = own.as_deref().or(client.options());
        if let Some(mistake) = options.and_then(|options| options.mistake.clone()) {
            return Err(Error::build(mistake));
        }
        let url = target.into_url();
        if url.len() > MAX_URL {
            return Err(Error::build(format!("the URL is longer than {MAX_URL} bytes")));
        }
        if !cookies.is_empty() {
            headers.insert(COOKIE, cookie_header(&cookies)?);
        }
        if let Some(options) = options {
            fill(&mut headers, &options.headers);
        }
        fill_constant(&mut headers, endpoint.own_headers());
        fill(&mut headers, client.default_headers());
        if !headers.contains_key(ACCEPT) {
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
        }
        add_idempotency_key(&mut headers, endpoint, options);
        let credential = credential(client, options, endpoint)?;
        let method = match method {
            Some(method) => method,
            None => Method::from_bytes(endpoint.method().as_bytes())
                .map_err(|_| Error::build("the method is no token of HTTP"))?,
        };
        let outgoing = Outgoing { endpoint, method, url, headers, extensions: http::Extensions::new(), body };
        Ok((outgoing, Context { endpoint, base: client.shared_base(), credential }, own))
    }

    fn note(&mut self, mistake: impl FnOnce() -> String) {
        self.mistake.get_or_insert_with(|| Error::build(mistake()));
    }

    fn note_query(&mut self, name: &'static str, written: Result<(), Fault>) {
        if let Err(fault) = written {
            let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
            self.note(|| format!("query parameter `{name}` {fault}"));
        }
    }
}

fn cookie_header(cookies: &str) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(cookies).map_err(|_| Error::build("a cookie cannot be sent as it is"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Constant headers, but for the names that a narrower level has.
fn fill_constant(headers: &mut HeaderMap, constant: &'static [(&'static str, &'static str)]) {
    let mut own: Vec<&str> = Vec::new();
    for (name, value) in constant {
        let header = HeaderName::from_static(name);
        if own.contains(name) || !headers.contains_key(&header) {
            own.push(name);
            headers.append(header, HeaderValue::from_static(value));
        }
    }
}

/// One key a call, which its attempts share ([the draft](https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/)).
fn add_idempotency_key(headers: &mut HeaderMap, endpoint: &Endpoint, options: Option<&CallOptions>) {
    let Some(name) = endpoint.idempotency_header() else { return };
    let name = HeaderName::from_static(name);
    if headers.contains_key(&name) {
        return;
    }
    let given = options.and_then(|options| options.idempotency_key.clone());
    let key = given.or_else(|| HeaderValue::from_str(&crate::unique::token()).ok());
    if let Some(key) = key {
        headers.insert(name, key);
    }
}

fn credential(
    client: &Client,
    options: Option<&CallOptions>,
    endpoint: &Endpoint,
) -> Result<Option<Credential>, Error> {
    let own = match options.and_then(|options| options.credential.as_ref()) {
        Some(Identity::Anonymous) => None,
        Some(Identity::Own(credential)) => {
            client.check_private()?;
            Some(credential)
        }
        None => client.credential(),
    };
    Ok(own.filter(|_| !endpoint.is_anonymous()).cloned())
}
