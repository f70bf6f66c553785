//! Constant headers, and the names of headers and cookies.

use crate::diagnostics::Diagnostics;
use crate::parse::arguments::Arg;

/// Headers that belong to the connection: a wrong one desynchronises it, and HTTP/2 refuses some.
const CONNECTION: [&str; 6] = ["connection", "content-length", "host", "keep-alive", "transfer-encoding", "upgrade"];

/// A constant header, its name in lower case as HTTP/2 wants it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) value: String,
}

/// `"Name: value"`.
pub(crate) fn header(text: &str) -> Result<Header, String> {
    let Some((name, value)) = text.split_once(':') else {
        return Err(format!("`{text}` has no `:`\nhelp: write \"Name: value\""));
    };
    let name = header_name(name)?;
    refuse_content_type(&name)?;
    let value = value.trim_matches([' ', '\t']);
    match value.chars().find(|c| !matches!(c, ' '..='~' | '\t')) {
        Some(bad) => Err(format!(
            "the value of `{name}` has `{}`, which no constant header can hold\nhelp: write visible ASCII, spaces and tabs alone",
            bad.escape_default()
        )),
        None => Ok(Header { name, value: value.to_owned() }),
    }
}

/// The name of a header that a parameter sets, in lower case.
pub(crate) fn parameter_name(name: &str) -> Result<String, String> {
    let name = header_name(name)?;
    refuse_content_type(&name)?;
    Ok(name)
}

fn refuse_content_type(name: &str) -> Result<(), String> {
    if name == "content-type" {
        return Err(
            "`Content-Type` comes from the body\nhelp: write its media type there, as in `#[json(\"application/scim+json\")]`"
                .into(),
        );
    }
    Ok(())
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
    let lower = name.to_ascii_lowercase();
    if CONNECTION.contains(&lower.as_str()) {
        return Err(format!("`{name}` belongs to the connection, which the transport keeps\nhelp: remove it"));
    }
    Ok(lower)
}

pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_token_char)
}

fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

/// `headers("Name: value", …)`.
pub(crate) fn headers(arg: &Arg, diagnostics: &Diagnostics) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    for text in arg.strings("headers(\"Name: value\")", diagnostics) {
        match header(&text.value()) {
            Ok(header) if headers.contains(&header) => {
                diagnostics
                    .spanned(&text, format!("`{}` stands here twice with one value\nhelp: remove one", header.name));
            }
            Ok(header) => headers.push(header),
            Err(fault) => diagnostics.spanned(&text, fault),
        }
    }
    headers
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
            assert_eq!(header(text), Ok(Header { name: name.into(), value: value.into() }), "{text}");
        }
        for (text, says) in [
            ("X-Api", "no `:`"),
            (": 2", "no name"),
            ("X Api: 2", "is no header name"),
            ("X-\u{e9}: 2", "is no header name"),
            ("X-Api: a\nb", "`\\n`"),
            ("X-Api: \u{e9}", "visible ASCII"),
            ("Content-Length: 2", "belongs to the connection"),
            ("host: h", "belongs to the connection"),
            ("Transfer-Encoding: chunked", "belongs to the connection"),
            ("Content-Type: a/b", "comes from the body"),
        ] {
            let fault = header(text).unwrap_err();
            assert!(fault.contains(says), "{text}: {fault}");
        }
    }
}
