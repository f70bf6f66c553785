//! What every public type prints, filled with marked values in every position.
//!
//! The types are those that `docs/public-api.txt` lists, so a new one without a case here fails the test.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fmt::{Debug, Display, Write as _};
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use futures_util::stream;
use http::header::{HeaderMap, LINK, SET_COOKIE};
use http::{HeaderName, Method, StatusCode};
use kestra_auth::models::ForgottenPasswordRequest;
use kestra_auth::multipart::{Form, Part};
use kestra_auth::transport::Next;
use kestra_auth::{
    ApiClient, ApiError, AuthApiClient, AuthMethods, Binary, Body, ByteStream, Client, ClientCredentials, Credential,
    CredentialRequest, DeclaredError, Error, ErrorKind, Event, EventStream, Failure, FromResponse,
    InvitationUserRequest, Json, JsonBody, JsonLines, Link, Redirects, RefreshToken, ResetPasswordRequest, Response,
    Retry, RetryMode, Text, TlsVersion, paginate, v2,
};
use serde_json::Value;
use tower::Service as _;
use tower::layer::layer_fn;

use super::{LeakyClient, assert_no_mark, marked, options};
use crate::support::{client_builder, in_memory, printed, reqwest_builder};

/// What has been printed, by the name of its type.
#[derive(Default)]
struct Shown {
    debug: BTreeSet<&'static str>,
    display: BTreeSet<&'static str>,
}

impl Shown {
    /// Looks for a mark in the `Debug` output. A name that is listed twice, because the type is exported twice, is
    /// given with a space in between.
    fn debug(&mut self, names: &'static str, value: &impl Debug) {
        assert_no_mark(&format!("{value:?}\n{value:#?}"));
        self.debug.extend(names.split(' '));
    }

    /// The same for `Display`.
    fn display(&mut self, name: &'static str, value: &(impl Debug + Display)) {
        assert_no_mark(&format!("{value}\n{value:#}"));
        self.display.insert(name);
        self.debug(name, value);
    }

    /// The same for an error and its sources.
    fn error(&mut self, name: &'static str, value: &(impl std::error::Error + 'static)) {
        assert_no_mark(&printed(value));
        self.display(name, value);
    }
}

fn headers() -> HeaderMap {
    HeaderMap::from_iter([
        (SET_COOKIE, "MARK-200".parse().unwrap()),
        (LINK, "</MARK-201>; rel=\"MARK-202\"".parse().unwrap()),
        (HeaderName::from_static("x-mark-203"), "MARK-204".parse().unwrap()),
    ])
}

fn response<T>(body: T) -> Response<T> {
    Response::new(body).with_headers(headers())
}

fn chunks() -> Body {
    Body::from_stream(stream::iter([Ok::<_, Infallible>("\"MARK-205\"\n"), Ok("MARK-206: MARK-207\n\n")]))
}

/// A client whose every setting has a mark.
fn client() -> Client {
    let (_, transport) = in_memory(|_| http::Response::new(chunks()));
    builder().transport(transport).build().unwrap().with_options(options().bearer_token("MARK-210"))
}

fn builder() -> kestra_auth::ClientBuilder {
    marked(reqwest_builder("http://MARK-211:MARK-212@localhost/MARK-213"))
        .basic_auth("MARK-214", "MARK-215")
        .bearer_token("MARK-216")
        .credential(Credential::header("x-key", "MARK-217").unwrap())
        .credential_source(MarkedSource("MARK-218"))
        .proxy("http://MARK-219:MARK-220@localhost:1/")
        .reqwest(|builder| builder.user_agent("MARK-221"))
}

/// A source, which need not implement `Debug`.
struct MarkedSource(&'static str);

impl kestra_auth::CredentialSource for MarkedSource {
    fn credential(&self, _: CredentialRequest) -> kestra_auth::CredentialFuture<'_> {
        Box::pin(async { Ok(Credential::bearer(self.0)?) })
    }
}

