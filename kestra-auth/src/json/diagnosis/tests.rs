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

fn says<T: DeserializeOwned>(body: &str) -> String {
    let error = serde_json::from_str::<T>(body).map(|_| ()).unwrap_err();
    explain::<T>(body.as_bytes(), &error).to_string()
}

#[test]
fn the_place_and_what_the_type_expected() {
    for (body, expected) in [
        (r#"{"flowId": 1}"#, "at `flowId`: expected a string, found an integer (line 1, column 12)"),
        ("{}", "type: the field `flowId` is missing (line 1, column 2)"),
        ("[]", "expected struct Flow"),
        (r#"{"flowId": "", "retries": 700}"#, "at `retries`: expected u8, found an integer that does not fit"),
        (r#"{"flowId": "", "retries": 1e40}"#, "at `retries`: expected u8, found a number that does not fit"),
        (r#"{"flowId": "", "labels": {"MARK": [1, "MARK"]}}"#, "at `labels.*[1]`: expected u32, found a string"),
        (r#"{"flowId": "", "byNumber": {"7": 1}}"#, "at `byNumber.*`: expected a boolean, found an integer"),
        (r#"{"flowId": "", "byNumber": {"MARK": true}}"#, "at `byNumber.*`: expected u32, found a string"),
        (r#"{"flowId": "", "state": "MARK"}"#, "at `state`: an unknown variant; the type has `RUNNING`, `FAILED`"),
        (r#"{"flowId": "", "state": {"FAILED": {"code": "MARK"}}}"#, "at `state.code`: expected u8, found a string"),
        (r#"{"flowId": "", "state": 1}"#, "at `state`: expected a string or an object with one key, found an integer"),
        (r#"{"flowId": "", "inner": {"flowId": null}}"#, "at `inner.flowId`: expected a string, found null"),
    ] {
        let said = says::<Flow>(body);
        assert!(said.contains(expected) && !said.contains("MARK"), "{body}: {said}");
    }
}

#[test]
fn what_is_no_json() {
    assert_eq!(says::<Flow>("{\"flowId\": MARK"), "the body is no JSON (line 1, column 12)");
    assert_eq!(says::<Flow>("{\"flowId\": \"MARK"), "the JSON ends too early (line 1, column 16)");
    assert_eq!(says::<Flow>("{\"flowId\": \"\"} MARK"), "the body is no JSON (line 1, column 16)");
}

#[test]
fn a_type_that_refuses_by_itself_says_nothing_of_the_value() {
    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    #[allow(dead_code, reason = "read by serde alone")]
    enum Either {
        Number(u8),
        Flag(bool),
    }
    let said = says::<Vec<Either>>(r#"[1, "MARK"]"#);
    assert!(said.contains("at `[1]`: its own `Deserialize` refused") && !said.contains("MARK"), "{said}");
}
