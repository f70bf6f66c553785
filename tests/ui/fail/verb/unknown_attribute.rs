// An attribute near a verb that is none of the known ones.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")] #[cache("5m")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