fn show_clients(shown: &mut Shown) {
    let client = client();
    shown.debug("kestra_auth::ClientBuilder", &builder());
    shown.debug("kestra_auth::ClientBuilder", &client_builder("MARK-230").header("MARK 231", "MARK-232"));
    shown.debug("kestra_auth::Client", &client);
    shown.debug("kestra_auth::Client", &client.with_base("http://localhost/MARK-233").unwrap());
    shown.debug("kestra_auth::AuthApiClient kestra_auth::v1::AuthApiClient", &AuthApiClient::new(client.clone()));
    shown.debug("kestra_auth::v2::AuthApiClient", &v2::AuthApiClient::new(client.clone()));
    shown.debug("kestra_auth::Client", &LeakyClient::new(client.clone()).with_options(options()));
    let options = options().bearer_token("MARK-234").basic_auth("MARK-235", "MARK-236").idempotency_key("MARK-237");
    shown.debug("kestra_auth::CallOptions", &options);
    shown.debug("kestra_auth::CallOptions", &options.credential(Credential::query("MARK-238", "MARK-239").unwrap()));
    for credential in [
        Credential::basic("MARK-240", "MARK-241"),
        Credential::bearer("MARK-242"),
        Credential::header("x-mark-243", "MARK-244"),
        Credential::query("MARK-245", "MARK-246"),
    ] {
        let credential = credential.unwrap().expires_at(SystemTime::UNIX_EPOCH);
        shown.debug("kestra_auth::Credential", &credential);
        let request = CredentialRequest::new(&client).with_rejected(credential);
        shown.debug("kestra_auth::CredentialRequest", &request);
    }
    let source = ClientCredentials::new("MARK-256", "MARK-257", "MARK-258").scope("MARK-259");
    shown.debug("kestra_auth::ClientCredentials", &source.parameter("MARK-320", "MARK-321").client(client.clone()));
    let source = RefreshToken::new("MARK-322", "MARK-323", "MARK-324").client_secret("MARK-325").scope("MARK-326");
    shown.debug("kestra_auth::RefreshToken", &source.parameter("MARK-327", "MARK-328"));
    let request = client.request(Method::from_bytes(b"MARK").unwrap(), "/MARK-247/%ff").query("MARK-248", "MARK-249");
    shown.debug("kestra_auth::RequestBuilder", &request.header("x-mark-250", "MARK-251").json(&"MARK-252"));
    let request = client.request(Method::POST, "MARK 253").body("MARK/254", "MARK-255");
    shown.debug("kestra_auth::RequestBuilder", &request.options(super::options()));
}

fn show_bodies(shown: &mut Shown) {
    for body in [Body::from("MARK-260"), chunks(), Body::sized(8, stream::iter([Ok::<_, Infallible>("MARK-261")]))] {
        shown.debug("kestra_auth::Body", &body);
    }
    let part = || Part::text("MARK-262").file_name("MARK-263").media_type("MARK/264");
    shown.debug("kestra_auth::multipart::Part", &part());
    shown.debug("kestra_auth::multipart::Part", &Part::body(chunks()).media_type("MARK 265"));
    shown.debug("kestra_auth::multipart::Form", &Form::new().part("MARK-266", part()).part("MARK-267", "MARK-268"));
    let user = InvitationUserRequest::new("MARK-270", "MARK-271", "MARK-272");
    shown.debug("kestra_auth::InvitationUserRequest kestra_auth::models::InvitationUserRequest", &user);
    let reset = ResetPasswordRequest::new().token("MARK-273").password("MARK-274");
    shown.debug("kestra_auth::ResetPasswordRequest kestra_auth::models::ResetPasswordRequest", &reset);
    shown.debug("kestra_auth::models::ForgottenPasswordRequest", &ForgottenPasswordRequest::new("MARK-275"));
    let methods = r#"{"loginPassword": true, "oauths": ["MARK-276"], "MARK-277": {"MARK-278": ["MARK-279"]}}"#;
    let methods: AuthMethods = serde_json::from_str(methods).unwrap();
    shown.debug("kestra_auth::AuthMethods kestra_auth::models::AuthMethods", &methods);
}

