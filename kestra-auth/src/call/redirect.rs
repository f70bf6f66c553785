//! Redirects, which are followed here and never by the transport.
//!
//! What is hard here: with a redirect, the server decides where data of the caller is sent. So a request stays within
//! the origin of the base URL unless the caller has allowed more, its method never changes, and a cross-origin request
//! carries nothing that the caller has provided.

use std::borrow::Cow;

use http::header::{ACCEPT, CONTENT_TYPE, LOCATION, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use url::Url;

use super::attempt;
use super::context::CallContext;
use super::outgoing::OutgoingRequest;
use crate::body::{Body, Replay};
use crate::client::base_url::{BaseUrl, strip_user_info};
use crate::client::credential::Credential;
use crate::endpoint::Redirects;
use crate::error::Error;
use crate::error::kind::ErrorKind;
use crate::headers::{self, DEFAULT_USER_AGENT};
use crate::transport::Transport;
use crate::transport::wire_request::PublicRequest;
use crate::transport::wire_response::WireResponse;

/// The limit of most HTTP clients. [WHATWG](https://fetch.spec.whatwg.org/#http-redirect-fetch) allows 20.
const MAX_REDIRECTS: usize = 10;

/// Sends requests and follows the redirects that the rules of
/// [`ClientBuilder::allow_redirects_to`](crate::ClientBuilder::allow_redirects_to) allow.
pub(crate) struct RedirectFollower {
    pub(crate) transport: Transport,
    /// Origins besides that of the base URL that the caller has allowed.
    pub(crate) allowed_origins: Vec<String>,
}

impl RedirectFollower {
    /// Returns a follower that stays within the origin of the base URL, unless an endpoint says otherwise.
    pub(super) fn within_origin(&self) -> Self {
        Self { transport: self.transport.clone(), allowed_origins: Vec::new() }
    }

    /// Sends the request until the response is not a redirect. Leaves the URL that the response came from in the
    /// request. `replay` is what it takes to send the body again.
    pub(crate) async fn send(
        &self,
        request: &mut OutgoingRequest,
        replay: Option<&Replay>,
        mut credential: Option<&Credential>,
        context: &CallContext,
    ) -> Result<WireResponse, Error> {
        let base = &*context.base;
        let mut followed = 0;
        loop {
            let response = match attempt::send(&self.transport, request, credential, context).await {
                Ok(response) => response,
                // Whoever sent the redirect has seen the request.
                Err(error) => return Err(if followed > 0 { error.reached_server(true) } else { error }),
            };
            if !is_redirect(response.status()) || request.endpoint.is_absent(response.status()) {
                return Ok(response);
            }
            let again = replay.map(Replay::body);
            let next = match self.next_url(base, request, &response, again.as_ref()) {
                Ok(_) if followed == MAX_REDIRECTS => {
                    return Err(rejected(*response, "the call has followed 10 others"));
                }
                Ok(next) => next,
                Err(reason) => return Err(rejected(*response, &reason)),
            };
            followed += 1;
            request.keep_original()?;
            if !base.is_home(next.as_str()) {
                // For the rest of the call: a redirect back home may carry what the other origin chose, and must not
                // be sent in the caller's name.
                credential = None;
                request.headers = public_headers(request)?;
                request.extensions.insert(PublicRequest);
            }
            request.url = next.into();
            request.body = again.unwrap_or_default();
        }
    }

    /// Returns where a redirect leads.
    ///
    /// # Errors
    /// The reason why it is not followed.
    fn next_url(
        &self,
        base: &BaseUrl,
        request: &OutgoingRequest,
        response: &http::Response<Body>,
        again: Option<&Body>,
    ) -> Result<Url, Cow<'static, str>> {
        let policy = request.endpoint.redirects();
        if policy == Redirects::None {
            return Err("the endpoint follows no redirects".into());
        }
        // Browsers turn a POST into a GET at 301, 302 and 303. The caller would take the response to the GET for the
        // response to the POST, so other methods follow only the statuses that keep them
        // ([RFC 9110, section 15.4](https://www.rfc-editor.org/rfc/rfc9110#section-15.4)).
        let is_read = matches!(request.method, Method::GET | Method::HEAD);
        let keeps_method = matches!(response.status(), StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT);
        if !is_read && !keeps_method {
            return Err(changed_method(&request.method, response.status()));
        }
        let Some(body) = again else { return Err("the request body cannot be repeated".into()) };
        let location = response.headers().get(LOCATION).ok_or("it has no `Location`")?;
        let location = std::str::from_utf8(location.as_bytes()).map_err(|_| "its `Location` is not a valid URL")?;
        let current = Url::parse(&request.url).map_err(|_| "its `Location` cannot be resolved")?;
        let mut next = current.join(location).map_err(|_| "its `Location` is not a valid URL")?;
        next.set_fragment(None);
        // The server must not choose the credential that the request is sent with.
        strip_user_info(&mut next);
        // Even a GET can have a body, which only the server at the base URL is meant to see.
        let carries_nothing = http_body::Body::is_end_stream(body);
        let is_allowed_anywhere =
            policy == Redirects::Any && is_read && carries_nothing && matches!(next.scheme(), "http" | "https");
        if base.is_home(next.as_str())
            || is_allowed_anywhere
            || self.allowed_origins.contains(&next.origin().ascii_serialization())
        {
            Ok(next)
        } else {
            Err("it leads to another origin".into())
        }
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Says why a method other than GET and HEAD is not repeated after a status that does not keep it
/// ([RFC 9110, section 15.4](https://www.rfc-editor.org/rfc/rfc9110#section-15.4)).
fn changed_method(method: &Method, status: StatusCode) -> Cow<'static, str> {
    match (status, method.as_str()) {
        (StatusCode::SEE_OTHER, _) => "it refers to another resource, which is read with GET".into(),
        (_, "POST") => "clients disagree on whether it changes POST to GET".into(),
        // Other names may be the caller's, who may not want to see them in a log.
        (_, name @ ("PUT" | "PATCH" | "DELETE" | "OPTIONS")) => {
            format!("a {name} request is repeated only after 307 and 308").into()
        }
        _ => "the method is repeated only after 307 and 308".into(),
    }
}

/// Builds the headers that say how to read body and response. They are the only ones that come from the endpoint and
/// not from the caller.
fn public_headers(request: &OutgoingRequest) -> Result<HeaderMap, Error> {
    let constants = request.endpoint.headers();
    let accept = constants.iter().find(|(name, _)| *name == ACCEPT.as_str()).map_or(request.accept, |(_, value)| value);
    let mut public = HeaderMap::new();
    public.insert(ACCEPT, headers::constant_value("accept", accept).map_err(Error::build)?);
    if let Some(value) = request.headers.get(CONTENT_TYPE) {
        public.insert(CONTENT_TYPE, value.clone());
    }
    public.insert(USER_AGENT, HeaderValue::from_static(DEFAULT_USER_AGENT));
    Ok(public)
}

fn rejected(response: http::Response<Body>, reason: &str) -> Error {
    let (parts, _) = response.into_parts();
    let detail = format!("the server responded with {}, which was not followed: {reason}", parts.status);
    Error::with_detail(ErrorKind::Redirect, detail).with_status(parts.status).with_headers(parts.headers)
}
