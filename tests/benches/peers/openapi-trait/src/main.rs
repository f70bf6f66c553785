use peers_common::{Peer, User};

#[openapi_trait::client("../openapi.json")]
pub mod auth {}

use auth::AuthClient as _;

#[derive(Clone, openapi_trait::ReqwestClient)]
struct Client {
    #[openapi_trait(client)]
    http: openapi_trait::reqwest::Client,
    #[openapi_trait(base_url)]
    base: String,
}

impl Peer for Client {
    fn connect(base: &str) -> Self {
        Self { http: openapi_trait::reqwest::Client::new(), base: base.to_owned() }
    }

    async fn index(&self) {
        self.auths(auth::AuthsRequest {}, None).await.unwrap();
    }

    async fn forgotten_password(&self, username: &str) {
        self.forgotten(auth::ForgottenRequest { username: username.to_owned() }, None).await.unwrap();
    }

    async fn create_from_invitation(&self, id: &str, user: &User) {
        let body = auth::User {
            first_name: user.first_name.clone(),
            last_name: user.last_name.clone(),
            password: user.password.clone(),
        };
        self.create(auth::CreateRequest { id: id.to_owned(), body }, None).await.unwrap();
    }
}

fn main() {
    peers_common::run::<Client>();
}
