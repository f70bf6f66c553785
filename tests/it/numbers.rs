//! Numbers of `serde_json`, with and without the features that any crate of a build may enable for all others.

use std::collections::BTreeMap;

use kestra_auth::{Error, api};
use serde::Deserialize;
use serde_json::{Number, Value, json};

use crate::support::memory_client;

#[api]
trait Numbers {
    #[get("/path/{number}/{list}")]
    async fn path(&self, number: &Number, list: &[Value]) -> Result<(), Error>;

    #[get("/query")]
    async fn query(
        &self,
        #[query] number: &Number,
        #[query] list: &Value,
        #[query(csv)] joined: &[Option<Number>],
        #[query(flatten)] rest: &Value,
        #[query(flatten)] pairs: &[(&str, Number)],
        #[query(deep_object)] deep: &Value,
    ) -> Result<(), Error>;

    #[post("/headers")]
    async fn headers(
        &self,
        #[header("X-Number")] number: &Number,
        #[header("X-List", csv)] list: &[Number],
        #[cookie] session: &Number,
        #[field] field: &Number,
        #[field("joined", pipes)] joined: &[Number],
    ) -> Result<(), Error>;

    #[post("/brackets")]
    async fn brackets(&self, #[form(brackets)] form: &Value) -> Result<(), Error>;

    #[post("/dots")]
    async fn dots(&self, #[form(dots)] form: &Value) -> Result<(), Error>;

    #[post("/json")]
    async fn json(&self, #[json] body: &Value) -> Result<(), Error>;

    #[get("/value")]
    async fn value(&self) -> Result<Value, Error>;

    #[get("/flow")]
    async fn flow(&self) -> Result<Flow, Error>;

    #[get("/change")]
    async fn change(&self) -> Result<Change, Error>;

    #[get("/page")]
    async fn page(&self) -> Result<Page, Error>;
}

#[derive(Debug, Deserialize, PartialEq)]
struct Flow {
    revision: u8,
    wide: Option<u128>,
    ratio: Option<f64>,
    name: Option<String>,
    labels: Option<BTreeMap<String, Vec<i64>>>,
    extra: Option<Value>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(untagged)]
enum Change {
    Number(u32),
    Text(String),
}

#[derive(Debug, Deserialize, PartialEq)]
struct Page {
    total: u64,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Rest {
    page: u32,
    ratio: f64,
}

fn number(text: &str) -> Number {
    serde_json::from_str(text).unwrap()
}

/// Whether a crate of the build has enabled `arbitrary_precision`.
fn keeps_all_digits() -> bool {
    number("1.10").to_string() == "1.10"
}

async fn target(call: impl AsyncFnOnce(NumbersClient) -> Result<(), Error>) -> String {
    let (seen, client) = memory_client("http://localhost", "");
    call(NumbersClient::new(client)).await.unwrap();
    seen.only().uri().path_and_query().unwrap().to_string()
}

async fn body(call: impl AsyncFnOnce(NumbersClient) -> Result<(), Error>) -> String {
    let (seen, client) = memory_client("http://localhost", "");
    call(NumbersClient::new(client)).await.unwrap();
    String::from_utf8(seen.only().body().to_vec()).unwrap()
}

fn client(body: &'static str) -> NumbersClient {
    NumbersClient::new(memory_client("http://localhost", body).1)
}

#[tokio::test]
async fn numbers_are_scalars_in_path_and_query() {
    let path = target(async |api| api.path(&number("-7"), &[json!(1.5), json!(null), json!("a,b")]).await);
    assert_eq!(path.await, "/path/-7/1.5,a%2Cb");
    let query = target(async |api| {
        let (list, rest, deep) = (json!([1, null, 2.5]), json!({"a": 3, "b": [4, 5]}), json!({"c": {"d": [6, 7]}}));
        api.query(&number("0"), &list, &[Some(number("8")), None], &rest, &[("p", number("9"))], &deep).await
    });
    assert_eq!(
        query.await,
        "/query?number=0&list=1&list=2.5&joined=8&a=3&b=4&b=5&p=9&deep%5Bc%5D%5Bd%5D=6&deep%5Bc%5D%5Bd%5D=7"
    );
}

#[tokio::test]
async fn numbers_are_scalars_in_headers_cookies_and_forms() {
    let (seen, client) = memory_client("http://localhost", "");
    let (a, list) = (number("1"), [number("2"), number("3")]);
    NumbersClient::new(client).headers(&a, &list, &a, &a, &list).await.unwrap();
    let request = seen.only();
    assert_eq!(request.headers()["x-number"], "1");
    assert_eq!(request.headers()["x-list"], "2,3");
    assert_eq!(request.headers()["cookie"], "session=1");
    assert_eq!(request.body(), "field=1&joined=2%7C3");

    let form = json!({"a": 1, "b": [2, {"c": 3.5}], "d": {"e": -4}});
    assert_eq!(body(async |api| api.brackets(&form).await).await, "a=1&b%5B0%5D=2&b%5B1%5D%5Bc%5D=3.5&d%5Be%5D=-4");
    assert_eq!(body(async |api| api.dots(&form).await).await, "a=1&b=2&b%5B1%5D.c=3.5&d.e=-4");
}

#[tokio::test]
async fn numbers_keep_their_digits_where_serde_json_does() {
    const LONG: &str = "123456789012345678901234567890.10";
    let long = number(LONG);
    let path = target(async |api| api.path(&long, &[json!(1)]).await).await;
    let sent = body(async |api| api.json(&json!({"n": long})).await).await;
    let received = client(LONG).value().await.unwrap();
    if keeps_all_digits() {
        assert_eq!(path, format!("/path/{LONG}/1"));
        assert_eq!(sent, format!("{{\"n\":{LONG}}}"));
        assert_eq!(received.to_string(), LONG);
    } else {
        assert_eq!(path, "/path/123456789012345680000000000000/1");
        assert_eq!(received.as_f64(), Some(1.234_567_890_123_456_8e29));
    }
}

#[tokio::test]
async fn numbers_are_decoded() {
    let flow = client(
        r#"{"revision":7,"wide":340282366920938463463374607431768211455,"ratio":-1.5e3,"labels":{"a":[-1]},"extra":1.5}"#,
    );
    let expected = Flow {
        revision: 7,
        wide: Some(u128::MAX),
        ratio: Some(-1500.0),
        name: None,
        labels: Some(BTreeMap::from([("a".to_owned(), vec![-1])])),
        extra: Some(json!(1.5)),
    };
    assert_eq!(flow.flow().await.unwrap(), expected);
    assert_eq!(client("5").change().await.unwrap(), Change::Number(5));
    assert_eq!(client("\"5\"").change().await.unwrap(), Change::Text("5".to_owned()));
    let page = client(r#"{"total":1,"page":2,"ratio":1.50}"#).page().await.unwrap();
    assert_eq!(page, Page { total: 1, rest: Rest { page: 2, ratio: 1.5 } });
}

#[tokio::test]
async fn mismatches_of_numbers_are_explained() {
    for (body, says) in [
        (r#"{"revision":300}"#, "at `revision`: expected u8, found an integer out of range"),
        (r#"{"revision":-1}"#, "at `revision`: expected u8, found an integer out of range"),
        (r#"{"revision":1.5}"#, "at `revision`: expected u8, found a floating-point number"),
        (r#"{"revision":"1"}"#, "at `revision`: expected u8, found a string"),
        (r#"{"revision":1,"name":5}"#, "at `name`: expected a string, found an integer"),
        (
            r#"{"revision":1,"labels":{"MARK":[1,2.5]}}"#,
            "at `labels.*[1]`: expected i64, found a floating-point number",
        ),
    ] {
        let error = client(body).flow().await.unwrap_err();
        assert!(error.is_decode() && error.to_string().contains(says), "{body}: {error}");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("MARK") && !shown.contains("private"), "{shown}");
    }
    for (error, says) in [
        (client("-5").change().await.unwrap_err(), "no variant of the untagged enum matches"),
        (client(r#"{"total":1,"page":"x","ratio":1}"#).page().await.unwrap_err(), "expected u32, found a string"),
    ] {
        assert!(error.is_decode(), "{error}");
        assert!(!error.to_string().contains("private") && error.to_string().contains(says), "{error}");
    }
}

/// The fields of an object keep their order if a crate of the build has enabled `preserve_order`.
#[tokio::test]
async fn fields_are_sent_in_the_order_of_the_object() {
    let rest = json!({"b": 1, "a": 2});
    let order: Vec<String> = rest.as_object().unwrap().iter().map(|(key, value)| format!("{key}={value}")).collect();
    let sent = body(async |api| api.dots(&rest).await).await;
    assert_eq!(sent, order.join("&"));
}
