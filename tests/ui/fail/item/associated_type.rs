// An API trait has no associated types.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    type Id; //~
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
