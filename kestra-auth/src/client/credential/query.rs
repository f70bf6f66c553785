//! A credential in the query of a URL.

use std::sync::Arc;

use http::header::{CONTENT_LOCATION, Entry, LINK, LOCATION};
use http::{HeaderMap, HeaderValue};
use url::form_urlencoded;

use crate::encode::percent;

/// A query parameter whose value is secret.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct QueryParameter {
    name: Arc<str>,
    value: Arc<str>,
}

impl QueryParameter {
    pub(super) fn new(name: &str, value: &str) -> Self {
        Self { name: name.into(), value: value.into() }
    }

    /// Returns the URL with the parameter, or `None` if it has a parameter of this name already.
    pub(super) fn add_to(&self, url: &str) -> Option<String> {
        let query = url.split_once('?').map(|(_, query)| query);
        if form_urlencoded::parse(query.unwrap_or_default().as_bytes()).any(|(name, _)| name == *self.name) {
            return None;
        }
        let mut url = url.to_owned();
        url.push(if query.is_some() { '&' } else { '?' });
        percent::encode(&self.name, &mut url);
        url.push('=');
        percent::encode(&self.value, &mut url);
        Some(url)
    }

    /// Removes the parameter from the URLs of a response, where servers repeat the query that they received. Whoever
    /// follows one of them adds it again.
    pub(super) fn remove_from(&self, headers: &mut HeaderMap) {
        for name in [LINK, LOCATION, CONTENT_LOCATION] {
            if let Entry::Occupied(mut values) = headers.entry(name) {
                for value in values.iter_mut() {
                    // Each byte as a character, because such headers are not always UTF-8.
                    let text: String = value.as_bytes().iter().copied().map(char::from).collect();
                    let removed = self.remove_from_text(&text).and_then(|text| {
                        let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(c).ok()).collect();
                        HeaderValue::from_bytes(&bytes?).ok()
                    });
                    if let Some(removed) = removed {
                        *value = removed;
                    }
                }
            }
        }
    }

    /// Returns a text without the parameter, which is in the queries of the URLs in it, or `None` if it is in none.
    fn remove_from_text(&self, text: &str) -> Option<String> {
        let mut kept = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find('?') {
            let (before, query) = rest.split_at(start);
            let (query, after) = query.split_at(query.find(['>', '#']).unwrap_or(query.len()));
            let others: Vec<&str> = query[1..].split('&').filter(|pair| !self.is(pair)).collect();
            kept.push_str(before);
            if !others.is_empty() {
                kept.push('?');
                kept.push_str(&others.join("&"));
            }
            rest = after;
        }
        kept.push_str(rest);
        (kept.len() < text.len()).then_some(kept)
    }

    /// Returns whether a part of a query is the parameter with its value, in any encoding.
    fn is(&self, pair: &str) -> bool {
        form_urlencoded::parse(pair.as_bytes()).any(|(name, value)| name == *self.name && value == *self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_the_parameter_once() {
        let key = QueryParameter::new("api key", "a+b&c");
        for (url, expected) in [
            ("https://h/a", Some("https://h/a?api%20key=a%2Bb%26c")),
            ("https://h/a?b=1", Some("https://h/a?b=1&api%20key=a%2Bb%26c")),
            ("https://h/a?api=1&key=2", Some("https://h/a?api=1&key=2&api%20key=a%2Bb%26c")),
            ("https://h/a?b=1&api+key=own", None),
            ("https://h/a?api%20key", None),
        ] {
            assert_eq!(key.add_to(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn removes_its_own_value_in_any_encoding() {
        let key = QueryParameter::new("key", "a b");
        for (url, expected) in [
            ("https://h/a", None),
            ("https://h/a?key=a%20b", Some("https://h/a")),
            ("/a?x=%31&key=a+b&y=2#z", Some("/a?x=%31&y=2#z")),
            ("?k%65y=%61+b&key=other", Some("?key=other")),
            ("https://h/a?x=a%20b&", None),
            ("</a?key=a+b>; rel=prev, </b?page=2&key=a+b>; rel=next", Some("</a>; rel=prev, </b?page=2>; rel=next")),
        ] {
            assert_eq!(key.remove_from_text(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn keeps_bytes_outside_of_ascii() {
        let value = |bytes: &[u8]| HeaderValue::from_bytes(bytes).unwrap();
        let mut headers = HeaderMap::new();
        headers.append(LINK, value(b"</a?k=v>; title=\"caf\xe9\""));
        headers.append(LINK, value("</caf\u{e9}>".as_bytes()));
        QueryParameter::new("k", "v").remove_from(&mut headers);
        let links: Vec<_> = headers.get_all(LINK).iter().map(HeaderValue::as_bytes).collect();
        assert_eq!(links, [&b"</a>; title=\"caf\xe9\""[..], "</caf\u{e9}>".as_bytes()]);
    }
}
