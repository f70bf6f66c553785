//! No value of a header ends the header.

use http::HeaderValue;
use kestra_auth::{Error, api};
use proptest::collection::vec;
use proptest::prelude::*;

use super::{BASE, request_of, text};
use crate::support::memory_client;

#[api]
trait Headers {
    #[get("/header")]
    async fn header(&self, #[header("X-Value")] value: &str) -> Result<(), Error>;

    #[get("/joined")]
    async fn joined(&self, #[header("X-Values", csv)] values: &[String]) -> Result<(), Error>;

    #[get("/cookie")]
    async fn cookie(&self, #[cookie] name: &str) -> Result<(), Error>;
}

proptest! {
    #[test]
    fn headers_arrive_as_they_are_or_are_rejected(value in text()) {
        let (seen, client) = memory_client(BASE, "");
        let request = request_of(&seen, HeadersClient::new(client).header(&value));
        prop_assert_eq!(request.is_ok(), HeaderValue::from_str(&value).is_ok());
        if let Ok(request) = request {
            prop_assert_eq!(request.headers()["x-value"].as_bytes(), value.as_bytes());
        }
    }

    #[test]
    fn joined_headers_split_at_their_commas_or_are_rejected(values in vec(text(), 1..4)) {
        let (seen, client) = memory_client(BASE, "");
        let request = request_of(&seen, HeadersClient::new(client).joined(&values));
        let is_item = |value: &String| !value.contains(',') && HeaderValue::from_str(value).is_ok();
        prop_assert_eq!(request.is_ok(), values.iter().all(is_item));
        if let Ok(request) = request {
            let found = request.headers()["x-values"].as_bytes();
            let found: Vec<_> = found.split(|byte| *byte == b',').collect();
            prop_assert_eq!(found, values.iter().map(String::as_bytes).collect::<Vec<_>>());
        }
    }

    #[test]
    fn cookies_arrive_as_they_are_or_are_rejected(value in text()) {
        let (seen, client) = memory_client(BASE, "");
        let request = request_of(&seen, HeadersClient::new(client).cookie(&value));
        // The characters of a cookie, which can be in quotes: https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1.
        let unquoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(&value);
        let is_cookie = unquoted.bytes().all(|byte| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte));
        prop_assert_eq!(request.is_ok(), is_cookie);
        if let Ok(request) = request {
            let cookie = format!("name={value}");
            prop_assert_eq!(request.headers()["cookie"].as_bytes(), cookie.as_bytes());
        }
    }
}
