//! A credential in the query of a URL.

use std::sync::Arc;

use url::{Url, form_urlencoded};

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

    /// Removes the parameter from a URL, if it has this value.
    pub(super) fn remove_from(&self, url: &mut Url) {
        let is_other = |pair: &&str| {
            !form_urlencoded::parse(pair.as_bytes()).any(|(name, value)| name == *self.name && value == *self.value)
        };
        let Some(query) = url.query() else { return };
        let others: Vec<&str> = query.split('&').filter(is_other).collect();
        let others = others.join("&");
        if others.len() < query.len() {
            url.set_query(Some(others.as_str()).filter(|query| !query.is_empty()));
        }
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
            ("https://h/a", "https://h/a"),
            ("https://h/a?key=a%20b", "https://h/a"),
            ("https://h/a?x=%31&key=a+b&y=2", "https://h/a?x=%31&y=2"),
            ("https://h/a?k%65y=%61+b&key=other", "https://h/a?key=other"),
            ("https://h/a?x=a%20b&", "https://h/a?x=a%20b&"),
        ] {
            let mut url = Url::parse(url).unwrap();
            key.remove_from(&mut url);
            assert_eq!(url.as_str(), expected);
        }
    }
}
