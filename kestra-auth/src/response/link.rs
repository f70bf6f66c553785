//! Links to further answers ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288#section-3)).

use std::fmt;

use http::HeaderMap;
use http::header::LINK;
use url::Url;

use crate::client::base_url::{BaseUrl, strip_user_info};
use crate::error::Error;

/// Where a server says that something is, as the next page of a list.
///
/// It comes from [`Response::link`](crate::Response::link), or from a server's own words by [`parse`](Self::parse),
/// and goes to a method's `#[url]` parameter. It may leave the base's path, never its origin.
///
/// ```
/// # fn main() -> Result<(), kestra_auth::Error> {
/// let link = kestra_auth::Link::parse("/api/v1/flows?page=2")?;
/// assert_eq!(link.as_str(), "/api/v1/flows?page=2");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Link(String);

impl Link {
    /// A link that a server wrote into an answer: an absolute URL, or one relative to the client's base.
    ///
    /// # Errors
    /// If it is neither.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let anywhere = Url::parse("http://localhost/").and_then(|base| base.join(text));
        match anywhere {
            Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(Self(text.to_owned())),
            _ => Err(Error::build("the link is no http or https URL")),
        }
    }

    /// The link as it was written. It may hold what the server was sent: do not log it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The absolute URL, if it is at the base's origin.
    pub(crate) fn resolve(&self, base: &BaseUrl) -> Result<String, &'static str> {
        let root = Url::parse(&format!("{}/", base.as_str())).map_err(|_| "has a base that is no URL")?;
        let mut url = root.join(&self.0).map_err(|_| "is no URL")?;
        if url.origin().ascii_serialization() != base.origin() {
            return Err("leads to another origin than the client's base");
        }
        url.set_fragment(None);
        strip_user_info(&mut url);
        Ok(url.into())
    }

    /// The link of this relation, made absolute by the URL that answered.
    pub(super) fn find(headers: &HeaderMap, answered: Option<&str>, relation: &str) -> Option<Self> {
        let values = headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok());
        let target = values.flat_map(links).find(|(_, relations)| {
            relations.split_ascii_whitespace().any(|found| found.eq_ignore_ascii_case(relation))
        });
        let (target, _) = target?;
        let absolute = match answered.and_then(|answered| Url::parse(answered).ok()) {
            Some(base) => base.join(target).ok()?.into(),
            None => target.to_owned(),
        };
        Self::parse(&absolute).ok()
    }
}

/// The targets of a `Link` header with their relations. A target is in angle brackets, so that neither a comma
/// nor a semicolon in it ends anything.
fn links(header: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = header;
    std::iter::from_fn(move || {
        let (_, from) = rest.split_once('<')?;
        let (target, after) = from.split_once('>')?;
        let end = end_of_parameters(after);
        let relations = parameters(&after[..end]).find(|(name, _)| name.eq_ignore_ascii_case("rel"));
        rest = &after[end..];
        Some((target, relations.map_or("", |(_, value)| value)))
    })
}

/// Up to the comma that begins the next link; commas in quotes do not.
fn end_of_parameters(text: &str) -> usize {
    let mut quoted = false;
    let end = text.find(|c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    end.unwrap_or(text.len())
}

fn parameters(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut quoted = false;
    let parts = text.split(move |c| {
        quoted ^= c == '"';
        c == ';' && !quoted
    });
    parts.filter_map(|part| part.split_once('=')).map(|(name, value)| (name.trim(), value.trim().trim_matches('"')))
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Link")
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn find(header: &'static str, answered: Option<&str>, relation: &str) -> Option<String> {
        let headers = HeaderMap::from_iter([(LINK, HeaderValue::from_static(header))]);
        Link::find(&headers, answered, relation).map(|link| link.0)
    }

    #[test]
    fn relations() {
        let header = "<https://h/a?x=1,2;3>; rel=\"prev\"; title=\"a, b; c\", </b>; REL=\"Next last\"";
        assert_eq!(find(header, None, "prev").as_deref(), Some("https://h/a?x=1,2;3"));
        assert_eq!(find(header, Some("https://h/x/y?z"), "next").as_deref(), Some("https://h/b"));
        assert_eq!(find(header, None, "last").as_deref(), Some("/b"));
        assert_eq!(find(header, None, "first"), None);
        assert_eq!(
            find("<?page=2>; rel=next", Some("https://h/x/y?z"), "next").as_deref(),
            Some("https://h/x/y?page=2")
        );
        for broken in ["", "<", "<a", "a; rel=next", ">; rel=next", "<a>", "<mailto:a@b>; rel=next"] {
            assert_eq!(find(broken, None, "next"), None, "{broken}");
        }
    }

    #[test]
    fn resolution_stays_at_the_origin() {
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
