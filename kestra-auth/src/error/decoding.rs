//! Errors of decoding JSON, with what the response says about its body.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use super::Error;
use super::kind::ErrorKind;
use crate::content_coding;
use crate::json::error::{DecodeError, Failure};
use crate::media_type::{self, MediaType};

impl Error {
    /// Converts the error of decoding the body of a response.
    ///
    /// Bodies are decoded whatever their media type is, because servers send JSON under many. It only serves to explain
    /// a failure.
    pub(crate) fn from_decode(error: DecodeError, status: Option<StatusCode>, headers: &HeaderMap) -> Self {
        let failure = error.failure();
        let message = error.into_message();
        let other_type = headers.contains_key(CONTENT_TYPE).then(|| MediaType::of(headers).unwrap_or_default());
        let other_type = other_type.filter(|found| !media_type::is_json(&found.essence));
        if failure == Failure::Syntax
            && let Some(coding) = content_coding::describe_remaining(headers)
        {
            return Self::with_detail(ErrorKind::Decode, coding);
        }
        let detail = match (failure, other_type.map(|found| media_type::well_known(&found.essence))) {
            (Failure::Empty, _) => {
                let status = status.map(|status| format!(" ({status})")).unwrap_or_default();
                format!("{message}{status}: return `Option<T>` to allow that, or `()` if there is never a value")
            }
            (Failure::Syntax, Some(Some(known))) => format!("the response body is `{known}`, not JSON"),
            (Failure::Syntax, Some(None)) => "the response body is of an unexpected media type, not JSON".to_owned(),
            (Failure::Mismatch, Some(Some(known))) => format!("{message}; its media type is `{known}`"),
            (Failure::Mismatch, Some(None)) => format!("{message}; it has an unexpected media type"),
            (Failure::Syntax | Failure::Mismatch, None) => message,
        };
        Self::with_detail(ErrorKind::Decode, detail)
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;
    use crate::json::decode::decode;
    use crate::json::error::Subject;

    fn message(content_type: Option<&'static str>, body: &str) -> String {
        let content_type = content_type.map(|value| (CONTENT_TYPE, HeaderValue::from_static(value)));
        let error = decode::<Vec<u8>>(body.as_bytes(), Subject::ResponseBody).unwrap_err();
        Error::from_decode(error, Some(StatusCode::NO_CONTENT), &content_type.into_iter().collect()).to_string()
    }

    #[test]
    fn explains_a_failure_with_a_well_known_media_type() {
        assert_eq!(message(Some("text/html; charset=utf-8"), "<html>"), "the response body is `text/html`, not JSON");
        assert_eq!(
            message(Some("Text/Plain"), "[true]"),
            "invalid response body at `[0]`: expected u8, found a boolean (line 1, column 5); its media type is \
             `text/plain`"
        );
        for json in [None, Some("application/json"), Some("application/hal+json")] {
            assert_eq!(message(json, "<html>"), "the response body is not valid JSON (line 1, column 1)");
        }
    }

    #[test]
    fn never_shows_another_media_type() {
        for content_type in ["text/mark", "mark", "x-mark/html", "text/html,text/mark", "mark\tmark"] {
            for body in ["<html>", "[true]", "[1"] {
                let message = message(Some(content_type), body);
                assert!(message.contains("an unexpected media type") && !message.contains("mark"), "{message}");
            }
        }
    }

    #[test]
    fn names_the_status_of_an_empty_body() {
        for body in ["", " \r\n", "\u{feff}"] {
            assert_eq!(
                message(Some("text/html"), body),
                "the response body is empty (204 No Content): return `Option<T>` to allow that, or `()` if there is \
                 never a value"
            );
        }
    }
}
