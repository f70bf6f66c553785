// A path has no empty segments.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/api//flows")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
