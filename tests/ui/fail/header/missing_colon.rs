// A constant header is a name and a value.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", headers("X-Api"))] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
