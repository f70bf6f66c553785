use std::collections::HashMap;

use serde::Deserialize;

use super::*;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, clippy::struct_field_names, reason = "read by serde alone")]
struct Flow {
    flow_id: String,
    #[serde(default)]
    retries: Option<u8>,
    #[serde(default)]
    labels: HashMap<String, Vec<u32>>,
    #[serde(default)]
    by_number: HashMap<u32, bool>,
    #[serde(default)]
    state: Option<State>,
    #[serde(default)]
    inner: Option<Box<Self>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(dead_code, reason = "read by serde alone")]
enum State {
    Running,
    Failed { code: u8 },
}

fn explanation<T: DeserializeOwned>(body: &str) -> String {
    let error = serde_json::from_str::<T>(body).map(|_| ()).unwrap_err();
    explain::<T>(body.as_bytes(), error, Subject::ResponseBody).err().unwrap().into_message()
}

#[test]
fn names_the_path_and_what_the_type_expected() {
    for (body, expected) in [
        (r#"{"flowId": 1}"#, "at `flowId`: expected a string, found an integer (line 1, column 12)"),
        ("{}", "invalid response body: missing field `flowId` (line 1, column 2)"),
        ("[]", "expected struct Flow"),
        (r#"{"flowId": "", "retries": 700}"#, "at `retries`: expected u8, found an integer out of range"),
        (r#"{"flowId": "", "retries": 1e40}"#, "at `retries`: expected u8, found a floating-point number"),
        (r#"{"flowId": "", "labels": {"MARK": [1, "MARK"]}}"#, "at `labels.*[1]`: expected u32, found a string"),
        (r#"{"flowId": "", "byNumber": {"7": 1}}"#, "at `byNumber.*`: expected a boolean, found an integer"),
        (r#"{"flowId": "", "byNumber": {"MARK": true}}"#, "at `byNumber.*`: expected u32, found a string"),
        (r#"{"flowId": "", "state": "MARK"}"#, "at `state`: unknown variant, expected one of `RUNNING`, `FAILED`"),
        (r#"{"flowId": "", "state": {"FAILED": {"code": "MARK"}}}"#, "at `state.code`: expected u8, found a string"),
        (r#"{"flowId": "", "state": 1}"#, "at `state`: expected a string or an object with one key, found an integer"),
        (
            r#"{"flowId": "", "state": {"FAILED": {"code": 1}, "MARK": 1}}"#,
            "at `state`: expected an object with one key, found 2 elements",
        ),
        (r#"{"flowId": "", "inner": {"flowId": null}}"#, "at `inner.flowId`: expected a string, found null"),
    ] {
        let message = explanation::<Flow>(body);
        assert!(message.contains(expected) && !message.contains("MARK"), "{body}: {message}");
    }
}

#[test]
fn names_the_position_of_a_syntax_error() {
    assert_eq!(explanation::<Flow>("{\"flowId\": MARK"), "the response body is not valid JSON (line 1, column 12)");
    assert_eq!(
        explanation::<Flow>("{\"flowId\": \"MARK"),
        "the response body ends in the middle of the JSON (line 1, column 16)"
    );
    assert_eq!(
        explanation::<Flow>("{\"flowId\": \"\"} MARK"),
        "the response body is not valid JSON (line 1, column 16)"
    );
}

#[test]
fn drops_the_message_of_a_custom_error() {
    #[derive(Debug, Deserialize)]
    #[serde(try_from = "String")]
    struct Even;

    impl TryFrom<String> for Even {
        type Error = String;

        fn try_from(text: String) -> Result<Self, String> {
            if text.len().is_multiple_of(2) { Ok(Self) } else { Err(format!("no variant of {text}")) }
        }
    }

    assert_eq!(
        explanation::<Vec<Even>>(r#"["", "MARKS"]"#),
        "invalid response body at `[1]`: rejected by the `Deserialize` implementation of the type (line 1, column 13)"
    );
}

#[test]
fn names_the_field_of_a_buffered_value_and_no_position_without_one() {
    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    #[allow(dead_code, reason = "read by serde alone")]
    enum Either {
        Number(u8),
        Flag(bool),
    }

    #[derive(Debug, Deserialize)]
    #[serde(tag = "type")]
    #[allow(dead_code, reason = "read by serde alone")]
    enum Shape {
        Circle { radius: u8, name: Option<String> },
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "read by serde alone")]
    struct Drawing {
        shape: Shape,
    }

    let untagged = "no variant of the untagged enum matches";
    assert_eq!(explanation::<Either>(r#""MARK""#), format!("invalid response body: {untagged}"));
    let message = explanation::<Vec<Either>>(r#"[1, "MARK"]"#);
    assert!(message.starts_with(&format!("invalid response body at `[1]`: {untagged} (line 1")), "{message}");
    for (body, expected) in [
        (r#"{"shape": {"type": "Circle"}}"#, "at `shape`: missing field `radius`"),
        (r#"{"shape": {"type": "MARK"}}"#, "at `shape.*`: unknown variant, expected `Circle`"),
        (r#"{"shape": {"radius": 1}}"#, "at `shape`: missing field `type`"),
        (r#"{"shape": {"type": "Circle", "radius": "MARK"}}"#, "at `shape.radius`: expected u8, found a string"),
        (r#"{"shape": {"radius": "MARK", "MARK": 1, "type": "Circle"}}"#, "at `shape.radius`: expected u8, found a"),
        (r#"{"shape": {"type": "Circle", "radius": 1, "name": 2}}"#, "at `shape`: expected a string, found an integer"),
        (r#"{"shape": {"type": "Circle", "radius": 1}, "shape": 1}"#, "body: duplicate field `shape`"),
    ] {
        let message = explanation::<Drawing>(body);
        assert!(message.contains(expected) && !message.contains("MARK"), "{body}: {message}");
    }
    assert_eq!(
        explanation::<Vec<Shape>>(r#"[{"type": "Circle", "radius": 1}, {"type": "Circle", "radius": 700}]"#),
        "invalid response body at `[1].radius`: expected u8, found an integer out of range (line 1, column 68)"
    );
    let message = explanation::<Shape>(r#"{"radius": 1}"#);
    assert_eq!(message, "invalid response body: missing field `type` (line 1, column 13)");
}

#[test]
fn names_the_field_of_a_flattened_struct() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "read by serde alone")]
    struct Inner {
        count: u8,
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "read by serde alone")]
    struct Outer {
        id: u8,
        #[serde(flatten)]
        inner: Inner,
    }

    let message = explanation::<Outer>(r#"{"id": 1, "count": "MARK"}"#);
    assert!(message.starts_with("invalid response body at `count`: expected u8, found a string"), "{message}");
    let message = explanation::<Outer>(r#"{"id": "MARK", "count": 1}"#);
    assert!(message.starts_with("invalid response body at `*`: expected u8, found a string"), "{message}");
}

#[test]
fn names_where_nesting_or_a_number_exceeds_a_limit() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "read by serde alone")]
    struct Tree {
        #[serde(default)]
        children: Vec<serde_json::Value>,
    }
    let body = format!(r#"{{"children": {}{}}}"#, "[".repeat(200), "]".repeat(200));
    let message = explanation::<Tree>(&body);
    assert!(message.starts_with("invalid response body at `children[0][0][0]"), "{message}");
    assert!(message.contains("…`: nested too deeply: the limit is 128 levels (line 1"), "{message}");
    // What the type skips may be nested as deeply as it likes.
    let skipped = format!(r#"{{"a": {}{}, "children": 1}}"#, "[".repeat(200), "]".repeat(200));
    assert!(explanation::<Tree>(&skipped).contains("at `children`: expected a sequence, found an integer"));
    assert_eq!(
        explanation::<Vec<f64>>("[1, 1e999]"),
        "invalid response body at `[1]`: a number is out of range (line 1, column 9)"
    );
}

#[test]
fn reads_what_serde_json_reads_otherwise_than_other_values() {
    type Numbers = (u128, i128, f32, HashMap<bool, char>, Option<()>, u8);
    let start = "[340282366920938463463374607431768211455, -9223372036854775809, 1, {\"true\": \"x\"}, null, ";
    assert!(explanation::<Numbers>(&format!("{start}\"MARK\"]")).contains("at `[5]`: expected u8, found a string"));
    assert!(explanation::<Numbers>(&format!("{start}1, 2, 3]")).contains("expected an array of 6 elements, found 8"));
    assert!(explanation::<Vec<u128>>("[1, 1.5]").contains("at `[1]`: expected u128, found a floating-point number"));
}
