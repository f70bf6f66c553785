// The method of `#[http]` and its path have no names.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[http(method = "PURGE", path = "/flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
