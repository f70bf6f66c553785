//! The calls with `AuthApiClient`.

use kestra_auth::{AuthApi, AuthApiClient, Client, ClientBuilder, InvitationUserRequest, Retry};

pub(crate) const EMAIL: &str = "ada@example.com";
pub(crate) const INVITATION: &str = "2b8a41c5-7f";

pub(crate) fn user() -> InvitationUserRequest {
    InvitationUserRequest::new("Ada", "Lovelace", "correct horse")
}

pub(crate) async fn on_reqwest(base: &str, calls: u32) {
    call(Client::builder(base), calls).await;
}

pub(crate) async fn with_retries(base: &str, calls: u32) {
    call(Client::builder(base).retry(Retry::standard()), calls).await;
}

pub(crate) async fn on_hyper(base: &str, calls: u32) {
    call(Client::builder(base).hyper(), calls).await;
}

async fn call(builder: ClientBuilder, calls: u32) {
    let auth = AuthApiClient::new(builder.build().unwrap());
    let user = user();
    for call in 0..calls {
        match call % 3 {
            0 => drop(auth.index().await.unwrap()),
            1 => drop(auth.forgotten_password(EMAIL).await.unwrap()),
            _ => drop(auth.create_from_invitation(INVITATION, &user).await.unwrap()),
        }
    }
}
