//! Which connections have carried a response.
//!
//! What is hard here: reqwest does not say whether a request was sent on a new connection. But a response and an error
//! both have the local address of their connection, so a connection that an earlier response came from is known.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};

use http::Extensions;
use hyper_util::client::legacy::Error as ClientError;
use hyper_util::client::legacy::connect::HttpInfo;

use crate::error::conversion::find;

/// The local ports of these connections, each as one bit. A port that a connection no longer has can have its bit still,
/// until a request on it fails; then, one idempotent request more than necessary is repeated.
pub(super) struct UsedConnections(Box<[AtomicU64]>);

impl UsedConnections {
    pub(super) fn new() -> Self {
        Self((0..=u16::MAX / 64).map(|_| AtomicU64::new(0)).collect())
    }

    /// Remembers the connection that a response came from.
    pub(super) fn add(&self, response: &Extensions) {
        if let Some(info) = response.get::<HttpInfo>()
            && let Some((bits, mask)) = self.bit(info.local_addr())
            && bits.load(Ordering::Relaxed) & mask == 0
        {
            bits.fetch_or(mask, Ordering::Relaxed);
        }
    }

    /// Returns whether an earlier response came from the connection on which a request has failed, and forgets it.
    pub(super) fn remove(&self, error: &reqwest::Error) -> bool {
        let local = find(error, |error| {
            let mut extensions = Extensions::new();
            error.downcast_ref::<ClientError>()?.connect_info()?.get_extras(&mut extensions);
            extensions.get::<HttpInfo>().map(HttpInfo::local_addr)
        });
        let bit = local.and_then(|local| self.bit(local));
        bit.is_some_and(|(bits, mask)| bits.fetch_and(!mask, Ordering::Relaxed) & mask != 0)
    }

    fn bit(&self, local: SocketAddr) -> Option<(&AtomicU64, u64)> {
        let port = local.port();
        Some((self.0.get(usize::from(port / 64))?, 1 << (port % 64)))
    }
}
