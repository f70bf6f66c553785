// A method with a verb of its own.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[http(GET, "/flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