/// The results of calls, and what they consist of.
async fn show_results(shown: &mut Shown) {
    shown.debug("kestra_auth::Text", &Text("MARK-280".to_owned()));
    shown.debug("kestra_auth::Binary", &Binary("MARK-281".into()));
    shown.debug("kestra_auth::Json", &Json("MARK-282"));
    shown.debug("kestra_auth::JsonBody", &JsonBody::<Value>::from(bytes::Bytes::from_static(b"\"MARK-283\"")));
    shown.debug("kestra_auth::Response", &response("MARK-284"));
    shown.debug("kestra_auth::Response", &response(Some(Json("MARK-285"))));
    shown.debug("kestra_auth::Link", &response(()).link("MARK-202").unwrap());
    shown.debug("kestra_auth::Link", &Link::parse("http://MARK-286:MARK-287@MARK-288/MARK-289?MARK-290").unwrap());
    let event = Event::new("MARK-291").with_id("MARK-292").with_event("MARK-293").with_retry(Duration::ZERO);
    shown.debug("kestra_auth::Event", &event);

    shown.debug("kestra_auth::ByteStream", &ByteStream::from_response(response(chunks())).unwrap());
    let mut lines = JsonLines::<Value>::from_response(response(chunks())).unwrap();
    shown.debug("kestra_auth::JsonLines", &lines);
    assert!(lines.next().await.unwrap().is_ok());
    shown.debug("kestra_auth::JsonLines", &lines);
    shown.error("kestra_auth::Error", &lines.next().await.unwrap().unwrap_err());
    shown.debug("kestra_auth::JsonLines", &JsonLines::from_iter(["MARK-294"]));
    let media = HeaderMap::from_iter([(http::header::CONTENT_TYPE, "text/event-stream; MARK=295".parse().unwrap())]);
    let events = EventStream::<Event>::from_response(Response::new(chunks()).with_headers(media)).unwrap();
    shown.debug("kestra_auth::EventStream", &events);
    shown.debug("kestra_auth::EventStream", &EventStream::from_iter([event]));
    let mut pages = paginate("MARK-296", async |_| Ok::<_, Error>((vec!["MARK-297", "MARK-298"], Some("MARK-299"))));
    assert!(pages.next().await.unwrap().is_ok());
    shown.debug("kestra_auth::Paginate", &pages);
}

/// What layers see.
async fn show_layers(shown: &mut Shown) {
    let mut next = None;
    let (_, transport) = in_memory(|_| http::Response::new(chunks()));
    let (sender, receiver) = std::sync::mpsc::channel();
    let layer = layer_fn(move |next: Next| {
        sender.send(next.clone()).unwrap();
        next
    });
    client_builder("http://localhost/MARK-300").transport(transport).attempt_layer(layer).build().unwrap();
    let next: &mut Next = next.insert(receiver.recv().unwrap());
    shown.debug("kestra_auth::transport::Next", next);
    let calling = next.call(http::Request::post("http://localhost/MARK-301").body(Body::from("MARK-302")).unwrap());
    shown.debug("kestra_auth::transport::NextFuture", &calling);
    calling.await.unwrap();
}

async fn show_errors(shown: &mut Shown) {
    let status = || Error::from_status(StatusCode::CONFLICT).with_body("\"MARK-310\"").with_headers(headers());
    shown.error("kestra_auth::Error", &status());
    shown.error("kestra_auth::Error", &status().json::<u8>().unwrap_err());
    let declared = DeclaredError::new(StatusCode::CONFLICT, "MARK-311").with_headers(headers());
    shown.error("kestra_auth::DeclaredError", &declared);
    shown.error("kestra_auth::ApiError", &ApiError::from(declared));
    shown.error("kestra_auth::ApiError", &ApiError::<u8>::from(status()));
    shown.error("kestra_auth::ApiError", &ApiError::<Value>::from(status()));
    // The source is the caller's own. It is what `source` is for, and nothing else shows it.
    shown.display("kestra_auth::Error", &status().with_source("MARK-312"));
    let error = client().request(Method::GET, "/").query("ids", &[("MARK-314", 1)]).send::<()>().await;
    let error = error.unwrap_err();
    shown.error("kestra_auth::Error", &error);
    shown.display("kestra_auth::Endpoint", error.endpoint().unwrap());
    shown.display("kestra_auth::ErrorKind", &ErrorKind::Layer);
    shown.debug("kestra_auth::Redirects", &Redirects::Any);
    shown.debug("kestra_auth::RetryMode", &RetryMode::Never);
    shown.debug("kestra_auth::TlsVersion", &TlsVersion::V1_3);
}

