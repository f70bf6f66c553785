use std::sync::Arc;

use conjure_error::Error;
use conjure_http::client::{AsyncService, ConjureRuntime, StdResponseDeserializer};
use conjure_http::{conjure_client, endpoint};
use conjure_runtime::{Agent, Builder, Client, UserAgent};
use peers_common::{AuthMethods, Peer, User};
use serde_json::Value;

#[conjure_client]
trait Auth {
    #[endpoint(method = GET, path = "/api/v1/auths", accept = StdResponseDeserializer)]
    async fn auths(&self) -> Result<AuthMethods, Error>;

    #[endpoint(method = GET, path = "/api/v1/forgotten-password", accept = StdResponseDeserializer)]
    async fn forgotten(&self, #[query(name = "username")] username: &str) -> Result<Value, Error>;

    #[endpoint(method = POST, path = "/api/v1/invitation/create/{id}", accept = StdResponseDeserializer)]
    async fn create(&self, #[path] id: &str, #[body] user: &User) -> Result<Value, Error>;
}

impl Peer for AuthClient<Client> {
    fn connect(base: &str) -> Self {
        let client = Builder::new()
            .service("auth")
            .user_agent(UserAgent::new(Agent::new("peer", "0.0.0")))
            .uri(base.parse().unwrap())
            .build()
            .unwrap();
        Self::new(client, &Arc::new(ConjureRuntime::new()))
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
    peers_common::run::<AuthClient<Client>>();
}
