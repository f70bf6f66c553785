// The value of a catch-all is not a list.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/files/{**parts}")]
    async fn file(&self, parts: &[&str]) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
