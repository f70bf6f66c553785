//! No value changes the number of segments of a path, or what comes before and after it.

use kestra_auth::{Error, api};
use proptest::collection::vec;
use proptest::prelude::*;
use url::Url;

use super::{decode, text, url_of};

#[api]
trait Paths {
    #[get("/a/{value}/z")]
    async fn segment(&self, value: &str) -> Result<(), Error>;

    #[get("/l/{values}/z")]
    async fn list(&self, values: &[String]) -> Result<(), Error>;

    #[get("/a/x{value}-{other}y/z")]
    async fn inside(&self, value: &str, other: &str) -> Result<(), Error>;

    #[get("/a/{value?}/z")]
    async fn optional(&self, value: Option<&str>) -> Result<(), Error>;

    #[get("/a/{**value}")]
    async fn catch_all(&self, value: &str) -> Result<(), Error>;

    #[get("/e/{value}/z")]
    async fn encoded(&self, #[path(encoded)] value: &str) -> Result<(), Error>;

    #[get("/e/{**value}")]
    async fn encoded_catch_all(&self, #[path(encoded)] value: &str) -> Result<(), Error>;
}

#[api(base = "/t/{tenant}")]
trait Tenants {
    #[get("/z")]
    async fn get(&self) -> Result<(), Error>;
}

/// The segments after those of the base URL.
fn segments(url: &Url) -> Vec<&str> {
    assert_eq!(url.query(), None);
    let mut segments = url.path_segments().unwrap();
    assert_eq!(segments.next(), Some("base"));
    segments.collect()
}

/// Whether a value cannot be a segment: parsers of URLs drop it, or the segment before it.
fn is_dropped(value: &str) -> bool {
    matches!(value, "" | "." | "..")
}

proptest! {
    #[test]
    fn a_value_is_one_segment(value in text()) {
        for url in [
            url_of(async |client| PathsClient::new(client).segment(&value).await),
            url_of(async |client| PathsClient::new(client).optional(Some(&value)).await),
        ] {
            prop_assert_eq!(url.is_err(), is_dropped(&value));
            if let Ok(url) = url {
                let [a, found, z] = segments(&url)[..] else { panic!("{url}") };
                prop_assert_eq!((a, decode(found), z), ("a", value.clone().into_bytes(), "z"));
            }
        }
    }

    #[test]
    fn a_list_is_one_segment_that_splits_at_its_commas(values in vec(text(), 0..4)) {
        let url = url_of(async |client| PathsClient::new(client).list(&values).await);
        prop_assert_eq!(url.is_err(), is_dropped(&values.join(",")));
        if let Ok(url) = url {
            let [l, found, z] = segments(&url)[..] else { panic!("{url}") };
            prop_assert_eq!((l, z), ("l", "z"));
            let found: Vec<_> = found.split(',').map(decode).collect();
            prop_assert_eq!(found, values.iter().map(|value| value.clone().into_bytes()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn values_stay_inside_their_segment(value in text(), other in text()) {
        let url = url_of(async |client| PathsClient::new(client).inside(&value, &other).await).unwrap();
        let [a, found, z] = segments(&url)[..] else { panic!("{url}") };
        prop_assert_eq!((a, decode(found), z), ("a", format!("x{value}-{other}y").into_bytes(), "z"));
    }

    #[test]
    fn a_catch_all_is_as_many_segments_as_it_has(value in text()) {
        let url = url_of(async |client| PathsClient::new(client).catch_all(&value).await);
        prop_assert_eq!(url.is_err(), !value.is_empty() && value.split('/').any(is_dropped));
        if let Ok(url) = url {
            let found: Vec<_> = segments(&url)[1..].iter().map(|segment| decode(segment)).collect();
            let expected: Vec<_> = value.split('/').filter(|_| !value.is_empty()).map(|segment| segment.as_bytes().to_vec()).collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn an_encoded_value_is_one_segment(value in text()) {
        let url = url_of(async |client| PathsClient::new(client).encoded(&value).await);
        if let Ok(url) = url {
            let [e, found, z] = segments(&url)[..] else { panic!("{url}") };
            prop_assert_eq!((e, decode(found), z), ("e", decode(&value), "z"));
        } else {
            let decoded = decode(&value);
            prop_assert!(value.contains('/') || [&b""[..], b".", b".."].contains(&&decoded[..]));
        }
    }

    #[test]
    fn an_encoded_catch_all_is_as_many_segments_as_it_has(value in text()) {
        let url = url_of(async |client| PathsClient::new(client).encoded_catch_all(&value).await);
        if let Ok(url) = url {
            let found: Vec<_> = segments(&url)[1..].iter().map(|segment| decode(segment)).collect();
            let expected: Vec<_> = value.split('/').filter(|_| !value.is_empty()).map(decode).collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_placeholder_of_the_base_is_one_segment(tenant in text()) {
        let url = url_of(async |client| TenantsClient::new(client, tenant.clone()).get().await);
        prop_assert_eq!(url.is_err(), is_dropped(&tenant));
        if let Ok(url) = url {
            let [t, found, z] = segments(&url)[..] else { panic!("{url}") };
            prop_assert_eq!((t, decode(found), z), ("t", tenant.into_bytes(), "z"));
        }
    }
}
