// A parameter has a name, not the pattern of an extractor.
use kestra_auth::{Error, Json, api};

#[api]
trait Flows {
    #[post("/flows")]
    async fn create(&self, Json(flow): Json<u32>) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
