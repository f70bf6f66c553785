//! Accepting and decoding content codings ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-8.4)).
//!
//! What is hard here: bodies are decoded here and not by reqwest, which stops after the first of several members of
//! gzip, compares the names of codings literally, decodes only one, and drops the `Content-Length` of the response to a
//! HEAD request.

use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, RANGE};
use http::{HeaderMap, HeaderValue, Method};

use crate::body::Body;
#[cfg(feature = "gzip")]
use crate::body::gzip::GzipBody;
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
    // One pass finds neither in most requests.
    let is_found = headers::contains_any(headers, [&ACCEPT_ENCODING, &RANGE]);
    if is_found && headers.contains_key(ACCEPT_ENCODING) {
        return;
    }
    // A part of something compressed cannot be decompressed.
    let is_part = is_found;
    if let Some(accepted) = ACCEPTED.map(|accepted| if is_part { "identity" } else { accepted }) {
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(accepted));
    }
}

/// Returns whether the response to a request is decoded, which takes all of its codings.
pub(super) fn is_decoded(method: &Method, response: &http::Response<Body>) -> bool {
    /// More make no sense, and multiply how much a small body can grow.
    const MAX_CODINGS: usize = 2;

    // The response to a HEAD request has no body, and its headers are those that the body would have.
    content_coding::is_coded(response.headers())
        && method != Method::HEAD
        && !http_body::Body::is_end_stream(response.body())
        && content_coding::codings(response.headers()).count() <= MAX_CODINGS
        && content_coding::codings(response.headers()).all(has_decoder)
}

/// Decodes a response.
pub(super) async fn decode(response: http::Response<Body>) -> http::Response<Body> {
    let (mut parts, mut body) = response.into_parts();
    let codings: Vec<_> = content_coding::codings(&parts.headers).collect();
    // The last one that was applied is the first one to be decoded.
    for coding in codings.into_iter().rev() {
        body = decode_one(body, coding).await;
    }
    parts.headers.remove(CONTENT_ENCODING);
    parts.headers.remove(CONTENT_LENGTH);
    http::Response::from_parts(parts, body)
}

fn has_decoder(coding: ContentCoding) -> bool {
    match coding {
        ContentCoding::Gzip => cfg!(feature = "gzip"),
        ContentCoding::Brotli => cfg!(feature = "brotli"),
        ContentCoding::Zstd => cfg!(feature = "zstd"),
        ContentCoding::Deflate | ContentCoding::Compress | ContentCoding::Other => false,
    }
}

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
