use peers_common::{AuthMethods, Peer, User};
use reqwest::ClientBuilder;
use retroqwest::{RetroqwestError, async_trait};
use serde_json::Value;

#[retroqwest::retroqwest]
pub trait Auth {
    #[http::get("/api/v1/auths")]
    async fn auths(&self) -> Result<AuthMethods, RetroqwestError>;

    #[http::get("/api/v1/forgotten-password")]
    async fn forgotten(&self, #[query] username: &str) -> Result<Value, RetroqwestError>;

    #[http::post("/api/v1/invitation/create/{id}")]
    async fn create(&self, id: &str, #[json] user: &User) -> Result<Value, RetroqwestError>;
}

impl Peer for AuthClient {
    fn connect(base: &str) -> Self {
        Self::from_builder(base.to_owned(), ClientBuilder::default()).unwrap()
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
