//! Sending a resolved call.

use http::header::ACCEPT_ENCODING;

use super::limits::{self, Rejection};
use super::resolved::ResolvedCall;
#[cfg(feature = "stream")]
use super::stream_origin::StreamOrigin;
use crate::body::Body;
use crate::body::plan::Plan;
use crate::error::Error;
use crate::{headers, runtime};

/// A response that has been read according to its plan.
pub(crate) struct Received {
    pub(crate) response: http::Response<Body>,
    /// The URL that the response came from, after redirects.
    pub(crate) url: Option<String>,
    /// How much of the body an error keeps.
    pub(crate) error_limit: u64,
    /// For a response that is read as a stream.
    #[cfg(feature = "stream")]
    pub(crate) origin: Option<Box<StreamOrigin>>,
}

impl ResolvedCall<'_> {
    /// Sends the call and reads the response according to `plan`, both within the time limit.
    ///
    /// # Errors
    /// If no successful response arrives.
    pub(crate) async fn send(&mut self, plan: Plan) -> Result<Received, Error> {
        // Before sending, which takes parts of the request.
        #[cfg(feature = "stream")]
        let origin = (plan == Plan::Stream).then(|| Box::new(StreamOrigin::new(self)));
        let Self { client, request, authentication, limits, timeout } = self;
        let endpoint = request.endpoint;
        // An error here means that nothing was sent, so it must come before the first attempt.
        if timeout.is_some() || client.shared.needs_timers {
            runtime::check_timers()?;
        }
        let error_limit = limits.error;
        let accepts_codings = headers::contains(&request.headers, &ACCEPT_ENCODING);
        let mut rejection = Rejection::default();
        // Reading is inside the time limit, because a server can send a body as slowly as it likes.
        let exchange = async {
            let (response, url) = client.shared.pipeline.send(request, authentication, &client.base).await?;
            let response = limits::read(response, endpoint, plan, accepts_codings, *limits, &mut rejection).await?;
            Ok::<_, Error>((response, url))
        };
        let exchanged = match timeout {
            None => Ok(exchange.await),
            Some(timeout) => tokio::time::timeout(*timeout, exchange).await,
        };
        // The status counts for more than that the body took too long.
        let exchanged = exchanged.unwrap_or_else(|_| Err(rejection.take_error().unwrap_or_else(Error::timeout)));
        // A layer can make an error with any body.
        let (response, url) = exchanged.map_err(|error| error.limit_body(error_limit))?;
        Ok(Received {
            response,
            url,
            error_limit,
            #[cfg(feature = "stream")]
            origin,
        })
    }
}
