//! Failing the compilation with a message of this crate.

/// Fails the compilation with a message, if there is one.
///
/// The error is reported at the caller, which is generated code with the span of the user's type.
///
/// # Panics
/// If there is a message, which only happens at compile time.
#[track_caller]
pub const fn reject(message: Option<&str>) {
    if let Some(message) = message {
        #[expect(clippy::panic, reason = "it is only evaluated at compile time")]
        {
            panic!("{}", message)
        }
    }
}
