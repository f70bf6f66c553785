//! Credentials that a source issues, and renews when they expire or are rejected.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::header::AUTHORIZATION;
use http::{Method, StatusCode};
use kestra_auth::{
    ApiClient, Body, CallOptions, Credential, CredentialFuture, CredentialRequest, CredentialSource, Error, Response,
    Text, api,
};
use tokio::sync::Barrier;

use crate::support::{Seen, client_builder, in_memory, printed};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<Text, Error>;

    #[post("/flows/{id}")]
    async fn create(&self, id: &str, #[body("text/plain")] body: Body) -> Result<Text, Error>;

    #[get("/anonymous", anonymous)]
    async fn nobody(&self) -> Result<Text, Error>;

    #[get("/header")]
    async fn header(&self, #[header("Authorization")] value: &str) -> Result<Text, Error>;

    #[get("/anywhere", redirects = "any")]
    async fn anywhere(&self) -> Result<Text, Error>;

    #[get("/optional", none(401))]
    async fn optional(&self) -> Result<Option<Text>, Error>;
}

/// Issues `t1`, `t2` and so on, and records what it is asked for.
#[derive(Clone, Default)]
struct Counting {
    requests: Arc<Mutex<Vec<CredentialRequest>>>,
    lifetime: Option<Duration>,
    failures: &'static [usize],
}

impl Counting {
    fn asked(&self) -> usize {
        self.requests.lock().unwrap().len()
    }
}

impl CredentialSource for Counting {
    fn credential(&self, request: CredentialRequest) -> CredentialFuture<'_> {
        Box::pin(async {
            let number = {
                let mut requests = self.requests.lock().unwrap();
                requests.push(request);
                requests.len()
            };
            tokio::task::yield_now().await;
            if self.failures.contains(&number) {
                return Err(format!("the source has failed {number} times").into());
            }
            let credential = Credential::bearer(format!("t{number}"))?;
            Ok(self.lifetime.into_iter().fold(credential, Credential::expires_in))
        })
    }
}

/// A client whose server accepts only these tokens.
fn client(base: &str, source: &Counting, accepted: &'static [&'static str]) -> (Seen, FlowsClient) {
    let (seen, service) = in_memory(move |request| {
        let token = request.headers().get(AUTHORIZATION).map(|value| value.to_str().unwrap().to_owned());
        let is_accepted = token.is_some_and(|token| accepted.contains(&token.trim_start_matches("Bearer ")));
        let status = if is_accepted { StatusCode::OK } else { StatusCode::UNAUTHORIZED };
        http::Response::builder().status(status).header("x-server", "1").body(Body::from("ok")).unwrap()
    });
    let client = client_builder(base).transport(service).credential_source(source.clone()).build().unwrap();
    (seen, FlowsClient::new(client))
}

fn tokens(seen: &Seen) -> Vec<Option<String>> {
    let token = |request: &http::Request<_>| {
        request.headers().get(AUTHORIZATION).map(|value| {
            assert!(value.is_sensitive() || value == "own");
            value.to_str().unwrap().trim_start_matches("Bearer ").to_owned()
        })
    };
    seen.all().iter().map(token).collect()
}

fn some(tokens: &[&str]) -> Vec<Option<String>> {
    tokens.iter().map(|token| Some((*token).to_owned())).collect()
}

#[tokio::test(start_paused = true)]
async fn calls_share_what_the_source_issues() {
    let source = Counting { lifetime: Some(Duration::from_secs(100)), ..Counting::default() };
    let (seen, flows) = client("http://localhost:1/api", &source, &["t1", "t2"]);
    let calls = (0..100).map(|_| async { flows.list().await.unwrap() });
    futures_util::future::join_all(calls).await;
    assert_eq!((seen.count(), source.asked()), (100, 1));
    tokio::time::advance(Duration::from_secs(100)).await;
    let calls = (0..100).map(|_| async { flows.list().await.unwrap() });
    futures_util::future::join_all(calls).await;
    assert_eq!((seen.count(), source.asked()), (200, 2));
    let requests = source.requests.lock().unwrap();
    assert_eq!((requests[0].origin(), requests[0].rejected()), ("http://localhost:1", None));
    assert!(!format!("{requests:?}").contains("api"));
}

