// The values of a result implement `Deserialize`.
use kestra_auth::{Error, api};
use std::collections::HashMap;

struct Bad;

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self) -> Result<HashMap<String, Bad>, Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
