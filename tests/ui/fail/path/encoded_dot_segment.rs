// A path has no dot segment in any spelling.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/%2E%2e/auths")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
