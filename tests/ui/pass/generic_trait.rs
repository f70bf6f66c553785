// A trait can be generic.
use kestra_auth::{Client, Error, api};
use serde::Serialize;

#[api]
trait Flows<T: Serialize + Sync> {
    #[post("/flows")]
    async fn create(&self, #[json] flow: &T) -> Result<(), Error>;
}

async fn used(client: Client) -> Result<(), Error> {
    FlowsClient::new(client).create(&7).await
}

fn main() {
    let _ = used;
}
