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
    /// Adds a layer that runs once for each call: before the credential is attached and before redirects are followed.
    ///
    /// The layer that is added first is the outermost.
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

    /// Adds a layer that runs for each request on the wire: after the credential is attached, and again for each
    /// redirect.
    ///
    /// The layer that is added first is the outermost.
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
    /// The service must not follow redirects.
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
