use std::future::pending;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{advance, sleep, timeout};

use super::*;

const LIFETIME: Duration = Duration::from_secs(1000);

/// A source that issues the tokens `t1`, `t2` and so on, each when the test allows it.
#[derive(Clone)]
struct Source {
    asked: Arc<AtomicUsize>,
    allowed: Arc<Semaphore>,
    rejected: Arc<Mutex<Vec<Option<Credential>>>>,
}

impl Source {
    fn new(allowed: usize) -> Self {
        let allowed = Arc::new(Semaphore::new(allowed));
        Self { asked: Arc::default(), allowed, rejected: Arc::default() }
    }

    /// A cache of this source. An attempt whose number is in `failures` fails.
    fn cache(&self, lifetime: Option<Duration>, failures: &'static [usize]) -> CredentialCache {
        let source = self.clone();
        CredentialCache::new(move |rejected| {
            let source = source.clone();
            async move {
                let number = source.asked.fetch_add(1, Ordering::Relaxed) + 1;
                source.rejected.lock().unwrap().push(rejected);
                source.allowed.acquire().await?.forget();
                if failures.contains(&number) {
                    return Err(format!("failure {number}").into());
                }
                let token = token(number);
                Ok(lifetime.into_iter().fold(token, Credential::expires_in))
            }
            .boxed()
        })
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

fn token(number: usize) -> Credential {
    Credential::bearer(format!("t{number}")).unwrap()
}

async fn get(cache: &CredentialCache) -> Credential {
    cache.get().await.unwrap().credential.clone()
}

/// Lets other tasks run until they all wait for something.
async fn settle() {
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn concurrent_calls_share_one_renewal() {
    let source = Source::new(0);
    let cache = source.cache(None, &[]);
    let mut calls = JoinSet::new();
    for _ in 0..100 {
        let cache = cache.clone();
        calls.spawn(async move { get(&cache).await });
    }
    settle().await;
    source.allowed.add_permits(100);
    assert!(calls.join_all().await.iter().all(|credential| *credential == token(1)));
    assert_eq!(source.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_does_not_stop_the_renewal() {
    let source = Source::new(0);
    let cache = source.cache(None, &[]);
    assert!(timeout(Duration::from_secs(1), cache.get()).await.is_err());
    source.allowed.add_permits(1);
    settle().await;
    assert_eq!((get(&cache).await, source.asked()), (token(1), 1));
}

#[test]
fn without_a_runtime_another_call_takes_over() {
    let source = Source::new(0);
    let cache = source.cache(Some(LIFETIME), &[]);
    let mut cx = Context::from_waker(Waker::noop());
    let mut first = Box::pin(cache.get());
    assert!(first.as_mut().poll(&mut cx).is_pending());
    let mut second = pin!(cache.get());
    assert!(second.as_mut().poll(&mut cx).is_pending());
    drop(first);
    source.allowed.add_permits(1);
    let Poll::Ready(Ok(issued)) = second.as_mut().poll(&mut cx) else { panic!("the second call polls the renewal") };
    assert_eq!((&issued.credential, source.asked()), (&token(1), 1));
    // Nobody waits any longer, and nobody would poll this one.
    let abandoned = source.cache(None, &[]);
    assert!(Box::pin(abandoned.get()).as_mut().poll(&mut cx).is_pending());
    assert!(abandoned.0.lock().renewal().is_none());
}

#[tokio::test(start_paused = true)]
async fn renews_ahead_of_expiry_while_calls_go_on() {
    let source = Source::new(1);
    let cache = source.cache(Some(LIFETIME), &[]);
    assert_eq!(get(&cache).await, token(1));
    advance(LIFETIME * 79 / 100).await;
    assert_eq!(get(&cache).await, token(1));
    settle().await;
    assert_eq!(source.asked(), 1, "it is renewed in the last fifth of its lifetime");
    advance(LIFETIME * 12 / 100).await;
    for _ in 0..3 {
        assert_eq!(get(&cache).await, token(1), "the source has not issued another one yet");
        settle().await;
    }
    assert_eq!(source.asked(), 2);
    source.allowed.add_permits(1);
    settle().await;
    assert_eq!((get(&cache).await, source.asked()), (token(2), 2));
}

#[tokio::test(start_paused = true)]
async fn clients_do_not_renew_at_the_same_time() {
    let mut times: Vec<_> = (0..10).map(|_| renewal_time(&token(1).expires_in(LIFETIME)).unwrap()).collect();
    times.sort_unstable();
    times.dedup();
    assert!(times.len() > 5);
    let (first, last) = (times[0] - Instant::now(), times[times.len() - 1] - Instant::now());
    assert!(first >= LIFETIME * 8 / 10 && last <= LIFETIME * 9 / 10, "{first:?} {last:?}");
}

#[tokio::test(start_paused = true)]
async fn waits_for_a_new_credential_after_expiry() {
    let source = Source::new(100);
    let cache = source.cache(Some(LIFETIME), &[]);
    for number in 1..4 {
        assert_eq!((get(&cache).await, source.asked()), (token(number), number));
        advance(LIFETIME).await;
    }
    // A credential that has expired when it arrives is used once.
    let cache = source.cache(Some(Duration::ZERO), &[]);
    assert_eq!((get(&cache).await, get(&cache).await), (token(4), token(5)));
    let cache = source.cache(None, &[]);
    assert_eq!(get(&cache).await, token(6));
    advance(LIFETIME * 1000).await;
    assert_eq!(get(&cache).await, token(6), "without an expiry, it is valid until the server rejects it");
}

#[tokio::test(start_paused = true)]
async fn an_error_reaches_all_who_wait_and_is_not_kept() {
    let source = Source::new(0);
    let cache = source.cache(None, &[1]);
    let mut calls = JoinSet::new();
    for _ in 0..100 {
        let cache = cache.clone();
        calls.spawn(async move { cache.get().await.map(|_| ()).unwrap_err().to_string() });
    }
    settle().await;
    source.allowed.add_permits(100);
    assert!(calls.join_all().await.iter().all(|error| error == "failure 1"));
    assert_eq!((get(&cache).await, source.asked()), (token(2), 2));
}

#[tokio::test(start_paused = true)]
async fn a_failed_renewal_ahead_of_expiry_disturbs_no_call() {
    let source = Source::new(1000);
    let cache = source.cache(Some(LIFETIME), &[2, 3, 4, 5, 6, 7, 8, 9, 10]);
    assert_eq!(get(&cache).await, token(1));
    for _ in 0..999 {
        advance(LIFETIME / 1000).await;
        assert_eq!(get(&cache).await, token(1));
        settle().await;
    }
    assert!((3..=10).contains(&source.asked()), "{}", source.asked());
}

#[tokio::test(start_paused = true)]
async fn a_panic_of_the_source_is_an_error() {
    let cache = CredentialCache::new(|_| panic!("not written yet"));
    for _ in 0..2 {
        assert_eq!(cache.get().await.map(|_| ()).unwrap_err().to_string(), "the credential source panicked");
    }
}

#[tokio::test(start_paused = true)]
async fn concurrent_rejections_cause_one_renewal() {
    let source = Source::new(1);
    let cache = source.cache(Some(LIFETIME), &[]);
    let rejected = cache.get().await.unwrap();
    let mut calls = JoinSet::new();
    for _ in 0..100 {
        let (cache, rejected) = (cache.clone(), rejected.clone());
        calls.spawn(async move { cache.replace(&rejected).await.unwrap().unwrap().credential.clone() });
    }
    settle().await;
    // A call that starts now does not use what is known to be rejected.
    let late = tokio::spawn({
        let cache = cache.clone();
        async move { get(&cache).await }
    });
    settle().await;
    source.allowed.add_permits(1);
    assert!(calls.join_all().await.iter().all(|credential| *credential == token(2)));
    assert_eq!(late.await.unwrap(), token(2));
    // A rejection that arrives late.
    assert_eq!(cache.replace(&rejected).await.unwrap().unwrap().credential, token(2));
    assert_eq!(source.asked(), 2);
    assert_eq!(*source.rejected.lock().unwrap(), [None, Some(token(1))]);
}

#[tokio::test(start_paused = true)]
async fn the_source_learns_of_a_rejection_until_it_succeeds() {
    let source = Source::new(100);
    let cache = source.cache(None, &[2]);
    let rejected = cache.get().await.unwrap();
    assert!(cache.replace(&rejected).await.is_err());
    assert_eq!(get(&cache).await, token(3));
    let rejected = cache.get().await.unwrap();
    assert_eq!(cache.replace(&rejected).await.unwrap().unwrap().credential, token(4));
    let seen = source.rejected.lock().unwrap().clone();
    assert_eq!(seen, [None, Some(token(1)), Some(token(1)), Some(token(3))]);
}

#[tokio::test(start_paused = true)]
async fn the_same_credential_is_not_a_replacement() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let cache = CredentialCache::new(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
        async { Ok(token(1)) }.boxed()
    });
    let rejected = cache.get().await.unwrap();
    for _ in 0..3 {
        assert!(cache.replace(&rejected).await.unwrap().is_none());
    }
    assert_eq!(asked.load(Ordering::Relaxed), 2, "all of them were rejected at the same time");
}

#[test]
fn a_runtime_that_ends_does_not_leave_calls_waiting() {
    let source = Source::new(0);
    let cache = source.cache(None, &[]);
    let first = tokio::runtime::Builder::new_current_thread().build().unwrap();
    first.block_on(async {
        let mut cx = Context::from_waker(Waker::noop());
        assert!(pin!(cache.get()).poll(&mut cx).is_pending());
    });
    drop(first);
    source.allowed.add_permits(2);
    let second = tokio::runtime::Builder::new_current_thread().build().unwrap();
    assert_eq!(second.block_on(get(&cache)), token(2), "the task ended with its runtime");
}

#[tokio::test(start_paused = true)]
async fn a_call_can_be_dropped_while_others_wait() {
    let cache = CredentialCache::new(|_| pending().boxed());
    let waiting = tokio::spawn({
        let cache = cache.clone();
        async move { cache.get().await.map(|_| ()) }
    });
    settle().await;
    assert!(timeout(Duration::from_secs(1), cache.get()).await.is_err());
    waiting.abort();
    assert!(waiting.await.unwrap_err().is_cancelled());
    sleep(Duration::from_secs(1)).await;
}
