//! A call about which everything is decided.
//!
//! Several levels can set the same thing. The narrowest one that does so wins: a parameter of the method, the options
//! of the call, the method, the trait, the client.

use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION};
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method};

use super::authentication::{self, Authentication};
use super::client_state::ClientState;
use super::context::{CallContext, RetryContext};
use super::limits::Limits;
use super::outgoing::OutgoingRequest;
use super::record::CallRecord;
use crate::body::Body;
use crate::body::plan::Plan;
use crate::client::options::CallOptions;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::retry::Retry;
use crate::transport::wire_request::ReadTimeout;
use crate::{headers, unique};

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
        let mut headers = resolve_headers(headers, options, endpoint, &client.headers, accept)?;
        authentication::protect_headers(&mut headers, &client.base, shared.allow_plain_http)?;
        let authentication = Authentication::choose(
            endpoint,
            options,
            client.credential.as_ref(),
            &client.base,
            shared.allow_plain_http,
        )?;
        let method = match method {
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
        let mut extensions = Extensions::new();
        if let Some(limit) = options.and_then(|options| options.read_timeout).or(endpoint.read_timeout()) {
            extensions.insert(ReadTimeout(limit));
        }
        let retry = resolve_retry(endpoint, options, shared.retry.as_ref(), &headers);
        let request = OutgoingRequest { endpoint, method, url, headers, accept, extensions, body, original: None };
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

fn resolve_headers(
    mut headers: HeaderMap,
    options: Option<&CallOptions>,
    endpoint: &Endpoint,
    defaults: &HeaderMap,
    accept: &'static str,
) -> Result<HeaderMap, Error> {
    // From the narrowest level to the widest. Each adds what the narrower ones do not have.
    let is_anonymous = authentication::is_anonymous(endpoint, options);
    let mut keeps_authorization = is_anonymous && headers::contains(&headers, &AUTHORIZATION);
    if let Some(options) = options {
        headers::fill(&mut headers, &options.headers).map_err(Error::build)?;
        // Options that are anonymous and have the header say both at the same level.
        keeps_authorization |= !endpoint.is_anonymous() && headers::contains(&options.headers, &AUTHORIZATION);
    }
    // The macro has merged the headers of method and trait.
    headers::fill_constant(&mut headers, endpoint.headers()).map_err(Error::build)?;
    headers::fill(&mut headers, defaults).map_err(Error::build)?;
    if is_anonymous && !keeps_authorization {
        // A wider level has set it, for calls that are not anonymous.
        headers.remove(AUTHORIZATION);
    }
    if !headers::contains(&headers, &ACCEPT) {
        headers.insert(ACCEPT, headers::constant_value("accept", accept).map_err(Error::build)?);
    }
    if let Some(name) = endpoint.idempotency_header() {
        add_idempotency_key(&mut headers, HeaderName::from_static(name), options);
    }
    Ok(headers)
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

/// Adds one key for all attempts of the call, so that the server recognizes a repeated request
/// ([draft-ietf-httpapi-idempotency-key-header](https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/)).
fn add_idempotency_key(headers: &mut HeaderMap, name: HeaderName, options: Option<&CallOptions>) {
    if headers::contains(headers, &name) {
        return;
    }
    let given = options.and_then(|options| options.idempotency_key.clone());
    // Hex digits are always a valid value.
    if let Some(key) = given.or_else(|| HeaderValue::try_from(unique::token()).ok()) {
        headers.insert(name, key);
    }
}
