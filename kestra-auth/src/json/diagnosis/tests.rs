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
    explain::<T>(body.as_bytes(), &error, Subject::ResponseBody).into_message()
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
            r#"{"flowId": "", "state": {"FAILED": {}, "MARK": 1}}"#,
            "at `state`: expected an object with one key, found 2 keys",
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
    #[serde(untagged)]
    #[allow(dead_code, reason = "read by serde alone")]
    enum Either {
        Number(u8),
        Flag(bool),
    }
    let message = explanation::<Vec<Either>>(r#"[1, "MARK"]"#);
    assert!(
        message.contains("at `[1]`: rejected by the `Deserialize` implementation of the type")
            && !message.contains("MARK"),
        "{message}"
    );
}
