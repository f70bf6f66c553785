// The derive macro has no names of its own for JSON.
#![allow(non_snake_case)]

use peers_common::{AuthMethods, Peer, User};
use rustify::{Client, Endpoint};
use rustify_derive::Endpoint;
use serde_json::Value;

#[derive(Endpoint)]
#[endpoint(path = "api/v1/auths", response = "AuthMethods")]
struct Index {}

#[derive(Endpoint)]
#[endpoint(path = "api/v1/forgotten-password", response = "Value")]
struct ForgottenPassword {
    #[endpoint(query)]
    username: String,
}

#[derive(Endpoint)]
#[endpoint(path = "api/v1/invitation/create/{self.id}", method = "POST", response = "Value")]
struct CreateFromInvitation {
    #[endpoint(skip)]
    id: String,
    firstName: String,
    lastName: String,
    password: String,
}

struct Rustify(Client);

impl Peer for Rustify {
    fn connect(base: &str) -> Self {
        Self(Client::default(base))
    }

    async fn index(&self) {
        Index {}.exec(&self.0).await.unwrap().parse().unwrap();
    }

    async fn forgotten_password(&self, username: &str) {
        ForgottenPassword { username: username.to_owned() }.exec(&self.0).await.unwrap().parse().unwrap();
    }

    async fn create_from_invitation(&self, id: &str, user: &User) {
        let endpoint = CreateFromInvitation {
            id: id.to_owned(),
            firstName: user.first_name.clone(),
            lastName: user.last_name.clone(),
            password: user.password.clone(),
        };
        endpoint.exec(&self.0).await.unwrap().parse().unwrap();
    }
}

fn main() {
    peers_common::run::<Rustify>();
}
