// A method of HTTP without its own verb is written as `#[http]`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[purge("/flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
