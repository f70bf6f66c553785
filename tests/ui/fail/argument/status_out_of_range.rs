// A status is a number from 300 to 599.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", none(4040))] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
