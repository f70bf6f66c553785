//! Links to other resources of a server.

use std::fmt;
use std::str::FromStr;

use http::HeaderMap;
use http::header::LINK;
use url::Url;

use super::link_header::{self, LinkValue, links};
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
pub struct Link {
    url: String,
    /// Whether the server wrote it relative to the URL of a response.
    is_relative: bool,
}

impl Link {
    /// Parses a link: an absolute URL, or one that is relative to the client's base URL.
    ///
    /// # Errors
    /// If the text is neither, or the scheme is neither `http` nor `https`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        // A relative link has any base; this one only serves to tell whether the text is a valid reference.
        let url = Url::parse("http://localhost/").and_then(|base| base.join(text));
        match url {
            Ok(url) if matches!(url.scheme(), "http" | "https") => {
                Ok(Self { url: text.to_owned(), is_relative: false })
            }
            _ => Err(Error::build("invalid link: expected an http or https URL, or a relative one")),
        }
    }

    /// Returns the link as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// Returns the absolute URL, or why a request cannot be sent there.
    pub(crate) fn resolve(&self, base: &BaseUrl) -> Result<String, &'static str> {
        let root = Url::parse(&format!("{}/", base.as_str())).map_err(|_| "cannot be resolved against the base URL")?;
        let mut url = root.join(&self.url).map_err(|_| "is not a valid URL")?;
        if self.is_relative && is_upgrade(&root, &url) {
            // The response came from a redirect to https, so the next one will, too. The request itself stays at the
            // base URL, because only that may see the credential.
            url.set_scheme(root.scheme()).map_err(|()| "is not a valid URL")?;
            url.set_port(root.port()).map_err(|()| "is not a valid URL")?;
        }
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
        let base = response_url.and_then(|url| Url::parse(url).ok());
        headers.get_all(LINK).iter().find_map(|value| {
            let text = link_header::to_text(value.as_bytes());
            let leads_from_here = |link: &LinkValue<'_>| leads_from(link.anchor.as_deref(), base.as_ref());
            let mut found = links(&text).filter(|link| link.has_relation(relation) && leads_from_here(link));
            found.find_map(|link| {
                let Some(base) = &base else { return Self::parse(link.target).ok() };
                let is_relative = Url::parse(link.target).is_err() && !link.target.starts_with("//");
                let absolute = Self::parse(base.join(link.target).ok()?.as_str()).ok()?;
                Some(Self { is_relative, ..absolute })
            })
        })
    }
}

/// Returns whether one URL is the other with https instead of http.
fn is_upgrade(from: &Url, to: &Url) -> bool {
    from.scheme() == "http" && to.scheme() == "https" && from.host() == to.host()
}

/// Returns whether a link with this anchor leads from the resource of the response
/// ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288#section-3.2)).
fn leads_from(anchor: Option<&str>, response_url: Option<&Url>) -> bool {
    match (anchor, response_url) {
        (None | Some(""), _) => true,
        (Some(anchor), Some(url)) => url.join(anchor).is_ok_and(|anchor| anchor == *url),
        (Some(_), None) => false,
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
        &self.url
    }
}

impl From<Link> for String {
    fn from(link: Link) -> Self {
        link.url
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
        Link::find(&headers, response_url, relation).map(|link| link.url)
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
    fn ignores_links_that_lead_from_elsewhere() {
        let header =
            "</a>; rel=next; anchor=\"/other\", </b>; rel=next; anchor=\"#part\", </c>; rel=next; anchor=\"?z\"";
        assert_eq!(find(header, Some("https://h/x?z"), "next").as_deref(), Some("https://h/c"));
        assert_eq!(find(header, None, "next"), None);
        assert_eq!(find("</a>; rel=next; anchor=\"\"", None, "next").as_deref(), Some("/a"));
    }

    #[test]
    fn reads_bytes_outside_of_ascii() {
        for (header, expected) in [
            (&b"</b>; title=\"caf\xe9\"; rel=next"[..], "https://h/b"),
            ("</b>; title=\"caf\u{e9}\"; rel=next".as_bytes(), "https://h/b"),
            (b"<mailto:a@b>; rel=next, </caf\xe9>; rel=next", "https://h/caf%E9"),
            ("</caf\u{e9}>; rel=next".as_bytes(), "https://h/caf%C3%A9"),
        ] {
            let headers = HeaderMap::from_iter([(LINK, HeaderValue::from_bytes(header).unwrap())]);
            let link = Link::find(&headers, Some("https://h/x"), "next").unwrap();
            assert_eq!(link.as_str(), expected);
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
        let upgraded = |text: &str, is_relative| Link { is_relative, ..Link::parse(text).unwrap() }.resolve(&base);
        assert_eq!(upgraded("https://h/a?page=2", true).as_deref(), Ok("http://h:81/a?page=2"));
        assert!(upgraded("https://h/a", false).is_err() && upgraded("https://evil/a", true).is_err());
        for text in ["http://h/a", "https://h:81/a", "//evil/a", "http://evil:81/"] {
            assert!(Link::parse(text).unwrap().resolve(&base).is_err(), "{text}");
        }
        assert!(Link::parse("mailto:a@b").is_err());
    }
}
