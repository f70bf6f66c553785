//! The way of a request through the layers of a client.
//!
//! What is hard here: a layer sees an `http::Request` and passes on an `http::Request`. What is decided about the call
//! has to cross it, and does so in the extensions of the request.

use std::mem;
use std::sync::Arc;

use super::attempts::Attempts;
use super::context::CallContext;
use super::limits;
use super::outgoing::OutgoingRequest;
use super::record::{CallRecord, Collected, SharedRecord};
use crate::body::Body;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::error::conversion::from_service;
use crate::transport::service::{ErasedService, Next, ServiceFuture};
use crate::transport::wire_request::WireRequest;
use crate::transport::wire_response::WireResponse;

/// A layer that has not been applied yet.
pub(crate) type AddLayer = Box<dyn FnOnce(Next) -> Next + Send>;

/// Everything between a resolved call and the server.
pub(crate) struct Pipeline {
    innermost: Arc<Attempts>,
    /// The layers around `innermost`, if the client has any.
    outermost: Option<Next>,
}

impl Pipeline {
    /// Wraps the layers of the calls around what sends the requests.
    pub(crate) fn new(attempts: Attempts, layers: Vec<AddLayer>) -> Self {
        let innermost = Arc::new(attempts);
        let outermost = apply(layers, || Next::new(BelowLayers(Arc::clone(&innermost))));
        Self { innermost, outermost }
    }

    /// Returns the way to the server for the requests of a credential source, which no layer sees, and which are not
    /// redirected to where the calls of the client may be.
    ///
    /// A request that a call waits for must not pass the layers: one that limits concurrency would wait for the call.
    pub(super) fn for_credentials(&self) -> Self {
        Self { innermost: Arc::new(self.innermost.within_origin()), outermost: None }
    }

    /// Sends the request, and reads the response according to the plan. Leaves the URL that the response came from in
    /// the record, unless a layer has responded itself.
    ///
    /// The request is borrowed, because moving it from future to future costs more than anything that happens here.
    pub(super) async fn send(
        &self,
        request: &mut OutgoingRequest,
        context: &CallContext,
        record: &mut CallRecord,
    ) -> Result<WireResponse, Error> {
        let Some(outermost) = &self.outermost else {
            let response = self.innermost.send(request, context, record).await?;
            record.url = Some(mem::take(&mut request.url));
            return Ok(response);
        };
        let shared = SharedRecord::default();
        let crossing = Crossing {
            endpoint: request.endpoint,
            accept: request.accept,
            context: context.clone(),
            record: shared.clone(),
        };
        request.extensions.insert(crossing);
        let wire_request = WireRequest {
            endpoint: request.endpoint,
            method: mem::take(&mut request.method),
            url: &request.url,
            headers: mem::take(&mut request.headers),
            extensions: &request.extensions,
            body: mem::take(&mut request.body),
        };
        let wire_request = wire_request.into_http()?;
        let response = {
            let _collected = Collected { record: &mut *record, shared };
            outermost.call_erased(wire_request).await.map_err(from_service)?
        };
        // A layer can respond itself, or change the body.
        let CallContext { plan, limits, .. } = context;
        limits::receive(Box::new(response), request.endpoint, *plan, *limits, &mut record.arrived).await
    }
}

/// Applies layers so that the first one ends up outermost. Returns `None` if there are none.
pub(crate) fn apply(layers: Vec<AddLayer>, innermost: impl FnOnce() -> Next) -> Option<Next> {
    if layers.is_empty() {
        return None;
    }
    Some(layers.into_iter().rev().fold(innermost(), |next, layer| layer(next)))
}

/// What is decided about a call, on its way through the layers, and the record on its way back.
#[derive(Clone)]
struct Crossing {
    endpoint: &'static Endpoint,
    accept: &'static str,
    /// The layers must not see the credential, so it is not among the headers yet.
    context: CallContext,
    record: SharedRecord,
}

/// The service that the innermost layer calls.
struct BelowLayers(Arc<Attempts>);

impl ErasedService for BelowLayers {
    fn call_erased(&self, request: http::Request<Body>) -> ServiceFuture {
        let attempts = Arc::clone(&self.0);
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            let crossing = parts.extensions.remove::<Crossing>();
            let Crossing { endpoint, accept, context, record } = crossing.ok_or_else(|| {
                Error::build("a layer sent a request without the extensions of the request it received")
            })?;
            let mut outgoing = OutgoingRequest {
                endpoint,
                method: parts.method,
                url: parts.uri.to_string(),
                headers: parts.headers,
                levels: None,
                accept,
                extensions: parts.extensions,
                body,
                original: None,
            };
            let mut partial = record.begin();
            let response = attempts.send(&mut outgoing, &context, &mut partial.record).await?;
            partial.record.url = Some(outgoing.url);
            Ok(*response)
        })
    }
}
