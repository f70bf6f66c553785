//! The default transport.

use std::sync::Arc;

use http::{Extensions, HeaderMap, Method};
use url::Url;

use super::compression;
use super::exchange::Exchange;
use super::reqwest_clients::ReqwestClients;
use super::service::{ErasedService, ServiceFuture};
use super::upload::{RequestBody, Upload};
use super::used_connections::UsedConnections;
use super::wire_request::{ReadTimeout, WireRequest, invalid_url};
use super::wire_response::WireResponse;
use crate::body::Body;
use crate::body::transport::Incoming;
use crate::client::base_url::BaseUrl;
use crate::error::Error;
use crate::error::conversion::from_reqwest;
use crate::headers;

/// Sends requests with reqwest.
#[derive(Clone)]
pub(crate) struct ReqwestTransport(Arc<Inner>);

struct Inner {
    clients: ReqwestClients,
    used_connections: UsedConnections,
}

impl ReqwestTransport {
    pub(crate) fn new(clients: ReqwestClients) -> Self {
        Self(Arc::new(Inner { clients, used_connections: UsedConnections::new() }))
    }

    /// Sends a request once.
    pub(crate) fn send(
        &self,
        request: WireRequest<'_>,
        base: &BaseUrl,
    ) -> impl Future<Output = Result<WireResponse, Error>> + Send + use<'_> {
        let url = base.parse_url(request.url).ok_or_else(invalid_url);
        self.execute(request.method, url, request.headers, request.extensions, request.body)
    }

    /// Sends a request once. The future does not hold the parts of the request, because its size is part of that of
    /// every call.
    fn execute(
        &self,
        method: Method,
        url: Result<Url, Error>,
        headers: HeaderMap,
        extensions: &Extensions,
        body: Body,
    ) -> impl Future<Output = Result<WireResponse, Error>> + Send + use<'_> {
        let Inner { clients, used_connections } = &*self.0;
        let limit = extensions.get().map_or(clients.read_timeout(), |ReadTimeout(limit)| *limit);
        let exchange = url.and_then(|url| {
            let client = clients.for_request(&url, extensions)?;
            let (request, upload) = convert(method.clone(), url, headers, body)?;
            Ok(Exchange { method, response: client.execute(request), upload, limit, used_connections })
        });
        async move {
            let to_response = |response| http::Response::from(response).map(Incoming::Reqwest);
            exchange?.receive(to_response, from_reqwest).await
        }
    }
}

/// Converts a request into reqwest's form, with what watches the body on its way.
fn convert(
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Body,
) -> Result<(reqwest::Request, Option<Upload>), Error> {
    // Layers around the transport can add any number.
    headers::check_count(headers.len()).map_err(Error::build)?;
    let mut request = reqwest::Request::new(method, url);
    *request.headers_mut() = headers;
    // Without a body, reqwest sends neither `Content-Length` nor `Transfer-Encoding`.
    if http_body::Body::is_end_stream(&body) {
        return Ok((request, None));
    }
    let (body, upload) = RequestBody::new(body);
    *request.body_mut() = Some(body.into());
    Ok((request, upload))
}

/// reqwest inside a layer, where the request is an `http::Request`.
impl ErasedService for ReqwestTransport {
    fn call_erased(&self, request: http::Request<Body>) -> ServiceFuture {
        let transport = self.clone();
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            // `Transport::prepare` does this where no layer is in between.
            compression::accept(&mut parts.headers);
            let url = Url::parse(&parts.uri.to_string()).map_err(|_| invalid_url());
            let response = transport.execute(parts.method, url, parts.headers, &parts.extensions, body).await?;
            Ok(*response)
        })
    }
}
