//! What a stream knows of the call that it came from; it travels in the extensions of the response.

use std::pin::Pin;

use http::header::HeaderName;
use http::{HeaderMap, HeaderValue, Method};

use crate::body::Body;
use crate::body::plan::Plan;
use crate::call::redirect::Context;
use crate::client::Client;
use crate::client::options::CallOptions;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::transport::Outgoing;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

#[derive(Clone)]
pub(crate) struct Source {
    pub(super) endpoint: &'static Endpoint,
    pub(super) line_limit: u64,
    /// For a request that may be sent again.
    again: Option<Again>,
}

#[derive(Clone)]
struct Again {
    client: Client,
    url: String,
    headers: HeaderMap,
    context: Context,
    options: Option<CallOptions>,
}

pub(super) type Reconnecting = Pin<Box<dyn Future<Output = Result<http::Response<Body>, Error>> + Send>>;

impl Source {
    pub(crate) fn new(client: &Client, outgoing: &Outgoing, context: &Context, options: Option<&CallOptions>) -> Self {
        let again = (outgoing.method == Method::GET).then(|| Again {
            client: client.clone(),
            url: outgoing.url.clone(),
            headers: outgoing.headers.clone(),
            context: context.clone(),
            options: options.cloned(),
        });
        Self { endpoint: outgoing.endpoint, line_limit: client.line_limit(), again }
    }

    /// An error of the stream, at its endpoint.
    pub(super) fn locate(source: Option<&Self>, error: Error) -> Error {
        match source {
            Some(source) => error.at(source.endpoint),
            None => error,
        }
    }

    pub(super) fn can_reconnect(&self) -> bool {
        self.again.is_some()
    }

    /// The same request once more, from behind the last event.
    pub(super) fn reconnect(&self, last_id: Option<&str>) -> Option<Reconnecting> {
        let Again { client, url, mut headers, context, options } = self.again.clone()?;
        if let Some(id) = last_id.and_then(|id| HeaderValue::from_str(id).ok()) {
            headers.insert(LAST_EVENT_ID, id);
        }
        let outgoing = Outgoing {
            endpoint: self.endpoint,
            method: Method::GET,
            url,
            headers,
            extensions: http::Extensions::new(),
            body: Body::empty(),
        };
        Some(Box::pin(async move { client.call(outgoing, context, options.as_ref(), Plan::Stream).await }))
    }
}
