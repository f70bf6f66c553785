// A constant `Authorization` is not on an anonymous method.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", headers("Authorization: Bearer public"), anonymous)] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
