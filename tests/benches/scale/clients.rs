//! The clients, each with one call.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http::Request;
use http::header::ACCEPT;
use http_body_util::{BodyExt, Empty};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use kestra_auth::{AuthApi, AuthApiClient, AuthMethods, Body};
use kestra_auth_benches::server;
use tokio::sync::Notify;

/// A client of the server at a base URL. A call that fails panics.
pub(crate) trait Client: Send + Sync + 'static {
    fn connect(base: &str) -> Self;

    /// `GET /api/v1/auths`.
    fn index(&self) -> impl Future<Output = ()> + Send;

    /// Waits until this many calls have arrived.
    fn wait_for(&self, base: &str, count: usize) -> impl Future<Output = ()> {
        let base = base.to_owned();
        let waiting = tokio::task::spawn_blocking(move || server::wait_for_held(&base, count).unwrap());
        async { waiting.await.unwrap() }
    }

    /// Lets all calls end.
    fn release(base: &str) {
        server::release_held(base).unwrap();
    }
}

pub(crate) struct Hyper {
    client: legacy::Client<HttpConnector, Empty<Bytes>>,
    base: String,
}

impl Client for Hyper {
    fn connect(base: &str) -> Self {
        Self { client: legacy::Client::builder(TokioExecutor::new()).build_http(), base: base.to_owned() }
    }

    async fn index(&self) {
        let request = Request::get(format!("{}/api/v1/auths", self.base)).header(ACCEPT, "application/json");
        let response = self.client.request(request.body(Empty::new()).unwrap()).await.unwrap();
        assert!(response.status().is_success());
        let body = response.into_body().collect().await.unwrap().to_bytes();
        drop(serde_json::from_slice::<AuthMethods>(&body).unwrap());
    }
}

pub(crate) struct Reqwest {
    client: reqwest::Client,
    base: String,
}

impl Client for Reqwest {
    fn connect(base: &str) -> Self {
        Self { client: reqwest::Client::new(), base: base.to_owned() }
    }

    async fn index(&self) {
        let request = self.client.get(format!("{}/api/v1/auths", self.base)).header(ACCEPT, "application/json");
        drop(request.send().await.unwrap().error_for_status().unwrap().json::<AuthMethods>().await.unwrap());
    }
}

pub(crate) struct Ours(AuthApiClient);

impl Client for Ours {
    fn connect(base: &str) -> Self {
        Self(AuthApiClient::new(kestra_auth::Client::builder(base).build().unwrap()))
    }

    async fn index(&self) {
        drop(self.0.index().await.unwrap());
    }
}

pub(crate) struct OursOnHyper(AuthApiClient);

impl Client for OursOnHyper {
    fn connect(base: &str) -> Self {
        Self(AuthApiClient::new(kestra_auth::Client::builder(base).hyper().build().unwrap()))
    }

    async fn index(&self) {
        drop(self.0.index().await.unwrap());
    }
}

/// A client whose transport responds once it is released, without a connection.
pub(crate) struct Canned {
    auth: AuthApiClient,
    arrived: Arc<AtomicUsize>,
}

/// Releases the calls of [`Canned`].
static RELEASED: Notify = Notify::const_new();

impl Client for Canned {
    fn connect(_: &str) -> Self {
        let arrived = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&arrived);
        let transport = tower::service_fn(move |_| {
            count.fetch_add(1, Ordering::Relaxed);
            async {
                RELEASED.notified().await;
                Ok::<_, std::io::Error>(http::Response::new(Body::from("{}")))
            }
        });
        let client = kestra_auth::Client::builder("http://localhost").transport(transport).build().unwrap();
        Self { auth: AuthApiClient::new(client), arrived }
    }

    async fn index(&self) {
        drop(self.auth.index().await.unwrap());
    }

    async fn wait_for(&self, _: &str, count: usize) {
        while self.arrived.load(Ordering::Relaxed) < count {
            tokio::task::yield_now().await;
        }
        // The transport counts a call before it waits.
        tokio::task::yield_now().await;
    }

    fn release(_: &str) {
        RELEASED.notify_waiters();
    }
}
