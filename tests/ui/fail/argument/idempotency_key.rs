// `idempotency_key` is the name of a header.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("/flows", idempotency_key = "X Key")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
