// JSON has its own attribute.
use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[post("/flows")]
    async fn create(&self, #[body(json)] flow: &str) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
