//! How long a call may take and how much it may read.

use std::time::Duration;

use crate::retry::Retry;

use super::{ClientBuilder, LONGEST_TIMEOUT};

/// Limits of time and size.
impl ClientBuilder {
    /// Sets how long a call may take, including all its attempts, redirects and the body of the response. By default,
    /// it may take any time.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets how long each attempt of a call may take, including redirects and what is read of the response. By default,
    /// it may take any time.
    ///
    /// With [`retry`](Self::retry), an attempt that takes longer is followed by another one, within
    /// [`timeout`](Self::timeout).
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Sets the rules for failed attempts, such as [`Retry::standard`].
    ///
    /// Without them, a request is sent again only if its endpoint is idempotent and the server closed the connection before
    /// it responded, and earlier responses had come from that connection, so that it was idle. [`CallOptions::retry`](crate::CallOptions::retry) sets other rules for
    /// some calls.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Sets how long connecting may take. The default is 10 seconds.
    ///
    /// This has an effect on the default transport only.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout.min(LONGEST_TIMEOUT);
        self
    }

    /// Sets how long the server may be silent, both before and within a response. The default is 60 seconds. An upload
    /// may take longer, as long as the server accepts more of it.
    ///
    /// A connection with HTTP/2, which many calls share, is closed if the server does not respond to a PING, either, so
    /// that the calls after it have another one.
    ///
    /// This has an effect on the default transport only.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.read_timeout = timeout.min(LONGEST_TIMEOUT);
        self
    }

    /// Sets how large the body of a response may be, in bytes after decompression. The default is 32 MiB.
    pub fn limit(mut self, bytes: u64) -> Self {
        self.limits.response = bytes;
        self
    }

    /// Sets how much of its response body an error keeps, in bytes after decompression. The default is 64 KiB.
    pub fn error_limit(mut self, bytes: u64) -> Self {
        self.limits.error = bytes;
        self
    }

    /// Sets how long a line or an event of a stream may be, in bytes. The default is 1 MiB.
    pub fn line_limit(mut self, bytes: u64) -> Self {
        self.limits.line = bytes;
        self
    }
}
