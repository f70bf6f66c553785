//! The base URL of a client: where its requests go, and the origin that they do not leave.

use percent_encoding::percent_decode_str;
use secrecy::SecretString;
use url::{Host, Url};

use crate::client::credential::Credential;
use crate::error::Error;

/// Scheme, host, port and path prefix.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    /// `https://host:port/prefix`, without a trailing slash.
    text: String,
    /// The origin as a parsed URL, because the host is the most expensive part to parse.
    origin: Url,
    /// The length of the origin in `text`.
    origin_len: usize,
    /// `https://host` for the base URL `http://host`, which servers often redirect to.
    https_origin: Option<String>,
    is_https: bool,
    is_loopback: bool,
}

impl BaseUrl {
    /// Parses a base URL. User info in it becomes a credential.
    pub(crate) fn parse(text: &str) -> Result<(Self, Option<Credential>), Error> {
        if let Some(message) = missing_scheme(text) {
            return Err(Error::build(message));
        }
        let mut url = Url::parse(text)
            .map_err(|error| Error::build(format!("invalid base URL: expected an absolute URL: {error}")))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Error::build("invalid base URL: expected the scheme `http` or `https`"));
        }
        if url.query().is_some() {
            return Err(Error::build("invalid base URL: it has a query; expected scheme, host, port and path prefix"));
        }
        if url.fragment().is_some() {
            return Err(Error::build(
                "invalid base URL: it has a fragment; expected scheme, host, port and path prefix",
            ));
        }
        let credential = user_info(&url)?;
        strip_user_info(&mut url);
        let origin = url.origin().ascii_serialization();
        let text = format!("{origin}{}", url.path().trim_end_matches('/'));
        // URLs allow more characters in a host than HTTP does, and each call would fail with such a host.
        if http::Uri::try_from(&text).is_err() {
            return Err(Error::build("invalid base URL: it has a character that HTTP does not allow"));
        }
        let https_origin = match origin.strip_prefix("http:") {
            Some(host) if url.port().is_none() => Some(format!("https:{host}")),
            _ => None,
        };
        let base = Self {
            origin_len: origin.len(),
            text,
            https_origin,
            is_https: url.scheme() == "https",
            is_loopback: is_loopback(&url),
            origin: Url::parse(&origin).map_err(|_| Error::build("invalid base URL: it has no origin"))?,
        };
        Ok((base, credential))
    }

    /// Returns the URL without a trailing slash.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns scheme, host and port.
    pub(crate) fn origin(&self) -> &str {
        &self.text[..self.origin_len]
    }

    /// Returns the host, without the brackets of an IPv6 address.
    #[cfg(feature = "tracing")]
    pub(crate) fn host(&self) -> &str {
        self.origin.host_str().unwrap_or_default().trim_matches(['[', ']'])
    }

    #[cfg(feature = "tracing")]
    pub(crate) fn port(&self) -> u16 {
        self.origin.port_or_known_default().unwrap_or_default()
    }

    /// Returns whether nobody on the way to the host can read what is sent to it.
    pub(crate) fn is_confidential(&self) -> bool {
        self.is_https || self.is_loopback
    }

    /// Parses an absolute URL, without parsing what it shares with the base URL.
    pub(crate) fn parse_url(&self, text: &str) -> Option<Url> {
        let Some(rest) = text.strip_prefix(self.origin()).filter(|rest| rest.starts_with('/')) else {
            return Url::parse(text).ok();
        };
        let mut url = self.origin.clone();
        match rest.bytes().position(|byte| byte == b'?') {
            None => url.set_path(rest),
            Some(start) => {
                url.set_path(&rest[..start]);
                url.set_query(Some(&rest[start + 1..]));
            }
        }
        Some(url)
    }

    /// Returns whether an absolute URL, as [`Url`] and this crate write it, has this origin.
    pub(crate) fn is_same_origin(&self, url: &str) -> bool {
        has_origin(url, self.origin())
    }

    /// Returns whether an absolute URL has this origin, or is on the same host with `https` instead of `http`, both
    /// on their default ports.
    pub(crate) fn is_home(&self, url: &str) -> bool {
        self.is_same_origin(url) || self.https_origin.as_deref().is_some_and(|origin| has_origin(url, origin))
    }
}

fn has_origin(url: &str, origin: &str) -> bool {
    // Without the check of what follows, `http://host` would be the origin of `http://host.example.com`.
    url.strip_prefix(origin).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
}

/// Removes the user info of a URL. Otherwise, the transport would turn it into a credential.
pub(crate) fn strip_user_info(url: &mut Url) {
    // These fail only for URLs without a host, and http and https URLs have one.
    let _ = url.set_username("");
    let _ = url.set_password(None);
}

fn user_info(url: &Url) -> Result<Option<Credential>, Error> {
    if url.username().is_empty() && url.password().is_none() {
        return Ok(None);
    }
    let decode = |text: &str| {
        let decoded = percent_decode_str(text).decode_utf8();
        decoded
            .map(|text| SecretString::from(text.into_owned()))
            .map_err(|_| Error::build("invalid base URL: the user info is not valid UTF-8"))
    };
    let user = decode(url.username())?;
    let password = decode(url.password().unwrap_or_default())?;
    Credential::basic(user, password).map(Some)
}

