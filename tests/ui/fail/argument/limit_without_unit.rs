// A limit has a unit.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", limit = "200")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
