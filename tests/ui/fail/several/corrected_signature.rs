// Calls are checked against the corrected signatures. 4 errors
use kestra_auth::{Client, Error, api};

#[api]
trait Flows {
    #[get("/a")]
    fn not_async(&self) -> Result<u8, Error>; //~
    #[get("/b")]
    async fn no_result(&self); //~
    #[get("/c")]
    async fn no_receiver() -> Result<u8, Error>; //~
    #[get("/d")]
    async fn owned(self, #[query] page: u8) -> Result<u8, Error>; //~
}

async fn used(flows: FlowsClient) -> Result<u8, Error> {
    flows.no_result().await?;
    Ok(flows.not_async().await? + flows.no_receiver().await?)
}

fn main() {
    let _ = (used, |client: Client| FlowsClient::new(client));
}
