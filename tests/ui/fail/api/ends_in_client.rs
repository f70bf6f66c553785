// A trait that ends in `Client` names its client.
use kestra_auth::{Error, api};

#[api]
trait FlowsClient { //~
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {}
