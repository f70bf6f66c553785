//! Accepting and decoding content codings ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-8.4)).
//!
//! What is hard here: bodies are decoded here and not by reqwest, which stops after the first of several members of
//! gzip, compares the names of codings literally, decodes only one, and drops the `Content-Length` of the response to a
//! HEAD request.

use http::header::{ACCEPT_ENCODING, RANGE};
#[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue, Method};

use crate::body::Body;
#[cfg(feature = "gzip")]
use crate::body::gzip::GzipBody;
#[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
use crate::content_coding::{self, ContentCoding};
use crate::headers;

/// The codings that are decoded.
const ACCEPTED: Option<&str> = match (cfg!(feature = "gzip"), cfg!(feature = "brotli"), cfg!(feature = "zstd")) {
    (false, false, false) => None,
    (true, false, false) => Some("gzip"),
    (false, true, false) => Some("br"),
    (false, false, true) => Some("zstd"),
    (true, true, false) => Some("gzip, br"),
    (true, false, true) => Some("gzip, zstd"),
    (false, true, true) => Some("br, zstd"),
    (true, true, true) => Some("gzip, br, zstd"),
};

/// Keeps reqwest from decoding anything. Another crate of the build may turn on its features.
pub(super) fn configure(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder.no_gzip().no_deflate().no_brotli().no_zstd()
}

/// Says which codings are accepted, unless the caller has done so.
pub(super) fn accept(headers: &mut HeaderMap) {
    if headers::contains(headers, &ACCEPT_ENCODING) {
        return;
    }
    // A part of something compressed cannot be decompressed.
    let is_part = headers::contains(headers, &RANGE);
    if let Some(accepted) = ACCEPTED.map(|accepted| if is_part { "identity" } else { accepted }) {
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(accepted));
    }
}

/// Decodes the response to a request, if all of its codings can be decoded.
#[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
pub(super) async fn decode(method: &Method, response: http::Response<Body>) -> http::Response<Body> {
    /// More make no sense, and multiply how much a small body can grow.
    const MAX_CODINGS: usize = 2;

    // The response to a HEAD request has no body, and its headers are those that the body would have.
    if !content_coding::is_coded(response.headers())
        || method == Method::HEAD
        || http_body::Body::is_end_stream(response.body())
    {
        return response;
    }
    let codings: Vec<_> = content_coding::codings(response.headers()).collect();
    if codings.len() > MAX_CODINGS || !codings.iter().all(|coding| is_decoded(*coding)) {
        return response;
    }
    let (mut parts, mut body) = response.into_parts();
    // The last one that was applied is the first one to be decoded.
    for coding in codings.into_iter().rev() {
        body = decode_one(body, coding).await;
    }
    parts.headers.remove(CONTENT_ENCODING);
    parts.headers.remove(CONTENT_LENGTH);
    http::Response::from_parts(parts, body)
}

#[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
fn is_decoded(coding: ContentCoding) -> bool {
    match coding {
        ContentCoding::Gzip => cfg!(feature = "gzip"),
        ContentCoding::Brotli => cfg!(feature = "brotli"),
        ContentCoding::Zstd => cfg!(feature = "zstd"),
        ContentCoding::Deflate | ContentCoding::Compress | ContentCoding::Other => false,
    }
}

#[cfg(any(feature = "gzip", feature = "brotli", feature = "zstd"))]
#[cfg_attr(
    not(any(feature = "brotli", feature = "zstd")),
    allow(clippy::unused_async, reason = "the decoders of the other features are behind a service")
)]
async fn decode_one(body: Body, coding: ContentCoding) -> Body {
    match coding {
        #[cfg(feature = "gzip")]
        ContentCoding::Gzip => Body::wrap(GzipBody::new(body)),
        #[cfg(feature = "brotli")]
        ContentCoding::Brotli => super::decompression::decode(body, "br").await,
        #[cfg(feature = "zstd")]
        ContentCoding::Zstd => super::decompression::decode(body, "zstd").await,
        _ => body,
    }
}

/// Without the features, nothing is decoded.
#[cfg(not(any(feature = "gzip", feature = "brotli", feature = "zstd")))]
#[allow(clippy::unused_async, reason = "with a feature, it waits for a service")]
pub(super) async fn decode(_: &Method, response: http::Response<Body>) -> http::Response<Body> {
    response
}
