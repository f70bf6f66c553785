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
        let mut headers = Vec::new();
        let mut texts = arg.strings("headers(\"Name: value\")", diagnostics).into_iter().peekable();
        while let Some(text) = texts.next() {
            // `headers("Name", "value")` is one header, so it is one error.
            let is_name = header_name(&text.value()).is_ok();
            if let Some(value) = texts.next_if(|next| is_name && !next.value().contains(':')) {
                let (name, value) = (text.value(), value.value());
                let message = format!("missing `:` in the header `{name}`\nhelp: write \"{name}: {value}\"");
                diagnostics.report(&text, message);
            } else if let Some((name, value)) = checked(&text, diagnostics, name_and_value) {
                headers.push(Self { text, name, value });
            }
        }
        headers
    }
}

/// Splits `Name: value`, and returns the name in lower case.
fn name_and_value(text: &str) -> Result<(String, String), String> {
    let Some((name, value)) = text.split_once(':') else {
        let correct = text.replacen('=', ": ", 1);
        let correct = if correct == text { format!("{text}: value") } else { correct };
        return Err(format!("missing `:` in the header `{text}`\nhelp: write \"{correct}\""));
    };
    let lower = header_name(name)?;
    let value = value.trim_matches([' ', '\t']);
    match value.chars().find(|c| !matches!(c, ' '..='~' | '\t')) {
        Some(bad) => Err(format!(
            "invalid value of the header `{name}`: contains `{}`\nhelp: write visible ASCII characters, spaces and tabs only",
            bad.escape_default()
        )),
        None => Ok((lower, value.to_owned())),
    }
}

/// Checks the name of a cookie ([RFC 6265](https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1)).
pub(crate) fn cookie_name(name: &str) -> Result<(), String> {
    if name.is_empty() {
        return Err("the cookie name is empty\nhelp: write one, as in \"session_id\"".to_owned());
    }
    match invalid_name(name) {
        None => Ok(()),
        Some(why) => Err(format!(
            "invalid cookie name `{name}`: {why}\nhelp: write letters, digits, `-`, `_` and `.`, as in \"session_id\""
        )),
    }
}

/// Checks the name of a header, a token of [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2), and
/// returns it in lower case.
pub(crate) fn header_name(name: &str) -> Result<String, String> {
    if name.is_empty() {
        return Err("the header name is empty\nhelp: write one, as in \"X-Request-Id\"".into());
    }
    match invalid_name(name) {
        None => Ok(name.to_ascii_lowercase()),
        Some(why) => Err(format!(
            "invalid header name `{}`: {why}\nhelp: write letters, digits, `-` and `_`, as in \"X-Request-Id\"",
            name.escape_default()
        )),
    }
}

/// Says why a name is not a token.
fn invalid_name(name: &str) -> Option<String> {
    match name.chars().find(|c| !is_token_char(*c))? {
        ' ' => Some("contains a space".to_owned()),
        bad => Some(format!("contains `{}`", bad.escape_default())),
    }
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
    fn splits_constant_headers() {
        for (text, name, value) in [
            ("X-Api: 2", "x-api", "2"),
            ("accept-language:en", "accept-language", "en"),
            ("X-Empty:", "x-empty", ""),
            ("X-Colon: a: b", "x-colon", "a: b"),
        ] {
            assert_eq!(name_and_value(text), Ok((name.into(), value.into())), "{text}");
        }
        for (text, says) in [
            ("X-Api", "missing `:` in the header `X-Api`"),
            ("X-Api=2", "write \"X-Api: 2\""),
            (": 2", "the header name is empty"),
            ("X Api: 2", "invalid header name `X Api`: contains a space"),
            ("X-\u{e9}: 2", "contains `\\u{e9}`"),
            ("X-Api: a\nb", "invalid value of the header `X-Api`: contains `\\n`"),
            ("X-Api: \u{e9}", "visible ASCII"),
        ] {
            let error = name_and_value(text).unwrap_err();
            assert!(error.contains(says), "{text}: {error}");
        }
    }
}
