//! Media types, and the ranges of them that a document allows.

use crate::parse::media_types;

/// `type/subtype` in lower case, without parameters.
pub(crate) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a range of the document, such as `application/*`, contains a media type.
pub(crate) fn range_contains(range: &str, media: &str) -> bool {
    let (range, media) = (essence(range), essence(media));
    range == media
        || range == "*/*"
        || range.strip_suffix("/*").is_some_and(|kind| media.split('/').next() == Some(kind))
}

/// Whether a media type, or some of a range, is JSON.
pub(crate) fn is_json(media: &str) -> bool {
    media_types::is_json(media) || essence(media) == "*/*"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_contain_media_types_without_parameters() {
        for (range, media, expected) in [
            ("application/json", "Application/JSON; charset=utf-8", true),
            ("application/json; charset=utf-8", "application/json", true),
            ("application/*", "application/json", true),
            ("*/*", "text/csv", true),
            ("text/*", "application/json", false),
            ("application/json", "application/problem+json", false),
        ] {
            assert_eq!(range_contains(range, media), expected, "{range} {media}");
        }
    }

    #[test]
    fn json_has_suffixes() {
        assert!(is_json("application/json; charset=utf-8") && is_json("application/scim+json") && is_json("*/*"));
        assert!(!is_json("application/x-ndjson") && !is_json("text/csv"));
    }
}
