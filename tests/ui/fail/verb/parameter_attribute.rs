// The attribute of a parameter is on a parameter.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")] #[query] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
