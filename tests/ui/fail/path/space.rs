// A path has no spaces.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/all flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
