// A method with a body is kept, async or not.
use kestra_auth::{Client, Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[query] page: u32) -> Result<Vec<String>, Error>;
    async fn first(&self) -> Result<Option<String>, Error> {
        Ok(self.list(1).await?.into_iter().next())
    }
    fn name(&self) -> &'static str {
        "flows"
    }
    fn pages() -> u32
    where
        Self: Sized,
    {
        10
    }
}

async fn used(client: Client) -> Result<Option<String>, Error> {
    let flows = FlowsClient::new(client);
    let _ = (flows.name(), FlowsClient::pages());
    flows.first().await
}

fn main() {
    let _ = used;
}
