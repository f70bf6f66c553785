//! The attempts of a call. An attempt follows redirects and reads the response as far as the result needs it.
//!
//! What is hard here: a request that is sent again may act twice. Whether it may be sent again depends on how far the
//! attempt got, on the endpoint, and on the body.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use tokio::time::Instant;

use super::authentication::CallCredential;
use super::context::{CallContext, RetryContext};
use super::limits;
use super::outgoing::OutgoingRequest;
use super::record::CallRecord;
use super::redirect::RedirectFollower;
use crate::body::Replay;
use crate::client::credential::Credential;
use crate::endpoint::{Endpoint, RetryMode};
use crate::error::Error;
use crate::error::kind::ErrorKind;
use crate::retry::budget::Budget;
use crate::retry::failed_attempt::FailedAttempt;
use crate::transport::wire_request::PublicRequest;
use crate::transport::wire_response::WireResponse;

/// After how many lost connections in a row a call gives up. A pool may have several whose server is gone.
const MAX_LOST: u32 = 10;

/// Makes the attempts of each call.
pub(crate) struct Attempts {
    pub(crate) follower: RedirectFollower,
    /// What all calls of the client may repeat.
    pub(crate) budget: Arc<Budget>,
}

impl Attempts {
    /// Returns what makes attempts that stay within the origin of their base URL, whatever the caller has allowed.
    pub(super) fn within_origin(&self) -> Self {
        Self { follower: self.follower.within_origin(), budget: Arc::clone(&self.budget) }
    }

    /// Sends the request until an attempt succeeds, or another one is not allowed. Leaves the URL that the response
    /// came from in the request.
    pub(super) async fn send(
        &self,
        request: &mut OutgoingRequest,
        context: &CallContext,
        record: &mut CallRecord,
    ) -> Result<WireResponse, Error> {
        let mut credential = context.authentication.obtain(&request.headers).await?;
        let mut lost_in_a_row = 0;
        loop {
            // Sending takes the body, so what it takes to repeat it is asked first.
            let replay = request.body.replay();
            record.attempts += 1;
            if record.attempts == 1 && context.retry.policy.is_some() {
                self.budget.deposit();
            }
            if let Some(progress) = &context.progress {
                progress.begin_attempt();
            }
            let result = {
                let attempt = pin!(self.attempt(request, replay.as_ref(), credential.as_ref(), context, record));
                match context.attempt_timeout {
                    None => Ok(attempt.await),
                    Some(limit) => tokio::time::timeout(limit, attempt).await,
                }
            };
            let result = result.unwrap_or_else(|_| record.arrived.take_cut_off(attempt_timeout));
            if let Some(progress) = &context.progress {
                progress.end_attempt(result.as_ref().err());
            }
            if is_rejected(&result, &credential, request, context)
                && credential.renew(replay.is_some()).await.map_err(|error| keep_head(error, &result))?
                && let Some(replay) = &replay
            {
                request.restore(replay.body())?;
                continue;
            }
            let Some(replay) = replay else { return result };
            let is_lost = result.as_ref().is_err_and(Error::lost_used_connection);
            lost_in_a_row = if is_lost { lost_in_a_row + 1 } else { 0 };
            let is_free = is_lost && lost_in_a_row <= MAX_LOST;
            let delay = if is_free && context.retry.repeats_on_another_connection(record.attempts) {
                Duration::ZERO
            } else {
                let delay = self.next_delay(&result, request.endpoint, context, record.attempts);
                let Some(delay) = delay else { return result };
                delay
            };
            // The connection must not wait for the next attempt.
            drop(result);
            if delay.is_zero() {
                // With a transport that never waits, no other task would run.
                tokio::task::yield_now().await;
            } else {
                tokio::time::sleep(delay).await;
            }
            request.restore(replay.body())?;
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
    ) -> Result<WireResponse, Error> {
        let response = self.follower.send(request, replay, credential, context).await?;
        limits::receive(response, request.endpoint, context.plan, context.limits, &mut record.arrived).await
    }

    /// Returns how long to wait before the next attempt, if there is to be one.
    fn next_delay(
        &self,
        result: &Result<WireResponse, Error>,
        endpoint: &'static Endpoint,
        context: &CallContext,
        attempts: u32,
    ) -> Option<Duration> {
        let result = match result {
            Ok(response) if response.status().is_success() || endpoint.is_absent(response.status()) => return None,
            result => result.as_deref(),
        };
        let RetryContext { policy, mode, has_key } = &context.retry;
        let mode = if *has_key { RetryMode::Idempotent } else { *mode };
        let delay = policy.as_ref()?.next_delay(&FailedAttempt::new(endpoint, attempts, result), mode)?;
        let is_in_time = match context.deadline {
            Some(deadline) => Instant::now().checked_add(delay).is_some_and(|next| next < deadline),
            None => true,
        };
        (is_in_time && self.budget.withdraw()).then_some(delay)
    }
}

/// Returns whether the response rejects a credential that can be renewed.
fn is_rejected(
    result: &Result<WireResponse, Error>,
    credential: &CallCredential<'_>,
    request: &OutgoingRequest,
    context: &CallContext,
) -> bool {
    // Another origin has not seen the credential, and neither has whoever it redirected to.
    result.as_ref().is_ok_and(|response| response.status() == StatusCode::UNAUTHORIZED)
        && credential.is_renewable()
        && context.base.is_home(&request.url)
        && request.extensions.get::<PublicRequest>().is_none()
}

/// Builds the error of an attempt that takes too long.
fn attempt_timeout() -> Error {
    Error::new(ErrorKind::Timeout, "an attempt exceeded its time limit")
}

/// Adds the head of the response that rejected a credential to the error of its source.
fn keep_head(error: Error, rejection: &Result<WireResponse, Error>) -> Error {
    match rejection {
        Ok(response) => {
            error.with_status(response.status()).with_headers(response.headers().clone()).reached_server(true)
        }
        Err(_) => error,
    }
}
