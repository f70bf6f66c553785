// Every opening brace has a closing one.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/{id")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
