//! The errors of a token endpoint.

use serde::Deserialize;

use crate::error::Error;
use crate::error::kind::ErrorKind;

/// The error codes that this crate shows, and what they mean. Others are the server's words, which may hold values.
const CODES: [(&str, &str); 10] = [
    // RFC 6749, section 5.2.
    ("invalid_request", "a parameter is missing, repeated or not supported"),
    ("invalid_client", "the client id, the client secret, or the way in which they are sent, is not accepted"),
    ("invalid_grant", "the credentials or the refresh token are invalid, expired or revoked"),
    ("unauthorized_client", "the client may not use this type of grant"),
    ("unsupported_grant_type", "the server does not support this type of grant"),
    ("invalid_scope", "the scope is unknown, malformed, or more than what was granted"),
    // RFC 6749, section 4.1.2.1.
    ("access_denied", "the request was denied"),
    ("server_error", "the server has an internal error"),
    ("temporarily_unavailable", "the server is overloaded or under maintenance"),
    // RFC 8707, section 2.
    ("invalid_target", "the requested resource or audience is unknown or malformed"),
];

/// An error response ([RFC 6749, section 5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)).
#[derive(Deserialize)]
struct ErrorResponse {
    error: String,
}

/// Says what an error response means. Other errors are returned as they are.
pub(super) fn explain(error: Error) -> Error {
    let (Some(status), Some(endpoint), true) = (error.status(), error.endpoint(), error.is_status()) else {
        return error;
    };
    let Ok(response) = error.json::<ErrorResponse>() else { return error };
    let Some((code, meaning)) = find(&response.error) else { return error };
    let detail = format!("the token endpoint responded with {status} and the error `{code}`: {meaning}");
    let explained = Error::with_detail(ErrorKind::Status, detail).with_status(status).at(endpoint);
    explained.with_headers(error.headers().clone()).with_body(error.body().clone()).after(error.attempts())
}

/// Builds the error of a response that has an error code, although its status is a success.
pub(super) fn from_code(code: &str) -> Error {
    match find(code) {
        Some((code, meaning)) => {
            Error::with_detail(ErrorKind::Decode, format!("the token endpoint responded with `{code}`: {meaning}"))
        }
        None => Error::new(ErrorKind::Decode, "the token endpoint responded with an error instead of a token"),
    }
}

fn find(code: &str) -> Option<(&'static str, &'static str)> {
    CODES.into_iter().find(|(known, _)| *known == code)
}
