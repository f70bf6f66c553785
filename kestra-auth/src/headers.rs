//! Header names and values that are only known at run time, and the precedence of one set of headers over another.

use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use http::{HeaderMap, HeaderName, HeaderValue};

/// The `User-Agent` of requests for which no level sets another.
pub(crate) const DEFAULT_USER_AGENT: &str = concat!("kestra-auth/", env!("CARGO_PKG_VERSION"));

/// The media type of most requests and responses, which is checked when this crate is compiled.
pub(crate) const JSON: HeaderValue = HeaderValue::from_static(JSON_TEXT);
const JSON_TEXT: &str = "application/json";

/// Far more than servers accept, and far fewer than those at which `HeaderMap` panics.
const MAX_HEADERS: usize = 4096;

/// Headers that describe the connection or the framing of the message. The transport writes them. A wrong one makes
/// client and server disagree about where a message ends, which is how requests are smuggled.
const CONNECTION_HEADERS: [&str; 6] =
    ["connection", "content-length", "host", "keep-alive", "transfer-encoding", "upgrade"];

/// Returns whether the transport alone may set this header.
pub(crate) fn belongs_to_connection(name: &HeaderName) -> bool {
    CONNECTION_HEADERS.contains(&name.as_str())
}

/// Converts a header name that a caller may set.
///
/// # Errors
/// A message, if it is not a header name or the transport sets the header.
pub(crate) fn parse_name(name: impl TryInto<HeaderName>) -> Result<HeaderName, String> {
    let Ok(name) = name.try_into() else {
        return Err("invalid header name: it is empty or has a character that header names cannot have".to_owned());
    };
    if belongs_to_connection(&name) { Err(connection_header(&name)) } else { Ok(name) }
}

/// Returns the `User-Agent` of an application: its own product, then this crate's, because products are sent in the order
/// of their significance ([RFC 9110, section 10.1.5](https://www.rfc-editor.org/rfc/rfc9110#section-10.1.5)).
pub(crate) fn user_agent(application: Option<&HeaderValue>) -> HeaderValue {
    let own = HeaderValue::from_static(DEFAULT_USER_AGENT);
    let application = application.map_or(&b""[..], |value| value.as_bytes().trim_ascii());
    if application.is_empty() {
        return own;
    }
    // What consists of two values and a space is a value, so the default is never used.
    HeaderValue::from_bytes(&[application, b" ", own.as_bytes()].concat()).unwrap_or(own)
}

/// Marks the values of headers that identify the caller. Logs do not show them, and HTTP/2 does not put them into its
/// compression table.
pub(crate) fn mark_credentials(headers: &mut HeaderMap) {
    for (name, value) in headers {
        if is_credential(name) {
            value.set_sensitive(true);
        }
    }
}

/// Removes what identifies the caller, for another server.
pub(crate) fn remove_credentials(headers: &mut HeaderMap) {
    let is_secret = |(name, value): (&HeaderName, &HeaderValue)| is_credential(name) || value.is_sensitive();
    let secrets: Vec<_> = headers.iter().filter(|header| is_secret(*header)).map(|(name, _)| name.clone()).collect();
    for name in secrets {
        headers.remove(name);
    }
}

/// Removes the headers that only the transport may set.
pub(crate) fn remove_connection_headers(headers: &mut HeaderMap) {
    for name in CONNECTION_HEADERS {
        headers.remove(name);
    }
}

/// Returns whether the values of a header identify the caller.
fn is_credential(name: &HeaderName) -> bool {
    name == AUTHORIZATION || name == COOKIE || name == PROXY_AUTHORIZATION
}

/// Returns the message for a header that [belongs to the connection](belongs_to_connection).
pub(crate) fn connection_header(name: &HeaderName) -> String {
    format!("header `{name}` is set by the transport and cannot be set by hand")
}

/// Converts the value of the header `name`.
///
/// # Errors
/// A message that names the header and never shows the value, which may be a secret.
pub(crate) fn parse_value(name: &str, value: impl TryInto<HeaderValue>) -> Result<HeaderValue, String> {
    value.try_into().map_err(|_| invalid_value(name))
}

