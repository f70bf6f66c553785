//! The base URL of a client: where every request goes, and what none can leave.

use percent_encoding::percent_decode_str;
use secrecy::SecretString;
use url::{Host, Url};

use crate::client::credential::Credential;
use crate::error::Error;

/// Scheme, host, port and path prefix, checked.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    /// `https://host:port/prefix`, without a trailing slash.
    text: String,
    /// Parsed once: the host is the costliest part of a URL to parse.
    origin: Url,
    /// How much of it is scheme, host and port.
    origin_len: usize,
    is_https: bool,
    is_loopback: bool,
}

impl BaseUrl {
    /// Reads a base; user info in it is a credential.
    pub(crate) fn parse(text: &str) -> Result<(Self, Option<Credential>), Error> {
        let mut url =
            Url::parse(text).map_err(|error| Error::build(format!("the base URL is no absolute URL: {error}")))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Error::build("the base URL is neither http nor https"));
        }
        if url.query().is_some() {
            return Err(Error::build("the base URL has a query: a base is scheme, host, port and path prefix"));
        }
        if url.fragment().is_some() {
            return Err(Error::build("the base URL has a fragment: a base is scheme, host, port and path prefix"));
        }
        let credential = user_info(&url)?;
        strip_user_info(&mut url);
        let origin = url.origin().ascii_serialization();
        let text = format!("{origin}{}", url.path().trim_end_matches('/'));
        let base = Self {
            origin_len: origin.len(),
            text,
            is_https: url.scheme() == "https",
            is_loopback: is_loopback(&url),
            origin: Url::parse(&origin).map_err(|_| Error::build("the base URL has an origin that is no URL"))?,
        };
        Ok((base, credential))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn origin(&self) -> &str {
        &self.text[..self.origin_len]
    }

    pub(crate) fn is_loopback(&self) -> bool {
        self.is_loopback
    }

    /// Whether a credential may be sent there: nobody on the way can read it.
    pub(crate) fn is_private(&self) -> bool {
        self.is_https || self.is_loopback
    }

    /// An absolute URL, parsed, without parsing what it shares with the base.
    pub(crate) fn url_of(&self, text: &str) -> Option<Url> {
        let Some(rest) = text.strip_prefix(self.origin()).filter(|rest| rest.starts_with('/')) else {
            return Url::parse(text).ok();
        };
        let mut url = self.origin.clone();
        let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
        url.set_path(path);
        url.set_query(query);
        Some(url)
    }

    /// Whether an absolute URL, as this crate writes it, has this origin.
    pub(crate) fn owns(&self, url: &str) -> bool {
        url.strip_prefix(self.origin()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    }
}

/// Takes user info out of a URL: left there, the transport would make a credential of it.
pub(crate) fn strip_user_info(url: &mut Url) {
    // Neither fails for a URL with a host, which http and https have.
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
            .map_err(|_| Error::build("the base URL's user info is not UTF-8"))
    };
    let user = decode(url.username())?;
    let password = decode(url.password().unwrap_or_default())?;
    Credential::basic(user, password).map(Some)
}

/// The machine itself ([RFC 6761](https://www.rfc-editor.org/rfc/rfc6761#section-6.3) for `localhost`).
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes() {
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
    fn refusals() {
        for (text, says) in [
            ("", "no absolute URL"),
            ("/api", "no absolute URL"),
            ("http://", "no absolute URL"),
            ("http://h?x=1", "a query"),
            ("http://h/?", "a query"),
            ("http://h#f", "a fragment"),
            ("ftp://h", "neither http nor https"),
            ("mailto:a@b", "neither http nor https"),
            ("http://%ff@h/", "not UTF-8"),
        ] {
            let error = BaseUrl::parse(text).unwrap_err();
            assert!(error.is_build() && error.to_string().contains(says), "{text}: {error}");
        }
    }

    #[test]
    fn origins() {
        let (base, credential) = BaseUrl::parse("http://h:81/a").unwrap();
        assert!(credential.is_none());
        assert!(base.owns("http://h:81/b") && base.owns("http://h:81?x") && base.owns("http://h:81"));
        assert!(!base.owns("http://h:812/b") && !base.owns("http://h/b") && !base.owns("https://h:81/b"));
        assert!(!base.is_private());
        for private in ["https://h", "http://localhost", "http://a.localhost:1", "http://127.3.2.1", "http://[::1]"] {
            assert!(BaseUrl::parse(private).unwrap().0.is_private(), "{private}");
        }
    }
}
