//! Parameters and options that end up in the request's headers. Precedence is in `options`.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use kestra_auth::{CallOptions, Error, api};
use secrecy::SecretString;

use crate::support::{Reply, Seen, Server, json_response, memory_client};

#[api(headers("X-Api: 2", "Accept-Language: en"))]
trait Headers {
    #[get("/")]
    async fn constant(&self) -> Result<(), Error>;

    #[get("/own", headers("X-Api: 3", "X-More: a", "X-More: b"), accept = "text/csv")]
    async fn own(&self) -> Result<(), Error>;

    #[get("/one")]
    async fn one(
        &self,
        #[header("X-Request-Id")] id: Option<&str>,
        #[header("X-Many")] many: &[&str],
    ) -> Result<(), Error>;

    #[get("/value")]
    async fn value(
        &self,
        #[header("X-Value")] value: HeaderValue,
        #[header("X-Secret", sensitive)] secret: &str,
        #[header("X-Shown", display)] shown: &Version,
    ) -> Result<(), Error>;

    #[get("/map")]
    async fn map(&self, #[headers] headers: &HeaderMap) -> Result<(), Error>;

    #[get("/cookie")]
    async fn cookies(
        &self,
        #[cookie("session")] session: &str,
        #[cookie] theme: Option<u8>,
        #[cookie("token")] token: Option<&SecretString>,
        #[cookie("many")] many: &[&str],
    ) -> Result<(), Error>;

    #[get("/cookie-and-map")]
    async fn cookie_and_map(&self, #[headers] map: &HeaderMap, #[cookie] session: &str) -> Result<(), Error>;

    #[get("/joined")]
    async fn joined(
        &self,
        #[header("X-Names", csv)] names: &[&str],
        #[header("X-Numbers", csv, sensitive)] numbers: &[Option<u8>],
        #[header("X-Secrets", csv)] secrets: Option<&[SecretString]>,
    ) -> Result<(), Error>;

    #[post("/key", idempotency_key)]
    async fn keyed(&self, #[options] options: CallOptions) -> Result<(), Error>;

    #[post("/own-key", idempotency_key = "X-Key")]
    async fn keyed_by_name(&self) -> Result<(), Error>;

    #[get("/by-argument")]
    async fn by_argument(&self, #[options] options: CallOptions) -> Result<(), Error>;

    #[http(PURGE, "/cache")]
    async fn purge(&self) -> Result<(), Error>;

    #[head("/head")]
    async fn head(&self) -> Result<(), Error>;

    #[options("/options-verb")]
    async fn options(&self) -> Result<(), Error>;
}

struct Version(u8);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v{}", self.0)
    }
}

fn headers() -> (Seen, HeadersClient) {
    let (seen, client) = memory_client("http://localhost", "");
    (seen, HeadersClient::new(client))
}

fn all<'a>(headers: &'a HeaderMap, name: &str) -> Vec<&'a str> {
    headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect()
}

#[tokio::test]
async fn sends_constant_headers_of_the_trait_and_the_method() {
    let (seen, api) = headers();
    api.constant().await.unwrap();
    let request = seen.only();
    assert_eq!((all(request.headers(), "x-api"), all(request.headers(), "accept-language")), (vec!["2"], vec!["en"]));

    let (seen, api) = headers();
    api.own().await.unwrap();
    let request = seen.only();
    assert_eq!(all(request.headers(), "x-api"), ["3"]);
    assert_eq!(all(request.headers(), "x-more"), ["a", "b"]);
    assert_eq!(all(request.headers(), "accept"), ["text/csv"]);
    assert_eq!(all(request.headers(), "accept-language"), ["en"]);
}

