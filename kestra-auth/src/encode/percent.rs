//! Percent-encoding of paths and queries.
//!
//! Everything is encoded but the
//! [unreserved characters](https://www.rfc-editor.org/rfc/rfc3986#section-2.3) of RFC 3986, which mean the same whether
//! they are encoded or not.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

const NOT_UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Everything but RFC 3986's [`pchar`](https://www.rfc-editor.org/rfc/rfc3986#section-3.3) and `%`.
const NOT_PCHAR_OR_PERCENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Encodes a value.
pub(crate) fn encode(text: &str, out: &mut String) {
    out.extend(utf8_percent_encode(text, NOT_UNRESERVED));
}

/// Encodes what a path segment cannot contain in a value that is encoded already, and each `%` that does not start a
/// `%XX`.
pub(crate) fn encode_remaining(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(index) = rest.find('%') {
        let (before, after) = rest.split_at(index);
        out.extend(utf8_percent_encode(before, NOT_PCHAR_OR_PERCENT));
        // A `%` that starts no `%XX` would make the URL invalid.
        out.push_str(if is_percent_encoded(after) { "%" } else { "%25" });
        rest = &after[1..];
    }
    out.extend(utf8_percent_encode(rest, NOT_PCHAR_OR_PERCENT));
}

/// Returns whether a text can be part of a query as it is
/// ([RFC 3986, section 3.4](https://www.rfc-editor.org/rfc/rfc3986#section-3.4)).
pub(crate) fn is_valid_query(text: &str) -> bool {
    text.char_indices().all(|(index, c)| match c {
        '%' => is_percent_encoded(&text[index..]),
        c => c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/?".contains(c),
    })
}

/// Returns whether a text starts with `%XX`.
fn is_percent_encoded(text: &str) -> bool {
    matches!(text.as_bytes(), [b'%', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

/// Returns whether a URL parser resolves the segment like `.` or `..`. `%2e` is a dot to it
/// ([WHATWG](https://url.spec.whatwg.org/#double-dot-path-segment)).
pub(crate) fn is_dot_segment(segment: &str) -> bool {
    let mut rest = segment.as_bytes();
    let mut dots = 0;
    while !rest.is_empty() {
        rest = match rest {
            [b'.', rest @ ..] | [b'%', b'2', b'e' | b'E', rest @ ..] => rest,
            _ => return false,
        };
        dots += 1;
    }
    matches!(dots, 1 | 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_only_unreserved_characters() {
        let mut out = String::new();
        let all: String = (0..=127u8).map(char::from).collect();
        encode(&all, &mut out);
        let kept: String = out.split('%').enumerate().map(|(i, part)| if i == 0 { part } else { &part[2..] }).collect();
        assert_eq!(kept, "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~");
    }

    #[test]
    fn encodes_utf8_byte_by_byte() {
        for (text, encoded) in [
            ("", ""),
            ("a b", "a%20b"),
            ("a+b", "a%2Bb"),
            ("100%", "100%25"),
            ("a/b\\c", "a%2Fb%5Cc"),
            ("\r\n\t\0", "%0D%0A%09%00"),
            ("é𝄞", "%C3%A9%F0%9D%84%9E"),
            ("%2e", "%252e"),
        ] {
            let mut out = String::new();
            encode(text, &mut out);
            assert_eq!(out, encoded);
        }
    }

    #[test]
    fn keeps_what_is_encoded_already() {
        for (text, encoded) in [
            ("po%20ng", "po%20ng"),
            ("a b", "a%20b"),
            ("100%", "100%25"),
            ("%zz%", "%25zz%25"),
            ("a?#[", "a%3F%23%5B"),
            ("é%", "%C3%A9%25"),
        ] {
            let mut out = String::new();
            encode_remaining(text, &mut out);
            assert_eq!(out, encoded);
        }
        assert!(is_valid_query("a%2Fb%20c/?:@&=+'"));
        for bad in ["a b", "a#b", "%2", "%zz", "é", "a\nb", "\"", "<"] {
            assert!(!is_valid_query(bad), "{bad}");
        }
    }

    #[test]
    fn recognizes_dot_segments_in_any_spelling() {
        for segment in [".", "..", "%2e", "%2E.", ".%2e", "%2e%2E"] {
            assert!(is_dot_segment(segment), "{segment}");
        }
        for segment in ["", "...", "a", ".a", "%2", "%252e", "%2e%2e%2e", "..%"] {
            assert!(!is_dot_segment(segment), "{segment}");
        }
    }
}
