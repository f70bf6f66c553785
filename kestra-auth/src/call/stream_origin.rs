//! What a stream keeps of the call that it came from.

use std::pin::Pin;
use std::time::Duration;

use http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method};

use super::client_state::ClientState;
use super::context::CallContext;
use super::outgoing::OutgoingRequest;
use super::record::CallRecord;
use super::resolved::ResolvedCall;
use crate::body::Body;
use crate::body::plan::Plan;
use crate::endpoint::Endpoint;
use crate::error::Error;

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// The call that a stream came from.
#[derive(Clone)]
pub(crate) struct StreamOrigin {
    pub(crate) endpoint: &'static Endpoint,
    /// How many attempts the call has made.
    pub(crate) attempts: u32,
    /// The longest line or event, in bytes.
    line_limit: u64,
    /// The call, if its method is GET. Other methods would act again.
    call: Option<RepeatableCall>,
}

/// A call without a body, which can be sent again.
#[derive(Clone)]
struct RepeatableCall {
    client: ClientState,
    endpoint: &'static Endpoint,
    url: String,
    headers: HeaderMap,
    accept: &'static str,
    extensions: Extensions,
    context: CallContext,
    timeout: Option<Duration>,
}

/// The response to a call that has been sent again, and how many attempts that took.
pub(crate) type Resumed = Pin<Box<dyn Future<Output = Result<(http::Response<Body>, u32), Error>> + Send>>;

impl StreamOrigin {
    pub(super) fn new(call: &ResolvedCall<'_>) -> Self {
        let ResolvedCall { client, request, context, timeout, record: _ } = call;
        let call = (request.method == Method::GET).then(|| RepeatableCall {
            client: (*client).clone(),
            endpoint: request.endpoint,
            url: request.url.clone(),
            headers: request.headers.clone(),
            accept: request.accept,
            extensions: request.extensions.clone(),
            context: context.clone(),
            timeout: *timeout,
        });
        Self { endpoint: request.endpoint, attempts: 0, line_limit: context.limits.line, call }
    }

    /// Returns the longest line or event, in bytes. A stream that was built by hand has no limit.
    pub(crate) fn line_limit(origin: Option<&Self>) -> u64 {
        origin.map_or(u64::MAX, |origin| origin.line_limit)
    }

    /// Returns whether the call can be sent again.
    pub(crate) fn can_resume(&self) -> bool {
        self.call.is_some()
    }

    /// Sends the call again, for the events after the last one
    /// ([WHATWG](https://html.spec.whatwg.org/multipage/server-sent-events.html#the-last-event-id-header)).
    pub(crate) fn resume(&self, last_event_id: Option<&str>) -> Option<Resumed> {
        let RepeatableCall { client, endpoint, url, mut headers, accept, extensions, context, timeout } =
            self.call.clone()?;
        if let Some(id) = last_event_id.and_then(|id| HeaderValue::from_str(id).ok()) {
            headers.insert(LAST_EVENT_ID, id);
        }
        let request = OutgoingRequest {
            endpoint,
            method: Method::GET,
            url,
            headers,
            levels: None,
            accept,
            extensions,
            body: Body::empty(),
            original: None,
        };
        Some(Box::pin(async move {
            let record = CallRecord::default();
            let mut call = ResolvedCall { client: &client, request, context, timeout, record };
            let observation = client.observe(endpoint);
            let received = call.send(Plan::Stream, observation).await?;
            if let Some(observation) = received.observation {
                observation.end(None);
            }
            Ok((*received.response, received.attempts))
        }))
    }
}
