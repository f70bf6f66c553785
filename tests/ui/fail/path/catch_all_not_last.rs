// A catch-all is at the end of its segment.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/files/{**path}.zip")] //~
    async fn list(&self) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
