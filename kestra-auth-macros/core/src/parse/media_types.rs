//! Checks media types, and the lists of them in `Accept`.

use crate::parse::headers::is_token;

/// Checks a media type: `type/subtype`, and any parameters ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1)).
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
        Err(format!("invalid media type `{text}`\nhelp: write a type and a subtype, as in \"application/json\""))
    }
}

/// Returns whether a media type is JSON: its subtype is `json`, or ends in `+json`.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Checks a list of media types, as in `Accept`.
pub(crate) fn accept(text: &str) -> Result<(), String> {
    text.split(',').try_for_each(|part| media_type(part.trim()))
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
    fn checks_media_types() {
        for good in ["text/csv", "application/scim+json", "text/plain; charset=utf-8", "a/b;c=\"d e\";f=g"] {
            assert_eq!(media_type(good), Ok(()), "{good}");
        }
        for bad in ["", "json", "text/", "/csv", "text/c sv", "text/csv;", "text/csv; charset", "a/b;c=\"d"] {
            assert!(media_type(bad).is_err(), "{bad}");
        }
        assert_eq!(accept("text/csv, */*;q=0.5"), Ok(()));
        assert!(accept("text/csv,").is_err());
    }
}
