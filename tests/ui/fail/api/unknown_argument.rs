// An unknown argument of `#[api]`: the known ones are listed.
use kestra_auth::{Error, api};

#[api(prefix = "/api/v1")] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
