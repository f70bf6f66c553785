//! One request, built from left to right by a generated method, and sent.
//!
//! What is hard here: a generated method has no `?`. The first mistake is kept, what follows it does nothing,
//! and the call ends with it before anything is sent.

use std::future::Future;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::Serialize;

use crate::encode::sink::{HeaderSink, JoinedSink, OptionalSink, PathSink, QuerySink, RestSink, Sink};
use crate::encode::target::Target;
use crate::encode::{Fault, ParamValue, is_none};
use crate::options::{CallOptions, Identity, fill};
use crate::redirect::Context;
use crate::response::{CallResult, FromResponse, Plan};
use crate::transport::Outgoing;
use crate::{Body, Client, Endpoint, Error};

/// More than this `http::Uri` does not hold, nor would a server read it.
const MAX_URL: usize = 65_534;

/// A request of an endpoint, for generated methods.
#[derive(Debug)]
pub struct RequestBuilder<'c> {
    client: &'c Client,
    endpoint: &'static Endpoint,
    target: Target,
    headers: HeaderMap,
    body: Body,
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
            headers: HeaderMap::new(),
            body: Body::empty(),
            mistake: None,
        }
    }

    /// A piece of the path template, encoded.
    pub fn literal(&mut self, text: &'static str) {
        let written = self.target.literal(text);
        self.note_path(written);
    }

    /// `{name}`
    pub fn path<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.target.writes(name);
        let written = value.write(&mut PathSink(&mut self.target));
        self.note_path(written.map_err(|fault| (name, fault)));
    }

    /// `{name?}`
    pub fn path_optional<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        let written = value.write(&mut OptionalSink(&mut self.target, name));
        self.note_path(written.map_err(|fault| (name, fault)));
    }

    /// `{**name}`, a segment of its own.
    pub fn path_rest<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.rest(name, value, true);
    }

    /// `{**name}` behind a literal.
    pub fn path_rest_in_segment<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.target.writes(name);
        self.rest(name, value, false);
    }

    fn rest<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T, own_slash: bool) {
        let written = value.write(&mut RestSink { target: &mut self.target, name, own_slash });
        self.note_path(written.map_err(|fault| (name, fault)));
    }

    /// The template's literal query, encoded.
    pub fn query_literal(&mut self, text: &'static str) {
        self.end_path();
        self.target.begin_pair().push_str(text);
    }

    /// `name=value`; the name is encoded.
    pub fn query<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.end_path();
        let written = value.write(&mut QuerySink(&mut self.target, name));
        self.note_query(name, written);
    }

    /// `name=a,b`; the name is encoded.
    pub fn query_csv<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.end_path();
        let mut sink = JoinedSink { target: &mut self.target, name, separator: ",", started: false };
        let written = value.write(&mut sink);
        self.note_query(name, written);
    }

    /// A header; the name is in lower case.
    pub fn header<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.write_header(name, false, |sink| value.write(sink));
    }

    /// A header that no log shows and HTTP/2 does not index.
    pub fn header_sensitive<Via, T: ParamValue<Via> + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.write_header(name, true, |sink| value.write(sink));
    }

    fn write_header(
        &mut self,
        name: &'static str,
        sensitive: bool,
        write: impl FnOnce(&mut dyn Sink) -> Result<(), Fault>,
    ) {
        let header = HeaderName::from_static(name);
        let mut sink = HeaderSink { headers: &mut self.headers, name: &header, sensitive };
        if let Err(fault) = write(&mut sink) {
            self.note(|| format!("header `{name}` {fault}"));
        }
    }

    /// A JSON body.
    pub fn json<T: Serialize + ?Sized>(&mut self, value: &T) {
        self.json_as("application/json", value);
    }

    /// A JSON body of another media type.
    pub fn json_as<T: Serialize + ?Sized>(&mut self, media_type: &'static str, value: &T) {
        if is_none(value) {
            return;
        }
        match serde_json::to_vec(value) {
            Ok(bytes) => self.set_body(media_type, bytes.into()),
            // Its words may hold a value.
            Err(_) => self.note(|| "the body could not be written as JSON: its own `Serialize` refused".to_owned()),
        }
    }

    fn set_body(&mut self, media_type: &'static str, bytes: Bytes) {
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        self.body = bytes.into();
    }

    /// Sends, and reads the answer as the method's result says. Nothing is sent before the first poll.
    #[expect(clippy::manual_async_fn, reason = "the future is `Send` by its type, so that it is proven once")]
    pub fn send<R>(self) -> impl Future<Output = R> + Send + use<'c, R>
    where
        R: CallResult,
        R::Output: FromResponse,
    {
        async move {
            let endpoint = self.endpoint;
            let answer = self.execute(R::Output::plan(), R::Output::accept()).await;
            R::from_result(answer.and_then(|answer| {
                let status = answer.status();
                R::Output::from_answer(answer).map_err(|error| error.with_status(status).at(endpoint))
            }))
        }
    }

    /// What does not depend on the result's type.
    async fn execute(self, plan: Plan, accept: &'static str) -> Result<http::Response<Body>, Error> {
        let (client, endpoint) = (self.client, self.endpoint);
        let answer = async {
            let (outgoing, context) = self.finish(accept)?;
            client.call(outgoing, context, plan).await
        };
        answer.await.map_err(|error| error.at(endpoint))
    }

    fn finish(mut self, accept: &'static str) -> Result<(Outgoing, Context), Error> {
        self.end_path();
        if let Some(mistake) = self.mistake {
            return Err(mistake);
        }
        let Self { client, endpoint, target, mut headers, body, mistake: _ } = self;
        let options = client.options();
        if let Some(mistake) = options.and_then(|options| options.mistake.clone()) {
            return Err(Error::build(mistake));
        }
        let url = target.into_url();
        if url.len() > MAX_URL {
            return Err(Error::build(format!("the URL is longer than {MAX_URL} bytes")));
        }
        if let Some(options) = options {
            fill(&mut headers, &options.headers);
        }
        fill_constant(&mut headers, endpoint.own_headers());
        fill(&mut headers, client.default_headers());
        if !headers.contains_key(ACCEPT) {
            headers.insert(ACCEPT, HeaderValue::from_static(endpoint.own_accept().unwrap_or(accept)));
        }
        let credential = credential(client, options, endpoint)?;
        let method = Method::from_bytes(endpoint.method().as_bytes())
            .map_err(|_| Error::build("the method is no token of HTTP"))?;
        let outgoing = Outgoing { endpoint, method, url, headers, extensions: http::Extensions::new(), body };
        Ok((outgoing, Context { endpoint, credential }))
    }

    fn end_path(&mut self) {
        let ended = self.target.end_segment();
        self.note_path(ended);
    }

    fn note_path(&mut self, written: Result<(), (&'static str, Fault)>) {
        if let Err((name, fault)) = written {
            self.note(|| format!("path parameter `{name}` {fault}"));
        }
    }

    fn note_query(&mut self, name: &'static str, written: Result<(), Fault>) {
        if let Err(fault) = written {
            let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
            self.note(|| format!("query parameter `{name}` {fault}"));
        }
    }

    fn note(&mut self, mistake: impl FnOnce() -> String) {
        self.mistake.get_or_insert_with(|| Error::build(mistake()));
    }
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

fn credential(
    client: &Client,
    options: Option<&CallOptions>,
    endpoint: &Endpoint,
) -> Result<Option<HeaderValue>, Error> {
    let own = match options.and_then(|options| options.credential.as_ref()) {
        Some(Identity::Anonymous) => None,
        Some(Identity::Own(credential)) => {
            client.check_private()?;
            Some(credential)
        }
        None => client.credential(),
    };
    Ok(own.filter(|_| !endpoint.is_anonymous()).map(|credential| credential.header().clone()))
}
