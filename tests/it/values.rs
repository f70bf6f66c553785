//! What can be a value of a path, a query or a header: serde decides, not how a type is spelled.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv6Addr;
use std::rc::Rc;

use http::HeaderValue;
use kestra_auth::{Error, api};
use secrecy::SecretString;
use serde::{Serialize, Serializer};

use crate::support::memory_client;

#[api]
trait Values {
    #[get("/{value}")]
    async fn path<T: Serialize>(&self, value: T) -> Result<(), Error>;

    #[get("/q")]
    async fn query<T: Serialize>(&self, #[query] value: T) -> Result<(), Error>;

    #[get("/csv")]
    async fn csv<T: Serialize>(&self, #[query("value", csv)] value: T) -> Result<(), Error>;

    #[get("/h")]
    async fn header<T: Serialize>(&self, #[header("X-Value")] value: T) -> Result<(), Error>;

    #[get("/secret/{value}")]
    async fn secret(
        &self,
        #[path("value")] segment: &SecretString,
        #[query] q: Option<&SecretString>,
        #[query("list", csv)] list: &[SecretString],
        #[header("X-Secret")] header: &SecretString,
        #[header("X-Secrets")] headers: Vec<SecretString>,
    ) -> Result<(), Error>;

    #[get("/raw")]
    async fn raw(
        &self,
        #[header("X-Raw")] raw: &HeaderValue,
        #[header("X-Some", sensitive)] some: Option<HeaderValue>,
        #[header("X-Many")] many: &[HeaderValue],
        #[header("X-Text", sensitive)] text: &str,
    ) -> Result<(), Error>;

    #[post("/local/{id}")]
    async fn local(&self, id: Local, #[query] q: &Local, #[json] body: &[Local]) -> Result<(), Error>;
}

#[derive(Serialize)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE")]
enum State {
    RunningNow,
    #[serde(rename = "a b")]
    Renamed,
}

#[derive(Serialize)]
struct Newtype<T>(T);

#[derive(Serialize)]
#[serde(transparent)]
struct Transparent {
    inner: Newtype<u16>,
}

#[derive(Serialize)]
struct Unit;

#[derive(Serialize)]
enum Fields {
    Tuple(u8, u8),
    Newtype(u8),
    Struct { x: u8 },
}

type Alias<T> = Option<T>;

/// Serializes by `collect_str`, as dates and UUIDs do.
struct Shown(&'static str);

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self.0)
    }
}

async fn path<T: Serialize>(value: T) -> Result<String, Error> {
    let (seen, client) = memory_client("http://localhost", "");
    let called = ValuesClient::new(client).path(value).await;
    assert_eq!(seen.count(), usize::from(called.is_ok()));
    called.map(|()| seen.only().uri().path().trim_start_matches('/').to_owned())
}

async fn query<T: Serialize>(value: T) -> Result<Option<String>, Error> {
    let (seen, client) = memory_client("http://localhost", "");
    let called = ValuesClient::new(client).query(value).await;
    assert_eq!(seen.count(), usize::from(called.is_ok()));
    called.map(|()| seen.only().uri().query().map(str::to_owned))
}

async fn csv<T: Serialize>(value: T) -> Result<Option<String>, Error> {
    let (seen, client) = memory_client("http://localhost", "");
    ValuesClient::new(client).csv(value).await?;
    Ok(seen.only().uri().query().map(str::to_owned))
}

async fn header<T: Serialize>(value: T) -> Result<Vec<String>, Error> {
    let (seen, client) = memory_client("http://localhost", "");
    ValuesClient::new(client).header(value).await?;
    let request = seen.only();
    Ok(request.headers().get_all("x-value").iter().map(|value| value.to_str().unwrap().to_owned()).collect())
}

macro_rules! scalars {
    ($($value:expr => $text:literal;)*) => {$(
        assert_eq!(path($value).await.unwrap(), $text);
        assert_eq!(query($value).await.unwrap().as_deref(), Some(concat!("value=", $text)));
        assert_eq!(csv($value).await.unwrap().as_deref(), Some(concat!("value=", $text)));
        assert_eq!(query(Some($value)).await.unwrap().as_deref(), Some(concat!("value=", $text)));
        assert_eq!(query(&[$value][..]).await.unwrap().as_deref(), Some(concat!("value=", $text)));
        assert_eq!(path(Some($value)).await.unwrap(), $text);
        assert_eq!(header($value).await.unwrap(), [$text.replace("%20", " ").replace("%3A", ":")]);
    )*};
}

#[tokio::test]
async fn encodes_scalars_alike_in_path_query_and_header() {
    scalars! {
        "text" => "text";
        String::from("a b") => "a%20b";
        Cow::Borrowed("x") => "x";
        &&"x" => "x";
        'c' => "c";
        true => "true";
        i128::MIN => "-170141183460469231731687303715884105728";
        u128::MAX => "340282366920938463463374607431768211455";
        i8::MIN => "-128";
        1.5_f32 => "1.5";
        0.1_f32 => "0.1";
        -0.0_f64 => "-0";
        1e-7_f64 => "0.0000001";
        f64::from(1_u32) => "1";
        State::RunningNow => "RUNNING-NOW";
        State::Renamed => "a%20b";
        Newtype("x") => "x";
        Newtype(Newtype(7)) => "7";
        Transparent { inner: Newtype(7) } => "7";
        Box::new(7) => "7";
        Alias::Some(7) => "7";
        Some(Some(7)) => "7";
        Ipv6Addr::LOCALHOST => "%3A%3A1";
        serde_json::json!("x") => "x";
        serde_json::json!(7) => "7";
        Shown("2026-01-02T03:04") => "2026-01-02T03%3A04";
        std::num::NonZeroU8::MIN => "1";
    }
}

#[tokio::test]
async fn omits_none_except_from_paths() {
    assert_eq!(query(None::<u8>).await.unwrap(), None);
    assert_eq!(query(Alias::<u8>::None).await.unwrap(), None);
    assert_eq!(query(Newtype(None::<u8>)).await.unwrap(), None);
    assert_eq!(query(Some(None::<u8>)).await.unwrap(), None);
    assert_eq!(query(serde_json::Value::Null).await.unwrap(), None);
    assert_eq!(csv(None::<&[u8]>).await.unwrap(), None);
    assert!(header(None::<u8>).await.unwrap().is_empty());
    for error in [path(None::<u8>).await.unwrap_err(), path(Newtype(None::<u8>)).await.unwrap_err()] {
        assert!(error.is_build(), "{error:?}");
        assert!(error.to_string().contains("path parameter `value` is `None`"), "{error}");
        assert!(error.to_string().contains("{name?}"), "{error}");
    }
}

#[tokio::test]
async fn repeats_or_joins_sequences() {
    let expected = Some("value=1&value=2");
    assert_eq!(query([1, 2].as_slice()).await.unwrap().as_deref(), expected);
    assert_eq!(query(vec![1, 2]).await.unwrap().as_deref(), expected);
    assert_eq!(query(&vec![Some(1), None, Some(2)]).await.unwrap().as_deref(), expected);
    assert_eq!(query(BTreeSet::from([2, 1])).await.unwrap().as_deref(), expected);
    assert_eq!(query(Newtype(vec![1, 2])).await.unwrap().as_deref(), expected);
    assert_eq!(query(Some(vec![1, 2])).await.unwrap().as_deref(), expected);
    assert_eq!(query(serde_json::json!([1, null, 2])).await.unwrap().as_deref(), expected);
    assert_eq!(csv(vec!["a,b", "c d"]).await.unwrap().as_deref(), Some("value=a%2Cb,c%20d"));
    assert_eq!(csv(Vec::<u8>::new()).await.unwrap(), None);
    assert_eq!(header(vec!["1", "2"]).await.unwrap(), ["1", "2"]);
    assert!(header(Vec::<u8>::new()).await.unwrap().is_empty());
    assert_eq!(path(vec!["a,b", "c d"]).await.unwrap(), "a%2Cb,c%20d");
    assert_eq!(path(&vec![Some(1), None, Some(2)]).await.unwrap(), "1,2");
    assert_eq!(path(Newtype(BTreeSet::from([2, 1]))).await.unwrap(), "1,2");
    assert_eq!(path(serde_json::json!([1, null, "x"])).await.unwrap(), "1,x");
}

macro_rules! rejections {
    ($($value:expr => $says:literal;)*) => {$(
        for (error, what) in [
            (path($value).await.unwrap_err(), "path parameter `value`"),
            (query($value).await.unwrap_err(), "query parameter `value`"),
            (query(vec![$value]).await.unwrap_err(), "query parameter `value`"),
            (csv($value).await.unwrap_err(), "query parameter `value`"),
            (header($value).await.unwrap_err(), "header `x-value`"),
        ] {
            assert!(error.is_build(), "{error:?}");
            assert!(error.to_string().contains(what) && error.to_string().contains($says), "{error}");
        }
    )*};
}

#[tokio::test]
async fn rejects_values_that_are_not_one_text() {
    rejections! {
        (1, 2) => "a tuple";
        [1_u8, 2] => "a tuple or an array of fixed length";
        BTreeMap::from([("a", 1)]) => "a struct or a map";
        serde_json::json!({}) => "a struct or a map";
        Fields::Struct { x: 1 } => "an enum variant with fields";
        Fields::Tuple(1, 2) => "an enum variant with fields";
        Fields::Newtype(1) => "an enum variant with fields";
        Unit => "a unit struct";
        f32::NAN => "not a finite number";
        f64::INFINITY => "not a finite number";
    }
    for error in [query(vec![vec![1]]).await.unwrap_err(), csv(vec![vec![1]]).await.unwrap_err()] {
        assert!(error.to_string().contains("a sequence of sequences"), "{error}");
    }
}

#[tokio::test]
async fn encodes_secrets_and_marks_their_headers() {
    let secret = |text: &str| SecretString::from(text);
    let (seen, client) = memory_client("http://localhost", "");
    ValuesClient::new(client)
        .secret(&secret("a/b"), Some(&secret("c d")), &[secret("e"), secret("f")], &secret("g"), vec![secret("h")])
        .await
        .unwrap();
    let request = seen.only();
    assert_eq!(request.uri(), "http://localhost/secret/a%2Fb?q=c%20d&list=e,f");
    for (name, value) in [("x-secret", "g"), ("x-secrets", "h")] {
        assert_eq!(request.headers()[name], value);
        assert!(request.headers()[name].is_sensitive(), "{name}");
    }
}

#[tokio::test]
async fn sends_header_values_as_they_are() {
    let (seen, client) = memory_client("http://localhost", "");
    let raw = HeaderValue::from_bytes(b"\xff").unwrap();
    let many = [HeaderValue::from_static("1"), HeaderValue::from_static("2")];
    ValuesClient::new(client).raw(&raw, Some(HeaderValue::from_static("some")), &many, "text").await.unwrap();
    let request = seen.only();
    assert_eq!(request.headers()["x-raw"].as_bytes(), b"\xff");
    assert!(!request.headers()["x-raw"].is_sensitive());
    assert!(request.headers()["x-some"].is_sensitive() && request.headers()["x-text"].is_sensitive());
    assert_eq!(request.headers().get_all("x-many").iter().collect::<Vec<_>>(), ["1", "2"]);
}

/// Neither `Send` nor `Sync`.
struct Local(Rc<str>);

impl Serialize for Local {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[tokio::test]
async fn futures_are_send_although_values_are_not() {
    fn is_send<T: Send>(future: T) -> T {
        future
    }
    let (seen, client) = memory_client("http://localhost", "");
    let client = ValuesClient::new(client);
    let call = {
        let (query, body) = (Local("q".into()), [Local("b".into())]);
        is_send(client.local(Local("i".into()), &query, &body)).await
    };
    call.unwrap();
    let request = seen.only();
    assert_eq!(request.uri(), "http://localhost/local/i?q=q");
    assert_eq!(request.body(), "[\"b\"]");
}

#[tokio::test]
async fn sends_nothing_before_the_first_poll() {
    let (seen, client) = memory_client("http://localhost", "");
    let client = ValuesClient::new(client);
    let call = client.path(7);
    tokio::task::yield_now().await;
    drop(call);
    tokio::task::yield_now().await;
    assert_eq!(seen.count(), 0);
    client.path(7).await.unwrap();
    assert_eq!(seen.count(), 1);
}
