//! How users test their code: handwritten fakes, mocks by mockall, fakes behind `dyn` in a server, and clients over an
//! in-memory transport.

use std::sync::{Arc, Mutex};

use axum::extract::{Path, State};
use axum::http::Request;
use axum::routing::get;
use http::StatusCode;
use http_body_util::BodyExt;
use jobs::{Jobs, JobsClient, MockJobs};
use kestra_auth::{
    AuthApi, AuthApiClient, AuthMethods, Error, Event, EventStream, InvitationUserRequest, ResetPasswordRequest,
    Response,
};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::support::memory_client;

/// Code of a user that takes any implementation of Kestra's API.
async fn login_page(auth: &impl AuthApi) -> String {
    match auth.index().await {
        Ok(methods) if methods.login_password == Some(true) => "password".to_owned(),
        Ok(_) => "none".to_owned(),
        Err(error) if error.is_unimplemented() => "not faked".to_owned(),
        Err(error) => error.message().unwrap_or_else(|| error.to_string()),
    }
}

/// A fake with only the method that is used.
#[derive(Default)]
struct FakeKestra {
    fails: bool,
    calls: Mutex<u32>,
}

impl AuthApi for FakeKestra {
    async fn index(&self) -> Result<AuthMethods, Error> {
        *self.calls.lock().unwrap() += 1;
        if self.fails {
            return Err(Error::from_status(StatusCode::BAD_GATEWAY).with_body(r#"{"message":"asleep"}"#));
        }
        let mut methods = AuthMethods::default();
        methods.login_password = Some(true);
        Ok(methods)
    }
}

#[tokio::test]
async fn fakes_implement_only_the_methods_they_need() {
    let fake = FakeKestra::default();
    assert_eq!(login_page(&fake).await, "password");
    assert_eq!(*fake.calls.lock().unwrap(), 1);
    assert_eq!(login_page(&FakeKestra { fails: true, ..FakeKestra::default() }).await, "asleep");
}

#[tokio::test]
async fn fakes_can_return_errors_of_every_kind() {
    struct Failing;
    impl AuthApi for Failing {
        async fn accept_invitation(&self, invitation_id: &str) -> Result<Value, Error> {
            Err(match invitation_id {
                "timeout" => Error::timeout(),
                "connect" => Error::connect(),
                _ => Error::from_status(StatusCode::CONFLICT).with_body(r#"{"message":"exists"}"#),
            })
        }
    }
    assert!(Failing.accept_invitation("timeout").await.unwrap_err().is_timeout());
    assert!(Failing.accept_invitation("connect").await.unwrap_err().is_connect());
    let error = Failing.accept_invitation("").await.unwrap_err();
    assert_eq!((error.status(), error.message().as_deref()), (Some(StatusCode::CONFLICT), Some("exists")));
}

/// A fake without a method.
struct Nothing;

impl AuthApi for Nothing {}

#[tokio::test]
async fn reports_methods_that_are_not_faked() {
    let user = InvitationUserRequest::new("a", "b", "c");
    let reset = ResetPasswordRequest::new();
    for (error, endpoint) in [
        (Nothing.index().await.unwrap_err(), "index (GET /api/v1/auths)"),
        (Nothing.accept_invitation("7").await.unwrap_err(), "accept_invitation (POST "),
        (Nothing.create_from_invitation("7", &user).await.unwrap_err(), "create_from_invitation (POST "),
        (Nothing.forgotten_password("a").await.unwrap_err(), "forgotten_password (GET /api/v1/forgotten-password)"),
        (Nothing.request_code("a").await.unwrap_err(), "request_code (GET /api/v1/request-code/{email})"),
        (Nothing.reset_password(&reset).await.unwrap_err(), "reset_password (POST /api/v1/reset-password)"),
    ] {
        assert!(error.is_unimplemented(), "{error:?}");
        assert!(error.to_string().starts_with(&format!("AuthApi::{endpoint}")), "{error}");
    }
    assert_eq!(login_page(&Nothing).await, "not faked");
}

#[tokio::test]
async fn calls_can_be_spawned() {
    fn spawned<A: AuthApi + 'static>(auth: A) -> tokio::task::JoinHandle<Result<AuthMethods, Error>> {
        tokio::spawn(async move { auth.index().await })
    }
    assert_eq!(spawned(FakeKestra::default()).await.unwrap().unwrap().login_password, Some(true));
    let (_, client) = memory_client("http://localhost", r#"{"loginPassword": false}"#);
    assert_eq!(spawned(AuthApiClient::new(client)).await.unwrap().unwrap().login_password, Some(false));
}

mod jobs {
    use kestra_auth::{Error, Event, EventStream, Response, api};
    use serde_json::Value;

    /// Below `#[api]`, mockall sees methods that return `impl Future`.
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
async fn mockall_mocks_a_trait() {
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
async fn mocks_can_fail_in_the_middle_of_a_stream() {
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

/// What a server of the user responds.
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
async fn fakes_fit_into_the_state_of_a_server() {
    assert_eq!(get_job(Arc::new(FakeJobs), 7).await, (StatusCode::OK, r#"{"id":7}"#.to_owned()));
    assert_eq!(get_job(Arc::new(FakeJobs), 8).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn clients_fit_where_fakes_do() {
    let (seen, client) = memory_client("http://localhost", r#"{"id":9}"#);
    assert_eq!(get_job(Arc::new(JobsClient::new(client)), 9).await, (StatusCode::OK, r#"{"id":9}"#.to_owned()));
    assert_eq!(seen.only().uri().path(), "/jobs/9");
}

#[tokio::test]
async fn clients_run_over_an_in_memory_transport() {
    let (seen, client) = memory_client("http://localhost", r#"{"loginPassword": true}"#);
    assert_eq!(login_page(&AuthApiClient::new(client)).await, "password");
    assert_eq!(seen.only().uri().path(), "/api/v1/auths");
}
