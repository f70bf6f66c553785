//! The report of a call.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use crate::endpoint::Endpoint;
use crate::error::kind::ErrorKind;

/// What happened in a call, for [`ClientBuilder::on_call`](crate::ClientBuilder::on_call).
///
/// It has no value of the call, so it can be logged as it is.
#[derive(Clone, Debug)]
pub struct CallReport {
    pub(super) endpoint: &'static Endpoint,
    pub(super) outcome: CallOutcome,
    pub(super) status: Option<StatusCode>,
    pub(super) attempts: u32,
    pub(super) elapsed: Duration,
    pub(super) time_to_head: Option<Duration>,
    pub(super) bytes_sent: u64,
    pub(super) bytes_received: u64,
}

/// How a call ended.
///
/// `Display` writes it as one lower-case word, for logs and metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CallOutcome {
    /// The caller has the result, and a stream was read to its end.
    Success,
    /// The caller has an error of this kind, or it ended the stream.
    Error(ErrorKind),
    /// The caller dropped the call, or dropped the stream before its end.
    Canceled,
}

impl CallReport {
    /// Returns the endpoint that was called.
    #[must_use]
    pub fn endpoint(&self) -> &'static Endpoint {
        self.endpoint
    }

    /// Returns how the call ended.
    #[must_use]
    pub fn outcome(&self) -> CallOutcome {
        self.outcome
    }

    /// Returns the status of the response that the call ended with, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// Returns how many attempts were made: 0 if the call failed before anything was sent. Redirects belong to their
    /// attempt.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns how long the call took, with all its attempts, until its result was there or its stream ended.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// Returns how long it took from the start of the call until status and headers of the last response arrived.
    #[must_use]
    pub fn time_to_head(&self) -> Option<Duration> {
        self.time_to_head
    }

    /// Returns how many bytes of request bodies were sent, in all attempts. A body in memory counts as a whole.
    #[must_use]
    pub fn bytes_sent(&self) -> u64 {
        self.bytes_sent
    }

    /// Returns how many bytes of response bodies were read, in all attempts, after decompression.
    #[must_use]
    pub fn bytes_received(&self) -> u64 {
        self.bytes_received
    }
}

impl CallOutcome {
    /// Returns whether the call succeeded.
    #[must_use]
    pub fn is_success(self) -> bool {
        self == Self::Success
    }
}

impl fmt::Display for CallOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Success => f.pad("success"),
            Self::Error(kind) => kind.fmt(f),
            Self::Canceled => f.pad("canceled"),
        }
    }
}
