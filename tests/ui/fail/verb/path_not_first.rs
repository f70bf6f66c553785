// The path is the first argument.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get(timeout = "5s", "/flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
