// The value of a constant header is visible ASCII.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", headers("X-Api: caf\u{e9}"))] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
