// Modules at the root that are named like the crates which generated code uses.
use ::kestra_auth::{Client, Error, api};

mod alloc {}
mod bytes {}
mod core {}
mod http {}
mod kestra_auth {}
mod serde {}
mod std {}

#[api]
trait Flows {
    #[get("/flows/{id}", headers("X-A: 1"), timeout = "5s")]
    async fn get(&self, id: u8, #[query] tags: &[&str]) -> Result<Option<u8>, Error>;

    #[post("/flows")]
    async fn create(&self, #[json] name: &str) -> Result<(), Error>;
}

async fn used(client: Client) -> Result<(), Error> {
    let flows = FlowsClient::new(client);
    flows.get(7, &["a"]).await?;
    flows.create("a").await
}

fn main() {
    let _ = used;
}
