//! Runs every case of [`cases`](super::cases), with and without layers, with and without retries.

use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use http_body_util::BodyExt as _;
use kestra_auth::transport::Next;
use kestra_auth::{ApiClient, Body, Client, Credential, Error, ErrorKind, Json, Response, Retry, Text, api};
use tower::layer::layer_fn;
use tower::util::MapResponse;

use super::cases::{Call, Case, Outcome, cases};
use super::server::{FaultServer, Limits, is_flood, stalls};
use crate::support::{client_builder, printed};

/// As many as overlap their pauses.
const AT_ONCE: usize = 64;
/// These take all of the machine's time.
const FLOODS_AT_ONCE: usize = 3;

#[api]
trait Faulty {
    #[get("/{id}")]
    async fn read(&self, id: &str, #[query] q: &str, #[header("X-Id")] header: &str) -> Result<Json<String>, Error>;

    #[get("/text/{id}")]
    async fn text(&self, id: &str) -> Result<Text, Error>;

    #[get("/discard/{id}")]
    async fn discard(&self, id: &str) -> Result<(), Error>;

    #[get("/changed/{id}", also(304))]
    async fn changed(&self, id: &str) -> Result<Response<Option<Text>>, Error>;

    #[head("/{id}")]
    async fn head(&self, id: &str) -> Result<Response<()>, Error>;

    #[post("/{id}")]
    async fn write(&self, id: &str, #[json] body: &str) -> Result<Json<String>, Error>;

    #[put("/{id}", retry = "never")]
    async fn replace(&self, id: &str, #[json] body: &str) -> Result<Json<String>, Error>;
}

/// Makes the call, and returns the value as text.
async fn call(client: &FaultyClient, call: Call) -> Result<String, Error> {
    match call {
        Call::Read => client.read("MARK-2", "MARK-3", "MARK-4").await.map(Json::into_inner),
        Call::Text => client.text("MARK-5").await.map(|text| text.0),
        Call::Discard => client.discard("MARK-6").await.map(|()| String::new()),
        Call::Changed => {
            client.changed("MARK-7").await.map(|response| response.into_body().map_or_else(String::new, |text| text.0))
        }
        Call::Head => client.head("MARK-8").await.map(|_| String::new()),
        Call::Write => client.write("MARK-9", "MARK-10").await.map(Json::into_inner),
        Call::Replace => client.replace("MARK-11", &"MARK-12".repeat(1 << 14)).await.map(Json::into_inner),
    }
}

type Rewrap = fn(http::Response<Body>) -> http::Response<Body>;

/// A layer that changes nothing but the type of the response's body, as a layer that wraps bodies does.
fn rewrap(next: Next) -> MapResponse<Next, Rewrap> {
    MapResponse::new(next, |response| response.map(|body| Body::wrap(body.boxed_unsync())))
}

/// What the client of a run has.
#[derive(Clone, Copy, Debug)]
struct Setup {
    layers: bool,
    retry: bool,
}

const SETUPS: [Setup; 4] = [
    Setup { layers: false, retry: false },
    Setup { layers: true, retry: false },
    Setup { layers: false, retry: true },
    Setup { layers: true, retry: true },
];

fn client(setup: Setup, limits: Limits) -> Client {
    let mut builder = limits.set(client_builder("http://localhost")).header("X-Client", "MARK-14").limit(1 << 16);
    if setup.layers {
        builder = builder.layer(layer_fn(rewrap)).attempt_layer(layer_fn(rewrap));
    }
    if setup.retry {
        // What the budget allows depends on the runs before.
        builder = builder.retry(Retry::standard().delays(Duration::from_millis(50), limits.timeout).unlimited_budget());
    }
    builder.build().unwrap()
}

/// Returns whether another attempt is allowed, and whether one must follow.
fn is_repeated(of: Call, expected: &Outcome, case: &Case) -> (bool, bool) {
    let Outcome::Error(kind, status) = expected else { return (false, false) };
    if matches!(of, Call::Write | Call::Replace) {
        // A POST, and a PUT that is marked as not to be repeated. The client cannot always know that nothing arrived.
        return (case.arrived == 0, false);
    }
    match (kind, status) {
        (ErrorKind::Connect, _) | (ErrorKind::Status, Some(408 | 429 | 502..=504)) => (true, true),
        // The time limit of the call allows no other attempt, and a body that breaks its limit would do so again.
        (ErrorKind::Timeout | ErrorKind::Body, _) => (true, false),
        _ => (false, false),
    }
}

/// Runs one case, and returns what is wrong.
async fn run(case: &Case, of: Call, expected: &Outcome, client: &Client, setup: Setup, hangs: Duration) -> Vec<String> {
    let server = FaultServer::start(case.scripts.clone()).await;
    let client = client.with_base(&server.base).unwrap();
    let client = FaultyClient::new(client.with_credential(Credential::bearer("MARK-13").unwrap()).unwrap());
    for _ in 0..case.calls_before {
        if let Err(error) = call(&client.with_options(Limits::none()), of).await {
            return vec![format!("the call before the fault fails: {error:?}")];
        }
    }
    // The client must notice that a kept connection has been closed before it uses it, or must not: as scripted.
    tokio::time::sleep(case.wait).await;
    let before = server.arrived().len();
    let Ok(result) = tokio::time::timeout(hangs, call(&client, of)).await else {
        return vec!["the call hangs".to_owned()];
    };
    let mut wrong = Vec::new();
    let found = match &result {
        Ok(value) => Outcome::Value(value.clone()),
        Err(error) => Outcome::Error(error.kind(), error.status().map(|status| status.as_u16())),
    };
    let (may_repeat, must_repeat) = if setup.retry { is_repeated(of, expected, case) } else { (false, false) };
    // The server serves the connection of a later attempt well.
    let is_good = matches!(&found, Outcome::Value(value) if value.is_empty() || value.contains("good"));
    let is_repeated = may_repeat && is_good && found != *expected;
    if !is_repeated && (must_repeat || found != *expected) {
        wrong.push(format!("expected {expected:?}, found {found:?}: {result:?}"));
    }
    if let Err(error) = &result
        && printed(error).to_lowercase().contains("mark")
    {
        wrong.push(format!("the error shows a value: {}", printed(error)));
    }
    let arrived = server.arrived().len() - before;
    if arrived != case.arrived && !(may_repeat && (1..=3 * case.arrived.max(1)).contains(&arrived)) {
        wrong.push(format!("expected {} requests to arrive, found {arrived}", case.arrived));
    }
    if let Err(error) = &result
        && arrived > 0
        && !error.may_have_reached_server()
    {
        wrong.push("the error says that the request cannot have reached the server".to_owned());
    }
    for request in server.arrived() {
        let is_complete = request.windows(4).any(|window| window == b"\r\n\r\n");
        if !is_complete || !request.windows(7).any(|window| window == b"MARK-13") {
            wrong.push("a request without its credential arrived".to_owned());
        }
    }
    match client.with_options(Limits::none()).read("good", "", "").await {
        Ok(value) if value.0 == "good" => {}
        other => wrong.push(format!("the call after the fault fails: {other:?}")),
    }
    wrong
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_has_its_outcome() {
    let cases = cases();
    assert!(cases.len() >= 60, "{} cases", cases.len());
    let all = [Limits::SHORT, Limits::LONG].map(|limits| SETUPS.map(|setup| client(setup, limits)));
    let mut wrong = Vec::new();
    for (floods, at_once) in [(false, AT_ONCE), (true, FLOODS_AT_ONCE)] {
        let mut runs = Vec::new();
        for case in cases.iter().filter(|case| case.scripts.iter().any(is_flood) == floods) {
            for (of, expected) in &case.outcomes {
                let exceeds = matches!(expected, Outcome::Error(ErrorKind::Timeout, _));
                let is_short = exceeds || case.scripts.iter().any(stalls);
                let (clients, limits) = if is_short { (&all[0], Limits::SHORT) } else { (&all[1], Limits::LONG) };
                for (setup, client) in SETUPS.into_iter().zip(clients) {
                    runs.push(async move {
                        let wrong = run(case, *of, expected, client, setup, limits.hangs).await.into_iter();
                        wrong.map(|wrong| format!("{}, {of:?}, {setup:?}: {wrong}", case.name)).collect()
                    });
                }
            }
        }
        println!("{} runs", runs.len());
        let found: Vec<Vec<String>> = stream::iter(runs).buffered(at_once).collect().await;
        wrong.extend(found);
    }
    println!("{} cases", cases.len());
    let wrong = wrong.concat();
    assert!(wrong.is_empty(), "{} failures:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_case_has_its_own_name() {
    let mut names: Vec<&str> = cases().iter().map(|case| case.name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

/// The kinds a server can cause. The others come from the caller.
#[test]
fn faults_cause_every_kind_a_server_can_cause() {
    let cases = cases();
    let outcomes = || cases.iter().flat_map(|case| case.outcomes.iter().map(|(_, outcome)| outcome));
    for kind in [
        ErrorKind::Connect,
        ErrorKind::Protocol,
        ErrorKind::Timeout,
        ErrorKind::Redirect,
        ErrorKind::Status,
        ErrorKind::Decode,
        ErrorKind::Body,
    ] {
        assert!(outcomes().any(|outcome| matches!(outcome, Outcome::Error(found, _) if *found == kind)), "{kind}");
    }
}
