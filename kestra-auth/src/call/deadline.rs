//! When a call must have ended.

use std::time::Duration;

use tokio::time::Instant;

use crate::error::Error;

/// The time at which a call must have ended, if it has a time limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline(Option<Instant>);

impl Deadline {
    pub(super) const NONE: Self = Self(None);

    /// Returns the end of a time limit that begins now. One that is too long to be represented is none.
    pub(super) fn after(timeout: Option<Duration>) -> Self {
        Self(timeout.and_then(|timeout| Instant::now().checked_add(timeout)))
    }

    /// Waits for `future`, until the time is over.
    ///
    /// # Errors
    /// That of the future, or an error of kind [`Timeout`](crate::ErrorKind::Timeout).
    pub(super) async fn limit<T>(self, future: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        match self.0 {
            None => future.await,
            Some(deadline) => tokio::time::timeout_at(deadline, future).await.map_err(|_| Error::timeout())?,
        }
    }
}
