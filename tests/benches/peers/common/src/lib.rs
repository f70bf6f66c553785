//! What the programs share: the types of bodies, and the loop of calls.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How users can log in.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthMethods {
    pub login_password: Option<bool>,
    pub mails_enabled: Option<bool>,
    pub passwordless: Option<bool>,
    pub oauths: Option<Vec<String>>,
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    pub first_name: String,
    pub last_name: String,
    pub password: String,
}

/// A client that is built with one of the crates. A call that fails panics.
#[allow(async_fn_in_trait)]
pub trait Peer {
    fn connect(base: &str) -> Self;

    /// `GET /api/v1/auths`, which responds with [`AuthMethods`].
    async fn index(&self);

    /// `GET /api/v1/forgotten-password?username=…`, which responds with a JSON object.
    async fn forgotten_password(&self, username: &str);

    /// `POST /api/v1/invitation/create/{id}` with [`User`], which responds with a JSON object.
    async fn create_from_invitation(&self, id: &str, user: &User);
}

/// Makes calls, as the arguments of the program say: the base URL and the number of calls.
pub fn run<P: Peer>() {
    let args: Vec<String> = std::env::args().collect();
    let [_, base, calls] = args.as_slice() else { panic!("usage: {} BASE CALLS", args[0]) };
    let calls: u32 = calls.parse().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let peer = P::connect(base);
        let user = User {
            first_name: "Ada".to_owned(),
            last_name: "Lovelace".to_owned(),
            password: "correct horse".to_owned(),
        };
        for call in 0..calls {
            match call % 3 {
                0 => peer.index().await,
                1 => peer.forgotten_password("ada@example.com").await,
                _ => peer.create_from_invitation("2b8a41c5-7f", &user).await,
            }
        }
    });
}
