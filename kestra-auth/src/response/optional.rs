//! Result types of endpoints with statuses that mean `None`.

use super::Response;
use super::from_response::FromResponse;

/// The result type of an endpoint with `none(…)` or `also(…)`: `Option<U>` or [`Response<Option<U>>`](Response).
///
/// This trait is sealed: it cannot be implemented for other types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be `None`",
    label = "expected `Option<U>` or `Response<Option<U>>`",
    note = "an endpoint with `none(…)` returns `Result<Option<U>, E>`, or `Result<Response<Option<U>>, E>` for the status"
)]
pub trait FromOptional: sealed::ReadOptional {}

impl<U: FromResponse> FromOptional for Option<U> {}

impl<U: FromResponse> FromOptional for Response<Option<U>> {}

/// The result type of an endpoint with `also(…)`, which gives access to the status:
/// [`Response<Option<U>>`](Response).
///
/// This trait is sealed: it cannot be implemented for other types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not have the status of the response",
    label = "expected `Response<Option<U>>`",
    note = "an endpoint with `also(…)` returns `Result<Response<Option<U>>, E>`, with `None` for the statuses in `also`"
)]
pub trait WithStatus: FromOptional + sealed::HasStatus {}

impl<U: FromResponse> WithStatus for Response<Option<U>> {}

pub(crate) mod sealed {
    use crate::body::Body;
    use crate::body::plan::Plan;
    use crate::error::Error;
    use crate::response::Response;
    use crate::response::from_response::{self, FromResponse};

    #[expect(unnameable_types, reason = "seals `FromOptional`")]
    pub trait ReadOptional: Sized {
        /// Returns what is done with the body before `present`.
        fn plan() -> Plan;

        /// Returns the `Accept` header.
        fn accept() -> &'static str;

        /// Reads a response with a status that means `None`.
        fn absent(response: &Response<Body>) -> Self;

        /// Reads a response with another success status.
        fn present(response: Response<Body>) -> Result<Self, Error>;
    }

    impl<U: FromResponse> ReadOptional for Option<U> {
        fn plan() -> Plan {
            from_response::plan::<U>()
        }

        fn accept() -> &'static str {
            from_response::accept::<U>()
        }

        fn absent(_: &Response<Body>) -> Self {
            None
        }

        fn present(response: Response<Body>) -> Result<Self, Error> {
            from_response::read_optional(response)
        }
    }

    impl<U: FromResponse> ReadOptional for Response<Option<U>> {
        fn plan() -> Plan {
            from_response::plan::<U>()
        }

        fn accept() -> &'static str {
            from_response::accept::<U>()
        }

        fn absent(response: &Response<Body>) -> Self {
            response.head().map(|()| None)
        }

        fn present(response: Response<Body>) -> Result<Self, Error> {
            let head = response.head();
            from_response::read_optional(response).map(|body| head.map(|()| body))
        }
    }

    #[expect(unnameable_types, reason = "seals `WithStatus`")]
    pub trait HasStatus {}

    impl<U> HasStatus for Response<Option<U>> {}
}
