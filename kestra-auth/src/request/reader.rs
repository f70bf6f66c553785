//! How an answer becomes a method's result.
//!
//! What is hard here: a bound on the function that sends is a bound on the future that it returns, too, and the
//! compiler tells a result that breaks it twice. So the bounds stand here, and sending has none.

use std::marker::PhantomData;

use crate::body::Body;
use crate::body::plan::Plan;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::response::call_result::CallResult;
use crate::response::from_response::{self, FromResponse};
use crate::response::optional::sealed::ReadOptional;
use crate::response::optional::{FromOptional, WithStatus};

/// What a result asks for, and how it is read.
pub struct Reader<R> {
    pub(super) plan: Plan,
    pub(super) accept: &'static str,
    read: fn(Result<http::Response<Body>, Error>, &'static Endpoint) -> R,
    result: PhantomData<fn() -> R>,
}

impl<R> Reader<R> {
    pub(super) fn read(&self, answer: Result<http::Response<Body>, Error>, endpoint: &'static Endpoint) -> R {
        (self.read)(answer, endpoint)
    }
}

impl<R> std::fmt::Debug for Reader<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("plan", &self.plan).field("accept", &self.accept).finish_non_exhaustive()
    }
}

/// Reads whatever a method returns.
#[must_use]
pub fn reads<R>() -> Reader<R>
where
    R: CallResult,
    R::Output: FromResponse,
{
    Reader {
        plan: from_response::plan::<R::Output>(),
        accept: from_response::accept::<R::Output>(),
        read: |answer, endpoint| {
            R::from_result(answer.and_then(|answer| {
                let status = answer.status();
                from_response::read::<R::Output>(answer).map_err(|error| error.or_status(status).at(endpoint))
            }))
        },
        result: PhantomData,
    }
}

/// The same for an endpoint with `none(…)`: an answer of such a status is `None`.
#[must_use]
pub fn reads_optional<R>() -> Reader<R>
where
    R: CallResult,
    R::Output: FromOptional,
{
    Reader {
        plan: R::Output::plan(),
        accept: R::Output::accept(),
        read: |answer, endpoint| {
            R::from_result(answer.and_then(|answer| {
                let status = answer.status();
                if endpoint.is_absent(status) {
                    return Ok(R::Output::absent(&answer));
                }
                R::Output::present(answer).map_err(|error| error.or_status(status).at(endpoint))
            }))
        },
        result: PhantomData,
    }
}

/// The same for an endpoint with `also(…)`, whose result tells the status.
#[must_use]
pub fn reads_also<R>() -> Reader<R>
where
    R: CallResult,
    R::Output: FromOptional + WithStatus,
{
    reads_optional()
}
