//! How many additional attempts the calls of a client make together.

use std::sync::{Mutex, PoisonError};

use tokio::time::Instant;

/// How many seconds and calls may pass before the budget is full.
const SAVED_SECONDS: f64 = 10.0;
const SAVED_CALLS: f64 = 100.0;

/// How many additional attempts are allowed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rate {
    pub(super) per_second: u32,
    /// In percent of the number of calls.
    pub(super) percent: u32,
}

impl Rate {
    pub(super) const STANDARD: Self = Self { per_second: 10, percent: 20 };

    fn per_call(self) -> f64 {
        f64::from(self.percent) / 100.0
    }

    fn most(self) -> f64 {
        SAVED_SECONDS * f64::from(self.per_second) + SAVED_CALLS * self.per_call()
    }
}

/// The budget of a client: a bucket of tokens, one for each attempt. Time and calls fill it.
///
/// tower's budget rounds the ratio to one call in a whole number of calls, and takes the longer the longer it was not
/// used.
pub(crate) struct Budget {
    rate: Option<Rate>,
    bucket: Mutex<Bucket>,
}

struct Bucket {
    tokens: f64,
    /// When time last filled it.
    filled: Option<Instant>,
}

impl Budget {
    /// Builds a budget, or one that is never used up.
    pub(crate) fn new(rate: Option<Rate>) -> Self {
        let tokens = rate.map_or(0.0, |rate| SAVED_SECONDS * f64::from(rate.per_second));
        Self { rate, bucket: Mutex::new(Bucket { tokens, filled: None }) }
    }

    /// Counts a call.
    pub(crate) fn deposit(&self) {
        if let Some(rate) = self.rate {
            self.change(|bucket| bucket.tokens = (bucket.tokens + rate.per_call()).min(rate.most()));
        }
    }

    /// Returns whether another attempt is allowed, and counts it.
    pub(crate) fn withdraw(&self) -> bool {
        let Some(rate) = self.rate else { return true };
        let now = Instant::now();
        self.change(|bucket| {
            let since = bucket.filled.replace(now).map_or(0.0, |filled| now.duration_since(filled).as_secs_f64());
            bucket.tokens = (bucket.tokens + since * f64::from(rate.per_second)).min(rate.most());
            let is_allowed = bucket.tokens >= 1.0;
            if is_allowed {
                bucket.tokens -= 1.0;
            }
            is_allowed
        })
    }

    fn change<T>(&self, change: impl FnOnce(&mut Bucket) -> T) -> T {
        // Nothing panics while it is locked.
        change(&mut self.bucket.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn allowed(budget: &Budget) -> usize {
        (0..1_000).take_while(|_| budget.withdraw()).count()
    }

    #[tokio::test(start_paused = true)]
    async fn time_and_calls_fill_the_budget() {
        let budget = Budget::new(Some(Rate { per_second: 2, percent: 50 }));
        assert_eq!(allowed(&budget), 20, "ten seconds are saved from the beginning");
        (0..10).for_each(|_| budget.deposit());
        assert_eq!(allowed(&budget), 5);
        tokio::time::advance(Duration::from_secs(3)).await;
        assert_eq!(allowed(&budget), 6);
        tokio::time::advance(Duration::from_secs(1_000_000_000)).await;
        (0..1_000).for_each(|_| budget.deposit());
        assert_eq!(allowed(&budget), 70, "ten seconds and a hundred calls are saved");
    }

    #[test]
    fn the_rate_can_be_anything() {
        assert_eq!(allowed(&Budget::new(None)), 1_000);
        assert_eq!(allowed(&Budget::new(Some(Rate { per_second: u32::MAX, percent: u32::MAX }))), 1_000);
        let none = Budget::new(Some(Rate { per_second: 0, percent: 0 }));
        (0..1_000).for_each(|_| none.deposit());
        assert_eq!(allowed(&none), 0);
        let calls = Budget::new(Some(Rate { per_second: 0, percent: 70 }));
        (0..100).for_each(|_| calls.deposit());
        assert!((69..=70).contains(&allowed(&calls)));
    }
}
