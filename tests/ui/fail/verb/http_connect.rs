// `CONNECT` is not supported.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[http(CONNECT, "/flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
