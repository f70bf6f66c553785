//! Whether and when a failed attempt is followed by another one.

pub(crate) mod budget;
pub(crate) mod failed_attempt;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::endpoint::RetryMode;
use crate::unique;
use budget::Rate;
use failed_attempt::{FailedAttempt, Failure};

type Classify = Arc<dyn Fn(&FailedAttempt<'_>) -> Failure + Send + Sync>;

/// The rules for failed attempts, for [`ClientBuilder::retry`](crate::ClientBuilder::retry) and
/// [`CallOptions::retry`](crate::CallOptions::retry).
///
/// ```
/// # fn main() -> Result<(), kestra_auth::Error> {
/// use kestra_auth::{Client, Retry};
///
/// let client = Client::builder("https://kestra.example.com").retry(Retry::standard()).build()?;
/// # Ok(())
/// # }
/// ```
///
/// An attempt sends the request, follows redirects, and reads the response into memory, unless the result is a stream.
/// What happens after it has failed depends on how it did:
///
/// | failure | another attempt |
/// | --- | --- |
/// | The server did not process the request: no connection, or HTTP/2's `REFUSED_STREAM` and `GOAWAY` | any endpoint |
/// | The connection was lost, a time limit of the attempt was exceeded, the body of the response broke off | idempotent endpoints |
/// | The status 408, 429, 502, 503 or 504 | idempotent endpoints |
/// | Any other status or error, such as an untrusted certificate, malformed HTTP or JSON | never |
///
/// An endpoint is idempotent if its [`RetryMode`] is, or if its calls have an idempotency key, which is the same for all
/// attempts. [`classify`](Self::classify) changes what a failure counts as. No other attempt follows either
///
/// - if the body of the request cannot be repeated (see [`Body::try_clone`](crate::Body::try_clone))
/// - if the wait before it would exceed the [time limit of the call](crate::ClientBuilder::timeout)
/// - if the server asks for a longer wait than [`longest_retry_after`](Self::longest_retry_after)
/// - if the client has used up its [`budget`](Self::budget)
///
/// A request of an idempotent endpoint whose body can be repeated is also sent again at once if the server closed the
/// connection before it responded, and earlier responses had come from that connection: servers close connections that
/// are idle, and the request was on its way. Browsers do the same. This counts as an attempt, but takes nothing from the
/// budget.
///
/// The result of the call is that of the last attempt, and [`Error::attempts`](crate::Error::attempts) says how
/// many there were.
#[derive(Clone)]
#[must_use]
pub struct Retry {
    attempts: u32,
    first_delay: Duration,
    longest_delay: Duration,
    longest_retry_after: Duration,
    rate: Option<Rate>,
    classify: Option<Classify>,
}

impl Retry {
    /// Makes up to three attempts.
    ///
    /// The waits before them are random, below 0.2 and 0.4 seconds, or as long as the server asks for with
    /// `Retry-After`, up to a minute. All calls of the client together make up to ten additional attempts per second,
    /// and one for every five calls.
    pub fn standard() -> Self {
        Self {
            attempts: 3,
            first_delay: Duration::from_millis(200),
            longest_delay: Duration::from_secs(20),
            longest_retry_after: Duration::from_secs(60),
            rate: Some(Rate::STANDARD),
            classify: None,
        }
    }

    /// Makes one attempt, whatever happens, even if a used connection is lost.
    pub fn never() -> Self {
        Self::standard().attempts(1)
    }

    /// Sets how many attempts a call makes at most, including the first one.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the waits between attempts: random, and below `first` before the second attempt. This bound doubles with
    /// each attempt, up to `longest`.
    ///
    /// Clients that fail at the same time then come back at different times
    /// ([exponential back-off with full jitter](https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/)).
    pub fn delays(mut self, first: Duration, longest: Duration) -> Self {
        (self.first_delay, self.longest_delay) = (first, longest);
        self
    }

    /// Sets the longest wait that a server can ask for with `Retry-After`
    /// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)).
    ///
    /// If it asks for more, no other attempt follows, because an earlier one would fail as well.
    pub fn longest_retry_after(mut self, longest: Duration) -> Self {
        self.longest_retry_after = longest;
        self
    }

    /// Sets how many additional attempts all calls of the client make together: `per_second`, and `percent` of the
    /// number of calls. The count covers the last ten seconds.
    ///
    /// When a server is down, each call fails at once instead of adding to its load. Clients that were made from one
    /// another, for example by [`Client::with_options`](crate::Client::with_options), share the budget of the builder;
    /// that of [`CallOptions::retry`](crate::CallOptions::retry) is not used.
    pub fn budget(mut self, per_second: u32, percent: u32) -> Self {
        self.rate = Some(Rate { per_second, percent });
        self
    }

    /// Limits the number of attempts for each call only.
    pub fn unlimited_budget(mut self) -> Self {
        self.rate = None;
        self
    }

    /// Sets a closure that decides what a failed attempt counts as.
    ///
    /// ```
    /// use kestra_auth::http::StatusCode;
    /// use kestra_auth::{Failure, Retry};
    ///
    /// let retry = Retry::standard().classify(|attempt| match attempt.status() {
    ///     // The server says that a lock is held, which passes.
    ///     Some(StatusCode::CONFLICT) => Failure::Transient,
    ///     _ => attempt.failure(),
    /// });
    /// ```
    pub fn classify(mut self, classify: impl Fn(&FailedAttempt<'_>) -> Failure + Send + Sync + 'static) -> Self {
        self.classify = Some(Arc::new(classify));
        self
    }

    /// Returns the limit of additional attempts.
    pub(crate) fn rate(&self) -> Option<Rate> {
        self.rate
    }

    /// Returns how many attempts a call makes at most.
    pub(crate) fn most_attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns how long to wait before the next attempt, if these rules allow one.
    pub(crate) fn next_delay(&self, failed: &FailedAttempt<'_>, mode: RetryMode) -> Option<Duration> {
        if failed.number() >= self.attempts {
            return None;
        }
        let failure = self.classify.as_ref().map_or_else(|| failed.failure(), |classify| classify(failed));
        match failure {
            Failure::NotProcessed => {}
            Failure::Transient if mode == RetryMode::Idempotent => {}
            Failure::Transient | Failure::Permanent => return None,
        }
        let asked = failed.retry_after().unwrap_or_default();
        (asked <= self.longest_retry_after).then(|| asked.max(self.random_delay(failed.number())))
    }

    /// Returns the random wait after this many attempts.
    fn random_delay(&self, attempts: u32) -> Duration {
        let factor = 2_u32.saturating_pow(attempts.saturating_sub(1));
        unique::duration_below(self.first_delay.saturating_mul(factor).min(self.longest_delay))
    }
}

/// The same as [`Retry::standard`].
impl Default for Retry {
    fn default() -> Self {
        Self::standard()
    }
}

impl fmt::Debug for Retry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Retry")
            .field("attempts", &self.attempts)
            .field("first_delay", &self.first_delay)
            .field("longest_delay", &self.longest_delay)
            .field("longest_retry_after", &self.longest_retry_after)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_of_the_delays_doubles_up_to_the_longest() {
        let retry = Retry::standard().delays(Duration::from_millis(100), Duration::from_secs(1));
        for (attempts, bound) in [(1, 100), (2, 200), (3, 400), (4, 800), (5, 1_000), (99, 1_000), (u32::MAX, 1_000)] {
            let bound = Duration::from_millis(bound);
            let delays: Vec<_> = (0..200).map(|_| retry.random_delay(attempts)).collect();
            assert!(delays.iter().all(|delay| *delay < bound), "{attempts}: {delays:?}");
            // Full jitter: they are spread over the whole range.
            for part in 0..4 {
                let range = bound * part / 4..bound * (part + 1) / 4;
                assert!(delays.iter().any(|delay| range.contains(delay)), "{attempts}: nothing in {range:?}");
            }
        }
        let longest = Retry::standard().delays(Duration::MAX, Duration::MAX);
        assert!(longest.random_delay(7) < Duration::MAX);
        assert_eq!(Retry::standard().delays(Duration::ZERO, Duration::ZERO).random_delay(3), Duration::ZERO);
    }
}
