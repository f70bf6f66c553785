// A placeholder has a parameter, even if no argument can have its name.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/{flow-id}")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
