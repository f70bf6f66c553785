//! The attempts of a call. An attempt follows redirects and reads the response as far as the result needs it.
//!
//! What is hard here: a request that is sent again may act twice. Whether it may be sent again depends on how far the
//! attempt got, on the endpoint, and on the body.

use super::context::CallContext;
use super::limits;
use super::outgoing::OutgoingRequest;
use super::record::CallRecord;
use super::redirect::RedirectFollower;
use crate::body::{Body, Replay};
use crate::endpoint::RetryMode;
use crate::error::Error;

/// Makes the attempts of each call.
pub(crate) struct Attempts {
    pub(crate) follower: RedirectFollower,
}

impl Attempts {
    /// Sends the request until an attempt succeeds, or another one is not allowed. Leaves the URL that the response
    /// came from in the request.
    pub(super) async fn send(
        &self,
        request: &mut OutgoingRequest,
        context: &CallContext,
        record: &mut CallRecord,
    ) -> Result<http::Response<Body>, Error> {
        loop {
            // Sending takes the body, so what it takes to repeat it is asked first.
            let replay = request.body.replay();
            record.attempts += 1;
            let result = match context.attempt_timeout {
                None => self.attempt(request, replay.as_ref(), context, record).await,
                Some(limit) => {
                    let attempt = self.attempt(request, replay.as_ref(), context, record);
                    let result = tokio::time::timeout(limit, attempt).await;
                    // The status counts for more than that the body took too long.
                    result.unwrap_or_else(|_| record.rejection.take_response().ok_or_else(Error::timeout))
                }
            };
            match replay {
                Some(replay) if may_repeat(&result, request, record) => request.restore(replay.body()),
                _ => return result,
            }
        }
    }

    /// Sends the request once and reads the response, which needs no connection afterwards unless it is a stream.
    async fn attempt(
        &self,
        request: &mut OutgoingRequest,
        replay: Option<&Replay>,
        context: &CallContext,
        record: &mut CallRecord,
    ) -> Result<http::Response<Body>, Error> {
        let response = self.follower.send(request, replay, &context.authentication, &context.base).await?;
        limits::receive(response, request.endpoint, context.plan, context.limits, &mut record.rejection).await
    }
}

/// Returns whether the request may be sent again.
fn may_repeat(result: &Result<http::Response<Body>, Error>, request: &OutgoingRequest, record: &CallRecord) -> bool {
    // The server closed the connection while it was idle, and the request crossed that on the wire. Another one will
    // work, or is lost for a reason of its own.
    result.as_ref().is_err_and(Error::lost_idle_connection)
        && request.endpoint.retry() == RetryMode::Idempotent
        && record.attempts == 1
}
