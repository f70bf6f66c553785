//! The default transport.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;

use http::{Extensions, HeaderMap, Method};
use url::Url;

use super::reqwest_clients::ReqwestClients;
use super::service::{ErasedService, ServiceFuture};
use super::upload::Upload;
use super::wire_request::{ReadTimeout, WireRequest, invalid_url};
use super::{compression, new_connections};
use crate::body::Body;
use crate::body::transport::TransportBody;
use crate::client::base_url::BaseUrl;
use crate::error::Error;
use crate::error::conversion::{from_idle_connection, from_transport, silence};
use crate::headers;

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
        self.execute(request.method, url, request.headers, request.extensions, request.body).await
    }

    async fn execute(
        &self,
        method: Method,
        url: Url,
        headers: HeaderMap,
        extensions: &Extensions,
        body: Body,
    ) -> Result<http::Response<Body>, Error> {
        let client = self.0.for_request(&url, extensions)?;
        let limit = extensions.get().map_or(self.0.read_timeout(), |ReadTimeout(limit)| *limit);
        // Layers around the transport can add any number.
        headers::check_count(headers.len()).map_err(Error::build)?;
        let mut request = reqwest::Request::new(method.clone(), url);
        *request.headers_mut() = headers;
        let mut upload = None;
        // Without a body, reqwest sends neither `Content-Length` nor `Transfer-Encoding`.
        if !http_body::Body::is_end_stream(&body) {
            let (body, watched) = Upload::wrap(body);
            *request.body_mut() = Some(body);
            upload = watched;
        }
        let mut response = pin!(client.execute(request));
        let mut is_new_connection = false;
        let response = poll_fn(|cx| {
            let (response, opened) = new_connections::note(|| response.as_mut().poll(cx));
            is_new_connection |= opened;
            response
        });
        let response = match &upload {
            None => tokio::time::timeout(limit, response).await.ok(),
            Some(upload) => upload.watch(limit, response).await,
        };
        match response.ok_or_else(silence)? {
            Ok(response) => {
                let response = http::Response::from(response);
                let response = response.map(|body| Body::from_transport(TransportBody::new(body, limit)));
                Ok(compression::decode(&method, response).await)
            }
            Err(error) => {
                let body_error = upload.and_then(|upload| upload.take_error());
                Err(body_error.unwrap_or_else(|| {
                    if is_new_connection { from_transport(&error) } else { from_idle_connection(&error) }
                }))
            }
        }
    }
}

/// reqwest inside a layer, where the request is an `http::Request`.
impl ErasedService for ReqwestTransport {
    fn call_erased(&self, request: http::Request<Body>) -> ServiceFuture {
        let transport = self.clone();
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            // `Transport::prepare` does this where no layer is in between.
            compression::accept(&mut parts.headers);
            let url = Url::parse(&parts.uri.to_string()).map_err(|_| invalid_url())?;
            Ok(transport.execute(parts.method, url, parts.headers, &parts.extensions, body).await?)
        })
    }
}
