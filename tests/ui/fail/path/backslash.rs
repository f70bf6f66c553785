// A path has no backslash.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows\\all")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
