// `clone` is a method of every client.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("/flows/clone")]
    async fn clone(&self) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
