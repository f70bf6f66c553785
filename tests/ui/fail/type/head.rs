// A response to HEAD has no body.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[head("/flows")]
    async fn list(&self) -> Result<u32, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
