// A limit has one of the known units.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", limit = "200 MBit")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
