//! The credential that a source has issued, shared by all calls of a client.
//!
//! What is hard here: calls come and go while one of them waits for the source. So a renewal belongs to none of them:
//! each polls its own handle of the same future, and on a tokio runtime a task of its own does so, too. A call that is
//! dropped takes nothing along, and the lock is never held while something waits.

use std::error::Error as StdError;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared, WeakShared};
use tokio::runtime::Handle;
use tokio::time::Instant;

use super::Credential;
use crate::error::BoxError;
use crate::unique;

/// The credential that a source has issued, and the renewal that is under way. It is cheap to clone.
#[derive(Clone)]
pub(crate) struct CredentialCache(Arc<Inner>);

struct Inner {
    fetch: Fetch,
    state: Mutex<State>,
}

/// Asks the source for a credential. The argument is the last one that the server has rejected.
type Fetch = Box<dyn Fn(Option<Credential>) -> BoxFuture<'static, Result<Credential, BoxError>> + Send + Sync>;

/// Why the source has issued no credential. All calls that waited for it share it.
pub(crate) type SourceError = Arc<dyn StdError + Send + Sync>;

type Outcome = Result<Arc<Issued>, SourceError>;
type Renewal = BoxFuture<'static, Outcome>;

#[derive(Default)]
struct State {
    issued: Option<Arc<Issued>>,
    /// How many credentials the source has issued.
    generation: u64,
    /// When the next credential is asked for, while the issued one is still valid.
    renew_at: Option<Instant>,
    /// What the server has rejected since the source last issued a credential.
    rejected: Option<Credential>,
    renewal: Option<WeakShared<Renewal>>,
}

/// A credential as the source issued it.
pub(crate) struct Issued {
    pub(crate) credential: Credential,
    /// Which credential of the source it is. A source can issue the same value several times.
    generation: u64,
}

/// Returns when the next credential is asked for.
fn renewal_time(credential: &Credential) -> Option<Instant> {
    let expires_at = credential.expires_at?;
    let lead = expires_at.saturating_duration_since(Instant::now()) / 10;
    // The random part keeps clients that started together from renewing together.
    expires_at.checked_sub(lead + unique::duration_below(lead))
}

/// Returns when the source is asked again after it has failed: halfway to the end of the credential, so that it is
/// asked a limited number of times.
fn next_renewal_time(credential: &Credential) -> Option<Instant> {
    let now = Instant::now();
    now.checked_add(credential.expires_at?.saturating_duration_since(now) / 2)
}

impl CredentialCache {
    pub(crate) fn new(
        fetch: impl Fn(Option<Credential>) -> BoxFuture<'static, Result<Credential, BoxError>> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(Inner { fetch: Box::new(fetch), state: Mutex::default() }))
    }

    /// Returns the valid credential, or waits for the source to issue one.
    ///
    /// # Errors
    /// If the source fails. The next call asks it again.
    pub(crate) async fn get(&self) -> Outcome {
        let renewal = {
            let mut state = self.0.lock();
            match state.valid() {
                Some(issued) => {
                    if state.renew_at.is_some_and(|renew_at| renew_at <= Instant::now()) {
                        self.renew_in_background(&mut state);
                    }
                    return Ok(issued);
                }
                None => self.join(&mut state),
            }
        };
        renewal.await
    }

    /// Returns the credential that replaces one that the server has rejected, or `None` if the source has issued the
    /// same one again.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub(crate) async fn replace(&self, rejected: &Issued) -> Result<Option<Arc<Issued>>, SourceError> {
        self.reject(rejected);
        let issued = self.get().await?;
        Ok(Some(issued).filter(|issued| issued.credential != rejected.credential))
    }

    /// Drops a credential that the server has rejected, unless it has been replaced already.
    pub(crate) fn reject(&self, rejected: &Issued) {
        let mut state = self.0.lock();
        if state.issued.as_ref().is_some_and(|issued| issued.generation == rejected.generation) {
            state.issued = None;
            state.rejected = Some(rejected.credential.clone());
        }
    }

    /// Returns the last credential that the source has issued, valid or not.
    pub(crate) fn last(&self) -> Option<Credential> {
        self.0.lock().issued.as_ref().map(|issued| issued.credential.clone())
    }

    /// Returns the renewal that is under way, or starts one.
    fn join(&self, state: &mut State) -> Shared<Renewal> {
        if let Some(renewal) = state.renewal() {
            return renewal;
        }
        let renewal = self.start(state);
        // The source may be in the middle of something that only happens once, such as using up a refresh token.
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(renewal.clone());
        }
        renewal
    }

    /// Has the credential renewed while calls use the one that is still valid. Without a runtime, nobody would poll the
    /// renewal, so the credential is renewed once it has expired.
    fn renew_in_background(&self, state: &mut State) {
        if state.renewal().is_none()
            && let Ok(runtime) = Handle::try_current()
        {
            runtime.spawn(self.start(state));
        }
    }

    fn start(&self, state: &mut State) -> Shared<Renewal> {
        let inner = Arc::clone(&self.0);
        let rejected = state.rejected.clone();
        let renewal = async move {
            // A panic would otherwise spread to each call that waits.
            let fetched = AssertUnwindSafe(async { (inner.fetch)(rejected).await }).catch_unwind().await;
            inner.finish(fetched.unwrap_or_else(|_| Err("the credential source panicked".into())))
        };
        let renewal = renewal.boxed().shared();
        state.renewal = renewal.downgrade();
        renewal
    }
}

impl State {
    fn valid(&self) -> Option<Arc<Issued>> {
        let issued = self.issued.as_ref()?;
        let has_expired = issued.credential.expires_at.is_some_and(|expires_at| expires_at <= Instant::now());
        (!has_expired).then(|| Arc::clone(issued))
    }

    fn renewal(&self) -> Option<Shared<Renewal>> {
        self.renewal.as_ref().and_then(WeakShared::upgrade)
    }
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what the source has issued. An error is for the calls that wait for it, and is not kept.
    fn finish(&self, fetched: Result<Credential, BoxError>) -> Outcome {
        let mut state = self.lock();
        state.renewal = None;
        match fetched {
            Ok(credential) => {
                state.generation += 1;
                state.renew_at = renewal_time(&credential);
                let issued = Arc::new(Issued { credential, generation: state.generation });
                state.issued = Some(Arc::clone(&issued));
                state.rejected = None;
                Ok(issued)
            }
            Err(error) => {
                state.renew_at = state.issued.as_ref().and_then(|issued| next_renewal_time(&issued.credential));
                Err(error.into())
            }
        }
    }
}

#[cfg(test)]
mod tests;
