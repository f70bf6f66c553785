// A verb that has no word of its own.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[purge("/flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
