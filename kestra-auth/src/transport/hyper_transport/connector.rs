//! How the transport on hyper connects: to the server, to a proxy that forwards requests, or through a tunnel of a proxy.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use http::uri::Scheme;
use hyper_util::client::legacy::connect::HttpConnector;
#[cfg(feature = "rustls")]
use hyper_util::client::proxy::matcher::Intercept;
use tower_service::Service;

use super::connection::AnyConnection;
use super::proxies::Proxies;
use super::resolver::Resolver;
#[cfg(feature = "rustls")]
use super::tls::Tls;
use crate::error::BoxError;
use crate::error::connect_failure::ConnectFailure;

/// How often the system checks a connection that is silent.
const TCP_KEEPALIVE: Duration = Duration::from_secs(15);
const TCP_KEEPALIVE_RETRIES: u32 = 3;

/// Establishes connections. It is cheap to clone, which hyper-util does for each request.
#[derive(Clone)]
pub(super) struct Connector(Arc<Inner>);

struct Inner {
    http: HttpConnector<Resolver>,
    #[cfg(feature = "rustls")]
    tls: Tls,
    proxies: Arc<Proxies>,
    time_limit: Duration,
}

impl Connector {
    pub(super) fn new(
        resolver: Resolver,
        #[cfg(feature = "rustls")] tls: Tls,
        proxies: Arc<Proxies>,
        time_limit: Duration,
    ) -> Self {
        let mut http = HttpConnector::new_with_resolver(resolver);
        http.enforce_http(false);
        http.set_nodelay(true);
        http.set_connect_timeout(Some(time_limit));
        http.set_keepalive(Some(TCP_KEEPALIVE));
        http.set_keepalive_interval(Some(TCP_KEEPALIVE));
        http.set_keepalive_retries(Some(TCP_KEEPALIVE_RETRIES));
        Self(Arc::new(Inner {
            http,
            #[cfg(feature = "rustls")]
            tls,
            proxies,
            time_limit,
        }))
    }
}

impl Service<Uri> for Connector {
    type Response = AnyConnection;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<AnyConnection, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, url: Uri) -> Self::Future {
        let inner = Arc::clone(&self.0);
        Box::pin(async move {
            let connection = tokio::time::timeout(inner.time_limit, inner.connect(url)).await;
            connection.unwrap_or_else(|_| Err(ConnectFailure::TimedOut.into()))
        })
    }
}

impl Inner {
    async fn connect(&self, url: Uri) -> Result<AnyConnection, BoxError> {
        #[cfg(not(feature = "rustls"))]
        if url.scheme() == Some(&Scheme::HTTPS) {
            return Err(ConnectFailure::HttpsUnsupported.into());
        }
        match self.proxies.intercept(&url)? {
            None => self.connect_to(url).await,
            #[cfg(feature = "rustls")]
            Some(proxy) if url.scheme() == Some(&Scheme::HTTPS) => self.connect_through(&proxy, url).await,
            Some(proxy) => Ok(self.connect_to(proxy.uri().clone()).await?.forwarded()),
        }
    }

    /// Connects to the host of a URL, which may be that of a proxy.
    async fn connect_to(&self, url: Uri) -> Result<AnyConnection, BoxError> {
        let mut http = self.http.clone();
        if url.scheme() != Some(&Scheme::HTTPS) {
            return Ok(AnyConnection::new(http.call(url).await?));
        }
        #[cfg(feature = "rustls")]
        return Ok(AnyConnection::new(self.tls.secure(http).call(url).await?));
        #[cfg(not(feature = "rustls"))]
        return Err(ConnectFailure::HttpsUnsupported.into());
    }

    /// Connects to the host of an https URL through a tunnel.
    #[cfg(feature = "rustls")]
    async fn connect_through(&self, proxy: &Intercept, url: Uri) -> Result<AnyConnection, BoxError> {
        use hyper_util::client::legacy::connect::proxy::Tunnel;

        let mut tunnel = Tunnel::new(proxy.uri().clone(), self.tls.secure_proxy(self.http.clone()));
        if let Some(value) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(value.clone());
        }
        Ok(AnyConnection::new(self.tls.secure(tunnel).call(url).await?))
    }
}
