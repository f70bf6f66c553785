// A catch-all starts with two stars.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/{*path}")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
