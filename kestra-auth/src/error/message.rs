//! The server's message in the body of an error.

use http::HeaderMap;
use serde_json::Value;

use crate::media_type;

/// A longer text is a page or a dump, not a message for people.
const MAX_TEXT: usize = 1024;

/// Returns the message, if there is one.
pub(super) fn find(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    if let Ok(value) = serde_json::from_slice::<Value>(body) {
        return find_in_json(&value);
    }
    let text = std::str::from_utf8(body).ok()?.trim();
    // A page or another document is not a message.
    let is_plain = media_type::essence(headers).is_none_or(|essence| essence.eq_ignore_ascii_case("text/plain"));
    (is_plain && !text.is_empty() && text.len() <= MAX_TEXT).then(|| text.to_owned())
}

fn find_in_json(value: &Value) -> Option<String> {
    if let Value::String(text) = value {
        return Some(text.clone());
    }
    let embedded = value.pointer("/_embedded/errors").and_then(Value::as_array).map(|errors| {
        let messages: Vec<&str> = errors.iter().filter_map(|error| error.get("message")?.as_str()).collect();
        messages.join("; ")
    });
    let field = |name| value.get(name).and_then(Value::as_str).map(str::to_owned);
    // Micronaut's own `message` is only the reason phrase if there are embedded errors.
    embedded
        .filter(|messages| !messages.is_empty())
        .or_else(|| field("message"))
        .or_else(|| field("detail"))
        .or_else(|| field("title"))
        .filter(|message| !message.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_messages_of_common_formats() {
        for (body, expected) in [
            (
                r#"{"message":"Not Found","_links":{},"_embedded":{"errors":[{"message":"Page Not Found"}]}}"#,
                Some("Page Not Found"),
            ),
            (r#"{"message":"Invalid","_embedded":{"errors":[{"message":"a"},{"message":"b"}]}}"#, Some("a; b")),
            (r#"{"message":"Unauthorized","logref":"x"}"#, Some("Unauthorized")),
            (r#"{"type":"about:blank","title":"Gone","detail":"It is gone."}"#, Some("It is gone.")),
            (r#"{"title":"Gone"}"#, Some("Gone")),
            (r#"{"status":404}"#, None),
            (r#""message""#, Some("message")),
            ("plain text\n", Some("plain text")),
            ("", None),
        ] {
            assert_eq!(find(&HeaderMap::new(), body.as_bytes()).as_deref(), expected, "{body}");
        }
    }

    #[test]
    fn ignores_pages_and_long_texts() {
        let headers = [(http::header::CONTENT_TYPE, http::HeaderValue::from_static("text/html"))].into_iter().collect();
        assert_eq!(find(&headers, b"<html>"), None);
        assert_eq!(find(&HeaderMap::new(), &[b'a'; MAX_TEXT + 1]), None);
    }
}
