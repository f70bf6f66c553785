// A placeholder that is no argument's name has a parameter.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/{flow-id}")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
