//! The media type of a response ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-8.3)).

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// Returns `type/subtype` without parameters, or `None` without a readable `Content-Type`.
pub(crate) fn essence(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next().unwrap_or(value).trim())
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

/// Returns the `charset` parameter.
pub(crate) fn charset(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    value.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let headers =
            |value: &'static str| HeaderMap::from_iter([(CONTENT_TYPE, http::HeaderValue::from_static(value))]);
        assert_eq!(essence(&headers("text/plain ; charset=x")), Some("text/plain"));
        assert_eq!(essence(&HeaderMap::new()), None);
        assert_eq!(charset(&headers("text/plain; a=b; Charset=\"latin1\"")), Some("latin1"));
        assert_eq!(charset(&headers("text/plain")), None);
    }
}
