//! Calls Kestra's API with a client that was generated from its OpenAPI document, on a stand-in for the server:
//!
//! ```sh
//! cargo run -p kestra-auth --features openapi --example generated
//! ```
//!
//! The client was written by this command, in the folder `kestra-auth`. With the feature `openapi`, the compiler
//! compares it with the document each time it is built.
//!
//! ```sh
//! cargo run -p kestra-auth --features cli --bin kestra-auth -- \
//!     generate openapi/kestra-2.yaml -o examples/generated/api.rs
//! ```
#![allow(clippy::print_stdout, reason = "a program that shows what happens")]

// What the command writes is formatted, in a way of its own.
#[rustfmt::skip]
#[allow(dead_code, unreachable_pub, reason = "the example calls two of the operations of a library")]
mod api;

use kestra_auth::{Body, Client, Error};

use api::{AuthsApi, AuthsApiClient};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let server = tower::service_fn(|request: http::Request<Body>| async move {
        println!("{} {}", request.method(), request.uri().path());
        let body = match request.uri().path() {
            "/api/v1/auths" => r#"{"loginPassword": true, "oauths": ["github"]}"#,
            _ => r#"{"username": "ada"}"#,
        };
        Ok::<_, Error>(http::Response::new(Body::from(body)))
    });
    let auths = AuthsApiClient::new(Client::builder("http://localhost").transport(server).build()?);
    let methods = auths.index().await?;
    println!("password: {:?}, providers: {:?}", methods.login_password, methods.oauths);
    println!("signed in: {:?}", auths.me().await?.get("username"));
    Ok(())
}