#[tokio::test]
async fn sends_a_header_for_each_value() {
    let (seen, api) = headers();
    api.one(Some("7"), &["a", "b"]).await.unwrap();
    let request = seen.only();
    assert_eq!((all(request.headers(), "x-request-id"), all(request.headers(), "x-many")), (vec!["7"], vec!["a", "b"]));

    let (seen, api) = headers();
    api.one(None, &[]).await.unwrap();
    assert!(!seen.only().headers().contains_key("x-request-id"));

    for bad in ["a\r\nX-Evil: 1", "a\n", "a\0"] {
        let (seen, api) = headers();
        let error = api.one(Some(bad), &[]).await.unwrap_err();
        assert!(error.is_build() && error.to_string().contains("`x-request-id`"), "{error}");
        assert!(!format!("{error:?}").contains("Evil"));
        assert_eq!(seen.count(), 0);
    }
}

#[tokio::test]
async fn marks_sensitive_headers() {
    let (seen, api) = headers();
    api.value(HeaderValue::from_bytes(b"\xe4").unwrap(), "s", &Version(2)).await.unwrap();
    let request = seen.only();
    assert_eq!(request.headers()["x-value"].as_bytes(), b"\xe4");
    assert!(request.headers()["x-secret"].is_sensitive() && !request.headers()["x-shown"].is_sensitive());
    assert_eq!(request.headers()["x-shown"], "v2");
}

#[tokio::test]
async fn sends_a_map_of_headers() {
    let mut map = HeaderMap::new();
    map.append("x-a", HeaderValue::from_static("1"));
    map.append("x-a", HeaderValue::from_static("2"));
    map.insert("x-api", HeaderValue::from_static("9"));
    let (seen, api) = headers();
    api.map(&map).await.unwrap();
    let request = seen.only();
    assert_eq!((all(request.headers(), "x-a"), all(request.headers(), "x-api")), (vec!["1", "2"], vec!["9"]));

    for name in ["host", "content-length", "transfer-encoding", "connection"] {
        let (seen, api) = headers();
        let map = HeaderMap::from_iter([(name.parse().unwrap(), HeaderValue::from_static("1"))]);
        let error = api.map(&map).await.unwrap_err();
        assert!(error.is_build() && error.to_string().contains(name), "{error}");
        assert_eq!(seen.count(), 0);
    }
}

#[tokio::test]
async fn joins_cookies_in_one_header() {
    let (seen, api) = headers();
    api.cookies("abc", Some(1), Some(&"t".into()), &["x", "y"]).await.unwrap();
    let request = seen.only();
    assert_eq!(all(request.headers(), "cookie"), ["session=abc; theme=1; token=t; many=x; many=y"]);
    assert!(request.headers()["cookie"].is_sensitive());

    let (seen, api) = headers();
    api.cookies("", None, None, &[]).await.unwrap();
    assert_eq!(all(seen.only().headers(), "cookie"), ["session="]);

    for bad in
        ["MARK;b", "MARK b", "MARK,b", "\"MARK", "MARK\"", "MA\"RK", "\"MARK b\"", "MARK\\b", "MARK\n", "MARK\u{e9}"]
    {
        let (seen, api) = headers();
        let error = api.cookies(bad, None, None, &[]).await.unwrap_err();
        assert!(error.is_build() && error.to_string().contains("`session`"), "{error}");
        assert!(!format!("{error} {error:?}").contains("MARK"), "{error:?}");
        assert_eq!(seen.count(), 0);
    }
}

#[tokio::test]
async fn sends_back_the_cookies_that_a_server_sets() {
    for value in ["\"abc\"", "\"\"", "", "a=b==", "s%3Aj.x/+", "!#$%&'()*+-./:<=>?@[]^_`{|}~"] {
        let set_cookie = format!("session={value}; Path=/; HttpOnly");
        let delivered = set_cookie.split("; ").next().unwrap().strip_prefix("session=").unwrap();
        let (seen, api) = headers();
        api.cookies(delivered, None, None, &[]).await.unwrap();
        assert_eq!(all(seen.only().headers(), "cookie"), [format!("session={value}")]);
    }
}

