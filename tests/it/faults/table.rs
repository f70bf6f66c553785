//! Runs every case of [`cases`](super::cases), with and without layers.

use std::sync::LazyLock;
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use http_body_util::BodyExt as _;
use kestra_auth::transport::Next;
use kestra_auth::{Body, Client, Credential, Error, ErrorKind, Json, Response, Text, api};
use tower::layer::layer_fn;
use tower::util::MapResponse;

use super::cases::{Call, Case, Outcome, cases};
use super::server::{FaultServer, is_flood};
use crate::support::printed;

/// Longer than any pause of a script that must succeed, and shorter than the pauses of those that must not.
const READ_TIMEOUT: Duration = Duration::from_millis(800);
const TIMEOUT: Duration = Duration::from_millis(2500);
/// A call that takes longer than its own limit and this does not end.
const HANGS: Duration = Duration::from_secs(15);
/// As many as overlap their pauses, without so many that a slow machine exceeds the limits above.
const AT_ONCE: usize = 48;
const FLOODS_AT_ONCE: usize = 4;

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

fn client(with_layers: bool) -> Client {
    let builder = Client::builder("http://localhost")
        .header("X-Client", "MARK-14")
        .read_timeout(READ_TIMEOUT)
        .timeout(TIMEOUT)
        .limit(1 << 16);
    let builder = if with_layers { builder.layer(layer_fn(rewrap)).attempt_layer(layer_fn(rewrap)) } else { builder };
    builder.build().unwrap()
}

/// The clients of all runs, because building one takes longer than most runs.
static CLIENTS: LazyLock<[Client; 2]> = LazyLock::new(|| [client(false), client(true)]);

fn client_of(server: &FaultServer, with_layers: bool) -> FaultyClient {
    let client = CLIENTS[usize::from(with_layers)].with_base(&server.base).unwrap();
    FaultyClient::new(client.with_credential(Credential::bearer("MARK-13").unwrap()).unwrap())
}

/// Runs one case, and returns what is wrong.
async fn run(case: &Case, of: Call, expected: &Outcome, with_layers: bool) -> Vec<String> {
    let server = FaultServer::start(case.scripts.clone()).await;
    let client = client_of(&server, with_layers);
    for _ in 0..case.calls_before {
        if let Err(error) = call(&client, of).await {
            return vec![format!("the call before the fault fails: {error:?}")];
        }
    }
    // The client must notice that a kept connection has been closed before it uses it, or must not: as scripted.
    tokio::time::sleep(case.wait).await;
    let before = server.arrived().len();
    let Ok(result) = tokio::time::timeout(HANGS, call(&client, of)).await else {
        return vec!["the call hangs".to_owned()];
    };
    let mut wrong = Vec::new();
    let found = match &result {
        Ok(value) => Outcome::Value(value.clone()),
        Err(error) => Outcome::Error(error.kind(), error.status().map(|status| status.as_u16())),
    };
    if found != *expected {
        wrong.push(format!("expected {expected:?}, found {found:?}: {result:?}"));
    }
    if let Err(error) = &result
        && printed(error).to_lowercase().contains("mark")
    {
        wrong.push(format!("the error shows a value: {}", printed(error)));
    }
    let arrived = server.arrived().len() - before;
    if arrived != case.arrived {
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
    // The script may close the connection while the client sends this request. Then the next one is the call after it.
    let mut after = client.read("good", "", "").await;
    if after.as_ref().is_err_and(Error::is_connect) {
        after = client.read("good", "", "").await;
    }
    match after {
        Ok(value) if value.0 == "good" => {}
        other => wrong.push(format!("the call after the fault fails: {other:?}")),
    }
    wrong
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_has_its_outcome() {
    let cases = cases();
    assert!(cases.len() >= 60, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for (floods, at_once) in [(false, AT_ONCE), (true, FLOODS_AT_ONCE)] {
        let mut runs = Vec::new();
        for case in cases.iter().filter(|case| case.scripts.iter().any(is_flood) == floods) {
            for (of, expected) in &case.outcomes {
                for with_layers in [false, true] {
                    runs.push(async move {
                        let layers = if with_layers { "with" } else { "without" };
                        let wrong = run(case, *of, expected, with_layers).await.into_iter();
                        wrong.map(|wrong| format!("{}, {of:?} {layers} layers: {wrong}", case.name)).collect()
                    });
                }
            }
        }
        println!("{} runs", runs.len());
        let found: Vec<Vec<String>> = stream::iter(runs).buffered(at_once).collect().await;
        wrong.extend(found);
    }
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
