//! Proxies.
//!
//! What is hard here: reqwest ignores a proxy that it cannot use, and sends the request directly. So whatever it might
//! not understand is an error here.

use http::Uri;
use percent_encoding::percent_decode_str;
use url::Url;

use crate::error::Error;

/// Parses the URL of a proxy for all requests.
///
/// # Errors
/// If it is not an http or https URL with only user info, host and port. The message does not show it, because it may
/// contain a password.
pub(crate) fn parse(text: &str) -> Result<Url, Error> {
    // As in the variables of the environment, the scheme can be left out.
    let url = if text.contains("://") { Url::parse(text) } else { Url::parse(&format!("http://{text}")) };
    let url = url.map_err(|_| invalid())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Error::build("invalid proxy: expected the scheme `http` or `https`"));
    }
    if cfg!(not(any(feature = "rustls", feature = "native-tls"))) && url.scheme() == "https" {
        return Err(Error::build("invalid proxy: the scheme `https` needs the feature `rustls` or `native-tls`"));
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err(Error::build("invalid proxy: expected only scheme, user, password, host and port"));
    }
    let is_text = |encoded: &str| percent_decode_str(encoded).decode_utf8().is_ok();
    if !is_text(url.username()) || !is_text(url.password().unwrap_or_default()) {
        return Err(Error::build("invalid proxy: the user info is not valid UTF-8"));
    }
    // This is how hyper-util, which matches requests with proxies, parses it.
    if Uri::try_from(url.as_str()).is_err() {
        return Err(invalid());
    }
    reqwest_proxy(&url)?;
    Ok(url)
}

/// Converts the URL of a proxy for reqwest.
pub(super) fn reqwest_proxy(url: &Url) -> Result<reqwest::Proxy, Error> {
    reqwest::Proxy::all(url.clone()).map_err(|_| invalid())
}

fn invalid() -> Error {
    Error::build("invalid proxy: expected a URL such as `http://proxy.example.com:3128`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_what_reqwest_uses() {
        for text in [
            "http://proxy.example.com:3128",
            "proxy.example.com:3128",
            "10.0.0.7",
            "http://[::1]:3128/",
            "http://user:p%40ss%2F@proxy.example.com",
            "http://user:p^|ss@proxy.example.com",
            "user@proxy.example.com",
        ] {
            assert!(parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn rejects_what_reqwest_would_ignore() {
        for text in [
            "",
            "http://",
            "MARK proxy",
            "ftp://MARK",
            "socks5://MARK",
            "http://MARK/path",
            "http://MARK?query",
            "http://MARK#fragment",
            "http://MARK:%ff@MARK",
            "http://MARK:port",
        ] {
            let message = parse(text).unwrap_err().to_string();
            assert!(message.starts_with("invalid proxy: ") && !message.contains("MARK"), "{text}: {message}");
        }
    }
}
