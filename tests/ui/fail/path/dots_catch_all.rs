// A catch-all has its stars in front.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/files/{path..}")] //~
    async fn list(&self, path: &str) -> Result<(), Error>;
}

fn main() {
    let _ = FlowsClient::new;
}
