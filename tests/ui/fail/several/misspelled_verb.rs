// A misspelled verb does not hide other errors of its method. 4 errors
use kestra_auth::{Client, Error, api};

#[api]
trait Flows {
    #[gett("/flows/{id}", retry = "nevr")] //~
    async fn flow(&self, id: &str, page: u32) -> Result<u32, Error>; //~
    #[post("/flows")]
    async fn create(&mut self, #[json] flow: &str) -> Result<(), Error>; //~
}

async fn used(client: Client) -> Result<u32, Error> {
    FlowsClient::new(client).flow("id", 7).await
}

fn main() {
    let _ = used;
}
