//! Why the transport on hyper could not establish a connection.

use std::error::Error as StdError;
use std::{fmt, io};

/// An error of a connection that this crate establishes. It is on its way through hyper, so it is a type of its own.
#[derive(Debug)]
pub(crate) enum ConnectFailure {
    TimedOut,
    /// The host name could not be resolved.
    Dns(io::Error),
    /// The URL has the scheme https, and the feature `rustls` is off.
    #[cfg_attr(feature = "rustls", allow(dead_code, reason = "https is supported"))]
    HttpsUnsupported,
    /// The environment names a proxy with another scheme than http and https.
    ProxyUnsupported,
}

/// Names no value. Callers see the error that it is converted into.
impl fmt::Display for ConnectFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TimedOut => "connecting exceeded the time limit",
            Self::Dns(_) => "the host name could not be resolved",
            Self::HttpsUnsupported => "https with `ClientBuilder::hyper` needs the feature `rustls`",
            Self::ProxyUnsupported => {
                "unsupported proxy in the environment: expected the scheme `http` or `https`; \
                 `ClientBuilder::proxy` and `ClientBuilder::no_proxy` override it"
            }
        })
    }
}

impl StdError for ConnectFailure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Dns(error) => Some(error),
            Self::TimedOut | Self::HttpsUnsupported | Self::ProxyUnsupported => None,
        }
    }
}
