//! Percent-encoding: everything but RFC 3986's
//! [unreserved characters](https://www.rfc-editor.org/rfc/rfc3986#section-2.3), byte by byte, in upper-case hex.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub(crate) fn encode(text: &str, out: &mut String) {
    out.extend(utf8_percent_encode(text, RESERVED));
}

/// Encodes what a segment cannot hold, and a `%` that begins no `%XX`.
pub(crate) fn encode_rest(text: &str, out: &mut String) {
    for (index, c) in text.char_indices() {
        let keep = if c == '%' { is_escape(&text[index..]) } else { is_pchar(c) };
        if keep {
            out.push(c);
        } else {
            encode(c.encode_utf8(&mut [0; 4]), out);
        }
    }
}

/// Whether a text can stand in a query as it is.
pub(crate) fn is_query(text: &str) -> bool {
    text.char_indices().all(|(index, c)| match c {
        '%' => is_escape(&text[index..]),
        c => is_pchar(c) || matches!(c, '/' | '?'),
    })
}

/// `%XX`
fn is_escape(text: &str) -> bool {
    matches!(text.as_bytes(), [b'%', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

/// RFC 3986's [`pchar`](https://www.rfc-editor.org/rfc/rfc3986#section-3.3), without `%`.
fn is_pchar(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@".contains(c)
}

/// Whether a URL parser takes the segment for `.` or `..`; `%2e` is a dot to it
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
    fn unreserved_characters_alone_stay() {
        let mut out = String::new();
        let all: String = (0..=127u8).map(char::from).collect();
        encode(&all, &mut out);
        let kept: String = out.split('%').enumerate().map(|(i, part)| if i == 0 { part } else { &part[2..] }).collect();
        assert_eq!(kept, "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~");
    }

    #[test]
    fn table() {
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
    fn encoded_already() {
        for (text, encoded) in
            [("po%20ng", "po%20ng"), ("a b", "a%20b"), ("100%", "100%25"), ("%zz", "%25zz"), ("a?#[", "a%3F%23%5B")]
        {
            let mut out = String::new();
            encode_rest(text, &mut out);
            assert_eq!(out, encoded);
        }
        assert!(is_query("a%2Fb%20c/?:@&=+'"));
        for bad in ["a b", "a#b", "%2", "%zz", "é", "a\nb", "\"", "<"] {
            assert!(!is_query(bad), "{bad}");
        }
    }

    #[test]
    fn dot_segments() {
        for segment in [".", "..", "%2e", "%2E.", ".%2e", "%2e%2E"] {
            assert!(is_dot_segment(segment), "{segment}");
        }
        for segment in ["", "...", "a", ".a", "%2", "%252e", "%2e%2e%2e", "..%"] {
            assert!(!is_dot_segment(segment), "{segment}");
        }
    }
}
