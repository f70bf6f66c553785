//! A body that somebody observes while it is read.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::error::Error;

/// Observes a body. It is dropped when the body ends, or with the body.
pub(crate) trait ObserveBody: Send {
    /// Takes note of the size of a chunk.
    fn chunk(&mut self, size: usize);

    /// Takes note of the end, or of the error that ends the body. A body that is dropped before has neither.
    fn end(&mut self, error: Option<&Error>);
}

pub(super) struct ObservedBody<B> {
    body: B,
    observer: Option<Box<dyn ObserveBody>>,
}

impl<B: Body<Data = Bytes, Error = Error> + Unpin> ObservedBody<B> {
    pub(super) fn new(body: B, observer: Box<dyn ObserveBody>) -> Self {
        Self { body, observer: Some(observer) }
    }

    pub(super) fn inner(&self) -> &B {
        &self.body
    }

    /// Tells the observer that nothing more will be read.
    pub(super) fn end(&mut self, error: Option<&Error>) {
        if let Some(mut observer) = self.observer.take() {
            observer.end(error);
        }
    }

    pub(super) fn poll_frame(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        match &frame {
            None => self.end(None),
            Some(Err(error)) => self.end(Some(error)),
            Some(Ok(frame)) => {
                if let (Some(observer), Some(bytes)) = (&mut self.observer, frame.data_ref()) {
                    observer.chunk(bytes.len());
                }
                // Whoever knows the size of a body does not ask for more after the last chunk.
                if self.body.is_end_stream() {
                    self.end(None);
                }
            }
        }
        Poll::Ready(frame)
    }

    pub(super) fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    pub(super) fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
