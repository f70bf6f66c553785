// A timeout is a number and a unit.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", timeout = "soon")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
