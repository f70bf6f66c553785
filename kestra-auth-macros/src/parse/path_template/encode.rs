//! Percent-encodes the literals of a path and the names of a query.

use std::fmt::Write as _;

/// Encodes a literal: keeps what `keep` allows and `%XX`, rejects what no URL can hold, and encodes the rest.
pub(super) fn encode_literal(text: &str, keep: fn(char) -> bool) -> Result<String, String> {
    let mut encoded = String::with_capacity(text.len());
    for (index, c) in text.char_indices() {
        match c {
            '%' => {
                let digits = text.get(index + 1..index + 3).unwrap_or_default();
                if digits.len() != 2 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                    let piece: String = text[index..].chars().take(3).collect();
                    return Err(format!(
                        "invalid percent-encoding `{piece}`\nhelp: write two hex digits after `%`, or `%25` for a literal `%`"
                    ));
                }
                encoded.push('%');
            }
            ' ' => return Err(format!("unexpected space in `{text}`\nhelp: write `%20`")),
            '\\' => {
                return Err(format!(
                    "unexpected backslash in `{text}`, which URL parsers read as `/`\nhelp: write `/`, or `%5C` for a literal backslash"
                ));
            }
            c if c.is_control() => {
                return Err(format!(
                    "unexpected control character `{}`, which URL parsers drop\nhelp: remove it, or percent-encode it",
                    c.escape_default()
                ));
            }
            c if keep(c) => encoded.push(c),
            c => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    // Writing to a `String` does not fail.
                    let _ = write!(encoded, "%{byte:02X}");
                }
            }
        }
    }
    Ok(encoded)
}

/// Whether `c` is a `pchar` of [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.3), apart from `%`.
pub(super) fn is_pchar(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@".contains(c)
}

/// Whether `c` can be in a `query` of [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.4), apart from `%` and
/// from `'`, which the [WHATWG parser](https://url.spec.whatwg.org/#special-query-percent-encode-set) encodes.
pub(super) fn is_query_char(c: char) -> bool {
    c != '\'' && (is_pchar(c) || matches!(c, '/' | '?'))
}

/// Checks the name of a parameter with `encoded`.
pub(crate) fn encoded_name(name: &str) -> Result<(), String> {
    match encode_literal(name, |c| is_query_char(c) && !matches!(c, '&' | '=')) {
        Ok(encoded) if encoded == name => Ok(()),
        Ok(_) => Err(format!("the name `{name}` is not percent-encoded\nhelp: encode it, or remove `encoded`")),
        Err(fault) => Err(fault),
    }
}

/// Encodes the name of a query parameter: all but the
/// [unreserved characters](https://www.rfc-editor.org/rfc/rfc3986#section-2.3).
pub(crate) fn encode_name(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a `String` does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
