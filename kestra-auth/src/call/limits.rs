//! Reading a response within limits: its status, then as much of its body as the result needs.

use std::mem;
use std::pin::Pin;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{Method, StatusCode};
use http_body::Body as _;
use http_body_util::BodyExt;

use crate::body::Body;
use crate::body::plan::Plan;
use crate::content_coding;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::error::kind::ErrorKind;
use crate::runtime;
use crate::transport::wire_response::WireResponse;

/// A body that nobody needs is read up to this size, because the connection can be reused only after its end.
const MAX_DRAINED: u64 = 64 << 10;
/// About as long as a new connection takes. Waiting longer for an old one does not pay.
const DRAIN_TIMEOUT: Duration = Duration::from_millis(100);

/// How much memory an announcement of the server alone is worth, since it costs the server nothing.
const MAX_RESERVED: u64 = 16 << 20;

/// How much is read, in bytes after decompression.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The largest body of a successful response.
    pub(crate) response: u64,
    /// How much of another body an error keeps.
    pub(crate) error: u64,
    /// The longest line or event of a stream.
    #[cfg_attr(not(feature = "stream"), allow(dead_code, reason = "only streams have lines"))]
    pub(crate) line: u64,
}

/// What has arrived of a response.
///
/// It is outside of the future that reads it, because a time limit may end that future.
#[derive(Default)]
pub(crate) struct Arrived {
    /// The response without its body.
    head: Option<WireResponse>,
    /// The start of the body, if the status is not a success.
    rejected: Option<BytesMut>,
}

impl Arrived {
    /// Takes a response that a time limit has cut off. A status that is not a success counts for more than that the
    /// body took too long.
    ///
    /// # Errors
    /// If no such status has arrived: that the time limit was exceeded, with what has arrived.
    pub(super) fn take_cut_off(&mut self, timed_out: fn() -> Error) -> Result<WireResponse, Error> {
        let start = self.rejected.take().map(|start| start.freeze().into());
        self.take_with(start.ok_or_else(timed_out))
    }

    /// Takes the response with the body that has been read.
    fn take_with(&mut self, body: Result<Body, Error>) -> Result<WireResponse, Error> {
        match (self.head.take(), body) {
            (Some(mut response), Ok(body)) => {
                *response.body_mut() = body;
                Ok(response)
            }
            (Some(head), Err(error)) => Err(with_head(error, *head)),
            (None, body) => body.map(http::Response::new).map(Box::new),
        }
    }
}

/// Reads of a response what `plan` asks for, or the start of the body if the status is not a success.
///
/// # Errors
/// If the body is too large or breaks off.
pub(super) async fn receive(
    mut response: WireResponse,
    endpoint: &Endpoint,
    plan: Plan,
    limits: Limits,
    arrived: &mut Arrived,
) -> Result<WireResponse, Error> {
    let mut body = mem::take(response.body_mut());
    // Before the check of the status, because these statuses are errors for other endpoints.
    let is_absent = endpoint.is_absent(response.status());
    let is_rejected = !is_absent && !response.status().is_success();
    arrived.head = Some(response);
    let body = if is_rejected {
        if body.as_bytes().is_none() {
            read_start(&mut body, limits.error, arrived.rejected.get_or_insert_default()).await;
            return arrived.take_cut_off(Error::timeout);
        }
        Ok(body)
    } else {
        match plan {
            _ if is_absent => Ok(drain(body).await),
            Plan::Stream => Ok(body),
            Plan::Discard => Ok(drain(body).await),
            Plan::Buffer => read_all(&mut body, limits.response).await.map(Body::from),
        }
    };
    arrived.take_with(body)
}

/// Checks a response that has been read. `accepts_codings` says whether the caller chose which codings are accepted.
///
/// # Errors
/// If the status is not a success, or the body has a coding that is not decoded.
pub(super) fn check(
    response: WireResponse,
    endpoint: &Endpoint,
    plan: Plan,
    accepts_codings: bool,
) -> Result<WireResponse, Error> {
    if endpoint.is_absent(response.status()) {
        return Ok(response);
    }
    if !response.status().is_success() {
        return Err(reject(*response));
    }
    if !content_coding::may_be_coded(response.headers())
        || plan == Plan::Discard
        || endpoint.method() == Method::HEAD.as_str()
        || response.body().is_end_stream()
    {
        return Ok(response);
    }
    // Bytes that are still compressed would pass for text. A caller who asked for a coding decodes it.
    let headers = response.headers();
    let detail = if content_coding::has_transfer_coding(headers) {
        Some("the response body has a transfer coding that is not decoded".to_owned())
    } else if content_coding::is_coded(headers) && !accepts_codings {
        content_coding::describe_remaining(headers)
    } else {
        None
    };
    let Some(detail) = detail else { return Ok(response) };
    Err(with_head(Error::with_detail(ErrorKind::Decode, detail), *response))
}

/// Adds status and headers to the error of a response.
fn with_head(error: Error, response: http::Response<Body>) -> Error {
    let (parts, _) = response.into_parts();
    error.with_status(parts.status).with_headers(parts.headers)
}

