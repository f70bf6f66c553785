//! Redirects: which ones are followed, and what is sent along.

use kestra_auth::{AuthApi, AuthApiClient, Body, CallOptions, Error, InvitationUserRequest, ResetPasswordRequest, api};

use crate::support::{Reply, Request, Server, client_builder, in_memory, json_response, raw_response};

#[api]
trait Moved {
    #[get("/start")]
    async fn get(&self, #[query] secret: &str, #[header("X-Own")] own: &str) -> Result<String_, Error>;

    #[head("/start")]
    async fn head(&self) -> Result<(), Error>;

    #[post("/start")]
    async fn post(&self, #[json] body: &[u32]) -> Result<String_, Error>;

    #[put("/start")]
    async fn put(&self, #[json] body: &[u32]) -> Result<String_, Error>;

    #[delete("/start")]
    async fn delete(&self) -> Result<String_, Error>;

    #[get("/none", redirects = "none")]
    async fn none(&self) -> Result<String_, Error>;

    #[get("/any", redirects = "any", headers("X-Constant: 1", "Cookie: session=1"))]
    async fn any(&self, #[header("X-Own")] own: &str) -> Result<String_, Error>;
}

type String_ = kestra_auth::Json<String>;

const WRITES: [&str; 3] = ["POST", "PUT", "DELETE"];

/// A server that redirects every request except `/end`.
async fn redirecting(status: u16, location: &str) -> Server {
    let location = location.to_owned();
    Server::start(move |request| {
        Reply::Bytes(match request.target() {
            "/end" => json_response(r#""end""#),
            _ => raw_response(&format!("{status} Moved"), &[("location", &location)], b""),
        })
    })
    .await
}

async fn destination() -> Server {
    Server::always(json_response(r#""end""#)).await
}

fn moved(server: &Server) -> MovedClient {
    let client = client_builder(&server.base).bearer_token("t0ken").header("X-Client", "1");
    MovedClient::new(client.build().unwrap())
}

async fn write(client: &MovedClient, method: &str) -> Result<String_, Error> {
    match method {
        "POST" => client.post(&[1, 2]).await,
        "PUT" => client.put(&[1, 2]).await,
        _ => client.delete().await,
    }
}

fn assert_not_followed(error: &Error, status: u16, location: &str) {
    assert!(error.is_redirect(), "{error:?}");
    assert_eq!(error.status().unwrap(), status);
    assert_eq!(error.headers()["location"], location);
}

#[tokio::test]
async fn sends_no_password_to_another_origin() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = destination().await;
        let by_name = elsewhere.base.replace("127.0.0.1", "localhost");
        for location in [format!("{}/end", elsewhere.base), format!("{by_name}/end"), by_name.replace("http:", "")] {
            let server = redirecting(status, &location).await;
            let auth = AuthApiClient::new(server.client());
            let user = InvitationUserRequest::new("Ada", "Lovelace", "pass");
            assert_not_followed(&auth.create_from_invitation("7", &user).await.unwrap_err(), status, &location);
            let reset = ResetPasswordRequest::new().token("t").password("pass");
            assert_not_followed(&auth.reset_password(&reset).await.unwrap_err(), status, &location);
            assert_eq!(server.seen().len(), 2);
            assert!(elsewhere.seen().is_empty(), "{status} {location}");
        }
    }
}

#[tokio::test]
async fn another_port_is_another_origin() {
    let elsewhere = destination().await;
    for status in [301, 302, 303, 307, 308] {
        let location = format!("{}/end", elsewhere.base);
        let server = redirecting(status, &location).await;
        assert_not_followed(&moved(&server).get("s", "o").await.unwrap_err(), status, &location);
        assert_not_followed(&moved(&server).head().await.unwrap_err(), status, &location);
        for method in WRITES {
            assert_not_followed(&write(&moved(&server), method).await.unwrap_err(), status, &location);
        }
    }
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn never_turns_a_write_into_a_read() {
    for status in [301, 302, 303] {
        for method in WRITES {
            let server = redirecting(status, "/end").await;
            assert_not_followed(&write(&moved(&server), method).await.unwrap_err(), status, "/end");
            assert_eq!(server.only().method(), method);
        }
    }
}

#[tokio::test]
async fn repeats_a_write_within_the_origin() {
    for status in [307, 308] {
        for method in WRITES {
            let server = redirecting(status, "/end").await;
            assert_eq!(write(&moved(&server), method).await.unwrap().0, "end");
            let [first, second] = &server.seen()[..] else { panic!("two requests") };
            assert_eq!((first.method(), first.target()), (method, "/start"));
            assert_eq!((second.method(), second.target()), (method, "/end"));
            assert_eq!(first.body, second.body);
            assert_eq!(first.header("content-type"), second.header("content-type"));
            assert_eq!(second.header("authorization"), Some("Bearer t0ken"));
            assert_eq!(second.text(), if method == "DELETE" { "" } else { "[1,2]" });
        }
    }
}

#[tokio::test]
async fn follows_a_read_within_the_origin() {
    for status in [301, 302, 303, 307, 308] {
        let server = redirecting(status, "/end").await;
        assert_eq!(moved(&server).get("s3cret", "own").await.unwrap().0, "end");
        let [_, second] = &server.seen()[..] else { panic!("two requests") };
        assert_eq!((second.method(), second.target()), ("GET", "/end"));
        assert_eq!(second.header("authorization"), Some("Bearer t0ken"));
        assert_eq!(second.header("x-own"), Some("own"));
        assert_eq!(second.header("x-client"), Some("1"));
        assert_eq!(second.header("referer"), None);

        let server = redirecting(status, "/end").await;
        moved(&server).head().await.unwrap();
        assert_eq!(server.seen()[1].method(), "HEAD");
    }
}

#[tokio::test]
async fn resolves_a_location_against_the_request() {
    for location in ["end", "./end", "/end", "../end", "/a/../end", "/end#fragment", "?/../x", "{base}/end"] {
        let server = Server::start(move |request| {
            let host = request.header("host").unwrap();
            let location = location.replace("{base}", &format!("http://{host}"));
            Reply::Bytes(match request.target() {
                "/end" | "/start?/../x" => json_response(r#""end""#),
                _ => raw_response("302 Found", &[("location", &location)], b""),
            })
        })
        .await;
        assert_eq!(moved(&server).get("s", "o").await.unwrap().0, "end", "{location}");
    }
}

#[tokio::test]
async fn follows_at_most_ten_redirects() {
    for (redirects, ends) in [(10, true), (11, false)] {
        let server = Server::start(move |request| {
            let step: usize = request.target().trim_start_matches("/step/").parse().unwrap_or(0);
            let next = format!("/step/{}", step + 1);
            Reply::Bytes(match step {
                step if step == redirects => json_response(r#""end""#),
                _ => raw_response("302 Found", &[("location", &next)], b""),
            })
        })
        .await;
        let called = moved(&server).get("s", "o").await;
        assert_eq!(server.seen().len(), 11);
        match called {
            Ok(end) => assert!(ends && end.0 == "end"),
            Err(error) => {
                assert!(!ends && error.is_redirect(), "{error}");
                assert_not_followed(&error, 302, "/step/11");
            }
        }
    }
}

#[tokio::test]
async fn rejects_invalid_locations() {
    for location in ["http://", "ftp://127.0.0.1/end", "file:///etc/passwd", "data:,end", "http://[::1"] {
        let server = redirecting(302, location).await;
        assert_not_followed(&moved(&server).get("s", "o").await.unwrap_err(), 302, location);
        assert_not_followed(&moved(&server).any("o").await.unwrap_err(), 302, location);
        assert_eq!(server.seen().len(), 2);
    }
    let server = Server::always(raw_response("302 Found", &[], b"")).await;
    let error = moved(&server).get("s", "o").await.unwrap_err();
    assert!(error.is_redirect() && error.status().unwrap() == 302, "{error}");
}

#[tokio::test]
async fn returns_other_3xx_statuses_as_errors() {
    for status in ["300 Multiple Choices", "304 Not Modified", "305 Use Proxy"] {
        let server = Server::always(raw_response(status, &[("location", "/end")], b"")).await;
        let error = moved(&server).get("s", "o").await.unwrap_err();
        assert!(error.is_status(), "{error:?}");
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn follows_none_where_a_method_says_so() {
    for status in [301, 302, 303, 307, 308] {
        let server = redirecting(status, "/end").await;
        assert_not_followed(&moved(&server).none().await.unwrap_err(), status, "/end");
        assert_eq!(server.seen().len(), 1);
    }
}

fn assert_stripped(request: &Request) {
    for name in ["authorization", "cookie", "x-own", "x-constant", "x-client", "x-call", "referer"] {
        assert_eq!(request.header(name), None, "{name}");
    }
}

#[tokio::test]
async fn strips_all_headers_for_another_origin() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = destination().await;
        let server = redirecting(status, &format!("{}/end", elsewhere.base)).await;
        let client = client_builder(&server.base).basic_auth("ada", "pass").header("X-Client", "1");
        let client = client.user_agent("mine").build().unwrap();
        let client = client.with_options(CallOptions::new().header("X-Call", "1"));
        assert_eq!(MovedClient::new(client).any("own").await.unwrap().0, "end");
        assert!(server.only().header("authorization").is_some_and(|value| value.starts_with("Basic ")));
        let arrived = elsewhere.only();
        assert_stripped(&arrived);
        assert_eq!(arrived.target(), "/end");
        assert_eq!(arrived.header("accept"), Some("application/json"));
    }
}

#[tokio::test]
async fn stays_stripped_after_returning_to_the_first_origin() {
    let home = Server::start(|request| {
        let status = if request.header("x-client").is_some() { "302 Found" } else { "500 Stripped" };
        let port = request.header("host").unwrap().rsplit_once(':').unwrap().1;
        Reply::Bytes(raw_response(status, &[("location", &format!("http://localhost:{port}/away"))], b""))
    })
    .await;
    // `127.0.0.1` and `localhost` are the same server, and two origins.
    let error = moved(&home).any("own").await.unwrap_err();
    assert_eq!(error.status().unwrap(), 500);
    let [_, away] = &home.seen()[..] else { panic!("two requests") };
    assert_eq!(away.target(), "/away");
    assert_stripped(away);
}

#[tokio::test]
async fn never_follows_a_write_to_another_origin() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = destination().await;
        let location = format!("{}/end", elsewhere.base);
        let server = redirecting(status, &location).await;
        assert_not_followed(&moved(&server).post(&[1]).await.unwrap_err(), status, &location);
        assert!(elsewhere.seen().is_empty());
    }
}

#[tokio::test]
async fn follows_anything_to_an_allowed_origin() {
    let allowed = destination().await;
    let server = redirecting(307, &format!("{}/end", allowed.base)).await;
    let client = client_builder(&server.base).bearer_token("t0ken").header("X-Client", "1");
    let client = MovedClient::new(client.allow_redirects_to(&format!("{}/any/path", allowed.base)).build().unwrap());
    assert_eq!(client.get("s", "own").await.unwrap().0, "end");
    assert_eq!(client.post(&[1, 2]).await.unwrap().0, "end");
    let [read, write] = &allowed.seen()[..] else { panic!("two requests") };
    assert_stripped(read);
    assert_stripped(write);
    assert_eq!((write.text(), write.header("content-type")), ("[1,2]", Some("application/json")));

    let other = destination().await;
    let location = format!("{}/end", other.base);
    let server = redirecting(307, &location).await;
    let client = client_builder(&server.base).allow_redirects_to(&allowed.base).build().unwrap();
    assert_not_followed(&MovedClient::new(client).post(&[1]).await.unwrap_err(), 307, &location);
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn ignores_user_info_in_a_location() {
    let server = Server::start(|request| {
        let host = request.header("host").unwrap();
        Reply::Bytes(match request.target() {
            "/end" => json_response(r#""end""#),
            _ => raw_response("302 Found", &[("location", &format!("http://evil:pass@{host}/end"))], b""),
        })
    })
    .await;
    let client = MovedClient::new(server.client());
    client.get("s", "o").await.unwrap();
    assert_eq!(server.seen()[1].header("authorization"), None);
    moved(&server).get("s", "o").await.unwrap();
    assert_eq!(server.seen()[3].headers("authorization"), ["Bearer t0ken"]);

    let elsewhere = destination().await;
    let location = elsewhere.base.replace("http://", "http://evil:pass@") + "/end";
    let server = redirecting(302, &location).await;
    moved(&server).any("o").await.unwrap();
    assert_eq!(elsewhere.only().header("authorization"), None);
}

#[tokio::test]
async fn compares_scheme_host_and_port() {
    for (base, location, followed) in [
        ("http://h.example/a", "https://h.example/end", true),
        ("http://h.example:80/a", "https://h.example:443/end", true),
        ("http://h.example", "http://H.EXAMPLE:80/end", true),
        ("https://h.example", "https://h.example:443/end", true),
        ("https://h.example", "http://h.example/end", false),
        ("http://h.example:8080", "https://h.example:8080/end", false),
        ("http://h.example:8080", "https://h.example/end", false),
        ("http://h.example", "https://h.example:8443/end", false),
        ("http://h.example", "https://www.h.example/end", false),
        ("http://h.example", "//evil.example/end", false),
        ("http://h.example", r"\\evil.example/end", false),
        ("http://h.example", "http://h.example.evil.example/end", false),
        ("http://h.example", "http://h.example@evil.example/end", false),
        ("http://h.example", "http://evil.example#h.example", false),
    ] {
        let (seen, service) = in_memory(move |request| {
            let mut response = http::Response::new(Body::from(r#""end""#));
            if request.uri().path() != "/end" {
                *response.status_mut() = http::StatusCode::FOUND;
                response.headers_mut().insert("location", http::HeaderValue::from_static(location));
            }
            response
        });
        let client = MovedClient::new(client_builder(base).transport(service).build().unwrap());
        let called = client.get("s", "own").await;
        assert_eq!((called.is_ok(), seen.count()), (followed, if followed { 2 } else { 1 }), "{base} {location}");
        match called {
            Ok(_) => assert_eq!(seen.all()[1].headers()["x-own"], "own"),
            Err(error) => assert_not_followed(&error, 302, location),
        }
    }
}
