// How long the server may be silent is a string literal.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", read_timeout = 5)] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
