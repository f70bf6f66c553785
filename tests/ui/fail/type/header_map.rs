// A map is not the value of one header.
use std::collections::BTreeMap;

use kestra_auth::{Error, api};

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[header("X-Api")] api: &BTreeMap<String, u32>) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
