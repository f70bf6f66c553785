//! Sending a resolved call.

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
        // Reading is inside the time limit, because a server can send a body as slowly as it likes.
        let exchange = async {
            let (response, url) = client.shared.pipeline.send(request, authentication, &client.base).await?;
            let response = limits::read(response, endpoint, plan, *limits).await?;
            Ok::<_, Error>((response, url))
        };
        let (response, url) = match timeout {
            None => exchange.await?,
            Some(timeout) => tokio::time::timeout(*timeout, exchange).await.map_err(|_| Error::timeout())??,
        };
        Ok(Received {
            response,
            url,
            #[cfg(feature = "stream")]
            origin,
        })
    }
}
