// Two methods do not send the same request with the same `accept`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", accept = "text/csv")]
    async fn list(&self) -> Result<(), Error>;
    #[get("/flows", accept = "text/csv")] //~
    async fn csv(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
