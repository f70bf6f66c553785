//! Reads an answer: its status, then as much of its body as the result wants, within a limit.

use std::pin::Pin;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body::Body as _;
use http_body_util::BodyExt;
use tokio::runtime::Handle;

use crate::body::Body;
use crate::body::plan::Plan;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::error::kind::ErrorKind;

/// An unwanted body up to this size is read, so that the connection can be used again.
const DRAIN: u64 = 64 << 10;
/// Nor is it waited for longer than a new connection would take.
const DRAIN_TIME: Duration = Duration::from_millis(100);

/// How much of what is read, in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) answer: u64,
    pub(crate) error: u64,
    /// Of a line or an event in a stream.
    #[cfg_attr(not(feature = "stream"), allow(dead_code, reason = "only streams have lines"))]
    pub(crate) line: u64,
}

pub(crate) async fn read(
    response: http::Response<Body>,
    endpoint: &Endpoint,
    plan: Plan,
    limits: Limits,
) -> Result<http::Response<Body>, Error> {
    let (parts, mut body) = response.into_parts();
    if endpoint.is_absent(parts.status) {
        drain(&mut body).await;
        return Ok(http::Response::from_parts(parts, Body::empty()));
    }
    if !parts.status.is_success() {
        let bytes = prefix(&mut body, limits.error).await;
        return Err(Error::from_status(parts.status).with_headers(parts.headers).with_body(bytes));
    }
    let body = match plan {
        Plan::Stream => body,
        Plan::Discard => {
            drain(&mut body).await;
            Body::empty()
        }
        Plan::Buffer => match whole(&mut body, limits.answer).await {
            Ok(bytes) => bytes.into(),
            Err(error) => return Err(error.with_status(parts.status).with_headers(parts.headers)),
        },
    };
    Ok(http::Response::from_parts(parts, body))
}

/// Reads a small unwanted body. The server has acted: how its words end is no matter.
async fn drain(body: &mut Body) {
    let is_small = body.size_hint().exact().is_some_and(|size| size <= DRAIN);
    if is_small && Handle::try_current().is_ok() {
        let _ = tokio::time::timeout(DRAIN_TIME, prefix(body, DRAIN)).await;
    }
}

/// The body, if it is no larger than the limit.
async fn whole(body: &mut Body, limit: u64) -> Result<Bytes, Error> {
    let too_large =
        || Error::with_detail(ErrorKind::Body, format!("the response body exceeds its limit of {limit} bytes"));
    if body.size_hint().lower() > limit {
        return Err(too_large());
    }
    let Some(first) = next(body).await? else { return Ok(Bytes::new()) };
    if first.len() as u64 > limit {
        return Err(too_large());
    }
    let Some(second) = next(body).await? else { return Ok(first) };
    let mut all = BytesMut::from(first);
    let mut chunk = Some(second);
    while let Some(bytes) = chunk {
        if (all.len() + bytes.len()) as u64 > limit {
            return Err(too_large());
        }
        all.extend_from_slice(&bytes);
        chunk = next(body).await?;
    }
    Ok(all.freeze())
}

/// The body's beginning; what cannot be read is left out.
async fn prefix(body: &mut Body, limit: u64) -> Bytes {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut all = BytesMut::new();
    while all.len() < limit
        && let Ok(Some(bytes)) = next(body).await
    {
        let room = (limit - all.len()).min(bytes.len());
        all.extend_from_slice(&bytes[..room]);
    }
    all.freeze()
}

/// The next bytes; trailers are passed over.
async fn next(body: &mut Body) -> Result<Option<Bytes>, Error> {
    let mut body = Pin::new(body);
    while let Some(frame) = body.as_mut().frame().await {
        if let Ok(bytes) = frame?.into_data() {
            return Ok(Some(bytes));
        }
    }
    Ok(None)
}