#[tokio::test]
async fn a_rejected_credential_is_renewed_once() {
    let source = Counting::default();
    let (seen, flows) = client("http://localhost", &source, &["t2"]);
    assert_eq!(flows.list().await.unwrap().to_string(), "ok");
    assert_eq!(tokens(&seen), some(&["t1", "t2"]));
    let rejected = source.requests.lock().unwrap()[1].rejected().cloned();
    assert_eq!(rejected, Some(Credential::bearer("t1").unwrap()));

    let source = Counting::default();
    let (seen, flows) = client("http://localhost", &source, &[]);
    let error = flows.list().await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(StatusCode::UNAUTHORIZED), 2));
    assert_eq!((tokens(&seen), source.asked()), (some(&["t1", "t2"]), 2));

    let (_, flows) = client("http://localhost", &Counting::default(), &["t2"]);
    assert!(flows.optional().await.unwrap().is_some(), "it is renewed before 401 means that there is nothing");
}

#[tokio::test]
async fn concurrent_rejections_cause_one_renewal() {
    let source = Counting::default();
    let all_arrived = Arc::new(Barrier::new(100));
    let service = tower::service_fn(move |request: http::Request<Body>| {
        let all_arrived = Arc::clone(&all_arrived);
        async move {
            let is_renewed = request.headers()[AUTHORIZATION] == "Bearer t2";
            if !is_renewed {
                all_arrived.wait().await;
            }
            let status = if is_renewed { 200 } else { 401 };
            Ok::<_, Infallible>(http::Response::builder().status(status).body(Body::from("ok")).unwrap())
        }
    });
    let client = client_builder("http://localhost").transport(service).credential_source(source.clone());
    let flows = FlowsClient::new(client.build().unwrap());
    let calls = (0..100).map(|_| async { flows.list().await.unwrap() });
    futures_util::future::join_all(calls).await;
    assert_eq!(source.asked(), 2);
}

#[tokio::test]
async fn a_body_that_cannot_be_repeated_leaves_the_renewal_to_the_next_call() {
    let source = Counting::default();
    let (seen, flows) = client("http://localhost", &source, &["t2"]);
    let stream = || Body::wrap(Body::from("flow"));
    let error = flows.create("a", stream()).await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(StatusCode::UNAUTHORIZED), 1));
    flows.create("a", stream()).await.unwrap();
    assert_eq!(tokens(&seen), some(&["t1", "t2"]));

    let (seen, flows) = client("http://localhost", &Counting::default(), &["t2"]);
    flows.create("a", Body::from("flow")).await.unwrap();
    flows.create("a", Body::repeatable(|| Body::wrap(Body::from("flow")))).await.unwrap();
    assert!(seen.all().iter().all(|request| request.body() == "flow"));
}

#[tokio::test]
async fn a_failing_source_keeps_the_operation_of_each_call() {
    let source = Counting { failures: &[1, 3], ..Counting::default() };
    let (seen, flows) = client("http://localhost", &source, &["t2"]);
    let (list, create) = tokio::join!(flows.list(), flows.create("MARK", Body::from("MARK")));
    for (result, operation) in [(list, "list"), (create, "create")] {
        let error = result.unwrap_err();
        assert!(error.is_credential() && error.status().is_none() && !error.may_have_reached_server(), "{error:?}");
        assert_eq!(error.endpoint().unwrap().operation(), operation);
        assert_eq!(error.attempts(), 0);
        let cause = std::error::Error::source(&error).unwrap();
        assert_eq!(cause.to_string(), "the source has failed 1 times");
        assert!(!printed(&error).contains("MARK") && !format!("{error} {error:?}").contains("1 times"));
    }
    assert_eq!((seen.count(), source.asked()), (0, 1));
    flows.list().await.unwrap();
    assert_eq!((seen.count(), source.asked()), (1, 2));

    // A failure after a rejection.
    let source = Counting { failures: &[2], ..Counting::default() };
    let (seen, flows) = client("http://localhost", &source, &["t3"]);
    let error = flows.list().await.unwrap_err();
    assert!(error.is_credential() && error.may_have_reached_server(), "{error:?}");
    assert_eq!((error.status(), error.attempts()), (Some(StatusCode::UNAUTHORIZED), 1));
    assert_eq!(error.headers()["x-server"], "1");
    flows.list().await.unwrap();
    assert_eq!((seen.count(), source.asked()), (2, 3));
}

