//! Sending a resolved call.

use std::pin::pin;
use std::sync::Arc;

use http::header::ACCEPT_ENCODING;
use tokio::time::Instant;
#[cfg(feature = "tracing")]
use tracing::{Instrument as _, Span};

use super::limits;
use super::resolved::ResolvedCall;
#[cfg(feature = "stream")]
use super::stream_origin::StreamOrigin;
use crate::body::plan::Plan;
use crate::error::Error;
use crate::observe::observation::{self, Observation};
use crate::transport::wire_response::WireResponse;
use crate::{headers, runtime};

/// A response that has been read according to its plan.
pub(crate) struct Received {
    pub(crate) response: WireResponse,
    /// The URL that the response came from, after redirects.
    pub(crate) url: Option<String>,
    /// How many attempts have been made.
    pub(crate) attempts: u32,
    /// How much of the body an error keeps.
    pub(crate) error_limit: u64,
    /// Ends when the response has been read as the result of the method.
    pub(crate) observation: Option<Observation>,
    /// For a response that is read as a stream.
    #[cfg(feature = "stream")]
    pub(crate) origin: Option<Box<StreamOrigin>>,
}

impl ResolvedCall<'_> {
    /// Sends the call and reads the response according to `plan`, both within the time limit.
    ///
    /// # Errors
    /// If no successful response arrives. The observation ends with it.
    pub(crate) async fn send(&mut self, plan: Plan, observation: Option<Observation>) -> Result<Received, Error> {
        // Before sending, which takes parts of the request.
        #[cfg(feature = "stream")]
        let origin = (plan == Plan::Stream).then(|| Box::new(StreamOrigin::new(self)));
        let Self { client, request, context, timeout, record } = self;
        let endpoint = request.endpoint;
        let pipeline = &client.shared.pipeline;
        // An error here means that nothing was sent, so it must come before the first attempt.
        let waits = timeout.is_some() || context.attempt_timeout.is_some() || context.retry.policy.is_some();
        if waits || client.shared.needs_timers {
            runtime::check_timers().map_err(|error| observation::fail(observation.as_ref(), error).at(endpoint))?;
        }
        context.plan = plan;
        let error_limit = context.limits.error;
        let accepts_codings = headers::contains(&request.headers, &ACCEPT_ENCODING);
        if context.retry.policy.is_some() {
            context.deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        }
        // Reading is inside the time limit, because a server can send a body as slowly as it likes.
        context.progress = observation.as_ref().map(|observation| Arc::clone(observation.progress()));
        let exchanged = {
            // Pinned, because moving it into another future costs more than most of what it does.
            let exchange = pin!(pipeline.send(request, context, record));
            #[cfg(feature = "tracing")]
            let exchange = exchange.instrument(observation.as_ref().map_or_else(Span::none, Observation::span));
            match timeout {
                None => Ok(exchange.await),
                Some(timeout) => tokio::time::timeout(*timeout, exchange).await,
            }
        };
        let exchanged = exchanged.unwrap_or_else(|_| record.arrived.take_cut_off(Error::timeout));
        let checked = match exchanged {
            Ok(response) => limits::check(response, endpoint, plan, accepts_codings),
            Err(error) => Err(error),
        };
        let mut response = match checked {
            Ok(response) => response,
            Err(error) => {
                // A layer can make an error with any body.
                let error = error.limit_body(error_limit).after(record.attempts);
                return Err(observation::fail(observation.as_ref(), error).at(endpoint));
            }
        };
        observation::attach(observation.as_ref(), &mut response, plan);
        Ok(Received {
            response,
            url: record.url.take(),
            attempts: record.attempts,
            error_limit,
            observation,
            #[cfg(feature = "stream")]
            origin,
        })
    }
}
