// A path does not contain the host.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("api.example.com/flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
