//! How literals of a path and names of a query are percent-encoded.

use std::fmt::Write as _;

/// Keeps what `keep` allows and `%XX`, encodes the rest, refuses what could only be a mistake.
pub(super) fn encode_literal(text: &str, keep: fn(char) -> bool) -> Result<String, String> {
    let mut encoded = String::with_capacity(text.len());
    for (index, c) in text.char_indices() {
        match c {
            '%' => {
                let digits = text.get(index + 1..index + 3).unwrap_or_default();
                if digits.len() != 2 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                    let piece: String = text[index..].chars().take(3).collect();
                    return Err(format!(
                        "`{piece}` is no percent-encoded byte\nhelp: write two hex digits after `%`, and a literal `%` as `%25`"
                    ));
                }
                encoded.push('%');
            }
            ' ' => return Err(format!("`{text}` has a space\nhelp: write it as `%20`")),
            '\\' => {
                return Err(format!(
                    "`{text}` has a backslash, which URL parsers take for `/`\nhelp: write `/` or `%5C`"
                ));
            }
            c if c.is_control() => {
                return Err(format!(
                    "the path has the control character `{}`, which URL parsers drop\nhelp: remove it, or percent-encode it",
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

/// RFC 3986's `pchar`, without `%`.
pub(super) fn is_pchar(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@".contains(c)
}

/// RFC 3986's `query`, without `%` and without `'`, which the WHATWG parser encodes.
pub(super) fn is_query_char(c: char) -> bool {
    c != '\'' && (is_pchar(c) || matches!(c, '/' | '?'))
}

/// A name that is encoded already.
pub(crate) fn encoded_name(name: &str) -> Result<(), String> {
    match encode_literal(name, |c| is_query_char(c) && !matches!(c, '&' | '=')) {
        Ok(encoded) if encoded == name => Ok(()),
        Ok(_) => {
            Err(format!("`{name}` is not encoded, as `encoded` says\nhelp: percent-encode it, or remove `encoded`"))
        }
        Err(fault) => Err(fault),
    }
}

/// A name as it stands in a query: all but RFC 3986's unreserved characters encoded.
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
