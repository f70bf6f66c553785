use std::future::Future;

use openapi_contract::sse::SseStream;
use openapi_contract::{ApiClient, ApiError, Method, api, generate_types};

generate_types!("openapi-spec.json");

/// The transport as in the README of `openapi-contract`.
struct Client {
    base: String,
    http: reqwest::Client,
}

impl Client {
    fn url(&self, path: &str, query: Option<&str>) -> String {
        let mut url = format!("{}{path}", self.base);
        if let Some(query) = query {
            url.push('?');
            url.push_str(query);
        }
        url
    }
}

impl ApiClient for Client {
    fn request(
        &self,
        method: Method,
        path: &str,
        query: Option<&str>,
        body: Option<String>,
    ) -> impl Future<Output = Result<reqwest::Response, ApiError>> + Send {
        let mut request = self.http.request(method.as_reqwest(), self.url(path, query));
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body);
        }
        async move { request.send().await.map_err(ApiError::from) }
    }

    fn request_stream(
        &self,
        method: Method,
        path: &str,
        query: Option<&str>,
    ) -> impl Future<Output = Result<SseStream, ApiError>> + Send {
        let request = self.http.request(method.as_reqwest(), self.url(path, query));
        async move { Ok(SseStream::new(Box::pin(request.send().await.map_err(ApiError::from)?.bytes_stream()))) }
    }
}

impl peers_common::Peer for Client {
    fn connect(base: &str) -> Self {
        Self { base: base.to_owned(), http: reqwest::Client::new() }
    }

    async fn index(&self) {
        api!(GET "/api/v1/auths").fetch(self).await.unwrap();
    }

    async fn forgotten_password(&self, username: &str) {
        api!(GET "/api/v1/forgotten-password", query = { username: username }).fetch(self).await.unwrap();
    }

    async fn create_from_invitation(&self, id: &str, user: &peers_common::User) {
        api!(POST "/api/v1/invitation/create/{id}", id = id, body = user).fetch(self).await.unwrap();
    }
}

fn main() {
    peers_common::run::<Client>();
}
