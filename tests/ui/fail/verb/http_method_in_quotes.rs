// The method of `#[http]` is a word.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[http("PURGE", "/flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
