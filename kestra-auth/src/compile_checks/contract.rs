//! The part of the contract that the compiler evaluates, because only the compiler sees through type aliases. None
//! of it runs in a program.

use super::rejection::reject;
use crate::response::Response;
use crate::response::from_response::FromResponse;

/// Fails the compilation at the caller if a result reads none of the response's media types.
#[track_caller]
pub const fn check_response(reads_body: bool, accept: &str, media_types: &[&str], message: &'static str) {
    let mut index = 0;
    let mut is_match = !reads_body || contains(accept, "*/*");
    while index < media_types.len() {
        is_match |= reads(accept, media_types[index]);
        index += 1;
    }
    reject(if is_match { None } else { Some(message) });
}

/// The result of an endpoint with `none(…)` or `also(…)`.
pub trait OptionalResult {
    /// The media types that the result reads if there is one.
    const ACCEPT: &'static str;
}

impl<U: FromResponse> OptionalResult for Option<U> {
    const ACCEPT: &'static str = U::ACCEPT;
}

impl<U: FromResponse> OptionalResult for Response<Option<U>> {
    const ACCEPT: &'static str = U::ACCEPT;
}

const fn reads(accept: &str, media_type: &str) -> bool {
    // A range of the document, such as `text/*`, allows every media type of its kind.
    ends_with(media_type, "/*")
        || contains(accept, media_type)
        || (contains(accept, "json") && (ends_with(media_type, "/json") || ends_with(media_type, "+json")))
}

const fn contains(text: &str, part: &str) -> bool {
    let mut start = 0;
    while start + part.len() <= text.len() {
        if is_at(text, start, part) {
            return true;
        }
        start += 1;
    }
    false
}

const fn ends_with(text: &str, end: &str) -> bool {
    text.len() >= end.len() && is_at(text, text.len() - end.len(), end)
}

const fn is_at(text: &str, start: usize, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let mut index = 0;
    while index < part.len() {
        if text[start + index] != part[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// Fails the compilation at the caller if the type of a field that a response may omit is not an `Option`.
#[track_caller]
pub const fn check_optional(is_option: bool, message: &'static str) {
    reject(if is_option { None } else { Some(message) });
}
