//! The return type of an endpoint.

use crate::error::Error;

/// The return type of an endpoint: `Result<T, E>`, under any alias.
///
/// `T` is what the response is read as, a [`FromResponse`](crate::FromResponse) type. `E` is [`Error`](crate::Error)
/// or any type that implements `From<Error>`, such as [`ApiError`](crate::ApiError).
///
/// This trait is sealed: it is implemented for `Result` and cannot be implemented for other types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the return type of an endpoint",
    label = "expected `Result<T, E>`",
    note = "an endpoint returns `Result<T, E>`, where `T` is what the response is read as and `E` is \
            `kestra_auth::Error` or a type that implements `From<kestra_auth::Error>`"
)]
pub trait CallResult: sealed::Sealed {
    /// What the response is read as.
    type Output;

    #[doc(hidden)]
    fn from_result(result: Result<Self::Output, Error>) -> Self;
}

impl<T, E: From<Error>> CallResult for Result<T, E> {
    type Output = T;

    fn from_result(result: Result<T, Error>) -> Self {
        result.map_err(E::from)
    }
}

mod sealed {
    use crate::error::Error;

    #[expect(unnameable_types, reason = "seals `CallResult`")]
    pub trait Sealed {}

    impl<T, E: From<Error>> Sealed for Result<T, E> {}
}
