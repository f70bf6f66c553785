//! Sending a request of an observed call.

use std::mem;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use http_body::Body as _;

use super::bodies::{Download, Upload};
use super::progress::Progress;
use crate::client::base_url::BaseUrl;
use crate::error::Error;
use crate::transport::Transport;
use crate::transport::wire_request::WireRequest;
use crate::transport::wire_response::WireResponse;

/// Sends a request once.
pub(crate) async fn send(
    progress: &Arc<Progress>,
    transport: &Transport,
    mut request: WireRequest<'_>,
    base: &BaseUrl,
) -> Result<WireResponse, Error> {
    let span = progress.begin_request(&request, base);
    span.in_scope(|| progress.propagate(&mut request, base));
    request.body = match request.body.as_bytes() {
        Some(bytes) => {
            progress.bytes_sent.fetch_add(bytes.len() as u64, Ordering::Relaxed);
            request.body
        }
        None => request.body.observed_by(Upload(Arc::clone(progress))),
    };
    let mut response = span.enter_while(transport.send(request, base)).await?;
    progress.head(response.status());
    span.head(response.status());
    let body = response.body_mut();
    match body.as_bytes() {
        Some(bytes) => {
            progress.bytes_received.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        }
        None if body.is_end_stream() => {}
        None => {
            let download = Download { progress: Arc::clone(progress), span: span.clone() };
            *body = mem::take(body).observed_by(download);
        }
    }
    Ok(response)
}