/// What decides about another attempt.
async fn show_attempts(shown: &mut Shown) {
    let (sender, receiver) = std::sync::mpsc::channel();
    let sender = Mutex::new(sender);
    let retry = Retry::standard().delays(Duration::ZERO, Duration::ZERO).classify(move |attempt| {
        sender.lock().unwrap().send(format!("{attempt:?}\n{attempt:#?}")).unwrap();
        attempt.failure()
    });
    shown.debug("kestra_auth::Retry", &retry);
    shown.debug("kestra_auth::Failure", &Failure::Transient);
    let (_, transport) = in_memory(|_| {
        let mut response = http::Response::new(Body::from("MARK-350"));
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        *response.headers_mut() = headers();
        response
    });
    let client = builder().transport(transport).retry(retry).build().unwrap();
    let request = client.request(Method::PUT, "/MARK-351").query("MARK-352", "MARK-353").json(&"MARK-354");
    shown.error("kestra_auth::Error", &request.send::<()>().await.unwrap_err());
    let attempts: Vec<String> = receiver.try_iter().collect();
    assert!(attempts.len() >= 2, "{attempts:?}");
    for attempt in &attempts {
        assert_no_mark(attempt);
    }
    shown.debug.insert("kestra_auth::FailedAttempt");
}

async fn show_reports(shown: &mut Shown) {
    let (sender, receiver) = std::sync::mpsc::channel();
    let (_, transport) = in_memory(|_| http::Response::new(chunks()));
    let builder = builder().transport(transport).on_call(move |call| sender.send(call.clone()).unwrap());
    let client = builder.build().unwrap();
    client.request(Method::GET, "/MARK-340").query("MARK-341", "MARK-342").send::<u8>().await.unwrap_err();
    let report = receiver.recv().unwrap();
    shown.debug("kestra_auth::CallReport", &report);
    shown.display("kestra_auth::CallOutcome", &report.outcome());
}

/// The names of the types that the listing has after `keyword`, without their parameters.
fn listed(keywords: &[&str]) -> BTreeSet<&'static str> {
    let name = |line: &'static str| {
        let line = line.strip_prefix("#[non_exhaustive] ").unwrap_or(line);
        let rest = keywords.iter().find_map(|keyword| line.split_once(keyword))?.1;
        let end = rest.find(|char: char| !(char.is_alphanumeric() || "_:".contains(char))).unwrap_or(rest.len());
        rest[..end].starts_with("kestra_auth::").then(|| &rest[..end])
    };
    include_str!("../../../docs/public-api.txt").lines().filter_map(name).collect()
}

#[tokio::test]
async fn no_public_type_prints_a_value() {
    let mut shown = Shown::default();
    show_clients(&mut shown);
    show_bodies(&mut shown);
    show_results(&mut shown).await;
    show_layers(&mut shown).await;
    show_errors(&mut shown).await;
    show_attempts(&mut shown).await;
    show_reports(&mut shown).await;
    let types = listed(&["pub struct ", "pub enum ", "pub union "]);
    assert!(types.len() > 30, "{types:?}");
    let mut missing = String::new();
    for (names, shown, of) in
        [(types, shown.debug, "Debug"), (listed(&[" core::fmt::Display for "]), shown.display, "Display")]
    {
        names.difference(&shown).for_each(|name| writeln!(missing, "`{of}` of `{name}` is not tested").unwrap());
        shown.difference(&names).for_each(|name| writeln!(missing, "`{name}` is not listed with `{of}`").unwrap());
    }
    assert!(missing.is_empty(), "{missing}");
}
