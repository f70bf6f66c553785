//! How often building a request allocates: calls through a transport that responds at once, without I/O.
//!
//! `cargo bench -p kestra-auth-benches --bench allocations` prints the number of allocations of a call and fails if there
//! are more than those that are accounted for below. The response is empty and the result `()`, so that nothing but the
//! request is counted.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, reason = "a program for developers")]

use std::future::{Future, Ready, ready};
use std::process::ExitCode;

use kestra_auth::{Body, Client, Error, api, http};
use tower::service_fn;

#[derive(serde::Serialize)]
struct User {
    name: &'static str,
    age: u8,
}

#[api]
trait Requests {
    #[get("/api/v1/auths")]
    async fn plain(&self) -> Result<(), Error>;

    #[get("/api/v1/forgotten-password")]
    async fn query(&self, #[query] username: &str) -> Result<(), Error>;

    #[post("/api/v1/invitation/create/{id}")]
    async fn json(&self, id: &str, #[json] user: &User) -> Result<(), Error>;
}

/// What a GET without parameters allocates. The base URL is not cloned, and the URL is parsed once, by `http::Uri`.
const PLAIN: [&str; 11] = [
    "the URL, with room for values and a query",
    "the state of the call, which futures would copy otherwise",
    "the table of the header map",
    "the entries of the header map",
    "the bytes of the `http::Uri`, which the transport takes instead of a string",
    "their count of owners, because authority and path are parts of the same bytes",
    "the extensions of the request",
    "the table of the extensions",
    "the endpoint in the extensions, where transports and layers find it",
    "the future of the transport, whose type is erased",
    "the response, which futures would copy otherwise",
];
/// The query is written into the URL, and its value is not copied before.
const QUERY: [&str; 0] = [];
const JSON: [&str; 4] = [
    "the JSON text",
    "its count of owners, because another attempt sends the same bytes",
    "the table of the headers of the call itself, `Content-Type` here, which another attempt needs again",
    "the entries of the same",
];

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let client = Client::builder("http://localhost:8080/kestra").transport(service_fn(respond)).build().unwrap();
    let api = RequestsClient::new(client);
    let user = User { name: "Ada", age: 36 };
    let plain = count(&runtime, || api.plain());
    let query = count(&runtime, || api.query("ada@example.com"));
    let json = count(&runtime, || api.json("2b8a41c5-7f", &user));
    let rows = [
        ("GET", plain, PLAIN.len()),
        ("GET with a query", query, PLAIN.len() + QUERY.len()),
        ("POST with JSON", json, PLAIN.len() + JSON.len()),
    ];
    println!("| call | allocations | accounted for |");
    println!("| --- | ---: | ---: |");
    for (name, counted, expected) in rows {
        println!("| {name} | {counted} | {expected} |");
    }
    if rows.iter().all(|(_, counted, expected)| counted <= expected) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Counts the allocations of a call after the first one.
fn count<F: Future<Output = Result<(), Error>>>(runtime: &tokio::runtime::Runtime, call: impl Fn() -> F) -> usize {
    runtime.block_on(call()).unwrap();
    let counted = allocation_counter::measure(|| runtime.block_on(call()).unwrap());
    usize::try_from(counted.count_total).unwrap()
}

fn respond(_: http::Request<Body>) -> Ready<Result<http::Response<Body>, Error>> {
    ready(Ok(http::Response::new(Body::empty())))
}
