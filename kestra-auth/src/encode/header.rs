//! Headers given by name at run time.

use http::{HeaderName, HeaderValue};

/// Headers of the connection, which the transport keeps: a wrong one desynchronises it.
const CONNECTION: [&str; 6] = ["connection", "content-length", "host", "keep-alive", "transfer-encoding", "upgrade"];

pub(crate) fn belongs_to_connection(name: &HeaderName) -> bool {
    CONNECTION.contains(&name.as_str())
}

/// A header that can be sent, or why it cannot: without its value, and without its name where that is none.
pub(crate) fn parse(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let Ok(name) = HeaderName::try_from(name) else {
        return Err("the name of a header is no header name".to_owned());
    };
    if belongs_to_connection(&name) {
        return Err(format!("header `{name}` belongs to the connection, which the transport keeps"));
    }
    match HeaderValue::try_from(value) {
        Ok(value) => Ok((name, value)),
        Err(_) => Err(format!("header `{name}` has a byte that a header cannot have, as a line break")),
    }
}
