// An API trait has no associated constants.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    const PAGE: u32; //~
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
