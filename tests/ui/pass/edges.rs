// An empty trait, raw identifiers, a typed `self` and a trailing comma.
use kestra_auth::{Client, Error, api};

#[api]
trait Empty {}

#[api(anonymous,)]
trait Flows {
    #[get("/flows",)]
    #[allow(clippy::needless_arbitrary_self_type)]
    async fn r#type(self: &Self, #[query] r#in: u32,) -> Result<(), Error>;
    #[get(r"/")]
    async fn root(&self) -> Result<(), Error>;
}

async fn used(client: Client) -> Result<(), Error> {
    let _ = EmptyClient::new(client.clone());
    FlowsClient::new(client).r#type(1).await
}

fn main() {
    let _ = used;
}
