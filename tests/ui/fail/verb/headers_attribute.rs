// Constant headers are an argument of the verb.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    #[headers("X-Api: 2")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
