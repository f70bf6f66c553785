//! Headers given by name at run time.

use http::{HeaderName, HeaderValue};

/// Headers of the connection, which the transport keeps: a wrong one desynchronises it.
const CONNECTION: [&str; 6] = ["connection", "content-length", "host", "keep-alive", "transfer-encoding", "upgrade"];

pub(crate) fn belongs_to_connection(name: &HeaderName) -> bool {
    CONNECTION.contains(&name.as_str())
}

/// A header's name, or why it is none that can be sent.
pub(crate) fn name(name: &str) -> Result<HeaderName, String> {
    let Ok(name) = HeaderName::try_from(name) else {
        return Err("the name of a header is no header name".to_owned());
    };
    if belongs_to_connection(&name) {
        return Err(format!("header `{name}` belongs to the connection, which the transport keeps"));
    }
    Ok(name)
}

/// A header that can be sent, or why it cannot: without its value.
pub(crate) fn parse(text: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name = name(text)?;
    match HeaderValue::try_from(value) {
        Ok(value) => Ok((name, value)),
        Err(_) => Err(format!("header `{name}` has a byte that a header cannot have, as a line break")),
    }
}
