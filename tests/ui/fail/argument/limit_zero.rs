// A limit is not zero.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", limit = "0B")] //~
    async fn list(&self) -> Result<u32, Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
