//! The settings of the transports of this crate, in the order in which they are made. Each transport interprets them for
//! its library.

use std::mem::discriminant;
use std::net::SocketAddr;
use std::time::Duration;

use url::Url;
#[cfg(feature = "rustls")]
use zeroize::Zeroizing;

use super::reqwest_closure::ReqwestClosure;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
use super::tls_version::TlsVersion;

/// A setting of a transport, which has been checked as far as it can be without the others.
pub(crate) enum Setting {
    /// The proxy of all requests, or that there is none, whatever the environment says.
    Proxy(Option<Url>),
    /// The addresses of hosts that are not looked up.
    Addresses(Vec<(String, Vec<SocketAddr>)>),
    PoolIdleTimeout(Duration),
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    Http2PriorKnowledge,
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    MinTlsVersion(TlsVersion),
    /// Further root certificates, in PEM form.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    RootCertificates(Vec<u8>),
    /// A certificate and its private key, in PEM form.
    #[cfg(feature = "rustls")]
    ClientIdentity(Zeroizing<Vec<u8>>),
    Reqwest(ReqwestClosure),
}

impl Setting {
    /// Returns what messages call the setting, as in "invalid root certificates".
    pub(super) fn name(&self) -> String {
        match self {
            Self::Proxy(_) => "proxy".to_owned(),
            Self::Addresses(_) => "addresses".to_owned(),
            Self::PoolIdleTimeout(_) => "idle timeout".to_owned(),
            #[cfg(any(feature = "rustls", feature = "native-tls"))]
            Self::Http2PriorKnowledge => "HTTP version".to_owned(),
            #[cfg(any(feature = "rustls", feature = "native-tls"))]
            Self::MinTlsVersion(_) => "minimum TLS version".to_owned(),
            #[cfg(any(feature = "rustls", feature = "native-tls"))]
            Self::RootCertificates(_) => "root certificates".to_owned(),
            #[cfg(feature = "rustls")]
            Self::ClientIdentity(_) => "client identity".to_owned(),
            Self::Reqwest(closure) => format!("settings of a `{}` closure", closure.method()),
        }
    }

    /// Returns whether the setting adds to earlier ones of its kind. The others replace them.
    fn is_additive(&self) -> bool {
        match self {
            #[cfg(any(feature = "rustls", feature = "native-tls"))]
            Self::RootCertificates(_) => true,
            Self::Reqwest(_) => true,
            _ => false,
        }
    }
}

/// How silent connections with HTTP/2 are checked: those whose server does not even respond to a PING are closed.
///
/// All calls share such a connection, so one that is dead would fail every call after the one that notices.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
pub(super) struct Pings {
    /// How long the server has been silent when it gets a PING.
    pub(super) interval: Duration,
    /// How long it may take to respond.
    pub(super) timeout: Duration,
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
impl Pings {
    pub(super) fn new(read_timeout: Duration) -> Self {
        let silence = read_timeout.clamp(Duration::from_millis(100), Duration::from_secs(60)) / 2;
        // A little later than the time limit, so that the call that exceeds it ends for that reason.
        Self { interval: silence, timeout: silence * 5 / 4 }
    }
}

/// The settings of a transport.
#[derive(Default)]
pub(crate) struct Settings(Vec<Setting>);

impl Settings {
    pub(crate) fn add(&mut self, setting: Setting) {
        if !setting.is_additive() {
            self.0.retain(|other| discriminant(other) != discriminant(&setting));
        }
        self.0.push(setting);
    }

    /// Adds an address of a host, after those that it has.
    pub(crate) fn add_address(&mut self, host: String, address: SocketAddr) {
        let mut hosts = self.0.iter_mut().find_map(|setting| match setting {
            Setting::Addresses(hosts) => Some(std::mem::take(hosts)),
            _ => None,
        });
        let all = hosts.get_or_insert_default();
        match all.iter_mut().find(|(other, _)| *other == host) {
            Some((_, addresses)) => addresses.push(address),
            None => all.push((host, vec![address])),
        }
        self.add(Setting::Addresses(hosts.unwrap_or_default()));
    }

    /// Returns whether servers that have not been asked may speak HTTP/2.
    #[cfg(feature = "hyper")]
    #[cfg_attr(
        not(any(feature = "rustls", feature = "native-tls")),
        expect(clippy::unused_self, reason = "the setting needs one of the features")
    )]
    pub(super) fn has_http2_prior_knowledge(&self) -> bool {
        #[cfg(any(feature = "rustls", feature = "native-tls"))]
        return self.0.iter().any(|setting| matches!(setting, Setting::Http2PriorKnowledge));
        #[cfg(not(any(feature = "rustls", feature = "native-tls")))]
        return false;
    }

    pub(super) fn into_iter(self) -> impl Iterator<Item = Setting> {
        self.0.into_iter()
    }
}
