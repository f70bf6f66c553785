//! Calls from programs that are not asynchronous.

use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::error::Error;
use crate::response::call_result::CallResult;

/// Runs a call to its end, in a program that is not asynchronous.
///
/// Connections stay open between calls.
///
/// ```no_run
/// # fn main() -> Result<(), kestra_auth::Error> {
/// use kestra_auth::{AuthApi, AuthApiClient, Client, block_on};
///
/// let auth = AuthApiClient::new(Client::builder("http://localhost").build()?);
/// let methods = block_on(auth.index())?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// As the call. Inside a tokio runtime, whose thread it would block, it returns an error of kind
/// [`Build`](crate::ErrorKind::Build), and nothing is sent.
pub fn block_on<R: CallResult>(call: impl Future<Output = R>) -> R {
    static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();
    if Handle::try_current().is_ok() {
        return R::from_result(Err(Error::build("`block_on` would block a thread of the runtime; use `.await`")));
    }
    // The worker thread keeps connections alive while no call is running.
    let runtime = RUNTIME.get_or_init(|| Builder::new_multi_thread().worker_threads(1).enable_all().build().ok());
    match runtime {
        Some(runtime) => runtime.block_on(call),
        None => R::from_result(Err(Error::build("the runtime of `block_on` could not be started"))),
    }
}
