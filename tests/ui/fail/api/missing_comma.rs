// Commas separate the arguments.
use kestra_auth::{Error, api};

#[api(anonymous base = "/api")] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
