//! Sending a resolved call.

use super::deadline::Deadline;
use super::limits;
use super::resolved::ResolvedCall;
#[cfg(feature = "stream")]
use super::stream_origin::StreamOrigin;
use crate::body::Body;
use crate::body::plan::Plan;
use crate::error::Error;
use crate::runtime;

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
        // Reading is inside the time limit, because a server can send a body as slowly as it likes.
        let deadline = Deadline::after(*timeout);
        let exchange = async {
            let sent = client.shared.pipeline.send(request, authentication, &client.base);
            let (response, url) = deadline.limit(sent).await?;
            let response = limits::read(response, endpoint, plan, *limits, deadline).await?;
            Ok::<_, Error>((response, url))
        };
        // A layer can make an error with any body.
        let (response, url) = exchange.await.map_err(|error| error.limit_body(error_limit))?;
        Ok(Received {
            response,
            url,
            error_limit,
            #[cfg(feature = "stream")]
            origin,
        })
    }
}
