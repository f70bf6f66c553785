//! The body of a response from the default transport.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::time::Sleep;

use crate::error::Error;
use crate::error::conversion::{from_transport, silence};

/// A body that fails when the server has been silent for too long.
pub(crate) struct TransportBody {
    body: reqwest::Body,
    limit: Duration,
    /// Runs while the server is silent. Most small bodies have arrived already and need no timer.
    timer: Option<Pin<Box<Sleep>>>,
}

impl TransportBody {
    pub(crate) fn new(body: reqwest::Body, limit: Duration) -> Self {
        Self { body, limit, timer: None }
    }
}

impl http_body::Body for TransportBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) {
            self.timer = None;
            return Poll::Ready(frame.map(|frame| frame.map_err(|error| from_transport(&error))));
        }
        let limit = self.limit;
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(limit)));
        timer.as_mut().poll(cx).map(|()| Some(Err(silence())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
