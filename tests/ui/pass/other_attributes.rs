// Other attributes stay on the trait.
#![deny(warnings)]

use kestra_auth::{Client, Error, api};

#[api]
#[doc(hidden)]
#[allow(dead_code)]
pub trait Flows {
    /// All of them.
    #[get("/flows")]
    #[deprecated(note = "use `all`")]
    async fn list(&self) -> Result<(), Error>;
    #[get("/flows/all")]
    #[must_use = "a future does nothing"]
    #[doc(hidden)]
    async fn all(&self) -> Result<(), Error>;
    #[get("/flows/search")]
    #[allow(clippy::too_many_arguments)]
    #[cfg_attr(any(), deprecated)]
    async fn search(&self, #[allow(unused)] #[query] text: &str) -> Result<(), Error>;
}

pub async fn used(client: Client) -> Result<(), Error> {
    let flows = FlowsClient::new(client);
    flows.search("text").await?;
    flows.all().await
}

fn main() {}
