// A path has no dot segments, encoded ones included.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/%2E%2e/auths")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
