//! Services whose type has been erased, so that [`Client`](crate::Client) has no type parameters.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use tokio::sync::Mutex;
use tower_service::Service;

use crate::body::Body;
use crate::error::BoxError;

/// The future of an [`ErasedService`].
pub(crate) type ServiceFuture = Pin<Box<dyn Future<Output = Result<http::Response<Body>, BoxError>> + Send>>;

/// A service that can be called through `dyn`.
pub(crate) trait ErasedService: Send + Sync {
    /// Sends one request.
    fn call_erased(&self, request: http::Request<Body>) -> ServiceFuture;
}

/// What a layer wraps: the rest of the way to the server.
///
/// ```
/// # use kestra_auth::{Body, Client, http, transport::Next};
/// # use tower::ServiceBuilder;
/// # fn main() -> Result<(), kestra_auth::Error> {
/// let log_methods = tower::layer::layer_fn(|next: Next| {
///     tower::util::MapRequest::new(next, |request: http::Request<Body>| {
///         println!("{}", request.method());
///         request
///     })
/// });
/// let client = Client::builder("http://localhost").layer(log_methods).build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Next(Arc<dyn ErasedService>);

impl Next {
    /// Erases a service of this crate.
    pub(crate) fn new(service: impl ErasedService + 'static) -> Self {
        Self(Arc::new(service))
    }

    /// Erases a tower service.
    pub(crate) fn from_service<S, B>(service: S) -> Self
    where
        S: Service<http::Request<Body>, Response = http::Response<B>> + Send + 'static,
        S::Future: Send + 'static,
        S::Error: Into<BoxError>,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self::new(TowerService(Arc::new(Mutex::new(service))))
    }
}

impl ErasedService for Next {
    fn call_erased(&self, request: http::Request<Body>) -> ServiceFuture {
        self.0.call_erased(request)
    }
}

impl Service<http::Request<Body>> for Next {
    type Response = http::Response<Body>;
    type Error = BoxError;
    type Future = NextFuture;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        // Each call waits for its own clone of the service inside, so `Next` itself is always ready.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> NextFuture {
        NextFuture(self.call_erased(request))
    }
}

impl fmt::Debug for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Next")
    }
}

/// The future of [`Next`], which resolves to the response.
pub struct NextFuture(ServiceFuture);

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

/// A tower service. All calls share it, because tower's layers that limit something count in the service, and some of
/// them cannot be cloned.
struct TowerService<S>(Arc<Mutex<S>>);

impl<S, B> ErasedService for TowerService<S>
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Send + 'static,
    S::Future: Send + 'static,
    S::Error: Into<BoxError>,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn call_erased(&self, request: http::Request<Body>) -> ServiceFuture {
        let service = Arc::clone(&self.0);
        Box::pin(async move {
            let response = {
                let mut service = service.lock().await;
                // tower requires this before `call`. Layers that limit rate or concurrency wait here, and calls that
                // come later wait for the lock.
                poll_fn(|cx| service.poll_ready(cx)).await.map_err(Into::into)?;
                service.call(request)
            };
            Ok(response.await.map_err(Into::into)?.map(Body::from_any))
        })
    }
}
