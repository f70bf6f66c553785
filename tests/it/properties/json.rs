//! A response is decoded as serde_json decodes it, and an error gives the same position but no value.

use std::collections::BTreeMap;

use futures_util::FutureExt as _;
use kestra_auth::{Error, api};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::{printed, responding};

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Model {
    id: u8,
    name: Option<String>,
    state: State,
    #[serde(default)]
    tags: Vec<Tag>,
    labels: BTreeMap<String, i64>,
    pair: (bool, char),
}

#[derive(Debug, Deserialize, PartialEq)]
enum State {
    Running,
    Failed { code: u16 },
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(untagged)]
enum Tag {
    Text(String),
    Number(f64),
}

#[api]
trait Models {
    #[get("/model")]
    async fn model(&self) -> Result<Model, Error>;
}

fn decode(body: Vec<u8>) -> Result<Model, Error> {
    let (_, client) = responding(move |_| http::Response::new(body.clone().into()));
    ModelsClient::new(client).model().now_or_never().unwrap()
}

/// Checks a body against serde_json, and returns the error.
fn compare(body: &[u8]) -> Option<Error> {
    let expected = serde_json::from_slice::<Model>(if body.trim_ascii().is_empty() { b"null" } else { body });
    match (decode(body.to_vec()), expected) {
        (Ok(found), Ok(expected)) => {
            assert_eq!(found, expected);
            None
        }
        (Err(error), Err(expected)) => {
            assert!(error.is_decode(), "{error:?}");
            if body.trim_ascii().is_empty() {
                assert!(error.to_string().contains("the response body is empty (200 OK)"), "{error}");
                return Some(error);
            }
            let position = format!("(line {}, column {})", expected.line(), expected.column());
            assert!(error.to_string().ends_with(&position), "{error}, not at {position}");
            Some(error)
        }
        (found, expected) => panic!("{found:?} is not {expected:?}"),
    }
}

/// A value in which each text that comes from the server has a mark.
fn marked() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-31_337_999..=-31_337_000_i64).prop_map(Value::from),
        (31_337_000..=31_337_999_u64).prop_map(Value::from),
        Just(json!(31337.5)),
        "MARK[a-z]{0,3}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(key(), inner, 0..6).prop_map(|fields| fields.into_iter().collect()),
        ]
    })
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof!["id|name|state|tags|labels|pair|Running|Failed|code", "MARK[a-z]{0,3}"]
}

/// A model that is valid but for a field or two.
fn nearly_valid() -> impl Strategy<Value = Value> {
    btree_map(key(), marked(), 1..3).prop_map(|changes| {
        let mut model = json!({
            "id": 7, "name": "MARK", "state": {"Failed": {"code": 313}}, "tags": ["MARK", 31337], "labels": {"MARK": 31337},
            "pair": [true, "M"],
        });
        model.as_object_mut().unwrap().extend(changes);
        model
    })
}

proptest! {
    #[test]
    fn errors_have_the_position_of_serde_json(body in prop_oneof![
        vec(any::<u8>(), 0..24),
        "[\\[\\]{}:,\" \n0-9a-z.\\-\\\\u]{0,24}".prop_map(String::into_bytes),
    ]) {
        compare(&body);
    }

    #[test]
    fn errors_print_no_value(model in prop_oneof![marked(), nearly_valid()], pretty in any::<bool>()) {
        let body = if pretty { serde_json::to_vec_pretty(&model) } else { serde_json::to_vec(&model) };
        if let Some(error) = compare(&body.unwrap()) {
            let printed = printed(&error);
            prop_assert!(!printed.contains("MARK") && !printed.contains("31337"), "{}", printed);
        }
    }

    #[test]
    fn cut_documents_print_no_value(model in nearly_valid(), cut in any::<prop::sample::Index>()) {
        let mut body = serde_json::to_vec(&model).unwrap();
        body.truncate(cut.index(body.len()));
        if let Some(error) = compare(&body) {
            let printed = printed(&error);
            prop_assert!(!printed.contains("MARK") && !printed.contains("31337"), "{}", printed);
        }
    }
}
