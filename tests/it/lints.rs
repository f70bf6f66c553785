//! Generated code causes no warning, whatever a user denies: this file must pass `cargo clippy -- -D warnings` with
//! everything that it denies.
#![deny(
    warnings,
    missing_docs,
    unused_qualifications,
    unreachable_pub,
    missing_debug_implementations,
    missing_copy_implementations,
    unused_results,
    unused_lifetimes,
    unused_import_braces,
    single_use_lifetimes,
    redundant_lifetimes,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    let_underscore_drop,
    trivial_casts,
    trivial_numeric_casts,
    variant_size_differences,
    rust_2018_idioms,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::cargo
)]
#![forbid(unsafe_code)]
#![deny(
    clippy::allow_attributes_without_reason,
    clippy::arithmetic_side_effects,
    clippy::exhaustive_structs,
    clippy::min_ident_chars,
    clippy::missing_docs_in_private_items,
    clippy::missing_inline_in_public_items,
    clippy::missing_trait_methods,
    clippy::must_use_candidate,
    clippy::panic,
    clippy::renamed_function_params,
    clippy::shadow_reuse,
    clippy::single_char_lifetime_names,
    clippy::std_instead_of_core,
    clippy::unwrap_used,
    clippy::wildcard_imports
)]

use kestra_auth::{Binary, Body, Client, Error, Json, Response, Text, api};
use secrecy::SecretString;
use serde_json::Value;

/// Everything that a trait can have.
#[api(base = "/api/v1", client = EverythingApi, rename_all = "camelCase", headers("X-Api: 2"))]
pub trait Everything: Clone + core::fmt::Debug + 'static {
    /// Reads.
    ///
    /// # Errors
    /// If the server does not respond.
    #[get(
        "/read/{id}/{name?}/{**rest}?kind=flow",
        headers("X-Own: 1"),
        accept = "application/json",
        timeout = "5s",
        limit = "1MB",
        retry = "never",
        redirects = "any",
        anonymous
    )]
    #[expect(clippy::too_many_arguments, reason = "one of each")]
    async fn read(
        &self,
        id: u64,
        name: Option<&str>,
        #[path("rest")] remainder: &str,
        #[query] first_word: bool,
        #[query("ids", csv)] ids: &[u32],
        #[header("X-Request-Id")] request_id: Option<&str>,
        #[header("X-Secret", sensitive)] secret: &SecretString,
    ) -> Result<Value, Error>;

    /// Reads with a body.
    ///
    /// # Errors
    /// If the server does not respond.
    #[get("/search", allow_body)]
    async fn search(&self, #[json("application/scim+json")] body: &Value) -> Result<Json<Value>, Error>;

    /// Writes.
    ///
    /// # Errors
    /// If the server does not respond.
    #[post("/write")]
    async fn write(&self, #[json] body: Option<&Value>) -> Result<Response<Value>, Error>;

    /// Puts.
    ///
    /// # Errors
    /// If the server does not respond.
    #[put("/write")]
    async fn put(&self, #[json] body: Vec<String>) -> Result<Text, Error>;

    /// Patches.
    ///
    /// # Errors
    /// If the server does not respond.
    #[patch("/write")]
    async fn patch(&self) -> Result<Binary, Error>;

    /// Deletes.
    ///
    /// # Errors
    /// If the server does not respond.
    #[delete("/write")]
    async fn delete(&self) -> Result<(), Error>;

    /// Gets the headers.
    ///
    /// # Errors
    /// If the server does not respond.
    #[head("/write")]
    async fn head(&self) -> Result<Response<()>, Error>;

    /// Gets the supported methods.
    ///
    /// # Errors
    /// If the server does not respond.
    #[options("/write")]
    async fn options(&self) -> Result<Option<Value>, Error>;

    /// Purges.
    ///
    /// # Errors
    /// If the server does not respond.
    #[http(PURGE, "/cache/{id}")]
    #[deprecated = "the cache was removed"]
    #[doc(hidden)]
    async fn purge(&self, id: &str) -> Result<(), Error>;

    /// Reads any type.
    ///
    /// # Errors
    /// If the server does not respond.
    #[get("/generic/{id}")]
    async fn generic<Item>(&self, id: &str) -> Result<Item, Error>
    where
        Item: serde::de::DeserializeOwned;

    /// Deletes twice; a provided method.
    ///
    /// # Errors
    /// If the server does not respond.
    async fn delete_twice(&self) -> Result<(), Error> {
        self.delete().await?;
        self.delete().await
    }
}

/// A private trait.
#[api]
trait Private {
    /// Reads.
    #[get("/")]
    async fn root(&self) -> Result<(), Error>;
}

#[tokio::test]
async fn generated_code_compiles_without_a_warning() -> Result<(), Error> {
    let server = tower::service_fn(|_: http::Request<Body>| {
        core::future::ready(Ok::<_, Error>(http::Response::new(Body::from("null"))))
    });
    let client = Client::builder("http://localhost").transport(server).build()?;
    PrivateClient::new(client.clone()).root().await?;
    let everything = EverythingApi::new(client);
    let secret = SecretString::from("secret");
    let value = everything.read(7, None, "a/b", true, &[1], None, &secret).await?;
    assert_eq!(value, Value::Null);
    everything.delete_twice().await
}
