// Redirects to any origin are for GET and HEAD.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("/flows", redirects = "any")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
