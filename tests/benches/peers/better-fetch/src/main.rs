use better_fetch::Client;
use peers_common::{AuthMethods, Peer, User};
use serde_json::Value;

struct BetterFetch(Client);

impl Peer for BetterFetch {
    fn connect(base: &str) -> Self {
        Self(Client::new(base).unwrap())
    }

    async fn index(&self) {
        self.0.get("/api/v1/auths").send_json::<AuthMethods>().await.unwrap();
    }

    async fn forgotten_password(&self, username: &str) {
        self.0.get("/api/v1/forgotten-password").query("username", username).send_json::<Value>().await.unwrap();
    }

    async fn create_from_invitation(&self, id: &str, user: &User) {
        let request = self.0.post("/api/v1/invitation/create/:id").param("id", id).json(user).unwrap();
        request.send_json::<Value>().await.unwrap();
    }
}

fn main() {
    peers_common::run::<BetterFetch>();
}
