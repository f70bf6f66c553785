//! Precedence: which setting wins, that of the client, the trait, the method, the call or a parameter.

use std::convert::Infallible;
use std::future;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use kestra_auth::{ApiClient, Body, CallOptions, Client, ClientBuilder, Credential, Error, Text, api};
use tokio::time::Instant;
use tower::service_fn;

use crate::support::{Seen, Server, client_builder, in_memory};

#[api(headers("X-Level: trait", "X-Trait: trait", "Accept: text/trait"))]
trait Levels {
    #[get("/trait")]
    async fn of_trait(&self, #[header("X-Level")] level: Option<&str>) -> Result<(), Error>;

    #[get("/method", headers("X-Level: method"), accept = "text/method")]
    async fn of_method(
        &self,
        #[header("X-Level")] level: Option<&str>,
        #[header("Accept")] accept: Option<&str>,
    ) -> Result<(), Error>;
}

#[api]
trait Plain {
    #[get("/plain")]
    async fn plain(&self, #[header("X-Level")] level: Option<&str>) -> Result<(), Error>;

    #[get("/own")]
    async fn own(&self, #[header("Authorization", sensitive)] own: Option<&str>) -> Result<(), Error>;

    #[get("/constant", headers("Authorization: Constant"))]
    async fn constant(&self) -> Result<(), Error>;

    #[get("/anonymous", anonymous)]
    async fn anonymous(&self) -> Result<(), Error>;

    #[get("/csv", accept = "text/csv")]
    async fn csv(&self) -> Result<Text, Error>;

    #[get("/own-accept")]
    async fn own_accept(&self, #[header("Accept")] accept: &str) -> Result<Text, Error>;

    #[get("/limited", limit = "10B")]
    async fn limited(&self) -> Result<Text, Error>;

    #[get("/text")]
    async fn text(&self) -> Result<Text, Error>;

    #[get("/hasty", timeout = "100ms")]
    async fn hasty(&self) -> Result<(), Error>;

    #[get("/patient", timeout = "1h")]
    async fn patient(&self) -> Result<(), Error>;

    #[get("/unhurried")]
    async fn unhurried(&self) -> Result<(), Error>;
}

#[api(anonymous)]
trait Anonymous {
    #[get("/")]
    async fn root(&self, #[header("Authorization")] own: Option<&str>) -> Result<(), Error>;
}

fn client(configure: impl FnOnce(ClientBuilder) -> ClientBuilder) -> (Seen, Client) {
    let (seen, service) = in_memory(|_| http::Response::new(Body::empty()));
    (seen, configure(client_builder("http://localhost").transport(service)).build().unwrap())
}

/// The values of a header of the only request.
fn arrived(seen: &Seen, name: &str) -> Vec<String> {
    let request = seen.only();
    request.headers().get_all(name).iter().map(|value| value.to_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_most_specific_header_wins() {
    for method in [false, true] {
        for call in [false, true] {
            for parameter in [false, true] {
                let (seen, client) = client(|builder| builder.header("x-level", "client").header("x-client", "client"));
                let levels = LevelsClient::new(client);
                let levels = if call {
                    levels.with_options(CallOptions::new().header("X-Level", "call").header("x-call", "call"))
                } else {
                    levels
                };
                let level = parameter.then_some("parameter");
                if method {
                    levels.of_method(level, None).await.unwrap();
                } else {
                    levels.of_trait(level).await.unwrap();
                }
                let expected = match (parameter, call, method) {
                    (true, ..) => "parameter",
                    (_, true, _) => "call",
                    (.., true) => "method",
                    _ => "trait",
                };
                assert_eq!(arrived(&seen, "x-level"), [expected]);
                assert_eq!(arrived(&seen, "x-trait"), ["trait"]);
                assert_eq!(arrived(&seen, "x-client"), ["client"]);
                assert_eq!(arrived(&seen, "x-call").len(), usize::from(call));
            }
        }
    }
}

#[tokio::test]
async fn client_headers_apply_without_a_more_specific_one() {
    let (seen, client) = client(|builder| builder.header("x-level", "1").header("X-Level", "2"));
    PlainClient::new(client).plain(None).await.unwrap();
    assert_eq!(arrived(&seen, "x-level"), ["1", "2"]);
}

#[tokio::test]
async fn a_more_specific_header_replaces_all_of_its_name() {
    let (seen, client) = client(|builder| builder.header("x-level", "1").header("X-Level", "2"));
    let client = client.with_options(CallOptions::new().header("x-level", "3").header("x-level", "4"));
    PlainClient::new(client).plain(None).await.unwrap();
    assert_eq!(arrived(&seen, "x-level"), ["3", "4"]);
}

#[tokio::test]
async fn later_options_override_earlier_ones() {
    let (seen, client) = client(|builder| builder);
    let plain = PlainClient::new(client.with_options(CallOptions::new().header("x-level", "1").header("x-a", "1")));
    plain.with_options(CallOptions::new().header("x-level", "2")).plain(None).await.unwrap();
    assert_eq!(arrived(&seen, "x-level"), ["2"]);
    assert_eq!(arrived(&seen, "x-a"), ["1"]);
    assert_eq!(arrived(&seen, "user-agent"), [concat!("kestra-auth/", env!("CARGO_PKG_VERSION"))]);
}

#[tokio::test]
async fn the_most_specific_accept_wins() {
    let (seen, of_client) = client(|builder| builder.header("accept", "text/client"));
    PlainClient::new(of_client).text().await.unwrap();
    assert_eq!(arrived(&seen, "accept"), ["text/client"], "the client's overrides the result type's");

    let (seen, of_client) = client(|builder| builder.header("accept", "text/client"));
    PlainClient::new(of_client).own_accept("text/parameter").await.unwrap();
    assert_eq!(arrived(&seen, "accept"), ["text/parameter"]);

    let (seen, plain) = client(|builder| builder);
    let plain = plain.with_options(CallOptions::new().header("accept", "text/call"));
    PlainClient::new(plain).csv().await.unwrap();
    assert_eq!(arrived(&seen, "accept"), ["text/call"], "the call's overrides the method's");

    let (seen, plain) = client(|builder| builder);
    LevelsClient::new(plain).of_trait(None).await.unwrap();
    assert_eq!(arrived(&seen, "accept"), ["text/trait"]);

    let (seen, plain) = client(|builder| builder);
    LevelsClient::new(plain).of_method(None, Some("text/parameter")).await.unwrap();
    assert_eq!(arrived(&seen, "accept"), ["text/parameter"]);
}

#[tokio::test]
async fn accept_of_a_method_overrides_the_clients() {
    let (seen, of_client) = client(|builder| builder.header("accept", "text/client"));
    PlainClient::new(of_client).csv().await.unwrap();
    assert_eq!(arrived(&seen, "accept"), ["text/csv"]);
}

#[tokio::test]
async fn accept_of_a_method_overrides_the_traits() {
    let (seen, plain) = client(|builder| builder);
    LevelsClient::new(plain).of_method(None, None).await.unwrap();
    assert_eq!(arrived(&seen, "accept"), ["text/method"]);
}

#[tokio::test]
async fn any_authorization_header_overrides_the_credential() {
    let bearer = |builder: ClientBuilder| builder.bearer_token("t0ken");

    let (seen, with) = client(bearer);
    PlainClient::new(with).own(None).await.unwrap();
    assert_eq!(arrived(&seen, "authorization"), ["Bearer t0ken"]);

    let (seen, with) = client(bearer);
    PlainClient::new(with).own(Some("Own")).await.unwrap();
    assert_eq!(arrived(&seen, "authorization"), ["Own"]);
    assert!(seen.only().headers()["authorization"].is_sensitive());

    let (seen, with) = client(bearer);
    PlainClient::new(with).constant().await.unwrap();
    assert_eq!(arrived(&seen, "authorization"), ["Constant"]);

    let (seen, with) = client(bearer);
    let with = with.with_options(CallOptions::new().header("Authorization", "Call").bearer_token("other"));
    PlainClient::new(with).own(None).await.unwrap();
    assert_eq!(arrived(&seen, "authorization"), ["Call"]);

    let (seen, with) = client(|builder| bearer(builder).header("authorization", "Client"));
    PlainClient::new(with).own(None).await.unwrap();
    assert_eq!(arrived(&seen, "authorization"), ["Client"]);
}

#[tokio::test]
async fn per_call_credentials_override_the_clients() {
    for (options, expected) in [
        (CallOptions::new(), Some("Bearer client")),
        (CallOptions::new().bearer_token("call"), Some("Bearer call")),
        (CallOptions::new().basic_auth("ada", "pass"), Some("Basic YWRhOnBhc3M=")),
        (CallOptions::new().credential(Credential::bearer("own").unwrap()), Some("Bearer own")),
        (CallOptions::new().credential(Credential::header("X-Api-Key", "key").unwrap()), None),
        (CallOptions::new().anonymous(), None),
        (CallOptions::new().anonymous().bearer_token("last"), Some("Bearer last")),
        (CallOptions::new().bearer_token("first").anonymous(), None),
    ] {
        let (seen, with) = client(|builder| builder.bearer_token("client"));
        PlainClient::new(with.with_options(options)).own(None).await.unwrap();
        assert_eq!(arrived(&seen, "authorization").first().map(String::as_str), expected);
    }
}

#[tokio::test]
async fn anonymous_methods_and_traits_send_no_credential() {
    let (seen, with) = client(|builder| builder.bearer_token("client"));
    let with = with.with_options(CallOptions::new().bearer_token("call"));
    PlainClient::new(with.clone()).anonymous().await.unwrap();
    assert!(arrived(&seen, "authorization").is_empty());

    let (seen, with) = client(|builder| builder.bearer_token("client"));
    AnonymousClient::new(with).root(None).await.unwrap();
    assert!(arrived(&seen, "authorization").is_empty());

    let (seen, with) = client(|builder| builder.bearer_token("client"));
    AnonymousClient::new(with).root(Some("Own")).await.unwrap();
    assert_eq!(arrived(&seen, "authorization"), ["Own"]);
}

#[tokio::test]
async fn rejects_credentials_over_plain_http() {
    for base in ["http://h.example", "http://127.0.0.1.example", "http://10.0.0.1"] {
        let error = client_builder(base).bearer_token("t").build().unwrap_err();
        assert!(error.is_build() && error.to_string().contains("allow_plain_http"), "{error}");
        let error = client_builder(&base.replace("http://", "http://ada:pass@")).build().unwrap_err();
        assert!(error.is_build() && error.to_string().contains("allow_plain_http"), "{error}");

        let (seen, service) = in_memory(|_| http::Response::new(Body::empty()));
        let plain = PlainClient::new(client_builder(base).transport(service.clone()).build().unwrap());
        let error = plain.with_options(CallOptions::new().bearer_token("t")).own(None).await.unwrap_err();
        assert!(error.is_build() && error.to_string().contains("allow_plain_http"), "{error}");
        assert_eq!(seen.count(), 0);

        let allowed = client_builder(base).transport(service).allow_plain_http().bearer_token("t").build().unwrap();
        PlainClient::new(allowed).own(None).await.unwrap();
        assert_eq!(arrived(&seen, "authorization"), ["Bearer t"]);
    }
}

#[tokio::test]
async fn reports_invalid_options_when_calling() {
    for options in [
        CallOptions::new().header("X Y", "1"),
        CallOptions::new().header("X-Y", "a\r\nb"),
        CallOptions::new().bearer_token(""),
        CallOptions::new().basic_auth("a:b", "c"),
    ] {
        let (seen, plain) = client(|builder| builder);
        let error = PlainClient::new(plain.with_options(options)).plain(None).await.unwrap_err();
        assert!(error.is_build(), "{error:?}");
        assert_eq!(seen.count(), 0);
    }
}

fn responding(body: &'static [u8], configure: impl FnOnce(ClientBuilder) -> ClientBuilder) -> PlainClient {
    let (_, service) = in_memory(move |_| http::Response::new(Body::from(body.to_vec())));
    PlainClient::new(configure(client_builder("http://localhost").transport(service)).build().unwrap())
}

#[tokio::test]
async fn the_most_specific_limit_wins() {
    let plain = |builder| builder;
    assert_eq!(responding(b"0123456789", plain).limited().await.unwrap().0, "0123456789");
    let error = responding(b"0123456789a", plain).limited().await.unwrap_err();
    assert!(error.is_body() && error.to_string().contains("10 bytes"), "{error}");
    assert_eq!(error.status().unwrap(), 200);
    assert!(responding(b"0123456789a", |builder| builder.limit(5)).text().await.unwrap_err().is_body());
    responding(b"0123456789", |builder| builder.limit(5)).limited().await.unwrap();
    let generous = responding(b"0123456789a", plain).with_options(CallOptions::new().limit(11));
    generous.limited().await.unwrap();
    let strict = responding(b"0123456789", plain).with_options(CallOptions::new().limit(9));
    assert!(strict.limited().await.unwrap_err().is_body());
}

#[tokio::test]
async fn limits_apply_without_a_content_length() {
    let server = Server::always(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n0123456789a".to_vec()).await;
    assert!(PlainClient::new(server.client()).limited().await.unwrap_err().is_body());
    let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n6\r\n012345\r\n5\r\n6789a\r\n0\r\n\r\n";
    let server = Server::always(chunked.to_vec()).await;
    assert!(PlainClient::new(server.client()).limited().await.unwrap_err().is_body());
    assert_eq!(PlainClient::new(server.client()).text().await.unwrap().0, "0123456789a");
}

#[tokio::test]
async fn error_bodies_are_cut_at_their_limit() {
    let (_, service) = in_memory(|_| {
        let mut response = http::Response::new(Body::from("0123456789abc"));
        *response.status_mut() = http::StatusCode::BAD_REQUEST;
        response
    });
    let strict = client_builder("http://localhost").transport(service).error_limit(4).build().unwrap();
    let error = PlainClient::new(strict).limited().await.unwrap_err();
    assert!(error.is_status());
    assert_eq!(error.body(), "0123");
}

/// A client whose server never responds, or sends a body that never ends.
fn stalling(timeout: Duration, sends_head: bool) -> PlainClient {
    let service = service_fn(move |_: http::Request<Body>| async move {
        if !sends_head {
            future::pending::<()>().await;
        }
        Ok::<_, Infallible>(http::Response::new(Body::from_stream(stream::pending::<Result<Bytes, Infallible>>())))
    });
    PlainClient::new(client_builder("http://localhost").timeout(timeout).transport(service).build().unwrap())
}

#[tokio::test(start_paused = true)]
async fn the_most_specific_timeout_wins() {
    let (method, client, call) = (Duration::from_millis(100), Duration::from_secs(7), Duration::from_secs(9));
    let plain = stalling(client, false);
    let with_option = plain.with_options(CallOptions::new().timeout(call));
    for (error, timeout) in [
        (timed(plain.unhurried()).await, client),
        (timed(plain.hasty()).await, method),
        (timed(plain.patient()).await, Duration::from_secs(3600)),
        (timed(with_option.unhurried()).await, call),
        (timed(with_option.hasty()).await, call),
        (timed(with_option.patient()).await, call),
    ] {
        assert_eq!(error, timeout);
    }
}

/// How long a call takes until it times out.
async fn timed(call: impl Future<Output = Result<(), Error>>) -> Duration {
    let start = Instant::now();
    let error = call.await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    start.elapsed()
}

#[tokio::test(start_paused = true)]
async fn timeouts_cover_the_body() {
    let plain = stalling(Duration::from_secs(7), true);
    assert_eq!(timed(async { plain.text().await.map(drop) }).await, Duration::from_secs(7));
}
