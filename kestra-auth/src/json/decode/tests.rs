use serde_json::{Value, json};

use super::*;

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Named {
    name: String,
}

fn read<T: DeserializeOwned>(media_type: Option<&str>, body: &str) -> Result<T, String> {
    decode_body(body.as_bytes(), media_type).map_err(DecodeError::into_message)
}

fn named() -> Named {
    Named { name: "x".into() }
}

#[test]
fn decodes_json_of_any_json_media_type() {
    for media_type in [None, Some("application/json"), Some("application/hal+json")] {
        assert_eq!(read::<Named>(media_type, r#" {"name": "x"} "#), Ok(named()));
    }
    assert_eq!(read(None, "[1]"), Ok(json!([1])));
    assert_eq!(read(None, "1"), Ok(Some(Some(1))));
}

#[test]
fn reads_an_empty_body_as_null() {
    assert_eq!(read(None, ""), Ok(Value::Null));
    assert_eq!(read(Some("text/plain"), " \n"), Ok(Value::Null));
    assert_eq!(read::<Option<Named>>(Some("text/html"), ""), Ok(None));
    assert_eq!(read::<Option<Named>>(None, " null "), Ok(None));
    assert_eq!(
        read::<Named>(None, ""),
        Err("invalid response body: expected struct Named, found null (line 1, column 4)".to_owned())
    );
}

#[test]
fn rejects_text_after_the_value() {
    assert_eq!(read::<Value>(None, "[1] 2"), Err("the response body is not valid JSON (line 1, column 5)".to_owned()));
}

#[test]
fn rejects_other_media_types_by_name() {
    let is_html = Err("the response body is `text/html`, not JSON".to_owned());
    assert_eq!(read::<Option<Named>>(Some("text/html"), "<html>"), is_html.clone().map(|()| None));
    assert_eq!(read::<Value>(Some("text/html"), "{}"), is_html.map(|()| Value::Null));
    let long = format!("text/{}", "x".repeat(60));
    for unprintable in ["text/<mark>", "text/a b", &long] {
        assert_eq!(
            read::<Value>(Some(unprintable), "x"),
            Err("the response body is of another media type, not JSON".to_owned())
        );
    }
}

#[test]
fn reads_no_body_for_a_unit() {
    for body in ["", "null", r#"{"a": 1}"#, "<html>"] {
        assert_eq!(read(Some("text/html"), body), Ok(()));
    }
    assert_eq!(read(Some("text/html"), "<html>"), Ok(Some(())));
    assert_eq!(read::<Option<()>>(None, ""), Ok(None));
}
