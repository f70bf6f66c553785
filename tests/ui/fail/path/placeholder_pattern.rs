// A placeholder has no pattern.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/{id:[0-9]+}")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