#[tokio::test]
async fn merges_cookies_with_those_of_a_header_map() {
    let mut map = HeaderMap::new();
    map.append("cookie", HeaderValue::from_static("a=1"));
    map.append("cookie", HeaderValue::from_static("b=2; c=3"));
    let (seen, api) = headers();
    api.cookie_and_map(&map, "4").await.unwrap();
    assert_eq!(all(seen.only().headers(), "cookie"), ["a=1; b=2; c=3; session=4"]);
    assert!(seen.only().headers()["cookie"].is_sensitive());
}

#[tokio::test]
async fn joins_a_list_in_one_header() {
    let (seen, api) = headers();
    api.joined(&["a b", "c"], &[Some(1), None, Some(2)], None).await.unwrap();
    let request = seen.only();
    assert_eq!(all(request.headers(), "x-names"), ["a b,c"]);
    assert_eq!(all(request.headers(), "x-numbers"), ["1,2"]);
    assert!(request.headers()["x-numbers"].is_sensitive() && !request.headers()["x-names"].is_sensitive());
    assert!(!request.headers().contains_key("x-secrets"));

    let (seen, api) = headers();
    let secrets = [SecretString::from("a"), SecretString::from("b")];
    api.joined(&[], &[], Some(&secrets)).await.unwrap();
    let request = seen.only();
    assert_eq!(all(request.headers(), "x-secrets"), ["a,b"]);
    assert!(request.headers()["x-secrets"].is_sensitive());
    assert!(!request.headers().contains_key("x-names"));

    for bad in ["MARK,b", "MARK\n"] {
        let (seen, api) = headers();
        let error = api.joined(&["x", bad], &[], None).await.unwrap_err();
        assert!(error.to_string().contains("header `x-names` has ") && !error.to_string().contains("MARK"), "{error}");
        assert_eq!(seen.count(), 0);
    }
}

#[tokio::test]
async fn sends_a_fresh_idempotency_key_unless_given_one() {
    let (seen, api) = headers();
    for options in [CallOptions::new(), CallOptions::new(), CallOptions::new().idempotency_key("mine")] {
        api.keyed(options).await.unwrap();
    }
    api.keyed_by_name().await.unwrap();
    let all = seen.all();
    let keys: Vec<_> = all[..3].iter().map(|request| request.headers()["idempotency-key"].to_str().unwrap()).collect();
    assert_ne!(keys[0], keys[1]);
    assert!(keys[0].len() >= 16, "{keys:?}");
    assert_eq!(keys[2], "mine");
    assert!(all[3].headers().contains_key("x-key") && !all[3].headers().contains_key("idempotency-key"));
}

#[tokio::test]
async fn keeps_the_idempotency_key_across_a_redirect() {
    let server = Server::start(|request| {
        Reply::Bytes(match request.target() {
            "/key" => crate::support::raw_response("307 Temporary Redirect", &[("location", "/there")], b""),
            _ => json_response("null"),
        })
    })
    .await;
    HeadersClient::new(server.client()).keyed(CallOptions::new()).await.unwrap();
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    assert!(seen[0].header("idempotency-key").is_some());
    assert_eq!(seen[0].header("idempotency-key"), seen[1].header("idempotency-key"));
}

#[tokio::test]
async fn takes_options_as_an_argument() {
    let (seen, api) = headers();
    let options = CallOptions::new().header("X-Api", "7").bearer_token("t").timeout(Duration::from_secs(5));
    api.by_argument(options).await.unwrap();
    let request = seen.only();
    assert_eq!(
        (&request.headers()["x-api"], &request.headers()["authorization"]),
        (&HeaderValue::from_static("7"), &HeaderValue::from_static("Bearer t"))
    );
}

#[tokio::test]
async fn sends_any_http_method() {
    let (seen, api) = headers();
    api.purge().await.unwrap();
    api.head().await.unwrap();
    api.options().await.unwrap();
    let methods: Vec<_> = seen.all().iter().map(|request| request.method().to_string()).collect();
    assert_eq!(methods, ["PURGE", "HEAD", "OPTIONS"]);
}
