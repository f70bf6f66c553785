// A catch-all starts with two stars.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/files/{path..}")] //~
    async fn list(&self, path: &str) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
