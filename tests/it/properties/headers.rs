//! No value of a header ends the header.

use http::HeaderValue;
use kestra_auth::{Error, api};
use proptest::prelude::*;

use super::{BASE, request_of, text};
use crate::support::memory_client;

#[api]
trait Headers {
    #[get("/header")]
    async fn header(&self, #[header("X-Value")] value: &str) -> Result<(), Error>;

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
    fn cookies_arrive_as_they_are_or_are_rejected(value in text()) {
        let (seen, client) = memory_client(BASE, "");
        let request = request_of(&seen, HeadersClient::new(client).cookie(&value));
        // The characters of a cookie: https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1.
        let is_cookie = value.bytes().all(|byte| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte));
        prop_assert_eq!(request.is_ok(), is_cookie);
        if let Ok(request) = request {
            let cookie = format!("name={value}");
            prop_assert_eq!(request.headers()["cookie"].as_bytes(), cookie.as_bytes());
        }
    }
}
