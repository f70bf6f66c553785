//! A server on this machine that responds like Kestra, as far as the API reference documents it. The rest of its
//! responses is made up.

use std::collections::HashMap;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use http::StatusCode;
use kestra_auth::transport::reqwest::Url;
use mockito::{Matcher, Mock, Request, ServerGuard};
use serde_json::{Value, json};

use crate::screen::{Log, Sent};
use crate::settings::Values;

/// A server that runs until it is dropped.
pub(crate) struct MockServer {
    server: ServerGuard,
    _mocks: [Mock; 2],
}

/// Returns the arguments that the server expects. The ids contain characters that have to be encoded.
pub(crate) fn values() -> Values {
    Values {
        accept: "spring/2026".to_owned(),
        create: "team 7".to_owned(),
        first_name: "Ada".to_owned(),
        last_name: "Lovelace".to_owned(),
        username: "ada lovelace".to_owned(),
        email: "ada@example.com".to_owned(),
        password: "correct horse battery staple".into(),
        token: "the-token-of-the-e-mail".into(),
    }
}

impl MockServer {
    /// Starts a server that records each request in `log`.
    pub(crate) async fn start(log: &Log) -> Self {
        let mut server = mockito::Server::new_async().await;
        let get = serve(&mut server, "GET", log);
        let post = serve(&mut server, "POST", log);
        let mocks = [get.create_async().await, post.create_async().await];
        Self { server, _mocks: mocks }
    }

    pub(crate) fn url(&self) -> String {
        self.server.url()
    }
}

/// What the server remembers.
#[derive(Default)]
struct Memory {
    /// How many requests each path has received.
    received: HashMap<String, usize>,
    /// The body of the response, whose status mockito asks for first.
    body: Vec<u8>,
}

fn serve(server: &mut ServerGuard, method: &str, log: &Log) -> Mock {
    let log = log.clone();
    let memory = Arc::new(Mutex::new(Memory::default()));
    let memory_of_status = Arc::clone(&memory);
    server
        .mock(method, Matcher::Any)
        .with_header("content-type", "application/json")
        .with_status_code_from_request(move |request| {
            let mut memory = memory_of_status.lock().unwrap_or_else(PoisonError::into_inner);
            let number = memory.received.entry(request.path().to_owned()).or_default();
            *number += 1;
            let (status, body) = respond(request, *number);
            memory.body = body;
            log.record(Sent {
                method: request.method().to_owned(),
                target: request.path_and_query().to_owned(),
                headers: request.headers().clone(),
                body: request.body().cloned().unwrap_or_default(),
                status: Some(status),
            });
            status.as_u16().into()
        })
        .with_body_from_request(move |_| mem::take(&mut memory.lock().unwrap_or_else(PoisonError::into_inner).body))
}

/// Returns the status and the body of the response to the request with this number.
fn respond(request: &Request, number: usize) -> (StatusCode, Vec<u8>) {
    let is_authorized = |token: &str| request.header("authorization").iter().any(|value| *value == token);
    let (status, response) = match (request.method(), request.path()) {
        (_, "/busy/api/v1/auths") if number < 3 => (503, error_body("Service Unavailable", "Try again later")),
        // The first token has been revoked.
        (_, "/strict/api/v1/auths") if !is_authorized("Bearer token-2") => (401, error_body("Unauthorized", "Revoked")),
        ("POST", "/oauth/token") => (200, json!({ "access_token": format!("token-{number}"), "token_type": "Bearer" })),
        (_, path) => respond_like_kestra(request, path.trim_start_matches("/busy").trim_start_matches("/strict")),
    };
    let body = if response.is_null() { Vec::new() } else { response.to_string().into_bytes() };
    (StatusCode::from_u16(status).unwrap_or_default(), body)
}

fn respond_like_kestra(request: &Request, path: &str) -> (u16, Value) {
    let body: Value = request.body().ok().and_then(|body| serde_json::from_slice(body).ok()).unwrap_or_default();
    match (request.method(), path) {
        ("GET", "/api/v1/auths") => (
            200,
            json!({
                "loginPassword": true,
                "mailsEnabled": true,
                "passwordless": true,
                "oauths": ["github", "google"],
            }),
        ),
        ("POST", "/api/v1/invitation/accept/spring%2F2026") => (200, json!({ "status": "ACCEPTED" })),
        ("POST", "/api/v1/invitation/create/team%207")
            if has_strings(&body, &["firstName", "lastName", "password"]) =>
        {
            (200, json!({ "firstName": body["firstName"], "lastName": body["lastName"] }))
        }
        // An empty body, which is read as `null`.
        ("GET", "/api/v1/forgotten-password") if has_username(request) => (200, Value::Null),
        ("GET", "/api/v1/request-code/ada%40example.com") => (200, json!({})),
        ("POST", "/api/v1/reset-password") if has_strings(&body, &["token", "password"]) => (200, json!({})),
        ("POST", path) if path.starts_with("/api/v1/invitation/") => {
            (404, error_body("Not Found", "Invitation not found"))
        }
        _ => (400, error_body("Bad Request", "The request does not match the API reference")),
    }
}

fn has_strings(body: &Value, fields: &[&str]) -> bool {
    fields.iter().all(|field| body[field].is_string())
}

fn has_username(request: &Request) -> bool {
    let url = Url::parse("http://localhost").and_then(|base| base.join(request.path_and_query()));
    url.is_ok_and(|url| url.query_pairs().any(|(name, value)| name == "username" && !value.is_empty()))
}

/// Builds an error body in the format of Micronaut, which Kestra is built on.
fn error_body(title: &str, message: &str) -> Value {
    json!({ "message": title, "_embedded": { "errors": [{ "message": message }] } })
}
