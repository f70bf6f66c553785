// The header `Accept` is set once.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", accept = "text/csv", headers("Accept: text/csv"))] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
