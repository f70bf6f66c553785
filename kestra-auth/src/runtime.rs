//! Whether the current tokio runtime can do what a call needs.
//!
//! What is hard here: tokio panics when a timer is created on a runtime without a time driver, and has no function
//! that asks for one. The panic is the only observable difference, so it is provoked where it is harmless: on a thread
//! made for that, once for each runtime and thread.

use std::cell::Cell;
use std::thread;
use std::time::Duration;

use tokio::runtime::{Handle, Id};
use tokio::time::Sleep;

use crate::error::Error;

thread_local! {
    /// The last runtime that was asked for on this thread, and whether it has timers.
    static LAST: Cell<Option<(Id, bool)>> = const { Cell::new(None) };
}

/// Checks that this code runs inside a tokio runtime with timers.
///
/// # Errors
/// An error of kind [`Build`](crate::ErrorKind::Build) otherwise.
pub(crate) fn check_timers() -> Result<(), Error> {
    let Ok(runtime) = Handle::try_current() else {
        return Err(Error::build("no tokio runtime: make the call inside one, for example under `#[tokio::main]`"));
    };
    let has_timers = match LAST.get() {
        Some((id, has_timers)) if id == runtime.id() => has_timers,
        _ => {
            let has_timers = has_timers(&runtime);
            LAST.set(Some((runtime.id(), has_timers)));
            has_timers
        }
    };
    if has_timers {
        Ok(())
    } else {
        Err(Error::build(
            "the tokio runtime has no timers: call `enable_time` or `enable_all` on the runtime's builder",
        ))
    }
}

/// Returns a timer.
///
/// # Errors
/// As [`check_timers`], instead of tokio's panic.
#[cfg_attr(not(feature = "stream"), allow(dead_code, reason = "only streams wait"))]
pub(crate) fn sleep(duration: Duration) -> Result<Sleep, Error> {
    check_timers()?;
    Ok(tokio::time::sleep(duration))
}

/// Creates a timer on another thread, which ends if tokio panics. The panic's message, which names `enable_time`, is
/// printed by the panic hook; a program built with `panic = "abort"` ends, as it would without this check.
fn has_timers(runtime: &Handle) -> bool {
    let runtime = runtime.clone();
    let create_timer = move || {
        let _context = runtime.enter();
        drop(tokio::time::sleep(Duration::ZERO));
    };
    // A thread that cannot be spawned says nothing about the runtime, and most runtimes have timers.
    thread::Builder::new().spawn(create_timer).map_or(true, |thread| thread.join().is_ok())
}

#[cfg(test)]
mod tests {
    use tokio::runtime::Builder;

    use super::*;

    #[test]
    fn reports_a_missing_runtime_and_missing_timers() {
        assert!(check_timers().unwrap_err().to_string().contains("no tokio runtime"));
        for mut builder in [Builder::new_current_thread(), Builder::new_multi_thread()] {
            let without = builder.build().unwrap();
            let error = without.block_on(async { sleep(Duration::ZERO) }).unwrap_err();
            assert!(error.is_build() && error.to_string().contains("enable_time"), "{error}");
            let with = builder.enable_time().build().unwrap();
            with.block_on(async { sleep(Duration::ZERO).unwrap().await });
            assert!(without.block_on(async { check_timers() }).is_err(), "another runtime is asked again");
        }
    }
}
