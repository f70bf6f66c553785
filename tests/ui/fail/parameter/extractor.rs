// A parameter has no extractor.
use kestra_auth::{Error, Json, api};

#[api]
trait Flows {
    #[post("/flows")]
    async fn create(&self, flow: Json<u32>) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
