// The base has no query.
use kestra_auth::{Error, api};

#[api(base = "/api?tenant=main")] //~
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
