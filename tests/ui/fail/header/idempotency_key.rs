// `idempotency_key` sets its header.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("/flows", idempotency_key)]
    async fn create(&self, #[header("Idempotency-Key")] key: &str) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
