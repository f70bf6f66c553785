//! What carries requests: reqwest by default, hyper, or any [`tower`](https://docs.rs/tower) service.
//!
//! This is the only module that exposes reqwest. A new major version of reqwest is a breaking change of this module
//! and of [`ClientBuilder::reqwest`](crate::ClientBuilder::reqwest), which takes its types from here.

mod compression;
#[cfg(any(feature = "brotli", feature = "zstd"))]
mod decompression;
mod exchange;
#[cfg(feature = "hyper")]
pub(crate) mod hyper_transport;
pub(crate) mod proxy;
pub(crate) mod reqwest_clients;
pub(crate) mod reqwest_closure;
pub(crate) mod reqwest_settings;
pub(crate) mod reqwest_transport;
pub(crate) mod service;
pub(crate) mod settings;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
pub(crate) mod tls_version;
mod upload;
mod used_connections;
pub(crate) mod wire_request;
pub(crate) mod wire_response;

use futures_util::future::Either;
use http::HeaderMap;

use crate::client::base_url::BaseUrl;
use crate::error::Error;
use crate::error::conversion::from_service;
#[cfg(feature = "hyper")]
use hyper_transport::HyperTransport;
use reqwest_transport::ReqwestTransport;
use service::ErasedService;
use wire_request::WireRequest;
use wire_response::WireResponse;

pub use reqwest;
pub use service::{Next, NextFuture};

/// The innermost step of a client.
#[derive(Clone)]
pub(crate) enum Transport {
    /// The default. It is called without an `http::Request`, which would parse the URL twice.
    Reqwest(ReqwestTransport),
    #[cfg(feature = "hyper")]
    Hyper(HyperTransport),
    /// A transport of the caller's, or any transport inside attempt layers.
    Service(Next),
}

impl Transport {
    /// Adds the headers that the transport itself sets. This belongs before the request is copied, which leaves no
    /// room for more headers.
    pub(crate) fn prepare(&self, headers: &mut HeaderMap) {
        if !matches!(self, Self::Service(_)) {
            compression::accept(headers);
        }
    }

    /// Sends a request once. No variant follows redirects.
    pub(crate) fn send(
        &self,
        request: WireRequest<'_>,
        base: &BaseUrl,
    ) -> impl Future<Output = Result<WireResponse, Error>> + Send + use<'_> {
        match self {
            Self::Reqwest(transport) => Either::Left(transport.send(request, base)),
            #[cfg(feature = "hyper")]
            Self::Hyper(transport) => Either::Right(Either::Left(transport.send(request, base))),
            Self::Service(next) => {
                let response = request.into_http().map(|request| next.call_erased(request));
                let response = async move { response?.await.map(Box::new).map_err(from_service) };
                #[cfg(feature = "hyper")]
                let response = Either::Right(response);
                Either::Right(response)
            }
        }
    }

    /// Returns whether sending needs timers, for the transport's own time limits.
    pub(crate) fn needs_timers(&self) -> bool {
        !matches!(self, Self::Service(_))
    }

    /// Converts this transport into a service that layers can wrap.
    pub(crate) fn into_next(self) -> Next {
        match self {
            Self::Reqwest(transport) => Next::new(transport),
            #[cfg(feature = "hyper")]
            Self::Hyper(transport) => Next::new(transport),
            Self::Service(next) => next,
        }
    }
}
