//! Decoding a query or a form gives the names and values that were encoded.

use std::collections::BTreeMap;

use kestra_auth::{Error, api};
use proptest::collection::vec;
use proptest::prelude::*;
use url::{Url, form_urlencoded};

use super::{BASE, decode, request_of, text, url_of};
use crate::support::memory_client;

type Pairs = [(String, String)];

#[api]
trait Queries {
    #[get("/q?literal=1")]
    async fn query(&self, #[query("n m")] values: &[String], #[query] last: &str) -> Result<(), Error>;

    #[get("/q/flatten")]
    async fn flatten(&self, #[query(flatten)] pairs: &Pairs) -> Result<(), Error>;

    #[get("/q/deep")]
    async fn deep(&self, #[query(deep_object)] filter: &BTreeMap<String, String>) -> Result<(), Error>;

    #[get("/q/encoded")]
    async fn encoded(&self, #[query(encoded)] value: &str, #[query] last: u8) -> Result<(), Error>;

    #[get("/q/joined")]
    async fn joined(
        &self,
        #[query(csv)] csv: &[String],
        #[query(ssv)] ssv: &[String],
        #[query(tsv)] tsv: &[String],
        #[query(pipes)] pipes: &[String],
    ) -> Result<(), Error>;

    #[post("/q/joined")]
    async fn joined_fields(&self, #[field(csv)] csv: &[String], #[field(ssv)] ssv: &[String]) -> Result<(), Error>;

    #[post("/q")]
    async fn form(&self, #[form] pairs: &Pairs) -> Result<(), Error>;
}

/// The pairs of a query, decoded by the URL standard, where `+` is a space.
fn pairs(url: &Url) -> Vec<(String, String)> {
    assert!(url.path().starts_with("/base/q"));
    url.query_pairs().into_owned().collect()
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

proptest! {
    #[test]
    fn queries_decode_to_their_values(values in vec(text(), 0..4), last in text()) {
        let url = url_of(async |client| QueriesClient::new(client).query(&values, &last).await).unwrap();
        let mut expected = vec![pair("literal", "1")];
        expected.extend(values.iter().map(|value| pair("n m", value)));
        expected.push(pair("last", &last));
        prop_assert_eq!(pairs(&url), expected);
    }

    #[test]
    fn flattened_names_decode_as_well(expected in vec((text(), text()), 0..4)) {
        let url = url_of(async |client| QueriesClient::new(client).flatten(&expected).await).unwrap();
        prop_assert_eq!(pairs(&url), expected);
    }

    #[test]
    fn deep_objects_decode_to_their_fields(filter in proptest::collection::btree_map(text(), text(), 0..4)) {
        let url = url_of(async |client| QueriesClient::new(client).deep(&filter).await).unwrap();
        let expected: Vec<_> = filter.iter().map(|(key, value)| (format!("filter[{key}]"), value.clone())).collect();
        prop_assert_eq!(pairs(&url), expected);
    }

    #[test]
    fn joined_values_split_at_their_separator(lists in proptest::array::uniform4(vec(text(), 0..4))) {
        let [csv, ssv, tsv, pipes] = &lists;
        let url = url_of(async |client| QueriesClient::new(client).joined(csv, ssv, tsv, pipes).await);
        let contains = |values: &[String], separator| values.iter().any(|value| value.contains(separator));
        if contains(ssv, ' ') || contains(tsv, '\t') || contains(pipes, '|') {
            prop_assert!(url.unwrap_err().is_build());
            return Ok(());
        }
        let url = url.unwrap();
        let mut found = url.query().into_iter().flat_map(|query| query.split('&'));
        for ((name, separator), values) in [("csv", ","), ("ssv", "%20"), ("tsv", "%09"), ("pipes", "%7C")].iter().zip(&lists) {
            if values.is_empty() {
                continue;
            }
            let (found_name, found) = found.next().unwrap().split_once('=').unwrap();
            prop_assert_eq!(found_name, *name);
            let found: Vec<_> = found.split(separator).map(decode).collect();
            let expected: Vec<_> = values.iter().map(|value| value.as_bytes().to_vec()).collect();
            prop_assert_eq!(found, expected);
        }
        prop_assert_eq!(found.next(), None);
    }

    #[test]
    fn joined_fields_split_at_their_separator(csv in vec(text(), 1..4), ssv in vec("[^ ]{0,4}", 1..4)) {
        let (seen, client) = memory_client(BASE, "");
        let request = request_of(&seen, QueriesClient::new(client).joined_fields(&csv, &ssv)).unwrap();
        let body = std::str::from_utf8(request.body()).unwrap();
        let (found_csv, found_ssv) = body.strip_prefix("csv=").unwrap().split_once("&ssv=").unwrap();
        let decoded = |found: &str| form_urlencoded::parse(format!("a={found}").as_bytes()).next().unwrap().1.into_owned();
        prop_assert_eq!(found_csv.split(',').map(decoded).collect::<Vec<_>>(), csv);
        prop_assert_eq!(found_ssv.split('+').map(decoded).collect::<Vec<_>>(), ssv);
    }

    #[test]
    fn an_encoded_value_stays_in_the_query(value in text()) {
        if let Ok(url) = url_of(async |client| QueriesClient::new(client).encoded(&value, 7).await) {
            prop_assert_eq!(url.path(), "/base/q/encoded");
            let value = value.replace('\'', "%27");
            prop_assert_eq!(url.query().unwrap(), format!("value={value}&last=7"));
        }
    }

    #[test]
    fn forms_decode_to_their_pairs(expected in vec((text(), text()), 0..4)) {
        let (seen, client) = memory_client(BASE, "");
        let request = request_of(&seen, QueriesClient::new(client).form(&expected)).unwrap();
        prop_assert_eq!(request.headers()["content-type"].as_bytes(), b"application/x-www-form-urlencoded");
        let found: Vec<_> = form_urlencoded::parse(request.body()).into_owned().collect();
        prop_assert_eq!(found, expected);
    }
}
