//! The media type of a response ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-8.3)), as browsers read it.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

use crate::quoted_string;

/// The media type of a response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MediaType {
    /// `type/subtype`, in lower case.
    pub(crate) essence: String,
    /// The parameter `charset`.
    pub(crate) charset: Option<String>,
}

impl MediaType {
    /// Returns the media type of a response, if there is a valid one. Of several, the last one counts
    /// ([WHATWG](https://fetch.spec.whatwg.org/#concept-header-extract-mime-type)).
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let mut found: Option<Self> = None;
        for value in headers.get_all(CONTENT_TYPE) {
            let value = String::from_utf8_lossy(value.as_bytes());
            for part in quoted_string::split(&value, ',') {
                let Some(mut next) = Self::parse(part) else { continue };
                // The charset of an earlier value holds for later ones of the same type.
                if let Some(last) = found.take()
                    && last.essence == next.essence
                {
                    next.charset = next.charset.or(last.charset);
                }
                found = Some(next);
            }
        }
        found
    }

    /// Parses a media type, and ignores malformed parameters
    /// ([WHATWG](https://mimesniff.spec.whatwg.org/#parse-a-mime-type)).
    fn parse(text: &str) -> Option<Self> {
        let mut parts = quoted_string::split(text, ';');
        let essence = parts.next()?.trim().to_ascii_lowercase();
        let (kind, subtype) = essence.split_once('/')?;
        if !is_token(kind) || !is_token(subtype) || essence == "*/*" {
            return None;
        }
        let charset = parts.filter_map(|part| part.split_once('=')).find_map(|(name, value)| {
            let value = quoted_string::content(value.trim_end());
            (name.trim_start().eq_ignore_ascii_case("charset") && !value.is_empty()).then_some(value)
        });
        Some(Self { essence, charset })
    }
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// Returns whether a media type is JSON by its name
/// ([WHATWG](https://mimesniff.spec.whatwg.org/#json-mime-type)).
pub(crate) fn is_json(essence: &str) -> bool {
    let ends_with =
        |end: &str| essence.len() > end.len() && essence[essence.len() - end.len()..].eq_ignore_ascii_case(end);
    ends_with("/json") || ends_with("+json")
}

/// Media types that a message may name. Others may hold what the server was sent.
const WELL_KNOWN: [&str; 24] = [
    "application/graphql-response+json",
    "application/javascript",
    "application/json",
    "application/jsonl",
    "application/octet-stream",
    "application/pdf",
    "application/problem+json",
    "application/problem+xml",
    "application/soap+xml",
    "application/x-ndjson",
    "application/x-www-form-urlencoded",
    "application/xhtml+xml",
    "application/xml",
    "application/yaml",
    "application/zip",
    "image/png",
    "multipart/form-data",
    "text/css",
    "text/csv",
    "text/event-stream",
    "text/html",
    "text/javascript",
    "text/plain",
    "text/xml",
];

/// Returns a media type as a constant, if it is one that a message may name.
pub(crate) fn well_known(essence: &str) -> Option<&'static str> {
    WELL_KNOWN.into_iter().find(|known| known.eq_ignore_ascii_case(essence))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn of(values: &[&str]) -> Option<(String, Option<String>)> {
        let headers = values.iter().map(|value| (CONTENT_TYPE, HeaderValue::from_bytes(value.as_bytes()).unwrap()));
        MediaType::of(&headers.collect()).map(|found| (found.essence, found.charset))
    }

    #[test]
    fn recognizes_json_by_name() {
        for json in ["application/json", "Application/JSON", "text/json", "application/problem+json", "a/b+JSON"] {
            assert!(is_json(json), "{json}");
        }
        for other in ["", "json", "text/html", "application/json5", "application/jsonlines", "/json+x"] {
            assert!(!is_json(other), "{other}");
        }
    }

    #[test]
    fn separates_parameters() {
        for (value, charset) in [
            ("text/plain ; a=b", None),
            ("text/plain; a=b; Charset=\"latin1\"", Some("latin1")),
            ("text/plain;charset=utf-8;charset=latin1", Some("utf-8")),
            ("text/plain;charset=;charset=latin1", Some("latin1")),
            ("text/plain;charset =a;charset=b", Some("b")),
            ("text/plain;charset=\"lat\\in1\" x;a", Some("latin1")),
            ("text/plain;charset=\"latin1", Some("latin1")),
            ("text/plain;charset='latin1'", Some("'latin1'")),
            ("text/plain;a=\";charset=x,\\\"\";charset=y", Some("y")),
            ("text/plain;charset=caf\u{e9}", Some("caf\u{e9}")),
        ] {
            assert_eq!(of(&[value]), Some(("text/plain".to_owned(), charset.map(str::to_owned))), "{value}");
        }
    }

    #[test]
    fn the_last_valid_one_counts() {
        for value in ["", "text", "text/", "/plain", "text/a b", "*/*", "text/caf\u{e9}", ","] {
            assert_eq!(of(&[value]), None, "{value}");
        }
        assert_eq!(of(&[]), None);
        let found = |values: &[&str]| of(values).map(|(essence, charset)| essence + &charset.unwrap_or_default());
        assert_eq!(found(&["text/plain;charset=a", "TEXT/HTML"]).as_deref(), Some("text/html"));
        assert_eq!(found(&["text/plain;charset=a, text/plain", "x"]).as_deref(), Some("text/plaina"));
    }
}
