// An argument that needs a value has one.
use kestra_auth::{Error, api};

#[api(base)] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
