//! The server's message in the body of an error.

use std::borrow::Cow;
use std::fmt;

use http::HeaderMap;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::json::decode::skip_byte_order_mark;
use crate::media_type::MediaType;

/// A longer text is a page or a dump, not a message for people.
const MAX_TEXT: usize = 1024;
/// A message is looked for in the start of the body, which bounds the time that it takes, and the length of the
/// message.
const MAX_SEARCHED: usize = 256 << 10;

/// Returns the message, if there is one.
pub(super) fn find(headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let body = skip_byte_order_mark(body);
    let start = &body[..body.len().min(MAX_SEARCHED)];
    let mut found = Messages::default();
    let mut document = serde_json::Deserializer::from_slice(start);
    let result = Search { found: &mut found, position: Position::Root }.deserialize(&mut document);
    // An error keeps only the start of a large body, which may already have the message.
    if result.and_then(|()| document.end()).map_or_else(|error| error.is_eof(), |()| true) {
        return found.best();
    }
    let text = std::str::from_utf8(body).ok()?.trim();
    // A page or another document is not a message.
    let is_plain = MediaType::of(headers).is_none_or(|found| found.essence == "text/plain");
    (is_plain && !text.is_empty() && text.len() <= MAX_TEXT).then(|| text.to_owned())
}

/// What has been found, by where it was.
#[derive(Default)]
struct Messages {
    root: String,
    embedded: Vec<String>,
    message: String,
    detail: String,
    title: String,
}

impl Messages {
    fn best(self) -> Option<String> {
        let Self { root, embedded, message, detail, title } = self;
        [root, embedded.join("; "), message, detail, title].into_iter().find(|message| !message.is_empty())
    }
}

/// Where in the document a value is.
#[derive(Clone, Copy)]
enum Position {
    Root,
    Message,
    Detail,
    Title,
    Embedded,
    Errors,
    EmbeddedError,
    EmbeddedMessage,
}

impl Position {
    /// Returns the position of the value with this key, if there can be a message.
    fn of(self, key: &str) -> Option<Self> {
        match (self, key) {
            (Self::Root, "message") => Some(Self::Message),
            (Self::Root, "detail" | "error_description") => Some(Self::Detail),
            (Self::Root, "title") => Some(Self::Title),
            (Self::Root, "_embedded") => Some(Self::Embedded),
            (Self::Embedded, "errors") => Some(Self::Errors),
            (Self::EmbeddedError, "message") => Some(Self::EmbeddedMessage),
            _ => None,
        }
    }
}

/// Reads a value for the messages in it, and skips everything else.
struct Search<'a> {
    found: &'a mut Messages,
    position: Position,
}

impl<'de> DeserializeSeed<'de> for Search<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Search<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        let Self { found, position } = self;
        match position {
            Position::Root => text.clone_into(&mut found.root),
            Position::Message => text.clone_into(&mut found.message),
            Position::Detail => text.clone_into(&mut found.detail),
            Position::Title => text.clone_into(&mut found.title),
            Position::EmbeddedMessage => found.embedded.push(text.to_owned()),
            Position::Embedded | Position::Errors | Position::EmbeddedError => {}
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        let Self { found, position } = self;
        if matches!(position, Position::Errors) {
            while elements.next_element_seed(Search { found, position: Position::EmbeddedError })?.is_some() {}
        }
        while elements.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Self { found, position } = self;
        while let Some(key) = entries.next_key::<Cow<'_, str>>()? {
            match position.of(&key) {
                Some(position) => entries.next_value_seed(Search { found, position })?,
                None => {
                    entries.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
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
            ("\u{feff}{\"title\":\"Gone\"}", Some("Gone")),
            (r#"{"status":404}"#, None),
            (r#"{"message":{"message":"a"},"detail":[1.5,null,true],"title":-1}"#, None),
            (r#"{"error":{"message":"a"},"_embedded":[{"errors":1}]}"#, None),
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

    #[test]
    fn searches_the_start_of_a_large_body_only() {
        let filler = "x".repeat(MAX_SEARCHED);
        let found = |body: String| find(&HeaderMap::new(), body.as_bytes());
        assert_eq!(found(format!(r#"{{"message":"a","trace":"{filler}"}}"#)).as_deref(), Some("a"));
        assert_eq!(found(format!(r#"{{"message":"a","trace":"{filler}"#)).as_deref(), Some("a"), "cut off");
        assert_eq!(found(format!(r#"{{"trace":"{filler}","message":"a"}}"#)), None);
    }
}
