//! What carries a request: reqwest by default, or any [`tower`](https://docs.rs/tower) service.
//!
//! This is the one module in which reqwest shows; a new major version of it is a breaking change here.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, Method, Uri};
use tower_service::Service;
use url::Url;

use crate::error::{BoxError, from_service, from_transport};
use crate::{Body, Endpoint, Error};

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
    Default(DefaultTransport),
    Service(Next),
}

impl Transport {
    /// Sends once. The body is taken; the rest stays for a redirect.
    pub(crate) async fn send(&self, outgoing: &mut Outgoing) -> Result<http::Response<Body>, Error> {
        match self {
            Self::Default(transport) => {
                let url = transport.url(&outgoing.url)?;
                let body = std::mem::take(&mut outgoing.body);
                transport.execute(outgoing.method.clone(), url, outgoing.headers.clone(), body).await
            }
            Self::Service(next) => next.0.call(outgoing.take_request()?).await.map_err(from_service),
        }
    }
}

/// reqwest, and the origin that nearly every request goes to.
#[derive(Clone)]
pub(crate) struct DefaultTransport {
    client: reqwest::Client,
    /// Parsed once: the host is the costliest part of a URL to parse.
    origin: Url,
}

impl DefaultTransport {
    pub(crate) fn new(client: reqwest::Client, origin: &str) -> Result<Self, Error> {
        let origin = Url::parse(origin).map_err(|_| unsendable())?;
        Ok(Self { client, origin })
    }

    fn url(&self, text: &str) -> Result<Url, Error> {
        let origin = self.origin.as_str().trim_end_matches('/');
        let Some(rest) = text.strip_prefix(origin).filter(|rest| rest.starts_with('/')) else {
            return Url::parse(text).map_err(|_| unsendable());
        };
        let mut url = self.origin.clone();
        let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
        url.set_path(path);
        url.set_query(query);
        Ok(url)
    }

    async fn execute(
        &self,
        method: Method,
        url: Url,
        headers: HeaderMap,
        body: Body,
    ) -> Result<http::Response<Body>, Error> {
        let mut request = reqwest::Request::new(method, url);
        *request.headers_mut() = headers;
        if !http_body::Body::is_end_stream(&body) {
            *request.body_mut() = Some(match body.as_bytes() {
                Some(bytes) => bytes.clone().into(),
                None => reqwest::Body::wrap(SyncBody(sync_wrapper::SyncWrapper::new(body))),
            });
        }
        let response = self.client.execute(request).await.map_err(|error| from_transport(&error))?;
        Ok(http::Response::from(response).map(Body::from_transport))
    }
}

fn unsendable() -> Error {
    Error::build("the URL cannot be sent as it is")
}

/// reqwest wants a body that is `Sync`, although it never shares one.
struct SyncBody(sync_wrapper::SyncWrapper<Body>);

impl http_body::Body for SyncBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Error>>> {
        Pin::new(self.0.get_mut()).poll_frame(cx)
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
        context: crate::redirect::Context,
    ) -> Result<http::Response<Body>, Error> {
        outgoing.extensions.insert(context);
        self.0.call(outgoing.take_request()?).await.map_err(from_service)
    }

    pub(crate) fn from_transport(transport: Transport) -> Self {
        match transport {
            Transport::Default(transport) => Self::new(DefaultCall(transport)),
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
struct DefaultCall(DefaultTransport);

impl Call for DefaultCall {
    fn call(&self, request: http::Request<Body>) -> CallFuture {
        let transport = self.0.clone();
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let url = transport.url(&parts.uri.to_string())?;
            Ok(transport.execute(parts.method, url, parts.headers, body).await?)
        })
    }
}
