//! Constant headers, and the names of headers and cookies.

use syn::LitStr;

use crate::diagnostics::Diagnostics;
use crate::parse::arguments::{Arg, checked};

/// A constant header. Its name is in lower case, as HTTP/2 requires.
pub(crate) struct ConstantHeader {
    /// What the user wrote.
    pub(crate) text: LitStr,
    pub(crate) name: String,
    pub(crate) value: String,
}

impl ConstantHeader {
    /// Parses `headers("Name: value", …)`.
    pub(super) fn parse_list(arg: &Arg, diagnostics: &Diagnostics) -> Vec<Self> {
        let texts = arg.strings("headers(\"Name: value\")", diagnostics).into_iter();
        let headers = texts.filter_map(|text| {
            let (name, value) = checked(&text, diagnostics, name_and_value)?;
            Some(Self { text, name, value })
        });
        headers.collect()
    }
}

/// Splits `Name: value`, and returns the name in lower case.
fn name_and_value(text: &str) -> Result<(String, String), String> {
    let Some((name, value)) = text.split_once(':') else {
        return Err(format!("`{text}` has no `:`\nhelp: write \"Name: value\""));
    };
    let name = header_name(name)?;
    let value = value.trim_matches([' ', '\t']);
    match value.chars().find(|c| !matches!(c, ' '..='~' | '\t')) {
        Some(bad) => Err(format!(
            "the value of `{name}` has `{}`, which no constant header can hold\nhelp: write visible ASCII, spaces and tabs alone",
            bad.escape_default()
        )),
        None => Ok((name, value.to_owned())),
    }
}

/// The name of a cookie ([RFC 6265](https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1)).
pub(crate) fn cookie_name(name: &str) -> Result<(), String> {
    if is_token(name) {
        Ok(())
    } else {
        Err(format!(
            "`{name}` is no name of a cookie\nhelp: write letters, digits, `-`, `_` and `.`, as in \"session_id\""
        ))
    }
}

/// A header's name, a token of [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2), in lower case.
pub(crate) fn header_name(name: &str) -> Result<String, String> {
    if name.is_empty() {
        return Err("the header has no name\nhelp: write one, as in \"X-Request-Id\"".into());
    }
    if let Some(bad) = name.chars().find(|c| !is_token_char(*c)) {
        return Err(format!(
            "`{name}` is no header name, for it has `{}`\nhelp: write letters, digits, `-` and `_`, as in \"X-Request-Id\"",
            bad.escape_default()
        ));
    }
    Ok(name.to_ascii_lowercase())
}

pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_token_char)
}

fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers() {
        for (text, name, value) in [
            ("X-Api: 2", "x-api", "2"),
            ("accept-language:en", "accept-language", "en"),
            ("X-Empty:", "x-empty", ""),
            ("X-Colon: a: b", "x-colon", "a: b"),
        ] {
            assert_eq!(name_and_value(text), Ok((name.into(), value.into())), "{text}");
        }
        for (text, says) in [
            ("X-Api", "no `:`"),
            (": 2", "no name"),
            ("X Api: 2", "is no header name"),
            ("X-\u{e9}: 2", "is no header name"),
            ("X-Api: a\nb", "`\\n`"),
            ("X-Api: \u{e9}", "visible ASCII"),
        ] {
            let fault = name_and_value(text).unwrap_err();
            assert!(fault.contains(says), "{text}: {fault}");
        }
    }
}
