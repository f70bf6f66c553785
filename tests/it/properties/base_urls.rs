//! Each request goes to the origin of the base URL, and its path starts with the base URL's path.

use futures_util::FutureExt as _;
use http::Method;
use kestra_auth::Body;
use proptest::prelude::*;
use url::Url;

use super::text;
use crate::support::{client_builder, in_memory};

fn base() -> impl Strategy<Value = String> {
    let scheme = prop_oneof!["https?", "HTTP", "ftp", "file", text()];
    let host =
        prop_oneof!["localhost", "127\\.0\\.0\\.1", "\\[::1\\]", "h\\.example", "EXAMPLE", "ä\\.example", text()];
    let rest = prop_oneof!["(:[0-9]{1,5})?(/[a-z.%20ä:@]{0,4}){0,3}/?", text()];
    prop_oneof![(scheme, host, rest).prop_map(|(scheme, host, rest)| format!("{scheme}://{host}{rest}")), text()]
}

proptest! {
    #[test]
    fn requests_stay_below_the_base_url(base in base()) {
        let (seen, service) = in_memory(|_| http::Response::new(Body::empty()));
        let client = match client_builder(&base).transport(service).build() {
            Ok(client) => client,
            Err(error) => {
                prop_assert!(error.is_build());
                return Ok(());
            }
        };
        client.request(Method::GET, "/a/z?q=1").send::<()>().now_or_never().unwrap().unwrap();
        let mut expected = Url::parse(&base).unwrap();
        let path = format!("{}/a/z", expected.path().trim_end_matches('/'));
        prop_assert_eq!(expected.query(), None, "a base URL has no query");
        expected.set_path(&path);
        // User info is the credential, and must not be in the URL.
        expected.set_username("").unwrap();
        expected.set_password(None).unwrap();
        expected.set_query(Some("q=1"));
        prop_assert_eq!(seen.only().uri().to_string(), expected.to_string());
    }

    #[test]
    fn another_base_is_read_like_the_first(base in base()) {
        let (_, service) = in_memory(|_| http::Response::new(Body::empty()));
        let builder = |base: &str| client_builder(base).transport(service.clone());
        let first = builder("http://localhost").build().unwrap();
        prop_assert_eq!(first.with_base(&base).is_ok(), builder(&base).build().is_ok());
    }
}
