// A constant header has no variables.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", headers("Authorization: Bearer {token}"))] //~
    async fn list(&self, token: &str) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
