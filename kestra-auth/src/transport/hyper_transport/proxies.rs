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

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(proxy: &str) -> Proxies {
        Proxies::new(Some(Url::parse(proxy).unwrap()))
    }

    fn uri(text: &str) -> Uri {
        text.parse().unwrap()
    }

    #[test]
    fn this_machine_is_reached_without_a_proxy() {
        let proxies = proxies("http://user:pass@proxy.test:3128");
        for local in ["http://localhost/", "https://localhost:1/", "http://127.3.2.1/", "http://[::1]:81/"] {
            assert!(proxies.intercept(&uri(local)).unwrap().is_none(), "{local}");
            assert!(proxies.authorization(&uri(local)).is_none(), "{local}");
        }
        for remote in ["http://kestra.test/", "https://evil.localhost/", "http://128.0.0.1/", "http://[2001:db8::1]/"] {
            let proxy = proxies.intercept(&uri(remote)).unwrap().unwrap();
            assert_eq!(proxy.uri(), "http://proxy.test:3128/", "{remote}");
        }
    }

    #[test]
    fn a_request_has_the_credential_of_a_proxy_that_reads_it() {
        let with = proxies("https://user:pass@proxy.test");
        let value = with.authorization(&uri("http://kestra.test/")).unwrap();
        assert!(value == "Basic dXNlcjpwYXNz" && value.is_sensitive());
        assert_eq!(with.authorization(&uri("https://kestra.test/")), None);
        assert_eq!(proxies("http://proxy.test").authorization(&uri("http://kestra.test/")), None);
        assert_eq!(Proxies::new(None).authorization(&uri("http://kestra.test/")), None);
    }
}
