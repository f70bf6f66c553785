// `accept` is a media type.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows", accept = "csv")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