fn invalid_value(name: &str) -> String {
    format!("invalid value for header `{name}`: it has a byte that headers cannot have, such as a line break")
}

/// Converts the value of the header `name` if it consists of media types, which are ASCII text
/// ([RFC 9110, section 8.3.1](https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1)).
///
/// # Errors
/// As [`parse_value`].
pub(crate) fn parse_media_type(name: &str, value: impl TryInto<HeaderValue>) -> Result<HeaderValue, String> {
    let value = parse_value(name, value)?;
    if value.to_str().is_ok() { Ok(value) } else { Err(invalid_value(name)) }
}

/// Converts a constant value of the header `name` without copying it.
///
/// # Errors
/// As [`parse_media_type`].
pub(crate) fn constant_value(name: &str, value: &'static str) -> Result<HeaderValue, String> {
    if value == JSON_TEXT {
        return Ok(JSON);
    }
    // Callers write such constants, `FromResponse::ACCEPT` for one, and `from_static` panics at an invalid one.
    let value = Some(value).filter(|value| value.is_ascii()).map(|value| Bytes::from_static(value.as_bytes()));
    value.and_then(|value| HeaderValue::from_maybe_shared(value).ok()).ok_or_else(|| invalid_value(name))
}

/// Converts a header that a caller may set. One that identifies the caller is marked as sensitive.
///
/// # Errors
/// As [`parse_name`] and [`parse_value`].
pub(crate) fn parse(
    name: impl TryInto<HeaderName>,
    value: impl TryInto<HeaderValue>,
) -> Result<(HeaderName, HeaderValue), String> {
    let name = parse_name(name)?;
    let mut value = parse_value(name.as_str(), value)?;
    if is_credential(&name) {
        value.set_sensitive(true);
    }
    Ok((name, value))
}

/// Returns whether there is a header of this name. Most maps have few names, and comparing those is cheaper than hashing
/// one.
pub(crate) fn contains(headers: &HeaderMap, name: &HeaderName) -> bool {
    if headers.keys_len() <= 8 { headers.keys().any(|found| found == name) } else { headers.contains_key(name) }
}

/// Returns whether there is a header of one of these names.
pub(crate) fn contains_any(headers: &HeaderMap, names: [&HeaderName; 2]) -> bool {
    if headers.keys_len() <= 8 {
        headers.keys().any(|found| names.contains(&found))
    } else {
        names.iter().any(|name| headers.contains_key(*name))
    }
}

/// Adds a header, besides others of the same name.
///
/// # Errors
/// As [`check_count`].
pub(crate) fn append(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) -> Result<(), String> {
    check_count(headers.len() + 1)?;
    headers.append(name, value);
    Ok(())
}

/// Checks the number of headers, of which `HeaderMap` panics at some.
///
/// # Errors
/// A message, if there are too many.
pub(crate) fn check_count(count: usize) -> Result<(), String> {
    if count > MAX_HEADERS { Err(format!("the request has more than {MAX_HEADERS} headers")) } else { Ok(()) }
}

/// Adds the headers of a wider level, except for names that the narrower level has.
///
/// # Errors
/// As [`check_count`].
pub(crate) fn fill(narrow: &mut HeaderMap, wide: &HeaderMap) -> Result<(), String> {
    check_count(narrow.len() + wide.len())?;
    // `HeaderMap` yields the values of one name in a row, so the decision for a name holds for its further values,
    // although `narrow` contains the name by then.
    let mut last = None;
    for (name, value) in wide {
        let is_missing = match last {
            Some((last, is_missing)) if last == name => is_missing,
            _ => !contains(narrow, name),
        };
        last = Some((name, is_missing));
        if is_missing {
            narrow.append(name, value.clone());
        }
    }
    Ok(())
}

