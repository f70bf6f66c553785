// A trait whose name ends in `Client` sets the name of its client.
use kestra_auth::{Error, api};

#[api]
trait FlowsClient { //~
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {}
