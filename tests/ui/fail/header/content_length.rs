// The transport sets `Content-Length`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", headers("Content-Length: 2"))] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
