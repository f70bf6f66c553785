// An argument can be `impl Trait`.
use kestra_auth::{Client, Error, api};
use serde::Serialize;

#[api]
trait Flows {
    #[post("/flows/{id}")]
    async fn write(&self, id: impl Serialize, #[json] flow: &impl Serialize) -> Result<(), Error>;
}

async fn used(client: Client) -> Result<(), Error> {
    FlowsClient::new(client).write(7, &"flow").await
}

fn main() {
    let _ = used;
}
