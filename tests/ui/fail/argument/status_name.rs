// A status is a number.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", none(NOT_FOUND))] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
