// A map is not the value of one query parameter.
use std::collections::HashMap;

use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[query] filter: &HashMap<String, u32>) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
