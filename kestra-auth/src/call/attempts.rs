//! The attempts of a call. An attempt follows redirects and reads the response as far as the result needs it.
//!
//! What is hard here: a request that is sent again may act twice. Whether it may be sent again depends on how far the
//! attempt got, on the endpoint, and on the body.

use http::StatusCode;

use super::authentication::CallCredential;
use super::context::CallContext;
use super::limits;
use super::outgoing::OutgoingRequest;
use super::record::CallRecord;
use super::redirect::RedirectFollower;
use crate::body::{Body, Replay};
use crate::client::credential::Credential;
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
        let mut credential = context.authentication.obtain(&request.headers).await?;
        loop {
            // Sending takes the body, so what it takes to repeat it is asked first.
            let replay = request.body.replay();
            record.attempts += 1;
            let result = match context.attempt_timeout {
                None => self.attempt(request, replay.as_ref(), credential.as_ref(), context, record).await,
                Some(limit) => {
                    let attempt = self.attempt(request, replay.as_ref(), credential.as_ref(), context, record);
                    let result = tokio::time::timeout(limit, attempt).await;
                    result.unwrap_or_else(|_| record.arrived.take_cut_off())
                }
            };
            if is_rejected(&result, &credential, request, context)
                && credential.renew(replay.is_some()).await.map_err(|error| keep_head(error, &result))?
                && let Some(replay) = &replay
            {
                request.restore(replay.body());
                continue;
            }
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
        credential: Option<&Credential>,
        context: &CallContext,
        record: &mut CallRecord,
    ) -> Result<http::Response<Body>, Error> {
        let response = self.follower.send(request, replay, credential, &context.base).await?;
        limits::receive(response, request.endpoint, context.plan, context.limits, &mut record.arrived).await
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

/// Returns whether the response rejects a credential that can be renewed.
fn is_rejected(
    result: &Result<http::Response<Body>, Error>,
    credential: &CallCredential<'_>,
    request: &OutgoingRequest,
    context: &CallContext,
) -> bool {
    // Another origin has not seen the credential.
    result.as_ref().is_ok_and(|response| response.status() == StatusCode::UNAUTHORIZED)
        && credential.is_renewable()
        && context.base.is_home(&request.url)
}

/// Adds the head of the response that rejected a credential to the error of its source.
fn keep_head(error: Error, rejection: &Result<http::Response<Body>, Error>) -> Error {
    match rejection {
        Ok(response) => {
            error.with_status(response.status()).with_headers(response.headers().clone()).reached_server(true)
        }
        Err(_) => error,
    }
}
