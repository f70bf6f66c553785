// The body sets `Content-Type`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", headers("Content-Type: text/plain"))] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
