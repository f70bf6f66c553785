//! From a request that a client library sends to the response, in the same way for each library.

use std::error::Error as StdError;
use std::pin::pin;
use std::time::Duration;

use http::Method;

use super::compression;
use super::upload::Upload;
use super::used_connections::UsedConnections;
use super::wire_response::WireResponse;
use crate::body::Body;
use crate::body::transport::{Incoming, TransportBody};
use crate::error::Error;
use crate::error::conversion::silence;

/// A request on its way.
pub(super) struct Exchange<'c, F> {
    pub(super) method: Method,
    /// What the library returns.
    pub(super) response: F,
    /// What watches a body that takes time.
    pub(super) upload: Option<Upload>,
    /// How long the server may be silent.
    pub(super) limit: Duration,
    pub(super) used_connections: &'c UsedConnections,
}

impl<F> Exchange<'_, F> {
    /// Waits for the head of the response, and remembers the connection that it came from, or on which it failed.
    /// `to_error` also gets whether that connection had been used before.
    pub(super) async fn receive<T, E: StdError + 'static>(
        self,
        to_response: fn(T) -> http::Response<Incoming>,
        to_error: fn(&E, bool) -> Error,
    ) -> Result<WireResponse, Error>
    where
        F: Future<Output = Result<T, E>>,
    {
        let Self { method, response, upload, limit, used_connections } = self;
        let response = pin!(response);
        let response = match &upload {
            None => tokio::time::timeout(limit, response).await.ok(),
            Some(upload) => Box::pin(upload.watch(limit, response)).await,
        };
        let response = response.ok_or_else(silence)?.map_err(|error| {
            let body_error = upload.and_then(|upload| upload.take_error());
            let was_used = used_connections.add_failed(&error);
            body_error.unwrap_or_else(|| to_error(&error, was_used))
        })?;
        let response = to_response(response);
        used_connections.add(response.extensions());
        let (status, version) = (response.status(), response.version());
        let response =
            response.map(|body| Body::from_transport(TransportBody::new(&method, status, version, body, limit)));
        if compression::is_decoded(&method, &response) {
            return Ok(Box::new(Box::pin(compression::decode(response)).await));
        }
        Ok(Box::new(response))
    }
}
