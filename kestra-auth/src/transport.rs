//! What carries a request: reqwest by default, or any [`tower`](https://docs.rs/tower) service.
//!
//! This is the one module in which reqwest shows; a new major version of it is a breaking change here.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{HeaderMap, Method, Uri};
use tower_service::Service;
use url::Url;

use crate::body::Body;
use crate::client::base_url::BaseUrl;
use crate::endpoint::Endpoint;
use crate::error::conversion::{from_service, from_transport};
use crate::error::kind::ErrorKind;
use crate::error::{BoxError, Error};

pub use reqwest;

/// A request between its encoding and its transport.
pub(crate) struct Outgoing {
    pub(crate) endpoint: &'static Endpoint,
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) headers: HeaderMap,
    /// What layers left for one another.
    pub(crate) extensions: http::Extensions,
    pub(crate) body: Body,
}

impl Outgoing {
    /// As layers and transports take it, the body taken out: with the [`Endpoint`] in its extensions.
    pub(crate) fn take_request(&mut self) -> Result<http::Request<Body>, Error> {
        let uri = Uri::try_from(self.url.as_str()).map_err(|_| unsendable())?;
        let mut request = http::Request::new(std::mem::take(&mut self.body));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = uri;
        request.headers_mut().clone_from(&self.headers);
        request.extensions_mut().clone_from(&self.extensions);
        request.extensions_mut().insert(self.endpoint);
        Ok(request)
    }
}

/// The innermost step of a client.
#[derive(Clone)]
pub(crate) enum Transport {
    /// Without the detour over `http::Request`, which costs parsing the URL twice.
    Default(reqwest::Client),
    Service(Next),
}

impl Transport {
    /// Sends once. The body is taken; the rest stays for a redirect.
    pub(crate) async fn send(&self, outgoing: &mut Outgoing, base: &BaseUrl) -> Result<http::Response<Body>, Error> {
        match self {
            Self::Default(client) => {
                let url = base.url_of(&outgoing.url).ok_or_else(unsendable)?;
                let body = std::mem::take(&mut outgoing.body);
                execute(client, outgoing.method.clone(), url, outgoing.headers.clone(), body).await
            }
            Self::Service(next) => next.0.call(outgoing.take_request()?).await.map_err(from_service),
        }
    }
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
    let mut failure = None;
    if !http_body::Body::is_end_stream(&body) {
        *request.body_mut() = Some(match body.as_bytes() {
            Some(bytes) => bytes.clone().into(),
            None => reqwest::Body::wrap(SyncBody {
                size: http_body::Body::size_hint(&body),
                body: sync_wrapper::SyncWrapper::new(body),
                failure: Arc::clone(failure.insert(Failure::default())),
            }),
        });
    }
    match client.execute(request).await {
        Ok(response) => Ok(http::Response::from(response).map(Body::from_transport)),
        Err(error) => {
            Err(failure.and_then(|failure| failure.lock().ok()?.take()).unwrap_or_else(|| from_transport(&error)))
        }
    }
}

fn unsendable() -> Error {
    Error::build("the URL cannot be sent as it is")
}

/// Why a request's body broke off. The transport would tell it as its own failure, without the cause.
type Failure = Arc<Mutex<Option<Error>>>;

/// reqwest wants a body that is `Sync`, although it never shares one.
struct SyncBody {
    body: sync_wrapper::SyncWrapper<Body>,
    /// Asked for before the body is wrapped, since only its owner may look at it then.
    size: http_body::SizeHint,
    failure: Failure,
}

impl http_body::Body for SyncBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Error>>> {
        let frame = ready!(Pin::new(self.body.get_mut()).poll_frame(cx));
        Poll::Ready(frame.map(|frame| {
            frame.map_err(|error| {
                let failed = || Error::new(ErrorKind::Body, "the request body could not be produced");
                if let Ok(mut failure) = self.failure.lock() {
                    *failure = Some(failed().with_source(error));
                }
                failed()
            })
        }))
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.size
    }
}

pub(crate) type CallFuture = Pin<Box<dyn Future<Output = Result<http::Response<Body>, BoxError>> + Send>>;

/// A service, its type forgotten.
pub(crate) trait Call: Send + Sync {
    fn call(&self, request: http::Request<Body>) -> CallFuture;
}

/// What a layer wraps: the rest of the way to the server.
///
/// ```
/// # use kestra_auth::{Body, Client, transport::Next};
/// # use tower::ServiceBuilder;
/// # fn main() -> Result<(), kestra_auth::Error> {
/// let logged = tower::layer::layer_fn(|next: Next| {
///     tower::util::MapRequest::new(next, |request: http::Request<Body>| {
///         println!("{}", request.method());
///         request
///     })
/// });
/// let client = Client::builder("http://localhost").layer(logged).build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Next(Arc<dyn Call>);

impl Next {
    pub(crate) fn new(call: impl Call + 'static) -> Self {
        Self(Arc::new(call))
    }

    pub(crate) fn from_service<S, B>(service: S) -> Self
    where
        S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
        S::Future: Send + 'static,
        S::Error: Into<BoxError>,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self::new(ServiceCall(service))
    }

    /// Through layers: what the core needs of the call goes along in the extensions.
    pub(crate) async fn send(
        &self,
        mut outgoing: Outgoing,
        context: crate::call::redirect::Context,
    ) -> Result<http::Response<Body>, Error> {
        outgoing.extensions.insert(context);
        self.0.call(outgoing.take_request()?).await.map_err(from_service)
    }

    pub(crate) fn from_transport(transport: Transport) -> Self {
        match transport {
            Transport::Default(client) => Self::new(DefaultCall(client)),
            Transport::Service(next) => next,
        }
    }
}

impl Service<http::Request<Body>> for Next {
    type Response = http::Response<Body>;
    type Error = BoxError;
    type Future = NextFuture;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> NextFuture {
        NextFuture(self.0.call(request))
    }
}

impl fmt::Debug for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Next")
    }
}

/// The answer to come of a [`Next`].
pub struct NextFuture(CallFuture);

impl Future for NextFuture {
    type Output = Result<http::Response<Body>, BoxError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(cx)
    }
}

impl fmt::Debug for NextFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NextFuture")
    }
}

struct ServiceCall<S>(S);

impl<S, B> Call for ServiceCall<S>
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
    S::Future: Send + 'static,
    S::Error: Into<BoxError>,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn call(&self, request: http::Request<Body>) -> CallFuture {
        let mut service = self.0.clone();
        Box::pin(async move {
            poll_fn(|cx| service.poll_ready(cx)).await.map_err(Into::into)?;
            let response = service.call(request).await.map_err(Into::into)?;
            Ok(response.map(Body::wrap))
        })
    }
}

/// reqwest under a layer.
struct DefaultCall(reqwest::Client);

impl Call for DefaultCall {
    fn call(&self, request: http::Request<Body>) -> CallFuture {
        let client = self.0.clone();
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let url = Url::parse(&parts.uri.to_string()).map_err(|_| unsendable())?;
            Ok(execute(&client, parts.method, url, parts.headers, body).await?)
        })
    }
}
