//! Links to other resources of a server.

use std::fmt;
use std::str::FromStr;

use http::HeaderMap;
use http::header::LINK;
use url::Url;

use super::link_header::links;
use crate::client::base_url::{BaseUrl, strip_user_info};
use crate::error::Error;

/// A link from a server, such as the one to the next page of a list.
///
/// It comes from [`Response::link`](crate::Response::link), or from [`parse`](Self::parse) for a link in a body, and is
/// passed to a parameter with `#[url]`. It may leave the path of the client's base URL, but not its origin.
///
/// ```
/// # fn main() -> Result<(), kestra_auth::Error> {
/// use kestra_auth::Link;
///
/// let link: Link = "/api/v1/flows?page=2".parse()?;
/// assert_eq!(link.as_str(), "/api/v1/flows?page=2");
/// # Ok(())
/// # }
/// ```
///
/// A link may contain what the server was sent, so `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link(String);

impl Link {
    /// Parses a link: an absolute URL, or one that is relative to the client's base URL.
    ///
    /// # Errors
    /// If the text is neither, or the scheme is neither `http` nor `https`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        // A relative link has any base; this one only serves to tell whether the text is a valid reference.
        let url = Url::parse("http://localhost/").and_then(|base| base.join(text));
        match url {
            Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(Self(text.to_owned())),
            _ => Err(Error::build("invalid link: expected an http or https URL, or a relative one")),
        }
    }

    /// Returns the link as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the absolute URL, or why a request cannot be sent there.
    pub(crate) fn resolve(&self, base: &BaseUrl) -> Result<String, &'static str> {
        let root = Url::parse(&format!("{}/", base.as_str())).map_err(|_| "cannot be resolved against the base URL")?;
        let mut url = root.join(&self.0).map_err(|_| "is not a valid URL")?;
        // A server could otherwise have the credential sent anywhere.
        if url.origin().ascii_serialization() != base.origin() {
            return Err("leads to another origin than the base URL of the client");
        }
        url.set_fragment(None);
        // User info in a link would be sent in place of the client's credential.
        strip_user_info(&mut url);
        Ok(url.into())
    }

    /// Finds the link with this relation type, and resolves it against the URL that sent the response.
    pub(super) fn find(headers: &HeaderMap, response_url: Option<&str>, relation: &str) -> Option<Self> {
        let values = headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok());
        let link = values.flat_map(links).find(|link| link.has_relation(relation))?;
        let absolute = match response_url.and_then(|url| Url::parse(url).ok()) {
            Some(base) => base.join(link.target).ok()?.into(),
            None => link.target.to_owned(),
        };
        Self::parse(&absolute).ok()
    }
}

impl FromStr for Link {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for Link {
    type Error = Error;

    fn try_from(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl AsRef<str> for Link {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<Link> for String {
    fn from(link: Link) -> Self {
        link.0
    }
}

/// Shows nothing of the link, because it may contain what the server was sent.
impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Link(..)")
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn find(header: &'static str, response_url: Option<&str>, relation: &str) -> Option<String> {
        let headers = HeaderMap::from_iter([(LINK, HeaderValue::from_static(header))]);
        Link::find(&headers, response_url, relation).map(|link| link.0)
    }

    #[test]
    fn finds_a_link_by_its_relation_type() {
        let header = "<https://h/a?x=1,2;3>; rel=\"prev\"; title=\"a, b; c\", </b>; REL=\"Next last\"";
        assert_eq!(find(header, None, "prev").as_deref(), Some("https://h/a?x=1,2;3"));
        assert_eq!(find(header, Some("https://h/x/y?z"), "next").as_deref(), Some("https://h/b"));
        assert_eq!(find(header, None, "last").as_deref(), Some("/b"));
        assert_eq!(find(header, None, "first"), None);
        assert_eq!(
            find("<?page=2>; rel=next", Some("https://h/x/y?z"), "next").as_deref(),
            Some("https://h/x/y?page=2")
        );
        for malformed in ["", "<", "<a", "a; rel=next", ">; rel=next", "<a>", "<mailto:a@b>; rel=next"] {
            assert_eq!(find(malformed, None, "next"), None, "{malformed}");
        }
    }

    #[test]
    fn resolves_within_the_origin_only() {
        let (base, _) = BaseUrl::parse("http://h:81/api").unwrap();
        for (text, url) in [
            ("http://h:81/other?x#y", "http://h:81/other?x"),
            ("/root", "http://h:81/root"),
            ("flows?page=2", "http://h:81/api/flows?page=2"),
            ("http://user:pass@h:81/a", "http://h:81/a"),
        ] {
            assert_eq!(Link::parse(text).unwrap().resolve(&base).as_deref(), Ok(url), "{text}");
        }
        for text in ["http://h/a", "https://h:81/a", "//evil/a", "http://evil:81/"] {
            assert!(Link::parse(text).unwrap().resolve(&base).is_err(), "{text}");
        }
        assert!(Link::parse("mailto:a@b").is_err());
    }
}
