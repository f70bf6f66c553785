// The unit of a limit is a known one.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", limit = "200 MBit")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
