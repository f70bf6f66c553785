// The name of a header is not empty.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", headers(": 2"))] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
