use peers_common::{AuthMethods, Peer, User};
use pincer::prelude::*;
use serde_json::Value;

#[pincer(url = "http://localhost")]
pub trait Auth {
    #[get("/api/v1/auths")]
    async fn auths(&self) -> pincer::Result<AuthMethods>;

    #[get("/api/v1/forgotten-password")]
    async fn forgotten(&self, #[query] username: &str) -> pincer::Result<Value>;

    #[post("/api/v1/invitation/create/{id}")]
    async fn create(&self, #[path] id: &str, #[body] user: &User) -> pincer::Result<Value>;
}

impl Peer for AuthClient {
    fn connect(base: &str) -> Self {
        AuthClientBuilder::default().base_url(base).build().unwrap()
    }

    async fn index(&self) {
        self.auths().await.unwrap();
    }

    async fn forgotten_password(&self, username: &str) {
        self.forgotten(username).await.unwrap();
    }

    async fn create_from_invitation(&self, id: &str, user: &User) {
        self.create(id, user).await.unwrap();
    }
}

fn main() {
    peers_common::run::<AuthClient>();
}
