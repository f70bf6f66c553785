// A request has one map of headers.
use kestra_auth::{Error, api};

use http::HeaderMap;

#[api]
trait Flows {
    #[get("/flows")]
    async fn list(&self, #[headers] a: &HeaderMap, #[headers] b: &HeaderMap) -> Result<(), Error>; //~
}

fn main() {
    let _ = FlowsClient::new;
}
