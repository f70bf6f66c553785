// A placeholder has a parameter.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/{id}")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
