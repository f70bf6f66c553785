//! The transport on hyper, without reqwest in between.
//!
//! Requests go out as they are: hyper-util's client follows no redirects and decodes nothing. It has connections for all
//! requests, because whether one passes a proxy is decided when it is established.

mod client;
mod connection;
mod connector;
mod home;
#[cfg(all(test, not(feature = "rustls")))]
mod https_tests;
mod proxies;
mod resolver;
#[cfg(feature = "rustls")]
mod tls;

use std::sync::Arc;
use std::time::Duration;

use http::header::PROXY_AUTHORIZATION;
use http::uri::Scheme;
use http::{Extensions, HeaderMap, Method, Uri};
use url::Url;

use super::compression;
use super::exchange::Exchange;
use super::service::{ErasedService, ServiceFuture};
use super::settings::Settings;
use super::upload::{RequestBody, Upload};
use super::used_connections::UsedConnections;
use super::wire_request::{ReadTimeout, WireRequest, invalid_url};
use super::wire_response::WireResponse;
use crate::body::Body;
use crate::body::transport::Incoming;
use crate::client::base_url::BaseUrl;
use crate::error::Error;
use crate::error::connect_failure::ConnectFailure;
use crate::error::conversion::from_hyper;
use crate::headers;
use client::HyperClient;
use home::Home;
use proxies::Proxies;

/// Sends requests with hyper.
#[derive(Clone)]
pub(crate) struct HyperTransport(Arc<Inner>);

struct Inner {
    client: HyperClient,
    proxies: Arc<Proxies>,
    home: Home,
    used_connections: UsedConnections,
    read_timeout: Duration,
}

impl HyperTransport {
    /// Builds the transport, so that an invalid setting is reported now.
    pub(crate) fn new(
        base: &BaseUrl,
        connect_timeout: Duration,
        read_timeout: Duration,
        settings: Settings,
    ) -> Result<Self, Error> {
        let url = Uri::try_from(base.as_str()).map_err(|_| invalid_url())?;
        if cfg!(not(feature = "rustls")) && url.scheme() == Some(&Scheme::HTTPS) {
            return Err(Error::build(ConnectFailure::HttpsUnsupported.to_string()));
        }
        let speaks_http2 = settings.has_http2_prior_knowledge();
        let (client, proxies) = client::build(connect_timeout, read_timeout, settings)?;
        Ok(Self(Arc::new(Inner {
            client,
            home: Home::new(base, &proxies, speaks_http2).ok_or_else(invalid_url)?,
            proxies,
            used_connections: UsedConnections::new(),
            read_timeout,
        })))
    }

    /// Sends a request once.
    pub(crate) fn send(
        &self,
        request: WireRequest<'_>,
        base: &BaseUrl,
    ) -> impl Future<Output = Result<WireResponse, Error>> + Send + use<'_> {
        self.execute(request.method, (request.url, Some(base)), request.headers, request.extensions, request.body)
    }

    /// Sends a request once. The future does not hold the parts of the request, because its size is part of that of
    /// every call.
    fn execute(
        &self,
        method: Method,
        url: (&str, Option<&BaseUrl>),
        headers: HeaderMap,
        extensions: &Extensions,
        body: Body,
    ) -> impl Future<Output = Result<WireResponse, Error>> + Send + use<'_> {
        let Inner { client, used_connections, read_timeout, .. } = &*self.0;
        let limit = extensions.get().map_or(*read_timeout, |ReadTimeout(limit)| *limit);
        let exchange = self.convert(method.clone(), url, headers, body).map(|(request, upload)| Exchange {
            method,
            response: client.request(request),
            upload,
            limit,
            used_connections,
        });
        async move { exchange?.receive(|response| response.map(Incoming::Hyper), from_hyper).await }
    }

    /// Converts a request into hyper's form, with what watches the body on its way.
    fn convert(
        &self,
        method: Method,
        (url, base): (&str, Option<&BaseUrl>),
        mut headers: HeaderMap,
        body: Body,
    ) -> Result<(http::Request<RequestBody>, Option<Upload>), Error> {
        // Layers around the transport can add any number.
        headers::check_count(headers.len()).map_err(Error::build)?;
        let Inner { home, proxies, .. } = &*self.0;
        let uri = if let Some(uri) = home.parse(url) {
            home.add_headers(&mut headers);
            uri
        } else {
            let uri = parse_url(url, base).ok_or_else(invalid_url)?;
            if let Some(value) = proxies.authorization(&uri) {
                headers.entry(PROXY_AUTHORIZATION).or_insert(value);
            }
            uri
        };
        let (body, upload) = RequestBody::new(body);
        let mut request = http::Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        Ok((request, upload))
    }
}

/// Parses a URL. The host of one that a layer has written is normalized first: it may be another spelling of this
/// machine, for which there must be no proxy.
fn parse_url(url: &str, base: Option<&BaseUrl>) -> Option<Uri> {
    if base.is_some_and(|base| base.is_same_origin(url)) {
        return Uri::try_from(url).ok();
    }
    Uri::try_from(Url::parse(url).ok()?.as_str()).ok()
}

/// hyper inside a layer, where the request is an `http::Request`.
impl ErasedService for HyperTransport {
    fn call_erased(&self, request: http::Request<Body>) -> ServiceFuture {
        let transport = self.clone();
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            // `Transport::prepare` does this where no layer is in between.
            compression::accept(&mut parts.headers);
            let url = parts.uri.to_string();
            let response =
                transport.execute(parts.method, (&url, None), parts.headers, &parts.extensions, body).await?;
            Ok(*response)
        })
    }
}