/// Converts a response that has been read into an error.
fn reject(response: http::Response<Body>) -> Error {
    let (parts, body) = response.into_parts();
    if parts.status == StatusCode::SWITCHING_PROTOCOLS {
        // Nothing here asks for another protocol, so the server must not switch to one
        // (https://www.rfc-editor.org/rfc/rfc9110#section-7.8).
        let error = Error::new(ErrorKind::Protocol, "the server switched to another protocol unasked");
        return error.with_status(parts.status).with_headers(parts.headers);
    }
    Error::from_status(parts.status).with_headers(parts.headers).with_body(body.into_bytes())
}

/// Reads a small body that nobody needs, and leaves nothing of it. Errors do not matter, because the server has done what
/// it was asked to.
async fn drain(mut body: Body) -> Body {
    let is_small = body.size_hint().exact().is_some_and(|size| size <= MAX_DRAINED);
    if is_small && !body.is_end_stream() && runtime::check_timers().is_ok() {
        let mut dropped = BytesMut::new();
        let _ = tokio::time::timeout(DRAIN_TIMEOUT, read_start(&mut body, MAX_DRAINED, &mut dropped)).await;
    }
    Body::empty()
}

/// Reads the whole body.
///
/// # Errors
/// If it is larger than `limit`. A body that announces its size is rejected before it is read.
async fn read_all(body: &mut Body, limit: u64) -> Result<Bytes, Error> {
    let too_large =
        || Error::with_detail(ErrorKind::Body, format!("the response body exceeds its limit of {limit} bytes"));
    // The announced size can be wrong, so the bytes are counted as well.
    if body.size_hint().lower() > limit {
        return Err(too_large());
    }
    // Most bodies arrive in one chunk, which needs no copy. A body that knows its end need not be asked for more.
    let Some(first) = next_chunk(body).await? else { return Ok(Bytes::new()) };
    if first.len() as u64 > limit {
        return Err(too_large());
    }
    if body.is_end_stream() {
        return Ok(first);
    }
    let Some(second) = next_chunk(body).await? else { return Ok(first) };
    // A body that announces its size takes one allocation.
    let announced = body.size_hint().lower().min(MAX_RESERVED);
    let room = first.len() + second.len() + usize::try_from(announced).unwrap_or_default();
    let mut all = BytesMut::with_capacity(room);
    all.extend_from_slice(&first);
    let mut chunk = Some(second);
    while let Some(bytes) = chunk {
        if (all.len() + bytes.len()) as u64 > limit {
            return Err(too_large());
        }
        all.extend_from_slice(&bytes);
        chunk = if body.is_end_stream() { None } else { next_chunk(body).await? };
    }
    Ok(all.freeze())
}

/// Reads the first `limit` bytes of the body into `start`, or fewer if it ends or breaks off.
async fn read_start(body: &mut Body, limit: u64, start: &mut BytesMut) {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    while start.len() < limit
        && let Ok(Some(bytes)) = next_chunk(body).await
    {
        let room = (limit - start.len()).min(bytes.len());
        start.extend_from_slice(&bytes[..room]);
    }
}

/// Reads the next bytes, skipping trailers.
async fn next_chunk(body: &mut Body) -> Result<Option<Bytes>, Error> {
    let mut body = Pin::new(body);
    while let Some(frame) = body.as_mut().frame().await {
        if let Ok(bytes) = frame?.into_data() {
            return Ok(Some(bytes));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::task::{Context, Poll};

    use http_body::{Frame, SizeHint};

    use super::*;

    /// A body that must not be asked for more than it has, if it knows its end.
    struct Chunks {
        left: VecDeque<Bytes>,
        announced: u64,
        knows_end: bool,
    }

    impl http_body::Body for Chunks {
        type Data = Bytes;
        type Error = Error;

        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
            assert!(!self.is_end_stream(), "asked for more");
            Poll::Ready(self.left.pop_front().map(|chunk| Ok(Frame::data(chunk))))
        }

        fn is_end_stream(&self) -> bool {
            self.knows_end && self.left.is_empty()
        }

        fn size_hint(&self) -> SizeHint {
            let mut hint = SizeHint::new();
            hint.set_lower(self.announced);
            hint
        }
    }

    async fn read(chunks: &[&'static str], announced: u64, knows_end: bool, limit: u64) -> Result<Bytes, Error> {
        let left = chunks.iter().copied().map(Bytes::from).collect();
        read_all(&mut Body::wrap(Chunks { left, announced, knows_end }), limit).await
    }

    #[tokio::test]
    async fn reads_one_chunk_without_copying_it() {
        let chunk = "the only chunk";
        for knows_end in [true, false] {
            let bytes = read(&[chunk], 0, knows_end, 100).await.unwrap();
            assert_eq!((bytes.as_ptr(), bytes.len()), (chunk.as_ptr(), chunk.len()));
        }
    }

    #[tokio::test]
    async fn joins_chunks_whatever_size_is_announced() {
        for announced in [0, 3, 100, u64::MAX] {
            for knows_end in [true, false] {
                assert_eq!(read(&["a", "", "bc", "d"], announced, knows_end, u64::MAX).await.unwrap(), "abcd");
            }
        }
    }

    #[tokio::test]
    async fn rejects_what_exceeds_the_limit_although_less_is_announced() {
        assert_eq!(read(&["ab", "cd"], 0, true, 4).await.unwrap(), "abcd");
        for chunks in [&["abcde"][..], &["abcd", "e"], &["a", "b", "cde"]] {
            assert!(read(chunks, 1, true, 4).await.is_err_and(|error| error.kind() == ErrorKind::Body));
        }
        assert!(read(&["a"], 5, true, 4).await.is_err());
    }
}
