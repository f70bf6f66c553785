//! The default transport.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{HeaderMap, Method};
use http_body::{Frame, SizeHint};
use sync_wrapper::SyncWrapper;
use url::Url;

use super::reqwest_clients::ReqwestClients;
use super::service::{ErasedService, ServiceFuture};
use super::wire_request::{WireRequest, invalid_url};
use crate::body::Body;
use crate::client::base_url::BaseUrl;
use crate::error::Error;
use crate::error::conversion::from_transport;
use crate::error::kind::ErrorKind;

/// Sends requests with reqwest.
#[derive(Clone)]
pub(crate) struct ReqwestTransport(Arc<ReqwestClients>);

impl ReqwestTransport {
    pub(crate) fn new(clients: ReqwestClients) -> Self {
        Self(Arc::new(clients))
    }

    /// Sends a request once.
    pub(crate) async fn send(&self, request: WireRequest<'_>, base: &BaseUrl) -> Result<http::Response<Body>, Error> {
        let url = base.parse_url(request.url).ok_or_else(invalid_url)?;
        let client = self.0.for_request(&url, request.extensions)?;
        Self::execute(client, request.method, url, request.headers, request.body).await
    }

    async fn execute(
        client: &reqwest::Client,
        method: Method,
        url: Url,
        headers: HeaderMap,
        body: Body,
    ) -> Result<http::Response<Body>, Error> {
        let mut request = reqwest::Request::new(method, url);
        *request.headers_mut() = headers;
        let mut body_error = None;
        // Without a body, reqwest sends neither `Content-Length` nor `Transfer-Encoding`.
        if !http_body::Body::is_end_stream(&body) {
            *request.body_mut() = Some(match body.as_bytes() {
                Some(bytes) => bytes.clone().into(),
                None => reqwest::Body::wrap(StreamedBody {
                    size: http_body::Body::size_hint(&body),
                    body: SyncWrapper::new(body),
                    error: Arc::clone(body_error.insert(SharedError::default())),
                }),
            });
        }
        match client.execute(request).await {
            Ok(response) => Ok(http::Response::from(response).map(Body::from_transport)),
            Err(error) => {
                let body_error = body_error.and_then(|shared| shared.lock().ok()?.take());
                Err(body_error.unwrap_or_else(|| from_transport(&error)))
            }
        }
    }
}

/// reqwest inside a layer, where the request is an `http::Request`.
impl ErasedService for ReqwestTransport {
    fn call_erased(&self, request: http::Request<Body>) -> ServiceFuture {
        let transport = self.clone();
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let url = Url::parse(&parts.uri.to_string()).map_err(|_| invalid_url())?;
            let client = transport.0.for_request(&url, &parts.extensions)?;
            Ok(Self::execute(client, parts.method, url, parts.headers, body).await?)
        })
    }
}

/// Why a request body could not be produced. reqwest reports its own error for that, without the cause.
type SharedError = Arc<Mutex<Option<Error>>>;

/// A request body in the form that reqwest takes: `Sync`, although reqwest never shares it.
struct StreamedBody {
    body: SyncWrapper<Body>,
    /// Read before the body is wrapped, because `SyncWrapper` gives access only to its owner.
    size: SizeHint,
    error: SharedError,
}

impl http_body::Body for StreamedBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let frame = ready!(Pin::new(self.body.get_mut()).poll_frame(cx));
        Poll::Ready(frame.map(|frame| {
            frame.map_err(|error| {
                let failed = || Error::new(ErrorKind::Body, "the request body could not be produced");
                if let Ok(mut shared) = self.error.lock() {
                    *shared = Some(failed().with_source(error));
                }
                failed()
            })
        }))
    }

    fn size_hint(&self) -> SizeHint {
        self.size
    }
}
