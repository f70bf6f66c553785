//! One attempt: a single request on the wire.

use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method};
use http_body::Body as _;

use super::authentication;
use super::context::CallContext;
use super::outgoing::OutgoingRequest;
use crate::client::credential::Credential;
use crate::error::Error;
use crate::transport::Transport;
use crate::transport::wire_request::WireRequest;
use crate::transport::wire_response::WireResponse;
use crate::{headers, observe};

/// Sends the request once. It takes the body and leaves the rest, for a redirect or another attempt.
pub(crate) async fn send(
    transport: &Transport,
    request: &mut OutgoingRequest,
    credential: Option<&Credential>,
    context: &CallContext,
) -> Result<WireResponse, Error> {
    let base = &*context.base;
    // A layer can add any number.
    headers::check_count(request.headers.len()).map_err(Error::build)?;
    transport.prepare(&mut request.headers);
    // The request itself never has the credential, so a redirect to another origin cannot take it along.
    let mut headers = request.take_headers();
    let url = authentication::attach(credential, &mut headers, &request.url, base);
    // Some servers respond with 411 otherwise (RFC 9110, section 8.6). It is set here, so that all transports see it.
    if matches!(request.method, Method::POST | Method::PUT | Method::PATCH)
        && request.body.size_hint().exact() == Some(0)
    {
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    let wire_request = WireRequest {
        endpoint: request.endpoint,
        method: request.method.clone(),
        url: url.as_deref().unwrap_or(&request.url),
        headers,
        extensions: &request.extensions,
        body: std::mem::take(&mut request.body),
    };
    let mut response = match &context.progress {
        None => transport.send(wire_request, base).await?,
        // Boxed, because most calls are not observed.
        Some(progress) => Box::pin(observe::request::send(progress, transport, wire_request, base)).await?,
    };
    if let Some(credential) = credential {
        credential.remove_from(response.headers_mut());
    }
    Ok(response)
}
