// The argument for a placeholder has no other attribute.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/{id}")] //~
    async fn list(&self, #[query] id: &str) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
