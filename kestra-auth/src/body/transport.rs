//! The body of a response from a transport of this crate.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode, Version};
use http_body::{Body as _, Frame, SizeHint};
use tokio::time::Sleep;

use crate::error::Error;
#[cfg(feature = "hyper")]
use crate::error::conversion::from_hyper_body;
use crate::error::conversion::{from_reqwest, silence, truncated};

/// A response body as a library reads it.
pub(crate) enum Incoming {
    Reqwest(reqwest::Body),
    #[cfg(feature = "hyper")]
    Hyper(hyper::body::Incoming),
}

impl http_body::Body for Incoming {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        match &mut *self {
            Self::Reqwest(body) => Pin::new(body).poll_frame(cx).map_err(|error| from_reqwest(&error, false)),
            #[cfg(feature = "hyper")]
            Self::Hyper(body) => Pin::new(body).poll_frame(cx).map_err(|error| from_hyper_body(&error)),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Reqwest(body) => body.is_end_stream(),
            #[cfg(feature = "hyper")]
            Self::Hyper(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Reqwest(body) => body.size_hint(),
            #[cfg(feature = "hyper")]
            Self::Hyper(body) => body.size_hint(),
        }
    }
}

/// A body that fails when the server has been silent for too long.
pub(crate) struct TransportBody {
    body: Incoming,
    limit: Duration,
    /// Whether there is a body, so that all of it must have arrived at the end.
    has_content: bool,
    version: Version,
    /// Runs while the server is silent. Most small bodies have arrived already and need no timer.
    timer: Option<Pin<Box<Sleep>>>,
}

impl TransportBody {
    pub(crate) fn new(method: &Method, status: StatusCode, version: Version, body: Incoming, limit: Duration) -> Self {
        // These have the length of a body that is not sent (RFC 9110, section 8.6).
        let is_left_out =
            method == Method::HEAD || status == StatusCode::NO_CONTENT || status == StatusCode::NOT_MODIFIED;
        Self { body, limit, has_content: !is_left_out, version, timer: None }
    }

    /// Returns whether the end of the body has come too early.
    ///
    /// hyper checks that for all but a stream of HTTP/2 that the server resets without an error. That is meant to stop
    /// an upload, after a complete response (<https://www.rfc-editor.org/rfc/rfc9113#section-8.1>). hyper takes it for the
    /// end of any response, but h2 knows whether the server has ended the stream.
    fn is_cut_off(&self) -> bool {
        let has_end = self.version != Version::HTTP_2 || self.body.is_end_stream();
        self.has_content && (!has_end || self.body.size_hint().lower() > 0)
    }
}

impl http_body::Body for TransportBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) {
            self.timer = None;
            return Poll::Ready(match frame {
                Some(frame) => Some(frame),
                None if self.is_cut_off() => Some(Err(truncated())),
                None => None,
            });
        }
        let limit = self.limit;
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(limit)));
        timer.as_mut().poll(cx).map(|()| Some(Err(silence())))
    }

    /// Whoever takes this for the end does not notice what is cut off.
    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream() && !self.is_cut_off()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
