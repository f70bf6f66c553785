// A verb is in lower case.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[GET("/flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
