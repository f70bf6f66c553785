// `#[http]` has a method.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[http("/flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
