//! Credentials, at whatever level and in whatever form they are given, stay with the server they are meant for.

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, COOKIE};
use http::{HeaderMap, HeaderValue, Method};
use kestra_auth::{ApiClient, Body, CallOptions, Credential, Error, Text, api};

use crate::support::{
    Seen, Server, client_builder, in_memory, json_response, memory_client, raw_response, reqwest_builder,
};

#[api]
trait Who {
    #[get("/known")]
    async fn known(&self) -> Result<(), Error>;

    #[get("/anonymous", anonymous)]
    async fn nobody(&self) -> Result<(), Error>;

    #[get("/header")]
    async fn header(&self, #[header("Authorization")] value: &str) -> Result<(), Error>;

    #[get("/headers")]
    async fn headers(&self, #[headers] headers: &HeaderMap) -> Result<(), Error>;

    #[get("/any", redirects = "any")]
    async fn any(&self, #[header("Accept")] accept: Option<&str>) -> Result<Text, Error>;

    #[get("/csv", redirects = "any", accept = "text/csv")]
    async fn csv(&self) -> Result<Text, Error>;
}

#[api(headers("Authorization: Token constant"))]
trait Constant {
    #[get("/known")]
    async fn known(&self) -> Result<(), Error>;

    #[post("/empty")]
    async fn post(&self) -> Result<(), Error>;
}

fn options() -> CallOptions {
    CallOptions::new()
}

fn names(seen: &Seen) -> Vec<String> {
    seen.all().last().unwrap().headers().keys().map(ToString::to_string).collect()
}

#[tokio::test]
async fn another_origin_starts_without_any_credential() {
    let mut key = HeaderValue::from_static("MARK-key");
    key.set_sensitive(true);
    let (seen, service) = in_memory(|_| http::Response::new(Body::empty()));
    let builder = client_builder("https://home.example").transport(service).header("Cookie", "MARK-cookie");
    let builder = builder.header("X-Secret", key).header("X-Plain", "1");
    let client = builder.credential(Credential::header("X-Api-Key", "MARK-api").unwrap()).build().unwrap();
    for options in [
        options().bearer_token("MARK-token"),
        options().header("Authorization", "MARK-header"),
        options().header("X-Api-Key", "MARK-other"),
        options().header("Cookie", "MARK-session"),
    ] {
        let own = client.with_options(options.header("X-Call", "2"));
        WhoClient::new(own.clone()).known().await.unwrap();
        assert!(names(&seen).iter().any(|name| ["authorization", "x-api-key", "cookie"].contains(&name.as_str())));
        WhoClient::new(own.with_base("https://home.example/b").unwrap()).known().await.unwrap();
        assert!(names(&seen).contains(&"x-secret".to_owned()), "the origin is the same");
        for other in ["https://other.example", "https://home.example:8443", "http://home.example"] {
            WhoClient::new(own.with_base(other).unwrap()).known().await.unwrap();
            assert_eq!(names(&seen).len(), 4, "{:?}", names(&seen));
            let all = seen.all();
            let sent = all.last().unwrap().headers();
            assert!(!sent.values().any(|value| value.as_bytes().starts_with(b"MARK")), "{sent:?}");
            assert_eq!((&sent["x-plain"], &sent["x-call"]), (&"1".parse().unwrap(), &"2".parse().unwrap()));
        }
    }
}

#[tokio::test]
async fn an_authorization_header_obeys_the_rule_for_plain_http() {
    let mut map = HeaderMap::new();
    map.insert(AUTHORIZATION, HeaderValue::from_static("t"));
    for (base, is_allowed) in [
        ("http://example.com", false),
        ("http://evil.localhost", false),
        ("https://example.com", true),
        ("http://localhost", true),
        ("http://127.8.0.1", true),
        ("http://[::1]", true),
    ] {
        let (seen, client) = memory_client(base, "null");
        let who = WhoClient::new(client.clone());
        let results = [
            who.header("t").await,
            who.headers(&map).await,
            who.with_options(options().header("authorization", "t")).known().await,
            who.with_options(options().bearer_token("t")).known().await,
            client.request(Method::GET, "/a").header("authorization", "t").send().await,
            ConstantClient::new(client.clone()).known().await,
        ];
        for result in results {
            match result {
                Ok(()) => assert!(is_allowed, "{base}"),
                Err(error) => assert!(!is_allowed && error.to_string().contains("plain http"), "{base}: {error}"),
            }
        }
        assert_eq!(seen.count(), if is_allowed { 6 } else { 0 });
        for request in seen.all() {
            assert!(request.headers()[AUTHORIZATION].is_sensitive(), "{base} {}", request.uri());
        }
    }
}

#[tokio::test]
async fn names_below_localhost_are_other_machines() {
    assert!(client_builder("http://evil.localhost").bearer_token("t").build().unwrap_err().is_build());
}

#[tokio::test]
async fn anonymous_calls_send_no_authorization_of_a_wider_level() {
    let (seen, client) = memory_client("http://localhost", "null");
    let who = WhoClient::new(client.clone());
    who.with_options(options().header("Authorization", "t")).nobody().await.unwrap();
    who.with_options(options().bearer_token("t")).nobody().await.unwrap();
    let bearer = who.with_options(options().header("Authorization", "t"));
    bearer.with_options(options().anonymous()).known().await.unwrap();
    ConstantClient::new(client).with_options(options().anonymous()).known().await.unwrap();
    assert!(seen.all().iter().all(|request| !request.headers().contains_key(AUTHORIZATION)));
    who.with_options(options().anonymous()).header("own").await.unwrap();
    assert_eq!(seen.all()[4].headers()[AUTHORIZATION], "own", "a parameter is the narrowest level");
}

#[tokio::test]
async fn a_narrower_credential_replaces_a_wider_header() {
    let (seen, client) = memory_client("http://localhost", "null");
    let wide = WhoClient::new(client).with_options(options().header("Authorization", "wide"));
    wide.with_options(options().bearer_token("narrow")).known().await.unwrap();
    assert_eq!(seen.only().headers()[AUTHORIZATION], "Bearer narrow");
}

async fn redirecting(to: &Server) -> Server {
    Server::always(raw_response("302 Found", &[("location", &format!("{}/end", to.base))], b"")).await
}

#[tokio::test]
async fn another_origin_does_not_see_the_callers_accept() {
    let other = Server::always(json_response("1")).await;
    let home = redirecting(&other).await;
    let who = WhoClient::new(home.client());
    who.any(Some("text/x-MARK")).await.unwrap();
    who.with_options(options().header("Accept", "text/x-MARK")).any(None).await.unwrap();
    assert!(home.seen().iter().all(|request| request.header("accept") == Some("text/x-MARK")));
    who.csv().await.unwrap();
    let accepts: Vec<_> = other.seen().iter().map(|request| request.header("accept").unwrap().to_owned()).collect();
    assert!(accepts[..2].iter().all(|accept| !accept.contains("MARK")), "{accepts:?}");
    assert_eq!(accepts[2], "text/csv", "the method says so, not the caller");
}

#[tokio::test]
async fn default_headers_of_reqwest_stay_at_the_origin() {
    let other = Server::always(json_response("1")).await;
    let home = redirecting(&other).await;
    let headers = HeaderMap::from_iter([
        (ACCEPT, HeaderValue::from_static("text/x-MARK")),
        (COOKIE, HeaderValue::from_static("MARK")),
        ("x-secret".parse().unwrap(), HeaderValue::from_static("MARK")),
    ]);
    let shared = headers.clone();
    let client = reqwest_builder(&home.base).reqwest(move |builder| builder.default_headers(shared)).build().unwrap();
    WhoClient::new(client.clone()).any(None).await.unwrap();
    WhoClient::new(client.with_base(&other.base).unwrap()).any(None).await.unwrap();
    assert_eq!(home.only().header("x-secret"), Some("MARK"));
    assert_eq!(other.seen().len(), 2);
    // A closure with another setting cannot be left out.
    let client = reqwest_builder(&home.base)
        .attempt_layer(tower::layer::layer_fn(|next| next))
        .reqwest(move |builder| {
            builder.default_headers(headers).proxy(reqwest::Proxy::all("http://p.invalid").unwrap())
        })
        .build()
        .unwrap();
    let error = WhoClient::new(client).any(None).await.unwrap_err();
    assert!(error.is_build() && error.to_string().contains("ClientBuilder::header"), "{error}");
    assert_eq!((home.seen().len(), other.seen().len()), (2, 2));
    assert!(!other.seen().iter().any(|request| String::from_utf8_lossy(&request.bytes()).contains("MARK")));
}

#[tokio::test]
async fn requests_without_content_say_so() {
    let server = Server::always(json_response("null")).await;
    let (seen, memory) = memory_client("http://localhost", "null");
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::GET, Method::DELETE, Method::HEAD] {
        let expected = matches!(method.as_str(), "POST" | "PUT" | "PATCH").then_some("0");
        let _: () = server.client().request(method.clone(), "/").send().await.unwrap();
        assert_eq!(server.seen().last().unwrap().header("content-length"), expected, "{method}");
        let _: () = memory.request(method.clone(), "/").send().await.unwrap();
        let all = seen.all();
        let length = all.last().unwrap().headers().get(CONTENT_LENGTH).map(|value| value.to_str().unwrap());
        assert_eq!(length, expected, "{method}");
    }
    ConstantClient::new(server.client()).post().await.unwrap();
    assert_eq!(server.seen().last().unwrap().headers("content-length"), ["0"]);
    let _: () = server.client().request(Method::POST, "/").json(&1).send().await.unwrap();
    assert_eq!(server.seen().last().unwrap().headers("content-length"), ["1"]);
    let error = memory.request(Method::CONNECT, "/").send::<()>().await.unwrap_err();
    assert!(error.is_build() && error.to_string().contains("CONNECT"), "{error}");
}
