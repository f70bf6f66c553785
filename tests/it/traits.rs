//! The arguments of `#[api]`, and what a trait can have besides plain endpoints.

use std::borrow::Cow;
use std::fmt::{Debug, Display};
use std::sync::Arc;

use kestra_auth::{ApiClient, CallOptions, Error, api};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::support::{Seen, memory_client};

/// As in another crate that re-exports `#[api]` under another name.
mod facade {
    pub(crate) mod http {
        pub(crate) use ::kestra_auth as client;
    }
    pub(crate) use kestra_auth::api;
}

/// `crate = …`: the macro and the runtime through another crate.
mod through_a_facade {
    use super::facade;
    use facade::http::client::Error;

    #[facade::api(crate = facade::http::client, dyn)]
    pub(crate) trait Facade {
        #[get("/facade")]
        async fn facade(&self, #[query] a: u8) -> Result<(), Error>;
    }
}

/// `client = …`: a trait whose name ends in `Client`.
#[api(client = FlowsHttp)]
trait FlowsClient {
    #[get("/flows")]
    async fn flows(&self) -> Result<(), Error>;
}

/// `base = …` without and with placeholders.
#[api(base = "/api/v1")]
trait Plain {
    #[get("/flows")]
    async fn flows(&self) -> Result<(), Error>;
}

#[api(base = "/api/{tenant}/{region}", anonymous, headers("X-Api: 2"))]
trait Tenant {
    #[get("/flows/{tenant}")]
    async fn flows(&self, tenant: &str) -> Result<(), Error>;
}

/// Generic methods, `impl Trait` arguments, lifetimes, attributes.
#[api]
trait Kinds: Debug + Clone + 'static {
    #[get("/generic/{id}")]
    async fn generic<T: DeserializeOwned + Send, I>(&self, id: I) -> Result<T, Error>
    where
        I: Serialize;

    #[get("/impl/{id}")]
    async fn impls(&self, id: impl Display + Serialize, #[query] names: impl Serialize) -> Result<(), Error>;

    #[get("/lifetimes/{a}")]
    async fn lifetimes<'a, 'b: 'a>(
        &'b self,
        a: &'a str,
        #[query] b: Cow<'b, str>,
        #[query] c: &[&'a str],
    ) -> Result<(), Error>;

    #[get("/array")]
    async fn array(&self, #[query(csv)] numbers: &[u8; 2]) -> Result<(), Error>;

    #[get("/deprecated")]
    #[deprecated = "for a test"]
    #[must_use = "for a test"]
    async fn old(&self) -> Result<(), Error>;

    #[cfg(any())]
    #[get("/absent")]
    async fn absent(&self) -> Result<NoSuchType, Error>;

    #[get("/cfg")]
    async fn cfg(
        &self,
        #[cfg(any())]
        #[query]
        gone: NoSuchType,
        #[cfg(not(any()))]
        #[query]
        here: u8,
    ) -> Result<(), Error>;

    /// A provided method.
    async fn twice(&self, id: u8) -> Result<u32, Error> {
        let first: u32 = self.generic(id).await?;
        let second: u32 = self.generic(id + 1).await?;
        Ok(first + second)
    }

    fn name(&self) -> &'static str {
        "kinds"
    }
}

fn targets(seen: &Seen) -> Vec<String> {
    seen.all().iter().map(|request| request.uri().path_and_query().unwrap().to_string()).collect()
}

#[tokio::test]
async fn works_through_another_crates_reexport() {
    use through_a_facade::{DynFacade, Facade, FacadeClient};
    let (seen, client) = memory_client("http://localhost", "");
    let facade: Arc<dyn DynFacade> = Arc::new(FacadeClient::new(client));
    Facade::facade(&facade, 1).await.unwrap();
    assert_eq!(targets(&seen), ["/facade?a=1"]);
}

#[tokio::test]
async fn names_the_client_as_given() {
    let (seen, client) = memory_client("http://localhost", "");
    let flows = FlowsHttp::from(client);
    FlowsClient::flows(&flows).await.unwrap();
    assert!(format!("{flows:?}").starts_with("FlowsHttp"));
    assert_eq!(targets(&seen), ["/flows"]);
}

#[tokio::test]
async fn fills_the_placeholders_of_the_base() {
    let (seen, client) = memory_client("http://localhost/x", "");
    PlainClient::from(client.clone()).flows().await.unwrap();
    let tenant = TenantClient::new(client, "a/b", String::from("c d"));
    tenant.with_options(CallOptions::new()).flows("own").await.unwrap();
    assert_eq!(targets(&seen), ["/x/api/v1/flows", "/x/api/a%2Fb/c%20d/flows/own"]);
    assert_eq!(seen.all()[1].headers()["x-api"], "2");
    assert!(!format!("{tenant:?}").contains("a/b"));
}

#[tokio::test]
async fn supports_generics_impl_arguments_and_lifetimes() {
    let (seen, client) = memory_client("http://localhost", "7");
    let kinds = KindsClient::new(client);
    assert_eq!(kinds.generic::<u32, _>("a").await.unwrap(), 7);
    assert_eq!(kinds.generic::<Option<String>, _>(1).await.unwrap_err().kind(), kestra_auth::ErrorKind::Decode);
    kinds.impls(3, Some(["x", "y"].as_slice())).await.unwrap();
    {
        let (a, b) = (String::from("s"), String::from("t"));
        kinds.lifetimes(&a, Cow::Owned(b), &[&a, "v"]).await.unwrap();
    }
    #[expect(deprecated, reason = "it is what is tested")]
    kinds.old().await.unwrap();
    kinds.cfg(5).await.unwrap();
    assert_eq!(
        targets(&seen),
        [
            "/generic/a",
            "/generic/1",
            "/impl/3?names=x&names=y",
            "/lifetimes/s?b=t&c=s&c=v",
            "/deprecated",
            "/cfg?here=5"
        ]
    );
}

/// serde serializes an array as a tuple.
#[tokio::test]
async fn rejects_arrays_as_sequences() {
    let (seen, client) = memory_client("http://localhost", "7");
    let error = KindsClient::new(client).array(&[1, 2]).await.unwrap_err();
    assert!(error.is_build() && error.to_string().contains("pass a slice"), "{error}");
    assert_eq!(seen.count(), 0);
}

#[tokio::test]
async fn calls_provided_methods() {
    let (_, client) = memory_client("http://localhost", "7");
    let kinds = KindsClient::new(client);
    assert_eq!(kinds.twice(1).await.unwrap(), 14);
    assert_eq!(kinds.name(), "kinds");
}
