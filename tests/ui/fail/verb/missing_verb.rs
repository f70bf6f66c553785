// A method has a verb or a body.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    async fn list(&self) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
