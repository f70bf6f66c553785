//! What a request passes on its way, and what carries it.

use bytes::Bytes;
use tower_layer::Layer;
use tower_service::Service;

use super::ClientBuilder;
use crate::body::Body;
use crate::error::BoxError;
use crate::transport::service::Next;

/// Layers and transports.
impl ClientBuilder {
    /// Adds a layer around calls, which runs once for each call.
    ///
    /// It sees the request before the credential is attached, and the response after all attempts and redirects. The
    /// body of the response is in memory ([`Body::as_bytes`]), unless the result is a stream; that of an error status
    /// ends at the [`error_limit`](Self::error_limit). A layer that sends the request several times makes as many series
    /// of attempts. The layer that is added first is the outermost.
    ///
    /// Any layer of [tower](https://docs.rs/tower) or [tower-http](https://docs.rs/tower-http) will do, also one whose
    /// service cannot be cloned. The error of tower's `TimeoutLayer` [is a timeout](crate::Error::is_timeout).
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), kestra_auth::Error> {
    /// use std::time::Duration;
    /// use kestra_auth::Client;
    /// use tower::limit::{ConcurrencyLimitLayer, RateLimitLayer};
    ///
    /// let client = Client::builder("https://kestra.example.com")
    ///     .layer(RateLimitLayer::new(100, Duration::from_secs(1)))
    ///     .attempt_layer(ConcurrencyLimitLayer::new(10))
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn layer<L, B>(mut self, layer: L) -> Self
    where
        L: Layer<Next> + Send + 'static,
        L::Service: Service<http::Request<Body>, Response = http::Response<B>> + Send + 'static,
        <L::Service as Service<http::Request<Body>>>::Future: Send + 'static,
        <L::Service as Service<http::Request<Body>>>::Error: Into<BoxError>,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        self.layers.push(Box::new(move |next| Next::from_service(layer.layer(next))));
        self
    }

    /// Adds a layer around attempts, which runs for each request on the wire: again for each redirect, and again for
    /// each [retry](Self::retry).
    ///
    /// It sees the request with the credential, and the response as the transport returns it, whatever its status is and
    /// before its body has been read. Its error is that of the attempt, so that another one may follow a timeout or an
    /// I/O error. The layer that is added first is the outermost.
    pub fn attempt_layer<L, B>(mut self, layer: L) -> Self
    where
        L: Layer<Next> + Send + 'static,
        L::Service: Service<http::Request<Body>, Response = http::Response<B>> + Send + 'static,
        <L::Service as Service<http::Request<Body>>>::Future: Send + 'static,
        <L::Service as Service<http::Request<Body>>>::Error: Into<BoxError>,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        self.attempt_layers.push(Box::new(move |next| Next::from_service(layer.layer(next))));
        self
    }

    /// Replaces the default transport with a service of `http` requests, such as an in-memory transport for tests.
    ///
    /// The service sends each request once, and must not follow redirects. If it fails with an [`std::io::Error`], that
    /// is a connection which was refused, lost, or timed out, depending on its kind.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use kestra_auth::{AuthApi, AuthApiClient, Body, Client, http};
    ///
    /// let server = tower::service_fn(|request: http::Request<Body>| async move {
    ///     assert_eq!(request.uri().path(), "/api/v1/auths");
    ///     Ok::<_, std::io::Error>(http::Response::new(Body::from(r#"{"loginPassword": true}"#)))
    /// });
    /// let auth = AuthApiClient::new(Client::builder("http://localhost").transport(server).build()?);
    /// assert_eq!(auth.index().await?.login_password, Some(true));
    /// # Ok(())
    /// # }
    /// ```
    pub fn transport<S, B>(mut self, service: S) -> Self
    where
        S: Service<http::Request<Body>, Response = http::Response<B>> + Send + 'static,
        S::Future: Send + 'static,
        S::Error: Into<BoxError>,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        self.transport = Some(Next::from_service(service));
        self
    }
}
