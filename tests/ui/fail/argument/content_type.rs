// The media type of a body is written at the body.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("/flows", content_type = "text/csv")] //~
    async fn create(&self, #[body("text/csv")] rows: &str) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
