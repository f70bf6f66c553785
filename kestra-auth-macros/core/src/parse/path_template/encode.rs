//! Percent-encodes the literals of a path and the names of a query.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What is encoded in the name of a query parameter: all but the
/// [unreserved characters](https://www.rfc-editor.org/rfc/rfc3986#section-2.3).
const NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What is encoded in a literal segment: all but `%` and the `pchar` of
/// [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.3).
pub(super) const SEGMENT: &AsciiSet = &NAME
    .remove(b'%')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// What is encoded in a literal query: all but `%` and the characters of a `query` in
/// [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.4), without the `'` that the
/// [WHATWG parser](https://url.spec.whatwg.org/#special-query-percent-encode-set) encodes.
pub(super) const QUERY: &AsciiSet = &SEGMENT.remove(b'/').remove(b'?').add(b'\'');

/// What a name that is already encoded does not contain.
const ENCODED_NAME: &AsciiSet = &QUERY.add(b'&').add(b'=');

/// Encodes the characters of `encoded` in a literal. Keeps `%XX`, and rejects what no URL can hold.
pub(super) fn encode_literal(text: &str, encoded: &'static AsciiSet) -> Result<String, String> {
    // Most literals need no encoding, and macros run without optimizations.
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')) {
        return Ok(text.to_owned());
    }
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
            _ => {}
        }
    }
    Ok(utf8_percent_encode(text, encoded).to_string())
}

/// Checks the name of a parameter with `encoded`.
pub(crate) fn encoded_name(name: &str) -> Result<(), String> {
    if encode_literal(name, ENCODED_NAME)? == name {
        Ok(())
    } else {
        Err(format!("the name `{name}` is not percent-encoded\nhelp: encode it, or remove `encoded`"))
    }
}

/// Encodes the name of a query parameter.
pub(crate) fn encode_name(name: &str) -> String {
    utf8_percent_encode(name, NAME).to_string()
}