/// Adds the constant headers of an endpoint, except for names that the narrower level has.
///
/// # Errors
/// As [`constant_value`].
pub(crate) fn fill_constant(
    narrow: &mut HeaderMap,
    constant: &'static [(&'static str, &'static str)],
) -> Result<(), String> {
    let mut added: Vec<&str> = Vec::new();
    for (name, value) in constant {
        // The macro writes names that are valid and in lower case, so this does not panic.
        let header = HeaderName::from_static(name);
        if added.contains(name) || !contains(narrow, &header) {
            added.push(name);
            narrow.append(header, constant_value(name, value)?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(headers: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        map
    }

    #[test]
    fn the_narrower_level_replaces_all_values_of_a_name() {
        let mut headers = map(&[("x-a", "narrow")]);
        fill(&mut headers, &map(&[("x-a", "wide"), ("x-a", "wide 2"), ("x-b", "1"), ("x-b", "2")])).unwrap();
        assert_eq!(headers, map(&[("x-a", "narrow"), ("x-b", "1"), ("x-b", "2")]));
        fill_constant(&mut headers, &[("x-b", "3"), ("x-c", "4"), ("x-c", "5")]).unwrap();
        assert!(fill_constant(&mut headers, &[("x-d", "MARK\n")]).is_err_and(|message| !message.contains("MARK")));
        assert_eq!(headers, map(&[("x-a", "narrow"), ("x-b", "1"), ("x-b", "2"), ("x-c", "4"), ("x-c", "5")]));
    }

    #[test]
    fn the_application_comes_first_in_the_user_agent() {
        for (application, expected) in [
            (None, DEFAULT_USER_AGENT.to_owned()),
            (Some(""), DEFAULT_USER_AGENT.to_owned()),
            (Some("my-app/1.0"), format!("my-app/1.0 {DEFAULT_USER_AGENT}")),
            (Some(" my-app/1.0 (test) "), format!("my-app/1.0 (test) {DEFAULT_USER_AGENT}")),
        ] {
            assert_eq!(user_agent(application.map(HeaderValue::from_static).as_ref()), expected);
        }
    }

    #[test]
    fn the_number_of_headers_is_limited() {
        let mut headers = HeaderMap::new();
        let mut add = |number| append(&mut headers, HeaderName::try_from(format!("x-{number}")).unwrap(), 1.into());
        assert!((0..MAX_HEADERS).all(|number| add(number).is_ok()));
        assert!(add(MAX_HEADERS).unwrap_err().contains("more than 4096 headers"));
        assert!(fill(&mut map(&[("x-a", "1")]), &headers).is_err());
    }

    #[test]
    fn media_types_are_visible_ascii() {
        let valid = "text/plain; a=\"\t ~\"";
        assert_eq!(constant_value("accept", valid), Ok(HeaderValue::from_static(valid)));
        assert_eq!(parse_media_type("accept", valid), Ok(HeaderValue::from_static(valid)));
        for value in ["text/caf\u{e9}", "text/plain\r\nx-a: b", "\0", "\u{7f}"] {
            for message in [constant_value("accept", value), parse_media_type("accept", value)] {
                let message = message.unwrap_err();
                assert!(message.contains("`accept`") && !message.contains(value), "{message}");
            }
        }
    }

    #[test]
    fn rejects_headers_without_showing_their_values() {
        for (name, value) in [("x a", "MARK"), ("", "MARK"), ("Content-Length", "MARK"), ("x-a", "MARK\nx-b: c")] {
            let message = parse(name, value).unwrap_err();
            assert!(!message.contains("MARK"), "{message}");
        }
        assert_eq!(parse("X-A", "1"), Ok((HeaderName::from_static("x-a"), HeaderValue::from_static("1"))));
    }

    #[test]
    fn marks_headers_that_identify_the_caller() {
        for (name, is_secret) in [("Authorization", true), ("cookie", true), ("X-A", false)] {
            assert_eq!(parse(name, "1").unwrap().1.is_sensitive(), is_secret, "{name}");
        }
        let mut marked = HeaderValue::from_static("1");
        marked.set_sensitive(true);
        assert!(parse("X-A", marked).unwrap().1.is_sensitive());
    }
}
