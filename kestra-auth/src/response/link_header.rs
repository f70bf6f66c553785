//! The values of a `Link` header ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288#section-3)).
//!
//! What is hard here: a link that is not found ends paging silently, so whatever can be read is read.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::quoted_string;

/// A link with its parameters, `<target>; rel="next last"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LinkValue<'a> {
    pub(super) target: &'a str,
    /// Separated by spaces.
    relations: String,
    /// What the link leads from, if that is not the resource of the response.
    pub(super) anchor: Option<String>,
}

impl LinkValue<'_> {
    /// Returns whether this is a link with the given relation type. Relation types are not case-sensitive.
    pub(super) fn has_relation(&self, relation: &str) -> bool {
        self.relations.split_ascii_whitespace().any(|found| found.eq_ignore_ascii_case(relation))
    }
}

/// Returns a header value as text. Bytes that are not UTF-8 are percent-encoded, which is what they mean in a target.
pub(super) fn to_text(value: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(value) {
        return text.into();
    }
    let mut text = String::new();
    for chunk in value.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a `String` does not fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text.into()
}

/// Returns the links of a header value. Malformed ones are skipped.
pub(super) fn links(header: &str) -> impl Iterator<Item = LinkValue<'_>> {
    let mut rest = header;
    std::iter::from_fn(move || {
        // The target is in angle brackets, so commas and semicolons in it do not end anything.
        let (_, from_target) = rest.split_once('<')?;
        let (target, after_target) = from_target.split_once('>')?;
        let end = after_target.find(quoted_string::outside(',')).unwrap_or(after_target.len());
        let (own_parameters, next) = after_target.split_at(end);
        rest = next;
        // The first one of several parameters with the same name counts.
        let parameter = |wanted: &str| parameters(own_parameters).find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        Some(LinkValue {
            target: target.trim(),
            relations: parameter("rel").map(|(_, value)| quoted_string::content(value)).unwrap_or_default(),
            anchor: parameter("anchor").map(|(_, value)| quoted_string::content(value)),
        })
    })
}

/// Returns the names and the values of parameters. The values may be quoted.
fn parameters(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let parts = quoted_string::split(text, ';').filter_map(|part| part.split_once('='));
    parts.map(|(name, value)| (name.trim(), value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(header: &str) -> Vec<(&str, String)> {
        links(header).map(|link| (link.target, link.relations)).collect()
    }

    #[test]
    fn separates_links_outside_of_quotes_and_targets() {
        let header = "<https://h/a?x=1,2;3>; rel=\"prev\"; title=\"a, b; rel=next\", </b>; REL=next";
        assert_eq!(found(header), [("https://h/a?x=1,2;3", "prev".to_owned()), ("/b", "next".to_owned())]);
    }

    #[test]
    fn escaped_quotes_do_not_end_a_quoted_string() {
        let header = r#"</a>; title="\"; rel=last, \\"; rel=prev, </b>; title="\""; rel=next"#;
        assert_eq!(found(header), [("/a", "prev".to_owned()), ("/b", "next".to_owned())]);
    }

    #[test]
    fn reads_quoted_pairs_and_the_first_of_several_parameters() {
        let header = r#"</a>; rel = "n\ex\t"; rel=prev; anchor="/\"x\\"; anchor="", </b>; rel="next"#;
        let found: Vec<_> = links(header).collect();
        assert!(found[0].has_relation("next") && !found[0].has_relation("prev"));
        assert_eq!(found[0].anchor.as_deref(), Some("/\"x\\"));
        assert!(found[1].has_relation("NEXT") && found[1].anchor.is_none());
    }

    #[test]
    fn skips_malformed_links() {
        for header in ["", "<", "<a", "a; rel=next", ">; rel=next"] {
            assert_eq!(links(header).next(), None, "{header}");
        }
        assert!(!links("<a>").next().unwrap().has_relation(""));
    }

    #[test]
    fn percent_encodes_what_is_not_utf_8() {
        assert_eq!(to_text(b"</caf\xe9>"), "</caf%E9>");
        assert_eq!(to_text("</caf\u{e9}>".as_bytes()), "</caf\u{e9}>");
    }
}
