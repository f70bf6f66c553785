// A response to HEAD has no body.
use kestra_auth::{Error, Text, api};

#[api]
trait Flows {
    #[head("/flows")]
    async fn list(&self) -> Result<Text, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