/// Returns the message for a base URL that starts with its host, such as `localhost:8080`, whose host a URL parser
/// takes for the scheme.
fn missing_scheme(text: &str) -> Option<String> {
    let authority = text.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    // This excludes user info, which is a secret that a message must not show.
    let is_host = !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
    let is_port = port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit());
    // A colon without a port ends a scheme.
    if !is_host || !is_port || authority.ends_with(':') {
        return None;
    }
    let with_scheme = format!("http://{authority}");
    Some(if Url::parse(&with_scheme).is_ok_and(|url| is_loopback(&url)) {
        format!("invalid base URL: missing scheme: write `{with_scheme}`")
    } else {
        // The host may be a value, such as the name of a customer.
        "invalid base URL: missing scheme: write `https://` or `http://` before the host".to_owned()
    })
}

/// Returns whether the host is this machine. Names below `localhost` are not: they are resolved by DNS servers that do
/// not follow [RFC 6761](https://www.rfc-editor.org/rfc/rfc6761#section-6.3), and then lead anywhere.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Returns whether a host, as a normalized URL has it, is this machine.
#[cfg(feature = "hyper")]
pub(crate) fn is_loopback_host(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalizes_prefixes() {
        for (text, base) in [
            ("http://h", "http://h"),
            ("http://h/", "http://h"),
            ("https://h:8443/api/v1/", "https://h:8443/api/v1"),
            ("https://h:443/a", "https://h/a"),
            ("http://h/a/../b//", "http://h/b"),
            ("http://[::1]:80/x", "http://[::1]/x"),
            ("http://h/caf\u{e9} x", "http://h/caf%C3%A9%20x"),
            ("http://user:pass@h/a", "http://h/a"),
        ] {
            let (parsed, _) = BaseUrl::parse(text).unwrap();
            assert_eq!(parsed.as_str(), base, "{text}");
        }
    }

    #[test]
    fn rejects_what_is_not_a_prefix() {
        for (text, message) in [
            ("", "expected an absolute URL"),
            ("/api", "expected an absolute URL"),
            ("http://", "expected an absolute URL"),
            ("http://h?x=1", "has a query"),
            ("http://h/?", "has a query"),
            ("http://h#f", "has a fragment"),
            ("ftp://h", "expected the scheme"),
            ("mailto:a@b", "expected the scheme"),
            ("http://%ff@h/", "not valid UTF-8"),
        ] {
            let error = BaseUrl::parse(text).unwrap_err();
            assert!(error.is_build() && error.to_string().contains(message), "{text}: {error}");
        }
    }

    #[test]
    fn parses_like_a_url_parser() {
        let (base, _) = BaseUrl::parse("http://h:81/a").unwrap();
        for rest in [
            "",
            "/",
            "/b/c%2Fd?x=%2F&y='",
            "?x",
            "//evil/b",
            "/\\evil/b",
            "//h:81/b",
            "/\t/evil/b",
            "/\n\t/h:81/b",
            "/.//evil",
            "/b//c",
            "/b/../c",
            ".evil/b",
            "2/b",
        ] {
            let text = format!("http://h:81{rest}");
            assert_eq!(base.parse_url(&text), Url::parse(&text).ok(), "{text}");
        }
        assert_eq!(base.parse_url("https://h/b"), Url::parse("https://h/b").ok());
        assert_eq!(base.parse_url("/b"), None);
    }

    #[test]
    fn compares_whole_origins() {
        let (base, credential) = BaseUrl::parse("http://h:81/a").unwrap();
        assert!(credential.is_none());
        for same in ["http://h:81/b", "http://h:81?x", "http://h:81"] {
            assert!(base.is_same_origin(same) && base.is_home(same), "{same}");
        }
        for other in ["http://h:812/b", "http://h/b", "https://h:81/b", "http://h:81.evil/", "http://h:81@evil/"] {
            assert!(!base.is_same_origin(other) && !base.is_home(other), "{other}");
        }
    }

    #[test]
    fn https_on_the_default_port_of_the_same_host_is_home() {
        let (base, _) = BaseUrl::parse("http://h/a").unwrap();
        assert!(base.is_home("https://h/b") && !base.is_same_origin("https://h/b"));
        assert!(!base.is_home("https://h:8443/b") && !base.is_home("https://h.evil/b"));
        let (base, _) = BaseUrl::parse("https://h/a").unwrap();
        assert!(!base.is_home("http://h/b"));
    }

    #[test]
    fn https_and_loopback_are_confidential() {
        assert!(!BaseUrl::parse("http://h:81/a").unwrap().0.is_confidential());
        for text in ["https://h", "http://localhost", "http://127.3.2.1", "http://[::1]"] {
            assert!(BaseUrl::parse(text).unwrap().0.is_confidential(), "{text}");
        }
        for text in ["http://a.localhost:1", "http://localhost.", "http://128.0.0.1", "http://[::ffff:127.0.0.1]"] {
            assert!(!BaseUrl::parse(text).unwrap().0.is_confidential(), "{text}");
        }
    }

    #[test]
    fn suggests_the_missing_scheme() {
        for (text, remedy) in [
            ("localhost:8080", Some("http://localhost:8080")),
            ("localhost:8080/api", Some("http://localhost:8080")),
            ("127.0.0.1:8080", Some("http://127.0.0.1:8080")),
            ("kestra.example.com", Some("https://")),
            ("kestra.example.com:8443/api", Some("https://")),
            ("ada:pass@kestra.example.com", None),
            ("//h", None),
            ("ftp://h", None),
        ] {
            let message = BaseUrl::parse(text).unwrap_err().to_string();
            assert_eq!(message.contains("missing scheme"), remedy.is_some(), "{message}");
            assert!(!message.contains("pass") && !message.contains("kestra"), "{message}");
            if let Some(remedy) = remedy {
                assert!(message.contains(&format!("write `{remedy}`")), "{message}");
            }
        }
    }
}
