// The transport sets `Transfer-Encoding`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", headers("Transfer-Encoding: chunked"))] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
