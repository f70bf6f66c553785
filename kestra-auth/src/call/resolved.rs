//! A call about which everything is decided.
//!
//! Several levels can set the same thing. The narrowest one that does so wins: a parameter of the method, the options
//! of the call, the method, the trait, the client.

use std::sync::Arc;
use std::time::Duration;

use http::{Extensions, HeaderMap, HeaderName, Method};

use super::authentication::{self, Authentication};
use super::client_state::ClientState;
use super::context::{CallContext, RetryContext};
use super::header_levels::HeaderLevels;
use super::limits::Limits;
use super::outgoing::OutgoingRequest;
use super::record::CallRecord;
use crate::body::Body;
use crate::body::plan::Plan;
use crate::client::options::CallOptions;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::headers;
use crate::retry::Retry;
use crate::transport::wire_request::ReadTimeout;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// What the parameters of a method contribute to a call.
pub(crate) struct Parameters {
    pub(crate) endpoint: &'static Endpoint,
    /// The HTTP method, if the endpoint does not have it.
    pub(crate) method: Option<Method>,
    pub(crate) url: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    pub(crate) options: Option<Box<CallOptions>>,
    /// The media types that the result can be read from.
    pub(crate) accept: &'static str,
}

/// A call that is ready to be sent.
pub(crate) struct ResolvedCall<'c> {
    pub(super) client: &'c ClientState,
    pub(super) request: OutgoingRequest,
    pub(super) context: CallContext,
    pub(super) timeout: Option<Duration>,
    pub(super) record: CallRecord,
}

impl<'c> ResolvedCall<'c> {
    /// Decides, once, what several levels can set.
    ///
    /// # Errors
    /// If an option is invalid, or the credential must not be sent to the base URL.
    pub(crate) fn new(client: &'c ClientState, parameters: Parameters) -> Result<Box<Self>, Error> {
        let Parameters { endpoint, method, url, headers, body, options: own, accept } = parameters;
        let shared = &*client.shared;
        // Options of an `#[options]` parameter are narrower than those of the client.
        let merged = match (own, client.options.as_deref()) {
            (Some(own), Some(wider)) => Some(Box::new(own.over(wider))),
            (own, _) => own,
        };
        let options = merged.as_deref().or(client.options.as_deref());
        if let Some(message) = options.and_then(|options| options.error.clone()) {
            return Err(Error::build(message));
        }
        let timeout = options.and_then(|options| options.timeout).or(endpoint.timeout()).or(shared.timeout);
        let limit = options.and_then(|options| options.limit).or(endpoint.limit());
        let limits = Limits { response: limit.unwrap_or(shared.limits.response), ..shared.limits };
        let (levels, headers) = HeaderLevels::merge(headers, options, endpoint, &client.headers, accept)?;
        authentication::check_headers(&headers, &client.base, shared.allow_plain_http)?;
        let authentication = Authentication::choose(
            endpoint,
            options,
            client.credential.as_ref(),
            &client.base,
            shared.allow_plain_http,
        )?;
        let method = resolve_method(method, endpoint)?;
        let mut extensions = Extensions::new();
        if let Some(limit) = options.and_then(|options| options.read_timeout).or(endpoint.read_timeout()) {
            extensions.insert(ReadTimeout(limit));
        }
        let retry = resolve_retry(endpoint, options, shared.retry.as_ref(), &headers);
        let request = OutgoingRequest {
            endpoint,
            method,
            url,
            headers,
            levels: Some(levels),
            accept,
            extensions,
            body,
            original: None,
        };
        let context = CallContext {
            authentication,
            base: Arc::clone(&client.base),
            plan: Plan::Buffer,
            limits,
            attempt_timeout: options
                .and_then(|options| options.attempt_timeout)
                .or(endpoint.attempt_timeout())
                .or(shared.attempt_timeout),
            deadline: None,
            retry,
            progress: None,
        };
        Ok(Box::new(Self { client, request, context, timeout, record: CallRecord::default() }))
    }
}

fn resolve_method(given: Option<Method>, endpoint: &Endpoint) -> Result<Method, Error> {
    let method = match given {
        Some(method) => method,
        None => Method::from_bytes(endpoint.method().as_bytes())
            .map_err(|_| Error::build("the endpoint has an invalid HTTP method"))?,
    };
    if method == Method::CONNECT {
        return Err(Error::build(
            "the method `CONNECT` opens a tunnel and has no response to read: configure a proxy with \
             `ClientBuilder::reqwest`",
        ));
    }
    Ok(method)
}

fn resolve_retry(
    endpoint: &Endpoint,
    options: Option<&CallOptions>,
    of_client: Option<&Arc<Retry>>,
    headers: &HeaderMap,
) -> RetryContext {
    let policy = options.and_then(|options| options.retry.as_ref()).or(of_client).cloned();
    let has_key =
        policy.is_some() && (endpoint.idempotency_header().is_some() || headers::contains(headers, &IDEMPOTENCY_KEY));
    let mode = options.and_then(|options| options.retry_mode).unwrap_or(endpoint.retry());
    RetryContext { policy, mode, has_key }
}
