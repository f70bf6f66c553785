//! The small grammars inside string arguments: headers, media types, durations, sizes.
//!
//! Each function returns the value or what is wrong with it, so that a table can test it.

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

/// `type/subtype`, with parameters if need be ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1)).
pub(crate) fn media_type(text: &str) -> Result<(), String> {
    let (essence, parameters) = text.split_once(';').map_or((text, None), |(e, p)| (e, Some(p)));
    let well_formed = match essence.trim_end().split_once('/') {
        Some((kind, subtype)) => is_token(kind) && is_token(subtype),
        None => false,
    } && parameters.is_none_or(|parameters| {
        parameters.split(';').all(|parameter| match parameter.trim().split_once('=') {
            Some((name, value)) => is_token(name) && (is_token(value) || is_quoted(value)),
            None => false,
        })
    });
    if well_formed {
        Ok(())
    } else {
        Err(format!("`{text}` is no media type\nhelp: write `type/subtype`, as in \"application/json\""))
    }
}

/// A JSON media type: one that ends in `/json` or `+json`.
pub(crate) fn json_media_type(text: &str) -> Result<(), String> {
    media_type(text)?;
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence.ends_with("/json") || essence.ends_with("+json") {
        Ok(())
    } else {
        Err(format!(
            "`{text}` is no JSON media type\nhelp: write one that ends in `/json` or `+json`, as in \
             \"application/scim+json\"; a body of another kind is `#[body(\"{text}\")]`"
        ))
    }
}

/// A list of media types, as `Accept` takes it.
pub(crate) fn accept(text: &str) -> Result<(), String> {
    text.split(',').try_for_each(|part| media_type(part.trim()))
}

/// `500ms`, `5s`, `2m` or `1h`, in milliseconds.
pub(crate) fn duration(text: &str) -> Result<u64, String> {
    let wrong =
        |why: &str| format!("`{text}` {why}\nhelp: write a whole number and `ms`, `s`, `m` or `h`, as in \"5s\"");
    let (number, unit) = number_and_unit(text).ok_or_else(|| wrong("is no duration"))?;
    let scale = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "" => return Err(wrong("has no unit")),
        _ => return Err(wrong("has an unknown unit")),
    };
    match number.checked_mul(scale) {
        Some(0) => Err(wrong("would end every call before it began")),
        Some(milliseconds) => Ok(milliseconds),
        None => Err(wrong("is too long")),
    }
}

/// `64KiB`, `200MB` and the like, in bytes.
pub(crate) fn size(text: &str) -> Result<u64, String> {
    let wrong = |why: &str| {
        format!(
            "`{text}` {why}\nhelp: write a whole number and `B`, `kB`, `KiB`, `MB`, `MiB`, `GB` or `GiB`, as in \"200MB\""
        )
    };
    let (number, unit) = number_and_unit(text).ok_or_else(|| wrong("is no size"))?;
    let scale: u64 = match unit {
        "B" => 1,
        "kB" | "KB" => 1_000,
        "KiB" => 1 << 10,
        "MB" => 1_000_000,
        "MiB" => 1 << 20,
        "GB" => 1_000_000_000,
        "GiB" => 1 << 30,
        "" => return Err(wrong("has no unit")),
        _ => return Err(wrong("has an unknown unit")),
    };
    number.checked_mul(scale).ok_or_else(|| wrong("is too large"))
}

fn number_and_unit(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    Some((number.parse().ok()?, unit.trim()))
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_token_char)
}

fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

fn is_quoted(text: &str) -> bool {
    text.len() >= 2
        && text.starts_with('"')
        && text.ends_with('"')
        && text[1..text.len() - 1].chars().all(|c| matches!(c, ' '..='~') && c != '"' && c != '\\')
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

    #[test]
    fn media_types() {
        for good in ["text/csv", "application/scim+json", "text/plain; charset=utf-8", "a/b;c=\"d e\";f=g"] {
            assert_eq!(media_type(good), Ok(()), "{good}");
        }
        for bad in ["", "json", "text/", "/csv", "text/c sv", "text/csv;", "text/csv; charset", "a/b;c=\"d"] {
            assert!(media_type(bad).is_err(), "{bad}");
        }
        assert_eq!(accept("text/csv, */*;q=0.5"), Ok(()));
        assert!(accept("text/csv,").is_err());
    }

    #[test]
    fn durations_and_sizes() {
        for (text, milliseconds) in [("500ms", 500), ("5s", 5_000), ("2 m", 120_000), ("1h", 3_600_000)] {
            assert_eq!(duration(text), Ok(milliseconds), "{text}");
        }
        for bad in ["", "5", "s", "1.5s", "-1s", "5 parsecs", "0s", "99999999999999999999s", "9999999999999999h"] {
            assert!(duration(bad).is_err(), "{bad}");
        }
        for (text, bytes) in [("10B", 10), ("64KiB", 65_536), ("200MB", 200_000_000), ("1GiB", 1 << 30)] {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for bad in ["", "10", "MB", "1.5MB", "10 potatoes", "99999999999GiB"] {
            assert!(size(bad).is_err(), "{bad}");
        }
    }
}
