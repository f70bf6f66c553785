// A timeout is not zero.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", timeout = "0s")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
