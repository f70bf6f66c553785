use clientix::client::response::{ClientixResponse, ClientixResult};
use clientix::{clientix, get, post};
use peers_common::{AuthMethods, Peer, User};
use serde_json::Value;

#[clientix(async = true)]
trait Auth {
    #[get(path = "/api/v1/auths", consumes = "application/json", produces = "application/json")]
    async fn auths(&self) -> ClientixResult<ClientixResponse<AuthMethods>>;

    #[get(path = "/api/v1/forgotten-password", consumes = "application/json", produces = "application/json")]
    async fn forgotten(&self, #[query] username: &str) -> ClientixResult<ClientixResponse<Value>>;

    #[post(path = "/api/v1/invitation/create/{id}", consumes = "application/json", produces = "application/json")]
    async fn create(&self, #[segment] id: &str, #[body] user: User) -> ClientixResult<ClientixResponse<Value>>;
}

impl Peer for Auth {
    fn connect(base: &str) -> Self {
        Auth::config().url(base).setup()
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
