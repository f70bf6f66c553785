//! Reading the response as the result of the method.
//!
//! What is hard here: a bound on the function that sends is also a bound on the future that it returns, and the
//! compiler would report a result that does not satisfy it twice. So the bounds are on the functions of this file, and
//! the function that sends has none.

use std::fmt;
use std::marker::PhantomData;

use crate::body::Body;
use crate::body::plan::Plan;
use crate::call::execution::Received;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::response::Response;
use crate::response::call_result::CallResult;
use crate::response::from_response::{self, FromResponse};
use crate::response::optional::sealed::ReadOptional;
use crate::response::optional::{FromOptional, WithStatus};

/// What a result asks for, and how it is read.
pub struct Reader<R> {
    pub(super) plan: Plan,
    pub(super) accept: &'static str,
    read: fn(Result<Received, Error>, &'static Endpoint) -> R,
    result: PhantomData<fn() -> R>,
}

impl<R> Reader<R> {
    pub(super) fn read(&self, received: Result<Received, Error>, endpoint: &'static Endpoint) -> R {
        (self.read)(received, endpoint)
    }
}

impl<R> fmt::Debug for Reader<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("plan", &self.plan).field("accept", &self.accept).finish_non_exhaustive()
    }
}

/// Reads every response with a success status.
#[must_use]
pub fn reads<R>() -> Reader<R>
where
    R: CallResult,
    R::Output: FromResponse,
{
    Reader {
        plan: from_response::plan::<R::Output>(),
        accept: from_response::accept::<R::Output>(),
        read: |received, endpoint| finish(received, endpoint, from_response::read::<R::Output>),
        result: PhantomData,
    }
}

/// Reads the response of an endpoint with `none(…)`: `None` for the statuses in it.
#[must_use]
pub fn reads_optional<R>() -> Reader<R>
where
    R: CallResult,
    R::Output: FromOptional,
{
    Reader {
        plan: R::Output::plan(),
        accept: R::Output::accept(),
        read: |received, endpoint| {
            finish(received, endpoint, |response| {
                if endpoint.is_absent(response.status()) {
                    return Ok(R::Output::absent(&response));
                }
                R::Output::present(response)
            })
        },
        result: PhantomData,
    }
}

/// Reads the response of an endpoint with `also(…)`, whose result has the status.
#[must_use]
pub fn reads_also<R>() -> Reader<R>
where
    R: CallResult,
    R::Output: WithStatus,
{
    reads_optional()
}

/// Reads a response, adds to an error what the call knows, and ends the observation of the call.
fn finish<R: CallResult>(
    received: Result<Received, Error>,
    endpoint: &'static Endpoint,
    read: impl FnOnce(Response<Body>) -> Result<R::Output, Error>,
) -> R {
    R::from_result(received.and_then(|mut received| {
        let observation = received.observation.take();
        let (limit, attempts) = (received.error_limit, received.attempts);
        let response = Response::from_received(received);
        let status = response.status();
        let result =
            read(response).map_err(|error| error.or_status(status).at(endpoint).limit_body(limit).after(attempts));
        if let Some(observation) = observation {
            observation.end(result.as_ref().err());
        }
        result
    }))
}
