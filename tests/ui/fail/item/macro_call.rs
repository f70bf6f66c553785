// An API trait has no macro calls.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    endpoints!(); //~
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
