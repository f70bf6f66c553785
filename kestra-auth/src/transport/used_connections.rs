//! Which connections have carried a response.
//!
//! What is hard here: reqwest does not say whether a request was sent on a new connection. But a response and an error
//! both have the addresses of their connection, so a connection that an earlier response came from is known.

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU16, Ordering};

use http::Extensions;
use hyper_util::client::legacy::Error as ClientError;
use hyper_util::client::legacy::connect::HttpInfo;

use crate::error::conversion::find;

/// The remote addresses of these connections, by their local ports: of each address a number that few others have, and
/// zero if there is none.
///
/// The remote address counts, because a new connection to another server often gets a port that an earlier one had. Two
/// ports share a number, so a used connection can look new, which only means that its request is not repeated.
pub(super) struct UsedConnections(Box<[AtomicU16]>);

/// As many as half of the ports that systems give to connections.
const COUNT: usize = 1 << 14;

impl UsedConnections {
    pub(super) fn new() -> Self {
        Self((0..COUNT).map(|_| AtomicU16::new(0)).collect())
    }

    /// Remembers the connection that a response came from.
    pub(super) fn add(&self, response: &Extensions) {
        if let Some(info) = response.get::<HttpInfo>() {
            self.add_addresses(info.local_addr(), info.remote_addr());
        }
    }

    /// Returns whether an earlier response came from the connection on which a request has failed, and forgets it.
    pub(super) fn remove(&self, error: &reqwest::Error) -> bool {
        let addresses = find(error, |error| {
            let mut extensions = Extensions::new();
            error.downcast_ref::<ClientError>()?.connect_info()?.get_extras(&mut extensions);
            extensions.get::<HttpInfo>().map(|info| (info.local_addr(), info.remote_addr()))
        });
        addresses.is_some_and(|(local, remote)| self.remove_addresses(local, remote))
    }

    fn add_addresses(&self, local: SocketAddr, remote: SocketAddr) {
        let (slot, number) = (self.slot(local), number(remote));
        if let Some(slot) = slot
            && slot.load(Ordering::Relaxed) != number
        {
            slot.store(number, Ordering::Relaxed);
        }
    }

    fn remove_addresses(&self, local: SocketAddr, remote: SocketAddr) -> bool {
        let removed = |slot: &AtomicU16| slot.compare_exchange(number(remote), 0, Ordering::Relaxed, Ordering::Relaxed);
        self.slot(local).is_some_and(|slot| removed(slot).is_ok())
    }

    fn slot(&self, local: SocketAddr) -> Option<&AtomicU16> {
        self.0.get(usize::from(local.port()) % COUNT)
    }
}

/// Reduces an address to a number that is not zero.
fn number(remote: SocketAddr) -> u16 {
    let ip = match remote.ip() {
        IpAddr::V4(ip) => u64::from(ip.to_bits()),
        IpAddr::V6(ip) => ip.segments().into_iter().fold(0, |bits: u64, part| bits.rotate_left(16) ^ u64::from(part)),
    };
    let mixed = ip ^ (u64::from(remote.port()) << 32);
    // The upper bits of the product depend on all bits of the address.
    let [first, second, ..] = mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes();
    u16::from_be_bytes([first, second]).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> SocketAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_used_connection_is_known_once() {
        let used = UsedConnections::new();
        let (local, remote) = (address("127.0.0.1:40000"), address("127.0.0.1:443"));
        assert!(!used.remove_addresses(local, remote));
        used.add_addresses(local, remote);
        assert!(used.remove_addresses(local, remote));
        assert!(!used.remove_addresses(local, remote));
    }

    #[test]
    fn a_port_that_has_gone_to_another_server_is_new() {
        let used = UsedConnections::new();
        let local = address("127.0.0.1:40000");
        used.add_addresses(local, address("127.0.0.1:443"));
        for other in ["127.0.0.1:444", "127.0.0.1:8443", "127.0.0.2:443", "[::1]:443", "[2001:db8::1]:443"] {
            assert!(!used.remove_addresses(local, address(other)), "{other}");
        }
        assert!(used.remove_addresses(local, address("127.0.0.1:443")));
    }
}
