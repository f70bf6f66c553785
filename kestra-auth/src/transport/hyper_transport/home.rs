//! The base URL, which nearly all requests go to, and what need not be computed again for each of them.

use bytes::Bytes;
use http::header::{HOST, PROXY_AUTHORIZATION};
use http::uri::{Authority, Parts, PathAndQuery, Scheme};
use http::{HeaderMap, HeaderValue, Uri};

use super::proxies::Proxies;
use crate::client::base_url::BaseUrl;

/// The base URL of the client that a transport was built for.
pub(super) struct Home {
    base: BaseUrl,
    scheme: Scheme,
    authority: Authority,
    /// The `Host` header of requests with HTTP/1.1. Writing it costs a twelfth of a call.
    host: Option<HeaderValue>,
    /// The credential of the proxy that requests pass.
    proxy_authorization: Option<HeaderValue>,
}

impl Home {
    /// `speaks_http2` says that the server may speak HTTP/2 over plain http. Over TLS, it always may.
    pub(super) fn new(base: &BaseUrl, proxies: &Proxies, speaks_http2: bool) -> Option<Self> {
        let url = Uri::try_from(base.as_str()).ok()?;
        let (scheme, authority) = (url.scheme()?.clone(), url.authority()?.clone());
        let is_http1 = scheme == Scheme::HTTP && !speaks_http2;
        Some(Self {
            base: base.clone(),
            scheme,
            host: if is_http1 { HeaderValue::from_str(authority.as_str()).ok() } else { None },
            authority,
            proxy_authorization: proxies.authorization(&url),
        })
    }

    /// Parses a URL, of which only the path and the query are new. Returns `None` for any other URL.
    pub(super) fn parse(&self, url: &str) -> Option<Uri> {
        let path = url.strip_prefix(self.base.origin()).filter(|path| path.starts_with('/'))?;
        let mut parts = Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(PathAndQuery::from_maybe_shared(Bytes::copy_from_slice(path.as_bytes())).ok()?);
        Uri::from_parts(parts).ok()
    }

    /// Adds the headers that requests to the base URL have.
    pub(super) fn add_headers(&self, headers: &mut HeaderMap) {
        for (name, value) in [(HOST, &self.host), (PROXY_AUTHORIZATION, &self.proxy_authorization)] {
            if let Some(value) = value {
                headers.entry(name).or_insert_with(|| value.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(base: &str, proxy: Option<&str>, speaks_http2: bool) -> Home {
        let proxies = Proxies::new(proxy.map(|proxy| proxy.parse().unwrap()));
        Home::new(&BaseUrl::parse(base).unwrap().0, &proxies, speaks_http2).unwrap()
    }

    #[test]
    fn parses_urls_below_the_base_url_as_uri_does() {
        for base in ["http://h", "https://h:8443/prefix", "http://[::1]:81"] {
            let home = home(base, None, false);
            let origin = home.base.origin().to_owned();
            for path in ["/", "/a%20b/c?d=e&f", "/prefix", "//x//", "/?", "/a?b?c/d@e:1"] {
                let url = format!("{origin}{path}");
                assert_eq!(home.parse(&url), Some(Uri::try_from(&url).unwrap()), "{url}");
            }
            for suffix in ["", "?a", "1/a", ".evil/", "@evil/", "/a b", "/\u{e9}\u{1}"] {
                assert_eq!(home.parse(&format!("{origin}{suffix}")), None, "{suffix}");
            }
        }
    }

    #[test]
    fn adds_the_host_for_http_1_only() {
        for (base, speaks_http2, expected) in [
            ("http://h/prefix", false, Some("h")),
            ("http://h:80", false, Some("h")),
            ("http://user:pass@h:81", false, Some("h:81")),
            ("http://[::1]:81", false, Some("[::1]:81")),
            ("http://h", true, None),
            ("https://h", false, None),
        ] {
            let mut headers = HeaderMap::new();
            home(base, None, speaks_http2).add_headers(&mut headers);
            assert_eq!(headers.get(HOST).map(|value| value.to_str().unwrap()), expected, "{base}");
            assert_eq!(headers.len(), usize::from(expected.is_some()));
        }
    }

    #[test]
    fn keeps_headers_that_are_set() {
        let own = HeaderValue::from_static("own");
        let mut headers = HeaderMap::from_iter([(HOST, own.clone()), (PROXY_AUTHORIZATION, own)]);
        home("http://h", Some("http://user:pass@proxy.test"), false).add_headers(&mut headers);
        assert!(headers.len() == 2 && headers.values().all(|value| value == "own"));
    }
}
