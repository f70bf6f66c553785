//! A request body on its way to the server, and how long the server has been silent meanwhile.
//!
//! What is hard here: an upload may take longer than the read time limit, which counts how long we wait for the server.
//! The server takes part whenever the connection asks for more of the body. While the caller's stream produces the
//! next part, nobody waits for the server.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};
use sync_wrapper::SyncWrapper;
use tokio::time::{Instant, timeout};

use crate::body::Body;
use crate::error::Error;
use crate::error::kind::ErrorKind;

/// A larger body is handed to the connection in parts of this size, because one part shows no progress.
const PART: usize = 64 << 10;

/// What the transport and the body that it sends have in common.
#[derive(Clone, Default)]
pub(super) struct Upload(Arc<Mutex<Progress>>);

#[derive(Default)]
struct Progress {
    /// When the connection last took a part. `None` while it waits for the next part.
    waiting_since: Option<Instant>,
    /// Why the body could not be produced. The library would report it as an error of its own, without the cause.
    error: Option<Error>,
}

/// A request body in the form that transports send.
pub(super) enum RequestBody {
    Full(Bytes),
    Streamed(Box<StreamedBody>),
}

impl RequestBody {
    /// Converts a body, and returns with it what watches its progress. Small bodies have none.
    pub(super) fn new(body: Body) -> (Self, Option<Upload>) {
        if body.as_bytes().is_some_and(|bytes| bytes.len() <= PART) {
            return (Self::Full(body.into_bytes()), None);
        }
        let upload = Upload::default();
        upload.change(|progress| progress.waiting_since = Some(Instant::now()));
        let size = body.size_hint();
        let body = StreamedBody { body: SyncWrapper::new(body), size, rest: Bytes::new(), upload: upload.clone() };
        (Self::Streamed(Box::new(body)), Some(upload))
    }
}

impl From<RequestBody> for reqwest::Body {
    fn from(body: RequestBody) -> Self {
        match body {
            RequestBody::Full(bytes) => bytes.into(),
            RequestBody::Streamed(body) => Self::wrap(body),
        }
    }
}

/// The form that hyper takes.
#[cfg(feature = "hyper")]
impl http_body::Body for RequestBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        match &mut *self {
            Self::Full(bytes) if bytes.is_empty() => Poll::Ready(None),
            Self::Full(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Self::Streamed(body) => Pin::new(body).poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Full(bytes) => bytes.is_empty(),
            Self::Streamed(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Full(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Self::Streamed(body) => body.size_hint(),
        }
    }
}

impl Upload {
    pub(super) fn take_error(&self) -> Option<Error> {
        self.change(|progress| progress.error.take())
    }

    /// Waits for the response until the server has been silent for `limit`. Returns `None` then.
    pub(super) async fn watch<F: Future>(&self, limit: Duration, response: F) -> Option<F::Output> {
        let mut response = std::pin::pin!(response);
        let mut wait = limit;
        loop {
            if let Ok(response) = timeout(wait, response.as_mut()).await {
                return Some(response);
            }
            let waiting_since = self.change(|progress| progress.waiting_since);
            let silence = waiting_since.map_or(Duration::ZERO, |since| since.elapsed());
            wait = limit.checked_sub(silence).filter(|wait| !wait.is_zero())?;
        }
    }

    fn change<T>(&self, change: impl FnOnce(&mut Progress) -> T) -> T {
        // Nothing panics while it is locked.
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A request body that reports its progress. It is `Sync`, although reqwest never shares it.
pub(super) struct StreamedBody {
    body: SyncWrapper<Body>,
    /// Read before the body is wrapped, because `SyncWrapper` gives access only to its owner.
    size: SizeHint,
    /// What is left of a large part.
    rest: Bytes,
    upload: Upload,
}

impl http_body::Body for StreamedBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        if self.rest.is_empty() {
            self.upload.change(|progress| progress.waiting_since = None);
            let frame = ready!(Pin::new(self.body.get_mut()).poll_frame(cx));
            self.upload.change(|progress| progress.waiting_since = Some(Instant::now()));
            match frame {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(self.failed(error)))),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(bytes) => self.rest = bytes,
                    Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
                },
            }
        } else {
            self.upload.change(|progress| progress.waiting_since = Some(Instant::now()));
        }
        let length = self.rest.len().min(PART);
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(length)))))
    }

    fn size_hint(&self) -> SizeHint {
        self.size
    }
}

impl StreamedBody {
    fn failed(&self, error: Error) -> Error {
        let failed = || Error::new(ErrorKind::Body, "the request body could not be produced");
        self.upload.change(|progress| progress.error = Some(failed().with_source(error)));
        failed()
    }
}

impl Drop for StreamedBody {
    fn drop(&mut self) {
        // The connection wants no more of the body, so it waits for the server.
        self.upload.change(|progress| {
            progress.waiting_since.get_or_insert_with(Instant::now);
        });
    }
}
