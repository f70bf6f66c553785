use std::sync::OnceLock;

use feignhttp::{FeignClientBuilder as _, feign};
use peers_common::{AuthMethods, Peer, User};
use serde_json::Value;

static BASE: OnceLock<String> = OnceLock::new();

#[feign(url = BASE.get().unwrap())]
pub trait Auth {
    #[get("/api/v1/auths", headers = "accept: application/json")]
    async fn auths(&self) -> feignhttp::Result<AuthMethods>;

    #[get("/api/v1/forgotten-password", headers = "accept: application/json")]
    async fn forgotten(&self, #[query] username: &str) -> feignhttp::Result<Value>;

    #[post("/api/v1/invitation/create/{id}", headers = "accept: application/json")]
    async fn create(&self, #[path] id: &str, #[body] user: User) -> feignhttp::Result<Value>;
}

impl Peer for Auth {
    fn connect(base: &str) -> Self {
        BASE.set(base.to_owned()).unwrap();
        Auth::builder().build().unwrap()
    }

    async fn index(&self) {
        self.auths().await.unwrap();
    }

    async fn forgotten_password(&self, username: &str) {
        self.forgotten(username).await.unwrap();
    }

    async fn create_from_invitation(&self, id: &str, user: &User) {
        self.create(id, user.clone()).await.unwrap();
    }
}

fn main() {
    peers_common::run::<Auth>();
}
