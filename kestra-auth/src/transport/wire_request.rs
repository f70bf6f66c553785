//! One request, as a transport takes it.

use std::time::Duration;

use http::{Extensions, HeaderMap, Method, Uri};

use crate::body::Body;
use crate::endpoint::Endpoint;
use crate::error::Error;

/// One request on the wire. What a further attempt needs again is borrowed or has been cloned.
pub(crate) struct WireRequest<'a> {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) method: Method,
    pub(crate) url: &'a str,
    pub(crate) headers: HeaderMap,
    /// What layers attached to the request.
    pub(crate) extensions: &'a Extensions,
    pub(crate) body: Body,
}

/// Marks, in its extensions, a request that must not carry anything of the caller's, because a redirect has left the
/// origin of the base URL. It crosses the layers, which see the request as well.
#[derive(Clone, Copy)]
pub(crate) struct PublicRequest;

/// How long the server may be silent, in the extensions of a request that has its own limit. It crosses the layers.
#[derive(Clone, Copy)]
pub(crate) struct ReadTimeout(pub(crate) Duration);

impl WireRequest<'_> {
    /// Returns whether the request must not carry anything of the caller's.
    pub(crate) fn is_public(&self) -> bool {
        self.extensions.get::<PublicRequest>().is_some()
    }

    /// Converts the request into the form that services take, with the [`Endpoint`] in its extensions.
    pub(crate) fn into_http(self) -> Result<http::Request<Body>, Error> {
        let uri = Uri::try_from(self.url).map_err(|_| invalid_url())?;
        let mut request = http::Request::new(self.body);
        *request.method_mut() = self.method;
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
        request.extensions_mut().clone_from(self.extensions);
        request.extensions_mut().insert(self.endpoint);
        Ok(request)
    }
}

/// Returns the error of a URL that the transport cannot parse. It does not show the URL, which may hold values.
pub(super) fn invalid_url() -> Error {
    Error::build("the request has an invalid URL")
}
