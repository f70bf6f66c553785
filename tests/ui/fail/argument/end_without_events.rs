// `end` is for event streams.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", end = "[DONE]")] //~
    async fn list(&self) -> Result<Vec<u32>, Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
