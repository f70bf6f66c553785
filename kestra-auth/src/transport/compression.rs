//! Accepting and decompressing content codings ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-8.4)).
//!
//! What is hard here: gzip is decompressed here and not by reqwest, which stops after the first of several members,
//! compares the names of codings literally, and drops the `Content-Length` of the response to a HEAD request.

use http::header::{ACCEPT_ENCODING, RANGE};
#[cfg(feature = "gzip")]
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue, Method};

use crate::body::Body;
#[cfg(feature = "gzip")]
use crate::body::gzip::GzipBody;
#[cfg(feature = "gzip")]
use crate::content_coding::{ContentCoding, codings, is_coded};
use crate::headers;

/// The codings that reqwest decodes, after those that are decoded here.
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

/// What is accepted where reqwest must not decode anything. Without the header, it would add its own.
const ACCEPTED_HERE: Option<&str> = match (cfg!(feature = "gzip"), cfg!(any(feature = "brotli", feature = "zstd"))) {
    (true, _) => Some("gzip"),
    (false, true) => Some("identity"),
    (false, false) => None,
};

/// Leaves to reqwest only what the features of this crate ask for. Another crate of the build may turn on more.
pub(super) fn configure(mut builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder = builder.no_gzip().no_deflate();
    if cfg!(not(feature = "brotli")) {
        builder = builder.no_brotli();
    }
    if cfg!(not(feature = "zstd")) {
        builder = builder.no_zstd();
    }
    builder
}

/// Says which codings are accepted, unless the caller has done so.
pub(super) fn accept(method: &Method, headers: &mut HeaderMap) {
    if headers::contains(headers, &ACCEPT_ENCODING) {
        return;
    }
    let accepted = if headers::contains(headers, &RANGE) {
        // A part of something compressed cannot be decompressed.
        ACCEPTED_HERE.map(|_| "identity")
    } else if method == Method::HEAD {
        // reqwest would drop the `Content-Length`.
        ACCEPTED_HERE
    } else {
        ACCEPTED
    };
    if let Some(accepted) = accepted {
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(accepted));
    }
}

/// Decompresses the response to a request, if all of its codings are gzip.
#[cfg(feature = "gzip")]
pub(super) fn decode(method: &Method, response: http::Response<Body>) -> http::Response<Body> {
    /// More make no sense, and multiply how much a small body can grow.
    const MAX_CODINGS: usize = 2;

    // The response to a HEAD request has no body, and its headers are those that the body would have.
    if !is_coded(response.headers()) || method == Method::HEAD || http_body::Body::is_end_stream(response.body()) {
        return response;
    }
    let count = codings(response.headers()).count();
    if count > MAX_CODINGS || codings(response.headers()).any(|coding| coding != ContentCoding::Gzip) {
        return response;
    }
    let (mut parts, mut body) = response.into_parts();
    for _ in 0..count {
        body = Body::wrap(GzipBody::new(body));
    }
    parts.headers.remove(CONTENT_ENCODING);
    parts.headers.remove(CONTENT_LENGTH);
    http::Response::from_parts(parts, body)
}

/// Without the feature, nothing is decompressed.
#[cfg(not(feature = "gzip"))]
pub(super) fn decode(_: &Method, response: http::Response<Body>) -> http::Response<Body> {
    response
}
