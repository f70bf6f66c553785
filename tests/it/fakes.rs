//! How users test their own code: fakes by hand, by mockall, behind `dyn` in a server, and in memory.

use std::sync::{Arc, Mutex};

use axum::extract::{Path, State};
use axum::http::Request;
use axum::routing::get;
use http::StatusCode;
use http_body_util::BodyExt;
use jobs::{Jobs, JobsClient, MockJobs};
use kestra_auth::{AuthApi, AuthApiClient, AuthMethods, Error, Event, EventStream, Response};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::support::memory_client;

/// A user's own code over Kestra's API.
async fn login_page(auth: &impl AuthApi) -> String {
    match auth.index().await {
        Ok(methods) if methods.login_password == Some(true) => "password".to_owned(),
        Ok(_) => "none".to_owned(),
        Err(error) if error.is_unimplemented() => "not faked".to_owned(),
        Err(error) => error.message().unwrap_or_else(|| error.to_string()),
    }
}

/// A fake with the one method that is used, written as in the trait.
#[derive(Default)]
struct FakeKestra {
    fails: bool,
    asked: Mutex<u32>,
}

impl AuthApi for FakeKestra {
    async fn index(&self) -> Result<AuthMethods, Error> {
        *self.asked.lock().unwrap() += 1;
        if self.fails {
            return Err(Error::from_status(StatusCode::BAD_GATEWAY).with_body(r#"{"message":"asleep"}"#));
        }
        let mut methods = AuthMethods::default();
        methods.login_password = Some(true);
        Ok(methods)
    }
}

#[tokio::test]
async fn a_fake_with_one_method() {
    let fake = FakeKestra::default();
    assert_eq!(login_page(&fake).await, "password");
    assert_eq!(*fake.asked.lock().unwrap(), 1);
    assert_eq!(login_page(&FakeKestra { fails: true, ..FakeKestra::default() }).await, "asleep");
}

struct Nothing;

impl AuthApi for Nothing {}

#[tokio::test]
async fn what_is_not_faked_says_so() {
    let error = FakeKestra::default().request_code("ada@example.com").await.unwrap_err();
    assert!(error.is_unimplemented());
    let text = error.to_string();
    assert!(text.starts_with("AuthApi::request_code (GET /api/v1/request-code/{email})"), "{text}");
    assert_eq!(login_page(&Nothing).await, "not faked");
}

mod jobs {
    use kestra_auth::{Error, Event, EventStream, Response, api};
    use serde_json::Value;

    /// mockall below `#[api]` sees methods that return `impl Future`.
    #[api(dyn)]
    #[mockall::automock]
    pub trait Jobs {
        #[get("/jobs/{id}")]
        async fn job(&self, id: u32) -> Result<Value, Error>;

        #[get("/jobs", none(404))]
        async fn jobs(&self, #[query] state: String) -> Result<Response<Option<Vec<u32>>>, Error>;

        #[get("/jobs/{id}/events")]
        async fn events(&self, id: u32) -> Result<EventStream<Event>, Error>;
    }
}

async fn watch(jobs: &impl Jobs) -> Result<Vec<String>, Error> {
    let mut seen = Vec::new();
    for id in jobs.jobs("RUNNING".to_owned()).await?.into_body().unwrap_or_default() {
        let mut events = jobs.events(id).await?;
        while let Some(event) = events.next().await {
            seen.push(format!("{id} {}", event?.data));
        }
    }
    Ok(seen)
}

#[tokio::test]
async fn a_mock() {
    let mut mock = MockJobs::new();
    mock.expect_jobs()
        .withf(|state| state == "RUNNING")
        .times(1)
        .returning(|_| Box::pin(async { Ok(Response::new(Some(vec![1, 2]))) }));
    mock.expect_events()
        .times(2)
        .returning(|id| Box::pin(async move { Ok((0..id).map(|number| Event::new(number.to_string())).collect()) }));
    assert_eq!(watch(&mock).await.unwrap(), ["1 0", "2 0", "2 1"]);
}

#[tokio::test]
async fn a_mock_that_fails_midway() {
    let mut mock = MockJobs::new();
    mock.expect_jobs().returning(|_| Box::pin(async { Ok(Response::new(Some(vec![1]))) }));
    mock.expect_events().returning(|_| {
        let events = EventStream::from_results([Ok(Event::new("a")), Err(Error::timeout())]);
        Box::pin(async { Ok(events) })
    });
    assert!(watch(&mock).await.unwrap_err().is_timeout());
}

type Shared = Arc<dyn jobs::DynJobs>;

async fn handler(State(jobs): State<Shared>, Path(id): Path<u32>) -> Result<String, (StatusCode, String)> {
    match jobs.job(id).await {
        Ok(job) => Ok(job.to_string()),
        Err(error) => Err((error.status().unwrap_or(StatusCode::BAD_GATEWAY), "no such job".to_owned())),
    }
}

/// What a server of the user's answers.
async fn get_job(jobs: Shared, id: u32) -> (StatusCode, String) {
    let server = axum::Router::new().route("/job/{id}", get(handler)).with_state(jobs);
    let request = Request::get(format!("/job/{id}")).body(axum::body::Body::empty()).unwrap();
    let (parts, body) = server.oneshot(request).await.unwrap().into_parts();
    (parts.status, String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap())
}

struct FakeJobs;

impl Jobs for FakeJobs {
    async fn job(&self, id: u32) -> Result<Value, Error> {
        match id {
            7 => Ok(json!({"id": id})),
            _ => Err(Error::from_status(StatusCode::NOT_FOUND)),
        }
    }
}

#[tokio::test]
async fn a_fake_in_the_state_of_a_server() {
    assert_eq!(get_job(Arc::new(FakeJobs), 7).await, (StatusCode::OK, r#"{"id":7}"#.to_owned()));
    assert_eq!(get_job(Arc::new(FakeJobs), 8).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_real_client_in_the_same_place() {
    let (seen, client) = memory_client("http://localhost", r#"{"id":9}"#);
    assert_eq!(get_job(Arc::new(JobsClient::new(client)), 9).await, (StatusCode::OK, r#"{"id":9}"#.to_owned()));
    assert_eq!(seen.only().uri().path(), "/jobs/9");
}

#[tokio::test]
async fn the_real_client_over_a_transport_in_memory() {
    let (seen, client) = memory_client("http://localhost", r#"{"loginPassword": true}"#);
    assert_eq!(login_page(&AuthApiClient::new(client)).await, "password");
    assert_eq!(seen.only().uri().path(), "/api/v1/auths");
}
