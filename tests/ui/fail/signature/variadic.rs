// An endpoint has a fixed number of parameters.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self, ...) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
