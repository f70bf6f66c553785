// A verb is written without a path.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[kestra_auth::get("/flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
