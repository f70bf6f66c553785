//! What is different each time: multipart boundaries, idempotency keys and waiting times.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Returns 32 hex digits that no other call returns.
///
/// `RandomState` is seeded by the operating system, and the counter keeps calls of one process apart. This is enough
/// to be unique. It is not enough for a secret, because `RandomState` does not promise to be unpredictable.
pub(crate) fn token() -> String {
    static CALLS: AtomicU64 = AtomicU64::new(0);
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    let half = || RandomState::new().hash_one(call);
    format!("{:016x}{:016x}", half(), half())
}

/// Returns a random duration that is shorter than `limit`, or zero.
pub(crate) fn duration_below(limit: Duration) -> Duration {
    let limit = u64::try_from(limit.as_nanos()).unwrap_or(u64::MAX);
    Duration::from_nanos(RandomState::new().hash_one(limit) % limit.max(1))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn durations_differ_and_are_below_the_limit() {
        let limit = Duration::from_millis(10);
        let durations: HashSet<Duration> = (0..100).map(|_| duration_below(limit)).collect();
        assert!(durations.len() > 90 && durations.iter().all(|duration| *duration < limit));
        assert_eq!(duration_below(Duration::ZERO), Duration::ZERO);
    }

    #[test]
    fn tokens_differ() {
        let tokens: HashSet<String> = (0..1000).map(|_| token()).collect();
        assert_eq!(tokens.len(), 1000);
        assert!(tokens.iter().all(|token| token.len() == 32));
    }
}
