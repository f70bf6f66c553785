use peers_common::{AuthMethods, Peer, User};
use retrofit_rs::{Body, Path, Query, Result, Retrofit, api, get, post};
use serde_json::Value;

#[api("http://localhost")]
trait Auth {
    #[get("/api/v1/auths")]
    async fn auths(&self) -> Result<AuthMethods>;

    #[get("/api/v1/forgotten-password")]
    async fn forgotten(&self, username: Query<String>) -> Result<Value>;

    #[post("/api/v1/invitation/create/{id}")]
    async fn create(&self, id: Path<String>, user: Body<User>) -> Result<Value>;
}

impl Peer for AuthClient {
    fn connect(base: &str) -> Self {
        Self::with_client(Retrofit::builder().base_url(base).build().unwrap())
    }

    async fn index(&self) {
        self.auths().await.unwrap();
    }

    async fn forgotten_password(&self, username: &str) {
        self.forgotten(Query::new(username.to_owned())).await.unwrap();
    }

    async fn create_from_invitation(&self, id: &str, user: &User) {
        self.create(Path::new(id.to_owned()), Body::new(user.clone())).await.unwrap();
    }
}

fn main() {
    peers_common::run::<AuthClient>();
}
