// The path has no name.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get(path = "/flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
