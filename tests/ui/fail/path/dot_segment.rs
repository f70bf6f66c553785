// A path has no dot segments.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/../auths")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
