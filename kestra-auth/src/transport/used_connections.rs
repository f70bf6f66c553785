//! Which connections have been used.
//!
//! What is hard here: neither reqwest nor hyper-util says whether a request was sent on a new connection. But a response
//! and an error both have the addresses of their connection, so a connection that an earlier one of them came from is
//! known. Nobody says when it is closed, and later another connection has the same addresses, so it is forgotten
//! after many others.

use std::error::Error as StdError;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU16, AtomicU32, Ordering};

use http::Extensions;
use hyper_util::client::legacy::Error as ClientError;
use hyper_util::client::legacy::connect::HttpInfo;

use crate::error::conversion::find;

/// The connections that a response or an error came from.
///
/// A connection can look new although it is used, if two that are open share a slot. That only means that its request is
/// not repeated.
pub(super) struct UsedConnections {
    /// By local port: a number for the addresses in the upper half, and the age in the lower one. Zero if there is none.
    slots: Box<[AtomicU32]>,
    /// How many connections have been added, which is what ages are counted in.
    added: AtomicU16,
}

/// As many as a quarter of the ports that systems give to connections.
const COUNT: usize = 1 << 13;
/// A connection is forgotten after as many others. Systems give out some ten thousand ports before they repeat one.
const REMEMBERED: u16 = 1 << 10;

impl UsedConnections {
    pub(super) fn new() -> Self {
        Self { slots: (0..COUNT).map(|_| AtomicU32::new(0)).collect(), added: AtomicU16::new(0) }
    }

    /// Remembers the connection that a response came from.
    pub(super) fn add(&self, response: &Extensions) {
        if let Some(info) = response.get::<HttpInfo>() {
            self.add_addresses(info.local_addr(), info.remote_addr());
        }
    }

    /// Remembers the connection on which a request has failed. Returns whether an earlier response or error came from it.
    ///
    /// The requests that share a connection with HTTP/2 fail together, and the next ones may share it still.
    pub(super) fn add_failed(&self, error: &(dyn StdError + 'static)) -> bool {
        let addresses = find(error, |error| {
            let mut extensions = Extensions::new();
            error.downcast_ref::<ClientError>()?.connect_info()?.get_extras(&mut extensions);
            extensions.get::<HttpInfo>().map(|info| (info.local_addr(), info.remote_addr()))
        });
        addresses.is_some_and(|(local, remote)| {
            let was_used = self.contains_addresses(local, remote);
            self.add_addresses(local, remote);
            was_used
        })
    }

    fn add_addresses(&self, local: SocketAddr, remote: SocketAddr) {
        let Some(slot) = self.slot(local) else { return };
        let (number, found) = (number(local, remote), slot.load(Ordering::Relaxed));
        let mut age = self.added.load(Ordering::Relaxed);
        if upper(found) != number {
            age = self.added.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        }
        let entry = u32::from(number) << 16 | u32::from(age);
        if entry != found {
            slot.store(entry, Ordering::Relaxed);
        }
    }

    fn contains_addresses(&self, local: SocketAddr, remote: SocketAddr) -> bool {
        let Some(slot) = self.slot(local) else { return false };
        let found = slot.load(Ordering::Relaxed);
        // Truncated to the lower half, which is the age.
        let since = self.added.load(Ordering::Relaxed).wrapping_sub((found & 0xffff) as u16);
        upper(found) == number(local, remote) && since < REMEMBERED
    }

    fn slot(&self, local: SocketAddr) -> Option<&AtomicU32> {
        self.slots.get(usize::from(local.port()) % COUNT)
    }
}

fn upper(entry: u32) -> u16 {
    (entry >> 16) as u16
}

/// Reduces the addresses to a number that is not zero, and that few others have.
///
/// The remote address counts, because a new connection to another server often gets a port that an earlier one had.
fn number(local: SocketAddr, remote: SocketAddr) -> u16 {
    let ip = match remote.ip() {
        IpAddr::V4(ip) => u64::from(ip.to_bits()),
        IpAddr::V6(ip) => ip.segments().into_iter().fold(0, |bits: u64, part| bits.rotate_left(16) ^ u64::from(part)),
    };
    let ports = u64::from(remote.port()) << 16 | u64::from(local.port());
    let mixed = ip ^ ports << 32;
    // The upper bits of the product depend on all bits of the addresses.
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
    fn a_used_connection_is_known_to_all_of_its_requests() {
        let used = UsedConnections::new();
        let (local, remote) = (address("127.0.0.1:40000"), address("127.0.0.1:443"));
        assert!(!used.contains_addresses(local, remote));
        used.add_addresses(local, remote);
        assert!(used.contains_addresses(local, remote) && used.contains_addresses(local, remote));
    }

    #[test]
    fn a_port_that_has_gone_to_another_server_is_new() {
        let used = UsedConnections::new();
        let local = address("127.0.0.1:40000");
        used.add_addresses(local, address("127.0.0.1:443"));
        for other in ["127.0.0.1:444", "127.0.0.1:8443", "127.0.0.2:443", "[::1]:443", "[2001:db8::1]:443"] {
            assert!(!used.contains_addresses(local, address(other)), "{other}");
        }
        let same_slot = address("127.0.0.1:31808");
        assert!(!used.contains_addresses(same_slot, address("127.0.0.1:443")));
        assert!(used.contains_addresses(local, address("127.0.0.1:443")));
    }

    #[test]
    fn a_connection_is_forgotten_after_many_others_unless_it_is_used() {
        let used = UsedConnections::new();
        let remote = address("127.0.0.1:443");
        let local = |port: u16| SocketAddr::new(remote.ip(), port);
        for port in 32_768..32_768 + REMEMBERED {
            used.add_addresses(local(port), remote);
            used.add_addresses(local(32_768), remote);
        }
        for port in [32_768, 32_769, 32_768 + REMEMBERED - 1] {
            assert!(used.contains_addresses(local(port), remote), "{port}");
        }
        // With these, as many others have come after 32,769.
        used.add_addresses(local(40_000), remote);
        used.add_addresses(local(40_001), remote);
        assert!(!used.contains_addresses(local(32_769), remote));
        assert!(used.contains_addresses(local(32_768), remote) && used.contains_addresses(local(32_770), remote));
    }

    #[test]
    fn few_connections_of_a_server_share_a_number() {
        let remote = address("10.0.0.1:443");
        let numbers = (32_768..60_999).map(|port| number(SocketAddr::new(remote.ip(), port), remote));
        let distinct = numbers.collect::<std::collections::HashSet<_>>().len();
        assert!(distinct > 15_000, "{distinct}");
    }
}
