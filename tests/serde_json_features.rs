//! The tests of numbers once more, with the features of `serde_json` that change what its types serialize as. `.ci/run json`
//! enables them.
#![allow(missing_docs, reason = "nobody reads the docs of a test")]
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helper functions are not `#[test]` functions"
)]

#[path = "it/numbers.rs"]
mod numbers;
mod support;

use std::collections::BTreeMap;
use std::fmt;

use kestra_auth::{Error, api};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

#[api]
trait Documents {
    #[get("/document")]
    async fn document(&self) -> Result<Document, Error>;
}

#[derive(Debug, Deserialize)]
struct Document {
    raw: Raw,
    labels: BTreeMap<String, u8>,
}

/// Is read as `serde_json`'s `RawValue`, which does not exist without its feature.
#[derive(Debug)]
struct Raw(String);

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RawVisitor;

        impl<'de> Visitor<'de> for RawVisitor {
            type Value = Raw;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
                map.next_key::<String>()?;
                map.next_value().map(Raw)
            }
        }

        deserializer.deserialize_newtype_struct("$serde_json::private::RawValue", RawVisitor)
    }
}

fn documents(body: &'static str) -> DocumentsClient {
    DocumentsClient::new(support::memory_client("http://localhost", body).1)
}

#[tokio::test]
async fn raw_values_are_kept_and_hide_no_mismatch() {
    let document = documents(r#"{"raw":{"a": 1.10},"labels":{"b":1}}"#).document().await.unwrap();
    assert_eq!((document.raw.0.as_str(), document.labels["b"]), (r#"{"a": 1.10}"#, 1));
    let error = documents(r#"{"raw":[1.10],"labels":{"b":-1}}"#).document().await.unwrap_err();
    assert!(error.to_string().contains("at `labels.*`: expected u8, found an integer out of range"), "{error}");
}

#[test]
fn the_features_are_enabled() {
    let number: serde_json::Value = serde_json::from_str("1.10").unwrap();
    assert_eq!(number.to_string(), "1.10");
    let object: serde_json::Value = serde_json::from_str(r#"{"b":1,"a":2}"#).unwrap();
    assert_eq!(object.to_string(), r#"{"b":1,"a":2}"#);
}
