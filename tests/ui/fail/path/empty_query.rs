// The query of a path is not empty.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows?")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
