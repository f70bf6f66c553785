// A path has no control characters.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows\tall")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
