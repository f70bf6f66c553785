//! Follows redirects, above a transport that never does.
//!
//! What is hard here: a redirect is an order from the server to send what we hold somewhere else. So a request
//! stays at the base's origin unless somebody said otherwise, a method never changes, and what leaves the
//! origin leaves naked.

use std::sync::Arc;

use http::header::{ACCEPT, CONTENT_TYPE, LINK, LOCATION, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use url::Url;

use crate::body::Again;
use crate::body::Body;
use crate::client::base_url::{BaseUrl, strip_user_info};
use crate::client::builder::DEFAULT_USER_AGENT;
use crate::client::credential::Credential;
use crate::endpoint::Endpoint;
use crate::endpoint::Redirects;
use crate::error::Error;
use crate::error::kind::ErrorKind;
use crate::transport::{Call, CallFuture, Outgoing, Transport};

/// [WHATWG follows 20](https://fetch.spec.whatwg.org/#http-redirect-fetch), browsers' users wait longer.
const MAX_REDIRECTS: usize = 10;

/// What is the same for all calls of a client, and stands below its layers.
pub(crate) struct Core {
    pub(crate) transport: Transport,
    /// Origins besides the base's.
    pub(crate) allowed: Vec<String>,
}

/// What a call needs below the layers.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) base: Arc<BaseUrl>,
    pub(crate) credential: Option<Credential>,
}

impl Core {
    /// Sends, and follows where the rules allow it.
    pub(crate) async fn call(&self, mut outgoing: Outgoing, context: Context) -> Result<http::Response<Body>, Error> {
        let base = &*context.base;
        if let Some(credential) = context.credential
            && !outgoing.headers.contains_key(credential.name())
            && base.owns(&outgoing.url)
        {
            outgoing.headers.insert(credential.name(), credential.value().clone());
        }
        let mut followed = 0;
        loop {
            let again = outgoing.body.again();
            let mut response = self.transport.send(&mut outgoing, base).await?;
            if !is_redirect(response.status()) || outgoing.endpoint.is_absent(response.status()) {
                if response.headers().contains_key(LINK) {
                    response.extensions_mut().insert(ResponseUrl(outgoing.url));
                }
                return Ok(response);
            }
            let again = again.map(Again::body);
            let next = match self.next(base, &outgoing, &response, again.as_ref()) {
                Ok(_) if followed == MAX_REDIRECTS => return Err(refusal(response, "after 10 others")),
                Ok(next) => next,
                Err(why) => return Err(refusal(response, why)),
            };
            followed += 1;
            if !is_home(base, &next) {
                outgoing.headers = naked(&outgoing.headers);
            }
            outgoing.url = next.into();
            outgoing.body = again.unwrap_or_default();
        }
    }

    /// Where a redirect leads, if it may be followed.
    fn next(
        &self,
        base: &BaseUrl,
        outgoing: &Outgoing,
        response: &http::Response<Body>,
        again: Option<&Body>,
    ) -> Result<Url, &'static str> {
        let policy = outgoing.endpoint.redirect_policy();
        if policy == Redirects::None {
            return Err("and the method follows none");
        }
        let is_read = matches!(outgoing.method, Method::GET | Method::HEAD);
        let keeps_method = matches!(response.status(), StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT);
        if !is_read && !keeps_method {
            return Err("which would turn the request into a GET");
        }
        let Some(body) = again else { return Err("and the body cannot be sent again") };
        let location = response.headers().get(LOCATION).ok_or("without saying where to")?;
        let location = std::str::from_utf8(location.as_bytes()).map_err(|_| "to a place that is no URL")?;
        let current = Url::parse(&outgoing.url).map_err(|_| "from a place that is no URL")?;
        let mut next = current.join(location).map_err(|_| "to a place that is no URL")?;
        next.set_fragment(None);
        strip_user_info(&mut next);
        let carries_nothing = http_body::Body::is_end_stream(body);
        let anywhere =
            policy == Redirects::Any && is_read && carries_nothing && matches!(next.scheme(), "http" | "https");
        if is_home(base, &next) || anywhere || self.allowed.contains(&next.origin().ascii_serialization()) {
            Ok(next)
        } else {
            Err("to another origin")
        }
    }
}

/// The base's origin, or the same host by https, on the default ports.
fn is_home(base: &BaseUrl, url: &Url) -> bool {
    let origin = url.origin().ascii_serialization();
    let home = base.origin();
    origin == home
        || home.strip_prefix("http:").is_some_and(|rest| {
            let has_port = rest.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
            !has_port && origin.strip_prefix("https:") == Some(rest)
        })
}

/// The URL that answered, for the links of the answer.
#[derive(Clone)]
pub(crate) struct ResponseUrl(pub(crate) String);

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Without anything that we were given: what says how to read the body and the answer is our own.
fn naked(headers: &HeaderMap) -> HeaderMap {
    let mut naked = HeaderMap::new();
    for name in [ACCEPT, CONTENT_TYPE] {
        if let Some(value) = headers.get(&name) {
            naked.insert(name, value.clone());
        }
    }
    naked.insert(USER_AGENT, HeaderValue::from_static(DEFAULT_USER_AGENT));
    naked
}

fn refusal(response: http::Response<Body>, why: &str) -> Error {
    let (parts, _) = response.into_parts();
    let detail = format!("the server responded with {}, {why}", parts.status);
    Error::with_detail(ErrorKind::Redirect, detail).with_status(parts.status).with_headers(parts.headers)
}

/// The core under layers: what it needs of the call comes by the request's extensions.
pub(crate) struct CoreCall(pub(crate) Arc<Core>);

impl Call for CoreCall {
    fn call(&self, request: http::Request<Body>) -> CallFuture {
        let core = Arc::clone(&self.0);
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            let context = parts.extensions.remove::<Context>();
            let context =
                context.ok_or_else(|| Error::build("a layer sent a request without the extensions it came with"))?;
            let outgoing = Outgoing {
                endpoint: context.endpoint,
                method: parts.method,
                url: parts.uri.to_string(),
                headers: parts.headers,
                extensions: parts.extensions,
                body,
            };
            Ok(core.call(outgoing, context).await?)
        })
    }
}
