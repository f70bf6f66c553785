// A path has no fragment.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows#top")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
