//! Decoding brotli and zstd with tower-http, which reqwest uses as well.
//!
//! What is hard here: tower-http decodes the responses of a service, and there is only a body. So the service is one that
//! has the response already.

use std::convert::Infallible;
use std::future;
use std::task::{Context, Poll};

use http::HeaderValue;
use http::header::CONTENT_ENCODING;
use http_body_util::BodyExt as _;
use tower_http::decompression::Decompression;
use tower_service::Service;

use crate::body::Body;
use crate::error::kind::ErrorKind;
use crate::error::{BoxError, Error};

/// Decodes a body. `coding` is the name in the spelling that tower-http knows.
pub(super) async fn decode(body: Body, coding: &'static str) -> Body {
    let mut response = http::Response::new(body);
    response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
    let Ok(response) = Decompression::new(Ready(Some(response))).call(http::Request::new(())).await;
    Body::wrap(response.into_body().map_err(invalid))
}

/// Keeps the errors of the transport. Those of a decoder may quote what arrived.
fn invalid(error: BoxError) -> Error {
    match error.downcast::<Error>() {
        Ok(error) => *error,
        Err(_) => Error::new(ErrorKind::Body, "the compressed response body is not valid, or breaks off"),
    }
}

/// A service that responds at once, and only once.
struct Ready(Option<http::Response<Body>>);

impl Service<http::Request<()>> for Ready {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = future::Ready<Result<http::Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Request<()>) -> Self::Future {
        future::ready(Ok(self.0.take().unwrap_or_default()))
    }
}
