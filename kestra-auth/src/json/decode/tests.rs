use serde_json::{Value, json};

use super::*;

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Named {
    name: String,
}

fn read<T: DeserializeOwned>(body: &str) -> Result<T, String> {
    decode_body(body.as_bytes()).map_err(DecodeError::into_message)
}

fn named() -> Named {
    Named { name: "x".into() }
}

#[test]
fn decodes_json() {
    assert_eq!(read::<Named>(r#" {"name": "x"} "#), Ok(named()));
    assert_eq!(read("[1]"), Ok(json!([1])));
    assert_eq!(read("1"), Ok(Some(Some(1))));
}

#[test]
fn skips_one_byte_order_mark() {
    assert_eq!(read("\u{feff}{\"name\": \"x\"}"), Ok(named()));
    assert_eq!(read::<Option<Named>>("\u{feff}null"), Ok(None));
    assert_eq!(read::<Option<Named>>("\u{feff}"), Ok(None));
    assert!(read::<Value>("\u{feff}\u{feff}1").is_err());
    assert_eq!(read("\"\u{feff}\""), Ok("\u{feff}".to_owned()));
}

#[test]
fn reads_an_empty_body_as_null() {
    assert_eq!(read(""), Ok(Value::Null));
    assert_eq!(read(" \n"), Ok(Value::Null));
    assert_eq!(read::<Option<Named>>(""), Ok(None));
    assert_eq!(read::<Option<Named>>(" null "), Ok(None));
    assert_eq!(read::<Named>(""), Err("the response body is empty".to_owned()));
    assert_eq!(
        read::<Named>("null"),
        Err("invalid response body: expected struct Named, found null (line 1, column 4)".to_owned())
    );
}

#[test]
fn rejects_text_after_the_value() {
    assert_eq!(read::<Value>("[1] 2"), Err("the response body is not valid JSON (line 1, column 5)".to_owned()));
}

#[test]
fn reads_no_body_for_a_unit() {
    for body in ["", "null", r#"{"a": 1}"#, "<html>"] {
        assert_eq!(read(body), Ok(()));
    }
    assert_eq!(read("<html>"), Ok(Some(())));
    assert_eq!(read::<Option<()>>(""), Ok(None));
}
