// Two hex digits follow a `%`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows/100%")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
