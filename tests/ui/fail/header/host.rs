// The transport sets `Host`.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", headers("Host: example.com"))] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
