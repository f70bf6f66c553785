// An error in one method leaves the others and the client as they are. 1 error
use kestra_auth::{Client, Error, api};

#[api]
trait Flows {
    #[get("flows")] //~
    async fn list(&self) -> Result<Vec<String>, Error>;
    #[get("/flows/{id}")]
    async fn flow(&self, id: &str) -> Result<u32, Error>;
}

struct Fake;

impl Flows for Fake {
    async fn flow(&self, _: &str) -> Result<u32, Error> {
        Ok(7)
    }
}

async fn used(client: Client) -> Result<(Vec<String>, u32), Error> {
    let flows = FlowsClient::from(client);
    Ok((flows.clone().list().await?, Fake.flow("id").await? + flows.flow("id").await?))
}

fn main() {
    let _ = used;
}