#[tokio::test]
async fn narrower_levels_do_not_ask_the_source() {
    let source = Counting { failures: &[1, 2, 3, 4, 5, 6], ..Counting::default() };
    let (seen, flows) = client("http://localhost", &source, &["own", "token"]);
    let options = CallOptions::new;
    assert!(flows.nobody().await.is_err_and(|error| error.is_status()));
    assert!(flows.with_options(options().anonymous()).list().await.is_err_and(|error| error.is_status()));
    flows.header("own").await.unwrap();
    flows.with_options(options().header("Authorization", "own")).list().await.unwrap();
    flows.with_options(options().bearer_token("token")).list().await.unwrap();
    let all = [None, None, Some("own"), Some("own"), Some("token")];
    assert_eq!(tokens(&seen), all.map(|token| token.map(str::to_owned)));
    assert_eq!(source.asked(), 0);
}

#[tokio::test]
async fn a_source_obeys_the_rules_of_credentials() {
    let source = Counting::default();
    let plain = || client_builder("http://example.com");
    let error = plain().credential_source(source.clone()).build().unwrap_err();
    assert!(error.is_build() && error.to_string().contains("allow_plain_http"), "{error}");
    let error = plain().build().unwrap().with_credential_source(source.clone()).unwrap_err();
    assert!(error.is_build(), "{error}");
    plain().credential_source(source.clone()).allow_plain_http().build().unwrap();

    let (seen, service) = in_memory(|request| {
        let target = request.uri().query().unwrap_or("https://other.example/end");
        let redirect = request.uri().host() == Some("home.example") && request.uri().path() != "/end";
        let response = http::Response::builder().status(if redirect { 302 } else { 401 });
        response.header("location", target).body(Body::empty()).unwrap()
    });
    let builder = client_builder("https://home.example").transport(service).credential_source(source.clone());
    let client = builder.allow_redirects_to("https://other.example").build().unwrap();
    FlowsClient::new(client.with_base("https://other.example").unwrap()).list().await.unwrap_err();
    assert_eq!((tokens(&seen), source.asked()), (vec![None], 0));
    FlowsClient::new(client.with_base("https://home.example/end").unwrap()).list().await.unwrap_err();
    let at_home = source.asked();
    FlowsClient::new(client).list().await.unwrap_err();
    let sent = tokens(&seen);
    assert!(sent[sent.len() - 2].is_some() && sent[sent.len() - 1].is_none(), "{sent:?}");
    assert_eq!(source.asked(), at_home, "the 401 of another origin says nothing about the credential");
}

#[tokio::test(start_paused = true)]
async fn a_time_limit_includes_the_wait_for_the_source() {
    struct Slow(Arc<AtomicUsize>);

    impl CredentialSource for Slow {
        fn credential(&self, _: CredentialRequest) -> CredentialFuture<'_> {
            Box::pin(async {
                tokio::time::sleep(Duration::from_secs(10)).await;
                self.0.fetch_add(1, Ordering::Relaxed);
                Ok(Credential::header("X-Token", "t")?)
            })
        }
    }

    let finished = Arc::new(AtomicUsize::new(0));
    let (seen, service) = in_memory(|_| http::Response::new(Body::from("ok")));
    let builder = client_builder("http://localhost").transport(service).timeout(Duration::from_secs(6));
    let flows = FlowsClient::new(builder.credential_source(Slow(Arc::clone(&finished))).build().unwrap());
    let error = flows.list().await.unwrap_err();
    assert!(error.is_timeout() && error.endpoint().is_some(), "{error:?}");
    flows.list().await.unwrap();
    assert_eq!((finished.load(Ordering::Relaxed), seen.count()), (1, 1), "the source was not asked again");
    assert!(seen.only().headers()["x-token"].is_sensitive());
}

