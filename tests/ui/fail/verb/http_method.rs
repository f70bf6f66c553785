// A method is in upper case.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[http(purge, "/flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
