//! Random tokens: multipart boundaries and idempotency keys.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicU64, Ordering};

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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn tokens_differ() {
        let tokens: HashSet<String> = (0..1000).map(|_| token()).collect();
        assert_eq!(tokens.len(), 1000);
        assert!(tokens.iter().all(|token| token.len() == 32));
    }
}
