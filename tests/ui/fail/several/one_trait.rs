// The errors of a trait are in source order, and code that uses the client causes none. 4 errors
use kestra_auth::{Client, Error, api};

#[api(bse = "/api")] //~
trait Flows {
    #[gett("/flows")] //~
    async fn list(&self) -> Result<(), Error>;
    #[get("/flows/{id}")]
    async fn flow(&self, idd: &str) -> Result<(), Error>; //~
    #[post("/flows")]
    fn create(&self, #[json] flow: &str) -> Result<(), Error>; //~
}

async fn used(client: Client) -> Result<(), Error> {
    let flows = FlowsClient::new(client);
    flows.list().await?;
    flows.flow("id").await?;
    flows.create("flow").await
}

fn main() {
    let _ = used;
}
