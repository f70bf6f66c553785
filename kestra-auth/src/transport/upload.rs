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
    /// Why the body could not be produced. reqwest would report it as an error of its own, without the cause.
    error: Option<Error>,
}

impl Upload {
    /// Converts a body into the form that reqwest takes. Small bodies have no progress to watch.
    pub(super) fn wrap(body: Body) -> (reqwest::Body, Option<Self>) {
        if let Some(bytes) = body.as_bytes().filter(|bytes| bytes.len() <= PART) {
            return (bytes.clone().into(), None);
        }
        let upload = Self::default();
        upload.change(|progress| progress.waiting_since = Some(Instant::now()));
        let size = body.size_hint();
        let body = StreamedBody { body: SyncWrapper::new(body), size, rest: Bytes::new(), upload: upload.clone() };
        (reqwest::Body::wrap(body), Some(upload))
    }

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
struct StreamedBody {
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
