// Two methods do not have the same name.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
    #[get("/flows/search")]
    async fn list(&self) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
