//! Results of endpoints that say which statuses mean that there is nothing.

use super::{FromResponse, Response};
use crate::body::Body;
use crate::body::plan::Plan;
use crate::error::Error;

/// The result of an endpoint with `none(…)` or `also(…)`: `Option<U>` or [`Response<Option<U>>`](Response).
///
/// Not for implementing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no room for `None`",
    label = "expected `Option<U>` or `Response<Option<U>>`",
    note = "an endpoint with `none(…)` returns `Result<Option<U>, E>`, or `Result<Response<Option<U>>, E>` for the status"
)]
pub trait FromOptional: Sized {
    #[doc(hidden)]
    fn plan() -> Plan;
    #[doc(hidden)]
    fn accept() -> &'static str;
    #[doc(hidden)]
    fn absent(answer: http::Response<Body>) -> Result<Self, Error>;
    #[doc(hidden)]
    fn present(answer: http::Response<Body>) -> Result<Self, Error>;
}

/// The result of an endpoint with `also(…)`: [`Response<Option<U>>`](Response), which tells the status.
///
/// Not for implementing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not tell the status",
    label = "expected `Response<Option<U>>`",
    note = "an endpoint with `also(…)` returns `Result<Response<Option<U>>, E>`, `None` for the statuses named there"
)]
pub trait WithStatus {}

impl<U> WithStatus for Response<Option<U>> {}

impl<U: FromResponse> FromOptional for Option<U> {
    fn plan() -> Plan {
        U::plan()
    }

    fn accept() -> &'static str {
        U::accept()
    }

    fn absent(_: http::Response<Body>) -> Result<Self, Error> {
        Ok(None)
    }

    fn present(answer: http::Response<Body>) -> Result<Self, Error> {
        U::from_answer_or_null(answer)
    }
}

impl<U: FromResponse> FromOptional for Response<Option<U>> {
    fn plan() -> Plan {
        U::plan()
    }

    fn accept() -> &'static str {
        U::accept()
    }

    fn absent(answer: http::Response<Body>) -> Result<Self, Error> {
        Ok(Response::head(&answer).map(|()| None))
    }

    fn present(answer: http::Response<Body>) -> Result<Self, Error> {
        let head = Response::head(&answer);
        U::from_answer_or_null(answer).map(|body| head.map(|()| body))
    }
}