#[tokio::test]
async fn a_key_in_the_query_obeys_the_rules_of_credentials() {
    let key = || Credential::query("api key", "MARK+key").unwrap();
    let error = client_builder("http://example.com").credential(key()).build().unwrap_err();
    assert!(error.to_string().contains("allow_plain_http") && !printed(&error).contains("MARK"));

    let (seen, service) = in_memory(|request| {
        let response = http::Response::builder();
        match (request.uri().host().unwrap(), request.uri().path()) {
            // Servers often keep the query when they redirect, in an encoding of their own.
            ("home.example", "/flows") => {
                response.status(302).header("location", "https://other.example/?x=1&api+key=MARK%2bkey")
            }
            ("home.example", "/moved") => response.status(302).header("location", "/end?api%20key=MARK%2Bkey"),
            ("home.example", "/page") => response.header("link", "</next?page=2&api+key=MARK%2Bkey>; rel=next"),
            _ => response.status(404),
        }
        .body(Body::empty())
        .unwrap()
    });
    let builder = client_builder("https://home.example").transport(service).credential(key());
    let client = builder.allow_redirects_to("https://other.example").build().unwrap();
    let targets = |seen: &Seen| seen.all().iter().map(|request| request.uri().to_string()).collect::<Vec<_>>();

    let flows = FlowsClient::new(client.clone());
    let error = flows.list().await.unwrap_err();
    assert!(!printed(&error).contains("MARK"), "{}", printed(&error));
    let error = client.request(Method::GET, "/moved?a=1").send::<Text>().await.unwrap_err();
    assert!(!printed(&error).contains("MARK"), "{}", printed(&error));
    assert!(flows.nobody().await.is_err());
    FlowsClient::new(client.with_base("https://other.example").unwrap()).list().await.unwrap_err();
    assert_eq!(
        targets(&seen),
        [
            "https://home.example/flows?api%20key=MARK%2Bkey",
            "https://other.example/?x=1",
            "https://home.example/moved?a=1&api%20key=MARK%2Bkey",
            "https://home.example/end?api%20key=MARK%2Bkey",
            "https://home.example/anonymous",
            "https://other.example/flows",
        ]
    );

    let page: Response<Text> = client.request(Method::GET, "/page").send().await.unwrap();
    let link = page.link("next").unwrap();
    assert_eq!(link.as_str(), "https://home.example/next?page=2");
    assert!(!format!("{link:?} {page:?} {client:?} {:?}", key()).contains("MARK"));
}

#[tokio::test]
async fn a_source_can_issue_keys_for_the_query() {
    struct Keys(AtomicUsize);

    impl CredentialSource for Keys {
        fn credential(&self, _: CredentialRequest) -> CredentialFuture<'_> {
            let number = self.0.fetch_add(1, Ordering::Relaxed);
            Box::pin(async move { Ok(Credential::query("key", format!("k{number}"))?) })
        }
    }

    let (seen, service) = in_memory(|request| {
        let status = if request.uri().query() == Some("key=k1") { 200 } else { 401 };
        http::Response::builder().status(status).body(Body::from("ok")).unwrap()
    });
    let builder = client_builder("http://localhost").transport(service);
    let flows = FlowsClient::new(builder.credential_source(Keys(AtomicUsize::new(0))).build().unwrap());
    flows.list().await.unwrap();
    flows.list().await.unwrap();
    assert_eq!(seen.count(), 3);
}

#[tokio::test]
async fn programs_choose_the_source_at_run_time() {
    let (seen, service) = in_memory(|_| http::Response::builder().status(401).body(Body::empty()).unwrap());
    let source: Box<dyn CredentialSource> = Box::new(Credential::basic("ada", "p").unwrap());
    let builder = client_builder("http://ada:p@localhost").transport(service).credential_source(source);
    let error = FlowsClient::new(builder.build().unwrap()).list().await.unwrap_err();
    assert_eq!((error.status(), seen.count()), (Some(StatusCode::UNAUTHORIZED), 1), "it is always the same credential");
    assert_eq!(seen.only().headers()[AUTHORIZATION], "Basic YWRhOnA=");
}

/// After another origin, a redirect back home carries no credential, so its rejection says nothing about the credential.
#[tokio::test]
async fn another_origin_cannot_have_a_credential_renewed() {
    let (seen, service) = in_memory(|request| {
        let uri = request.uri();
        let (status, location) = match (uri.host(), uri.path()) {
            (Some("localhost"), "/anywhere") => (302, "https://other.example/"),
            (Some("other.example"), _) => (302, "http://localhost/back"),
            _ => (401, ""),
        };
        http::Response::builder().status(status).header("location", location).body(Body::empty()).unwrap()
    });
    let source = Counting::default();
    let builder = client_builder("http://localhost").transport(service).credential_source(source.clone());
    let flows = FlowsClient::new(builder.build().unwrap());
    assert_eq!(flows.anywhere().await.unwrap_err().status().unwrap(), StatusCode::UNAUTHORIZED);
    assert_eq!(tokens(&seen), [Some("t1".to_owned()), None, None]);
    assert_eq!(source.asked(), 1);
}
