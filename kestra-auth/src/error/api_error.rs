//! Errors whose body the service declares.

use std::error::Error as StdError;
use std::fmt;

use serde::de::DeserializeOwned;

use super::Error;
use crate::response::Response;

/// The error type of a method whose service declares what its errors hold: `Result<T, ApiError<Problem>>`.
///
/// ```
/// # use http::StatusCode;
/// use kestra_auth::{ApiError, Error};
///
/// #[derive(serde::Deserialize)]
/// struct Problem {
///     code: u32,
/// }
///
/// let error = Error::from_status(StatusCode::CONFLICT).with_body(r#"{"code": 7}"#);
/// match ApiError::<Problem>::from(error) {
///     ApiError::Declared(problem) => assert_eq!(problem.body().code, 7),
///     ApiError::Other(_) => unreachable!(),
///     _ => unreachable!(),
/// }
/// ```
#[non_exhaustive]
pub enum ApiError<P> {
    /// The server answered with an error, and its body is a `P`.
    Declared(Response<P>),
    /// Anything else; an answer whose body is no `P` has its status.
    Other(Error),
}

impl<P: DeserializeOwned> From<Error> for ApiError<P> {
    fn from(error: Error) -> Self {
        let declared = match (error.is_status(), error.status()) {
            (true, Some(status)) => error.json().ok().map(|problem| Response::new(problem).with_status(status)),
            _ => None,
        };
        match declared {
            Some(declared) => Self::Declared(declared.with_headers(error.headers().clone())),
            None => Self::Other(error),
        }
    }
}

impl<P> fmt::Display for ApiError<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Declared(answer) => write!(f, "the server answered {}", answer.status()),
            Self::Other(error) => error.fmt(f),
        }
    }
}

/// Shows the status; what the server said may be what it was sent.
impl<P> fmt::Debug for ApiError<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Declared(answer) => f.debug_tuple("Declared").field(answer).finish(),
            Self::Other(error) => f.debug_tuple("Other").field(error).finish(),
        }
    }
}

impl<P> StdError for ApiError<P> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Declared(_) => None,
            Self::Other(error) => error.source(),
        }
    }
}
