//! Which requests pass a proxy, by the rules of reqwest, which uses the same matcher.

use http::uri::Scheme;
use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use url::Url;

use crate::client::base_url::is_loopback_host;
use crate::error::connect_failure::ConnectFailure;

/// The proxies of a client, if it has any.
pub(super) struct Proxies(Option<Matcher>);

impl Proxies {
    /// Takes the proxy that is set, or nothing if there shall be none.
    pub(super) fn new(proxy: Option<Url>) -> Self {
        Self(proxy.map(|url| Matcher::builder().all(String::from(url)).build()))
    }

    /// Reads the variables of the environment, or the settings of the system.
    pub(super) fn from_system() -> Self {
        Self(Some(Matcher::from_system()))
    }

    /// Returns the proxy for a URL. A proxy cannot reach this machine, and must not see what is meant for it.
    pub(super) fn intercept(&self, url: &Uri) -> Result<Option<Intercept>, ConnectFailure> {
        let Some(matcher) = &self.0 else { return Ok(None) };
        if url.host().is_some_and(is_loopback_host) {
            return Ok(None);
        }
        match matcher.intercept(url) {
            Some(proxy) if !matches!(proxy.uri().scheme_str(), Some("http" | "https")) => {
                Err(ConnectFailure::ProxyUnsupported)
            }
            proxy => Ok(proxy),
        }
    }

    /// Returns the `Proxy-Authorization` of a request that the proxy reads. One for https passes it in a tunnel.
    pub(super) fn authorization(&self, url: &Uri) -> Option<HeaderValue> {
        if url.scheme() != Some(&Scheme::HTTP) {
            return None;
        }
        self.intercept(url).ok().flatten()?.basic_auth().cloned()
    }
}
