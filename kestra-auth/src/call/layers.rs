//! The way of a request through the layers of a client.
//!
//! What is hard here: a layer sees an `http::Request` and passes on an `http::Request`. What is decided about the call
//! has to cross it, and does so in the extensions of the request.

use std::mem;
use std::sync::{Arc, Mutex};

use super::authentication::Authentication;
use super::outgoing::OutgoingRequest;
use super::redirect::RedirectFollower;
use crate::body::Body;
use crate::client::base_url::BaseUrl;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::error::conversion::from_service;
use crate::transport::service::{ErasedService, Next, ServiceFuture};
use crate::transport::wire_request::WireRequest;

/// A layer that has not been applied yet.
pub(crate) type AddLayer = Box<dyn FnOnce(Next) -> Next + Send>;

/// Everything between a resolved call and the server.
pub(crate) struct Pipeline {
    innermost: Arc<RedirectFollower>,
    /// The layers around `innermost`, if the client has any.
    outermost: Option<Next>,
}

impl Pipeline {
    /// Wraps the layers of the calls around what sends the requests.
    pub(crate) fn new(follower: RedirectFollower, layers: Vec<AddLayer>) -> Self {
        let innermost = Arc::new(follower);
        let outermost = apply(layers, || Next::new(BelowLayers(Arc::clone(&innermost))));
        Self { innermost, outermost }
    }

    /// Sends the request. Returns the response, and the URL that it came from, unless a layer has responded itself.
    ///
    /// The request is borrowed, because moving it from future to future costs more than anything that happens here.
    pub(crate) async fn send(
        &self,
        request: &mut OutgoingRequest,
        authentication: &Authentication,
        base: &Arc<BaseUrl>,
    ) -> Result<(http::Response<Body>, Option<String>), Error> {
        let Some(outermost) = &self.outermost else {
            let response = self.innermost.send(request, authentication, base).await?;
            return Ok((response, Some(mem::take(&mut request.url))));
        };
        let response_url = Arc::default();
        let context = CallContext {
            endpoint: request.endpoint,
            accept: request.accept,
            authentication: authentication.clone(),
            base: Arc::clone(base),
            response_url: Arc::clone(&response_url),
        };
        request.extensions.insert(context);
        let wire_request = WireRequest {
            endpoint: request.endpoint,
            method: mem::take(&mut request.method),
            url: &request.url,
            headers: mem::take(&mut request.headers),
            extensions: &request.extensions,
            body: mem::take(&mut request.body),
        };
        let response = outermost.call_erased(wire_request.into_http()?).await.map_err(from_service)?;
        let url = response_url.lock().ok().and_then(|mut url| url.take());
        Ok((response, url))
    }
}

/// Applies layers so that the first one ends up outermost. Returns `None` if there are none.
pub(crate) fn apply(layers: Vec<AddLayer>, innermost: impl FnOnce() -> Next) -> Option<Next> {
    if layers.is_empty() {
        return None;
    }
    Some(layers.into_iter().rev().fold(innermost(), |next, layer| layer(next)))
}

/// What is decided about a call, on its way through the layers.
#[derive(Clone)]
struct CallContext {
    endpoint: &'static Endpoint,
    accept: &'static str,
    /// The layers must not see the credential, so it is not among the headers yet.
    authentication: Authentication,
    base: Arc<BaseUrl>,
    /// On the way back: where the response came from.
    response_url: Arc<Mutex<Option<String>>>,
}

/// The service that the innermost layer calls.
struct BelowLayers(Arc<RedirectFollower>);

impl ErasedService for BelowLayers {
    fn call_erased(&self, request: http::Request<Body>) -> ServiceFuture {
        let follower = Arc::clone(&self.0);
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            let context = parts.extensions.remove::<CallContext>();
            let context = context.ok_or_else(|| {
                Error::build("a layer sent a request without the extensions of the request it received")
            })?;
            let mut outgoing = OutgoingRequest {
                endpoint: context.endpoint,
                method: parts.method,
                url: parts.uri.to_string(),
                headers: parts.headers,
                accept: context.accept,
                extensions: parts.extensions,
                body,
            };
            let response = follower.send(&mut outgoing, &context.authentication, &context.base).await?;
            if let Ok(mut response_url) = context.response_url.lock() {
                *response_url = Some(outgoing.url);
            }
            Ok(response)
        })
    }
}
